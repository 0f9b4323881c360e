/* SPDX-License-Identifier: MIT
 *
 * Hosts and routers at work: what becomes of a segment that arrives, and crashes.
 *
 * A segment for another node goes on by the routes; on its way it may meet a node that has crashed, and is lost
 * there. A segment that a host sends to itself arrives at the same instant, by an event of its own.
 */
#pragma once

#include "models/net.h"

/* Prepares host number `index`; `host` is zero-filled. */
void sf_host_init (SfHost *host, guint index, const SfPlan *plan);

/* Back to the start. */
void sf_host_reset (SfHost *host, guint index, const SfPlan *plan);

/* Sends segment `handle` on from host `at` toward its destination. */
void sf_host_forward (SfNet *net, guint16 at, guint32 handle);

/* Segment `handle` arrives at host `at`. */
void sf_host_arrive (SfNet *net, guint16 at, guint32 handle);

/* Handler of SF_EVENT_SEGMENT_ARRIVAL. */
void sf_host_segment_event (SfSim *sim, guint32 handle);

/* Lets host `index` crash: connections and processes vanish without a segment. Does nothing if it is down. */
void sf_host_crash (SfNet *net, guint16 index);

/* Starts host `index` anew, with new clocks and processes. Does nothing if it is up. */
void sf_host_reboot (SfNet *net, guint16 index);
