/* SPDX-License-Identifier: MIT */
#include "results/pictures.h"

#include "base/files.h"
#include "base/gettext.h"
#include "plots/page/gnuplot_scene.h"
#include "plots/sequence/compare.h"

#include <string.h>

static const char *const diagram_names[SF_PICTURE_GRAPHS] = { "sequence", "compare" };
static const char
  *const suffixes[] = { [SF_PICTURE_SVG] = ".svg", [SF_PICTURE_PNG] = ".png", [SF_PICTURE_PDF] = ".pdf" };

const char *
sf_picture_name (SfPictureKind kind)
{
  return kind < SF_PICTURE_GRAPHS ? diagram_names[kind] : sf_graph_name ((SfGraphKind) (kind - SF_PICTURE_GRAPHS));
}

const char *
sf_picture_doc (SfPictureKind kind)
{
  static const char *const docs[SF_PICTURE_GRAPHS] = {
    N_ ("who sent what, when, and what became of it"),
    N_ ("two runs side by side: the standard run and a variant, or two files"),
  };

  return kind < SF_PICTURE_GRAPHS ? docs[kind] : sf_graph_doc ((SfGraphKind) (kind - SF_PICTURE_GRAPHS));
}

const char *
sf_picture_suffix (SfPictureFormat format)
{
  return suffixes[format];
}

gboolean
sf_picture_format_find (const char *name, SfPictureFormat *ret_format)
{
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (strcmp (suffixes[i] + 1, name) == 0)
      {
        *ret_format = (SfPictureFormat) i;
        return TRUE;
      }
  return FALSE;
}

/* --- the list --- */

static void
free_picture (gpointer data)
{
  SfPicture *picture = data;

  g_free (picture->stem);
  g_free (picture->suffix);
  g_ptr_array_unref (picture->pages);
  g_free (picture);
}

static void
free_page (gpointer data)
{
  sf_page_free (data);
}

GPtrArray *
sf_pictures_new (void)
{
  return g_ptr_array_new_with_free_func (free_picture);
}

void
sf_pictures_add (GPtrArray *pictures, const char *stem, const char *suffix, GPtrArray *pages)
{
  SfPicture *picture = g_new (SfPicture, 1);

  *picture = (SfPicture){ g_strdup (stem), g_strdup (suffix), pages };
  g_ptr_array_add (pictures, picture);
}

GPtrArray *
sf_picture_diagram (const SfTrace *left, const SfTrace *right, const SfSequenceOptions *options, guint *ret_left_out)
{
  g_autoptr (GPtrArray) scenes = right != NULL ? sf_compare (left, right, options, ret_left_out)
                                               : sf_sequence (left, options, ret_left_out);
  GPtrArray *pages = g_ptr_array_new_with_free_func (free_page);

  for (guint i = 0; i < scenes->len; i++)
    g_ptr_array_add (pages, sf_scene_page (g_ptr_array_index (scenes, i)));
  return pages;
}

/* --- writing --- */

/* Writes `file`, page `i` of the `n` pages of `picture`. */
static gboolean
write_file (const SfPicture *picture, guint i, guint n, GBytes *file, GPtrArray *names, GError **error)
{
  g_autofree char *path = n > 1 ? g_strdup_printf ("%s-%u%s", picture->stem, i + 1, picture->suffix)
                                : g_strconcat (picture->stem, picture->suffix, NULL);
  gsize len;
  const void *data = g_bytes_get_data (file, &len);

  if (!sf_file_write (path, data, len, error))
    return FALSE;
  if (names != NULL)
    g_ptr_array_add (names, g_steal_pointer (&path));
  return TRUE;
}

