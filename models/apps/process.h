/* SPDX-License-Identifier: MIT
 *
 * A process: one run of a program (models/apps/program.h). It makes calls of models/tcp/tcp.h, waits where a blocking
 * call would, and reports every call when it returns (SF_RECORD_CALL); a SEND that has to wait also when it begins to.
 *
 * A process that waits in a call tries it again whenever it is woken; a wake may be in vain. A process that waits for
 * an instant (its start, WAIT, AT) has an event of its own and ignores wakes.
 *
 * Calls without the socket that they need fail: ENOTCONN (no connection), EBADF (nothing to close, no listener),
 * EISCONN (CONNECT or ACCEPT with a connection open), EINVAL (LISTEN while listening). A process that ends, at END or
 * after a failed call, closes its connection and its listener, and reports a CLOSE and a STOP_LISTEN with line 0.
 */
#pragma once

#include "models/net.h"

/* Whether a process waits in UNTIL. */
typedef enum
{
  SF_UNTIL_NONE,
  SF_UNTIL_WAITING,
  SF_UNTIL_REACHED, /* the state has been reached, and perhaps left again */
} SfUntil;

SF_NO_PADDING_BEGIN

typedef struct
{
  guint32 plan; /* number of its process plan (for its name); children have that of their parent */
  guint32 program;
  guint32 step; /* the next one */
  guint16 host;
  guint8 until;       /* SfUntil */
  guint8 live : 1;    /* the item of the pool is in use */
  guint8 waiting : 1; /* its step has begun and waits */
  guint8 woken : 1;   /* a wake is deferred work already */
  guint8 ended : 1;
  guint8 child : 1; /* made by EACH: given back when it ends */
  guint8 spare : 3;
  guint32 conn;     /* open connection, 0: none */
  guint32 listener; /* 0: none */
  guint32 listener_serial;
  guint32 event;                    /* of its start, of the current WAIT or AT, or of its next turn; 0: none */
  guint32 options;                  /* see process_options.h; 0: has set none */
  guint32 repeats[SF_REPEAT_DEPTH]; /* times done so far, by depth of the REPEAT */
  guint32 spare2;
  guint64 done;   /* bytes so far of the current SEND or RECEIVE */
  guint64 offset; /* where in the stream the current SEND began */
} SfProcess;

SF_NO_PADDING_END

static inline SfProcess *
sf_process (const SfNet *net, guint32 process)
{
  return sf_pool_at (&net->processes, process);
}

/* Makes the processes of the plan, to start at time 0. Call it once for a new or reset world. */
void sf_process_start_all (SfNet *net);

/* Makes `process` try its step again right after this event. Does nothing if it is woken already. */
void sf_process_wake (SfNet *net, guint32 process);

/* Handlers of SF_EVENT_PROCESS_START and SF_EVENT_PROCESS_WAKE. */
void sf_process_start_event (SfSim *sim, guint32 process);
void sf_process_wake_event (SfSim *sim, guint32 process);

/* Remove the processes of a host that crashes; start those of the plan again when it reboots. */
void sf_process_host_crashed (SfNet *net, guint16 host);
void sf_process_host_rebooted (SfNet *net, guint16 host);

/* Wakes the processes that wait (UNTIL) for a state of `host`. Call it when a connection there changes its state. */
void sf_process_state_changed (SfNet *net, guint16 host);
