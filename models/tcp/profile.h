/* SPDX-License-Identifier: MIT
 *
 * A profile: the constants and choices of an endpoint, as data. The rows of knobs.inc and mutants.inc define the
 * structure, the values of each profile of profiles.inc, and the table that finds a knob by its name.
 */
#pragma once

#include "sim/instant.h"

/* clang-format off */
typedef enum { SF_HANDSHAKE_THREE_WAY, SF_HANDSHAKE_TWO_WAY } SfHandshake;
typedef enum { SF_ISN_RFC6528, SF_ISN_CLOCK, SF_ISN_RANDOM, SF_ISN_ZERO } SfIsnKind;
typedef enum { SF_COOKIES_NEVER, SF_COOKIES_WHEN_FULL, SF_COOKIES_ALWAYS } SfCookies;
typedef enum { SF_OVERFLOW_DROP, SF_OVERFLOW_RESET } SfOverflow;
typedef enum { SF_SYN_CHALLENGE, SF_SYN_ABORT, SF_SYN_STRANGER } SfSynAnswer;
typedef enum { SF_EMBRYO_LISTEN, SF_EMBRYO_RESET, SF_EMBRYO_REPEAT, SF_EMBRYO_IGNORE } SfEmbryoAnswer;
typedef enum { SF_LATE_TAKE, SF_LATE_ABORT, SF_LATE_REPLY, SF_LATE_COUNTING } SfLateData;
typedef enum { SF_TIME_WAIT_FIN, SF_TIME_WAIT_TEXT, SF_TIME_WAIT_ACK, SF_TIME_WAIT_NO_SYN_ACK } SfTimeWaitAnswers;
typedef enum { SF_DEAD_REMOVED, SF_DEAD_GIVEN_OUT, SF_DEAD_ABORTED } SfDeadInQueue;
typedef enum { SF_GROWTH_RFC5681, SF_GROWTH_LINUX } SfWindowGrowth;
typedef enum { SF_PORTS_SEQUENTIAL, SF_PORTS_RANDOM } SfPortOrder;
typedef enum { SF_REUSE_NEVER, SF_REUSE_RFC1122, SF_REUSE_RFC6191 } SfReuse;
/* clang-format on */

typedef enum
{
#define SF_CC(id, symbol, name) SF_CC_##id,
#include "models/tcp/cc.inc"
#undef SF_CC
  SF_N_CCS
} SfCcKind;

/* A duration of n MSL. It is a negative number of thousandths of an MSL; sf_profile_duration() converts it to ns. */
#define SF_IN_MSL(n) ((SfTime) (-1000 * (n)))

typedef enum
{
#define SF_MUTANT(name, text, doc) SF_MUTANT_##name,
#include "models/tcp/mutants.inc"
#undef SF_MUTANT
  SF_N_MUTANTS
} SfMutant;

typedef struct
{
#define SF_KNOB(kind, field, values, range, doc) gint64 field;
#include "models/tcp/knobs.inc"
#undef SF_KNOB
  guint32 mutants; /* bit 1 << SfMutant */
} SfProfile;

typedef enum
{
  SF_KNOB_TIME,
  SF_KNOB_MSL,
  SF_KNOB_COUNT,
  SF_KNOB_BYTES,
  SF_KNOB_FLAG,
  SF_KNOB_CHOICE,
} SfKnobKind;

typedef struct
{
  const char *name; /* as in a scenario, "syn-retries"; sf_profile_knob() accepts '_' for '-' */
  SfKnobKind kind;
  gsize at;            /* offset of the gint64 in SfProfile */
  gint64 min, max;     /* inclusive */
  const char *choices; /* names separated by spaces, NULL unless SF_KNOB_CHOICE */
  const char *doc;
} SfKnob;

typedef struct
{
  const char *name;
  const char *doc;
} SfMutantInfo;

/* Returns the built-in profile `name` ("rfc9293", say), NULL if there is none. */
const SfProfile *sf_profile_find (const char *name);

/* Returns the names of the built-in profiles, NULL-terminated. */
const char *const *sf_profile_names (void);

/* Returns one line of documentation of the built-in profile number `index` of sf_profile_names(). */
const char *sf_profile_doc (guint index);

/* Returns the table of all knobs and its length. */
const SfKnob *sf_profile_knobs (guint *ret_n);

/* Returns the knob called `name`, NULL if there is none. */
const SfKnob *sf_profile_knob (const char *name);

/* Returns the table of the SF_N_MUTANTS mutants. */
const SfMutantInfo *sf_profile_mutants (void);

/* Sets `knob` of `profile`; the value must be in its range. */
void sf_profile_set (SfProfile *profile, const SfKnob *knob, gint64 value);

/* Returns the value of `knob` in `profile`. */
gint64 sf_profile_get (const SfProfile *profile, const SfKnob *knob);

/* Returns what is wrong with a combination of values of `profile` (ephemeral ports in the wrong order, say), NULL if
 * nothing. */
const char *sf_profile_complaint (const SfProfile *profile);

/* Returns `duration` in nanoseconds; it may be given in MSL. */
static inline SfTime
sf_profile_duration (const SfProfile *profile, SfTime duration)
{
  SfTime thousandths = -duration;

  if (duration >= 0)
    return duration;
  return profile->msl / 1000 * thousandths + profile->msl % 1000 * thousandths / 1000;
}

/* Returns the length of TIME-WAIT in nanoseconds. */
static inline SfTime
sf_profile_time_wait (const SfProfile *profile)
{
  return sf_profile_duration (profile, profile->time_wait);
}

static inline gboolean
sf_profile_has (const SfProfile *profile, SfMutant mutant)
{
  return (profile->mutants >> mutant) & 1;
}
