/* SPDX-License-Identifier: MIT */
#pragma once

#include "models/tcp/tcb.h"

/* Chooses the initial sequence number of `tcb` as its profile says (RFC 9293 §3.4.1, RFC 6528). */
SfSeq sf_isn_choose (SfNet *net, const SfTcb *tcb);

/* A number that depends on the 4-tuple of `tcb` and on the host's secret: F() of RFC 6528 section 3. */
guint64 sf_isn_secret (const SfNet *net, const SfTcb *tcb);
