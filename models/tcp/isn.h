/* SPDX-License-Identifier: MIT */
#pragma once

#include "models/tcp/tcb.h"

/* Returns an initial sequence number for `tcb`, chosen by the method of its profile (RFC 9293 §3.4.1, RFC 6528). */
SfSeq sf_isn_choose (SfNet *net, const SfTcb *tcb);
