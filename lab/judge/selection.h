/* SPDX-License-Identifier: MIT
 *
 * A selection of segments of a run: by a matcher (lab/language/load_match.h), and optionally by their fate. Checks and
 * questions use it.
 *
 * Segments that hosts sent are counted. With a fate, copies and forged segments count as well, each by itself.
 */
#pragma once

#include "lab/language/node.h"
#include "models/fault.h"
#include "trace/trace.h"

typedef struct
{
  SfMatch match;
  guint fate; /* 0: any */
} SfSelection;

/* Loads the matcher keys and `fate` of mapping `node`. The caller has checked all keys, and loads the others. */
gboolean sf_selection_load (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfSelection *ret_selection);

/* Returns the name of the selected fate: "dropped"; NULL: none. */
const char *sf_selection_fate (const SfSelection *selection);

/* Returns the number of selected segments. Faster than sf_selection_find(). */
guint sf_selection_count (const SfSelection *selection, const SfTrace *trace);

/* Returns the records (guint) of the selected segments, in order. `trace` must be indexed. */
GArray *sf_selection_find (const SfSelection *selection, const SfTrace *trace);
