/* SPDX-License-Identifier: MIT
 *
 * Invariants: what is true of every connection between two events, whatever segments have arrived. For tests and
 * fuzzing; the simulator itself does not call them.
 */
#pragma once

#include "models/tcp/tcb.h"

/* Returns the invariant that connection `conn`, in any state, violates; NULL if none. */
const char *sf_tcb_complaint (const SfNet *net, guint32 conn);

/* Returns an invariant that any connection or listener of `net` violates; NULL if none. */
const char *sf_tcp_complaint (const SfNet *net);
