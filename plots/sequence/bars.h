/* SPDX-License-Identifier: MIT
 *
 * The bars of a sequence diagram, followed row by row. A lifeline has several bars side by side; each shows the states
 * of one connection of the host.
 */
#pragma once

#include "trace/rows.h"

/* Bars per host. If more connections exist at a time, the others have none. */
#define SF_MAX_BARS 6

#define SF_NO_BAR SF_MAX_BARS

typedef struct
{
  guint32 conn;  /* serial number; 0: the listener (in bar 0), or nobody */
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

/* Applies the change of state in `row`. Returns the bar that changed, SF_NO_BAR if none did. */
guint sf_bars_apply (SfBars *bars, const SfRow *row);

/* Clears the bars of `host` whose connections no longer exist after `row`. TRUE if there were any. */
gboolean sf_bars_expire (SfBars *bars, const SfRow *row, guint16 host);
