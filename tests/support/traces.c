/* SPDX-License-Identifier: MIT */
#include "tests/support/traces.h"

#include "tests/support/trace_maker.h"

#include <errno.h>

#define CLIENT MAKER_CLIENT
#define SERVER MAKER_SERVER
#define DELAY (50 * SF_MSEC)

#define SEG(...) ((MakerSegment){ __VA_ARGS__ })
#define PSH_ACK (SF_PSH | SF_ACK)
#define FIN_ACK (SF_FIN | SF_ACK)
#define SYN_ACK (SF_SYN | SF_ACK)
#define MSS .options = SF_OPT_MSS, .mss = 1460

/* Opens a connection from `port` to the listener, without faults. Returns the client's serial number; the server's is
 * one more. The server becomes ESTABLISHED 150 ms after the start. */
static guint32
open_connection (TraceMaker *m, guint32 listener, guint16 port)
{
  guint32 client = maker_connect (m, CLIENT, port), server;
  guint64 id;

  maker_state (m, client, SF_SYN_SENT, SF_WHY_CALL);
  id = maker_send (m, client, SEG (SF_SYN, MSS));
  m->t += DELAY;
  maker_arrive (m, id);
  server = maker_accept (m, listener, CLIENT, port);
  maker_state (m, server, SF_SYN_RECEIVED, SF_WHY_SEGMENT);
  id = maker_send (m, server, SEG (SYN_ACK, .ack = 1, MSS));
  m->t += DELAY;
  maker_arrive (m, id);
  maker_state (m, client, SF_ESTABLISHED, SF_WHY_SEGMENT);
  id = maker_send (m, client, SEG (SF_ACK, .seq = 1, .ack = 1));
  maker_call (m, client, SF_OP_CONNECT, 0, 0);
  m->t += DELAY;
  maker_arrive (m, id);
  maker_state (m, server, SF_ESTABLISHED, SF_WHY_SEGMENT);
  maker_call (m, server, SF_OP_ACCEPT, 0, 0);
  return client;
}

/* Closes an idle connection, the client first. The client remains in TIME-WAIT. */
static void
close_connection (TraceMaker *m, guint32 client, guint32 sent, guint32 received)
{
  guint32 server = client + 1;
  guint64 id, fin;

  maker_state (m, client, SF_FIN_WAIT_1, SF_WHY_CALL);
  id = maker_send (m, client, SEG (FIN_ACK, .seq = sent + 1, .ack = received + 1));
  maker_call (m, client, SF_OP_CLOSE, 0, 0);
  m->t += DELAY;
  maker_arrive (m, id);
  maker_state (m, server, SF_CLOSE_WAIT, SF_WHY_SEGMENT);
  id = maker_send (m, server, SEG (SF_ACK, .seq = received + 1, .ack = sent + 2));
  maker_call (m, server, SF_OP_RECEIVE_EOF, 0, 0);
  maker_state (m, server, SF_LAST_ACK, SF_WHY_CALL);
  fin = maker_send (m, server, SEG (FIN_ACK, .seq = received + 1, .ack = sent + 2));
  maker_call (m, server, SF_OP_CLOSE, 0, 0);
  m->t += DELAY;
  maker_arrive (m, id);
  maker_state (m, client, SF_FIN_WAIT_2, SF_WHY_SEGMENT);
  maker_arrive (m, fin);
  maker_state (m, client, SF_TIME_WAIT, SF_WHY_SEGMENT);
  maker_timer (m, client, SF_TIMER_2MSL, SF_TIMER_STARTED, m->t + 60 * SF_SEC, 0);
  id = maker_send (m, client, SEG (SF_ACK, .seq = sent + 2, .ack = received + 2));
  m->t += DELAY;
  maker_arrive (m, id);
  maker_state (m, server, SF_CLOSED, SF_WHY_SEGMENT);
  maker_gone (m, server);
}

static void
end_time_wait (TraceMaker *m, guint32 client)
{
  m->t += 60 * SF_SEC - DELAY;
  maker_timer (m, client, SF_TIMER_2MSL, SF_TIMER_EXPIRED, 60 * SF_SEC, 1);
  maker_state (m, client, SF_CLOSED, SF_WHY_TIMER);
  maker_gone (m, client);
}

