/* SPDX-License-Identifier: MIT */
#include "plots/sequence/compare.h"

#include "base/gettext.h"
#include "models/segment_text.h"
#include "plots/sequence/compare_part.h"
#include "plots/sequence/pages.h"
#include "plots/sequence/sentences.h"
#include "trace/words.h"

#include <string.h>

static const SfSequenceOptions defaults = { 0 };

/* Returns the caption of `trace`, which distinguishes it from `other`: name and title of its variant, or its file. */
static char *
caption_of (const SfTrace *trace, const SfTrace *other, const char *page_title, const char *lang)
{
  const char *title = sf_wording_in (trace->title, lang);

  if (g_strcmp0 (trace->variant, other->variant) == 0)
    return g_strdup (trace->file != NULL ? trace->file : title);
  if (title == NULL || g_strcmp0 (title, page_title) == 0)
    return g_strdup (trace->variant);
  return g_strdup_printf ("%s: %s", trace->variant, title);
}

static void
append_header (GString *out, const SfRows *rows, guint transit, gboolean absolute)
{
  const SfSegment *seg = sf_transit (rows->transits, transit)->seg;

  sf_segment_text (out, seg, sf_trace_host_name (rows->trace, seg->from), sf_trace_host_name (rows->trace, seg->to),
                   SF_TEXT_FULL | (absolute ? SF_TEXT_ABSOLUTE : 0));
}

/* Returns the sentence on what the run does where it parts from the other. With `full` a segment has its whole
 * notation. */
static char *
part_words (const SfRows *rows, guint part, const SfSequenceOptions *options, gboolean full)
{
  GString *text = g_string_new (NULL);

  if (part < sf_rows_n (rows))
    {
      const SfRow *row = sf_row (rows, part);

      sf_words_instant (text, row->t);
      g_string_append (text, ": ");
      if (full && row->transit != SF_NO_TRANSIT)
        append_header (text, rows, row->transit, options->absolute);
      else
        sf_sequence_sentence (text, rows, part, options->absolute);
    }
  else
    g_string_append (text, tr (rows->lang, "nothing more happens"));
  return g_string_free (text, FALSE);
}

/* Finds the words for where the runs part: short ones, unless these are the same for both runs. */
static void
find_part_words (const SfRows *left, const SfRows *right, guint part, const SfSequenceOptions *options, char **ret_left,
                 char **ret_right)
{
  g_autofree char *left_brief = part_words (left, part, options, FALSE);
  g_autofree char *right_brief = part_words (right, part, options, FALSE);
  gboolean full = strcmp (left_brief, right_brief) == 0;

  *ret_left = full ? part_words (left, part, options, TRUE) : g_steal_pointer (&left_brief);
  *ret_right = full ? part_words (right, part, options, TRUE) : g_steal_pointer (&right_brief);
}

GPtrArray *
sf_compare (const SfTrace *left, const SfTrace *right, const SfSequenceOptions *options, guint *ret_left_out)
{
  const SfSequenceOptions *how = options != NULL ? options : &defaults;
  g_autoptr (SfRows) left_rows = sf_rows_new (left, how->lang), right_rows = sf_rows_new (right, how->lang);
  const SfRows *const all[] = { left_rows, right_rows };
  guint part = sf_compare_part (left_rows, right_rows);
  const guint parts[] = { part, part };
  const char *title = sf_words_title (left, how->lang);
  g_autofree char *left_caption = caption_of (left, right, title, how->lang);
  g_autofree char *right_caption = caption_of (right, left, title, how->lang);
  const char *const captions[] = { left_caption, right_caption };
  g_autofree char *left_part = NULL, *right_part = NULL, *where = NULL;
  SfPageSize page_size = sf_page_size (how->paper, all, 2);
  SfSequenceTitle words = {
    .title = title != NULL ? title : tr (how->lang, "Two runs"),
    .asks = sf_wording_in (left->asks, how->lang),
    .kind = tr (how->lang, "Two sequence diagrams side by side."),
  };
  g_autoptr (SfSequenceLayout) layout = NULL;

  find_part_words (left_rows, right_rows, part, how, &left_part, &right_part);
  where = g_strdup_printf ("%s: %s | %s", tr (how->lang, "Here the two runs part"), left_part, right_part);
  words.subtitle = part == SF_NO_RECORD ? tr (how->lang, "Both runs are alike.") : how->linear ? where : NULL;
  words.part[0] = tr (how->lang, "Here the two runs part");
  words.part[1] = left_part;
  words.part[2] = right_part;
  layout = sf_sequence_layout_new (all, 2, captions, part == SF_NO_RECORD ? NULL : parts, &page_size,
                                   sf_sequence_title_height (&page_size, &words), how);
  return sf_sequence_pages (layout, &words, ret_left_out);
}
