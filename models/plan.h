/* SPDX-License-Identifier: MIT
 *
 * A plan: everything about a simulation that is fixed before it starts: hosts, links, routes, applications, faults. It
 * is built once, by lab/ from a scenario or by a test or benchmark with the functions below. Then any number of worlds
 * (models/net.h) share it, read-only.
 */
#pragma once

#include "models/apps/program.h"
#include "models/fault.h"
#include "models/segment.h"
#include "models/tcp/profile.h"
#include "sim/random.h"

/* What a router that translates does with its mappings. */
typedef struct
{
  SfTime established; /* how long an idle mapping of an established connection lasts */
  SfTime transitory;  /* the same while the connection opens or closes */
  gint unmapped;      /* SfNatUnmapped: what becomes of a segment without a mapping */
} SfNatPlan;

typedef enum
{
  SF_NAT_DROP,  /* lost without a word */
  SF_NAT_RESET, /* lost, and answered with a RST */
} SfNatUnmapped;

#define SF_NAT_ESTABLISHED (124 * 60 * SF_SEC)
#define SF_NAT_TRANSITORY (4 * 60 * SF_SEC)

typedef struct
{
  char *name;
  gboolean router;     /* forwards segments, has no TCP */
  gboolean translates; /* a router that gives all hosts behind it one address, `addr` (models/nat.h) */
  SfNatPlan mapping;   /* of such a router */
  guint16 nat;         /* router that translates its addresses, SF_NO_HOST: none */
  guint32 addr;        /* first IPv4 address, host byte order */
  guint32 n_addrs;     /* it has addr, addr + 1, …; 0: no segment is for this node itself */
  SfProfile profile;
} SfHostPlan;

typedef enum
{
  SF_LOSS_NONE,
  SF_LOSS_INDEPENDENT,
  SF_LOSS_GILBERT_ELLIOTT,
} SfLossKind;

typedef struct
{
  SfLossKind kind;
  double p;         /* independent: loss probability. Gilbert–Elliott: good → bad, per segment */
  double r;         /* bad → good, per segment */
  double loss_good; /* loss probability in the good state */
  double loss_bad;  /* loss probability in the bad state */
} SfLossPlan;

/* One direction of a link. */
typedef struct
{
  guint64 rate; /* bit/s, 0: infinite */
  SfTime delay; /* propagation */
  gboolean has_jitter;
  SfDist jitter;            /* ns added to the delay of each segment; below 0 counts as 0 */
  gboolean jitter_reorders; /* FALSE: a segment never overtakes the one before it */
  SfLossPlan loss;
  double duplicate; /* probability that a segment arrives twice */
  double reorder;   /* probability that a segment is held back by reorder_by */
  SfTime reorder_by;
  double corrupt;         /* probability that it arrives with a wrong checksum */
  guint32 queue_segments; /* limit of the drop-tail queue, without the segment in transmission; 0: none */
  guint64 queue_bytes;    /* the same limit in bytes; 0: none */
} SfDirectionPlan;

typedef struct
{
  char *name;
  guint16 a, b;                 /* hosts */
  SfDirectionPlan direction[2]; /* [0]: a → b, [1]: b → a */
  gboolean down;                /* at the start */
} SfLinkPlan;

/* The parameters of one direction of a link, computed from its plan by sf_plan_finish(): what is needed to send a
 * segment. The number of the direction is 2 × link, + 1 for b → a. */
typedef struct
{
  const SfDirectionPlan *plan;
  guint16 link;
  guint16 far; /* host at its end */
  gboolean loses;
  gboolean limited;    /* has a drop-tail limit */
  gboolean random;     /* jitter, corruption, duplication or reordering */
  gboolean exact;      /* a byte takes a whole number of ns */
  guint64 ns_per_byte; /* that number, if `exact` */
  guint64 rate;        /* bit/s */
  SfTime delay;
  guint32 max_segments; /* in the queue */
  guint64 max_bytes;
  guint64 loss[2];  /* probabilities (sf_probability()) of loss in the good [0] and in the bad state … */
  guint64 leave[2]; /* … and of leaving it */
  guint64 duplicate, reorder, corrupt;
} SfDirectionParams;

/* The addresses of a host. */
typedef struct
{
  guint32 first, last;
  guint16 host;
} SfAddressRange;

typedef struct
{
  GArray *hosts;        /* SfHostPlan */
  GArray *links;        /* SfLinkPlan */
  GArray *programs;     /* SfProgram */
  GArray *processes;    /* SfProcessPlan: what runs where from the start */
  GArray *faults;       /* SfFaultRule: for segments */
  GArray *timed_faults; /* SfTimedFault: at instants */
  GPtrArray *texts;     /* char *: literal texts that applications send */

  /* Made by sf_plan_finish(): */
  guint16 *route;                      /* [from × n_hosts + to]: 1 + direction of the first hop, 0 for none */
  SfDirectionParams *direction_params; /* by number of the direction */
  SfAddressRange *addresses;           /* in ascending order */
  guint n_addresses;
} SfPlan;

SfPlan *sf_plan_new (void);
void sf_plan_free (SfPlan *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfPlan, sf_plan_free)

/* Adds a host (or router) called `name` (copied) with `n_addrs` addresses from `addr` on (0: one), and returns its
 * index. `profile` NULL: rfc9293. */
guint16 sf_plan_add_host (SfPlan *plan, const char *name, guint32 addr, guint32 n_addrs, const SfProfile *profile);
guint16 sf_plan_add_router (SfPlan *plan, const char *name);

/* Adds a router that translates the addresses of the hosts behind it to `addr`, and returns its index. `mapping` NULL:
 * the time-outs of RFC 5382, and no RST. */
guint16 sf_plan_add_nat (SfPlan *plan, const char *name, guint32 addr, const SfNatPlan *mapping);

/* Puts `host` behind router `nat`, to which all its links must lead. */
void sf_plan_put_behind (SfPlan *plan, guint16 host, guint16 nat);

/* Adds a link between hosts `a` and `b` that behaves the same both ways; returns its index. */
guint16 sf_plan_add_link (SfPlan *plan, guint16 a, guint16 b, const SfDirectionPlan *both);

/* Adds a program of the `n` steps `steps` (copied); returns its index. */
guint32 sf_plan_add_program (SfPlan *plan, const SfStep *steps, guint n);

/* Adds a process that runs `program` on `host` from time 0; returns its number. */
guint32 sf_plan_add_process (SfPlan *plan, guint16 host, guint32 program);

/* Completes `plan` with the parameters of links, the addresses and the routes. The best route has the least sum of
 * delays, then the fewest hops, then the lowest number of its first link. Only routers forward; links that are down at
 * the start count. Call it once, when everything is added and before the first world is made: later changes have no
 * effect. */
void sf_plan_finish (SfPlan *plan);

/* Returns host number `i`. */
static inline const SfHostPlan *
sf_plan_host (const SfPlan *plan, guint i)
{
  return &g_array_index (plan->hosts, SfHostPlan, i);
}

/* Returns the host that has `addr`, SF_NO_HOST if none; `plan` is finished. */
guint16 sf_plan_host_of (const SfPlan *plan, guint32 addr);
