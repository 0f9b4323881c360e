/* SPDX-License-Identifier: MIT
 *
 * Round-trip time and RTO, computed by hand from RFC 6298.
 */
#include "models/tcp/rtt.h"

#define MS(n) ((n) *SF_MSEC)

static void
check (const SfRtt *rtt, SfTime srtt, SfTime rttvar, SfTime rto)
{
  g_assert_cmpint (rtt->srtt, ==, srtt);
  g_assert_cmpint (rtt->rttvar, ==, rttvar);
  g_assert_cmpint (rtt->rto, ==, rto);
}

/* Section 2, without the lower bound of 1 s of the RFC. */
static void
test_samples (void)
{
  SfProfile profile = *sf_profile_find ("rfc9293");
  SfRtt rtt;

  profile.rto_min = SF_MSEC;
  sf_rtt_init (&rtt, &profile);
  check (&rtt, 0, 0, SF_SEC); /* (2.1) */
  sf_rtt_sample (&rtt, &profile, MS (80));
  check (&rtt, MS (80), MS (40), MS (240)); /* (2.2): 80 + 4*40 */
  sf_rtt_sample (&rtt, &profile, MS (160));
  /* (2.3): RTTVAR = 3/4*40 + 1/4*|80 - 160| = 50; SRTT = 7/8*80 + 1/8*160 = 90; RTO = 90 + 200 */
  check (&rtt, MS (90), MS (50), MS (290));
  sf_rtt_sample (&rtt, &profile, MS (10));
  /* RTTVAR = 37.5 + 20 = 57.5; SRTT = 78.75 + 1.25 = 80; RTO = 80 + 230 */
  check (&rtt, MS (80), SF_USEC * 57500, MS (310));
}

/* (2.3): at least G is added to SRTT; (2.4): the RTO is at least 1 s. */
static void
test_bounds (void)
{
  SfProfile profile = *sf_profile_find ("rfc9293");
  SfRtt rtt;

  sf_rtt_init (&rtt, &profile);
  sf_rtt_sample (&rtt, &profile, MS (80));
  g_assert_cmpint (rtt.rto, ==, SF_SEC);
  profile.rto_min = SF_MSEC;
  profile.clock_granularity = MS (500);
  sf_rtt_sample (&rtt, &profile, MS (80));
  g_assert_cmpint (rtt.rto, ==, MS (580));
  sf_rtt_sample (&rtt, &profile, SF_SEC * 100);
  g_assert_cmpint (rtt.rto, ==, SF_SEC * 60); /* (2.5) */
}

/* Linux: 4*RTTVAR is at least 200 ms, so a constant round-trip time of 50 ms gives an RTO of 250 ms, not 200. */
static void
test_linux (void)
{
  const SfProfile *profile = sf_profile_find ("linux");
  SfRtt rtt;

  sf_rtt_init (&rtt, profile);
  for (guint i = 0; i < 100; i++)
    sf_rtt_sample (&rtt, profile, MS (50));
  g_assert_cmpint (rtt.srtt, ==, MS (50));
  g_assert_cmpint (rtt.rto, ==, MS (250));
}

/* (5.5) doubles the RTO up to its maximum; then (5.7), and the end of a back-off. */
static void
test_back_off (void)
{
  const SfProfile *profile = sf_profile_find ("rfc9293");
  const SfProfile *linux_ = sf_profile_find ("linux");
  static const int seconds[] = { 2, 4, 8, 16, 32, 60, 60 };
  SfRtt rtt;

  sf_rtt_init (&rtt, profile);
  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      sf_rtt_back_off (&rtt, profile);
      g_assert_cmpint (rtt.rto, ==, SF_SEC * seconds[i]);
    }
  sf_rtt_after_syn_loss (&rtt, profile);
  g_assert_cmpint (rtt.rto, ==, SF_SEC * 3); /* (5.7) */
  sf_rtt_sample (&rtt, profile, SF_SEC);
  g_assert_cmpint (rtt.rto, ==, SF_SEC * 3); /* 1 + 4*0.5 */
  sf_rtt_back_off (&rtt, profile);
  sf_rtt_after_syn_loss (&rtt, linux_); /* there is a sample: nothing to do */
  g_assert_cmpint (rtt.rto, ==, SF_SEC * 6);
  sf_rtt_after_syn_loss (&rtt, profile); /* (5.7) "MUST be re-initialized to 3 seconds" */
  g_assert_cmpint (rtt.rto, ==, SF_SEC * 3);
  /* Section 5, last note: a new sample ends the back-off. RTTVAR = 3/4*0.5 + 0 = 0.375, SRTT = 1: 1 + 1.5 */
  sf_rtt_sample (&rtt, profile, SF_SEC);
  g_assert_cmpint (rtt.rto, ==, MS (2500));
}

/* A round-trip time of 0 is a sample, too. */
static void
test_zero (void)
{
  const SfProfile *profile = sf_profile_find ("rfc9293");
  SfRtt rtt;

  sf_rtt_init (&rtt, profile);
  sf_rtt_sample (&rtt, profile, 0);
  g_assert_cmpint (rtt.srtt, >, 0);
  g_assert_cmpint (rtt.rto, ==, SF_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp/rtt/samples-rfc6298-2", test_samples);
  g_test_add_func ("/tcp/rtt/bounds-rfc6298-2.4", test_bounds);
  g_test_add_func ("/tcp/rtt/linux", test_linux);
  g_test_add_func ("/tcp/rtt/back-off-rfc6298-5.5", test_back_off);
  g_test_add_func ("/tcp/rtt/zero", test_zero);
  return g_test_run ();
}
