/* SPDX-License-Identifier: MIT
 *
 * Private to models/tcp: the transmission control block (RFC 9293 §3.3.1) and its companions.
 *
 * A connection is two records. SfTcb is what every state needs, TIME-WAIT included; SfTransfer is what only an
 * open connection needs (buffers, congestion control, round-trip times) and is given back on the way into TIME-WAIT.
 * Sequence variables carry the names of the RFC.
 */
#pragma once

#include "models/tcp/tcp.h"

SF_NO_PADDING_BEGIN

/* Where received bytes wait: a run of one stream. Lists of them are the receive queue (in order) and the
 * reassembly queue (not yet). */
typedef struct
{
  guint64 offset; /* of the first byte in its stream */
  guint32 stream; /* whose bytes */
  guint32 len;
  SfSeq seq;    /* of the first byte; used by the reassembly queue */
  guint32 next; /* handle of the next run, 0: last */
} SfExtent;

/* What has happened to a connection, and what is still to happen. */
typedef enum
{
  SF_TCB_PASSIVE = 1 << 0,      /* came from LISTEN */
  SF_TCB_ORPHAN = 1 << 1,       /* the application has closed: nobody will read or be told */
  SF_TCB_QUEUED = 1 << 2,       /* in the accept queue of `listener` */
  SF_TCB_ACK_NOW = 1 << 3,      /* an ACK is owed at once */
  SF_TCB_FIN_WANTED = 1 << 4,   /* CLOSE was called: a FIN follows the data */
  SF_TCB_FIN_SENT = 1 << 5,     /* it has been sent at least once: SND.NXT or SND.MAX counts it */
  SF_TCB_FIN_RECEIVED = 1 << 6, /* RCV.NXT counts the peer's FIN */
  SF_TCB_TS = 1 << 7,           /* timestamps are in use */
  SF_TCB_WSCALE = 1 << 8,       /* window scaling is in use */
  SF_TCB_SYN_RETRANSMITTED = 1 << 9,
  SF_TCB_OPENED = 1 << 10,      /* was ESTABLISHED once */
  SF_TCB_URGENT_TOLD = 1 << 11, /* the application knows of the urgent data */
  SF_TCB_SET_ASIDE = 1 << 12,   /* in TIME-WAIT, out of the 4-tuple table: `twin` has its place */
} SfTcbFlags;

typedef struct
{
  /* Who: the 4-tuple, first in the record so that a search touches one cache line. */
  guint32 laddr, raddr;
  guint16 lport, rport;
  guint16 host, peer; /* plan indices; SF_NO_HOST for an address that nobody has */
  guint32 serial;
  guint32 owner;    /* process, 0: none */
  guint32 listener; /* handle of the listener it came from, until accepted */
  guint32 next;     /* in the accept queue */
  guint32 transfer; /* handle of its SfTransfer, 0: given back */
  guint16 flags;    /* SfTcbFlags */
  guint8 state;     /* SfState; written by sf_tcb_set_state() only */
  guint8 error;     /* errno value for the next call */

  /* Send sequence variables (§3.3.1). In an idle connection snd_una = snd_nxt = snd_max. */
  SfSeq iss;
  SfSeq snd_una;
  SfSeq snd_nxt;
  SfSeq snd_max; /* highest SND.NXT ever: what is before it has been sent, perhaps to be sent again */
  SfSeq snd_wl1, snd_wl2;
  guint32 snd_wnd;     /* scaled */
  guint32 snd_wnd_max; /* MAX.SND.WND of RFC 5961 §5 */

  /* Receive sequence variables. The window is given as its right edge, which never moves left (§3.8.6). */
  SfSeq irs;
  SfSeq rcv_nxt;
  SfSeq rcv_edge;      /* RCV.NXT + RCV.WND as announced */
  guint32 peer_stream; /* stream that this incarnation's peer writes, learned from its SYN */

  /* Timestamps (RFC 7323 §4.3). */
  guint32 ts_recent;
  guint32 twin; /* a TIME-WAIT that is set aside and the connection that a SYN has opened in its place (time_wait.h); 0:
                   none */
  SfTime ts_recent_at;
  SfSeq last_ack_sent;

  /* Timers: one event in the queue for all, at the earliest deadline or before it (see timers.c). */
  guint32 event;
  guint16 retries; /* retransmissions in a row of the first unacknowledged segment; stays at the most */
  guint8 peer_wscale, own_wscale;
  guint32 nth;                  /* it is the host's n-th connection */
  SfTime deadline[SF_N_TIMERS]; /* SF_NEVER: not set */
  SfTime answered_at;           /* when a segment that was not taken was last answered with an ACK; -1: never */
} SfTcb;

/* Round-trip time estimator (RFC 6298). */
typedef struct
{
  SfTime srtt, rttvar; /* srtt 0: no sample yet */
  SfTime rto;          /* current, back-off included */
  SfTime timed_at;     /* when the timed segment was sent; -1: none is being timed */
  SfSeq timed_seq;     /* an ACK beyond this ends the timing */
  guint32 spare;
} SfRtt;

