/* SPDX-License-Identifier: MIT
 *
 * A listener (RFC 9293 §3.10.1, passive OPEN) and its two queues. The SYN queue is only a count of embryonic
 * connections, since the 4-tuple table finds them. The accept queue has the established connections that wait for
 * accept(), in order.
 */
#pragma once

#include "models/tcp/tcb.h"

/* Returns the listener of `port` at `host`, 0 if there is none. */
guint32 sf_listener_find (const SfNet *net, guint16 host, guint16 port);

static inline SfListener *
sf_listener (const SfNet *net, guint32 handle)
{
  return sf_pool_at (&net->listeners, handle);
}

/* Returns how many connections the accept queue holds. */
static inline guint64
sf_listener_queue_length (const SfNet *net, const SfListener *listener)
{
  return (guint64) listener->backlog + (guint64) sf_plan_host (net->plan, listener->host)->profile.backlog_extra;
}

/* TRUE if the accept queue is full. */
static inline gboolean
sf_listener_is_full (const SfNet *net, const SfListener *listener)
{
  return listener->n_queued >= sf_listener_queue_length (net, listener);
}

/* TRUE if a SYN may open one more embryonic connection: neither queue is full. */
static inline gboolean
sf_listener_has_room (const SfNet *net, const SfListener *listener)
{
  const SfProfile *profile = &sf_plan_host (net->plan, listener->host)->profile;
  guint64 most = (guint64) profile->syn_queue;

  if (profile->syn_queue_by_backlog && profile->syn_cookies == SF_COOKIES_NEVER)
    most = MIN (most, sf_listener_queue_length (net, listener));
  return (profile->syn_when_queue_full || !sf_listener_is_full (net, listener)) && listener->n_embryonic < most;
}

/* Puts the established connection `conn` into the accept queue of its listener and wakes the owner. */
void sf_listener_enqueue (SfNet *net, guint32 conn);

/* Removes `conn` from the accept queue, wherever in it it is. */
void sf_listener_dequeue (SfNet *net, guint32 conn);

/* Deletes the listener; its connections must be gone. */
void sf_listener_delete (SfNet *net, guint32 handle);
