/* SPDX-License-Identifier: MIT
 *
 * What is true of every connection between two events, whatever has arrived: for tests and fuzzing. Nothing here is
 * called by the simulator itself.
 */
#pragma once

#include "models/tcp/tcb.h"

/* Returns what is wrong with connection or shell `conn`, NULL if nothing. */
const char *sf_tcb_complaint (const SfNet *net, guint32 conn);

/* Returns what is wrong with any connection or listener of `net`, NULL if nothing. */
const char *sf_tcp_complaint (const SfNet *net);
