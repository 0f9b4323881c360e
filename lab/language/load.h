/* SPDX-License-Identifier: MIT
 *
 * The parts of the scenario loader, in the order in which they run: each reads one section of the document into the
 * plan of the scenario and may rely on what those before it have put there. Private to lab/.
 */
#pragma once

#include "lab/language/scenario.h"

/* Bounds that keep a scenario within what a machine can hold: the table of routes is quadratic in the nodes. */
#define SF_MAX_NODES 4096
#define SF_MAX_LINKS 8192
#define SF_MAX_FAULTS 10000
#define SF_MAX_STEPS 1000000
#define SF_MAX_VARIANTS 1000 /* each is loaded as a whole */
#define SF_MAX_SETS 1000     /* of a variant */

/* The longest duration and the latest instant that can be written. */
#define SF_LONGEST (SF_SEC * 86400 * 365)

/* The largest amount of bytes: of a send, a buffer, a queue. */
#define SF_MOST_BYTES (G_GINT64_CONSTANT (1) << 40)

/* profile, tcp, hosts, routers. */
gboolean sf_load_hosts (const SfNode *root, SfPlan *plan, SfDiagnostics *diag);

/* A mapping of TCP overrides, applied to `profile`; NULL: none. */
gboolean sf_load_tcp (const SfNode *node, SfDiagnostics *diag, SfProfile *profile);

/* links. */
gboolean sf_load_links (const SfNode *root, SfPlan *plan, SfDiagnostics *diag);

/* A jitter; NULL leaves both alone. */
gboolean sf_load_jitter (const SfNode *node, SfDiagnostics *diag, gboolean *ret_has, SfDist *ret_jitter);

/* faults, with their texts. */
gboolean sf_load_faults (const SfNode *list, SfScenario *scenario, SfDiagnostics *diag);

/* script. */
gboolean sf_load_script (const SfNode *script, SfPlan *plan, SfDiagnostics *diag);

/* The line that a step or rule remembers: 0 for what an option has put there. */
guint32 sf_load_line (const SfNode *node);
