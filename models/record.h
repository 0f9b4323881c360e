/* SPDX-License-Identifier: MIT
 *
 * Trace records: everything that a listener can learn about a run. docs/trace.md describes them as lines of
 * trace.jsonl.
 *
 * A connection is named by its serial number: from 1, in order of creation in the whole world; listeners count too. A
 * host is named by its index in the plan.
 */
#pragma once

#include "models/segment.h"
#include "models/tcp/state.h"
#include "sim/record_head.h"

typedef enum
{
  SF_RECORD_CONN,    /* a connection or listener is created (`born`) */
  SF_RECORD_STATE,   /* it changes its state */
  SF_RECORD_GONE,    /* its TCB is deleted */
  SF_RECORD_SEND,    /* a host sends a segment */
  SF_RECORD_FATE,    /* the network does something to a segment */
  SF_RECORD_ARRIVE,  /* a segment arrives at a host */
  SF_RECORD_DISCARD, /* TCP at that host does not accept it, or treats it in an unusual way */
  SF_RECORD_TIMER,   /* a timer of a connection */
  SF_RECORD_CALL,    /* a call of an application returns (a blocking one: when it is done), or a SEND has to wait */
  SF_RECORD_DELIVER, /* the application has read bytes */
  SF_RECORD_CWND,    /* the congestion variables have changed */
  SF_RECORD_RTT,     /* a round-trip time was measured */
  SF_RECORD_LINK,    /* a link goes up or down */
  SF_RECORD_HOST,    /* a host crashes or reboots (`power`) */
} SfRecordKind;

#define SF_N_RECORD_KINDS (SF_RECORD_HOST + 1)

/* Why a connection changed its state or went away, or why a segment was sent. */
typedef enum
{
  SF_WHY_CALL,    /* the application called */
  SF_WHY_SEGMENT, /* a segment arrived: `segment` */
  SF_WHY_TIMER,   /* a timer expired */
  SF_WHY_CRASH,   /* the host crashed */
} SfWhy;

typedef enum
{
  SF_FATE_DROPPED_BY_FAULT,
  SF_FATE_LOST, /* by the link's loss model */
  SF_FATE_QUEUE_FULL,
  SF_FATE_LINK_DOWN,
  SF_FATE_NO_ROUTE,
  SF_FATE_HOST_DOWN, /* arrived at a host that has crashed, or was still in the transmitter of one */
  SF_FATE_DELAYED,   /* until the instant `until`: its new arrival (by a link) or release (by a rule) */
  SF_FATE_HELD,      /* until the instant `until` */
  SF_FATE_RELEASED,  /* a held segment goes on */
  SF_FATE_CORRUPTED,
  SF_FATE_COPIED,   /* `copy` is the copy */
  SF_FATE_INJECTED, /* forged by a fault: the segment is `copy` */
} SfFate;

typedef enum
{
  SF_DISCARD_CHECKSUM,      /* RFC 9293 §3.1 (MUST-3) */
  SF_DISCARD_NO_CONNECTION, /* §3.10.7.1 */
  SF_DISCARD_LISTEN,        /* nothing that LISTEN accepts, §3.10.7.2 */
  SF_DISCARD_SEQUENCE,      /* not in the window, §3.10.7.4 first */
  SF_DISCARD_OLD_DUPLICATE, /* the same, wholly before RCV.NXT */
  SF_DISCARD_PAWS,          /* RFC 7323 §5 */
  SF_DISCARD_NO_TIMESTAMP,  /* RFC 7323 §3.2 */
  SF_DISCARD_RST,           /* RST not acceptable, RFC 5961 §3 */
  SF_DISCARD_SYN,           /* SYN in a synchronized state, RFC 5961 §4 */
  SF_DISCARD_ACK,           /* acknowledgment not acceptable */
  SF_DISCARD_NO_ACK,        /* no ACK bit, §3.10.7.4 fifth */
  SF_DISCARD_BACKLOG,       /* SYN queue or accept queue is full */
  SF_DISCARD_STATE,         /* no use for it in this state */
  SF_DISCARD_AFTER_CLOSE,   /* data for an application that has closed */
  SF_DISCARD_WINDOW,        /* text beyond the buffer, or a window probe */
  SF_DISCARD_MUTANT,        /* a mutant or a counterfactual override says so */
} SfDiscard;

