/* SPDX-License-Identifier: MIT */
#include "models/apps/process.h"

#include "models/apps/process_options.h"
#include "models/tcp/tcp.h"

#include <errno.h>
#include <string.h>

/* Steps run in a row before the other events of the instant get their turn. They count as that many events, so the
 * limit on events also stops a program that never waits. */
#define STEPS_AT_A_TIME 32

#define DEFAULT_BACKLOG 128

/* The result of a call besides its error; see SfRecord.call. */
typedef struct
{
  gint64 amount;
  guint64 offset;
  guint64 waiting;
} Outcome;

static const SfStep *
current_step (const SfNet *net, const SfProcess *process)
{
  const SfProgram *program = &g_array_index (net->plan->programs, SfProgram, process->program);

  return &program->steps[process->step];
}

/* --- reports --- */

static guint32
conn_serial (const SfNet *net, guint32 conn)
{
  SfTcpStatus status;

  if (conn == 0)
    return 0;
  sf_tcp_status (net, conn, &status);
  return status.serial;
}

/* Returns the serial of the socket that `op` uses: the listener or the connection of `process`, 0 if it has none. */
static guint32
subject (const SfNet *net, const SfProcess *process, SfOp op)
{
  if (op == SF_OP_LISTEN || op == SF_OP_STOP_LISTEN)
    return process->listener_serial;
  return conn_serial (net, process->conn);
}

/* Records that the call of `step` has returned, or has to wait. Call it only if sf_net_traced(). */
static void
report (const SfNet *net, guint32 handle, const SfStep *step, guint32 serial, const Outcome *outcome, int error)
{
  SfRecord record = {
    .host = sf_process (net, handle)->host,
    .conn = serial,
    .call = {
      .op = step->op == SF_OP_EACH ? SF_OP_ACCEPT : step->op,
      .error = error,
      .amount = outcome->amount,
      .process = handle,
      .line = step->line,
      .offset = outcome->offset,
      .text = step->text,
      .waiting = outcome->waiting,
    },
  };

  sf_net_trace (net, SF_RECORD_CALL, &record);
}

/* TRUE if `op` is a call, which is recorded. */
static gboolean
is_call (SfOp op)
{
  return op != SF_OP_END && op != SF_OP_WAIT && op != SF_OP_AT && op != SF_OP_UNTIL && op != SF_OP_REPEAT;
}

/* --- start and end --- */

static void
close_conn (SfNet *net, SfProcess *process)
{
  const SfSocketOptions *options = sf_process_options (net, process->options);

  if ((options->set & (1u << SF_SO_LINGER0)) && options->value[SF_SO_LINGER0])
    sf_tcp_abort (net, process->conn);
  else
    sf_tcp_close (net, process->conn);
  process->conn = 0;
}

static void
stop_listening (SfNet *net, SfProcess *process)
{
  sf_tcp_stop_listening (net, process->listener);
  process->listener = process->listener_serial = 0;
}

/* Closes what the process has open, as the end of a program does. */
static void
close_all (SfNet *net, guint32 handle)
{
  SfProcess *process = sf_process (net, handle);
  const Outcome nothing = { 0 };

  if (process->conn != 0)
    {
      guint32 serial = sf_net_traced (net) ? conn_serial (net, process->conn) : 0;

      close_conn (net, process);
      if (sf_net_traced (net))
        report (net, handle, &(SfStep){ .op = SF_OP_CLOSE }, serial, &nothing, 0);
    }
  if (process->listener != 0)
    {
      guint32 serial = process->listener_serial;

      stop_listening (net, process);
      if (sf_net_traced (net))
        report (net, handle, &(SfStep){ .op = SF_OP_STOP_LISTEN }, serial, &nothing, 0);
    }
}

/* Ends the process, whose connection and listener are closed or have vanished. A child is given back. */
static void
end (SfNet *net, guint32 handle)
{
  SfProcess *process = sf_process (net, handle);

  if (process->event != 0)
    sf_queue_remove (&net->sim.queue, process->event);
  if (process->until != SF_UNTIL_NONE)
    net->n_until--;
  sf_process_options_release (net, &process->options);
  process->event = 0;
  process->until = SF_UNTIL_NONE;
  process->ended = TRUE;
  if (process->child)
    {
      process->live = FALSE;
      sf_pool_give (&net->processes, handle);
    }
}

