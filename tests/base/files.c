/* SPDX-License-Identifier: MIT
 *
 * Writing files whole, and finding scenarios in an order that does not depend on the machine.
 */
#include "base/files.h"

#include <errno.h>
#include <glib/gstdio.h>

typedef struct
{
  char *dir;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("synfin-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  remove_tree (fixture->dir);
  g_free (fixture->dir);
}

static void
write_in (const Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autofree char *dir = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_true (sf_directory_make (dir, &error));
  g_assert_true (sf_file_write (path, text, strlen (text), &error));
  g_assert_no_error (error);
}

static void
test_write (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->dir, "a", NULL);
  g_autofree char *text = NULL;

  write_in (fixture, "a", "first");
  write_in (fixture, "a", "second");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "second");
}

static void
test_refusals (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *inside = g_build_filename (fixture->dir, "none", "a", NULL);
  g_autofree char *below = g_build_filename (fixture->dir, "file", "dir", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (sf_file_write (inside, "x", 1, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);

  write_in (fixture, "file", "x");
  g_assert_false (sf_directory_make (below, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
  g_clear_error (&error);

  g_assert_false (sf_file_write ("/dev/full", "x", 1, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  g_clear_error (&error);
  g_assert_true (sf_file_write ("/dev/null", "x", 1, &error));
}

static void
test_list (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const made[] = { "b", "a/1", "B", ".hidden" }, *const found[] = { "B", "a", "b" };
  g_autofree char *none = g_build_filename (fixture->dir, "none", NULL);
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    write_in (fixture, made[i], "");
  names = sf_directory_list (fixture->dir, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (names->len, ==, G_N_ELEMENTS (found));
  for (guint i = 0; i < names->len; i++)
    g_assert_cmpstr (g_ptr_array_index (names, i), ==, found[i]);
  g_assert_null (sf_directory_list (none, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_find (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const made[] = {
    "b.yaml", "a/2.yaml", "a/1.yaml", "a/.hidden.yaml", "c.txt", ".git/d.yaml", "B.yaml",
  };
  static const char *const found[] = { "B.yaml", "a/1.yaml", "a/2.yaml", "b.yaml" };
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    write_in (fixture, made[i], "");
  files = sf_files_find (fixture->dir, ".yaml", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, G_N_ELEMENTS (found));
  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *path = g_build_filename (fixture->dir, found[i], NULL);

      g_assert_cmpstr (g_ptr_array_index (files, i), ==, path);
    }
}

/* A path that is no directory is returned, whatever its name. */
static void
test_find_file (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) files = sf_files_find ("no/such.txt", ".yaml", NULL);

  g_assert_cmpuint (files->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (files, 0), ==, "no/such.txt");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add (name, Fixture, NULL, set_up, test, tear_down)
  ADD ("/files/write", test_write);
  ADD ("/files/refusals", test_refusals);
  ADD ("/files/list", test_list);
  ADD ("/files/find", test_find);
  ADD ("/files/find file", test_find_file);
  return g_test_run ();
}
