/* SPDX-License-Identifier: MIT
 *
 * One endpoint, and the test as its peer: segments go straight into sf_tcp_input(), and what the endpoint sends is
 * caught by the listener of the trace (the only link is down).
 *
 * Segments are written as packetdrill does, "P. 21:31(10) ack 41 win 1000 urg 10"; behind that may stand " mss 536" for
 * the option and " corrupt" for a wrong checksum. Our sequence numbers are relative to WIRE_ISS, the peer's to
 * WIRE_IRS. Both lie so that the numbers in use run over 2^32.
 */
#pragma once

#include "models/net.h"
#include "models/tcp/tcp.h"

#define ENDPOINT_ISS 0xffffffcdu /* 2^32 - 51 */
#define ENDPOINT_IRS 0xfffffff5u /* 2^32 - 11 */
#define ENDPOINT_WINDOW 1000 /* receive buffer of the endpoint, and window of the peer when a segment does not say */

#define ENDPOINT_PORT 1000
#define ENDPOINT_PEER_PORT 2000
#define ENDPOINT_PEER_ADDR 0xc0000202u

typedef struct
{
  SfPlan *plan;
  SfNet *net;
  guint32 listener, conn; /* handles, 0: none */
  GString *sent;          /* segments sent and not yet asked for, "; " between them */
  GString *timers;        /* the same for the 2MSL timer: "started", "restarted" */
  guint n_rto_expired;    /* reports that the retransmission timer expired */
  guint32 sent_edge;      /* ACK + window of the last one that had them, relative to WIRE_IRS */
  guint64 next_id;
} Endpoint;

/* The profile of the endpoint if the test does not want another: rfc9293, an ISS that comes to WIRE_ISS, a buffer
 * of WIRE_WINDOW bytes. */
SfProfile endpoint_profile (void);

/* Makes the world: the endpoint in CLOSED. */
void endpoint_start (Endpoint *endpoint, const SfProfile *profile);
void endpoint_stop (Endpoint *endpoint);

/* Brings the endpoint into `state` by real events, those that the heads of tests/models/tcp/grid/<STATE>.seg tell.
 * `passive`: SYN-RECEIVED out of LISTEN and not out of SYN-SENT. */
void endpoint_reach (Endpoint *endpoint, SfState state, gboolean passive);

/* Lets the segment `text` arrive. */
void endpoint_inject (Endpoint *endpoint, const char *text);

/* Lets time pass: to the instant `until`, also if nothing is left to do. */
void endpoint_run_until (Endpoint *endpoint, SfTime until);
void endpoint_run (Endpoint *endpoint, SfTime duration);

/* What has been sent since the last call, "-" for nothing; the caller frees it. */
char *endpoint_take_sent (Endpoint *endpoint);

/* The segments sent since the last question are exactly `text` ("-" or "a; b"). */
#define endpoint_expect(endpoint, text)                     \
  do                                                        \
    {                                                       \
      char *endpoint_sent_ = endpoint_take_sent (endpoint); \
      g_assert_cmpstr (endpoint_sent_, ==, text);           \
      g_free (endpoint_sent_);                              \
    }                                                       \
  while (0)

/* State of the endpoint as the peer finds it: LISTEN if only a listener would take a segment. */
SfState endpoint_state (const Endpoint *endpoint);

#define endpoint_assert_state(endpoint, expected) \
  g_assert_cmpstr (sf_state_name (endpoint_state (endpoint)), ==, sf_state_name (expected))

SfTcpStatus endpoint_status (const Endpoint *endpoint);

/* Opens actively or passively; sends the SYN in the first case. */
void endpoint_connect (Endpoint *endpoint);
void endpoint_listen (Endpoint *endpoint);

/* SEND of `len` bytes, which must be taken whole. */
void endpoint_send (Endpoint *endpoint, guint64 len);
