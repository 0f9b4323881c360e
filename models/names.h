/* SPDX-License-Identifier: MIT
 *
 * The names of the values in trace records: the same in scenarios, traces, timelines and messages.
 */
#pragma once

#include "models/apps/program.h"
#include "models/record.h"

/* "dropped", "lost", "queue-full" … */
const char *sf_fate_name (SfFate fate);

/* The name, "checksum", "old-duplicate" …, and a text for people, "not in the window". */
const char *sf_discard_name (SfDiscard reason);
const char *sf_discard_text (SfDiscard reason);

/* "retransmit", "persist", "delayed-ack", "keepalive", "2msl". */
const char *sf_timer_name (SfTimer timer);

/* "started", "restarted", "expired". */
const char *sf_timer_action_name (SfTimerAction action);

/* "call", "segment", "timer", "crash". */
const char *sf_why_name (SfWhy why);

/* The key of a step in scenarios: "connect", "stop-listening". All kinds of receive are "receive". */
const char *sf_op_name (SfOp op);

/* The names (sf_op_name()) of the calls that may fail, NULL-terminated. */
const char *const *sf_call_names (void);

/* "ECONNREFUSED"; "0" for 0, no error. */
const char *sf_errno_name (int error);

/* Finds the errno value called `name`; FALSE if there is none. */
gboolean sf_errno_from_name (const char *name, int *ret_error);
