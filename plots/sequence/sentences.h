/* SPDX-License-Identifier: MIT
 *
 * The words of a sequence diagram: labels of arrows, and sentences for those who cannot see it.
 */
#pragma once

#include "trace/rows.h"

/* Returns what stands at the arrow of `transit`: "S. 0:0(0) ack 1"; with `brief` without the acknowledgment. */
char *sf_sequence_label (const SfRows *rows, guint transit, gboolean absolute, gboolean brief);

/* Returns what befell the segment of `transit` without ending it, or why it was sent: "retransmission"; NULL:
 * nothing. */
char *sf_sequence_remark (const SfRows *rows, guint transit);

/* Returns why `transit` ended before its destination; NULL: it did not. */
char *sf_sequence_end_words (const SfRows *rows, guint transit);

/* TRUE if the arrow of `transit` is to be drawn broken: no host has sent it now, or it is late. */
gboolean sf_sequence_is_odd (const SfRows *rows, guint transit);

/* TRUE if the receiver has not taken the segment of `transit`. */
gboolean sf_sequence_is_refused (const SfRows *rows, guint transit);

/* Appends row number `row` as a sentence without a time: "server gets S 0:0(0): SYN-RECEIVED". */
void sf_sequence_sentence (GString *out, const SfRows *rows, guint row, gboolean absolute);
