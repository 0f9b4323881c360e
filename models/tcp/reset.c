/* SPDX-License-Identifier: MIT */
#include "models/tcp/reset.h"

#include "models/tcp/output.h"

void
sf_discard (const SfNet *net, guint16 host, guint32 conn, const SfSegment *seg, SfDiscard reason)
{
  SfRecord record = { .host = host, .conn = conn };

  if (!sf_net_traced (net))
    return;
  record.discard.reason = reason;
  record.discard.id = seg->id;
  sf_net_trace (net, SF_RECORD_DISCARD, &record);
}

/* TRUE if the profile sends no RST to `seg`. A two-way handshake has no third segment, not even a RST: a SYN-ACK gets
 * no answer. */
static gboolean
keeps_silent (const SfProfile *profile, const SfSegment *seg)
{
  gboolean syn_ack = (seg->flags & (SF_SYN | SF_ACK)) == (SF_SYN | SF_ACK);

  return !profile->rst_to_unacceptable || (profile->handshake == SF_HANDSHAKE_TWO_WAY && syn_ack);
}

void
sf_reset_answer (SfNet *net, guint16 host, const SfSegment *seg)
{
  if (!keeps_silent (&sf_plan_host (net->plan, host)->profile, seg))
    sf_reset_reply (net, host, seg);
}

void
sf_reset_reply (SfNet *net, guint16 host, const SfSegment *seg)
{
  SfTcb temporary = sf_tcb_facing (net, host, seg);
  gboolean acked = (seg->flags & SF_ACK) != 0;

  if (seg->flags & SF_RST)
    return;
  temporary.iss = acked ? seg->ack_base : sf_seq (0);
  temporary.irs = seg->seq_base;
  temporary.rcv_nxt = sf_seq_add (seg->seq, sf_segment_space (seg));
  sf_net_send (net, host,
               acked ? sf_tcp_build (net, 0, &temporary, seg->ack, SF_RST)
                     : sf_tcp_build (net, 0, &temporary, sf_seq (0), SF_RST | SF_ACK));
}

/* Counts a challenge ACK of `host`. FALSE if it has sent as many in this period as allowed (RFC 5961 §7). */
static gboolean
host_may_challenge (SfNet *net, guint16 host)
{
  const SfProfile *profile = &sf_plan_host (net->plan, host)->profile;
  SfHost *at = &net->hosts[host];

  if (net->sim.now - at->challenge_since >= profile->challenge_ack_window)
    {
      at->challenge_since = net->sim.now;
      at->challenges = 0;
    }
  if (at->challenges >= profile->challenge_ack_limit)
    return FALSE;
  at->challenges++;
  return TRUE;
}

/* TRUE if the last answer to a dropped segment is less than `spacing` ago. As in Linux, one clock serves all such
 * answers. */
static gboolean
answered_within (const SfNet *net, const SfTcb *tcb, SfTime spacing)
{
  return tcb->answered_at >= 0 && net->sim.now - tcb->answered_at < spacing;
}

static void
answer (SfNet *net, guint32 conn)
{
  sf_tcb (net, conn)->answered_at = net->sim.now;
  sf_tcp_send_ack (net, conn);
}

void
sf_challenge_ack (SfNet *net, guint32 conn)
{
  const SfTcb *tcb = sf_tcb (net, conn);
  const SfProfile *profile = sf_tcb_profile (net, tcb);

  if (!profile->challenge_ack)
    sf_tcp_send_ack (net, conn);
  else if (!answered_within (net, tcb, profile->challenge_ack_spacing) && host_may_challenge (net, tcb->host))
    answer (net, conn);
}

void
sf_challenge_refused (SfNet *net, guint32 conn, const SfSegment *seg)
{
  const SfTcb *tcb = sf_tcb (net, conn);
  const SfProfile *profile = sf_tcb_profile (net, tcb);

  if (seg->len > 0 || seg->flags & SF_FIN || !profile->challenge_ack)
    sf_tcp_send_ack (net, conn); /* the retransmission timer of the sender limits how often it arrives */
  else if (!answered_within (net, tcb, profile->refused_ack_spacing))
    answer (net, conn);
}
