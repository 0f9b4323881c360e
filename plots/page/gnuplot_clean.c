/* SPDX-License-Identifier: MIT */
#include "plots/page/gnuplot_clean.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Fonts for viewers that lack ours. None is wider, so that words still fit, see sf_text_width(). */
#define FONT_FAMILY "DejaVu Sans, Verdana, Noto Sans, Noto Sans CJK SC, WenQuanYi Micro Hei, sans-serif"

/* --- SVG --- */

/* Writes the beginning of the file, up to `</desc>`. Ids of elements are derived from the page, so that one page of
 * HTML can hold several pictures. */
static void
add_head (GString *svg, const SfPage *page, const char *id)
{
  g_autofree char *title = g_markup_escape_text (page->title, -1);
  g_autofree char *desc = g_markup_escape_text (page->desc != NULL ? page->desc : page->title, -1);
  guint width = (guint) ceil (page->width), height = (guint) ceil (page->height);

  g_string_append_printf (svg,
                          "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"\n"
                          " width=\"%upt\" height=\"%upt\" viewBox=\"0 0 %u %u\" font-family=\"" FONT_FAMILY "\"\n"
                          " role=\"img\" aria-labelledby=\"%s-title %s-desc\">\n"
                          "<title id=\"%s-title\">%s</title>\n<desc id=\"%s-desc\">%s</desc>\n",
                          width, height, width, height, id, id, id, title, id, desc);
}

/* Phrases of gnuplot and what we write instead. `%s` is the id of the page. */
static const struct
{
  const char *theirs, *ours;
} svg_phrases[] = {
  { " font-family=\"" SF_PICTURE_FONT "\"", "" },
  { " font-family=\"" SF_PICTURE_FONT ":Bold\"", " font-weight=\"bold\"" },
  { " id=\"gnuplot_canvas\"", "" },
  { "'gp", "'%s-gp" },
  { "'#gp", "'#%s-gp" },
};

/* If a phrase of gnuplot is at `*at`, appends ours and moves `*at` behind it. FALSE if there is none. */
static gboolean
copy_phrase (GString *svg, const char **at, const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (svg_phrases); i++)
    if (g_str_has_prefix (*at, svg_phrases[i].theirs))
      {
        const char *name = strstr (svg_phrases[i].ours, "%s");

        if (name == NULL)
          g_string_append (svg, svg_phrases[i].ours);
        else
          {
            g_string_append_len (svg, svg_phrases[i].ours, name - svg_phrases[i].ours);
            g_string_append (svg, id);
            g_string_append (svg, name + 2);
          }
        *at += strlen (svg_phrases[i].theirs);
        return TRUE;
      }
  return FALSE;
}

/* Skips id and title of the group of a plot, ` id="gnuplot_plot_1" ><title>…</title>`: other pictures have the same
 * ids, and the title is the command that drew the plot. FALSE if `*at` is something else. */
static gboolean
skip_plot_title (const char **at)
{
  const char *end;

  if (!g_str_has_prefix (*at, " id=\"gnuplot_plot_"))
    return FALSE;
  end = strstr (*at, "</title>");
  if (end == NULL)
    return FALSE;
  *at = end + strlen ("</title>") - 1;
  return TRUE;
}

/* Skips an empty group: its attributes depend on the page that was drawn before. FALSE if `*at` is something else. */
static gboolean
skip_empty_group (const char **at)
{
  const char *end = g_str_has_prefix (*at, "<g ") ? strchr (*at, '>') : NULL;

  if (end == NULL || !g_str_has_prefix (end, ">\n</g>\n"))
    return FALSE;
  *at = end + strlen (">\n</g>\n");
  return TRUE;
}

