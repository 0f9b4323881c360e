/* SPDX-License-Identifier: MIT
 *
 * User calls (RFC 9293 §3.10.1 to §3.10.6): every call in every state, as a table that can be compared with the RFC.
 * tests/models/tcp/grid/<STATE>.seg describe how each state is reached. CLOSED is a refused connection whose socket is
 * open, and whose error has been read.
 */
#include "models/names.h"
#include "models/tcp/tcb.h"
#include "tests/support/endpoint.h"

#include <errno.h>

/* The calls. CLOSE of the RFC is SHUTDOWN for the sending half, and close for the socket, with or without unread data.
 * */
typedef enum
{
  CONNECT,
  LISTEN,
  SEND,
  RECEIVE,
  RECEIVE_AGAIN,
  SHUTDOWN,
  CLOSE,
  CLOSE_UNREAD,
  ABORT,
  STATUS,
  N_CALLS
} Call;

static const char *const call_names[N_CALLS] = {
  "OPEN active", "OPEN passive",           "SEND",  "RECEIVE", "RECEIVE again", "CLOSE one way",
  "CLOSE",       "CLOSE with unread data", "ABORT", "STATUS",
};

typedef struct
{
  SfState state;
  Call call;
  const char *result; /* what the call returns */
  const char *after;  /* state afterwards, "=": the same */
  const char *sent;   /* and nothing else */
} Row;

