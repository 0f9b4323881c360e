/* SPDX-License-Identifier: MIT
 *
 * The ways that segments went, for pictures: from where one leaves to where it arrives or is lost. A segment that a
 * fault held back goes in two legs: one that ends where it was held, and one from its release on.
 */
#pragma once

#include "trace/trace.h"

#define SF_NO_LEG G_MAXUINT

typedef struct
{
  const SfSegment *seg; /* as it was sent, copied or forged */
  guint leave;          /* record: SEND, or FATE COPIED, INJECTED, RELEASED */
  guint end;            /* record: ARRIVE, or a FATE that ends it; SF_NO_RECORD: on its way when the run ended */
  guint note;           /* record: FATE that befell it between and did not end it, SF_NO_RECORD: none */
} SfLeg;

typedef struct
{
  GArray *legs;   /* SfLeg, in the order in which they begin */
  guint *leaving; /* per record: the leg that begins there, or SF_NO_LEG */
  guint *ending;  /* per record: the leg that ends there */
} SfLegs;

/* Finds the legs of `story`, to which the result points. */
SfLegs *sf_legs_new (const SfStory *story);
void sf_legs_free (SfLegs *legs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfLegs, sf_legs_free)

static inline const SfLeg *
sf_leg (const SfLegs *legs, guint i)
{
  return &g_array_index (legs->legs, SfLeg, i);
}
