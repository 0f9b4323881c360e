/* SPDX-License-Identifier: MIT
 *
 * A process: one run of a program (models/apps/program.h). It makes calls of models/tcp/tcp.h, waits where a blocking call
 * would, and reports every call when it returns (SF_RECORD_CALL).
 */
#pragma once

#include "models/net.h"

typedef struct
{
  guint32 plan;        /* number of the process plan it came from (for a name); children have their parent's */
  guint32 program;
  guint32 step;        /* the next one */
  guint16 host;
  guint8 waiting;      /* its step has begun and waits */
  guint8 ended;
  guint32 conn;        /* open connection, 0: none */
  guint32 listener;    /* 0: none */
  guint32 event;       /* of a WAIT or AT that is going on, 0: none */
  guint32 repeats;     /* of the innermost REPEAT, done so far */
  guint64 done;        /* bytes of the SEND or RECEIVE that is going on */
  SfSocketOptions options;
} SfProcess;

/* Makes the processes of the plan, to start at time 0. */
void sf_process_start_all (SfNet *net);

/* Handlers of SF_EVENT_PROCESS_START and SF_EVENT_PROCESS_WAKE. */
void sf_process_start_event (SfSim *sim, guint32 process);
void sf_process_wake_event (SfSim *sim, guint32 process);

/* The host crashes: its processes vanish. The host reboots: those of the plan start anew. */
void sf_process_host_crashed (SfNet *net, guint16 host);
void sf_process_host_rebooted (SfNet *net, guint16 host);

/* A connection of `host` has changed its state: processes that wait for it (UNTIL) look again. */
void sf_process_state_changed (SfNet *net, guint16 host);