static const Row rows[] = {
  /* §3.10.1: "connection already exists" in every state but CLOSED and LISTEN */
  { SF_CLOSED, CONNECT, "ok", "SYN-SENT", "S 0:0(0)" },
  { SF_LISTEN, CONNECT, "ok", "SYN-SENT", "S 0:0(0)" }, /* the listener stays, MUST-41 */
  { SF_SYN_SENT, CONNECT, "EADDRINUSE", "=", "-" },
  { SF_SYN_RECEIVED, CONNECT, "EADDRINUSE", "=", "-" },
  { SF_ESTABLISHED, CONNECT, "EADDRINUSE", "=", "-" },
  { SF_FIN_WAIT_1, CONNECT, "EADDRINUSE", "=", "-" },
  { SF_FIN_WAIT_2, CONNECT, "EADDRINUSE", "=", "-" },
  { SF_CLOSE_WAIT, CONNECT, "EADDRINUSE", "=", "-" },
  { SF_CLOSING, CONNECT, "EADDRINUSE", "=", "-" },
  { SF_LAST_ACK, CONNECT, "EADDRINUSE", "=", "-" },
  { SF_TIME_WAIT, CONNECT, "EADDRINUSE", "=", "-" },
  /* MUST-41, MUST-42: a passive OPEN changes no connection. With SO_REUSEADDR no connection of the port prevents it. */
  { SF_CLOSED, LISTEN, "ok", "LISTEN", "-" },
  { SF_LISTEN, LISTEN, "EADDRINUSE", "=", "-" },
  { SF_SYN_SENT, LISTEN, "ok", "=", "-" },
  { SF_SYN_RECEIVED, LISTEN, "ok", "=", "-" },
  { SF_ESTABLISHED, LISTEN, "ok", "=", "-" },
  { SF_FIN_WAIT_1, LISTEN, "ok", "=", "-" },
  { SF_FIN_WAIT_2, LISTEN, "ok", "=", "-" },
  { SF_CLOSE_WAIT, LISTEN, "ok", "=", "-" },
  { SF_CLOSING, LISTEN, "ok", "=", "-" },
  { SF_LAST_ACK, LISTEN, "ok", "=", "-" },
  { SF_TIME_WAIT, LISTEN, "ok", "=", "-" },
  /* §3.10.2: queued before ESTABLISHED, sent in ESTABLISHED and CLOSE-WAIT, "connection closing" after CLOSE */
  { SF_CLOSED, SEND, "EPIPE", "=", "-" },
  { SF_LISTEN, SEND, "no connection", "=", "-" },
  { SF_SYN_SENT, SEND, "536 bytes", "=", "-" },
  { SF_SYN_RECEIVED, SEND, "536 bytes", "=", "-" },
  { SF_ESTABLISHED, SEND, "536 bytes", "=", "P. 101:637(536) ack 21" },
  { SF_FIN_WAIT_1, SEND, "EPIPE", "=", "-" },
  { SF_FIN_WAIT_2, SEND, "EPIPE", "=", "-" },
  { SF_CLOSE_WAIT, SEND, "536 bytes", "=", "P. 101:637(536) ack 22" },
  { SF_CLOSING, SEND, "EPIPE", "=", "-" },
  { SF_LAST_ACK, SEND, "EPIPE", "=", "-" },
  { SF_TIME_WAIT, SEND, "EPIPE", "=", "-" },
  /* §3.10.3: the application gets all received data, also after SHUTDOWN, and in CLOSING and later states, too */
  { SF_CLOSED, RECEIVE, "ENOTCONN", "=", "-" },
  { SF_LISTEN, RECEIVE, "no connection", "=", "-" },
  { SF_SYN_SENT, RECEIVE, "EAGAIN", "=", "-" },
  { SF_SYN_RECEIVED, RECEIVE, "EAGAIN", "=", "-" },
  { SF_ESTABLISHED, RECEIVE, "20 bytes", "=", "-" },
  { SF_FIN_WAIT_1, RECEIVE, "20 bytes", "=", "-" },
  { SF_FIN_WAIT_2, RECEIVE, "20 bytes", "=", "-" },
  { SF_CLOSE_WAIT, RECEIVE, "20 bytes", "=", "-" },
  { SF_CLOSING, RECEIVE, "20 bytes", "=", "-" },
  { SF_LAST_ACK, RECEIVE, "20 bytes", "=", "-" },
  { SF_TIME_WAIT, RECEIVE, "20 bytes", "=", "-" },
  { SF_CLOSED, RECEIVE_AGAIN, "ENOTCONN", "=", "-" },
  { SF_LISTEN, RECEIVE_AGAIN, "no connection", "=", "-" },
  { SF_SYN_SENT, RECEIVE_AGAIN, "EAGAIN", "=", "-" },
  { SF_SYN_RECEIVED, RECEIVE_AGAIN, "EAGAIN", "=", "-" },
  { SF_ESTABLISHED, RECEIVE_AGAIN, "EAGAIN", "=", "-" },
  { SF_FIN_WAIT_1, RECEIVE_AGAIN, "EAGAIN", "=", "-" },
  { SF_FIN_WAIT_2, RECEIVE_AGAIN, "EAGAIN", "=", "-" },
  { SF_CLOSE_WAIT, RECEIVE_AGAIN, "end", "=", "-" },
  { SF_CLOSING, RECEIVE_AGAIN, "end", "=", "-" },
  { SF_LAST_ACK, RECEIVE_AGAIN, "end", "=", "-" },
  { SF_TIME_WAIT, RECEIVE_AGAIN, "end", "=", "-" },
  /* §3.10.4: only the first CLOSE sends a FIN */
  { SF_CLOSED, SHUTDOWN, "ENOTCONN", "=", "-" },
  { SF_LISTEN, SHUTDOWN, "no connection", "=", "-" },
  { SF_SYN_SENT, SHUTDOWN, "ENOTCONN", "=", "-" },
  { SF_SYN_RECEIVED, SHUTDOWN, "ENOTCONN", "=", "-" },
  { SF_ESTABLISHED, SHUTDOWN, "ok", "FIN-WAIT-1", "F. 101:101(0) ack 21" },
  { SF_FIN_WAIT_1, SHUTDOWN, "ok", "=", "-" },
  { SF_FIN_WAIT_2, SHUTDOWN, "ok", "=", "-" },
  { SF_CLOSE_WAIT, SHUTDOWN, "ok", "LAST-ACK", "F. 101:101(0) ack 22" },
  { SF_CLOSING, SHUTDOWN, "ok", "=", "-" },
  { SF_LAST_ACK, SHUTDOWN, "ok", "=", "-" },
  { SF_TIME_WAIT, SHUTDOWN, "ok", "=", "-" },
  { SF_CLOSED, CLOSE, "ok", "=", "-" },
  { SF_LISTEN, CLOSE, "ok", "CLOSED", "-" },
  { SF_SYN_SENT, CLOSE, "ok", "CLOSED", "-" },
  { SF_SYN_RECEIVED, CLOSE, "ok", "FIN-WAIT-1", "F. 1:1(0) ack 1" },
  { SF_ESTABLISHED, CLOSE, "ok", "FIN-WAIT-1", "F. 101:101(0) ack 21" },
  { SF_FIN_WAIT_1, CLOSE, "ok", "=", "-" },
  { SF_FIN_WAIT_2, CLOSE, "ok", "=", "-" },
  { SF_CLOSE_WAIT, CLOSE, "ok", "LAST-ACK", "F. 101:101(0) ack 22" },
  { SF_CLOSING, CLOSE, "ok", "=", "-" },
  { SF_LAST_ACK, CLOSE, "ok", "=", "-" },
  { SF_TIME_WAIT, CLOSE, "ok", "=", "-" },
  /* §3.6.1, SHLD-3: data is lost, so the peer gets a RST; but not in TIME-WAIT, where both FINs are acknowledged */
  { SF_CLOSED, CLOSE_UNREAD, "ok", "=", "-" },
  { SF_LISTEN, CLOSE_UNREAD, "ok", "CLOSED", "-" },
  { SF_SYN_SENT, CLOSE_UNREAD, "ok", "CLOSED", "-" },
  { SF_SYN_RECEIVED, CLOSE_UNREAD, "ok", "FIN-WAIT-1", "F. 1:1(0) ack 1" },
  { SF_ESTABLISHED, CLOSE_UNREAD, "ok", "CLOSED", "R 101:101(0)" },
  { SF_FIN_WAIT_1, CLOSE_UNREAD, "ok", "CLOSED", "R 102:102(0)" },
  { SF_FIN_WAIT_2, CLOSE_UNREAD, "ok", "CLOSED", "R 102:102(0)" },
  { SF_CLOSE_WAIT, CLOSE_UNREAD, "ok", "CLOSED", "R 101:101(0)" },
  { SF_CLOSING, CLOSE_UNREAD, "ok", "CLOSED", "R 102:102(0)" },
  { SF_LAST_ACK, CLOSE_UNREAD, "ok", "CLOSED", "R 102:102(0)" },
  { SF_TIME_WAIT, CLOSE_UNREAD, "ok", "=", "-" },
  /* §3.10.5: <SEQ=SND.NXT><CTL=RST> from SYN-RECEIVED to CLOSE-WAIT */
  { SF_CLOSED, ABORT, "ok", "=", "-" },
  { SF_LISTEN, ABORT, "ok", "CLOSED", "-" },
  { SF_SYN_SENT, ABORT, "ok", "CLOSED", "-" },
  { SF_SYN_RECEIVED, ABORT, "ok", "CLOSED", "R 1:1(0)" },
  { SF_ESTABLISHED, ABORT, "ok", "CLOSED", "R 101:101(0)" },
  { SF_FIN_WAIT_1, ABORT, "ok", "CLOSED", "R 102:102(0)" },
  { SF_FIN_WAIT_2, ABORT, "ok", "CLOSED", "R 102:102(0)" },
  { SF_CLOSE_WAIT, ABORT, "ok", "CLOSED", "R 101:101(0)" },
  { SF_CLOSING, ABORT, "ok", "CLOSED", "-" },
  { SF_LAST_ACK, ABORT, "ok", "CLOSED", "-" },
  { SF_TIME_WAIT, ABORT, "ok", "CLOSED", "-" },
  /* §3.10.6 */
  { SF_CLOSED, STATUS, "CLOSED", "=", "-" },
  { SF_LISTEN, STATUS, "LISTEN", "=", "-" },
  { SF_SYN_SENT, STATUS, "SYN-SENT", "=", "-" },
  { SF_SYN_RECEIVED, STATUS, "SYN-RECEIVED", "=", "-" },
  { SF_ESTABLISHED, STATUS, "ESTABLISHED", "=", "-" },
  { SF_FIN_WAIT_1, STATUS, "FIN-WAIT-1", "=", "-" },
  { SF_FIN_WAIT_2, STATUS, "FIN-WAIT-2", "=", "-" },
  { SF_CLOSE_WAIT, STATUS, "CLOSE-WAIT", "=", "-" },
  { SF_CLOSING, STATUS, "CLOSING", "=", "-" },
  { SF_LAST_ACK, STATUS, "LAST-ACK", "=", "-" },
  { SF_TIME_WAIT, STATUS, "TIME-WAIT", "=", "-" },
};