/* Sends `len` bytes, which arrive and are acknowledged at once. */
static void
talk (TraceMaker *m, guint32 from, guint32 to, guint32 seq, guint32 ack, guint32 len)
{
  guint64 id = maker_send (m, from, SEG (PSH_ACK, .seq = seq, .ack = ack, .len = len));

  maker_call (m, from, SF_OP_SEND, len, 0);
  m->t += DELAY;
  maker_arrive (m, id);
  maker_deliver (m, to, from, seq - 1, len);
  maker_call (m, to, SF_OP_RECEIVE, len, 0);
  id = maker_send (m, to, SEG (SF_ACK, .seq = ack, .ack = seq + len));
  m->t += DELAY;
  maker_arrive (m, id);
}

/* From SYN to FIN, and 60 s of TIME-WAIT. */
static SfTrace *
make_lifecycle (void)
{
  TraceMaker m;
  guint32 listener, client;

  maker_init (&m, "A connection from SYN to FIN");
  listener = maker_listen (&m, SERVER, 80);
  maker_call (&m, listener, SF_OP_LISTEN, 128, 0);
  client = open_connection (&m, listener, 49152);
  talk (&m, client, client + 1, 1, 1, 100);
  talk (&m, client + 1, client, 1, 101, 1000);
  close_connection (&m, client, 100, 1000);
  end_time_wait (&m, client);
  return maker_finish (&m, SF_END_IDLE);
}

/* The first SYN-ACK is dropped. Both ends retransmit. */
static SfTrace *
make_syn_ack_lost (void)
{
  TraceMaker m;
  guint32 listener, client, server;
  guint64 syn, syn_ack, ack;

  maker_init (&m, "The SYN-ACK is lost");
  sf_trace_add_fault (m.trace, "drop from server S. nth 1", 17);
  listener = maker_listen (&m, SERVER, 80);
  client = maker_connect (&m, CLIENT, 49152);
  maker_state (&m, client, SF_SYN_SENT, SF_WHY_CALL);
  syn = maker_send (&m, client, SEG (SF_SYN, MSS));
  m.t += DELAY;
  maker_arrive (&m, syn);
  server = maker_accept (&m, listener, CLIENT, 49152);
  maker_state (&m, server, SF_SYN_RECEIVED, SF_WHY_SEGMENT);
  syn_ack = maker_send (&m, server, SEG (SYN_ACK, .ack = 1, MSS));
  maker_fate (&m, syn_ack, SF_FATE_DROPPED_BY_FAULT, 0, 0);
  m.t = SF_SEC;
  maker_timer (&m, client, SF_TIMER_RETRANSMIT, SF_TIMER_EXPIRED, SF_SEC, 1);
  syn = maker_send (&m, client, SEG (SF_SYN, MSS, .marks = SF_SEG_RETRANSMIT));
  m.t += DELAY;
  maker_arrive (&m, syn);
  maker_discard (&m, syn, SF_DISCARD_OLD_DUPLICATE);
  ack = maker_send (&m, server, SEG (SF_ACK, .seq = 1, .ack = 1));
  maker_timer (&m, server, SF_TIMER_RETRANSMIT, SF_TIMER_EXPIRED, SF_SEC, 1);
  syn_ack = maker_send (&m, server, SEG (SYN_ACK, .ack = 1, MSS, .marks = SF_SEG_RETRANSMIT));
  m.t += DELAY;
  maker_arrive (&m, ack);
  maker_discard (&m, ack, SF_DISCARD_ACK);
  maker_arrive (&m, syn_ack);
  maker_state (&m, client, SF_ESTABLISHED, SF_WHY_SEGMENT);
  ack = maker_send (&m, client, SEG (SF_ACK, .seq = 1, .ack = 1));
  maker_call (&m, client, SF_OP_CONNECT, 0, 0);
  m.t += DELAY;
  maker_arrive (&m, ack);
  maker_state (&m, server, SF_ESTABLISHED, SF_WHY_SEGMENT);
  return maker_finish (&m, SF_END_UNTIL);
}

