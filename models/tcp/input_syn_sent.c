/* SPDX-License-Identifier: MIT
 *
 * SEGMENT ARRIVES in SYN-SENT: RFC 9293 §3.10.7.3.
 */
#include "models/tcp/input.h"
#include "models/tcp/output.h"
#include "models/tcp/reset.h"
#include "models/tcp/timers.h"

#include <errno.h>

/* First: the ACK bit. "If SEG.ACK =< ISS or SEG.ACK > SND.NXT, send a reset". */
static gboolean
check_ack (SfArrival *arrival)
{
  const SfTcb *tcb = arrival->tcb;
  const SfSegment *seg = arrival->seg;
  SfTime again = sf_tcb_profile (arrival->net, tcb)->syn_again_after_bad_ack;

  if (!(seg->flags & SF_ACK) || (sf_seq_lt (tcb->iss, seg->ack) && sf_seq_le (seg->ack, tcb->snd_max)))
    return TRUE;
  sf_input_discard (arrival, SF_DISCARD_ACK);
  sf_reset_answer (arrival->net, tcb->host, seg);
  if (again > 0 && tcb->retries == 0)
    sf_timer_arm (arrival->net, arrival->conn, SF_TIMER_RETRANSMIT, again);
  return FALSE;
}

/* Second: the RST bit. Only a RST with an acceptable ACK refuses the connection. */
static gboolean
check_rst (SfArrival *arrival)
{
  if (!(arrival->seg->flags & SF_RST))
    return TRUE;
  if (!(arrival->seg->flags & SF_ACK))
    return sf_input_discard (arrival, SF_DISCARD_NO_ACK);
  sf_tcb_fail (arrival->net, arrival->conn, ECONNREFUSED);
  return FALSE;
}

/* "If SND.UNA > ISS (our SYN has been ACKed), change the connection state to ESTABLISHED, form an ACK segment … and
 * send it." */
static void
open_actively (SfArrival *arrival)
{
  SfNet *net = arrival->net;
  SfTcb *tcb = arrival->tcb;
  gboolean two_way = sf_tcb_profile (net, tcb)->handshake == SF_HANDSHAKE_TWO_WAY;

  tcb->snd_una = arrival->seg->ack;
  sf_timer_stop (tcb, SF_TIMER_RETRANSMIT);
  sf_input_sample_rtt (net, tcb, arrival->seg);
  sf_input_take_window (tcb, arrival->seg);
  sf_tcb_set_state (net, arrival->conn, SF_ESTABLISHED);
  sf_tcb_established (net, arrival->conn);
  if (!two_way)
    tcb->flags |= SF_TCB_ACK_NOW;
}

/* "Otherwise, enter SYN-RECEIVED, form a SYN,ACK segment … and send it": a simultaneous open. */
static void
open_simultaneously (SfArrival *arrival)
{
  SfNet *net = arrival->net;
  SfTcb *tcb = arrival->tcb;

  sf_input_take_window (tcb, arrival->seg);
  sf_tcb_set_state (net, arrival->conn, SF_SYN_RECEIVED);
  sf_tcp_send_syn (net, arrival->conn);
  tcb->flags &= (guint16) ~SF_TCB_SYN_RETRANSMITTED; /* the SYN was not lost, the SYN-ACK is a new segment */
  sf_retransmit_start (net, arrival->conn);
}

/* Processes text, URG and FIN of the SYN-ACK by the last steps of §3.10.7.4. */
static void
take_rest (SfArrival *arrival)
{
  sf_input_trim (arrival);
  arrival->flags &= ~(guint) SF_SYN;
  if (sf_input_check_urg (arrival) && sf_input_text (arrival) && sf_input_check_fin (arrival))
    sf_tcp_output (arrival->net, arrival->conn);
}

void
sf_input_syn_sent (SfArrival *arrival)
{
  const SfProfile *profile = sf_tcb_profile (arrival->net, arrival->tcb);
  guint flags = arrival->seg->flags;

  if (!check_ack (arrival) || !check_rst (arrival))
    return;
  if (!(flags & SF_SYN)) /* fifth */
    sf_input_discard (arrival, SF_DISCARD_STATE);
  else if (!(flags & SF_ACK) && sf_profile_has (profile, SF_MUTANT_SYN_SENT_DROPS_SYN))
    sf_input_discard (arrival, SF_DISCARD_MUTANT);
  else /* fourth */
    {
      sf_input_learn_syn (arrival->net, arrival->tcb, arrival->seg);
      if (!(flags & SF_ACK))
        open_simultaneously (arrival);
      else
        {
          open_actively (arrival);
          take_rest (arrival);
        }
    }
}
