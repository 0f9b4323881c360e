/* SPDX-License-Identifier: MIT
 *
 * Pictures through gnuplot: texts of users are drawn literally, the same pages give the same bytes, and errors say
 * whether gnuplot is missing or has failed.
 */
#include "plots/page/gnuplot.h"
#include "plots/page/gnuplot_scene.h"

#include <string.h>

static gboolean
no_gnuplot (void)
{
  g_autofree char *program = g_find_program_in_path ("gnuplot");

  if (program == NULL)
    g_test_skip ("no gnuplot");
  return program == NULL;
}

/* Returns a page on which the `n` texts stand one below the other. */
static SfPage *
page_of_texts (const char *const *texts, guint n)
{
  SfPage *page = sf_page_new (400, 300, "Texts & <titles>", "what \"they\" say");

  g_string_append (page->script, "unset key\nset xrange [0:1]\nset yrange [0:1]\n");
  for (guint i = 0; i < n; i++)
    {
      g_string_append (page->script, "set label ");
      sf_gnuplot_string (page->script, texts[i]);
      g_string_append (page->script, " at screen 0.1, screen 0.5\n");
    }
  g_string_append (page->script, "unset tics\nplot 0 notitle\n");
  return page;
}

static GPtrArray *
draw (SfPage *const *pages, guint n, SfPictureFormat format)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GPtrArray *files;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (list, pages[i]);
  files = sf_gnuplot_draw (list, format, &error);
  g_assert_no_error (error);
  return files;
}

static char *
text_of (GBytes *file)
{
  gsize len;
  const char *data = g_bytes_get_data (file, &len);

  return g_strndup (data, len);
}

/* Returns the texts of an SVG (char *), in order. */
static GPtrArray *
texts_of (const char *svg)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  const char *at = svg;

  while ((at = strstr (at, "<text>")) != NULL)
    {
      const char *end = strstr (at, "</text>");
      g_autofree char *raw = g_strndup (at + strlen ("<text>"), (gsize) (end - at) - strlen ("<text>"));
      g_autoptr (GString) text = g_string_new (raw);

      g_string_replace (text, "&lt;", "<", 0);
      g_string_replace (text, "&gt;", ">", 0);
      g_string_replace (text, "&amp;", "&", 0);
      g_ptr_array_add (texts, g_string_free (g_steal_pointer (&text), FALSE));
      at = end;
    }
  return texts;
}

