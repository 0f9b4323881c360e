/* SPDX-License-Identifier: MIT */
#include "tests/support/programs.h"

#include <glib/gstdio.h>

static char *folder, *old_path;

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

void
programs_begin (void)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("programs-XXXXXX", &error);
  g_assert_no_error (error);
  old_path = g_strdup (g_getenv ("PATH"));
  path = g_strdup_printf ("%s:%s", folder, old_path);
  g_setenv ("PATH", path, TRUE);
}

void
programs_end (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = path_of (name);

      g_remove (path);
    }
  g_rmdir (folder);
  g_setenv ("PATH", old_path, TRUE);
  g_free (folder);
  g_free (old_path);
}

void
programs_say (const char *program, const char *text, int status)
{
  g_autofree char *path = path_of (program), *calls = path_of ("calls"), *quoted = g_shell_quote (text);
  g_autofree char *environment = path_of ("environment");
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\necho \"%s $*\" >>%s\nenv >%s\nprintf '%%s' %s\n[ %d = 0 ] || "
                                             "echo \"%s: it failed\" >&2\nexit %d\n",
                                             program, calls, environment, quoted, status, program, status);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, script, -1, G_FILE_SET_CONTENTS_NONE, 0755, &error);
  g_assert_no_error (error);
}

void
programs_remove (const char *program)
{
  g_autofree char *path = path_of (program);

  g_remove (path);
}

char *
programs_environment (void)
{
  g_autofree char *path = path_of ("environment");
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

char *
programs_calls (void)
{
  g_autofree char *path = path_of ("calls");
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_strdup ("");
  g_remove (path);
  return text;
}
