/* SPDX-License-Identifier: MIT */
#include "trace/transits.h"

#include "trace/words.h"

typedef struct
{
  SfTransits *transits;
  GHashTable *open; /* segment id → its latest transit */
} Finder;

static SfTransit *
latest_transit (const Finder *finder, guint64 id)
{
  gpointer value;

  if (!g_hash_table_lookup_extended (finder->open, &id, NULL, &value))
    return NULL;
  return &g_array_index (finder->transits->transits, SfTransit, GPOINTER_TO_UINT (value));
}

static void
begin_transit (Finder *finder, const SfSegment *seg, guint i)
{
  SfTransit transit = { seg, i, SF_NO_RECORD, SF_NO_RECORD };

  finder->transits->leaving[i] = finder->transits->transits->len;
  g_hash_table_insert (finder->open, (gpointer) &seg->id, GUINT_TO_POINTER (finder->transits->transits->len));
  g_array_append_val (finder->transits->transits, transit);
}

static void
end_transit (Finder *finder, SfTransit *transit, guint i)
{
  if (transit == NULL || transit->end != SF_NO_RECORD)
    return;
  transit->end = i;
  finder->transits->ending[i] = (guint) (transit - (SfTransit *) (gpointer) finder->transits->transits->data);
}

static void
follow_fate (Finder *finder, const SfRecord *record, guint i)
{
  SfTransit *transit = latest_transit (finder, record->fate.id);
  SfFate fate = record->fate.fate;

  if (fate == SF_FATE_COPIED || fate == SF_FATE_INJECTED)
    begin_transit (finder, &record->fate.copy, i);
  else if (transit == NULL)
    return;
  else if (fate == SF_FATE_RELEASED)
    {
      /* The FATE that looked like a remark is the end of the transit. */
      const SfSegment *seg = transit->seg;
      guint held = transit->note;

      transit->note = SF_NO_RECORD;
      if (held != SF_NO_RECORD)
        end_transit (finder, transit, held);
      begin_transit (finder, seg, i);
    }
  else if (sf_fate_is_final (fate))
    end_transit (finder, transit, i);
  else
    transit->note = i;
}

SfTransits *
sf_transits_new (const SfTrace *trace)
{
  SfTransits *transits = g_new0 (SfTransits, 1);
  Finder finder = { transits, g_hash_table_new (g_int64_hash, g_int64_equal) };
  guint n = sf_trace_n_records (trace);

  transits->transits = g_array_new (FALSE, FALSE, sizeof (SfTransit));
  transits->leaving = g_new (guint, n);
  transits->ending = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);

      transits->leaving[i] = transits->ending[i] = SF_NO_TRANSIT;
      if (record->head.kind == SF_RECORD_SEND)
        begin_transit (&finder, &record->send, i);
      else if (record->head.kind == SF_RECORD_ARRIVE)
        end_transit (&finder, latest_transit (&finder, record->arrive.id), i);
      else if (record->head.kind == SF_RECORD_FATE)
        follow_fate (&finder, record, i);
    }
  g_hash_table_unref (finder.open);
  return transits;
}

void
sf_transits_free (SfTransits *transits)
{
  if (transits == NULL)
    return;
  g_array_unref (transits->transits);
  g_free (transits->leaving);
  g_free (transits->ending);
  g_free (transits);
}
