/* SPDX-License-Identifier: MIT
 *
 * Where two runs part.
 */
#pragma once

#include "trace/rows.h"

/* Returns the number of the first row that is not the same in both runs; if one has all that the other has, the row
 * behind its last. SF_NO_RECORD if they are alike. Compared is what can be seen: instants, hosts (by name), words,
 * states, and of segments the notation with numbers relative to their incarnation, and what becomes of them at once. */
guint sf_compare_part (const SfRows *left, const SfRows *right);
