/* SPDX-License-Identifier: MIT
 *
 * Bounds of what a scenario can say. Those of a single key stand in its row (lab/language/keys.inc).
 */
#pragma once

#include "sim/instant.h"

/* They keep a scenario within what a machine can hold: the table of routes is quadratic in the nodes. */
#define SF_MAX_NODES 4096
#define SF_MAX_LINKS 8192
#define SF_MAX_FAULTS 10000
#define SF_MAX_STEPS 1000000
#define SF_MAX_VARIANTS 1000 /* each is loaded as a whole */
#define SF_MAX_SETS 1000     /* of a variant */

/* Values of a parameter of a sweep, and runs at a point: more must be a mistake. */
#define SF_MOST_VALUES 100000
#define SF_MOST_REPLICATIONS G_GINT64_CONSTANT (1000000000)

/* The longest duration and the latest instant that can be written. */
#define SF_LONGEST (SF_SEC * 86400 * 365)

/* The largest amount of bytes: of a send, a buffer, a queue. */
#define SF_MOST_BYTES (G_GINT64_CONSTANT (1) << 40)