/* A copy of a segment of the first connection arrives in the second, between the same ports. */
static SfTrace *
make_old_duplicate (void)
{
  TraceMaker m;
  guint32 listener, first, second;
  guint64 id, copy;

  maker_init (&m, "An old duplicate is delivered to the next connection");
  sf_trace_add_fault (m.trace, "replay from client len 16 nth 1", 12);
  listener = maker_listen (&m, SERVER, 80);
  first = open_connection (&m, listener, 40000);
  id = m.next_id;
  talk (&m, first, first + 1, 1, 1, 16);
  close_connection (&m, first, 16, 0);
  maker_state (&m, first, SF_CLOSED, SF_WHY_CALL);
  maker_gone (&m, first);
  m.t = SF_SEC;
  second = open_connection (&m, listener, 40000);
  m.t = 1200 * SF_MSEC;
  copy = maker_copy (&m, id, 0);
  m.t += 10 * SF_MSEC;
  id = maker_send (&m, second + 1, SEG (PSH_ACK, .seq = 1, .ack = 1, .len = 5));
  maker_send_text (&m, second + 1, "hello", 0);
  m.t += 40 * SF_MSEC;
  maker_arrive (&m, copy);
  maker_deliver_foreign (&m, second + 1, first, 0, 16);
  maker_call (&m, second + 1, SF_OP_RECEIVE, 16, 0);
  m.t += 10 * SF_MSEC;
  maker_arrive (&m, id);
  return maker_finish (&m, SF_END_UNTIL);
}

/* Three segments are in flight and the first is lost: duplicate ACKs, and a retransmission after the RTO. */
static SfTrace *
make_window (void)
{
  TraceMaker m;
  guint32 listener, client, server;
  guint64 data[3], ack[2];

  maker_init (&m, "The first of three is lost");
  listener = maker_listen (&m, SERVER, 80);
  client = open_connection (&m, listener, 49152);
  server = client + 1;
  for (guint i = 0; i < 3; i++)
    data[i] = maker_send (&m, client, SEG (i == 2 ? PSH_ACK : SF_ACK, .seq = 1 + 1460 * i, .ack = 1, .len = 1460));
  maker_fate (&m, data[0], SF_FATE_QUEUE_FULL, -1, 0);
  maker_call (&m, client, SF_OP_SEND, 4380, 0);
  m.t += DELAY;
  for (guint i = 0; i < 2; i++)
    {
      maker_arrive (&m, data[1 + i]);
      ack[i] = maker_send (&m, server, SEG (SF_ACK, .seq = 1, .ack = 1));
      m.t += 1234567;
    }
  m.t += DELAY - 2 * 1234567;
  for (guint i = 0; i < 2; i++)
    {
      maker_arrive (&m, ack[i]);
      m.t += 1234567;
    }
  m.t += 800 * SF_MSEC;
  maker_timer (&m, client, SF_TIMER_RETRANSMIT, SF_TIMER_EXPIRED, SF_SEC, 1);
  data[0] = maker_send (&m, client, SEG (SF_ACK, .seq = 1, .ack = 1, .len = 1460, .marks = SF_SEG_RETRANSMIT));
  m.t += DELAY;
  maker_arrive (&m, data[0]);
  maker_deliver (&m, server, client, 0, 4380);
  maker_call (&m, server, SF_OP_RECEIVE, 4380, 0);
  ack[0] = maker_send (&m, server, SEG (SF_ACK, .seq = 1, .ack = 4381));
  m.t += DELAY;
  maker_arrive (&m, ack[0]);
  return maker_finish (&m, SF_END_IDLE);
}