static const char *
result_of (int error)
{
  return error == 0 ? "ok" : sf_errno_name (error);
}

/* --- the calls; each returns its result as text --- */

static char *
call_connect (Endpoint *endpoint)
{
  SfSocketOptions options = { .set = 1 << SF_SO_BIND_PORT };
  int error;

  options.value[SF_SO_BIND_PORT] = ENDPOINT_PORT;
  sf_tcp_connect (endpoint->net, 0, ENDPOINT_PEER_ADDR, ENDPOINT_PEER_PORT, &options, 0, &error);
  return g_strdup (result_of (error));
}

static char *
call_listen (Endpoint *endpoint)
{
  SfSocketOptions options = { .set = 1 << SF_SO_REUSEADDR };
  int error;

  options.value[SF_SO_REUSEADDR] = 1;
  sf_tcp_listen (endpoint->net, 0, ENDPOINT_PORT, 8, &options, 0, &error);
  return g_strdup (result_of (error));
}

static char *
call_send (Endpoint *endpoint)
{
  guint64 offset, n;
  int error;

  n = sf_tcp_send (endpoint->net, endpoint->conn, 536, FALSE, &offset, &error);
  return n > 0 ? g_strdup_printf ("%d bytes", (int) n) : g_strdup (result_of (error));
}

