/* SPDX-License-Identifier: MIT
 *
 * The words of the letters: the same that trace/words.h tells, where two correspondents write to each other by a post
 * that may lose what they write. Each is a sentence about a host, without its name, or about a letter.
 */
#pragma once

#include "trace/words.h"

extern const SfNarration sf_letters_narration;

/* Returns what a correspondent does who came into `state` by `why`: "waits for an answer (SYN-SENT)". */
const char *sf_letters_state (SfState state, SfWhy why);

/* Appends what the post does to a letter: "the post loses it (fault 1)"; `record` is the FATE. */
void sf_letters_fate (GString *out, const SfRecord *record);

/* Appends a blank if something stands in `out` behind which one belongs: not behind Chinese punctuation. Returns
 * `out`. */
GString *sf_letters_next (GString *out);

/* Appends what stands in the letter `seg` to `to`, a host. `again`: the writer had no room before, and has now. */
void sf_letters_text (GString *out, const SfSegment *seg, const char *to, gboolean room_again);