/* Copies the rest of the file. Inside tags, phrases are replaced; text between tags stays as it is. */
static void
add_body (GString *svg, const char *at, const char *id)
{
  gboolean in_tag = FALSE;

  while (*at != '\0')
    {
      if ((in_tag && skip_plot_title (&at)) || (!in_tag && skip_empty_group (&at)))
        continue;
      if (in_tag && (*at == ' ' || *at == '\'') && copy_phrase (svg, &at, id))
        continue;
      if (*at == '<')
        in_tag = TRUE;
      else if (*at == '>')
        in_tag = FALSE;
      g_string_append_c (svg, *at++);
    }
}

static GBytes *
clean_svg (const char *data, const SfPage *page)
{
  const char *head_end = strstr (data, "</desc>");
  const char *body = head_end != NULL ? head_end + strlen ("</desc>\n") : NULL;
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, page->script->str, -1);
  g_autofree char *id = g_strdup_printf ("p%.8s", sum);
  GString *svg;

  if (body == NULL) /* an unknown version of gnuplot */
    return g_bytes_new (data, strlen (data));
  svg = g_string_sized_new (strlen (data));
  add_head (svg, page, id);
  add_body (svg, body, id);
  return g_string_free_to_bytes (svg);
}

/* --- PDF --- */

/* Replaces the creation date by a fixed one of the same length, because a PDF is full of byte offsets. */
static void
replace_date (char *data, gsize len)
{
  static const char key[] = "/CreationDate (D:";
  static const char date[] = "20000101000000";
  char *at = memmem (data, len, key, strlen (key));

  if (at != NULL && (gsize) (at - data) + strlen (key) + strlen (date) < len)
    memcpy (at + strlen (key), date, strlen (date));
}

/* Cuts a page to its own size; it was drawn into the upper left corner of a page as large as the largest. Changes the
 * numbers of the "\n /MediaBox [ 0 0 720 1200 ]" at `text`, if the new ones have room. */
static void
cut_page (char *text, gsize len, const SfPage *page)
{
  static const char key[] = "\n   /MediaBox [ 0 0 ";
  char *at = memmem (text, len, key, strlen (key));
  char *end = at != NULL ? memchr (at, ']', len - (gsize) (at - text)) : NULL;
  g_autofree char *box = NULL;
  guint height;

  if (end == NULL || sscanf (at + strlen (key), "%*f %u", &height) != 1)
    return;
  box = g_strdup_printf ("\n/MediaBox [0 %u %u %u", height - MIN ((guint) ceil (page->height), height),
                         (guint) ceil (page->width), height);
  if (strlen (box) > (gsize) (end - at))
    return;
  memset (at, ' ', (gsize) (end - at));
  memcpy (at, box, strlen (box));
}

/* Cuts all pages. Cairo marks page number N with "/Type /Page % N". If a version of cairo does not, all pages stay as
 * large as the largest. */
static void
cut_pages (char *data, gsize len, const GPtrArray *pages)
{
  for (guint i = 0; i < pages->len; i++)
    {
      g_autofree char *mark = g_strdup_printf ("/Type /Page %% %u\n", i + 1);
      char *at = memmem (data, len, mark, strlen (mark));

      if (at != NULL)
        cut_page (at, MIN (len - (gsize) (at - data), 200), g_ptr_array_index (pages, i));
    }
}

static GBytes *
clean_pdf (const char *data, gsize len, const GPtrArray *pages)
{
  char *copy = g_memdup2 (data, len);

  replace_date (copy, len);
  cut_pages (copy, len, pages);
  return g_bytes_new_take (copy, len);
}

GBytes *
sf_gnuplot_clean (const char *data, gsize len, const GPtrArray *pages, guint i, SfPictureFormat format)
{
  switch (format)
    {
    case SF_PICTURE_SVG:
      return clean_svg (data, g_ptr_array_index (pages, i));
    case SF_PICTURE_PDF:
      return clean_pdf (data, len, pages);
    case SF_PICTURE_PNG:
      return g_bytes_new (data, len);
    }
  g_return_val_if_reached (NULL);
}
