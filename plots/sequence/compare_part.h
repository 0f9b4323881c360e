/* SPDX-License-Identifier: MIT
 *
 * Finds where two runs part.
 */
#pragma once

#include "trace/rows.h"

/* Returns the number of the first row that differs between the runs. If one run is the beginning of the other, that is
 * the row after its last one. SF_NO_RECORD if the runs are alike. Rows are compared by what can be seen: instants,
 * hosts (by name), words, states, and for segments the notation with relative numbers and what happens to them at the
 * same instant. */
guint sf_compare_part (const SfRows *left, const SfRows *right);
