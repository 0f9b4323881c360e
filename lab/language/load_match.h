/* SPDX-License-Identifier: MIT
 *
 * The segment matcher of faults and `segments` checks: {from: server, flags: S., nth: 1}.
 */
#pragma once

#include "lab/language/node.h"

/* Reads the matcher keys (SF_KEYS_MATCH) of mapping `node`. It may have other keys: the caller has checked all of them
 * against its own section. `flags` compares SYN, FIN, RST, ACK and URG, and PSH only if it is written. FALSE after a
 * diagnostic. */
gboolean sf_load_match (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfMatch *ret_match);
