/* SPDX-License-Identifier: MIT
 *
 * The built-in profiles and the table of knobs.
 */
#include "models/tcp/profile.h"

#include <string.h>

static void
test_find (void)
{
  const char *const *names = sf_profile_names ();
  guint n = 0;

  for (; names[n] != NULL; n++)
    g_assert_nonnull (sf_profile_find (names[n]));
  g_assert_cmpuint (n, ==, 5);
  g_assert_true (sf_profile_find ("rfc9293") != sf_profile_find ("linux"));
  g_assert_null (sf_profile_find ("solaris"));
  g_assert_null (sf_profile_find (""));
}

/* Constants of the RFCs, and well-known ones of Linux. */
static void
test_values (void)
{
  const SfProfile *rfc = sf_profile_find ("rfc9293");
  const SfProfile *linux_ = sf_profile_find ("linux");

  g_assert_cmpint (rfc->msl, ==, 120 * SF_SEC);
  g_assert_cmpint (sf_profile_time_wait (rfc), ==, 240 * SF_SEC);
  g_assert_cmpint (rfc->rto_initial, ==, SF_SEC);
  g_assert_cmpint (rfc->default_mss, ==, 536);
  g_assert_cmpint (sf_profile_time_wait (linux_), ==, 60 * SF_SEC);
  g_assert_cmpint (linux_->rto_min, ==, 200 * SF_MSEC);
  g_assert_cmpuint (rfc->mutants, ==, 0);
  g_assert_cmpuint (linux_->mutants, ==, 0);
}

/* Every row is consistent, and the values of the built-in profiles are within its limits. */
static void
test_table (void)
{
  guint n;
  const SfKnob *knobs = sf_profile_knobs (&n);

  g_assert_cmpuint (n, >, 50);
  g_assert_cmpuint (n * sizeof (gint64), <=, sizeof (SfProfile));
  for (guint i = 0; i < n; i++)
    {
      const SfKnob *knob = &knobs[i];

      g_assert_null (strchr (knob->name, '_'));
      g_assert_true (sf_profile_knob (knob->name) == knob);
      g_assert_cmpuint (knob->at, ==, i * sizeof (gint64));
      g_assert_cmpint (knob->min, <, knob->max);
      g_assert_cmpuint (strlen (knob->doc), >, 0);
      g_assert_true ((knob->kind == SF_KNOB_CHOICE) == (knob->choices != NULL));
      for (const char *const *name = sf_profile_names (); *name != NULL; name++)
        {
          SfProfile copy = *sf_profile_find (*name);
          gint64 value = sf_profile_get (&copy, knob);

          sf_profile_set (&copy, knob, value); /* it checks the limits */
          g_assert_cmpmem (&copy, sizeof copy, sf_profile_find (*name), sizeof copy);
        }
    }
}

static void
test_knob (void)
{
  SfProfile profile = *sf_profile_find ("rfc9293");
  const SfKnob *knob = sf_profile_knob ("syn-retries");

  g_assert_nonnull (knob);
  g_assert_true (sf_profile_knob ("syn_retries") == knob);
  g_assert_cmpint (knob->kind, ==, SF_KNOB_COUNT);
  sf_profile_set (&profile, knob, 3);
  g_assert_cmpint (profile.syn_retries, ==, 3);
  g_assert_cmpint (sf_profile_get (&profile, knob), ==, 3);

  knob = sf_profile_knob ("isn");
  g_assert_cmpint (knob->max, ==, SF_ISN_ZERO);
  knob = sf_profile_knob ("nagle");
  g_assert_cmpint (knob->kind, ==, SF_KNOB_FLAG);
  g_assert_cmpint (knob->max, ==, TRUE);
  g_assert_null (sf_profile_knob ("syn"));
  g_assert_null (sf_profile_knob ("syn-retries-"));
  g_assert_null (sf_profile_knob (""));
}