static char *
call_receive (Endpoint *endpoint)
{
  int error;
  guint64 n = sf_tcp_receive (endpoint->net, endpoint->conn, 100, &error);

  if (n > 0)
    return g_strdup_printf ("%d bytes", (int) n);
  return g_strdup (error == 0 ? "end" : sf_errno_name (error));
}

static void
read_all (Endpoint *endpoint)
{
  g_free (call_receive (endpoint));
}

static char *
call_status (const Endpoint *endpoint)
{
  return g_strdup (sf_state_name (endpoint->conn != 0 ? endpoint_status (endpoint).state : endpoint_state (endpoint)));
}

static char *
call_on_listener (Endpoint *endpoint, Call call)
{
  switch (call)
    {
    case CONNECT:
      return call_connect (endpoint);
    case LISTEN:
      return call_listen (endpoint);
    case CLOSE:
    case CLOSE_UNREAD:
    case ABORT:
      sf_tcp_stop_listening (endpoint->net, endpoint->listener);
      return g_strdup ("ok");
    case STATUS:
      return call_status (endpoint);
    case SEND:
    case RECEIVE:
    case RECEIVE_AGAIN:
    case SHUTDOWN:
    case N_CALLS:
      break;
    }
  return g_strdup ("no connection"); /* a listener is no connection, so it cannot have this call */
}

