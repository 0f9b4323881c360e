/* SPDX-License-Identifier: MIT
 *
 * The bars of a sequence diagram: which connection of a host stands in which lane of its lifeline, and in what state,
 * row after row.
 */
#pragma once

#include "trace/rows.h"

/* Connections of one host beyond this number at a time have no bar. */
#define SF_LANES 6

#define SF_NO_LANE SF_LANES

typedef struct
{
  guint32 conn; /* serial; 0 in lane 0: the listener, or nobody */
  SfState state; /* SF_CLOSED: no bar */
} SfLane;

typedef struct
{
  const SfRows *rows;
  SfLane (*hosts)[SF_LANES]; /* by host */
} SfLanes;

void sf_lanes_init (SfLanes *lanes, const SfRows *rows);
void sf_lanes_clear (SfLanes *lanes);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SfLanes, sf_lanes_clear)

/* Returns the lane that `row` changes, SF_NO_LANE: none, and does so. */
guint sf_lanes_apply (SfLanes *lanes, const SfRow *row);

/* Clears the lanes of `host` that no connection has any more after `row`; TRUE if there were any. */
gboolean sf_lanes_expire (SfLanes *lanes, const SfRow *row, guint16 host);
