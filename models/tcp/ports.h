/* SPDX-License-Identifier: MIT */
#pragma once

#include "models/tcp/tcb.h"

/* Finds a local port for an active open of `tcb` (laddr, raddr and rport set) and stores it in tcb->lport. Returns 0,
 * or EADDRNOTAVAIL if every port of the range is taken (RFC 6056 §3.3). A connection in TIME-WAIT still
 * takes its port. */
int sf_ports_choose (SfNet *net, SfTcb *tcb);