static char *
call_on_connection (Endpoint *endpoint, Call call)
{
  switch (call)
    {
    case CONNECT:
      return call_connect (endpoint);
    case LISTEN:
      return call_listen (endpoint);
    case SEND:
      return call_send (endpoint);
    case RECEIVE_AGAIN:
      read_all (endpoint);
      return call_receive (endpoint);
    case RECEIVE:
      return call_receive (endpoint);
    case SHUTDOWN:
      return g_strdup (result_of (sf_tcp_shutdown (endpoint->net, endpoint->conn)));
    case CLOSE:
      read_all (endpoint);
      sf_tcp_close (endpoint->net, endpoint->conn);
      return g_strdup ("ok");
    case CLOSE_UNREAD:
      sf_tcp_close (endpoint->net, endpoint->conn);
      return g_strdup ("ok");
    case ABORT:
      sf_tcp_abort (endpoint->net, endpoint->conn);
      return g_strdup ("ok");
    case STATUS:
      return call_status (endpoint);
    case N_CALLS:
      break;
    }
  g_assert_not_reached ();
}

/* Reaches CLOSED with an open socket: a refused connection. */
static void
reach_closed (Endpoint *endpoint)
{
  endpoint_reach (endpoint, SF_SYN_SENT, FALSE);
  endpoint_inject (endpoint, "R. 0:0(0) ack 1");
  g_assert_cmpint (sf_tcp_connected (endpoint->net, endpoint->conn), ==, ECONNREFUSED);
}

static void
test_call (gconstpointer data)
{
  const Row *row = data;
  SfProfile profile = endpoint_profile ();
  g_autofree char *result = NULL;
  SfState state = row->state;
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  if (row->state == SF_CLOSED)
    reach_closed (&endpoint);
  else
    endpoint_reach (&endpoint, row->state, FALSE);
  result = row->state == SF_LISTEN ? call_on_listener (&endpoint, row->call)
                                   : call_on_connection (&endpoint, row->call);
  endpoint_run (&endpoint, 0);
  g_assert_cmpstr (result, ==, row->result);
  if (!g_str_equal (row->after, "="))
    g_assert_true (sf_state_from_name (row->after, &state));
  endpoint_assert_state (&endpoint, state);
  endpoint_expect (&endpoint, row->sent);
  endpoint_run (&endpoint, SF_MSEC * 500);
  endpoint_expect (&endpoint, "-");
  endpoint_stop (&endpoint);
}

/* Every call has a row for every state. */
static void
test_complete (void)
{
  guint8 seen[N_CALLS][SF_N_STATES] = { { 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    seen[rows[i].call][rows[i].state]++;
  for (guint call = 0; call < N_CALLS; call++)
    for (guint state = 0; state < SF_N_STATES; state++)
      g_assert_cmpuint (seen[call][state], ==, 1);
}

/* --- cases that are no row --- */

/* §3.10.4, SYN-RECEIVED: with data to send the CLOSE is "queue[d] for processing after entering ESTABLISHED". */
static void
test_close_waits_for_data (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, SF_SYN_RECEIVED, FALSE);
  endpoint_send (&endpoint, 100);
  sf_tcp_close (endpoint.net, endpoint.conn);
  endpoint_expect (&endpoint, "-");
  endpoint_assert_state (&endpoint, SF_SYN_RECEIVED);
  endpoint_inject (&endpoint, ". 1:1(0) ack 1");
  endpoint_expect (&endpoint, "FP. 1:101(100) ack 1");
  endpoint_assert_state (&endpoint, SF_FIN_WAIT_1);
  endpoint_inject (&endpoint, ". 1:1(0) ack 102");
  endpoint_assert_state (&endpoint, SF_FIN_WAIT_2);
  endpoint_stop (&endpoint);
}

/* A FIN that was sent in SYN-RECEIVED is retransmitted like any other. */
static void
test_close_in_syn_received (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, SF_SYN_RECEIVED, FALSE);
  sf_tcp_close (endpoint.net, endpoint.conn);
  endpoint_expect (&endpoint, "F. 1:1(0) ack 1");
  endpoint_inject (&endpoint, ". 1:1(0) ack 1"); /* of the SYN alone */
  endpoint_assert_state (&endpoint, SF_FIN_WAIT_1);
  endpoint_run (&endpoint, SF_SEC);
  endpoint_expect (&endpoint, "F. 1:1(0) ack 1");
  endpoint_inject (&endpoint, ". 1:1(0) ack 2");
  endpoint_assert_state (&endpoint, SF_FIN_WAIT_2);
  endpoint_stop (&endpoint);
}

