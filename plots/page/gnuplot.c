/* SPDX-License-Identifier: MIT */
#include "plots/page/gnuplot.h"

#include "base/gettext.h"
#include "plots/page/gnuplot_clean.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* Pixels of a PNG per point: twice as many as a screen with 96 dots per inch has. */
#define PNG_SCALE (8.0 / 3)

#define SCRIPT "script.gp"

/* clang-format would put blanks into the name. */
/* clang-format off */
G_DEFINE_QUARK (sf-gnuplot-error-quark, sf_gnuplot_error)
/* clang-format on */

/* --- pages and scripts --- */

SfPage *
sf_page_new (double width, double height, const char *title, const char *desc)
{
  SfPage *page = g_new0 (SfPage, 1);

  page->width = width;
  page->height = height;
  page->title = g_strdup (title);
  page->desc = g_strdup (desc);
  page->script = g_string_new (NULL);
  return page;
}

void
sf_page_free (SfPage *page)
{
  if (page == NULL)
    return;
  g_free (page->title);
  g_free (page->desc);
  g_string_free (page->script, TRUE);
  g_free (page);
}

/* Writes a string in double quotes. Special characters are escaped with a backslash, but a backquote is written by its
 * number: gnuplot runs a command even for an escaped one. (In single quotes gnuplot 5.4 does not accept a quote at the
 * beginning.) */
void
sf_gnuplot_string (GString *script, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append_c (script, '"');
  for (const char *p = valid; *p != '\0'; p++)
    if (*p == '"' || *p == '\\')
      g_string_append_printf (script, "\\%c", *p);
    else if (*p == '`')
      g_string_append (script, "\\140");
    else
      g_string_append_c (script, g_ascii_iscntrl (*p) ? ' ' : *p);
  g_string_append_c (script, '"');
}

double
sf_gnuplot_step (double span, guint n)
{
  double power = pow (10, floor (log10 (span / n)));

  for (double factor = 1; factor < 10; factor = factor == 2 ? 5 : 2 * factor)
    if (span / (factor * power) <= n)
      return factor * power;
  return 10 * power;
}

void
sf_gnuplot_number (GString *script, double number, guint decimals)
{
  const char format[] = { '%', '.', (char) ('0' + MIN (decimals, 9)), 'f', '\0' };
  char text[400]; /* more than the largest number has digits */

  g_string_append (script, g_ascii_formatd (text, sizeof text, format, number));
  if (decimals > 0)
    {
      while (script->str[script->len - 1] == '0')
        g_string_truncate (script, script->len - 1);
      if (script->str[script->len - 1] == '.')
        g_string_truncate (script, script->len - 1);
    }
}

/* --- the format --- */

/* What differs between gnuplot's terminals. `font_scale`, `line_width` and `dash_length` were found by experiment
 * (tests/plots/page/gnuplot.c): with them a point in a script is a point in the picture. */
static const struct
{
  const char *terminal, *unit, *suffix;
  double scale; /* units per point */
  guint decimals;
  const char *font_scale, *line_width, *dash_length, *options, *dash, *mark;
} formats[] = {
  [SF_PICTURE_SVG] = { "svg", "", "svg", 1, 0, "1", "1", "2", "background '#ffffff'", "l / w", "8.0 * x / letters" },
  [SF_PICTURE_PNG] = { "pngcairo", "", "png", PNG_SCALE, 0, "2", "2.6667", "4", "pointscale 2.6667",
                       "l / (w < 1 ? 1 : w)", "x" },
  [SF_PICTURE_PDF] = { "pdfcairo", "in", "pdf", 1.0 / 72, 6, "0.75", "2", "3.636364", "pointscale 1",
                       "l / (w < 1 ? 1 : w)", "x" },
};

static void
set_terminal (GString *script, SfPictureFormat format, double width, double height)
{
  g_string_append_printf (script, "set terminal %s noenhanced size ", formats[format].terminal);
  sf_gnuplot_number (script, ceil (width) * formats[format].scale, formats[format].decimals);
  g_string_append_printf (script, "%s,", formats[format].unit);
  sf_gnuplot_number (script, ceil (height) * formats[format].scale, formats[format].decimals);
  g_string_append_printf (script, "%s font '" SF_PICTURE_FONT ",10' fontscale %s linewidth %s dashlength %s %s\n",
                          formats[format].unit, formats[format].font_scale, formats[format].line_width,
                          formats[format].dash_length, formats[format].options);
  g_string_append_printf (script, "width = %u\nheight = %u\n", (guint) ceil (width), (guint) ceil (height));
  g_string_append_printf (script, "letters = 10.0\ndash (l, w) = %s\nmark (x) = %s\n", formats[format].dash,
                          formats[format].mark);
}

/* Returns the name of the file for page number `i`. */
static char *
file_name (guint i, SfPictureFormat format)
{
  return g_strdup_printf ("%u.%s", i, formats[format].suffix);
}