/* The server crashes before `ack` arrives, and runs again when `fin`, which a fault has held, arrives. */
static void
crash_and_reboot (TraceMaker *m, guint32 client, guint64 fin, guint64 ack)
{
  guint64 answer;

  m->t += 10 * SF_MSEC;
  maker_power (m, SERVER, FALSE);
  maker_gone (m, client + 1);
  m->t += 40 * SF_MSEC;
  maker_fate (m, ack, SF_FATE_HOST_DOWN, -1, 0);
  m->t = 8 * SF_SEC;
  maker_power (m, SERVER, TRUE);
  m->t = 9 * SF_SEC;
  maker_fate (m, fin, SF_FATE_RELEASED, 2, 0);
  m->t += DELAY;
  maker_arrive (m, fin);
  maker_discard (m, fin, SF_DISCARD_NO_CONNECTION);
  answer = maker_refuse (m, fin);
  m->t += DELAY;
  maker_arrive (m, answer);
  maker_state (m, client, SF_CLOSED, SF_WHY_SEGMENT);
  maker_gone (m, client);
}

/* Everything that a network and faults can do to segments. */
static SfTrace *
make_troubles (void)
{
  TraceMaker m;
  guint32 listener, client, server;
  guint64 id, other;

  maker_init (&m, "Everything goes wrong");
  sf_trace_add_fault (m.trace, "delay from client len 10 by 3s", 20);
  sf_trace_add_fault (m.trace, "corrupt from client len 20", 22);
  sf_trace_add_fault (m.trace, "hold from client flags F. until 9s", 23);
  listener = maker_listen (&m, SERVER, 80);
  client = open_connection (&m, listener, 49152);
  server = client + 1;
  id = maker_send (&m, client, SEG (PSH_ACK, .seq = 1, .ack = 1, .len = 10));
  maker_fate (&m, id, SF_FATE_DELAYED, 0, m.t + 3 * SF_SEC);
  maker_send_text (&m, client, "ten bytes\n", 0);
  m.t += SF_SEC;
  other = maker_send (&m, client, SEG (PSH_ACK, .seq = 11, .ack = 1, .len = 20));
  maker_fate (&m, other, SF_FATE_CORRUPTED, 1, 0);
  maker_call (&m, client, SF_OP_SEND, 20, 0);
  m.t += DELAY;
  maker_arrive (&m, other);
  maker_discard (&m, other, SF_DISCARD_CHECKSUM);
  m.t = 3150 * SF_MSEC;
  maker_fate (&m, id, SF_FATE_RELEASED, 0, 0);
  m.t += DELAY;
  maker_arrive (&m, id);
  m.t += SF_SEC;
  maker_link (&m, FALSE);
  m.t += SF_SEC;
  id = maker_send (&m, server, SEG (SF_ACK, .seq = 1, .ack = 11));
  maker_fate (&m, id, SF_FATE_LINK_DOWN, -1, 0);
  maker_link (&m, TRUE);
  maker_state (&m, client, SF_FIN_WAIT_1, SF_WHY_CALL);
  id = maker_send (&m, client, SEG (FIN_ACK, .seq = 31, .ack = 1));
  maker_fate (&m, id, SF_FATE_HELD, 2, 9 * SF_SEC);
  maker_call (&m, client, SF_OP_CLOSE, 0, 0);
  m.t += SF_SEC;
  other = maker_forge (&m, server, SEG (SF_RST, .seq = 100));
  m.t += DELAY;
  maker_arrive (&m, other);
  maker_discard (&m, other, SF_DISCARD_RST);
  other = maker_send (&m, client, SEG (SF_ACK, .seq = 32, .ack = 1));
  crash_and_reboot (&m, client, id, other);
  return maker_finish (&m, SF_END_IDLE);
}