typedef enum
{
#define SF_TIMER(id, name, function, started, restarted, expired) SF_TIMER_##id,
#include "models/timers.inc"
#undef SF_TIMER
  SF_N_TIMERS
} SfTimer;

typedef enum
{
  SF_TIMER_STARTED,   /* reported for the 2MSL timer only */
  SF_TIMER_RESTARTED, /* 2MSL only */
  SF_TIMER_EXPIRED,
} SfTimerAction;

/* Phases of congestion control. */
typedef enum
{
  SF_CC_SLOW_START,
  SF_CC_AVOIDANCE,
  SF_CC_RECOVERY, /* after a fast retransmit */
  SF_CC_LOSS,     /* after a retransmission timeout */
} SfCcPhase;

typedef struct
{
  SfRecordHead head;
  guint16 host; /* SF_NO_HOST for records of links */
  guint32 conn; /* serial, 0 where there is none */
  union
  {
    struct
    {
      guint32 laddr, raddr;
      guint16 lport, rport; /* rport 0: a listener */
      guint32 parent;       /* serial of the listener that accepted it, 0: opened actively */
    } born;
    struct
    {
      guint8 from, to; /* SfState */
      guint8 why;      /* SfWhy */
      guint8 timer;    /* SfTimer, if why is SF_WHY_TIMER */
      guint64 segment; /* id of the segment that caused it, if why is SF_WHY_SEGMENT */
    } state;
    SfSegment send;   /* SEND: the segment as it leaves */
    SfSegment arrive; /* ARRIVE: as it arrives */
    struct
    {
      guint8 fate;  /* SfFate */
      guint64 id;   /* of the segment */
      guint16 link; /* on which it happened, SF_NO_LINK: before the first */
      gint32 rule;  /* index of the fault rule, -1: none */
      SfTime until;
      SfSegment copy; /* COPIED, INJECTED */
    } fate;
    struct
    {
      guint8 reason; /* SfDiscard */
      guint64 id;
    } discard;
    struct
    {
      guint8 timer;  /* SfTimer */
      guint8 action; /* SfTimerAction */
      guint32 count; /* how many times in a row it has expired */
      SfTime until;  /* STARTED, RESTARTED: when it will expire; EXPIRED: how long it ran (ns) */
    } timer;
    struct
    {
      guint8 op;     /* SfOp (models/apps/program.h) */
      gint32 error;  /* errno value, 0: success */
      gint64 amount; /* bytes so far; for OPTION, LISTEN: the step's amount */
      guint32 process;
      guint32 line;    /* of the scenario */
      guint64 offset;  /* SEND: where in the stream the bytes begin */
      guint32 text;    /* SEND: 1 + index of the text, 0: pattern */
      guint64 waiting; /* SEND: bytes that do not fit into the send buffer yet. 0: the call has returned; else another
                        * record will follow */
    } call;
    struct
    {
      guint32 stream; /* whose bytes */
      guint64 offset;
      guint32 len;
      gboolean foreign; /* not written by the peer of this incarnation */
      guint64 at;       /* place in the stream that the application reads, from 0 */
    } deliver;
    struct
    {
      guint32 cwnd, ssthresh, flight, snd_wnd; /* bytes */
      guint8 phase;                            /* SfCcPhase */
    } cwnd;
    struct
    {
      SfTime sample, srtt, rttvar, rto; /* ns */
    } rtt;
    struct
    {
      guint16 link;
      gboolean up;
    } link;
    struct
    {
      gboolean up;
    } power;
  };
} SfRecord;