static gboolean
write_documents (const GPtrArray *pictures, GPtrArray *names, GError **error)
{
  for (guint i = 0; i < pictures->len; i++)
    {
      const SfPicture *picture = g_ptr_array_index (pictures, i);
      g_autoptr (GPtrArray) files = sf_gnuplot_draw (picture->pages, SF_PICTURE_PDF, error);

      if (files == NULL || !write_file (picture, 0, 1, g_ptr_array_index (files, 0), names, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_pages (const GPtrArray *pictures, SfPictureFormat format, GPtrArray *names, GError **error)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new ();
  g_autoptr (GPtrArray) files = NULL;
  guint next = 0;

  for (guint i = 0; i < pictures->len; i++)
    {
      const SfPicture *picture = g_ptr_array_index (pictures, i);

      for (guint k = 0; k < picture->pages->len; k++)
        g_ptr_array_add (pages, g_ptr_array_index (picture->pages, k));
    }
  files = sf_gnuplot_draw (pages, format, error);
  if (files == NULL)
    return FALSE;
  for (guint i = 0; i < pictures->len; i++)
    {
      const SfPicture *picture = g_ptr_array_index (pictures, i);

      for (guint k = 0; k < picture->pages->len; k++)
        if (!write_file (picture, k, picture->pages->len, g_ptr_array_index (files, next++), names, error))
          return FALSE;
    }
  return TRUE;
}

gboolean
sf_pictures_write (const GPtrArray *pictures, SfPictureFormat format, GPtrArray *names, GError **error)
{
  if (pictures->len == 0)
    return TRUE;
  return format == SF_PICTURE_PDF ? write_documents (pictures, names, error)
                                  : write_pages (pictures, format, names, error);
}

/* --- picture set --- */

SfPictureSet *
sf_picture_set_new (const char *formats)
{
  g_autoptr (SfPictureSet) picture_set = g_new0 (SfPictureSet, 1);
  g_auto (GStrv) names = g_strsplit (formats, ",", -1);

  if (strcmp (formats, "none") == 0)
    return g_steal_pointer (&picture_set);
  for (guint i = 0; names[i] != NULL; i++)
    {
      SfPictureFormat format;

      if (!sf_picture_format_find (names[i], &format))
        return NULL;
      if (picture_set->pictures[format] == NULL)
        picture_set->pictures[format] = sf_pictures_new ();
    }
  return names[0] != NULL ? g_steal_pointer (&picture_set) : NULL;
}

void
sf_picture_set_free (SfPictureSet *picture_set)
{
  if (picture_set == NULL)
    return;
  for (guint i = 0; i < SF_N_PICTURE_FORMATS; i++)
    if (picture_set->pictures[i] != NULL)
      g_ptr_array_unref (picture_set->pictures[i]);
  sf_trace_free (picture_set->first);
  g_free (picture_set);
}

void
sf_picture_set_add_pages (SfPictureSet *picture_set, const char *dir, const char *name, GPtrArray *pages)
{
  g_autofree char *stem = g_build_filename (dir, name, NULL);

  for (guint i = 0; i < SF_N_PICTURE_FORMATS; i++)
    if (picture_set->pictures[i] != NULL)
      sf_pictures_add (picture_set->pictures[i], stem, suffixes[i], g_ptr_array_ref (pages));
  g_ptr_array_unref (pages);
}

/* Adds a sequence diagram or, if `right` is not NULL, a comparison. */
static void
add_diagram (SfPictureSet *picture_set, const SfTrace *left, const SfTrace *right, const char *dir, const char *name,
             const char *lang)
{
  const SfSequenceOptions options = { .lang = lang, .max_pages = SF_PICTURE_MAX_PAGES };
  guint left_out = 0;

  sf_picture_set_add_pages (picture_set, dir, name, sf_picture_diagram (left, right, &options, &left_out));
  picture_set->left_out += left_out;
}

static void
add_graphs (SfPictureSet *picture_set, const SfTrace *trace, const char *dir, const char *lang)
{
  const SfGraphOptions options = { .lang = lang };

  for (guint kind = 0; kind < SF_N_GRAPHS; kind++)
    if (sf_graph_has_data ((SfGraphKind) kind, trace, &options))
      {
        GPtrArray *pages = g_ptr_array_new_with_free_func (free_page);

        g_ptr_array_add (pages, sf_graph ((SfGraphKind) kind, trace, &options));
        sf_picture_set_add_pages (picture_set, dir, sf_graph_name ((SfGraphKind) kind), pages);
      }
}

void
sf_picture_set_add (SfPictureSet *picture_set, SfTrace *trace, const char *dir, const char *top, const char *lang)
{
  add_diagram (picture_set, trace, NULL, dir, diagram_names[SF_PICTURE_SEQUENCE], lang);
  add_graphs (picture_set, trace, dir, lang);
  if (picture_set->first == NULL)
    picture_set->first = trace;
  else
    {
      g_autofree char *name = g_strdup_printf ("%s-%s", diagram_names[SF_PICTURE_COMPARE], trace->variant);

      add_diagram (picture_set, picture_set->first, trace, top, name, lang);
      sf_trace_free (trace);
    }
}

gboolean
sf_picture_set_write (const SfPictureSet *picture_set, GError **error)
{
  for (guint i = 0; i < SF_N_PICTURE_FORMATS; i++)
    if (picture_set->pictures[i] != NULL
        && !sf_pictures_write (picture_set->pictures[i], (SfPictureFormat) i, NULL, error))
      return FALSE;
  return TRUE;
}
