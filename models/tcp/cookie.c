/* SPDX-License-Identifier: MIT */
#include "models/tcp/cookie.h"

#define COOKIE_TICK (64 * SF_SEC)
#define COOKIE_TICKS 32u /* five bits of time */
#define COOKIE_LIFE 2u   /* ticks for which a cookie is valid */

/* The values of the MSS that a cookie can have: it gets the largest that is not greater than the peer's. */
static const guint16 sizes[8] = { 64, 536, 1024, 1220, 1300, 1440, 1460, 8960 };

static guint32
tick_of (const SfNet *net)
{
  return (guint32) (net->sim.now / COOKIE_TICK) % COOKIE_TICKS;
}

/* Returns a keyed hash, of 24 bits, of the 4-tuple, the peer's ISS and the time. */
static guint32
hash (const SfNet *net, guint16 host, const SfSegment *seg, SfSeq peer_iss, guint32 tick)
{
  guint64 addresses = (guint64) seg->src << 32 | seg->dst;
  SfRandom random = {
    .stream = net->hosts[host].isn.stream ^ addresses * G_GUINT64_CONSTANT (0xd6e8feb86659fd93),
    .n = (guint64) peer_iss.v << 32 | ((guint32) seg->sport << 16 | seg->dport),
  };

  return (guint32) (sf_random_u64 (&random, &net->sim.seed) >> tick) & 0xffffff;
}

SfSeq
sf_cookie_make (const SfNet *net, guint16 host, const SfSegment *seg)
{
  guint16 mss = seg->options & SF_OPT_MSS ? seg->mss : (guint16) sf_plan_host (net->plan, host)->profile.default_mss;
  guint32 size = 0, tick = tick_of (net);

  while (size + 1 < G_N_ELEMENTS (sizes) && sizes[size + 1] <= mss)
    size++;
  return sf_seq (hash (net, host, seg, seg->seq, tick) << 8 | tick << 3 | size);
}

gboolean
sf_cookie_check (const SfNet *net, guint16 host, const SfSegment *seg, guint16 *ret_mss)
{
  guint32 cookie = seg->ack.v - 1, tick = (cookie >> 3) % COOKIE_TICKS;

  if ((tick_of (net) - tick) % COOKIE_TICKS >= COOKIE_LIFE)
    return FALSE;
  if (hash (net, host, seg, sf_seq_sub (seg->seq, 1), tick) != cookie >> 8)
    return FALSE;
  *ret_mss = sizes[cookie & 7];
  return TRUE;
}
