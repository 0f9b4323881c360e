/* SPDX-License-Identifier: MIT
 *
 * The parts of the scenario loader, in the order in which they run. Each reads one section of the document into the
 * plan, and may rely on the parts before it. Private to lab/.
 */
#pragma once

#include "lab/language/limits.h"
#include "lab/language/read_keys.h"
#include "lab/language/scenario.h"

/* A host, or a router that translates, as written. It is kept until all addresses are known. */
typedef struct
{
  const SfNode *key;
  const SfNode *address; /* NULL: none written, one will be chosen */
  guint32 addr, n;
  SfProfile profile;
  SfNatPlan nat;
} SfHostDraft;

/* A `when`: the end of a connection at `host` is in `state`. */
typedef struct
{
  guint16 host;
  guint8 state;
} SfEndState;

/* An item of `script` in its list form, but its steps, which are read after it. */
typedef struct
{
  const char *name; /* NULL: the name of the host */
  SfTime start;
  guint16 host;
  gboolean go_on; /* after a failed call */
} SfProcessDraft;

/* Loads the keys `profile`, `tcp`, `hosts` and `routers` of `root`. */
gboolean sf_load_hosts (const SfNode *root, SfPlan *plan, SfDiagnostics *diag);

/* Applies `node`, a mapping of TCP overrides, to `profile`; NULL: none. */
gboolean sf_load_tcp (const SfNode *node, SfDiagnostics *diag, SfProfile *profile);

/* Loads the key `links` of `root`. */
gboolean sf_load_links (const SfNode *root, SfPlan *plan, SfDiagnostics *diag);

/* Loads the value of `faults`: the faults and their texts. */
gboolean sf_load_faults (const SfNode *list, SfScenario *scenario, SfDiagnostics *diag);

/* Loads the value of `script`. */
gboolean sf_load_script (const SfNode *script, SfPlan *plan, SfDiagnostics *diag);

/* Returns the line of `node`, which steps and rules keep; 0 if an option has put `node` there. */
guint32 sf_load_line (const SfNode *node);

/* Readers of keys whose values have a form of their own. The rows of the keys tell what each reads. */
SfKeyReader sf_read_jitter, sf_read_loss, sf_read_queue;
SfKeyReader sf_read_exact_flags, sf_read_more_flags, sf_read_length, sf_read_when, sf_read_nth;
SfKeyReader sf_read_chance, sf_read_forged, sf_read_timestamps, sf_read_absolute;
SfKeyReader sf_read_process_name;
