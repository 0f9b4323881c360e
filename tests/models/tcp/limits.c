/* SPDX-License-Identifier: MIT
 *
 * Which limit ends a connection in which state, cell by cell: R2 (RFC 9293 §3.8.3), the user timeout (§3.9.1.1,
 * §3.10.8), keepalive (§3.8.4), a closed window (§3.8.6.1), the timeout of FIN-WAIT-2 that some stacks have, and 2 MSL
 * (§3.10.8). The peer is silent. timeouts.c tests what is sent until then.
 */
#include "models/names.h"
#include "models/tcp/tcb.h"
#include "tests/support/endpoint.h"

enum
{
  NEVER = 0,
  SYN_R2 = 1 + 2 + 4 + 8 + 16 + 32 + 60 + 60,       /* 7 retransmissions, RTO from 1 s to at most 60 s */
  DATA_R2 = 1 + 2 + 4 + 8 + 16 + 32 + 60 + 60 + 60, /* 8 retransmissions */
  USER = 10,
  KEEPALIVE = 5 + 3 * 1,
  FIN_WAIT_2 = 60,
  TWO_MSL = 240, /* MUST-13 */
};

typedef enum
{
  ALONE,         /* R2 only */
  USER_TIMEOUT,  /* of 10 s */
  KEEPALIVES,    /* after 5 s 3 probes, 1 s apart */
  CLOSED_WINDOW, /* the peer closes its window under the text in flight */
  CLOSED_WINDOW_AND_USER_TIMEOUT,
  PROBES, /* all is acknowledged, text waits before a closed window */
  PROBES_AND_USER_TIMEOUT,
  CLOSE, /* the application closes; FIN-WAIT-2 has a timeout of 60 s */
  N_LIMITS,
} Limit;

static const char *const names[N_LIMITS] = {
  "R2",
  "user timeout",
  "keepalive",
  "closed window",
  "closed window and user timeout",
  "probes",
  "probes and user timeout",
  "FIN-WAIT-2 timeout",
};

/* Seconds after which the connection has ended. -1: the limit does not concern the state: it has sent no text that a
 * window could hold back, or CLOSE would change the state at once. */
typedef struct
{
  SfState state;
  gboolean passive;
  const char *ack_without_window; /* acknowledges bytes up to 41 */
  const char *ack_of_all;         /* the same for all bytes */
  int ends[N_LIMITS];
} Row;

static const Row rows[] = {
  { SF_SYN_SENT, FALSE, NULL, NULL, { SYN_R2, USER, SYN_R2, -1, -1, -1, -1, -1 } },
  { SF_SYN_RECEIVED, FALSE, NULL, NULL, { SYN_R2, USER, SYN_R2, -1, -1, -1, -1, -1 } },
  { SF_SYN_RECEIVED, TRUE, NULL, NULL, { SYN_R2, SYN_R2, SYN_R2, -1, -1, -1, -1, -1 } }, /* it has no user yet */
  { SF_ESTABLISHED,
    FALSE,
    ". 21:21(0) ack 41 win 0",
    ". 21:21(0) ack 101 win 0",
    { DATA_R2, USER, DATA_R2, DATA_R2, USER, DATA_R2, USER, -1 } },
  { SF_FIN_WAIT_1,
    FALSE,
    ". 21:21(0) ack 41 win 0",
    ". 21:21(0) ack 101 win 0",
    { DATA_R2, USER, DATA_R2, DATA_R2, USER, -1, -1, DATA_R2 } },
  { SF_FIN_WAIT_2,
    FALSE,
    NULL,
    NULL,
    { NEVER, NEVER, KEEPALIVE, -1, -1, -1, -1, FIN_WAIT_2 } }, /* nothing is outstanding */
  { SF_CLOSE_WAIT,
    FALSE,
    ". 22:22(0) ack 41 win 0",
    ". 22:22(0) ack 101 win 0",
    { DATA_R2, USER, DATA_R2, DATA_R2, USER, DATA_R2, USER, -1 } },
  { SF_CLOSING,
    FALSE,
    ". 22:22(0) ack 41 win 0",
    ". 22:22(0) ack 101 win 0",
    { DATA_R2, USER, DATA_R2, DATA_R2, USER, -1, -1, DATA_R2 } },
  { SF_LAST_ACK,
    FALSE,
    ". 22:22(0) ack 41 win 0",
    ". 22:22(0) ack 101 win 0",
    { DATA_R2, USER, DATA_R2, DATA_R2, USER, -1, -1, DATA_R2 } },
  { SF_TIME_WAIT, FALSE, NULL, NULL, { TWO_MSL, TWO_MSL, TWO_MSL, -1, -1, -1, -1, TWO_MSL } },
};

static SfProfile
profile_with (Limit limit)
{
  SfProfile profile = endpoint_profile ();

  if (limit == USER_TIMEOUT || limit == CLOSED_WINDOW_AND_USER_TIMEOUT || limit == PROBES_AND_USER_TIMEOUT)
    profile.user_timeout = SF_SEC * USER;
  if (limit == CLOSE)
    profile.fin_wait_2_timeout = SF_SEC * FIN_WAIT_2;
  profile.keepalive_idle = SF_SEC * 5;
  profile.keepalive_interval = SF_SEC;
  profile.keepalive_probes = 3;
  return profile;
}

/* Does what makes `limit` apply to the connection in the state of `row`. */
static void
apply (Endpoint *endpoint, const Row *row, Limit limit)
{
  int error;

  if (limit == KEEPALIVES)
    sf_tcp_set_option (endpoint->net, endpoint->conn, SF_SO_KEEPALIVE, 1);
  if (limit == CLOSED_WINDOW || limit == CLOSED_WINDOW_AND_USER_TIMEOUT)
    endpoint_inject (endpoint, row->ack_without_window);
  if (limit == PROBES || limit == PROBES_AND_USER_TIMEOUT)
    {
      endpoint_inject (endpoint, row->ack_of_all);
      endpoint_send (endpoint, 10);
    }
  if (limit == CLOSE)
    {
      sf_tcp_receive (endpoint->net, endpoint->conn, G_MAXUINT32, &error); /* CLOSE with unread text is an ABORT */
      sf_tcp_close (endpoint->net, endpoint->conn);
    }
}

static void
check_cell (const Row *row, Limit limit)
{
  SfProfile profile = profile_with (limit);
  Endpoint endpoint;
  SfTime now;

  g_test_message ("%s%s: %s", sf_state_name (row->state), row->passive ? " (passive)" : "", names[limit]);
  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, row->state, row->passive);
  now = endpoint.net->sim.now;
  apply (&endpoint, row, limit);
  endpoint_run_until (&endpoint, now + (row->ends[limit] == NEVER ? SF_SEC * 86400 : SF_SEC * row->ends[limit]) - 1);
  endpoint_assert_state (&endpoint, row->state);
  if (row->ends[limit] != NEVER)
    {
      endpoint_run (&endpoint, 1);
      endpoint_assert_state (&endpoint, row->passive ? SF_LISTEN : SF_CLOSED);
    }
  endpoint_stop (&endpoint);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  guint n = 0;

  for (guint i = 0; i < N_LIMITS; i++)
    if (row->ends[i] >= 0)
      {
        check_cell (row, (Limit) i);
        n++;
      }
  g_assert_cmpuint (n, >=, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tcp/limits/%s%s", sf_state_name (rows[i].state),
                                               rows[i].passive ? " (passive)" : "");

      g_test_add_data_func (path, &rows[i], test_row);
    }
  return g_test_run ();
}
