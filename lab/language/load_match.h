/* SPDX-License-Identifier: MIT
 *
 * The segment matcher as faults and `segments` checks write it: {from: server, flags: S., nth: 1}.
 */
#pragma once

#include "lab/language/node.h"

/* Reads the matcher keys (SF_KEYS_MATCH) of mapping `node`; other keys are the caller's business, who has checked them
 * all against its own section. `flags` asks for exactly these of SYN, FIN, RST, ACK and URG; PSH only if it is
 * written. */
gboolean sf_load_match (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfMatch *ret_match);
