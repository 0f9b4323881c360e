/* SPDX-License-Identifier: MIT
 *
 * The transits of segments, for pictures. A transit goes from where a segment leaves to where it arrives or is lost. A
 * segment that a fault held back has two: one that ends where it was held, and one from its release on.
 */
#pragma once

#include "trace/trace.h"

#define SF_NO_TRANSIT G_MAXUINT

typedef struct
{
  const SfSegment *seg; /* as it was sent, copied or forged */
  guint leave;          /* record: SEND, or FATE COPIED, INJECTED, RELEASED */
  guint end;            /* record: ARRIVE, or a FATE that ends it; SF_NO_RECORD: on its way when the run ended */
  guint note;           /* record: a FATE in between that did not end it, SF_NO_RECORD: none */
} SfTransit;

typedef struct
{
  GArray *transits; /* SfTransit, in the order in which they begin */
  guint *leaving;   /* by record: the transit that begins there, or SF_NO_TRANSIT */
  guint *ending;    /* by record: the transit that ends there, or SF_NO_TRANSIT */
} SfTransits;

/* Finds the transits of `trace`. The result points into `trace`. */
SfTransits *sf_transits_new (const SfTrace *trace);
void sf_transits_free (SfTransits *transits);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfTransits, sf_transits_free)

static inline const SfTransit *
sf_transit (const SfTransits *transits, guint i)
{
  return &g_array_index (transits->transits, SfTransit, i);
}