/* Congestion control: what every algorithm has, and two words of its own. */
typedef struct
{
  guint32 cwnd, ssthresh; /* bytes */
  guint32 acked;          /* bytes acknowledged in this window: congestion avoidance by RFC 5681 §3.1 (3) counting */
  guint32 spare;
  guint64 own[2];
} SfCc;

/* Loss recovery (RFC 5681 §3.2, RFC 6582). */
typedef struct
{
  guint32 dupacks;
  guint32 limited;  /* bytes that limited transmit has sent beyond cwnd since the first of them (RFC 3042) */
  gboolean fast;    /* in fast recovery */
  gboolean partial; /* and a partial ACK has come */
  SfSeq recover;    /* RFC 6582: SND.MAX when the last recovery or timeout began; ISS at first */
  guint32 spare;
} SfRecovery;

typedef struct
{
  /* Sending. Bytes of the stream are counted from 0; byte n has sequence number iss + 1 + n. */
  guint64 written;    /* bytes that the application has handed over */
  guint64 acked;      /* bytes of them acknowledged: the offset of snd_una; written + 1 once the FIN is, too */
  guint64 urgent_end; /* offset behind the urgent byte, 0: none */
  guint32 mss;        /* SMSS (RFC 5681): text of a full segment, without the options that every segment has */
  guint32 snd_buffer, rcv_buffer; /* bytes */
  guint32 peer_conn; /* handle of the connection that the peer's SYN came from: a hint for who receives, 0: none */
  SfRtt rtt;
  SfCc cc;
  SfRecovery recovery;
  SfTime last_sent;     /* for the restart after idle */
  SfTime unacked_since; /* for the user timeout */

  /* Receiving. */
  guint64 read;                   /* bytes that the application has taken */
  guint32 unread;                 /* bytes in the receive queue */
  guint32 queue_head, queue_tail; /* runs in order (SfExtent) */
  guint32 reassembly;             /* runs out of order, by sequence number */
  guint32 reassembly_bytes;
  SfSeq fin_seq;      /* where the peer's FIN is, if it came out of order */
  SfSeq rcv_up;       /* urgent pointer */
  gboolean fin_early; /* it has come, but not yet its turn */
  guint16 quick_acks; /* segments still to be acknowledged at once */
  guint8 persist_backoff;
  guint8 keepalive_sent; /* probes without an answer */
  guint8 wants_room;     /* the application waits until it can send more */

  /* Socket options. */
  guint8 nodelay;
  guint8 keepalive;
  guint8 keepalive_probes;
  SfTime keepalive_idle, keepalive_interval, user_timeout;
  SfTime heard_at; /* when the peer was last heard of */
} SfTransfer;

typedef struct
{
  guint16 host;
  guint16 port;
  guint32 serial;
  guint32 owner;
  guint32 backlog;
  guint32 n_embryonic; /* in SYN-RECEIVED */
  guint32 n_queued;    /* waiting to be accepted */
  guint32 head, tail;  /* of the accept queue */
  guint32 next;        /* in its bucket of net->listener_heads */
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

/* The host that an answer to `seg` goes to; not the one that sent it if its source address is forged. */
static inline guint16
sf_tcb_peer_of (const SfNet *net, const SfSegment *seg)
{
  return seg->marks & SF_SEG_INJECTED ? sf_plan_host_of (net->plan, seg->src) : seg->from;
}

/* Returns the 4-tuple and the hosts of the end at `host` that `seg` is for, as a TCB in which nothing else is set. */
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

/* Makes a connection in CLOSED (active open) or LISTEN (passive), enters it in the 4-tuple table, and reports it. Of
 * `who` only the 4-tuple, host, peer, owner, listener and flags count. Its sequence variables are the caller's to
 * set. */
guint32 sf_tcb_new (SfNet *net, const SfTcb *who, const SfSocketOptions *options);

/* The one door to the state (RFC 9293 §3.3.2): checks that the step is legal, reports it, and does what belongs to the
 * new state: entering TIME-WAIT stops the other timers, starts 2MSL and gives the transfer record back; CLOSED deletes
 * the TCB, but keeps its shell for an application that has not closed its socket yet. */
void sf_tcb_set_state (SfNet *net, guint32 conn, SfState state);

/* Ends the connection with `error` for its application (0: none): flushes all queues and enters CLOSED. */
void sf_tcb_fail (SfNet *net, guint32 conn, int error);

/* The application has closed its socket: nobody will read or be told. Frees the shell if the connection is CLOSED
 * already. */
void sf_tcb_orphan (SfNet *net, guint32 conn);

/* The connection is synchronized: congestion control starts, the owner or the listener is told. */
void sf_tcb_established (SfNet *net, guint32 conn);

/* Lets the owner of `tcb` look again after this event. */
void sf_tcb_wake (SfNet *net, const SfTcb *tcb);

/* Frees all queues of `transfer` and the record, if nobody will read what is in it. */
void sf_tcb_release_transfer (SfNet *net, SfTcb *tcb);
