/* SPDX-License-Identifier: MIT
 *
 * A piece of a scenario as one line, in YAML's flow style: "{from: client, flags: S, at: [0s, 1s]}".
 */
#pragma once

#include "lab/language/document.h"

/* Returns `node` on one line for people, without quotes and cut if it is very long; to be freed. */
char *sf_node_print (const SfNode *node);

/* Returns `node` as YAML on one line, however long, which parses to the same value; to be freed. */
char *sf_node_yaml (const SfNode *node);