/* Long notations: all options on every segment. */
static SfTrace *
make_options (void)
{
  const guint8 all = SF_OPT_MSS | SF_OPT_WSCALE | SF_OPT_TS;
  TraceMaker m;
  guint32 listener, client, server;
  guint64 id;

  maker_init (&m, "All options");
  listener = maker_listen (&m, SERVER, 80);
  client = maker_connect (&m, CLIENT, 49152);
  maker_state (&m, client, SF_SYN_SENT, SF_WHY_CALL);
  id = maker_send (&m, client, SEG (SF_SYN, .wnd = 64240, .options = all, .mss = 1460, .wscale = 7, .tsval = 1000));
  m.t += 1000;
  maker_arrive (&m, id);
  server = maker_accept (&m, listener, CLIENT, 49152);
  maker_state (&m, server, SF_SYN_RECEIVED, SF_WHY_SEGMENT);
  id = maker_send (&m, server,
                   SEG (SYN_ACK, .ack = 1, .wnd = 65160, .options = all, .mss = 1460, .wscale = 7, .tsval = 77000,
                        .tsecr = 1000));
  m.t += 1001;
  maker_arrive (&m, id);
  maker_state (&m, client, SF_ESTABLISHED, SF_WHY_SEGMENT);
  id = maker_send (&m, client,
                   SEG (PSH_ACK | SF_URG, .seq = 1, .ack = 1, .len = 12345, .wnd = 502, .urg = 12345,
                        .options = SF_OPT_TS, .tsval = 1001, .tsecr = 77000));
  maker_call (&m, client, SF_OP_CONNECT, 0, 0);
  maker_call (&m, client, SF_OP_SEND, 12345, 0);
  m.t += 1000;
  maker_arrive (&m, id);
  maker_state (&m, server, SF_ESTABLISHED, SF_WHY_SEGMENT);
  maker_call (&m, server, SF_OP_RECEIVE_EOF, 0, ECONNRESET);
  return maker_finish (&m, SF_END_TIME_LIMIT);
}

/* Both ends open at the same time, while a third host forges. */
static SfTrace *
make_three_hosts (void)
{
  TraceMaker m;
  guint32 client, server, attacker;
  guint64 there, back, forged;

  maker_init (&m, "Simultaneous open, and a third");
  maker_host (&m, "attacker", 0xcb007101u);
  client = maker_connect (&m, CLIENT, 80);
  maker_state (&m, client, SF_SYN_SENT, SF_WHY_CALL);
  there = maker_send (&m, client, SEG (SF_SYN, MSS));
  server = maker_connect (&m, SERVER, 80);
  maker_state (&m, server, SF_SYN_SENT, SF_WHY_CALL);
  back = maker_send (&m, server, SEG (SF_SYN, MSS));
  m.t += 20 * SF_MSEC;
  attacker = maker_connect (&m, 2, 666);
  maker_state (&m, attacker, SF_SYN_SENT, SF_WHY_CALL);
  forged = maker_send (&m, attacker, SEG (SF_SYN, .seq = 0));
  m.t += 30 * SF_MSEC;
  maker_arrive (&m, there);
  maker_state (&m, server, SF_SYN_RECEIVED, SF_WHY_SEGMENT);
  there = maker_send (&m, server, SEG (SYN_ACK, .ack = 1, MSS, .marks = SF_SEG_RETRANSMIT));
  maker_arrive (&m, back);
  maker_state (&m, client, SF_SYN_RECEIVED, SF_WHY_SEGMENT);
  back = maker_send (&m, client, SEG (SYN_ACK, .ack = 1, MSS, .marks = SF_SEG_RETRANSMIT));
  m.t += 20 * SF_MSEC;
  maker_arrive (&m, forged);
  maker_discard (&m, forged, SF_DISCARD_NO_CONNECTION);
  forged = maker_refuse (&m, forged);
  m.t += 30 * SF_MSEC;
  maker_arrive (&m, there);
  maker_state (&m, client, SF_ESTABLISHED, SF_WHY_SEGMENT);
  maker_arrive (&m, back);
  maker_state (&m, server, SF_ESTABLISHED, SF_WHY_SEGMENT);
  m.t += 20 * SF_MSEC;
  maker_arrive (&m, forged);
  maker_state (&m, attacker, SF_CLOSED, SF_WHY_SEGMENT);
  maker_gone (&m, attacker);
  maker_call (&m, attacker, SF_OP_CONNECT, 0, ECONNREFUSED);
  return maker_finish (&m, SF_END_EVENT_LIMIT);
}

const TestTrace test_traces[] = {
  { "life", make_lifecycle },
  { "syn_ack_lost", make_syn_ack_lost },
  { "old_duplicate", make_old_duplicate },
  { "window", make_window },
  { "troubles", make_troubles },
  { "options", make_options },
  { "three_hosts", make_three_hosts },
  { NULL, NULL },
};
