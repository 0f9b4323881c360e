/* SPDX-License-Identifier: MIT
 *
 * sf_state_may_follow() against RFC 9293 figure 5 and §3.10, every pair of states.
 */
#include "models/tcp/state.h"

/* From (row) to (column), both in the order of SfState:
 *   F  an arrow of figure 5 or one of its notes
 *   S  a step of §3.10: ABORT, RST, a timeout, CLOSE in SYN-SENT, a FIN with the ACK that ends SYN-RECEIVED
 *   x  beyond the RFC: SYN cookies (RFC 4987), the two-way handshake and the mutant closing-loses-fin
 *   .  illegal */
static const char table[SF_N_STATES][SF_N_STATES + 1] = {
  /*                     CLSRE12WCLT
   *                     LIYYSFFACAI: CLOSED LISTEN SYN-SENT SYN-RECEIVED ESTABLISHED FIN-WAIT-1 FIN-WAIT-2
   *                                  CLOSE-WAIT CLOSING LAST-ACK TIME-WAIT */
  [SF_CLOSED] = ".FF.x......",       [SF_LISTEN] = "F.FFx......",      [SF_SYN_SENT] = "F..FF......",
  [SF_SYN_RECEIVED] = "SF..FF.S...", [SF_ESTABLISHED] = "S....F.F...", [SF_FIN_WAIT_1] = "S.....F.F.F",
  [SF_FIN_WAIT_2] = "S.........F",   [SF_CLOSE_WAIT] = "S........F.",  [SF_CLOSING] = "S.....x...F",
  [SF_LAST_ACK] = "F..........",     [SF_TIME_WAIT] = "F..........",
};

static void
test_pairs (void)
{
  for (SfState from = SF_CLOSED; from < SF_N_STATES; from++)
    for (SfState to = SF_CLOSED; to < SF_N_STATES; to++)
      if (sf_state_may_follow (from, to) != (table[from][to] != '.'))
        g_test_fail_printf ("%s may%s follow %s", sf_state_name (to), table[from][to] == '.' ? " not" : "",
                            sf_state_name (from));
}

static void
test_names (void)
{
  for (SfState state = SF_CLOSED; state < SF_N_STATES; state++)
    {
      SfState found = SF_N_STATES;

      g_assert_true (sf_state_from_name (sf_state_name (state), &found));
      g_assert_cmpint (found, ==, state);
    }
  g_assert_false (sf_state_from_name ("SYN-RCVD", &(SfState){ SF_CLOSED }));
}

static void
test_groups (void)
{
  for (SfState state = SF_CLOSED; state < SF_N_STATES; state++)
    {
      /* §3.5.2, group 3 */
      g_assert_cmpint (sf_state_is_synchronized (state), ==,
                       state != SF_CLOSED && state != SF_LISTEN && state != SF_SYN_SENT && state != SF_SYN_RECEIVED);
      /* §3.10.7.4, seventh */
      g_assert_cmpint (sf_state_can_receive (state), ==,
                       state == SF_ESTABLISHED || state == SF_FIN_WAIT_1 || state == SF_FIN_WAIT_2);
      /* §3.10.2 */
      g_assert_cmpint (sf_state_can_send (state), ==, state == SF_ESTABLISHED || state == SF_CLOSE_WAIT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp/state/every pair", test_pairs);
  g_test_add_func ("/tcp/state/names", test_names);
  g_test_add_func ("/tcp/state/groups", test_groups);
  return g_test_run ();
}
