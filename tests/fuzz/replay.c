/* SPDX-License-Identifier: MIT
 *
 * Plays inputs to a fuzz target without a fuzzer: what was found once is not to come back. The arguments are a name
 * for the
 * tests and the folder of the inputs.
 */
#include <glib.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
test_input (gconstpointer path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  LLVMFuzzerTestOneInput ((const guint8 *) data, size);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n = 0;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  dir = g_dir_open (argv[2], 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_strdup_printf ("/fuzz/%s/%s", argv[1], name);

      g_test_add_data_func_full (path, g_build_filename (argv[2], name, NULL), test_input, g_free);
      n++;
    }
  g_assert_cmpuint (n, >, 0);
  return g_test_run ();
}
