/* SPDX-License-Identifier: MIT
 *
 * Plain words for what records tell, for the text diagram and the comments of a capture. Most are rows of tables.
 */
#pragma once

#include "trace/trace.h"

/* Appends a duration, exactly, in the unit that reads best: "59.8 s", "50 ms", "1.5 us". */
void sf_words_duration (GString *out, SfTime duration);

/* Appends an instant in seconds: "60.201 s". */
void sf_words_instant (GString *out, SfTime t);

/* Appends what `record`, a FATE, did to the segment: "dropped by fault 1". With `more`, also what that fault
 * says in the scenario, where and until when. */
void sf_words_fate (GString *out, const SfTrace *trace, const SfRecord *record, gboolean more);

/* TRUE if the segment goes no further after `fate`. */
gboolean sf_fate_is_final (SfFate fate);

/* Returns what a receiver says of a segment that it does not take, or not as usual; `answered`: it answers at once. */
const char *sf_words_discard (SfDiscard reason, gboolean answered);

/* Returns what is said of a RST that is no old duplicate in the sense that the receiver had it already. */
const char *sf_words_old_reset (void);

/* Appends what `record`, a CONN that no segment made, says; `place` is the other end, NULL: it is a listener. */
void sf_words_born (GString *out, const SfRecord *record, const char *place);

/* Appends that link `name` goes up or down. */
void sf_words_link (GString *out, const char *name, gboolean up);

/* Returns what is said of a host that crashes, or reboots (`up`). */
const char *sf_words_power (gboolean up);

/* Appends what `record`, a TIMER, says; `state` is that of its connection. */
void sf_words_timer (GString *out, const SfRecord *record, SfState state);

/* Appends what `record`, a CALL, says: "send 100 B", "connect fails: ECONNREFUSED". `resumed`: it had to wait, which
 * has been told: "send returns: 100 B taken". */
void sf_words_call (GString *out, const SfTrace *trace, const SfRecord *record, gboolean resumed);

/* Appends "16 foreign bytes delivered: `...`, written by ..." for `record`, a DELIVER; every byte is shown. */
void sf_words_foreign (GString *out, const SfTrace *trace, const GArray *content, const SfRecord *record);

/* A way of telling: the words for all that happens beside segments. Those above are the plain one. */
typedef struct
{
  void (*call) (GString *out, const SfTrace *trace, const SfRecord *record, gboolean resumed);
  void (*born) (GString *out, const SfRecord *record, const char *place);
  void (*timer) (GString *out, const SfRecord *record, SfState state);
  const char *(*discard) (SfDiscard reason, gboolean answered);
  const char *(*old_reset) (void);
  void (*foreign) (GString *out, const SfTrace *trace, const GArray *content, const SfRecord *record);
  void (*link) (GString *out, const char *name, gboolean up);
  const char *(*power) (gboolean up);
  gboolean apart; /* the calls of a host at one instant are told one by one */
} SfNarration;

extern const SfNarration sf_plain_narration;

/* Appends `text`, with `what` in the place of its %s if it has one. */
void sf_words_fill (GString *out, const char *text, const char *what);

/* Appends "100 B", or the text, that `record`, a CALL, is about. */
void sf_words_amount (GString *out, const SfTrace *trace, const SfRecord *record);

/* Returns the title of what `trace` is a run of, in `lang`: the lesson's, also if it is of a variant. NULL: it has
 * none. */
const char *sf_words_title (const SfTrace *trace, const char *lang);

/* Returns which variant `trace` is of, "NAME: title" in `lang`, or just its name; NULL for the standard run. */
char *sf_words_variant (const SfTrace *trace, const char *lang);

/* So many foreign bytes are shown at most: enough to see what they are. */
#define SF_WORDS_SHOWN 32

/* Appends `len` bytes so that each can be seen: printable ASCII as itself, the rest escaped as in C. */
void sf_words_bytes (GString *out, const guint8 *data, gsize len);
