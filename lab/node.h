/* SPDX-License-Identifier: MIT
 *
 * A YAML document as a tree that knows where everything was written, and typed readers of it, each of which makes one precise
 * diagnostic: what was found, what was expected, and which name was probably meant.
 *
 * The tree is made from libfyaml's events and not its documents, because building those recurses on the input; here depth,
 * size and the expansion of aliases are limited, and an override (`set` of a variant, --set) can put a value of another
 * source into the tree. All nodes belong to the SfDocument and are read-only for everybody else.
 *
 * Pattern of use: check the keys, then read each; a reader that is given NULL, because the key is absent, leaves the
 * default alone and succeeds:
 *
 *   SfTime delay = 0;
 *   if (!sf_node_check_keys (node, SF_KEYS_LINK, diag)
 *       || !sf_node_time (sf_node_get (node, "delay"), 0, SF_SEC * 3600, diag, &delay))
 *     return FALSE;
 *
 * Ranges are inclusive. Readers return FALSE after having reported, with the output untouched.
 */
#pragma once

#include "lab/diagnostic.h"
#include "lab/keys.h"
#include "models/plan.h"

typedef struct SfDocument SfDocument;
typedef struct SfNode SfNode;

typedef enum
{
  SF_NODE_SCALAR,
  SF_NODE_LIST,
  SF_NODE_MAP,
} SfNodeKind;

struct SfNode
{
  SfNodeKind kind;
  SfPlace place;
  const char *text;  /* scalar: its text, "" for an empty one; NULL otherwise */
  gboolean quoted;   /* scalar: in quotes or a block, so it is text and never a number or empty */
  GPtrArray *items;  /* list: SfNode; map: the values, SfNode */
  GPtrArray *keys;   /* map: the keys, scalar SfNode, one per item, no two alike */
};

/* --- documents --- */

#define SF_DOCUMENT_MAX_BYTES (4u << 20)
#define SF_DOCUMENT_MAX_DEPTH 64
#define SF_DOCUMENT_MAX_NODES 1000000

/* Parses the one YAML document in `source`; NULL after a diagnostic. */
SfDocument *sf_document_parse (SfSource *source, SfDiagnostics *diag);
void sf_document_free (SfDocument *doc);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfDocument, sf_document_free)

const SfNode *sf_document_root (const SfDocument *doc);

/* Puts a copy of `value` at `path` (keys with dots, list items by number: "hosts.server.tcp.msl", "links.0.delay"), replacing
 * what is there; missing mappings on the way are made. `place` is blamed if the path leads nowhere. */
gboolean sf_document_set (SfDocument *doc, const char *path, const SfNode *value, const SfPlace *place,
                          SfDiagnostics *diag);

/* --- structure --- */

/* Returns the number of items of a list or entries of a mapping; 0 for a scalar or NULL. */
guint sf_node_n (const SfNode *node);

/* Returns item or value number `i`, and key number `i`. */
const SfNode *sf_node_item (const SfNode *node, guint i);
const SfNode *sf_node_key (const SfNode *map, guint i);

/* Returns the value of `key`, NULL if it is absent or `map` is not a mapping. An entry without a value (`key:`) counts
 * as an empty scalar, see sf_node_is_empty(). */
const SfNode *sf_node_get (const SfNode *map, const char *key);

/* The same, but absence is an error. */
const SfNode *sf_node_require (const SfNode *map, const char *key, SfDiagnostics *diag);

/* TRUE for nothing, `~` and `null`, not for "". */
gboolean sf_node_is_empty (const SfNode *node);

/* Checks that `node` is of `kind`; `expected` says in words what should stand here. */
gboolean sf_node_check_kind (const SfNode *node, SfNodeKind kind, const char *expected, SfDiagnostics *diag);

/* Checks that `node` is a mapping all of whose keys are in table `section` (lab/keys.inc). */
gboolean sf_node_check_keys (const SfNode *node, SfSection section, SfDiagnostics *diag);

/* The same for a scalar that must be one of `names` (NULL-terminated): "unknown WHAT 'x'; did you mean …". */
gboolean sf_node_choice (const SfNode *node, const char *what, const char *const *names, SfDiagnostics *diag,
                         guint *ret_index);

/* Reports an error at `node`: "… (found: TEXT)" is left to the caller. Returns FALSE always. */
gboolean sf_node_error (const SfNode *node, SfDiagnostics *diag, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* --- scalars --- */

/* `*ret_text` belongs to the document. */
gboolean sf_node_text (const SfNode *node, SfDiagnostics *diag, const char **ret_text);
gboolean sf_node_bool (const SfNode *node, SfDiagnostics *diag, gboolean *ret_bool);
gboolean sf_node_count (const SfNode *node, gint64 min, gint64 max, SfDiagnostics *diag, gint64 *ret_count);
gboolean sf_node_count32 (const SfNode *node, guint32 min, guint32 max, SfDiagnostics *diag, guint32 *ret_count);
gboolean sf_node_time (const SfNode *node, SfTime min, SfTime max, SfDiagnostics *diag, SfTime *ret_time);

/* A time, or a multiple of the MSL (negative, see SF_IN_MSL); the range is that of a time. */
gboolean sf_node_duration (const SfNode *node, SfTime min, SfTime max, SfDiagnostics *diag, SfTime *ret_time);
gboolean sf_node_rate (const SfNode *node, SfDiagnostics *diag, guint64 *ret_rate);
gboolean sf_node_bytes (const SfNode *node, gint64 min, gint64 max, SfDiagnostics *diag, gint64 *ret_bytes);
gboolean sf_node_probability (const SfNode *node, SfDiagnostics *diag, double *ret_probability);
gboolean sf_node_port (const SfNode *node, SfDiagnostics *diag, guint16 *ret_port);
gboolean sf_node_address (const SfNode *node, SfDiagnostics *diag, guint32 *ret_addr);

/* The name of a host of `plan` (with `routers`: or a router), and of a link. */
gboolean sf_node_host (const SfNode *node, const SfPlan *plan, gboolean routers, SfDiagnostics *diag, guint16 *ret_host);
gboolean sf_node_link (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, guint16 *ret_link);

/* The name of a state (RFC 9293), any case. */
gboolean sf_node_state (const SfNode *node, SfDiagnostics *diag, SfState *ret_state);

/* Flags in tcpdump's notation: "S.", see lab/segment_text.h. */
gboolean sf_node_flags (const SfNode *node, SfDiagnostics *diag, guint8 *ret_flags);

/* One number N (both get it), or `[FIRST, LAST]`. */
gboolean sf_node_count32_range (const SfNode *node, guint32 min, guint32 max, SfDiagnostics *diag, guint32 *ret_first,
                                guint32 *ret_last);
