/* SPDX-License-Identifier: MIT
 *
 * Typed readers of a YAML tree (lab/language/document.h). Each makes one precise diagnostic: what was found, what was
 * expected, and which name was probably meant.
 *
 * Most keys are read by their rows (lab/language/read_keys.h). To read by hand, check the keys, then read each. A
 * reader of NULL, an absent key, succeeds and leaves the default:
 *
 *   SfTime delay = 0;
 *   if (!sf_node_check_keys (node, SF_KEYS_LINK, diag)
 *       || !sf_node_time (sf_node_get (node, "delay"), 0, SF_SEC * 3600, diag, &delay))
 *     return FALSE;
 *
 * Ranges are inclusive. Readers return FALSE after a diagnostic, with the output unchanged.
 */
#pragma once

#include "base/wording.h"
#include "lab/language/keys.h"

/* --- structure --- */

/* Returns the same as sf_node_get(), but a missing key is an error: NULL after a diagnostic. */
const SfNode *sf_node_require (const SfNode *map, const char *key, SfDiagnostics *diag);

/* Checks that `node` is of `kind`; `expected` describes it: "a list of faults". */
gboolean sf_node_check_kind (const SfNode *node, SfNodeKind kind, const char *expected, SfDiagnostics *diag);

/* Checks that `node` is a mapping whose keys are all in table `section` (lab/language/keys.inc), and that no required
 * key is missing. */
gboolean sf_node_check_keys (const SfNode *node, SfSection section, SfDiagnostics *diag);

/* The two halves of sf_node_check_keys(), for mappings that may have other keys too. Checks that no required key is
 * missing. */
gboolean sf_node_check_required (const SfNode *node, SfSection section, SfDiagnostics *diag);

/* Checks that scalar `key` is in table `section`. */
gboolean sf_node_check_key (const SfNode *key, SfSection section, SfDiagnostics *diag);

/* Finds the key of `node` that tells what the mapping is: the first one in table `section`. Sets its index there and
 * its value. */
gboolean sf_node_action (const SfNode *node, SfSection section, SfDiagnostics *diag, guint *ret_index,
                         const SfNode **ret_value);

/* Reads a scalar that must be one of `names` (NULL-terminated). Otherwise reports "unknown WHAT 'x'; did you mean …".
 * */
gboolean sf_node_choice (const SfNode *node, const char *what, const char *const *names, SfDiagnostics *diag,
                         guint *ret_index);

/* Reports that `name`, written at `place`, is none of `names` (NULL-terminated), and offers the nearest name, or all if
 * they are few. Returns FALSE always. */
gboolean sf_unknown_name (const char *what, const char *name, const char *const *names, const SfPlace *place,
                          SfDiagnostics *diag);

/* Reports an error at `node`. Returns FALSE always. */
gboolean sf_node_error (const SfNode *node, SfDiagnostics *diag, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Reports "expected EXPECTED, found …" at `node`. Returns FALSE always. */
gboolean sf_node_unexpected (const SfNode *node, const char *expected, SfDiagnostics *diag);

/* --- scalars --- */

/* Reads a text that is not empty. `*ret_text` belongs to the document. */
gboolean sf_node_text (const SfNode *node, SfDiagnostics *diag, const char **ret_text);

/* Reads a text, or a mapping of texts by language: `{en: Why?, zh: 为什么？}`. English must be there. Texts are
 * trimmed.
 * `*ret_wording` belongs to the caller. */
gboolean sf_node_wording (const SfNode *node, SfDiagnostics *diag, SfWording **ret_wording);

/* Reads a name: letters, digits, '-' and '_', beginning with a letter or digit. */
gboolean sf_node_name (const SfNode *node, const char *what, SfDiagnostics *diag, const char **ret_name);

gboolean sf_node_bool (const SfNode *node, SfDiagnostics *diag, gboolean *ret_bool);
gboolean sf_node_count (const SfNode *node, gint64 min, gint64 max, SfDiagnostics *diag, gint64 *ret_count);
gboolean sf_node_count32 (const SfNode *node, guint32 min, guint32 max, SfDiagnostics *diag, guint32 *ret_count);
gboolean sf_node_time (const SfNode *node, SfTime min, SfTime max, SfDiagnostics *diag, SfTime *ret_time);

/* Reads a time, or a multiple of the MSL, which becomes negative (see SF_IN_MSL). The range holds for times only. */
gboolean sf_node_duration (const SfNode *node, SfTime min, SfTime max, SfDiagnostics *diag, SfTime *ret_time);
gboolean sf_node_rate (const SfNode *node, SfDiagnostics *diag, guint64 *ret_rate);
gboolean sf_node_bytes (const SfNode *node, gint64 min, gint64 max, SfDiagnostics *diag, gint64 *ret_bytes);
gboolean sf_node_probability (const SfNode *node, SfDiagnostics *diag, double *ret_probability);
gboolean sf_node_number (const SfNode *node, double min, double max, SfDiagnostics *diag, double *ret_number);
gboolean sf_node_port (const SfNode *node, SfDiagnostics *diag, guint16 *ret_port);
gboolean sf_node_address (const SfNode *node, SfDiagnostics *diag, guint32 *ret_addr);

/* Reads flags in tcpdump's notation: "S.", see lab/language/written_segment.h. */
gboolean sf_node_flags (const SfNode *node, SfDiagnostics *diag, guint16 *ret_flags);

/* Reads the name of a state (RFC 9293), in any case. */
gboolean sf_node_state (const SfNode *node, SfDiagnostics *diag, SfState *ret_state);

/* --- names of the plan --- */

/* Reads the name of a host of `plan` or, if `routers`, of a router. */
gboolean sf_node_host (const SfNode *node, const SfPlan *plan, gboolean routers, SfDiagnostics *diag,
                       guint16 *ret_host);

/* Reads the name of a link of `plan`, or `[a, b]` for the only link between two nodes. */
gboolean sf_node_link (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, guint16 *ret_link);

/* Finds host `name`, written at `place`; for names inside a text. */
gboolean sf_host_find (const SfPlan *plan, const char *name, gboolean routers, const SfPlace *place,
                       SfDiagnostics *diag, guint16 *ret_host);

/* --- lists --- */

/* Checks that `node` is a list of two values; `expected` describes it. */
gboolean sf_node_check_pair (const SfNode *node, const char *expected, SfDiagnostics *diag);

/* Reads one number N (first and last are N), or `[FIRST, LAST]`. */
gboolean sf_node_count32_range (const SfNode *node, guint32 min, guint32 max, SfDiagnostics *diag, guint32 *ret_first,
                                guint32 *ret_last);
