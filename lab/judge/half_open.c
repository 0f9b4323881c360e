/* SPDX-License-Identifier: MIT */
#include "lab/judge/half_open.h"

#include "lab/judge/history.h"

/* Returns for how long [a_from, a_to) and [b_from, b_to) overlap. */
static SfTime
overlap (SfTime a_from, SfTime a_to, SfTime b_from, SfTime b_to)
{
  SfTime from = MAX (a_from, b_from), to = MIN (a_to, b_to);

  return MAX (to - from, 0);
}

/* Returns for how long within [from, to) the peer is in a state other than CLOSED and LISTEN. */
static SfTime
alive_within (const GArray *peer, SfTime from, SfTime to)
{
  SfTime sum = 0;

  for (guint i = 0; peer != NULL && i < peer->len; i++)
    {
      const SfSpan *span = sf_history_span (peer, i);

      if (span->state != SF_CLOSED && span->state != SF_LISTEN)
        sum += overlap (from, to, span->from, span->to);
    }
  return sum;
}

SfTime
sf_half_open_time (const SfTrace *trace, const SfPeerIndex *peer_index, const SfTraceConn *conn)
{
  const SfTraceConn *other = sf_peer_index_find (peer_index, conn);
  g_autoptr (GArray) history = sf_history_of (trace, conn->serial);
  g_autoptr (GArray) peer = other != NULL ? sf_history_of (trace, other->serial) : NULL;
  SfTime sum = 0;

  for (guint i = 0; i < history->len; i++)
    {
      const SfSpan *span = sf_history_span (history, i);
      SfTime to = MIN (span->to, trace->end_time);

      if (!sf_state_is_synchronized (span->state) || span->state == SF_TIME_WAIT || to <= span->from)
        continue;
      sum += to - span->from - alive_within (peer, span->from, to);
    }
  return sum;
}
