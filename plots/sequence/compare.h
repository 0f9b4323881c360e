/* SPDX-License-Identifier: MIT
 *
 * Two runs side by side on one axis of time, each as its sequence diagram, with a mark where they part.
 */
#pragma once

#include "plots/sequence/sequence.h"

/* Returns the comparison of two runs (indexed), mostly variants of one scenario, as pages; otherwise as
 * sf_sequence(). */
GPtrArray *sf_compare (const SfTrace *left, const SfTrace *right, const SfSequenceOptions *options,
                       guint *ret_left_out);
