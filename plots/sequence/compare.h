/* SPDX-License-Identifier: MIT
 *
 * Two runs side by side as sequence diagrams on one axis of time, with a mark where they part.
 */
#pragma once

#include "plots/sequence/sequence.h"

/* Returns the comparison of two runs (indexed), usually variants of one scenario, as pages. Arguments and result are
 * otherwise those of sf_sequence(). */
GPtrArray *sf_compare (const SfTrace *left, const SfTrace *right, const SfSequenceOptions *options,
                       guint *ret_left_out);
