/* SPDX-License-Identifier: MIT
 *
 * The life of an end: the states that it was in, one span after the other, as read from the records.
 *
 * A connection that was accepted begins in LISTEN, with its listener; one that was opened begins in CLOSED. A
 * connection that disappears without a change of state (its host crashed) ends in CLOSED. An end that has no connection
 * is its listener, or nothing.
 */
#pragma once

#include "trace/trace.h"

typedef struct
{
  SfState state;
  SfTime from, to;     /* `to` is SF_NEVER for the state at the end of the run */
  guint entered, left; /* records; SF_NO_RECORD: there is none */
} SfSpan;

/* Returns the life of connection or listener `serial`: SfSpan, empty if there is no such connection. */
GArray *sf_history_of (const SfTrace *trace, guint32 serial);

/* The same of the `nth` connection of `host`, or of its listener if it has not had so many, or one span of CLOSED. */
GArray *sf_history_of_end (const SfTrace *trace, guint16 host, guint nth);

/* Returns the state at instant `t`, after all that happened at it; CLOSED before the life begins. */
SfState sf_history_state_at (const GArray *history, SfTime t);

/* Appends "CLOSED, SYN-SENT, ESTABLISHED". */
void sf_history_text (GString *out, const GArray *history);

/* Returns the connection that the other end has, or had, for this incarnation of `conn`: the addresses and ports
 * reversed, and its ISS is what `conn` takes for its peer's (and the reverse, as far as either is known). NULL if there
 * has been none. */
const SfTraceConn *sf_history_peer (const SfTrace *trace, const SfTraceConn *conn);

static inline const SfSpan *
sf_history_span (const GArray *history, guint i)
{
  return &g_array_index (history, SfSpan, i);
}