/* Makes `handle` process number `plan` of the plan, to start at this instant. */
static void
start_planned (SfNet *net, guint32 handle, guint32 plan)
{
  const SfProcessPlan *process_plan = &g_array_index (net->plan->processes, SfProcessPlan, plan);
  SfProcess *process = sf_process (net, handle);
  gboolean woken = process->woken;

  memset (process, 0, sizeof *process); /* padding too: worlds are compared byte by byte */
  process->plan = plan;
  process->program = process_plan->program;
  process->host = process_plan->host;
  process->live = TRUE;
  process->woken = woken;
  process->event = sf_sim_after (&net->sim, 0, SF_EVENT_PROCESS_START, handle);
}

static void
spawn (SfNet *net, guint32 parent_handle, guint32 program, guint32 conn)
{
  const SfProcess *parent = sf_process (net, parent_handle);
  guint32 handle = sf_pool_take (&net->processes);
  SfProcess *child = sf_process (net, handle);

  child->plan = parent->plan;
  child->program = program;
  child->host = parent->host;
  child->live = child->child = TRUE;
  child->conn = conn;
  child->options = sf_process_options_share (net, parent->options);
  sf_tcp_set_owner (net, conn, handle);
  sf_process_wake (net, handle);
}

/* --- steps: each function tries its step. Returns 0 if it is done, EAGAIN if it must wait, else the error --- */

static int
try_listen (SfNet *net, guint32 handle, const SfStep *step, Outcome *outcome)
{
  SfProcess *process = sf_process (net, handle);
  guint32 backlog = step->amount > 0 ? (guint32) step->amount : DEFAULT_BACKLOG;
  int error = 0;

  outcome->amount = step->amount;
  if (process->listener != 0)
    return EINVAL;
  process->listener = sf_tcp_listen (net, process->host, step->port, backlog,
                                     sf_process_options (net, process->options), handle, &error);
  if (process->listener == 0)
    return error;
  process->listener_serial = net->next_serial;
  return 0;
}

static int
try_accept (SfNet *net, guint32 handle)
{
  SfProcess *process = sf_process (net, handle);
  int error = 0;

  if (process->listener == 0)
    return EBADF;
  if (process->conn != 0)
    return EISCONN;
  process->conn = sf_tcp_accept (net, process->listener, handle, &error);
  return process->conn != 0 ? 0 : error;
}

static int
try_each (SfNet *net, guint32 handle, const SfStep *step)
{
  const Outcome nothing = { 0 };

  for (;;)
    {
      guint32 listener = sf_process (net, handle)->listener;
      int error = 0;
      guint32 conn;

      if (listener == 0)
        return EBADF;
      conn = sf_tcp_accept (net, listener, handle, &error);
      if (conn == 0)
        return error;
      if (sf_net_traced (net))
        report (net, handle, step, conn_serial (net, conn), &nothing, 0);
      spawn (net, handle, step->program, conn);
    }
}

static int
try_connect (SfNet *net, guint32 handle, const SfStep *step)
{
  SfProcess *process = sf_process (net, handle);
  guint32 addr = step->peer != SF_NO_HOST ? sf_plan_host (net->plan, step->peer)->addr : step->addr;
  int error = 0;

  if (!process->waiting)
    {
      if (process->conn != 0)
        return EISCONN;
      process->conn = sf_tcp_connect (net, process->host, addr, step->port, sf_process_options (net, process->options),
                                      handle, &error);
      if (process->conn == 0)
        return error;
    }
  return sf_tcp_connected (net, process->conn);
}

static int
try_send (SfNet *net, guint32 handle, const SfStep *step, Outcome *outcome)
{
  SfProcess *process = sf_process (net, handle);
  guint64 len = (guint64) step->amount;

  if (process->conn == 0)
    return ENOTCONN;
  if (step->text != 0)
    len = strlen (g_ptr_array_index (net->plan->texts, step->text - 1));
  while (process->done < len)
    {
      guint64 offset = 0;
      int error = 0;
      guint64 n = sf_tcp_send (net, process->conn, len - process->done, step->urgent, &offset, &error);

      if (process->done == 0 && (n > 0 || error == EAGAIN))
        process->offset = offset;
      process->done += n;
      outcome->amount = (gint64) process->done;
      outcome->offset = process->offset;
      if (n == 0)
        {
          outcome->waiting = error == EAGAIN ? len - process->done : 0;
          return error;
        }
    }
  return 0;
}

