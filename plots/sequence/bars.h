/* SPDX-License-Identifier: MIT
 *
 * The bars of a sequence diagram: which connection of a host stands in which bar of its lifeline, and in what state,
 * row after row.
 */
#pragma once

#include "trace/rows.h"

/* Connections of one host beyond this number at a time have no bar. */
#define SF_MAX_BARS 6

#define SF_NO_BAR SF_MAX_BARS

typedef struct
{
  guint32 conn;  /* serial; 0 in bar 0: the listener, or nobody */
  SfState state; /* SF_CLOSED: no bar */
} SfBar;

typedef struct
{
  const SfRows *rows;
  SfBar (*hosts)[SF_MAX_BARS]; /* by host */
} SfBars;

void sf_bars_init (SfBars *bars, const SfRows *rows);
void sf_bars_clear (SfBars *bars);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SfBars, sf_bars_clear)

/* Returns the bar that `row` changes, SF_NO_BAR: none, and does so. */
guint sf_bars_apply (SfBars *bars, const SfRow *row);

/* Clears the bars of `host` that no connection has any more after `row`; TRUE if there were any. */
gboolean sf_bars_expire (SfBars *bars, const SfRow *row, guint16 host);
