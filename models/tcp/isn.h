/* SPDX-License-Identifier: MIT */
#pragma once

#include "models/tcp/tcb.h"

/* Chooses the initial sequence number of `tcb` as its profile says (RFC 9293 §3.4.1, RFC 6528). */
SfSeq sf_isn_choose (SfNet *net, const SfTcb *tcb);
