/* SPDX-License-Identifier: MIT
 *
 * What an application does: a program is a list of steps. A process runs one program, and waits at each step until it
 * is done, like a program with blocking sockets. EACH starts a process of its own for each connection that it accepts.
 * Steps are data, so a world can be copied while its applications run.
 */
#pragma once

#include "models/tcp/state.h"
#include "sim/instant.h"
#include "sim/pool.h"

/* How deep REPEATs may be nested. */
#define SF_REPEAT_DEPTH 4

typedef enum
{
  SF_OP_END,          /* the process ends; what is still open is closed, as by an exiting program */
  SF_OP_LISTEN,       /* port `port`, backlog `amount` (0: 128) */
  SF_OP_ACCEPT,       /* wait for a connection of the listener */
  SF_OP_EACH,         /* forever: accept, and run program `program` with the connection in a new process */
  SF_OP_CONNECT,      /* to host `peer` (or address `addr`), port `port`; wait until it is open or refused */
  SF_OP_SEND,         /* `amount` bytes; waits while the send buffer is full; text `text` - 1 if not 0 */
  SF_OP_RECEIVE,      /* `amount` bytes, or less at the end of the stream */
  SF_OP_RECEIVE_SOME, /* what the receive buffer holds, at least a byte */
  SF_OP_RECEIVE_EOF,  /* read and discard until the peer has closed */
  SF_OP_SHUTDOWN,     /* shutdown() with SHUT_WR */
  SF_OP_CLOSE,
  SF_OP_ABORT,       /* close() under SO_LINGER 0: RST */
  SF_OP_STOP_LISTEN, /* close the listener */
  SF_OP_WAIT,        /* `time` */
  SF_OP_AT,          /* wait until the instant `time` */
  SF_OP_UNTIL,       /* wait until the newest connection of host `peer` is in `state` */
  SF_OP_OPTION, /* socket option `option` = `amount` (times in ns) for the open socket, and those made from now on */
  SF_OP_REPEAT, /* run the steps from `target` up to here `amount` times in all (0: forever) */
} SfOp;

typedef enum
{
  SF_SO_NODELAY,
  SF_SO_KEEPALIVE,
  SF_SO_KEEPIDLE,
  SF_SO_KEEPINTVL,
  SF_SO_KEEPCNT,
  SF_SO_REUSEADDR,
  SF_SO_LINGER0,   /* close() aborts */
  SF_SO_BIND_PORT, /* local port of the next connect() */
  SF_SO_BIND_ADDR, /* local address: the n-th (from 0) of the host */
  SF_SO_SNDBUF,
  SF_SO_RCVBUF,
  SF_SO_USER_TIMEOUT,
  SF_N_SOCKET_OPTIONS
} SfSocketOption;

SF_NO_PADDING_BEGIN

/* The socket options set so far; `set` has a bit for each of them. */
typedef struct
{
  guint32 set, spare;
  gint64 value[SF_N_SOCKET_OPTIONS];
} SfSocketOptions;

SF_NO_PADDING_END

typedef struct
{
  SfOp op;
  guint8 state;  /* UNTIL */
  guint8 option; /* OPTION: SfSocketOption */
  guint8 urgent; /* SEND: the last byte is urgent (RFC 9293 §3.8.5) */
  guint8 depth;  /* REPEAT: how many others it is nested in, less than SF_REPEAT_DEPTH */
  guint16 peer;  /* CONNECT, UNTIL: host; SF_NO_HOST: use `addr` */
  guint16 port;
  guint32 addr;
  guint32 program; /* EACH */
  guint32 text;    /* SEND: 1 + index of the literal text, 0: a generated pattern */
  guint32 target;  /* REPEAT */
  gint64 amount;
  SfTime time;
  guint32 line; /* of the scenario file */
} SfStep;

typedef struct
{
  SfStep *steps; /* the last is SF_OP_END */
  guint n;
  gboolean go_on; /* after a failed call, instead of ending */
} SfProgram;

typedef struct
{
  guint16 host;
  guint32 program;
  char *name; /* for messages; NULL: the name of the host */
} SfProcessPlan;
