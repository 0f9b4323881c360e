/* SPDX-License-Identifier: MIT
 *
 * The invariants of a connection notice what breaks them, and nothing else.
 */
#include "models/tcp/invariants.h"

#include "models/tcp/timers.h"
#include "tests/support/endpoint.h"

#include <string.h>

/* The widest window, 65535 << 14 (RFC 7323 §2.3), and a SYN and a FIN beside it. */
#define MOST_SPACE ((65535u << 14) + 2)

/* Opens a connection and sends ten bytes, so that the retransmission timer runs. */
static void
set_up (Endpoint *endpoint)
{
  const SfProfile profile = endpoint_profile ();

  endpoint_start (endpoint, &profile);
  endpoint_reach (endpoint, SF_ESTABLISHED, FALSE);
  endpoint_send (endpoint, 10);
  g_assert_null (sf_tcp_complaint (endpoint->net));
}

/* What has been sent and is not acknowledged fits in the widest window. */
static void
test_space (void)
{
  Endpoint endpoint;
  SfTcb *tcb;

  set_up (&endpoint);
  tcb = sf_tcb (endpoint.net, endpoint.conn);
  tcb->snd_max = sf_seq (tcb->snd_una.v + MOST_SPACE);
  g_assert_cmpstr (sf_tcp_complaint (endpoint.net), ==, NULL);
  tcb->snd_max = sf_seq (tcb->snd_una.v + MOST_SPACE + 1);
  g_assert_nonnull (sf_tcp_complaint (endpoint.net));
  endpoint_stop (&endpoint);
}

static void
lose_order (SfTcb *tcb, SfTransfer *transfer G_GNUC_UNUSED)
{
  tcb->snd_nxt = sf_seq (tcb->snd_max.v + 1);
}

static void
lose_count (SfTcb *tcb G_GNUC_UNUSED, SfTransfer *transfer)
{
  transfer->acked++;
}

static void
lose_mss (SfTcb *tcb G_GNUC_UNUSED, SfTransfer *transfer)
{
  transfer->mss = 0;
}

static void
lose_cwnd (SfTcb *tcb G_GNUC_UNUSED, SfTransfer *transfer)
{
  transfer->cc.cwnd = transfer->mss - 1;
}

static void
lose_fin (SfTcb *tcb, SfTransfer *transfer G_GNUC_UNUSED)
{
  tcb->flags |= SF_TCB_FIN_SENT;
}

static void
lose_timer (SfTcb *tcb, SfTransfer *transfer G_GNUC_UNUSED)
{
  sf_timer_stop (tcb, SF_TIMER_RETRANSMIT);
}

static void
lose_ack (SfTcb *tcb, SfTransfer *transfer G_GNUC_UNUSED)
{
  tcb->flags |= SF_TCB_ACK_NOW;
}

static void
lose_bytes (SfTcb *tcb G_GNUC_UNUSED, SfTransfer *transfer)
{
  transfer->unread = 1;
}

static void
lose_window (SfTcb *tcb, SfTransfer *transfer G_GNUC_UNUSED)
{
  tcb->rcv_edge = sf_seq (tcb->rcv_nxt.v + (65535u << 14) + 1);
}

/* What is broken, and a word of the complaint. */
static const struct
{
  const char *name;
  void (*lose) (SfTcb *tcb, SfTransfer *transfer);
  const char *complaint;
} rows[] = {
  { "order", lose_order, "snd_nxt" }, { "count", lose_count, "acked" },  { "mss", lose_mss, "mss > 0" },
  { "cwnd", lose_cwnd, "cwnd" },      { "fin", lose_fin, "FIN_WANTED" }, { "timer", lose_timer, "RETRANSMIT" },
  { "ack", lose_ack, "ACK_NOW" },     { "bytes", lose_bytes, "unread" }, { "window", lose_window, "rcv_wnd" },
};

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const char *complaint;
  Endpoint endpoint;
  SfTcb *tcb;

  set_up (&endpoint);
  tcb = sf_tcb (endpoint.net, endpoint.conn);
  rows[i].lose (tcb, sf_transfer (endpoint.net, tcb));
  complaint = sf_tcp_complaint (endpoint.net);
  g_assert_nonnull (complaint);
  g_assert_nonnull (strstr (complaint, rows[i].complaint));
  endpoint_stop (&endpoint);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp/invariants/space", test_space);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/tcp/invariants/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  return g_test_run ();
}
