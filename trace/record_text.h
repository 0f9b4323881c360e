/* SPDX-License-Identifier: MIT
 *
 * A record of the trace as one line for people: `0.150 client > server: S. 0:0(0) ack 1 win 65535`.
 */
#pragma once

#include "trace/trace.h"

/* Returns record `i` in words of `lang`, without a newline. */
char *sf_record_text (const SfTrace *trace, guint i, const char *lang);

/* Appends an instant in seconds, with the fewest decimals of 3, 6 and 9 that are exact: "0.150", "60.201000004". */
void sf_instant_text (GString *out, SfTime t);
