/* SPDX-License-Identifier: MIT
 *
 * The state of hosts and routers: segments that arrive at them, crashes and reboots.
 *
 * A node forwards a segment for another node by the routes. A segment that arrives at a node that has crashed is lost.
 * A segment that a host sends to itself arrives at the same instant, by an event of its own.
 */
#pragma once

#include "models/net.h"

/* Prepares host number `index`; `host` is zero-filled. */
void sf_host_init (SfHost *host, guint index, const SfPlan *plan);

/* Makes `host` as it was at the start. */
void sf_host_reset (SfHost *host, guint index, const SfPlan *plan);

/* Puts segment `handle` on the link from node `at` toward its destination. */
void sf_host_forward (SfNet *net, guint16 at, guint32 handle);

/* Handles the arrival of segment `handle` at node `at`: delivers it there, or forwards it. */
void sf_host_arrive (SfNet *net, guint16 at, guint32 handle);

/* Handler of SF_EVENT_SEGMENT_ARRIVAL. */
void sf_host_segment_event (SfSim *sim, guint32 handle);

/* Crashes host `index`: connections and processes vanish without a segment. Does nothing if it is down. */
void sf_host_crash (SfNet *net, guint16 index);

/* Starts host `index` again, with new clocks and processes. Does nothing if it is up. */
void sf_host_reboot (SfNet *net, guint16 index);
