/* SPDX-License-Identifier: MIT
 *
 * The words of the letters: the narration that corresponds to trace/words.h, with correspondents who write to each
 * other by a post that may lose letters. Each text is a sentence about a letter, or about a host without its name,
 * in language `lang`.
 */
#pragma once

#include "trace/words.h"

extern const SfNarration sf_letters_narration;

/* Returns what a correspondent does in `state`, entered because of `why`: "waits for an answer (SYN-SENT)". */
const char *sf_letters_state (SfState state, SfWhy why, const char *lang);

/* Appends what the post does to a letter in `record`, a FATE: "the post loses it (fault 1)". */
void sf_letters_fate (GString *out, const SfRecord *record, const char *lang);

/* Appends a blank to `out` unless it is empty or ends with Chinese punctuation. Returns `out`. */
GString *sf_letters_next (GString *out);

/* Appends the text of the letter `seg` to the host `to`. `room_again`: the writer's window was closed and is open now.
 */
void sf_letters_text (GString *out, const SfSegment *seg, const char *to, gboolean room_again, const char *lang);
