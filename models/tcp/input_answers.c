/* SPDX-License-Identifier: MIT
 *
 * Where stacks answer before the first step of RFC 9293 §3.10.7.4: in a passive SYN-RECEIVED, and in TIME-WAIT. With
 * the values of `rfc9293` nothing is answered here.
 */
#include "models/tcp/input.h"
#include "models/tcp/output.h"
#include "models/tcp/reset.h"
#include "models/tcp/time_wait.h"

/* --- SYN-RECEIVED --- */

/* An ACK that SYN-RECEIVED does not accept, in a profile that looks at it before the sequence number. */
static gboolean
has_wrong_ack (const SfArrival *arrival)
{
  const SfTcb *tcb = arrival->tcb;
  SfSeq ack = arrival->seg->ack;

  return sf_tcb_profile (arrival->net, tcb)->embryo_ack_first && (arrival->seg->flags & (SF_ACK | SF_RST)) == SF_ACK
         && !(sf_seq_lt (tcb->snd_una, ack) && sf_seq_le (ack, tcb->snd_max));
}

gboolean
sf_input_answer_in_syn_received (const SfArrival *arrival)
{
  SfNet *net = arrival->net;
  const SfTcb *tcb = arrival->tcb;
  const SfProfile *profile = sf_tcb_profile (net, tcb);

  if (has_wrong_ack (arrival))
    {
      sf_input_discard (arrival, SF_DISCARD_ACK);
      sf_reset_reply (net, tcb->host, arrival->seg);
      if (!profile->embryo_keeps_wrong_ack)
        sf_tcb_set_state (net, arrival->conn, SF_LISTEN);
      return TRUE;
    }
  if ((arrival->seg->flags & (SF_SYN | SF_ACK | SF_RST)) != SF_SYN || profile->syn_in_syn_received != SF_EMBRYO_REPEAT)
    return FALSE;
  sf_input_discard (arrival, SF_DISCARD_SYN);
  sf_tcp_send_syn (net, arrival->conn);
  return TRUE;
}

/* --- TIME-WAIT --- */

/* FreeBSD in TIME-WAIT: a SYN that opens no new connection is dropped, a SYN-ACK is acknowledged. */
static gboolean
answer_syn_as_freebsd (const SfArrival *arrival)
{
  sf_input_discard (arrival, SF_DISCARD_SYN);
  if (arrival->seg->flags & SF_ACK)
    sf_tcp_send_ack (arrival->net, arrival->conn);
  return TRUE;
}

/* Windows in TIME-WAIT: a SYN that opens no new connection is dropped, a SYN-ACK draws a RST. */
static gboolean
answer_syn_as_windows (const SfArrival *arrival)
{
  sf_input_discard (arrival, SF_DISCARD_SYN);
  if (arrival->seg->flags & SF_ACK)
    sf_reset_reply (arrival->net, arrival->tcb->host, arrival->seg);
  return TRUE;
}

/* Text and FIN of any number restart the 2MSL timer and are acknowledged. */
static gboolean
answer_text (const SfArrival *arrival)
{
  sf_input_discard (arrival, SF_DISCARD_STATE);
  sf_time_wait_repeated_fin (arrival->net, arrival->conn, arrival->seg);
  return TRUE;
}

gboolean
sf_input_answer_in_time_wait (const SfArrival *arrival)
{
  const SfSegment *seg = arrival->seg;
  gboolean has_syn = (seg->flags & SF_SYN) != 0, has_text = sf_segment_space (seg) > 0 && seg->flags & SF_ACK;

  if (seg->flags & SF_RST)
    return FALSE;
  switch ((SfTimeWaitAnswers) sf_tcb_profile (arrival->net, arrival->tcb)->time_wait_answers)
    {
    case SF_TIME_WAIT_FIN:
      break;
    case SF_TIME_WAIT_TEXT:
      if (has_syn)
        return answer_syn_as_freebsd (arrival);
      return has_text && answer_text (arrival);
    case SF_TIME_WAIT_ACK:
      if (has_text && !has_syn)
        return answer_text (arrival);
      if (seg->flags & SF_ACK && !has_syn)
        sf_time_wait_restart (arrival->net, arrival->conn);
      break;
    case SF_TIME_WAIT_NO_SYN_ACK:
      return has_syn && answer_syn_as_windows (arrival);
    }
  return FALSE;
}