/* Draws the texts, and asserts that the picture has them unchanged. */
static void
assert_literal (const char *const *texts, guint n)
{
  g_autoptr (SfPage) page = page_of_texts (texts, n);
  g_autoptr (GPtrArray) files = draw (&page, 1, SF_PICTURE_SVG);
  g_autofree char *svg = text_of (g_ptr_array_index (files, 0));
  g_autoptr (GPtrArray) seen = texts_of (svg);

  g_assert_cmpuint (seen->len, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (g_ptr_array_index (seen, i), ==, texts[i]);
}

static void
test_literal (void)
{
  static const char *const texts[] = {
    "plain",
    "'",
    "''",
    "it's",
    "\"",
    "she said \"no\"",
    "'\"'\"",
    "\\",
    "\\n",
    "back\\",
    "\\'",
    "'\\",
    "%",
    "%s%d%n",
    "100%",
    "{",
    "}",
    "{/Symbol a}",
    "a_b^c",
    "@",
    "@PATH",
    "~",
    "&{x}",
    "`echo pwned`",
    "$(echo pwned)",
    "$s0",
    "# no comment",
    "a; quit",
    "!date",
    "<b>&amp;</b>",
    "三次握手",
    "é ü ß",
    "…→",
    "SYNFIN",
    "EOD",
  };

  if (no_gnuplot ())
    return;
  assert_literal (texts, G_N_ELEMENTS (texts));
}

/* Random texts of characters that are special to gnuplot. */
static void
test_any_text (void)
{
  static const char letters[] = "'\"\\%{}@`$#;!~^_&<>()[],x";
  g_autoptr (GRand) random = g_rand_new_with_seed (9293);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  if (no_gnuplot ())
    return;
  for (guint i = 0; i < 300; i++)
    {
      GString *text = g_string_new ("x");

      for (gint32 k = g_rand_int_range (random, 0, 12); k > 0; k--)
        g_string_append_c (text, letters[g_rand_int_range (random, 0, sizeof letters - 1)]);
      g_ptr_array_add (texts, g_string_free (text, FALSE));
    }
  assert_literal ((const char *const *) texts->pdata, texts->len);
}

/* Control characters, which would end a line of the script, become spaces. */
static void
test_control_characters (void)
{
  g_autoptr (GString) script = g_string_new (NULL);

  sf_gnuplot_string (script, "a\nquit\r\tb\x01");
  g_assert_cmpstr (script->str, ==, "\"a quit  b \"");
}

static void
test_numbers (void)
{
  static const struct
  {
    double number;
    guint decimals;
    const char *text;
  } cases[] = { { 0, 2, "0" },     { 1.5, 2, "1.5" }, { -0.25, 2, "-0.25" },
                { 100, 0, "100" }, { 100, 3, "100" }, { 1e-9, 9, "0.000000001" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) script = g_string_new (NULL);

      sf_gnuplot_number (script, cases[i].number, cases[i].decimals);
      g_assert_cmpstr (script->str, ==, cases[i].text);
    }
}

/* Returns a page with shapes and labels of every kind. */
static SfPage *
make_scene_page (void)
{
  g_autoptr (SfScene) scene = sf_scene_new (400, 300);
  const SfLabel label = {
    .text = (char *) "SYN-SENT", .x = 200, .y = 150, .align = SF_ALIGN_CENTER, .size = 10, .angle = 12, .bold = TRUE
  };

  scene->title = g_strdup ("A scene");
  sf_scene_rect (scene, SF_INK_STATE, 10, 10, 60, 40);
  sf_scene_line (scene, SF_INK_TEXT, SF_DASH_DOTTED, 0.5, 10, 50, 300, 50);
  sf_scene_arrow (scene, SF_INK_RIGHT, SF_DASH_DASHED, 1.5, 10, 60, 300, 90);
  sf_scene_frame (scene, SF_INK_ALARM, 1, 10, 100, 60, 140);
  sf_scene_label (scene, &label);
  return sf_scene_page (scene);
}

static void
test_same_bytes (void)
{
  static const char *const texts[] = { "one", "二" };
  g_autoptr (SfPage) first = page_of_texts (texts, 2);
  g_autoptr (SfPage) second = make_scene_page ();
  SfPage *pages[] = { first, second };

  if (no_gnuplot ())
    return;
  for (guint format = SF_PICTURE_SVG; format <= SF_PICTURE_PDF; format++)
    {
      g_autoptr (GPtrArray) once = draw (pages, 2, (SfPictureFormat) format);
      g_autoptr (GPtrArray) again = draw (pages, 2, (SfPictureFormat) format);
      g_autoptr (GPtrArray) alone = draw (&second, 1, (SfPictureFormat) format);

      g_assert_cmpuint (once->len, ==, format == SF_PICTURE_PDF ? 1 : 2);
      for (guint i = 0; i < once->len; i++)
        g_assert_true (g_bytes_equal (g_ptr_array_index (once, i), g_ptr_array_index (again, i)));
      if (format != SF_PICTURE_PDF)
        g_assert_true (g_bytes_equal (g_ptr_array_index (once, 1), g_ptr_array_index (alone, 0)));
    }
}

static void
test_svg (void)
{
  static const char *const texts[] = { "one" };
  g_autoptr (SfPage) page = page_of_texts (texts, 1);
  g_autoptr (GPtrArray) files = NULL;
  g_autofree char *svg = NULL;

  if (no_gnuplot ())
    return;
  files = draw (&page, 1, SF_PICTURE_SVG);
  svg = text_of (g_ptr_array_index (files, 0));
  g_assert_nonnull (strstr (svg, ">Texts &amp; &lt;titles&gt;</title>"));
  g_assert_nonnull (strstr (svg, ">what &quot;they&quot; say</desc>"));
  g_assert_nonnull (strstr (svg, "role=\"img\" aria-labelledby=\""));
  g_assert_nonnull (strstr (svg, "width=\"400pt\" height=\"300pt\" viewBox=\"0 0 400 300\""));
  g_assert_null (strcasestr (svg, "gnuplot"));
  g_assert_cmpuint ((guint) (strstr (strstr (svg, "<title") + 1, "<title") == NULL), ==, TRUE);
}

/* PNG has twice the resolution of a screen with 96 dots per inch: 400 points are 1067 pixels. */
static void
test_png (void)
{
  static const char *const texts[] = { "one" };
  static const guint8 begin[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13,
                                  'I',  'H', 'D', 'R', 0,    0,    4,    43,   0, 0, 3, 32 };
  g_autoptr (SfPage) page = page_of_texts (texts, 1);
  g_autoptr (GPtrArray) files = NULL;
  gsize len;
  const guint8 *data;

  if (no_gnuplot ())
    return;
  files = draw (&page, 1, SF_PICTURE_PNG);
  data = g_bytes_get_data (g_ptr_array_index (files, 0), &len);
  g_assert_cmpmem (data, MIN (len, sizeof begin), begin, sizeof begin);
}

static void
test_pdf_date (void)
{
  static const char *const texts[] = { "one" };
  g_autoptr (SfPage) page = page_of_texts (texts, 1);
  g_autoptr (GPtrArray) files = NULL;
  const char *date;
  gsize len;

  if (no_gnuplot ())
    return;
  files = draw (&page, 1, SF_PICTURE_PDF);
  date = g_bytes_get_data (g_ptr_array_index (files, 0), &len);
  g_assert_cmpint (strncmp (date, "%PDF-", 5), ==, 0);
  date = memmem (date, len, "/CreationDate (D:", strlen ("/CreationDate (D:"));
  if (date == NULL)
    g_test_skip ("this cairo hides its date");
  else
    g_assert_cmpint (strncmp (date, "/CreationDate (D:20000101000000", 31), ==, 0);
}

/* The second page of this PDF is smaller, and is cut to its size: vertically from 400 - 300 on. */
static void
test_pdf_sizes (void)
{
  g_autoptr (SfScene) tall = sf_scene_new (500, 400);
  g_autoptr (SfPage) first = sf_scene_page (tall);
  g_autoptr (SfPage) second = make_scene_page ();
  SfPage *pages[] = { first, second };
  g_autoptr (GPtrArray) files = NULL;
  const char *data;
  gsize len;

  if (no_gnuplot ())
    return;
  files = draw (pages, 2, SF_PICTURE_PDF);
  data = g_bytes_get_data (g_ptr_array_index (files, 0), &len);
  if (memmem (data, len, "/Type /Page %", 13) == NULL)
    g_test_skip ("this cairo hides its pages");
  else
    {
      g_assert_nonnull (memmem (data, len, "/MediaBox [0 0 500 400", 22));
      g_assert_nonnull (memmem (data, len, "/MediaBox [0 100 400 400", 24));
    }
}

static void
test_missing (void)
{
  static const char *const texts[] = { "one" };
  g_autofree char *path = g_strdup (g_getenv ("PATH"));
  g_autoptr (SfPage) page = page_of_texts (texts, 1);
  g_autoptr (GPtrArray) pages = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (pages, page);
  g_setenv ("PATH", "/nowhere", TRUE);
  g_assert_null (sf_gnuplot_draw (pages, SF_PICTURE_SVG, &error));
  g_setenv ("PATH", path, TRUE);
  g_assert_error (error, SF_GNUPLOT_ERROR, SF_GNUPLOT_ERROR_MISSING);
  g_assert_nonnull (strstr (error->message, "gnuplot-nox"));
}

static void
test_complaint (void)
{
  g_autoptr (SfPage) page = sf_page_new (400, 300, "Wrong", NULL);
  g_autoptr (GPtrArray) pages = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  if (no_gnuplot ())
    return;
  g_string_append (page->script, "plot nothing_that_is_defined\n");
  g_ptr_array_add (pages, page);
  g_assert_null (sf_gnuplot_draw (pages, SF_PICTURE_SVG, &error));
  g_assert_error (error, SF_GNUPLOT_ERROR, SF_GNUPLOT_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "nothing_that_is_defined"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gnuplot/literal", test_literal);
  g_test_add_func ("/gnuplot/any-text", test_any_text);
  g_test_add_func ("/gnuplot/control-characters", test_control_characters);
  g_test_add_func ("/gnuplot/numbers", test_numbers);
  g_test_add_func ("/gnuplot/same-bytes", test_same_bytes);
  g_test_add_func ("/gnuplot/svg", test_svg);
  g_test_add_func ("/gnuplot/png", test_png);
  g_test_add_func ("/gnuplot/pdf-date", test_pdf_date);
  g_test_add_func ("/gnuplot/pdf-sizes", test_pdf_sizes);
  g_test_add_func ("/gnuplot/missing", test_missing);
  g_test_add_func ("/gnuplot/complaint", test_complaint);
  return g_test_run ();
}
