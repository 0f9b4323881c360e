/* SPDX-License-Identifier: MIT
 *
 * A random simulation, from a seed: two hosts, a link that loses, duplicates, reorders and corrupts, and some clients
 * that exchange random amounts with a server, in random order. There are no SYN cookies: with them, the first segment
 * to arrive must be the one after the SYN, so reordering would reset connections.
 */
#pragma once

#include "models/net.h"

/* Returns the plan for `seed`. Applications in it never abort. */
SfPlan *lossy_plan (guint32 seed);

/* Appends a line for `record` to `log`. */
void lossy_log (GString *log, const SfRecord *record);
