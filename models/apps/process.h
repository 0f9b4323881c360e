/* SPDX-License-Identifier: MIT
 *
 * A process: one run of a program (models/apps/program.h). It makes calls of models/tcp/tcp.h, waits where a blocking
 * call would, and reports every call when it returns (SF_RECORD_CALL); a SEND that has to wait also when it begins to.
 *
 * A process that waits in a call is tried again whenever it is woken; who wakes need not know whether it is worth it.
 * A process that waits for an instant (its start, WAIT, AT) has an event of its own and takes no notice of wakes.
 *
 * Calls without what they need fail: ENOTCONN (no connection), EBADF (nothing to close, no listener), EISCONN (CONNECT
 * or ACCEPT with a connection open), EINVAL (LISTEN while listening). A process that ends, be it at END or after a
 * failed call, closes what it has open: a report of CLOSE (connection) and one of STOP_LISTEN (listener), with line 0,
 * say so.
 */
#pragma once

#include "models/net.h"

/* How a process takes part in the search for those that wait in UNTIL. */
typedef enum
{
  SF_UNTIL_NONE,
  SF_UNTIL_WAITING,
  SF_UNTIL_REACHED, /* the state has been seen since, and perhaps left again */
} SfUntil;

SF_NO_PADDING_BEGIN

typedef struct
{
  guint32 plan; /* number of the process plan it came from (for a name); children have their parent's */
  guint32 program;
  guint32 step; /* the next one */
  guint16 host;
  guint8 until;       /* SfUntil */
  guint8 live : 1;    /* the item of the pool is in use */
  guint8 waiting : 1; /* its step has begun and waits */
  guint8 woken : 1;   /* a wake is on its way */
  guint8 ended : 1;
  guint8 child : 1; /* made by EACH: given back when it ends */
  guint8 spare : 3;
  guint32 conn;     /* open connection, 0: none */
  guint32 listener; /* 0: none */
  guint32 listener_serial;
  guint32 event;                    /* of its start, of a WAIT or AT that is going on, or of its next turn; 0: none */
  guint32 options;                  /* see process_options.h; 0: has set none */
  guint32 repeats[SF_REPEAT_DEPTH]; /* times done so far, by depth of the REPEAT */
  guint32 spare2;
  guint64 done;   /* bytes of the SEND or RECEIVE that is going on */
  guint64 offset; /* where the SEND that is going on began */
} SfProcess;

SF_NO_PADDING_END

static inline SfProcess *
sf_process (const SfNet *net, guint32 process)
{
  return sf_pool_at (&net->processes, process);
}

/* Makes the processes of the plan, to start at time 0; to be called once for a new or reset world. */
void sf_process_start_all (SfNet *net);

/* Lets `process` look again right after this event; does nothing if it is going to. */
void sf_process_wake (SfNet *net, guint32 process);

/* Handlers of SF_EVENT_PROCESS_START and SF_EVENT_PROCESS_WAKE. */
void sf_process_start_event (SfSim *sim, guint32 process);
void sf_process_wake_event (SfSim *sim, guint32 process);

/* The host crashes: its processes vanish. The host reboots: those of the plan start anew. */
void sf_process_host_crashed (SfNet *net, guint16 host);
void sf_process_host_rebooted (SfNet *net, guint16 host);

/* A connection of `host` has changed its state: processes that wait for it (UNTIL) look again. */
void sf_process_state_changed (SfNet *net, guint16 host);