/* RECEIVE, RECEIVE_SOME and RECEIVE_EOF. */
static int
try_receive (SfNet *net, guint32 handle, const SfStep *step, Outcome *outcome)
{
  SfProcess *process = sf_process (net, handle);
  guint64 max = step->op == SF_OP_RECEIVE ? (guint64) step->amount : G_MAXINT64;

  if (process->conn == 0)
    return ENOTCONN;
  while (process->done < max)
    {
      int error = 0;
      guint64 n = sf_tcp_receive (net, process->conn, max - process->done, &error);

      process->done += n;
      outcome->amount = (gint64) process->done;
      if (n == 0)
        return error;
      if (step->op == SF_OP_RECEIVE_SOME)
        return 0;
    }
  return 0;
}

static int
try_close (SfNet *net, guint32 handle, const SfStep *step)
{
  SfProcess *process = sf_process (net, handle);

  if (step->op == SF_OP_SHUTDOWN)
    return process->conn == 0 ? ENOTCONN : sf_tcp_shutdown (net, process->conn);
  if ((step->op == SF_OP_STOP_LISTEN ? process->listener : process->conn) == 0)
    return EBADF;
  if (step->op == SF_OP_STOP_LISTEN)
    stop_listening (net, process);
  else if (step->op == SF_OP_CLOSE)
    close_conn (net, process);
  else
    {
      sf_tcp_abort (net, process->conn);
      process->conn = 0;
    }
  return 0;
}

/* WAIT and AT. WAIT always lets the other events of the instant run first, AT only before its time. */
static int
try_wait (SfNet *net, guint32 handle, const SfStep *step)
{
  SfProcess *process = sf_process (net, handle);
  SfTime delay = step->op == SF_OP_WAIT ? step->time : step->time - net->sim.now;

  if (process->waiting || (step->op == SF_OP_AT && delay <= 0))
    return 0;
  process->event = sf_sim_after (&net->sim, delay, SF_EVENT_PROCESS_START, handle);
  return EAGAIN;
}

static int
try_until (SfNet *net, guint32 handle, const SfStep *step)
{
  SfProcess *process = sf_process (net, handle);

  if (process->until == SF_UNTIL_REACHED || sf_tcp_newest_state (net, step->peer) == step->state)
    {
      if (process->until != SF_UNTIL_NONE)
        net->n_until--;
      process->until = SF_UNTIL_NONE;
      return 0;
    }
  if (process->until == SF_UNTIL_NONE)
    {
      process->until = SF_UNTIL_WAITING;
      net->n_until++;
    }
  return EAGAIN;
}

static int
try_option (SfNet *net, guint32 handle, const SfStep *step, Outcome *outcome)
{
  SfProcess *process = sf_process (net, handle);
  SfSocketOptions *options = sf_process_options_own (net, &process->options);

  outcome->amount = step->amount;
  options->set |= 1u << step->option;
  options->value[step->option] = step->amount;
  if (process->conn != 0)
    sf_tcp_set_option (net, process->conn, (SfSocketOption) step->option, step->amount);
  return 0;
}

static int
try_step (SfNet *net, guint32 handle, const SfStep *step, Outcome *outcome)
{
  switch (step->op)
    {
    case SF_OP_LISTEN:
      return try_listen (net, handle, step, outcome);
    case SF_OP_ACCEPT:
      return try_accept (net, handle);
    case SF_OP_EACH:
      return try_each (net, handle, step);
    case SF_OP_CONNECT:
      return try_connect (net, handle, step);
    case SF_OP_SEND:
      return try_send (net, handle, step, outcome);
    case SF_OP_RECEIVE:
    case SF_OP_RECEIVE_SOME:
    case SF_OP_RECEIVE_EOF:
      return try_receive (net, handle, step, outcome);
    case SF_OP_SHUTDOWN:
    case SF_OP_CLOSE:
    case SF_OP_ABORT:
    case SF_OP_STOP_LISTEN:
      return try_close (net, handle, step);
    case SF_OP_WAIT:
    case SF_OP_AT:
      return try_wait (net, handle, step);
    case SF_OP_UNTIL:
      return try_until (net, handle, step);
    case SF_OP_OPTION:
      return try_option (net, handle, step, outcome);
    case SF_OP_END:
    case SF_OP_REPEAT:
      break; /* handled by run() and advance() */
    }
  return 0;
}

/* --- running --- */

