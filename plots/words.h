/* SPDX-License-Identifier: MIT
 *
 * Plain words for what records tell, for the text diagram and the comments of a capture. Most are rows of tables.
 */
#pragma once

#include "models/story.h"

/* Appends a duration, exactly, in the unit that reads best: "59.8 s", "50 ms", "1.5 us". */
void sf_words_duration (GString *out, SfTime duration);

/* Appends an instant in seconds: "60.201 s". */
void sf_words_instant (GString *out, SfTime t);

/* Appends what `record`, a FATE, did to the segment: "dropped by fault 1". With `more`, also what that fault
 * says in the scenario, where and until when. */
void sf_words_fate (GString *out, const SfStory *story, const SfRecord *record, gboolean more);

/* TRUE if the segment goes no further after `fate`. */
gboolean sf_fate_is_final (SfFate fate);

/* Returns what a receiver says of a segment that it does not take, or not as usual; `answered`: it answers at once. */
const char *sf_words_discard (SfDiscard reason, gboolean answered);

/* Appends what `record`, a TIMER, says; `state` is that of its connection. */
void sf_words_timer (GString *out, const SfRecord *record, SfState state);

/* Appends what `record`, a CALL, says: "send 100 B", "connect fails: ECONNREFUSED". `resumed`: it had to wait, which has
 * been told: "send returns: 100 B taken". */
void sf_words_call (GString *out, const SfStory *story, const SfRecord *record, gboolean resumed);

/* Appends "16 foreign bytes delivered: `...`, written by ..." for `record`, a DELIVER; every byte is shown. */
void sf_words_foreign (GString *out, const SfStory *story, const GArray *content, const SfRecord *record);
