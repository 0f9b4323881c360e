/* SPDX-License-Identifier: MIT
 *
 * SYN cookies (RFC 4987 §3.6): the state of an embryonic connection, put into the ISS of the SYN-ACK. Five bits tell
 * the time (64 s each), three the MSS; the rest is a keyed hash. Options other than the MSS are lost: that is their
 * price.
 */
#pragma once

#include "models/tcp/tcb.h"

/* Returns the cookie for `seg`, a SYN that arrived at `host`. */
SfSeq sf_cookie_make (const SfNet *net, guint16 host, const SfSegment *seg);

/* TRUE if the acknowledgment of `seg` is for a cookie made not long ago; `*ret_mss` is what it remembers. */
gboolean sf_cookie_check (const SfNet *net, guint16 host, const SfSegment *seg, guint16 *ret_mss);
