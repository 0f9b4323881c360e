/* SPDX-License-Identifier: MIT
 *
 * A YAML document as a tree that knows where everything was written.
 *
 * The tree is made from libfyaml's events and not its documents, because building those recurses on the input. Depth
 * and size are limited; the size includes what aliases expand to. An override (`set` of a variant, --set) can put a
 * value from another source into the tree.
 *
 * All nodes belong to the SfDocument and are read-only for everybody else. An alias shares the node of its anchor. A
 * document over another one shares all nodes that are equal in both.
 */
#pragma once

#include "base/diagnostic.h"

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
  const char *text; /* scalar: its text, "" for an empty one; NULL otherwise */
  gboolean quoted;  /* scalar: in quotes or a block, so it is text and never a number or empty */
  GPtrArray *items; /* SfNode: the items of a list, the values of a map */
  GPtrArray *keys;  /* map: its keys, scalar SfNode, one per item, all different */
  gboolean fresh;   /* made by sf_document_set() and in one place only, so that it may be changed */
  guint height;     /* levels below, 0: none */
  guint size;       /* number of nodes in it; shared ones count each time they occur */
};

#define SF_DOCUMENT_MAX_DEPTH 64
#define SF_DOCUMENT_MAX_NODES 1000000

/* Parses the only YAML document in `source`, and keeps `source`. NULL after a diagnostic. */
SfDocument *sf_document_parse (SfSource *source, SfDiagnostics *diag);

/* Releases `doc`. It is freed when no document over it is left. */
void sf_document_free (SfDocument *doc);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfDocument, sf_document_free)

/* Returns a document over `base`: equal to it until something is set. `base` never changes, and nothing may have been
 * set in it. Documents over the same `base` may be used on several threads. */
SfDocument *sf_document_over (SfDocument *base);

const SfNode *sf_document_root (const SfDocument *doc);
SfSource *sf_document_source (const SfDocument *doc);

/* Puts `value` (of this document or an adopted one) at `path`: keys with dots between them, list items by number, as in
 * "hosts.server.tcp.msl" or "links.0.delay". It replaces what is there; missing mappings on the path are made. `place`
 * is where the path is written. FALSE after a diagnostic; then `doc` can only be freed. */
gboolean sf_document_set (SfDocument *doc, const char *path, const SfNode *value, const SfPlace *place,
                          SfDiagnostics *diag);

/* Keeps `other` alive as long as `doc`. */
void sf_document_adopt (SfDocument *doc, SfDocument *other);

/* Makes `place` the place of all nodes of `doc`. The source of `place` must outlive `doc`. */
void sf_document_move (SfDocument *doc, const SfPlace *place);

/* Returns the number of items of a list or entries of a mapping; 0 for a scalar or NULL. */
guint sf_node_n (const SfNode *node);

/* Return item or value number `i`, and key number `i`. */
const SfNode *sf_node_item (const SfNode *node, guint i);
const SfNode *sf_node_key (const SfNode *map, guint i);

/* Returns the value of `key`, NULL if it is absent or `map` is not a mapping. An entry without a value (`key:`) has an
 * empty scalar. */
const SfNode *sf_node_get (const SfNode *map, const char *key);

/* Returns the place of the first character of the text of a scalar: behind its quote if it has one. */
SfPlace sf_node_text_place (const SfNode *node);

/* TRUE for an empty value, `~` and `null`; FALSE for "". */
gboolean sf_node_is_empty (const SfNode *node);
