/* SPDX-License-Identifier: MIT */
#include "plots/sequence.h"

GPtrArray *
sf_sequence (const SfStory *story, const SfSequenceOptions *options, guint *ret_left_out)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify) sf_scene_free);
  SfScene *page = sf_scene_new (595, 842);
  const char *title = sf_wording_in (story->title, options != NULL ? options->lang : NULL);

  page->title = g_strdup (title != NULL ? title : "sequence");
  sf_scene_label (page, &(SfLabel){ .text = page->title, .x = 30, .y = 40, .size = 12, .bold = TRUE });
  g_ptr_array_add (pages, page);
  if (ret_left_out != NULL)
    *ret_left_out = 0;
  return pages;
}