static void
add_page (GString *script, const SfPage *page)
{
  g_string_append_len (script, page->script->str, (gssize) page->script->len);
  g_string_append (script, "\nreset\nundefine $*\n");
}

/* Writes the script of a PDF. gnuplot gives all its pages one size; sf_gnuplot_clean() cuts them to their own. */
static void
add_document (GString *script, const GPtrArray *pages)
{
  double width = 0, height = 0;

  for (guint i = 0; i < pages->len; i++)
    {
      const SfPage *page = g_ptr_array_index (pages, i);

      width = MAX (width, page->width);
      height = MAX (height, page->height);
    }
  set_terminal (script, SF_PICTURE_PDF, width, height);
  g_string_append (script, "set output '0.pdf'\n");
  for (guint i = 0; i < pages->len; i++)
    add_page (script, g_ptr_array_index (pages, i));
}

static GString *
make_script (const GPtrArray *pages, SfPictureFormat format)
{
  GString *script = g_string_new ("set encoding utf8\n");

  if (format == SF_PICTURE_PDF)
    add_document (script, pages);
  for (guint i = 0; i < pages->len && format != SF_PICTURE_PDF; i++)
    {
      const SfPage *page = g_ptr_array_index (pages, i);
      g_autofree char *name = file_name (i, format);

      set_terminal (script, format, page->width, page->height);
      g_string_append_printf (script, "set output '%s'\n", name);
      add_page (script, page);
    }
  g_string_append (script, "set output\n");
  return script;
}

/* --- the run --- */

/* Sets `error` to the last line of gnuplot's messages `messages`; the lines above only quote the script. */
static gboolean
complain (const char *messages, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (messages, "\n", -1);
  const char *last = _ ("it gave no reason");

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      last = lines[i];
  g_set_error (error, SF_GNUPLOT_ERROR, SF_GNUPLOT_ERROR_FAILED, _ ("gnuplot failed: %s"), last);
  return FALSE;
}

/* Runs gnuplot on the script in `dir`, without the user's settings, locale and time zone. */
static gboolean
run_gnuplot (const char *program, const char *dir, GError **error)
{
  g_autoptr (GSubprocessLauncher)
    launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *messages = NULL;

  g_subprocess_launcher_set_cwd (launcher, dir);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  g_subprocess_launcher_setenv (launcher, "TZ", "UTC", TRUE);
  g_subprocess_launcher_setenv (launcher, "SOURCE_DATE_EPOCH", "0", TRUE);
  g_subprocess_launcher_unsetenv (launcher, "GNUTERM");
  process = g_subprocess_launcher_spawn (launcher, error, program, "--default-settings", SCRIPT, NULL);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &messages, error))
    return FALSE;
  return g_subprocess_get_successful (process) || complain (messages != NULL ? messages : "", error);
}

static GPtrArray *
collect (const GPtrArray *pages, SfPictureFormat format, const char *dir, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  guint n = format == SF_PICTURE_PDF ? 1 : pages->len;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = file_name (i, format);
      g_autofree char *path = g_build_filename (dir, name, NULL);
      g_autofree char *data = NULL;
      gsize len;

      if (!g_file_get_contents (path, &data, &len, error))
        return NULL;
      g_ptr_array_add (files, sf_gnuplot_clean (data, len, pages, i, format));
    }
  return g_steal_pointer (&files);
}

static GPtrArray *
draw_in (const char *program, const char *dir, const GPtrArray *pages, SfPictureFormat format, GError **error)
{
  g_autofree char *path = g_build_filename (dir, SCRIPT, NULL);
  g_autoptr (GString) script = make_script (pages, format);

  if (!g_file_set_contents_full (path, script->str, (gssize) script->len, G_FILE_SET_CONTENTS_NONE, 0600, error)
      || !run_gnuplot (program, dir, error))
    return NULL;
  return collect (pages, format, dir, error);
}

/* Removes the directory `path` and the files in it. What cannot be removed stays. */
static void
remove_directory (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

GPtrArray *
sf_gnuplot_draw (const GPtrArray *pages, SfPictureFormat format, GError **error)
{
  g_autofree char *program = g_find_program_in_path ("gnuplot");
  g_autofree char *dir = NULL;
  GPtrArray *files;

  g_return_val_if_fail (pages->len > 0, NULL);
  if (program == NULL)
    {
      g_set_error_literal (error, SF_GNUPLOT_ERROR, SF_GNUPLOT_ERROR_MISSING,
                           _ ("pictures are drawn by the program gnuplot, which is not in PATH; "
                              "install it (on Debian and Ubuntu: gnuplot-nox)"));
      return NULL;
    }
  dir = g_dir_make_tmp ("synfin-XXXXXX", error);
  if (dir == NULL)
    return NULL;
  files = draw_in (program, dir, pages, format, error);
  remove_directory (dir);
  return files;
}
