/* SPDX-License-Identifier: MIT */
#include "plots/sequence/sequence.h"

#include "base/gettext.h"
#include "plots/sequence/pages.h"
#include "trace/words.h"

static const SfSequenceOptions defaults = { 0 };

GPtrArray *
sf_sequence (const SfTrace *trace, const SfSequenceOptions *options, guint *ret_left_out)
{
  const SfSequenceOptions *how = options != NULL ? options : &defaults;
  g_autoptr (SfRows) rows = sf_rows_new (trace, how->lang);
  const SfRows *const all[] = { rows };
  const char *title = sf_words_title (trace, how->lang);
  SfPageSize page_size = sf_page_size (how->paper, all, 1);
  g_autofree char *variant = sf_words_variant (trace, how->lang);
  SfSequenceTitle words = {
    .title = title != NULL ? title : tr (how->lang, "Sequence diagram"),
    .subtitle = variant,
    .asks = sf_wording_in (trace->asks, how->lang),
    .kind = tr (how->lang, "Sequence diagram."),
  };
  g_autoptr (SfSequenceLayout) layout = sf_sequence_layout_new (all, 1, NULL, NULL, &page_size,
                                                                sf_sequence_title_height (&page_size, &words), how);

  return sf_sequence_pages (layout, &words, ret_left_out);
}
