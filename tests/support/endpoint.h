/* SPDX-License-Identifier: MIT
 *
 * One endpoint, with the test as its peer. Segments of the test go directly into sf_tcp_input(). Segments of the
 * endpoint are taken from the records; the only link is down.
 *
 * Segments are written as in packetdrill, "P. 21:31(10) ack 41 win 1000 urg 10". After that may follow " mss 536" for
 * the option and " corrupt" for a wrong checksum. The endpoint's sequence numbers are relative to ENDPOINT_ISS, the
 * peer's to ENDPOINT_IRS. Both are such that the numbers in use wrap around 2^32.
 */
#pragma once

#include "models/net.h"
#include "models/tcp/tcp.h"

#define ENDPOINT_ISS 0xffffffcdu /* 2^32 - 51 */
#define ENDPOINT_IRS 0xfffffff5u /* 2^32 - 11 */
#define ENDPOINT_WINDOW 1000     /* receive buffer of the endpoint, and default window of the peer's segments */

#define ENDPOINT_PORT 1000
#define ENDPOINT_PEER_PORT 2000
#define ENDPOINT_PEER_ADDR 0xc0000202u

typedef struct
{
  SfPlan *plan;
  SfNet *net;
  guint32 listener, conn; /* handles, 0: none */
  GString *sent;          /* segments sent since the last endpoint_take_sent(), separated by "; " */
  GString *timers;        /* the same for the 2MSL timer: "started", "restarted" */
  guint64 state_segment;  /* the segment that brought the last change of state, 0: something else did */
  guint n_rto_expired;    /* expiries of the retransmission timer */
  guint32 sent_edge;      /* ACK + window of the last segment with an ACK, relative to ENDPOINT_IRS */
  guint64 next_id;
} Endpoint;

/* Returns the usual profile of the endpoint: rfc9293, ISS ENDPOINT_ISS, a buffer of ENDPOINT_WINDOW bytes. */
SfProfile endpoint_profile (void);

/* Makes the simulation, with the endpoint in CLOSED. */
void endpoint_start (Endpoint *endpoint, const SfProfile *profile);
void endpoint_stop (Endpoint *endpoint);

/* Brings the endpoint into `state` by real events, which the heads of tests/models/tcp/grid/<STATE>.seg describe.
 * `passive`: SYN-RECEIVED from LISTEN, not from SYN-SENT. */
void endpoint_reach (Endpoint *endpoint, SfState state, gboolean passive);

/* Lets the segment `text` arrive. */
void endpoint_inject (Endpoint *endpoint, const char *text);

/* Lets time pass until the instant `until`, also if nothing is left to do. */
void endpoint_run_until (Endpoint *endpoint, SfTime until);
void endpoint_run (Endpoint *endpoint, SfTime duration);

/* Returns the segments sent since the last call, "-" for none. The caller frees it. */
char *endpoint_take_sent (Endpoint *endpoint);

/* Asserts that the segments sent since the last call are exactly `text` ("-" or "a; b"). */
#define endpoint_expect(endpoint, text)                     \
  do                                                        \
    {                                                       \
      char *endpoint_sent_ = endpoint_take_sent (endpoint); \
      g_assert_cmpstr (endpoint_sent_, ==, text);           \
      g_free (endpoint_sent_);                              \
    }                                                       \
  while (0)

/* Returns the state of the endpoint as the peer finds it: LISTEN if only a listener would take a segment. */
SfState endpoint_state (const Endpoint *endpoint);

#define endpoint_assert_state(endpoint, expected) \
  g_assert_cmpstr (sf_state_name (endpoint_state (endpoint)), ==, sf_state_name (expected))

SfTcpStatus endpoint_status (const Endpoint *endpoint);

/* Returns what the connection of the endpoint knows, but for times: "una 41 nxt 101 max 101 wl 21/41 wnd 1000
 * rcv 21..1001 opened; retransmit": the sequence variables, the flags, and behind the semicolon the timers that are
 * set. What the peer's first segment brings is left out before it has come, and what matters only for sending in
 * TIME-WAIT. The caller frees it. */
char *endpoint_tcb_text (const Endpoint *endpoint);

/* Opens actively or passively; sends the SYN in the first case. */
void endpoint_connect (Endpoint *endpoint);
void endpoint_listen (Endpoint *endpoint);

/* SEND of `len` bytes. All of them must be taken. */
void endpoint_send (Endpoint *endpoint, guint64 len);
