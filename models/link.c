/* SPDX-License-Identifier: MIT */
#include "models/link.h"

#include "models/host.h"

/* No jitter lasts longer than this: 31 years, more than any simulation. */
#define LONGEST_JITTER (1e9 * SF_SEC)

static gboolean
starts_down (guint dir, const SfPlan *plan)
{
  return g_array_index (plan->links, SfLinkPlan, dir / 2).down;
}

void
sf_link_init (SfLinkDirection *direction, guint dir, const SfPlan *plan)
{
  sf_ring_init (&direction->in_flight, sizeof (SfInFlight));
  sf_ring_init (&direction->departing, sizeof (SfDeparting));
  sf_ring_init (&direction->queue, sizeof (SfWaiting));
  direction->loss.stream = sf_random_stream ("link.loss", dir);
  direction->jitter.stream = sf_random_stream ("link.jitter", dir);
  direction->duplicate.stream = sf_random_stream ("link.duplicate", dir);
  direction->reorder.stream = sf_random_stream ("link.reorder", dir);
  direction->corrupt.stream = sf_random_stream ("link.corrupt", dir);
  direction->down = starts_down (dir, plan);
}

void
sf_link_clear (SfLinkDirection *direction)
{
  sf_ring_clear (&direction->in_flight);
  sf_ring_clear (&direction->departing);
  sf_ring_clear (&direction->queue);
}

void
sf_link_reset (SfLinkDirection *direction, guint dir, const SfPlan *plan)
{
  sf_ring_reset (&direction->in_flight);
  sf_ring_reset (&direction->departing);
  sf_ring_reset (&direction->queue);
  direction->arrival = 0;
  direction->queued_bytes = 0;
  direction->busy_until = direction->last_arrival = 0;
  direction->down = starts_down (dir, plan);
  direction->bad = FALSE;
  direction->loss.n = direction->jitter.n = direction->duplicate.n = 0;
  direction->reorder.n = direction->corrupt.n = 0;
}

void
sf_link_copy (SfLinkDirection *copy, const SfLinkDirection *direction)
{
  SfRing in_flight = copy->in_flight, departing = copy->departing, queue = copy->queue;

  sf_ring_copy (&in_flight, &direction->in_flight);
  sf_ring_copy (&departing, &direction->departing);
  sf_ring_copy (&queue, &direction->queue);
  *copy = *direction;
  copy->in_flight = in_flight;
  copy->departing = departing;
  copy->queue = queue;
}

/* --- transmitter --- */

/* Returns the nanoseconds that transmitting `bytes` takes, rounded up. 64 bits are enough for a gigabyte. */
static inline SfTime
transmission_time (const SfDirectionParams *params, guint64 bytes)
{
  if (G_LIKELY (params->exact))
    return (SfTime) (bytes * params->ns_per_byte);
  return (SfTime) ((bytes * (8 * SF_SEC) + params->rate - 1) / params->rate);
}

/* Takes the segments whose transmission has begun by `now` out of the queue. */
static inline void
remove_begun (SfLinkDirection *direction, SfTime now)
{
  while (direction->queue.len > 0)
    {
      const SfWaiting *first = sf_ring_at (&direction->queue, 0);

      if (first->begins > now)
        break;
      direction->queued_bytes -= first->bytes;
      sf_ring_drop_first (&direction->queue);
    }
}

/* Adds a segment to the queue; FALSE if it is full. */
static inline gboolean
wait_in_queue (SfLinkDirection *direction, const SfDirectionParams *params, SfTime now, SfTime begins, guint bytes)
{
  remove_begun (direction, now);
  if (direction->queue.len >= params->max_segments || bytes > params->max_bytes
      || direction->queued_bytes > params->max_bytes - bytes)
    return FALSE;
  *(SfWaiting *) sf_ring_add (&direction->queue) = (SfWaiting){ .begins = begins, .bytes = bytes };
  direction->queued_bytes += bytes;
  return TRUE;
}

/* Transmits a segment of `bytes` after those in the queue; FALSE if it must wait but the queue is full. */
static inline gboolean
transmit (SfLinkDirection *direction, const SfDirectionParams *params, SfTime now, guint bytes)
{
  SfTime begins = MAX (now, direction->busy_until);

  if (params->limited && begins > now && !wait_in_queue (direction, params, now, begins, bytes))
    return FALSE;
  direction->busy_until = sf_time_add (begins, transmission_time (params, bytes));
  return TRUE;
}

/* --- random events --- */

static G_GNUC_NO_INLINE gboolean
draw_loss (SfLinkDirection *direction, const SfDirectionParams *params, const SfSeed *seed)
{
  gboolean lost = sf_random_hit (&direction->loss, seed, params->loss[direction->bad]);

  if (params->plan->loss.kind == SF_LOSS_GILBERT_ELLIOTT
      && sf_random_hit (&direction->loss, seed, params->leave[direction->bad]))
    direction->bad = !direction->bad;
  return lost;
}

