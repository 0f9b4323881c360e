/* SPDX-License-Identifier: MIT
 *
 * Pictures of runs: formats as people write them, and the files that pages go to.
 */
#include "results/pictures.h"

#include "base/files.h"

#include <glib/gstdio.h>
#include <string.h>

/* --- formats --- */

static const struct
{
  const char *text;
  gboolean right, svg, png, pdf;
} sets[] = {
  { "svg", TRUE, TRUE, FALSE, FALSE },        { "png,pdf", TRUE, FALSE, TRUE, TRUE },
  { "pdf,svg,png", TRUE, TRUE, TRUE, TRUE },  { "svg,svg", TRUE, TRUE, FALSE, FALSE },
  { "none", TRUE, FALSE, FALSE, FALSE },      { "", FALSE, FALSE, FALSE, FALSE },
  { "gif", FALSE, FALSE, FALSE, FALSE },      { "SVG", FALSE, FALSE, FALSE, FALSE },
  { ".svg", FALSE, FALSE, FALSE, FALSE },     { "svg,", FALSE, FALSE, FALSE, FALSE },
  { "svg, png", FALSE, FALSE, FALSE, FALSE }, { "svg,none", FALSE, FALSE, FALSE, FALSE },
};

static void
test_sets (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autoptr (SfPictureSet) set = sf_picture_set_new (sets[i].text);

      if ((set != NULL) != sets[i].right)
        g_error ("'%s' is %s", sets[i].text, set != NULL ? "taken" : "refused");
      if (set == NULL)
        continue;
      g_assert_cmpint (set->pictures[SF_PICTURE_SVG] != NULL, ==, sets[i].svg);
      g_assert_cmpint (set->pictures[SF_PICTURE_PNG] != NULL, ==, sets[i].png);
      g_assert_cmpint (set->pictures[SF_PICTURE_PDF] != NULL, ==, sets[i].pdf);
    }
}

static void
test_names (void)
{
  static const char *const kinds[] = { "sequence", "compare", "stevens", "window", "rtt", "states" };
  SfPictureFormat format;

  g_assert_cmpuint (G_N_ELEMENTS (kinds), ==, SF_N_PICTURES);
  for (guint i = 0; i < SF_N_PICTURES; i++)
    g_assert_cmpstr (sf_picture_name ((SfPictureKind) i), ==, kinds[i]);
  g_assert_true (sf_picture_format_find ("pdf", &format));
  g_assert_cmpstr (sf_picture_suffix (format), ==, ".pdf");
  g_assert_false (sf_picture_format_find ("txt", &format));
}

/* --- files --- */

static void
free_page (gpointer data)
{
  sf_page_free (data);
}

/* Returns `n` pages with a line on each. */
static GPtrArray *
new_pages (guint n)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func (free_page);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *title = g_strdup_printf ("page %u", i + 1);
      SfPage *page = sf_page_new (200, 100, title, NULL);

      g_string_append (page->script, "plot x notitle\n");
      g_ptr_array_add (pages, page);
    }
  return pages;
}

/* Returns the sorted names in folder `dir`, separated by spaces, and removes the files. */
static char *
take_names (const char *dir)
{
  g_autoptr (GPtrArray) names = sf_directory_list (dir, NULL);

  g_assert_nonnull (names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (dir, g_ptr_array_index (names, i), NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

static const struct
{
  const char *formats, *files; /* for pictures "one", of one page, and "two", of two */
} written[] = {
  { "svg", "one.svg two-1.svg two-2.svg" },
  { "png", "one.png two-1.png two-2.png" },
  { "pdf", "one.pdf two.pdf" }, /* one file with both pages */
  { "pdf,svg", "one.pdf one.svg two-1.svg two-2.svg two.pdf" },
  { "none", "" },
};

static void
test_files (void)
{
  g_autofree char *dir = g_dir_make_tmp ("pictures-XXXXXX", NULL);
  g_autofree char *gnuplot = g_find_program_in_path ("gnuplot");

  for (guint i = 0; i < G_N_ELEMENTS (written) && gnuplot != NULL; i++)
    {
      g_autoptr (SfPictureSet) set = sf_picture_set_new (written[i].formats);
      g_autoptr (GError) error = NULL;
      g_autofree char *names = NULL;

      sf_picture_set_add_pages (set, dir, "one", new_pages (1));
      sf_picture_set_add_pages (set, dir, "two", new_pages (2));
      g_assert_true (sf_picture_set_write (set, &error));
      g_assert_no_error (error);
      names = take_names (dir);
      g_assert_cmpstr (names, ==, written[i].files);
    }
  g_assert_cmpint (g_rmdir (dir), ==, 0);
  if (gnuplot == NULL)
    g_test_skip ("no gnuplot");
}

/* Each page has its own file, whose name is returned. */
static void
test_pages (void)
{
  g_autofree char *dir = g_dir_make_tmp ("pictures-XXXXXX", NULL);
  g_autofree char *stem = g_build_filename (dir, "a", NULL);
  g_autofree char *gnuplot = g_find_program_in_path ("gnuplot");
  g_autoptr (GPtrArray) pictures = sf_pictures_new (), names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  sf_pictures_add (pictures, stem, ".svg", new_pages (2));
  if (gnuplot != NULL)
    {
      g_assert_true (sf_pictures_write (pictures, SF_PICTURE_SVG, names, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (names->len, ==, 2);
      for (guint i = 0; i < 2; i++)
        {
          g_autofree char *path = g_strdup_printf ("%s-%u.svg", stem, i + 1);
          g_autofree char *title = g_strdup_printf (">page %u</title>", i + 1);
          g_autofree char *text = NULL;

          g_assert_cmpstr (g_ptr_array_index (names, i), ==, path);
          g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
          g_assert_nonnull (strstr (text, title));
          g_unlink (path);
        }
    }
  else
    g_test_skip ("no gnuplot");
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

/* A missing folder is an error that names the file. */
static void
test_nowhere (void)
{
  g_autoptr (GPtrArray) pictures = sf_pictures_new (), none = sf_pictures_new ();
  g_autofree char *gnuplot = g_find_program_in_path ("gnuplot");
  g_autoptr (GError) error = NULL;

  g_assert_true (sf_pictures_write (none, SF_PICTURE_PDF, NULL, NULL));
  sf_pictures_add (pictures, "/no such folder/a", ".svg", new_pages (1));
  g_assert_false (sf_pictures_write (pictures, SF_PICTURE_SVG, NULL, &error));
  if (gnuplot == NULL)
    g_assert_error (error, SF_GNUPLOT_ERROR, SF_GNUPLOT_ERROR_MISSING);
  else
    g_assert_nonnull (strstr (error->message, "/no such folder/a.svg"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/results/pictures/sets", test_sets);
  g_test_add_func ("/results/pictures/names", test_names);
  g_test_add_func ("/results/pictures/files", test_files);
  g_test_add_func ("/results/pictures/pages", test_pages);
  g_test_add_func ("/results/pictures/nowhere", test_nowhere);
  return g_test_run ();
}
