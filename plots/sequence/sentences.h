/* SPDX-License-Identifier: MIT
 *
 * The words of a sequence diagram: labels of arrows, and sentences for its description.
 */
#pragma once

#include "trace/rows.h"

/* Returns the label of the arrow of `transit`: "S. 0:0(0) ack 1"; with `brief` without the acknowledgment. */
char *sf_sequence_label (const SfRows *rows, guint transit, gboolean absolute, gboolean brief);

/* Returns the remark on `transit`: what happened to the segment without ending it, or why it was sent
 * ("retransmission"). NULL if there is none. */
char *sf_sequence_remark (const SfRows *rows, guint transit);

/* Returns why `transit` ended before its destination, NULL if it did not. */
char *sf_sequence_end_words (const SfRows *rows, guint transit);

/* TRUE if the arrow of `transit` is drawn broken: no host sent it at this time, or it is delayed. */
gboolean sf_sequence_is_odd (const SfRows *rows, guint transit);

/* TRUE if the receiver discarded the segment of `transit`. */
gboolean sf_sequence_is_refused (const SfRows *rows, guint transit);

/* Appends row number `row` as a sentence without a time: "server gets S 0:0(0): SYN-RECEIVED". */
void sf_sequence_sentence (GString *out, const SfRows *rows, guint row, gboolean absolute);
