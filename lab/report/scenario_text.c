/* SPDX-License-Identifier: MIT */
#include "lab/report/scenario_text.h"

#include "base/gettext.h"
#include "base/paragraph.h"

#include <string.h>

/* Returns the variant of the scenario, NULL for the standard run. */
static const SfVariantInfo *
find_variant (const SfScenario *scenario)
{
  for (guint i = 0; i < scenario->variants->len; i++)
    {
      const SfVariantInfo *variant = g_ptr_array_index (scenario->variants, i);

      if (strcmp (variant->name, scenario->variant) == 0)
        return variant;
    }
  return NULL;
}

void
sf_scenario_text_heading (GString *out, const SfScenario *scenario, const SfTextStyle *style)
{
  const SfVariantInfo *variant = find_variant (scenario);
  const char *asks = sf_wording_in (variant != NULL ? variant->asks : scenario->asks, style->lang);

  if (variant != NULL)
    {
      const char *own = sf_wording_in (variant->title, style->lang);
      g_autofree char *title = own != NULL ? g_strdup_printf (tr (style->lang, "Variant %s: %s"), variant->name, own)
                                           : g_strdup_printf (tr (style->lang, "Variant %s"), variant->name);

      sf_paragraph_title (out, title, style);
    }
  else
    sf_paragraph_title (out, sf_wording_in (scenario->title, style->lang), style);
  if (asks != NULL)
    sf_paragraph (out, "", "", asks, style->width);
  for (guint i = 0; variant != NULL && i < variant->sets->len; i++)
    sf_paragraph_labeled (out, tr (style->lang, "with "), i == 0, g_ptr_array_index (variant->sets, i), style);
  g_string_append_c (out, '\n');
}

static void
add_rfc (GString *out, const GPtrArray *rfc, const SfTextStyle *style)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < rfc->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", (const char *) g_ptr_array_index (rfc, i));
  sf_paragraph_labeled (out, tr (style->lang, "Decided by "), TRUE, list->str, style);
  g_string_append_c (out, '\n');
}

void
sf_scenario_text_explanation (GString *out, const SfScenario *scenario, const SfTextStyle *style)
{
  const SfVariantInfo *variant = find_variant (scenario);
  const char *explain = sf_wording_in (variant != NULL ? variant->explain : scenario->explain, style->lang);

  if (explain != NULL)
    {
      sf_paragraphs (out, explain, style->width);
      g_string_append_c (out, '\n');
    }
  if (variant != NULL && variant->because != NULL)
    {
      sf_paragraph_labeled (out, tr (style->lang, "Because "), TRUE, sf_wording_in (variant->because, style->lang),
                            style);
      g_string_append_c (out, '\n');
    }
  if (variant == NULL && scenario->rfc->len > 0)
    add_rfc (out, scenario->rfc, style);
}
