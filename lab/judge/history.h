/* SPDX-License-Identifier: MIT
 *
 * The history of an end: its states, one span after the other, as found in the records.
 *
 * A connection that was accepted begins in LISTEN, as its listener; one that was opened begins in CLOSED. A connection
 * that disappears without a change of state (its host crashed) ends in CLOSED. If an end has no connection, its
 * listener takes its place.
 */
#pragma once

#include "trace/trace.h"

typedef struct
{
  SfState state;
  SfTime from, to;     /* `to` is SF_NEVER if the state lasts until the end of the run */
  guint entered, left; /* the records of both changes; SF_NO_RECORD: none */
} SfSpan;

/* Returns the history of connection or listener `serial`: an array of SfSpan, empty if there is no such connection. */
GArray *sf_history_of (const SfTrace *trace, guint32 serial);

/* Returns the history of connection `nth` of `host`. If there are fewer connections, that of its listener; if it has
 * none, one span of CLOSED. */
GArray *sf_history_of_end (const SfTrace *trace, guint16 host, guint nth);

/* Returns the state at instant `t`, after all events at `t`; CLOSED before the history begins. */
SfState sf_history_state_at (const GArray *history, SfTime t);

/* Appends the states: "CLOSED, SYN-SENT, ESTABLISHED". */
void sf_history_text (GString *out, const GArray *history);

/* Returns the connection at the other end of this incarnation of `conn`, also if it is gone. Its addresses and ports
 * are those of `conn` reversed, its ISS is the IRS of `conn` and vice versa, as far as they are known. NULL if there
 * was none. */
const SfTraceConn *sf_history_peer (const SfTrace *trace, const SfTraceConn *conn);

static inline const SfSpan *
sf_history_span (const GArray *history, guint i)
{
  return &g_array_index (history, SfSpan, i);
}
