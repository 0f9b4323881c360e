/* SPDX-License-Identifier: MIT
 *
 * SYN cookies (RFC 4987 §3.6): the ISS of the SYN-ACK has the state of an embryonic connection. Five bits are the time
 * in units of 64 s, three the MSS, the others a keyed hash. There is no room for other options, so they are lost.
 */
#pragma once

#include "models/tcp/tcb.h"

/* Returns the cookie for `seg`, a SYN that arrived at `host`. */
SfSeq sf_cookie_make (const SfNet *net, guint16 host, const SfSegment *seg);

/* TRUE if `seg` acknowledges a cookie that `host` has made recently; `*ret_mss` is the MSS in it. */
gboolean sf_cookie_check (const SfNet *net, guint16 host, const SfSegment *seg, guint16 *ret_mss);
