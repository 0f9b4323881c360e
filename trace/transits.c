/* SPDX-License-Identifier: MIT */
#include "trace/transits.h"

#include "trace/words.h"

typedef struct
{
  SfLegs *legs;
  GHashTable *open; /* id of a segment → its latest leg */
} Finder;

static SfLeg *
latest_leg (const Finder *finder, guint64 id)
{
  gpointer value;

  if (!g_hash_table_lookup_extended (finder->open, &id, NULL, &value))
    return NULL;
  return &g_array_index (finder->legs->legs, SfLeg, GPOINTER_TO_UINT (value));
}

static void
begin_leg (Finder *finder, const SfSegment *seg, guint i)
{
  SfLeg leg = { seg, i, SF_NO_RECORD, SF_NO_RECORD };

  finder->legs->leaving[i] = finder->legs->legs->len;
  g_hash_table_insert (finder->open, (gpointer) &seg->id, GUINT_TO_POINTER (finder->legs->legs->len));
  g_array_append_val (finder->legs->legs, leg);
}

static void
end_leg (Finder *finder, SfLeg *leg, guint i)
{
  if (leg == NULL || leg->end != SF_NO_RECORD)
    return;
  leg->end = i;
  finder->legs->ending[i] = (guint) (leg - (SfLeg *) (gpointer) finder->legs->legs->data);
}

static void
follow_fate (Finder *finder, const SfRecord *record, guint i)
{
  SfLeg *leg = latest_leg (finder, record->fate.id);
  SfFate fate = record->fate.fate;

  if (fate == SF_FATE_COPIED || fate == SF_FATE_INJECTED)
    begin_leg (finder, &record->fate.copy, i);
  else if (leg == NULL)
    return;
  else if (fate == SF_FATE_RELEASED)
    {
      /* What looked like a remark was where it stopped. */
      const SfSegment *seg = leg->seg;
      guint held = leg->note;

      leg->note = SF_NO_RECORD;
      if (held != SF_NO_RECORD)
        end_leg (finder, leg, held);
      begin_leg (finder, seg, i);
    }
  else if (sf_fate_is_final (fate))
    end_leg (finder, leg, i);
  else
    leg->note = i;
}

SfLegs *
sf_legs_new (const SfStory *story)
{
  SfLegs *legs = g_new0 (SfLegs, 1);
  Finder finder = { legs, g_hash_table_new (g_int64_hash, g_int64_equal) };
  guint n = sf_story_n_records (story);

  legs->legs = g_array_new (FALSE, FALSE, sizeof (SfLeg));
  legs->leaving = g_new (guint, n);
  legs->ending = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    {
      const SfRecord *record = sf_story_record (story, i);

      legs->leaving[i] = legs->ending[i] = SF_NO_LEG;
      if (record->head.kind == SF_RECORD_SEND)
        begin_leg (&finder, &record->send, i);
      else if (record->head.kind == SF_RECORD_ARRIVE)
        end_leg (&finder, latest_leg (&finder, record->arrive.id), i);
      else if (record->head.kind == SF_RECORD_FATE)
        follow_fate (&finder, record, i);
    }
  g_hash_table_unref (finder.open);
  return legs;
}

void
sf_legs_free (SfLegs *legs)
{
  if (legs == NULL)
    return;
  g_array_unref (legs->legs);
  g_free (legs->leaving);
  g_free (legs->ending);
  g_free (legs);
}
