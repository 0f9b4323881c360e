/* SPDX-License-Identifier: MIT
 *
 * The variables of a connection in each state, derived by hand from RFC 9293 §3.3.1 and §3.10. Every transition into a
 * state must set them so.
 */
#include "tests/support/endpoint.h"

/* The peer has sent 20 bytes, which are unread; the window ends at 1001. The endpoint has sent 100 bytes; 40 are
 * acknowledged. */
static const char *const fixtures[SF_N_STATES] = {
  [SF_SYN_SENT] = "una 0 nxt 1 max 1; retransmit",
  [SF_ESTABLISHED] = "una 41 nxt 101 max 101 wl 21/41 wnd 1000 rcv 21..1001 opened; retransmit",
  [SF_CLOSE_WAIT] = "una 41 nxt 101 max 101 wl 21/41 wnd 1000 rcv 22..1001 fin-received opened; retransmit",
  [SF_FIN_WAIT_1] = "una 41 nxt 102 max 102 wl 21/41 wnd 1000 rcv 21..1001 fin-wanted fin-sent opened; retransmit",
  [SF_LAST_ACK] =
    "una 41 nxt 102 max 102 wl 21/41 wnd 1000 rcv 22..1001 fin-wanted fin-sent fin-received opened; retransmit",
  [SF_CLOSING] =
    "una 41 nxt 102 max 102 wl 21/41 wnd 1000 rcv 22..1001 fin-wanted fin-sent fin-received opened; retransmit",
  [SF_FIN_WAIT_2] = "una 102 nxt 102 max 102 wl 21/102 wnd 1000 rcv 21..1001 fin-wanted fin-sent opened;",
  [SF_TIME_WAIT] = "una 102 nxt 102 max 102 rcv 22..1001 fin-wanted fin-sent fin-received opened; 2msl",
};

/* A transition from one state to another, by a segment, or by SHUTDOWN if there is none. */
typedef struct
{
  SfState from;
  const char *segment;
  SfState to;
} Step;

static const Step steps[] = {
  { SF_ESTABLISHED, NULL, SF_FIN_WAIT_1 },
  { SF_ESTABLISHED, "F. 21:21(0) ack 41", SF_CLOSE_WAIT },
  { SF_CLOSE_WAIT, NULL, SF_LAST_ACK },
  { SF_FIN_WAIT_1, "F. 21:21(0) ack 41", SF_CLOSING },
  { SF_FIN_WAIT_1, ". 21:21(0) ack 102", SF_FIN_WAIT_2 },
  { SF_FIN_WAIT_1, "F. 21:21(0) ack 102", SF_TIME_WAIT },
  { SF_FIN_WAIT_2, "F. 21:21(0) ack 102", SF_TIME_WAIT },
  { SF_CLOSING, ". 22:22(0) ack 102", SF_TIME_WAIT },
  { SF_LAST_ACK, ". 22:22(0) ack 102", SF_CLOSED },
};

static void
assert_fixture (const Endpoint *endpoint, SfState state)
{
  g_autofree char *text = NULL;

  endpoint_assert_state (endpoint, state);
  if (state == SF_CLOSED) /* 20 bytes are unread until the application closes */
    {
      sf_tcp_close (endpoint->net, endpoint->conn);
      g_assert_cmpuint (endpoint->net->tcbs.live, ==, 0);
      return;
    }
  text = endpoint_tcb_text (endpoint);
  g_assert_cmpstr (text, ==, fixtures[state]);
}

static void
test_state (gconstpointer data)
{
  SfState state = (SfState) GPOINTER_TO_UINT (data);
  const SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, state, FALSE);
  assert_fixture (&endpoint, state);
  endpoint_stop (&endpoint);
}

static void
test_step (gconstpointer data)
{
  const Step *step = data;
  const SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, step->from, FALSE);
  if (step->segment != NULL)
    endpoint_inject (&endpoint, step->segment);
  else
    g_assert_cmpint (sf_tcp_shutdown (endpoint.net, endpoint.conn), ==, 0);
  g_assert_cmpuint (endpoint.state_segment, ==, step->segment != NULL ? G_MAXUINT32 + endpoint.next_id : 0);
  assert_fixture (&endpoint, step->to);
  endpoint_stop (&endpoint);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (SfState state = SF_CLOSED; state < SF_N_STATES; state++)
    if (fixtures[state] != NULL)
      {
        g_autofree char *name = g_strdup_printf ("/tcp/fixtures/%s", sf_state_name (state));

        g_test_add_data_func (name, GUINT_TO_POINTER (state), test_state);
      }
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *name = g_strdup_printf ("/tcp/fixtures/from %s to %s", sf_state_name (steps[i].from),
                                               sf_state_name (steps[i].to));

      g_test_add_data_func (name, &steps[i], test_step);
    }
  return g_test_run ();
}