static void
test_msl (void)
{
  SfProfile profile = *sf_profile_find ("rfc9293");
  const SfKnob *knob = sf_profile_knob ("time-wait");

  profile.msl = 30 * SF_SEC;
  g_assert_cmpint (sf_profile_time_wait (&profile), ==, 60 * SF_SEC);
  sf_profile_set (&profile, knob, SF_IN_MSL (0.5));
  g_assert_cmpint (sf_profile_time_wait (&profile), ==, 15 * SF_SEC);
  sf_profile_set (&profile, knob, 0);
  g_assert_cmpint (sf_profile_time_wait (&profile), ==, 0);
  sf_profile_set (&profile, knob, SF_SEC);
  g_assert_cmpint (sf_profile_time_wait (&profile), ==, SF_SEC);
}

static void
test_mutants (void)
{
  const SfMutantInfo *mutants = sf_profile_mutants ();
  SfProfile profile = *sf_profile_find ("linux");

  for (guint i = 0; i < SF_N_MUTANTS; i++)
    {
      g_assert_cmpuint (strlen (mutants[i].name), >, 0);
      g_assert_cmpuint (strlen (mutants[i].doc), >, 0);
      g_assert_false (sf_profile_has (&profile, (SfMutant) i));
    }
  g_assert_cmpstr (mutants[SF_MUTANT_LAST_ACK_ANY_ACK].name, ==, "last-ack-any-ack");
  profile.mutants = 1u << SF_MUTANT_FIN_NO_RETRANSMIT;
  g_assert_true (sf_profile_has (&profile, SF_MUTANT_FIN_NO_RETRANSMIT));
  g_assert_false (sf_profile_has (&profile, SF_MUTANT_FIN_SEQ_PLUS_ONE));
}

/* Asserts that the complaint about profile `name` with `knob` set to `value` has `word` in it; NULL: there is none. */
static void
assert_complaint (const char *name, const char *knob, gint64 value, const char *word)
{
  SfProfile profile = *sf_profile_find (name);
  const char *complaint;

  sf_profile_set (&profile, sf_profile_knob (knob), value);
  complaint = sf_profile_complaint (&profile);
  if (word == NULL)
    g_assert_cmpstr (complaint, ==, NULL);
  else
    {
      g_assert_nonnull (complaint);
      g_assert_nonnull (strstr (complaint, word));
    }
}

static void
test_complaint (void)
{
  assert_complaint ("rfc9293", "msl", 30 * SF_SEC, NULL);
  assert_complaint ("linux", "msl", 30 * SF_SEC, NULL);
  assert_complaint ("rfc9293", "ephemeral-last", 49152, NULL);
  assert_complaint ("rfc9293", "ephemeral-last", 49151, "ephemeral");
  assert_complaint ("rfc9293", "rto-max", SF_SEC, NULL);
  assert_complaint ("rfc9293", "rto-min", 60 * SF_SEC + 1, "rto-min");
  assert_complaint ("rfc9293", "rto-initial", 60 * SF_SEC + 1, "rto-initial");
  assert_complaint ("rfc9293", "rto-initial", SF_MSEC, NULL);
  assert_complaint ("rfc9293", "receive-buffer", 1 << 30, NULL);
  assert_complaint ("linux", "receive-buffer", 65535 << 7, NULL);
  assert_complaint ("linux", "receive-buffer", (65535 << 7) + 1, "window-shift");
  assert_complaint ("rfc9293", "time-wait", SF_IN_MSL (1000), NULL);
  assert_complaint ("rfc9293", "time-wait", G_MININT64 / 2, "time-wait");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile/find", test_find);
  g_test_add_func ("/profile/values", test_values);
  g_test_add_func ("/profile/table", test_table);
  g_test_add_func ("/profile/knob", test_knob);
  g_test_add_func ("/profile/msl", test_msl);
  g_test_add_func ("/profile/mutants", test_mutants);
  g_test_add_func ("/profile/complaint", test_complaint);
  return g_test_run ();
}
