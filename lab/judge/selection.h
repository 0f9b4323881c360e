/* SPDX-License-Identifier: MIT
 *
 * Which segments of a run are meant: a matcher (lab/language/load_match.h), and optionally what became of them. Checks
 * and questions ask for segments so.
 *
 * Counted are segments that a host sent. Asked for a fate, copies and forged segments count as well: each is on its
 * own.
 */
#pragma once

#include "lab/language/node.h"
#include "models/fault.h"
#include "trace/trace.h"

typedef struct
{
  SfMatch match;
  guint fate; /* 0: whatever */
} SfSelection;

/* Reads the matcher keys and `fate` of mapping `node`; other keys are the caller's business, who has checked them
 * all. */
gboolean sf_selection_load (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfSelection *ret_selection);

/* Returns the fate that is asked for: "dropped"; NULL for none. */
const char *sf_selection_fate (const SfSelection *selection);

/* Returns how many segments are meant; the same as below, in less time. */
guint sf_selection_count (const SfSelection *selection, const SfTrace *trace);

/* Returns the records (guint) that show the segments meant, in order. `trace` is indexed. */
GArray *sf_selection_find (const SfSelection *selection, const SfTrace *trace);