/* Returns `arrival`, the time at which a segment would arrive without jitter, with jitter added. */
static SfTime
add_jitter (SfLinkDirection *direction, const SfDirectionParams *params, const SfSeed *seed, SfTime arrival)
{
  double jitter = sf_random_draw (&direction->jitter, seed, &params->plan->jitter);

  if (jitter > 0)
    arrival = sf_time_add (arrival, (SfTime) MIN (jitter, LONGEST_JITTER));
  if (!params->plan->jitter_reorders)
    {
      arrival = MAX (arrival, direction->last_arrival);
      direction->last_arrival = arrival;
    }
  return arrival;
}

static gboolean
hits (SfNet *net, SfRandom *random, guint64 threshold)
{
  return threshold != 0 && sf_random_hit (random, &net->sim.seed, threshold);
}

static void
trace_fate (const SfNet *net, const SfDirectionParams *params, const SfSegment *seg, SfFate fate)
{
  if (sf_net_traced (net))
    sf_net_trace_fate (net, seg,
                       &(SfRecord){
                         .host = SF_NO_HOST,
                         .fate = { .fate = fate, .link = params->link, .rule = -1 },
                       });
}

static void
lose (SfNet *net, const SfDirectionParams *params, guint32 handle, SfFate fate)
{
  trace_fate (net, params, sf_net_segment (net, handle), fate);
  sf_pool_give (&net->segments, handle);
}

/* --- wire --- */

/* Limits an arrival time: SF_NEVER is not an instant. */
static inline SfTime
limit_arrival (SfTime at)
{
  return MIN (at, SF_NEVER - 1);
}

/* Puts segment `handle` behind those in flight in `direction`. Only the first of them has an arrival event. */
static inline void
append (SfNet *net, SfLinkDirection *direction, guint dir, guint32 handle, SfTime arrives_at)
{
  *(SfInFlight *) sf_ring_add (&direction->in_flight) = (SfInFlight){ .arrives_at = arrives_at,
                                                                      .departs_at = direction->busy_until,
                                                                      .segment = handle };
  if (direction->in_flight.len == 1)
    direction->arrival = sf_queue_add (&net->sim.queue, arrives_at, SF_EVENT_LINK_ARRIVAL, dir);
}

/* Gives segment `handle` an arrival event of its own, so that it may overtake and be overtaken. */
static void
add_own_event (SfNet *net, SfLinkDirection *direction, guint32 handle)
{
  guint32 event = sf_queue_add (&net->sim.queue, sf_net_segment (net, handle)->arrives_at, SF_EVENT_SEGMENT_ARRIVAL,
                                handle);

  while (direction->departing.len > 0
         && ((const SfDeparting *) sf_ring_at (&direction->departing, 0))->departs_at <= net->sim.now)
    sf_ring_drop_first (&direction->departing);
  if (direction->busy_until > net->sim.now)
    *(SfDeparting *) sf_ring_add (&direction->departing) = (SfDeparting){ .departs_at = direction->busy_until,
                                                                          .event = event };
}

/* Makes a copy of `seg` and returns its handle. */
static guint32
duplicate (SfNet *net, const SfDirectionParams *params, const SfSegment *seg)
{
  guint32 handle = sf_pool_take_unset (&net->segments);
  SfSegment *copy = sf_net_segment (net, handle);

  *copy = *seg;
  sf_net_make_copy (net, copy);
  if (sf_net_traced (net))
    sf_net_trace_fate (net, seg,
                       &(SfRecord){
                         .host = SF_NO_HOST,
                         .fate = { .fate = SF_FATE_COPIED, .link = params->link, .rule = -1, .copy = *copy },
                       });
  return handle;
}

static void
hold_back (SfNet *net, const SfDirectionParams *params, SfSegment *seg)
{
  seg->arrives_at = limit_arrival (sf_time_add (seg->arrives_at, params->plan->reorder_by));
  if (sf_net_traced (net))
    sf_net_trace_fate (
      net, seg,
      &(SfRecord){
        .host = SF_NO_HOST,
        .fate = { .fate = SF_FATE_DELAYED, .link = params->link, .rule = -1, .until = seg->arrives_at },
      });
}

/* Sends segment `handle` over a wire with jitter, corruption, duplication or reordering. Its `arrives_at` is set as for
 * a wire without them. */
static G_GNUC_NO_INLINE void
travel_at_random (SfNet *net, SfLinkDirection *direction, guint dir, guint32 handle)
{
  const SfDirectionParams *params = &net->plan->direction_params[dir];
  SfSegment *seg = sf_net_segment (net, handle);
  gboolean own_events = params->plan->has_jitter && params->plan->jitter_reorders;
  gboolean held_back;
  guint32 copy = 0;
  SfTime arrives_at;

  if (params->plan->has_jitter)
    seg->arrives_at = limit_arrival (add_jitter (direction, params, &net->sim.seed, seg->arrives_at));
  if (hits (net, &direction->corrupt, params->corrupt))
    {
      seg->marks |= SF_SEG_CORRUPT;
      trace_fate (net, params, seg, SF_FATE_CORRUPTED);
    }
  arrives_at = seg->arrives_at;
  if (hits (net, &direction->duplicate, params->duplicate))
    copy = duplicate (net, params, seg);
  held_back = hits (net, &direction->reorder, params->reorder);
  if (held_back)
    hold_back (net, params, seg);

  if (own_events || held_back)
    add_own_event (net, direction, handle);
  else
    append (net, direction, dir, handle, arrives_at);
  if (copy != 0 && own_events)
    add_own_event (net, direction, copy);
  else if (copy != 0)
    append (net, direction, dir, copy, arrives_at);
}

