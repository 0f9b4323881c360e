/* SPDX-License-Identifier: MIT
 *
 * The folder of the lessons, and the scenario that an argument names.
 */
#include "cli/shared/lessons_folder.h"

#include "base/files.h"
#include "tests/support/capture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  char *dir, *lesson; /* a folder of lessons, and the file of its only lesson */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *topic = NULL;

  fixture->dir = g_dir_make_tmp ("lessons-XXXXXX", NULL);
  topic = g_build_filename (fixture->dir, "topic", NULL);
  fixture->lesson = g_build_filename (topic, "three-way.yaml", NULL);
  g_assert_true (sf_directory_make (topic, NULL));
  g_assert_true (g_file_set_contents (fixture->lesson, "synfin: 1\n", -1, NULL));
  g_setenv ("SYNFIN_LESSONS", fixture->dir, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *topic = g_path_get_dirname (fixture->lesson);

  g_unlink (fixture->lesson);
  g_rmdir (topic);
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_free (fixture->lesson);
  g_free (fixture->dir);
}

static void
test_folder (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *wished = sf_lessons_folder (), *unset = NULL, *empty = NULL;

  g_assert_cmpstr (wished, ==, fixture->dir);
  g_unsetenv ("SYNFIN_LESSONS");
  unset = sf_lessons_folder ();
  g_assert_true (g_path_is_absolute (unset));
  g_assert_true (g_str_has_suffix (unset, "/scenarios"));
  g_setenv ("SYNFIN_LESSONS", "", TRUE);
  empty = sf_lessons_folder ();
  g_assert_cmpstr (empty, ==, unset);
}

/* An argument is the name of a lesson only if it is no file and does not look like one. */
static const struct
{
  const char *argument, *meant; /* NULL: nothing; "@": the lesson */
} meanings[] = {
  { "three-way", "@" },
  { "three-way.yaml", "three-way.yaml" },
  { "./three-way", "./three-way" },
  { "other.yaml", "other.yaml" },
  { "/dev/stdin", "/dev/stdin" },
  { "thre-way", NULL },
  { "topic", NULL },
  { "", NULL },
};

static void
test_meant (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      g_autofree char *meant = sf_scenario_meant (meanings[i].argument, fixture->dir);

      g_assert_cmpstr (meant, ==, g_strcmp0 (meanings[i].meant, "@") == 0 ? fixture->lesson : meanings[i].meant);
    }
}

/* A file of that name in the current folder comes before a lesson. */
static void
test_file (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *here = g_get_current_dir (), *file = g_build_filename (fixture->dir, "three-way", NULL),
                  *meant = NULL;

  g_assert_true (g_file_set_contents (file, "", -1, NULL));
  g_assert_cmpint (g_chdir (fixture->dir), ==, 0);
  meant = sf_scenario_meant ("three-way", fixture->dir);
  g_assert_cmpint (g_chdir (here), ==, 0);
  g_unlink (file);
  g_assert_cmpstr (meant, ==, "three-way");
}

/* Returns the message when `argument` is looked for. */
static char *
find (const char *argument, char **ret_path)
{
  Capture capture;

  capture_begin (&capture, STDERR_FILENO);
  *ret_path = sf_scenario_find (argument);
  return capture_end (&capture);
}

static void
test_find (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = NULL, *none = NULL, *nowhere = NULL, *empty = g_dir_make_tmp ("lessons-XXXXXX", NULL);
  g_autofree char *found = find ("three-way", &path), *missing = find ("thre-way", &none), *lost = NULL;

  g_assert_cmpstr (path, ==, fixture->lesson);
  g_assert_cmpstr (found, ==, "");
  g_assert_null (none);
  g_assert_cmpstr (missing, ==,
                   "thre-way: error: there is no such file, nor a lesson of that name; did you mean 'three-way'?\n");
  g_setenv ("SYNFIN_LESSONS", empty, TRUE);
  lost = find ("three-way", &nowhere);
  g_assert_null (nowhere);
  assert_says (lost, "\n(no lessons in ");
  assert_says (lost, empty);
  g_rmdir (empty);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/cli/shared/lessons_folder/folder", test_folder },
    { "/cli/shared/lessons_folder/meant", test_meant },
    { "/cli/shared/lessons_folder/file", test_file },
    { "/cli/shared/lessons_folder/find", test_find },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
