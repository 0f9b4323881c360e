/* SPDX-License-Identifier: MIT
 *
 * The parts of the scenario loader, in the order in which they run: each reads one section of the document into the
 * plan of the scenario and may rely on what those before it have put there. Private to lab/.
 */
#pragma once

#include "lab/language/limits.h"
#include "lab/language/read_keys.h"
#include "lab/language/scenario.h"

/* A host, or a router that translates, as written, until all addresses are known. */
typedef struct
{
  const SfNode *key;
  const SfNode *address; /* NULL: to be chosen */
  guint32 addr, n;
  SfProfile profile;
} SfHostDraft;

/* `when`: the state of the end at a host. */
typedef struct
{
  guint16 host;
  guint8 state;
} SfEndState;

/* An item of `script` in its list form; its steps are read after it. */
typedef struct
{
  const char *name; /* NULL: as the host */
  SfTime start;
  guint16 host;
  gboolean go_on; /* after a failed call */
} SfProcessDraft;

/* profile, tcp, hosts, routers. */
gboolean sf_load_hosts (const SfNode *root, SfPlan *plan, SfDiagnostics *diag);

/* A mapping of TCP overrides, applied to `profile`; NULL: none. */
gboolean sf_load_tcp (const SfNode *node, SfDiagnostics *diag, SfProfile *profile);

/* links. */
gboolean sf_load_links (const SfNode *root, SfPlan *plan, SfDiagnostics *diag);

/* faults, with their texts. */
gboolean sf_load_faults (const SfNode *list, SfScenario *scenario, SfDiagnostics *diag);

/* script. */
gboolean sf_load_script (const SfNode *script, SfPlan *plan, SfDiagnostics *diag);

/* The line that a step or rule remembers: 0 for what an option has put there. */
guint32 sf_load_line (const SfNode *node);

/* The readers of keys whose values have a shape of their own; their rows say what each reads. */
SfKeyReader sf_read_jitter, sf_read_loss, sf_read_queue;
SfKeyReader sf_read_exact_flags, sf_read_more_flags, sf_read_length, sf_read_when, sf_read_nth;
SfKeyReader sf_read_chance, sf_read_forged, sf_read_timestamps, sf_read_absolute;
SfKeyReader sf_read_process_name;
