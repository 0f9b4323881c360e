/* SPDX-License-Identifier: MIT
 *
 * Private to models/tcp: the transmission control block (TCB, RFC 9293 §3.3.1) and its companions.
 *
 * A connection is two records. SfTcb has what every state needs, TIME-WAIT included. SfTransfer has what only an open
 * connection needs: buffers, congestion control, round-trip times. It is freed on entering TIME-WAIT. Sequence
 * variables have the names of the RFC.
 */
#pragma once

#include "models/tcp/tcp.h"

SF_NO_PADDING_BEGIN

/* A run of received bytes of one stream. The receive queue is a list of runs in order; the reassembly queue is a list
 * of runs that arrived out of order. */
typedef struct
{
  guint64 offset; /* of the first byte in its stream */
  guint32 stream; /* serial of the connection that wrote the bytes */
  guint32 len;
  SfSeq seq;    /* of the first byte; used by the reassembly queue */
  guint32 next; /* handle of the next run, 0: last */
} SfExtent;

/* What has happened to a connection, and what must still be done. */
typedef enum
{
  SF_TCB_PASSIVE = 1 << 0,      /* came from LISTEN */
  SF_TCB_ORPHAN = 1 << 1,       /* no application has it (any more): none will read or get errors */
  SF_TCB_QUEUED = 1 << 2,       /* in the accept queue of `listener` */
  SF_TCB_ACK_NOW = 1 << 3,      /* an ACK must be sent at once */
  SF_TCB_FIN_WANTED = 1 << 4,   /* CLOSE was called: a FIN follows the data */
  SF_TCB_FIN_SENT = 1 << 5,     /* the FIN has been sent at least once: SND.MAX counts it */
  SF_TCB_FIN_RECEIVED = 1 << 6, /* RCV.NXT counts the peer's FIN */
  SF_TCB_TS = 1 << 7,           /* timestamps are in use */
  SF_TCB_WSCALE = 1 << 8,       /* window scaling is in use */
  SF_TCB_SYN_RETRANSMITTED = 1 << 9,
  SF_TCB_OPENED = 1 << 10,      /* was ESTABLISHED once */
  SF_TCB_URGENT_TOLD = 1 << 11, /* the application has been told of urgent data */
  SF_TCB_SET_ASIDE = 1 << 12,   /* in TIME-WAIT, but `twin` has its place in the 4-tuple table */
} SfTcbFlags;

typedef struct
{
  /* The 4-tuple comes first in the record, so that a search touches one cache line. */
  guint32 laddr, raddr;
  guint16 lport, rport;
  guint16 host, peer; /* indices in the plan; SF_NO_HOST: no host has the address */
  guint32 serial;
  guint32 owner;    /* process, 0: none */
  guint32 listener; /* handle of its listener, until it is accepted */
  guint32 next;     /* next connection in the accept queue */
  guint32 transfer; /* handle of its SfTransfer, 0: freed */
  guint16 flags;    /* SfTcbFlags */
  guint8 state;     /* SfState; written by sf_tcb_set_state() only */
  guint8 error;     /* errno value for the next call */

  /* Send sequence variables (§3.3.1). In an idle connection snd_una = snd_nxt = snd_max. */
  SfSeq iss;
  SfSeq snd_una;
  SfSeq snd_nxt;
  SfSeq snd_max; /* highest SND.NXT so far: all before it has been sent at least once */
  SfSeq snd_wl1, snd_wl2;
  guint32 snd_wnd;     /* scaled */
  guint32 snd_wnd_max; /* MAX.SND.WND of RFC 5961 §5 */

  /* Receive sequence variables. The window is kept as its right edge, which never moves left (§3.8.6). */
  SfSeq irs;
  SfSeq rcv_nxt;
  SfSeq rcv_edge;      /* RCV.NXT + RCV.WND as announced */
  guint32 peer_stream; /* stream that the peer writes, known from its SYN; 0: not known yet */

  /* Timestamps (RFC 7323 §4.3). */
  guint32 ts_recent;
  guint32 twin; /* links a TIME-WAIT that is set aside and the connection in its place (time_wait.h); 0: none */
  SfTime ts_recent_at;
  SfSeq last_ack_sent;

  /* Timers. They share one event in the queue, which is due at the earliest deadline or before it (see timers.c). */
  guint32 event;
  guint16 retries; /* consecutive retransmissions of the first unacknowledged segment; at most G_MAXUINT16 */
  guint8 peer_wscale, own_wscale;
  guint32 nth;                  /* number among the connections of the host, from 1 */
  SfTime deadline[SF_N_TIMERS]; /* SF_NEVER: not set */
  SfTime answered_at;           /* when a dropped segment was last answered with an ACK; -1: never */
} SfTcb;

