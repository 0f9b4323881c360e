/* SPDX-License-Identifier: MIT
 *
 * Writing files, and listing what is in folders.
 */
#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Maximum depth of nested folders. It ends loops of symbolic links; collections of scenarios are not so deep. */
#define MAX_DEPTH 32

static gboolean
set_error (GError **error, const char *what, const char *path)
{
  int saved = errno;

  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (saved), "%s '%s': %s", what, path,
               g_strerror (saved));
  return FALSE;
}

static gboolean
is_special (const char *path)
{
  struct stat st;

  return stat (path, &st) == 0 && !S_ISREG (st.st_mode) && !S_ISDIR (st.st_mode);
}

static gboolean
write_all (int fd, const char *data, gsize len)
{
  while (len > 0)
    {
      gssize n = write (fd, data, len);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      len -= (gsize) n;
    }
  return TRUE;
}

static gboolean
write_directly (const char *path, const void *data, gsize len, GError **error)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  gboolean ok;

  if (fd < 0)
    return set_error (error, "cannot open", path);
  ok = write_all (fd, data, len);
  if (!ok)
    set_error (error, "cannot write", path);
  if (close (fd) != 0 && ok)
    return set_error (error, "cannot write", path);
  return ok;
}

gboolean
sf_file_write (const char *path, const void *data, gsize len, GError **error)
{
  if (is_special (path))
    return write_directly (path, data, len, error);
  return g_file_set_contents_full (path, data, (gssize) len, G_FILE_SET_CONTENTS_CONSISTENT, 0666, error);
}

/* Waits until file or directory `path` is on the disk. */
static gboolean
sync_to_disk (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean ok = fd >= 0 && (fsync (fd) == 0 || errno == EINVAL);

  if (!ok)
    set_error (error, "cannot write", path);
  if (fd >= 0)
    close (fd);
  return ok;
}

gboolean
sf_file_replace (const char *path, const char *aside, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (!sync_to_disk (aside, error))
    return FALSE;
  if (g_rename (aside, path) != 0)
    return set_error (error, "cannot write", path);
  return sync_to_disk (folder, error);
}

gboolean
sf_directory_make (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0777) != 0)
    return set_error (error, "cannot make the directory", path);
  return TRUE;
}

gboolean
sf_file_begins (const char *path, const char *begin, gsize len)
{
  g_autofree char *seen = g_malloc (len);
  FILE *file = fopen (path, "rbe");
  gsize n;

  if (file == NULL)
    return FALSE;
  n = fread (seen, 1, len, file);
  fclose (file);
  return n == len && memcmp (seen, begin, len) == 0;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

void
sf_names_sort (GPtrArray *names)
{
  g_ptr_array_sort (names, compare_names);
}

GPtrArray *
sf_directory_list (const char *path, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, error);
  GPtrArray *names;
  const char *name;

  if (dir == NULL)
    return NULL;
  names = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  sf_names_sort (names);
  return names;
}

static gboolean
find_below (const char *path, const char *suffix, guint depth, GPtrArray *found, GError **error)
{
  g_autoptr (GPtrArray) names = sf_directory_list (path, error);

  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        {
          if (depth < MAX_DEPTH && !find_below (child, suffix, depth + 1, found, error))
            return FALSE;
        }
      else if (g_str_has_suffix (name, suffix))
        g_ptr_array_add (found, g_steal_pointer (&child));
    }
  return TRUE;
}

GPtrArray *
sf_files_find (const char *path, const char *suffix, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    g_ptr_array_add (found, g_strdup (path));
  else if (!find_below (path, suffix, 0, found, error))
    return NULL;
  return g_steal_pointer (&found);
}
