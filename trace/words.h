/* SPDX-License-Identifier: MIT
 *
 * Words for records, for diagrams and for the comments of a capture, in language `lang` (NULL: English). Most are rows
 * of tables.
 */
#pragma once

#include "trace/trace.h"

/* Appends an exact duration in the unit that reads best: "59.8 s", "50 ms", "1.5 us". */
void sf_words_duration (GString *out, SfTime duration);

/* Appends an instant in seconds: "60.201 s". */
void sf_words_instant (GString *out, SfTime t);

/* Appends what `record`, a FATE, did to the segment: "dropped by fault 1". With `more`, also the rule as the scenario
 * has it, or the link where it happened. */
void sf_words_fate (GString *out, const SfTrace *trace, const SfRecord *record, gboolean more, const char *lang);

/* TRUE if the segment goes no further after `fate`. */
gboolean sf_fate_is_final (SfFate fate);

/* Returns the remark for a segment that its receiver discards or takes in an unusual way. `answered`: it answers at
 * once. */
const char *sf_words_discard (SfDiscard reason, gboolean answered, const char *lang);

/* Returns the remark for an old RST. Words for an old duplicate would be wrong: a receiver keeps no RSTs that it could
 * have "already". */
const char *sf_words_old_reset (const char *lang);

/* Appends the words for `record`, a CONN that a call made and not a segment. `place` is the other end; NULL: it is a
 * listener. */
void sf_words_born (GString *out, const SfRecord *record, const char *place, const char *lang);

/* Appends the words for link `name` going up or down. */
void sf_words_link (GString *out, const char *name, gboolean up, const char *lang);

/* Returns the words for a host that reboots (`up`) or crashes. */
const char *sf_words_power (gboolean up, const char *lang);

/* The words for what happens to a timer. %s: an instant, or how long it ran. */
typedef struct
{
  const char *started, *restarted, *expired;
} SfTimerWords;

/* Appends what `record`, a TIMER, says, in `words`. */
void sf_words_timer_by (GString *out, const SfRecord *record, const SfTimerWords *words, const char *lang);

/* Appends the words for `record`, a TIMER. `state` is the state of its connection. */
void sf_words_timer (GString *out, const SfRecord *record, SfState state, const char *lang);

/* Appends the words for `record`, a CALL: "send 100 B", "connect fails: ECONNREFUSED". `resumed`: an earlier row said
 * that it had to wait, so now "send returns: 100 B taken". */
void sf_words_call (GString *out, const SfTrace *trace, const SfRecord *record, gboolean resumed, const char *lang);

/* Appends `16 foreign bytes delivered: "..." of connection 1 of client` for `record`, a DELIVER. */
void sf_words_foreign (GString *out, const SfTrace *trace, const GArray *content, const SfRecord *record,
                       const char *lang);

/* A narration: the words for everything that happens except segments. The functions above are the plain narration. */
typedef struct
{
  void (*call) (GString *out, const SfTrace *trace, const SfRecord *record, gboolean resumed, const char *lang);
  void (*born) (GString *out, const SfRecord *record, const char *place, const char *lang);
  void (*timer) (GString *out, const SfRecord *record, SfState state, const char *lang);
  const char *(*discard) (SfDiscard reason, gboolean answered, const char *lang);
  const char *(*old_reset) (const char *lang);
  void (*foreign) (GString *out, const SfTrace *trace, const GArray *content, const SfRecord *record, const char *lang);
  void (*link) (GString *out, const char *name, gboolean up, const char *lang);
  const char *(*power) (gboolean up, const char *lang);
  gboolean apart; /* calls of a host at one instant have a row each */
} SfNarration;

extern const SfNarration sf_plain_narration;

/* Appends `text`, with `what` in place of its %s if it has one. */
void sf_words_fill (GString *out, const char *text, const char *what);

/* Appends what `record`, a CALL, is about: "100 B", or the literal text. */
void sf_words_amount (GString *out, const SfTrace *trace, const SfRecord *record);

/* Returns the title of the scenario of `trace` in `lang`, not that of its variant. NULL if it has none. */
const char *sf_words_title (const SfTrace *trace, const char *lang);

/* Returns the variant of `trace`: "NAME: title" in `lang`, or just its name. NULL for the standard run. */
char *sf_words_variant (const SfTrace *trace, const char *lang);

/* Foreign bytes that are shown, at most: enough to see what they are. */
#define SF_WORDS_SHOWN 32

/* Appends `len` bytes: printable ASCII as it is, the rest escaped as in C. */
void sf_words_bytes (GString *out, const guint8 *data, gsize len);
