/* SPDX-License-Identifier: MIT
 *
 * A world drawn from a seed: two hosts, a link that loses, duplicates, reorders and corrupts, and some clients that
 * exchange
 * random amounts with a server, in random order. No SYN cookies: where segments overtake each other they reset
 * connections, as the
 * first segment that comes must be the one behind the SYN.
 */
#pragma once

#include "models/net.h"

/* Returns the plan number `seed`; nobody in it gives up of his own will. */
SfPlan *lossy_plan (guint32 seed);

/* Appends a line for `record` to `log`. */
void lossy_log (GString *log, const SfRecord *record);
