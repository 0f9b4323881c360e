/* SPDX-License-Identifier: MIT
 *
 * One direction of a link at work: a transmitter with a drop-tail queue before it, a wire with a propagation delay
 * behind it, and random loss, corruption, duplication and reordering.
 *
 * A segment that is put on the link meets, in this order:
 *
 *  1. the link is down: lost;
 *  2. the loss model draws a random number for every segment that is offered, so losses do not depend on the queue;
 *  3. the queue: it holds the segments that have not begun transmission. One that finds it full is dropped (and is
 *     reported as lost if the loss model had decided so already);
 *  4. the transmitter, from the instant at which it is free, for the bytes of the segment at the rate of the link,
 *     rounded up to a nanosecond. Loss happens on the wire: a lost segment has taken its time here;
 *  5. the wire: propagation, jitter (negative counts as 0), then corruption, duplication (the copy arrives right behind
 *     the original and takes no transmission time) and reordering (the original, not the copy, is held back).
 *
 * Segments that keep their order are in a ring, and only the first has an event in the queue. A segment that may be
 * overtaken, or overtake, has an event of its own. Of segments that arrive at one instant over several links, the one
 * that has been first in its ring for longest is handled first.
 *
 * When the link goes down, or the host before it crashes, the transmitter stops: the segment in it and those in the
 * queue are lost, those on the wire still arrive.
 */
#pragma once

#include "models/net.h"

/* Prepares direction number `dir`. `direction` is zero-filled. */
void sf_link_init (SfLinkDirection *direction, guint dir, const SfPlan *plan);
void sf_link_clear (SfLinkDirection *direction);

/* Makes `direction` as it was at the start, reusing its memory. */
void sf_link_reset (SfLinkDirection *direction, guint dir, const SfPlan *plan);

/* Makes `copy` the same as `direction`, reusing its memory. */
void sf_link_copy (SfLinkDirection *copy, const SfLinkDirection *direction);

/* Puts segment `handle` on `dir`. */
void sf_link_send (SfNet *net, guint dir, guint32 handle);

/* Stops the transmitter of `dir`: the segments that have not left it completely are lost, with `fate`. */
void sf_link_cut (SfNet *net, guint dir, SfFate fate);

/* Takes both directions of `link` down or up. Does nothing if they are so already. */
void sf_link_set_down (SfNet *net, guint link, gboolean down);

/* Handler of SF_EVENT_LINK_ARRIVAL. */
void sf_link_arrival_event (SfSim *sim, guint32 dir);
