/* SPDX-License-Identifier: MIT */
#include "plots/sequence/compare_part.h"

#include "models/segment_text.h"

#include <string.h>

/* TRUE if records `i` of the one run and `k` of the other (SF_NO_RECORD: none) do the same to their segments. */
static gboolean
same_fate (const SfRows *left, guint i, const SfRows *right, guint k)
{
  const SfRecord *a, *b;

  if (i == SF_NO_RECORD || k == SF_NO_RECORD)
    return i == k;
  a = sf_trace_record (left->trace, i);
  b = sf_trace_record (right->trace, k);
  if (a->head.kind != SF_RECORD_FATE || b->head.kind != SF_RECORD_FATE)
    return a->head.kind == b->head.kind;
  return a->fate.fate == b->fate.fate && a->fate.until == b->fate.until;
}

/* Returns the record that ends `transit` if that is at the instant when it leaves, SF_NO_RECORD otherwise: a later end
 * has a row of its own. */
static guint
end_at_once (const SfRows *rows, const SfTransit *transit)
{
  const SfRecord *end = transit->end != SF_NO_RECORD ? sf_trace_record (rows->trace, transit->end) : NULL;

  return end != NULL && end->head.t == sf_trace_record (rows->trace, transit->leave)->head.t ? transit->end
                                                                                             : SF_NO_RECORD;
}

static gboolean
same_transit (const SfRows *left, guint i, const SfRows *right, guint k)
{
  const SfTransit *a = sf_transit (left->transits, i), *b = sf_transit (right->transits, k);
  g_autoptr (GString) x = g_string_new (NULL), y = g_string_new (NULL);

  sf_segment_text (x, a->seg, sf_trace_host_name (left->trace, a->seg->from),
                   sf_trace_host_name (left->trace, a->seg->to), SF_TEXT_FULL);
  sf_segment_text (y, b->seg, sf_trace_host_name (right->trace, b->seg->from),
                   sf_trace_host_name (right->trace, b->seg->to), SF_TEXT_FULL);
  return g_string_equal (x, y) && same_fate (left, a->leave, right, b->leave)
         && same_fate (left, a->note, right, b->note)
         && same_fate (left, end_at_once (left, a), right, end_at_once (right, b));
}

static gboolean
same_row (const SfRows *left, const SfRows *right, guint i)
{
  const SfRow *a = sf_row (left, i), *b = sf_row (right, i);

  if (a->kind != b->kind || a->speaker != b->speaker || a->t != b->t || g_strcmp0 (a->text, b->text) != 0
      || g_strcmp0 (a->state, b->state) != 0
      || strcmp (sf_trace_host_name (left->trace, a->host), sf_trace_host_name (right->trace, b->host)) != 0)
    return FALSE;
  return a->transit == SF_NO_TRANSIT || same_transit (left, a->transit, right, b->transit);
}

guint
sf_compare_part (const SfRows *left, const SfRows *right)
{
  guint n = MIN (sf_rows_n (left), sf_rows_n (right));

  for (guint i = 0; i < n; i++)
    if (!same_row (left, right, i))
      return i;
  return sf_rows_n (left) == sf_rows_n (right) ? SF_NO_RECORD : n;
}