/* §3.10.2: data that is written before ESTABLISHED is sent when ESTABLISHED is reached. */
static void
test_send_before_established (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, SF_SYN_SENT, FALSE);
  endpoint_send (&endpoint, 100);
  endpoint_expect (&endpoint, "-");
  endpoint_inject (&endpoint, "S. 0:0(0) ack 1");
  endpoint_expect (&endpoint, "P. 1:101(100) ack 1"); /* "Data ... queued for transmission MAY be included" */
  endpoint_stop (&endpoint);
}

/* §3.10.4: "Queue this until all preceding SENDs have been segmentized"; §3.10.8 for the rest. */
static void
test_close_behind_window (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, SF_CLOSE_WAIT, FALSE);
  endpoint_send (&endpoint, 2000); /* the window ends at 1041 */
  endpoint_expect (&endpoint, ". 101:637(536) ack 22");
  g_assert_cmpint (sf_tcp_shutdown (endpoint.net, endpoint.conn), ==, 0);
  endpoint_assert_state (&endpoint, SF_CLOSE_WAIT);
  endpoint_inject (&endpoint, ". 22:22(0) ack 637 win 4000");
  endpoint_expect (&endpoint, ". 637:1173(536) ack 22; . 1173:1709(536) ack 22; FP. 1709:2101(392) ack 22");
  endpoint_assert_state (&endpoint, SF_LAST_ACK);
  endpoint_stop (&endpoint);
}

/* SHLD-3: "or if new data is received after CLOSE is called". */
static void
test_data_after_close (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, SF_ESTABLISHED, FALSE);
  read_all (&endpoint);
  sf_tcp_close (endpoint.net, endpoint.conn);
  endpoint_expect (&endpoint, "F. 101:101(0) ack 21");
  endpoint_inject (&endpoint, "P. 21:31(10) ack 102");
  endpoint_expect (&endpoint, "R 102:102(0)");
  endpoint_assert_state (&endpoint, SF_CLOSED);
  endpoint_stop (&endpoint);
}

/* §3.9.2.3: MUST-46, no OPEN to an address that no host can have; MUST-63, no answer to a SYN from one. */
static void
test_invalid_address (void)
{
  static const guint32 invalid[] = { 0, 0xe0000001, 0xffffffff };
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  endpoint_listen (&endpoint);
  for (guint i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      SfSegment syn = { .src = invalid[i],
                        .dst = ENDPOINT_PEER_ADDR - 1,
                        .sport = 1,
                        .dport = ENDPOINT_PORT,
                        .from = 1,
                        .flags = SF_SYN,
                        .wnd = ENDPOINT_WINDOW };
      int error;

      g_assert_cmpuint (sf_tcp_connect (endpoint.net, 0, invalid[i], 80, NULL, 0, &error), ==, 0);
      g_assert_cmpint (error, ==, ENETUNREACH);
      sf_tcp_input (endpoint.net, 0, &syn);
    }
  endpoint_expect (&endpoint, "-");
  endpoint_stop (&endpoint);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tcp/calls/%s/%s", call_names[rows[i].call],
                                               sf_state_name (rows[i].state));

      g_test_add_data_func (path, &rows[i], test_call);
    }
  g_test_add_func ("/tcp/calls/every call in every state", test_complete);
  g_test_add_func ("/tcp/calls/close waits for data in SYN-RECEIVED", test_close_waits_for_data);
  g_test_add_func ("/tcp/calls/FIN of SYN-RECEIVED is repeated", test_close_in_syn_received);
  g_test_add_func ("/tcp/calls/send before ESTABLISHED", test_send_before_established);
  g_test_add_func ("/tcp/calls/close behind a full window", test_close_behind_window);
  g_test_add_func ("/tcp/calls/data after close", test_data_after_close);
  g_test_add_func ("/tcp/calls/invalid address", test_invalid_address);
  return g_test_run ();
}