/* Round-trip time estimator (RFC 6298). */
typedef struct
{
  SfTime srtt, rttvar; /* srtt 0: no sample yet */
  SfTime rto;          /* current value, with back-off */
  SfTime timed_at;     /* when the timed segment was sent; -1: none is timed */
  SfSeq timed_seq;     /* an ACK greater than this ends the timing */
  guint32 spare;
} SfRtt;

/* Congestion control: the variables of every algorithm, and two words for variables of its own. */
typedef struct
{
  guint32 cwnd, ssthresh; /* bytes */
  guint32 acked;          /* bytes acknowledged since cwnd last grew, in congestion avoidance (RFC 5681 §3.1) */
  guint32 spare;
  guint64 own[2];
} SfCc;

/* Loss recovery (RFC 5681 §3.2, RFC 6582). */
typedef struct
{
  guint32 dupacks;
  guint32 limited;  /* bytes that limited transmit (RFC 3042) has sent beyond cwnd since the first duplicate ACK */
  gboolean fast;    /* in fast recovery */
  gboolean partial; /* a partial ACK has arrived in this fast recovery */
  SfSeq recover;    /* RFC 6582: SND.MAX when the last recovery or timeout began; ISS at first */
  guint32 spare;
} SfRecovery;

typedef struct
{
  /* Sending. Bytes of the stream are counted from 0; byte n has sequence number iss + 1 + n. */
  guint64 written;                /* bytes that the application has written */
  guint64 acked;                  /* acknowledged bytes: the offset of snd_una; written + 1 after the ACK of the FIN */
  guint64 urgent_end;             /* offset behind the urgent byte, 0: none */
  guint32 mss;                    /* SMSS (RFC 5681): bytes of text of a full segment that has only the usual options */
  guint32 snd_buffer, rcv_buffer; /* bytes */
  guint32 peer_conn;              /* handle of the connection that sent the peer's SYN, a hint for demux.c; 0: none */
  SfRtt rtt;
  SfCc cc;
  SfRecovery recovery;
  SfTime last_sent;     /* when data was sent last, for the restart after idle */
  SfTime resent_at;     /* when the segment at SND.UNA was first sent again, if `retries` is not 0 */
  SfSeq probed;         /* a tail loss probe is out until this is acknowledged */
  SfSeq last_seq;       /* of the last segment with text or FIN that was sent for the first time */
  SfSeq snd_sml;        /* behind the last small segment (Minshall's variant of Nagle) */
  SfSeq usage_seq;      /* until this is acknowledged, max_flight and cwnd_limited hold */
  guint32 max_flight;   /* most bytes in flight */
  guint32 cwnd_limited; /* cwnd has held text back */
  SfTime unacked_since; /* start of the user timeout */

  /* Receiving. */
  guint64 read;                   /* bytes that the application has read */
  guint32 unread;                 /* bytes in the receive queue */
  guint32 queue_head, queue_tail; /* runs in order (SfExtent) */
  guint32 reassembly;             /* runs out of order, by sequence number */
  guint32 reassembly_bytes;
  SfSeq fin_seq;      /* sequence number of the peer's FIN, if `fin_early` */
  SfSeq rcv_up;       /* urgent pointer */
  gboolean fin_early; /* the peer's FIN has arrived, but is not processed yet */
  guint16 quick_acks; /* segments still to be acknowledged at once */
  guint8 persist_backoff;
  guint8 keepalive_sent; /* probes without an answer */
  guint8 wants_room;     /* the application waits until it can send more */

  /* Socket options. */
  guint8 nodelay;
  guint8 keepalive;
  guint8 keepalive_probes;
  SfTime keepalive_idle, keepalive_interval, user_timeout;
  SfTime heard_at; /* when the last acceptable segment arrived */
} SfTransfer;