/* Goes to the next step, or back to the target if `step` is a REPEAT that is not finished. */
static void
advance (SfProcess *process, const SfStep *step)
{
  guint32 next = process->step + 1;

  if (step->op == SF_OP_REPEAT)
    {
      guint32 *times = &process->repeats[step->depth];

      if (step->amount == 0 || ++*times < step->amount)
        next = step->target;
      else
        *times = 0;
    }
  process->step = next;
  process->waiting = FALSE;
  process->done = process->offset = 0;
}

/* Tries the current step, and reports the call if it has returned. A SEND that has to wait is reported too, once,
 * because the run may end before it returns. */
static int
call (SfNet *net, guint32 handle, const SfStep *step)
{
  gboolean reports = sf_net_traced (net) && is_call (step->op);
  SfProcess *process = sf_process (net, handle);
  Outcome outcome = { 0 };
  guint32 before = reports ? subject (net, process, step->op) : 0;
  int error = try_step (net, handle, step, &outcome);

  if (reports && (error != EAGAIN || (step->op == SF_OP_SEND && !process->waiting)))
    {
      guint32 after = subject (net, process, step->op);

      report (net, handle, step, after != 0 ? after : before, &outcome, error != EAGAIN ? error : 0);
    }
  if (step->op == SF_OP_CONNECT && error != EAGAIN && error != 0 && error != EISCONN && process->conn != 0)
    {
      sf_tcp_close (net, process->conn);
      process->conn = 0;
    }
  return error;
}

static void
run (SfNet *net, guint32 handle)
{
  for (guint n = 0; n < STEPS_AT_A_TIME; n++)
    {
      SfProcess *process = sf_process (net, handle);
      const SfStep *step = current_step (net, process);
      int error = step->op == SF_OP_END ? 0 : call (net, handle, step);

      if (error == EAGAIN)
        {
          process->waiting = TRUE;
          return;
        }
      if (step->op == SF_OP_END
          || (error != 0 && !g_array_index (net->plan->programs, SfProgram, process->program).go_on))
        {
          close_all (net, handle);
          end (net, handle);
          return;
        }
      advance (process, step);
    }
  net->sim.n_events += STEPS_AT_A_TIME - 1; /* the kernel adds one */
  sf_process (net, handle)->event = sf_sim_after (&net->sim, 0, SF_EVENT_PROCESS_START, handle);
}

void
sf_process_wake (SfNet *net, guint32 handle)
{
  SfProcess *process = sf_process (net, handle);

  if (process->woken)
    return;
  process->woken = TRUE;
  sf_sim_defer (&net->sim, SF_EVENT_PROCESS_WAKE, handle);
}

void
sf_process_wake_event (SfSim *sim, guint32 handle)
{
  SfNet *net = (SfNet *) sim;
  SfProcess *process = sf_process (net, handle);

  process->woken = FALSE;
  if (process->live && !process->ended && process->event == 0)
    run (net, handle);
}

void
sf_process_start_event (SfSim *sim, guint32 handle)
{
  SfNet *net = (SfNet *) sim;

  sf_process (net, handle)->event = 0;
  run (net, handle);
}

void
sf_process_start_all (SfNet *net)
{
  net->n_until = 0;
  for (guint32 i = 0; i < net->plan->processes->len; i++)
    start_planned (net, sf_pool_take (&net->processes), i);
}

void
sf_process_host_crashed (SfNet *net, guint16 host)
{
  for (guint32 handle = 1; handle <= net->processes.used; handle++)
    {
      SfProcess *process = sf_process (net, handle);

      if (process->live && !process->ended && process->host == host)
        {
          process->conn = process->listener = process->listener_serial = 0;
          end (net, handle);
        }
    }
}

void
sf_process_host_rebooted (SfNet *net, guint16 host)
{
  for (guint32 handle = 1; handle <= net->processes.used; handle++)
    {
      SfProcess *process = sf_process (net, handle);

      if (process->live && process->ended && process->host == host)
        start_planned (net, handle, process->plan);
    }
}

void
sf_process_state_changed (SfNet *net, guint16 host)
{
  if (G_LIKELY (net->n_until == 0))
    return;
  for (guint32 handle = 1; handle <= net->processes.used; handle++)
    {
      SfProcess *process = sf_process (net, handle);
      const SfStep *step;

      if (!process->live || process->until != SF_UNTIL_WAITING)
        continue;
      step = current_step (net, process);
      if (step->peer == host && sf_tcp_newest_state (net, host) == step->state)
        {
          process->until = SF_UNTIL_REACHED;
          sf_process_wake (net, handle);
        }
    }
}
