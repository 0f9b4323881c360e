/* SPDX-License-Identifier: MIT */
#include "models/tcp/profile.h"

#include <string.h>

#define LONGEST_TIME_WAIT (SF_SEC * 86400 * 365)
#define LARGEST_WINDOW 65535 /* largest value of the header field, before scaling (RFC 9293 §3.1) */

/* The profiles, each made of its column of knobs.inc. */
#define SF_ALL(value) value
#define SF_KNOB(kind, field, values, range, doc) .field = values,

#define SF_EACH(rfc9293, linux_, freebsd, freebsd_11, windows) rfc9293
static const SfProfile rfc9293 = {
#include "models/tcp/knobs.inc"
};
#undef SF_EACH

#define SF_EACH(rfc9293, linux_, freebsd, freebsd_11, windows) linux_
static const SfProfile linux_6_18 = {
#include "models/tcp/knobs.inc"
};
#undef SF_EACH

#define SF_EACH(rfc9293, linux_, freebsd, freebsd_11, windows) freebsd
static const SfProfile freebsd_10 = {
#include "models/tcp/knobs.inc"
};
#undef SF_EACH

#define SF_EACH(rfc9293, linux_, freebsd, freebsd_11, windows) freebsd_11
static const SfProfile freebsd_11 = {
#include "models/tcp/knobs.inc"
};
#undef SF_EACH

#define SF_EACH(rfc9293, linux_, freebsd, freebsd_11, windows) windows
static const SfProfile windows_8 = {
#include "models/tcp/knobs.inc"
};
#undef SF_EACH

#undef SF_KNOB
#undef SF_ALL

static const SfProfile *const profiles[] = {
#define SF_PROFILE(id, name, doc) &id,
#include "models/tcp/profiles.inc"
#undef SF_PROFILE
};

static const char *const profile_names[] = {
#define SF_PROFILE(id, name, doc) name,
#include "models/tcp/profiles.inc"
#undef SF_PROFILE
  NULL
};

static const char *const profile_docs[] = {
#define SF_PROFILE(id, name, doc) doc,
#include "models/tcp/profiles.inc"
#undef SF_PROFILE
};

/* The names of the congestion controls in the form of SF_NAMES(), but with a space before the first. */
static const char cc_names[] =
#define SF_CC(id, symbol, name) " " name
#include "models/tcp/cc.inc"
#undef SF_CC
  ;

/* The knobs with the names of their fields. sf_profile_knobs() changes these to the names in scenarios. */
static const SfKnob field_table[] = {
#define SF_RANGE(min_, max_) .min = (min_), .max = (max_)
#define SF_YES_OR_NO SF_RANGE (FALSE, TRUE)
#define SF_NAMES(names) .choices = (names)
#define SF_KNOB(kind_, field, values, range, doc_) \
  { .name = #field, .kind = SF_KNOB_##kind_, .at = offsetof (SfProfile, field), range, .doc = (doc_) },
#include "models/tcp/knobs.inc"
#undef SF_KNOB
};

static const SfMutantInfo mutant_table[SF_N_MUTANTS] = {
#define SF_MUTANT(id, text, doc_) [SF_MUTANT_##id] = { .name = (text), .doc = (doc_) },
#include "models/tcp/mutants.inc"
#undef SF_MUTANT
};

G_STATIC_ASSERT (SF_N_MUTANTS <= 32); /* bits of SfProfile.mutants */

const SfProfile *
sf_profile_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    if (strcmp (name, profile_names[i]) == 0)
      return profiles[i];
  return NULL;
}

const char *const *
sf_profile_names (void)
{
  return profile_names;
}

const char *
sf_profile_doc (guint index)
{
  return profile_docs[index];
}

/* Returns the highest number of a choice whose names are `names`. */
static gint64
last_choice (const char *names)
{
  gint64 n = 0;

  for (const char *c = names; *c != '\0'; c++)
    n += *c == ' ';
  return n;
}

const SfKnob *
sf_profile_knobs (guint *ret_n)
{
  /* Made at the first call, constant afterwards, because the preprocessor cannot make "syn-retries" of syn_retries. */
  static SfKnob table[G_N_ELEMENTS (field_table)];
  static gsize made = 0;

  if (g_once_init_enter (&made))
    {
      for (guint i = 0; i < G_N_ELEMENTS (table); i++)
        {
          g_autofree char *name = g_strdelimit (g_strdup (field_table[i].name), "_", '-');

          table[i] = field_table[i];
          table[i].name = g_intern_string (name);
          if (table[i].kind == SF_KNOB_CHOICE)
            table[i].max = last_choice (table[i].choices);
        }
      g_once_init_leave (&made, 1);
    }
  *ret_n = G_N_ELEMENTS (table);
  return table;
}

/* TRUE if `a` and `b` are the same but for '_' and '-'. */
static gboolean
same_name (const char *a, const char *b)
{
  for (; *a != '\0' || *b != '\0'; a++, b++)
    if ((*a == '_' ? '-' : *a) != (*b == '_' ? '-' : *b))
      return FALSE;
  return TRUE;
}

const SfKnob *
sf_profile_knob (const char *name)
{
  guint n;
  const SfKnob *knobs = sf_profile_knobs (&n);

  for (guint i = 0; i < n; i++)
    if (same_name (knobs[i].name, name))
      return &knobs[i];
  return NULL;
}

const SfMutantInfo *
sf_profile_mutants (void)
{
  return mutant_table;
}

void
sf_profile_set (SfProfile *profile, const SfKnob *knob, gint64 value)
{
  g_assert ((value >= knob->min && value <= knob->max) || (knob->kind == SF_KNOB_MSL && value < 0));
  *(gint64 *) (gpointer) ((guint8 *) profile + knob->at) = value;
}

gint64
sf_profile_get (const SfProfile *profile, const SfKnob *knob)
{
  return *(const gint64 *) (gconstpointer) ((const guint8 *) profile + knob->at);
}

/* TRUE if TIME-WAIT ends within a year. This also keeps the product of its length in MSL and the MSL within 64 bits. */
static gboolean
time_wait_is_sane (const SfProfile *profile)
{
  SfTime thousandth = profile->msl / 1000;

  if (profile->time_wait >= 0 || thousandth == 0)
    return TRUE;
  return profile->time_wait >= -(LONGEST_TIME_WAIT / thousandth);
}

const char *
sf_profile_complaint (const SfProfile *profile)
{
  if (profile->ephemeral_first > profile->ephemeral_last)
    return "ephemeral-first is greater than ephemeral-last";
  if (profile->rto_min > profile->rto_max)
    return "rto-min is greater than rto-max";
  if (profile->rto_initial > profile->rto_max)
    return "rto-initial is greater than rto-max";
  if (profile->window_scale && profile->receive_buffer > (gint64) LARGEST_WINDOW << profile->window_shift)
    return "receive-buffer is greater than the largest window that window-shift can announce";
  if (!time_wait_is_sane (profile))
    return "time-wait is longer than a year";
  return NULL;
}
