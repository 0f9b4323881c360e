/* SPDX-License-Identifier: MIT
 *
 * Limits of the scenario language. The range of a single key is in its row (lab/language/keys.inc).
 */
#pragma once

#include "sim/instant.h"

/* These keep a scenario within the memory of a machine: the table of routes grows with the square of the nodes. */
#define SF_MAX_NODES 4096
#define SF_MAX_LINKS 8192
#define SF_MAX_FAULTS 10000
#define SF_MAX_STEPS 1000000
#define SF_MAX_VARIANTS 1000 /* each variant loads the whole scenario again */
#define SF_MAX_SETS 1000     /* of a variant */

/* Maximum number of values of a parameter, and of runs at a point, of a sweep: more must be a mistake. */
#define SF_MOST_VALUES 100000
#define SF_MOST_REPLICATIONS G_GINT64_CONSTANT (1000000000)

/* The longest duration, and the latest instant, that can be written. */
#define SF_LONGEST (SF_SEC * 86400 * 365)

/* The largest number of bytes: of a send, a buffer, a queue. */
#define SF_MOST_BYTES (G_GINT64_CONSTANT (1) << 40)