void
sf_link_send (SfNet *net, guint dir, guint32 handle)
{
  SfLinkDirection *direction = &net->directions[dir];
  const SfDirectionParams *params = &net->plan->direction_params[dir];
  SfSegment *seg = sf_net_segment (net, handle);
  gboolean lost = FALSE;

  if (G_UNLIKELY (direction->down))
    {
      lose (net, params, handle, SF_FATE_LINK_DOWN);
      return;
    }
  if (G_UNLIKELY (params->loses))
    lost = draw_loss (direction, params, &net->sim.seed);
  if (G_UNLIKELY (!transmit (direction, params, net->sim.now, sf_segment_wire_bytes (seg))))
    {
      lose (net, params, handle, lost ? SF_FATE_LOST : SF_FATE_QUEUE_FULL);
      return;
    }
  if (G_UNLIKELY (lost))
    {
      lose (net, params, handle, SF_FATE_LOST);
      return;
    }
  seg->via = (guint16) dir;
  seg->arrives_at = limit_arrival (sf_time_add (direction->busy_until, params->delay));
  if (G_UNLIKELY (params->random))
    travel_at_random (net, direction, dir, handle);
  else
    append (net, direction, dir, handle, seg->arrives_at);
}

void
sf_link_arrival_event (SfSim *sim, guint32 dir)
{
  SfNet *net = (SfNet *) sim;
  SfLinkDirection *direction = &net->directions[dir];
  const SfInFlight *arrived = sf_ring_at (&direction->in_flight, 0);
  guint32 handle = arrived->segment;

  sf_ring_drop_first (&direction->in_flight);
  direction->arrival = 0;
  if (direction->in_flight.len > 0)
    {
      const SfInFlight *next = sf_ring_at (&direction->in_flight, 0);

      direction->arrival = sf_queue_add (&sim->queue, next->arrives_at, SF_EVENT_LINK_ARRIVAL, dir);
    }
  sf_host_arrive (net, net->plan->direction_params[dir].far, handle);
}

/* Loses the segments in flight that keep their order and have not departed: the last in the ring. */
static void
lose_in_order (SfNet *net, SfLinkDirection *direction, const SfDirectionParams *params, SfFate fate)
{
  guint32 n_gone = 0;

  while (n_gone < direction->in_flight.len
         && ((const SfInFlight *) sf_ring_at (&direction->in_flight, n_gone))->departs_at <= net->sim.now)
    n_gone++;
  for (guint32 i = n_gone; i < direction->in_flight.len; i++)
    lose (net, params, ((const SfInFlight *) sf_ring_at (&direction->in_flight, i))->segment, fate);
  sf_ring_truncate (&direction->in_flight, n_gone);
  if (n_gone == 0 && direction->arrival != 0)
    {
      sf_queue_remove (&net->sim.queue, direction->arrival);
      direction->arrival = 0;
    }
}

/* Loses the segments with an arrival event of their own that have not departed. */
static void
lose_out_of_order (SfNet *net, SfLinkDirection *direction, const SfDirectionParams *params, SfFate fate)
{
  for (guint32 i = 0; i < direction->departing.len; i++)
    {
      const SfDeparting *departing = sf_ring_at (&direction->departing, i);

      if (departing->departs_at <= net->sim.now)
        continue;
      lose (net, params, sf_queue_event (&net->sim.queue, departing->event)->target, fate);
      sf_queue_remove (&net->sim.queue, departing->event);
    }
  sf_ring_reset (&direction->departing);
}

void
sf_link_cut (SfNet *net, guint dir, SfFate fate)
{
  SfLinkDirection *direction = &net->directions[dir];
  const SfDirectionParams *params = &net->plan->direction_params[dir];

  if (direction->busy_until <= net->sim.now)
    return;
  lose_in_order (net, direction, params, fate);
  lose_out_of_order (net, direction, params, fate);
  sf_ring_reset (&direction->queue);
  direction->queued_bytes = 0;
  direction->busy_until = net->sim.now;
}

void
sf_link_set_down (SfNet *net, guint link, gboolean down)
{
  if (net->directions[2 * link].down == down)
    return;
  net->directions[2 * link].down = net->directions[2 * link + 1].down = down;
  if (sf_net_traced (net))
    sf_net_trace (net, SF_RECORD_LINK,
                  &(SfRecord){
                    .host = SF_NO_HOST,
                    .link = { .link = (guint16) link, .up = !down },
                  });
  if (down)
    for (guint i = 0; i < 2; i++)
      sf_link_cut (net, 2 * link + i, SF_FATE_LINK_DOWN);
}