typedef struct
{
  guint16 host;
  guint16 port;
  guint32 serial;
  guint32 owner;
  guint32 backlog;
  guint32 n_embryonic; /* its connections in SYN-RECEIVED */
  guint32 n_queued;    /* connections in the accept queue */
  guint32 head, tail;  /* of the accept queue */
  guint32 next;        /* next listener in the bucket of net->listener_heads */
  guint32 spare;
  SfSocketOptions options;
} SfListener;

SF_NO_PADDING_END

static inline SfTcb *
sf_tcb (const SfNet *net, guint32 conn)
{
  return sf_pool_at (&net->tcbs, conn);
}

static inline SfTransfer *
sf_transfer (const SfNet *net, const SfTcb *tcb)
{
  return sf_pool_at (&net->transfers, tcb->transfer);
}

static inline const SfProfile *
sf_tcb_profile (const SfNet *net, const SfTcb *tcb)
{
  return &sf_plan_host (net->plan, tcb->host)->profile;
}

/* Begins to count at `iss`: all variables that name a sequence number of this side. */
static inline void
sf_tcb_begin_sending (const SfNet *net, SfTcb *tcb, SfSeq iss)
{
  SfTransfer *transfer = sf_transfer (net, tcb);

  tcb->iss = tcb->snd_una = tcb->snd_nxt = tcb->snd_max = iss;
  transfer->recovery.recover = transfer->probed = transfer->snd_sml = transfer->usage_seq = transfer->last_seq = iss;
}

/* Returns the host that an answer to `seg` goes to: its sender, or, if `seg` is forged, the host with its source
 * address. */
static inline guint16
sf_tcb_peer_of (const SfNet *net, const SfSegment *seg)
{
  return seg->marks & SF_SEG_INJECTED ? sf_plan_host_of (net->plan, seg->src) : seg->from;
}

/* Returns a TCB for the end at `host` that receives `seg`. Only its 4-tuple and hosts are set. */
static inline SfTcb
sf_tcb_facing (const SfNet *net, guint16 host, const SfSegment *seg)
{
  return (SfTcb){
    .laddr = seg->dst,
    .raddr = seg->src,
    .lport = seg->dport,
    .rport = seg->sport,
    .host = host,
    .peer = sf_tcb_peer_of (net, seg),
  };
}

/* RCV.WND as announced (§3.3.1). */
static inline guint32
sf_tcb_rcv_wnd (const SfTcb *tcb)
{
  return sf_seq_distance (tcb->rcv_nxt, tcb->rcv_edge);
}

/* --- tcb.c --- */

/* Makes a connection in CLOSED (active open) or LISTEN (passive open), adds it to the 4-tuple table, and reports it. It
 * is a copy of `who`, of which the 4-tuple, host, peer, owner, listener and flags must be set. The caller sets its
 * sequence variables. Returns the connection. */
guint32 sf_tcb_new (SfNet *net, const SfTcb *who, const SfSocketOptions *options);

/* Changes the state (RFC 9293 §3.3.2); nothing else may do so. Checks that the transition is legal, reports it, and
 * does what the new state requires. TIME-WAIT stops the other timers, starts the 2MSL timer and frees the transfer
 * record. CLOSED deletes the TCB, and so does LISTEN, since the listener is a record of its own. But if the application
 * has not closed its socket yet, the record stays until then. */
void sf_tcb_set_state (SfNet *net, guint32 conn, SfState state);

/* Flushes all queues and enters CLOSED. `error` is an errno value for the application, 0: none. */
void sf_tcb_fail (SfNet *net, guint32 conn, int error);

/* Call this when the application has closed its socket: it will not read, nor get errors. Frees the record if the
 * connection is in CLOSED already. */
void sf_tcb_orphan (SfNet *net, guint32 conn);

/* Call this when the handshake has been completed: starts congestion control, and tells the owner or the listener. */
void sf_tcb_established (SfNet *net, guint32 conn);

/* Wakes the owner of `tcb`, if it has one, after this event. */
void sf_tcb_wake (SfNet *net, const SfTcb *tcb);

/* Frees the transfer record of `tcb` with all its queues, unless the application may still read from it. */
void sf_tcb_release_transfer (SfNet *net, SfTcb *tcb);
