/* SPDX-License-Identifier: MIT */
#include "tests/support/lost_syn.h"

#include "tests/support/trace_maker.h"

#include <errno.h>

#define AT(ms) (maker.t = (ms) *SF_MSEC)

SfTrace *
lost_syn_trace (void)
{
  TraceMaker maker;
  guint32 listener, client, server;
  guint64 syn, syn_ack, ack, data, copy, fin;

  maker_init (&maker, "The SYN is lost");
  maker.trace->file = g_strdup ("lost.yaml");
  sf_trace_add_fault (maker.trace, "drop: {from: client, flags: S}", 7);
  listener = maker_listen (&maker, MAKER_SERVER, 80);
  client = maker_connect (&maker, MAKER_CLIENT, 49152);
  maker_state (&maker, client, SF_SYN_SENT, SF_WHY_CALL);
  syn = maker_send (&maker, client, (MakerSegment){ .flags = SF_SYN });
  maker_fate (&maker, syn, SF_FATE_DROPPED_BY_FAULT, 0, 0);

  AT (1000);
  syn = maker_send (&maker, client, (MakerSegment){ .flags = SF_SYN, .marks = SF_SEG_RETRANSMIT });
  AT (1050);
  maker_arrive (&maker, syn);
  server = maker_accept (&maker, listener, MAKER_CLIENT, 49152);
  maker_state (&maker, server, SF_SYN_RECEIVED, SF_WHY_SEGMENT);
  syn_ack = maker_send (&maker, server, (MakerSegment){ .flags = SF_SYN | SF_ACK, .ack = 1 });
  AT (1100);
  maker_arrive (&maker, syn_ack);
  maker_state (&maker, client, SF_ESTABLISHED, SF_WHY_SEGMENT);
  ack = maker_send (&maker, client, (MakerSegment){ .flags = SF_ACK, .seq = 1, .ack = 1 });
  maker_call (&maker, client, SF_OP_CONNECT, 0, 0);
  maker_send_text (&maker, client, "0123456789", 0);
  data = maker_send (&maker, client, (MakerSegment){ .flags = SF_ACK | SF_PSH, .seq = 1, .len = 10, .ack = 1 });
  AT (1150);
  maker_arrive (&maker, ack);
  maker_state (&maker, server, SF_ESTABLISHED, SF_WHY_SEGMENT);
  maker_arrive (&maker, data);
  maker_deliver (&maker, server, client, 0, 10);
  AT (1200);
  copy = maker_copy (&maker, data, -1);
  maker_arrive (&maker, copy);
  maker_discard (&maker, copy, SF_DISCARD_OLD_DUPLICATE);

  AT (2000);
  maker_state (&maker, client, SF_FIN_WAIT_1, SF_WHY_CALL);
  fin = maker_send (&maker, client, (MakerSegment){ .flags = SF_FIN | SF_ACK, .seq = 11, .ack = 1 });
  AT (2020);
  maker_power (&maker, MAKER_SERVER, FALSE);
  maker_gone (&maker, server);
  AT (2050);
  maker_fate (&maker, fin, SF_FATE_HOST_DOWN, -1, 0);
  AT (3000);
  maker_call (&maker, client, SF_OP_RECEIVE, 0, ETIMEDOUT);
  maker_state (&maker, client, SF_CLOSED, SF_WHY_TIMER);
  maker_gone (&maker, client);
  return maker_finish (&maker, SF_END_IDLE);
}
