/* SPDX-License-Identifier: MIT
 *
 * Verdicts as JSON, the same in reports and in summary.json.
 */
#pragma once

#include "base/json.h"
#include "lab/judge/verdict.h"

/* Returns an array of {name, holds, because, expected, seen, line, trace: [{line, text}]}. */
json_t *sf_verdicts_json (const GPtrArray *verdicts);
