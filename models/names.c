/* SPDX-License-Identifier: MIT */
#include "models/names.h"

#include <string.h>

/* Larger than any errno value of Linux. */
#define MAX_ERRNO 256

const char *
sf_fate_name (SfFate fate)
{
  static const char *const names[] = {
    [SF_FATE_DROPPED_BY_FAULT] = "dropped", [SF_FATE_LOST] = "lost",         [SF_FATE_QUEUE_FULL] = "queue-full",
    [SF_FATE_LINK_DOWN] = "link-down",      [SF_FATE_NO_ROUTE] = "no-route", [SF_FATE_HOST_DOWN] = "host-down",
    [SF_FATE_DELAYED] = "delayed",          [SF_FATE_HELD] = "held",         [SF_FATE_RELEASED] = "released",
    [SF_FATE_CORRUPTED] = "corrupted",      [SF_FATE_COPIED] = "copied",     [SF_FATE_INJECTED] = "injected",
  };

  return fate < G_N_ELEMENTS (names) ? names[fate] : "?";
}

typedef struct
{
  const char *name, *text;
} Discard;

static const Discard discards[] = {
  [SF_DISCARD_CHECKSUM] = { "checksum", "wrong checksum" },
  [SF_DISCARD_NO_CONNECTION] = { "no-connection", "no such connection" },
  [SF_DISCARD_LISTEN] = { "listen", "nothing that LISTEN takes" },
  [SF_DISCARD_SEQUENCE] = { "sequence", "not in the window" },
  [SF_DISCARD_OLD_DUPLICATE] = { "old-duplicate", "old duplicate" },
  [SF_DISCARD_PAWS] = { "paws", "old timestamp (PAWS)" },
  [SF_DISCARD_NO_TIMESTAMP] = { "no-timestamp", "no timestamp" },
  [SF_DISCARD_RST] = { "rst", "RST not acceptable" },
  [SF_DISCARD_SYN] = { "syn", "SYN in a synchronized state" },
  [SF_DISCARD_ACK] = { "ack", "acknowledgment not acceptable" },
  [SF_DISCARD_NO_ACK] = { "no-ack", "no ACK bit" },
  [SF_DISCARD_BACKLOG] = { "backlog", "queue of the listener is full" },
  [SF_DISCARD_STATE] = { "state", "no use for it in this state" },
  [SF_DISCARD_AFTER_CLOSE] = { "after-close", "data after close" },
  [SF_DISCARD_WINDOW] = { "window", "beyond the window" },
  [SF_DISCARD_MUTANT] = { "mutant", "ignored on purpose" },
};

const char *
sf_discard_name (SfDiscard reason)
{
  return reason < G_N_ELEMENTS (discards) ? discards[reason].name : "?";
}

const char *
sf_discard_text (SfDiscard reason)
{
  return reason < G_N_ELEMENTS (discards) ? discards[reason].text : "?";
}

const char *
sf_timer_name (SfTimer timer)
{
  static const char *const names[SF_N_TIMERS] = {
#define SF_TIMER(id, name, function, started, restarted, expired) name,
#include "models/timers.inc"
#undef SF_TIMER
  };

  return timer < SF_N_TIMERS ? names[timer] : "?";
}

const char *
sf_timer_action_name (SfTimerAction action)
{
  static const char *const names[] = {
    [SF_TIMER_STARTED] = "started",
    [SF_TIMER_RESTARTED] = "restarted",
    [SF_TIMER_EXPIRED] = "expired",
  };

  return action < G_N_ELEMENTS (names) ? names[action] : "?";
}

const char *
sf_why_name (SfWhy why)
{
  static const char *const names[] = {
    [SF_WHY_CALL] = "call",
    [SF_WHY_SEGMENT] = "segment",
    [SF_WHY_TIMER] = "timer",
    [SF_WHY_CRASH] = "crash",
  };

  return why < G_N_ELEMENTS (names) ? names[why] : "?";
}

const char *
sf_op_name (SfOp op)
{
  static const char *const names[] = {
    [SF_OP_END] = "exit",
    [SF_OP_LISTEN] = "listen",
    [SF_OP_ACCEPT] = "accept",
    [SF_OP_EACH] = "accept",
    [SF_OP_CONNECT] = "connect",
    [SF_OP_SEND] = "send",
    [SF_OP_RECEIVE] = "receive",
    [SF_OP_RECEIVE_SOME] = "receive",
    [SF_OP_RECEIVE_EOF] = "receive",
    [SF_OP_SHUTDOWN] = "shutdown",
    [SF_OP_CLOSE] = "close",
    [SF_OP_ABORT] = "abort",
    [SF_OP_STOP_LISTEN] = "stop-listening",
    [SF_OP_WAIT] = "wait",
    [SF_OP_AT] = "at",
    [SF_OP_UNTIL] = "until",
    [SF_OP_OPTION] = "option",
    [SF_OP_REPEAT] = "repeat",
  };

  return op < G_N_ELEMENTS (names) ? names[op] : "?";
}

const char *const *
sf_call_names (void)
{
  static const char *const names[] = {
    "listen", "accept", "connect", "send", "receive", "shutdown", "close", "abort", "stop-listening", "option", NULL,
  };

  return names;
}

const char *
sf_errno_name (int error)
{
  const char *name = strerrorname_np (error);

  return name != NULL ? name : "?";
}

gboolean
sf_errno_from_name (const char *name, int *ret_error)
{
  for (int error = 1; error < MAX_ERRNO; error++)
    {
      const char *candidate = strerrorname_np (error);

      if (candidate != NULL && strcmp (candidate, name) == 0)
        {
          *ret_error = error;
          return TRUE;
        }
    }
  return FALSE;
}
