/* SPDX-License-Identifier: MIT
 *
 * A YAML document as a tree that knows where everything was written.
 *
 * The tree is made from libfyaml's events and not its documents, because building those recurses on the input. Here
 * depth, size and what aliases expand to are limited, and an override (`set` of a variant, --set) can put a value of
 * another source into the tree. All nodes belong to the SfDocument and are read-only for everybody else; an
 * alias shares the node of its anchor, and a document over another one all nodes that are the same.
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
  GPtrArray *items; /* list: SfNode; map: the values, SfNode */
  GPtrArray *keys;  /* map: the keys, scalar SfNode, one per item, no two alike */
  gboolean fresh;   /* made by sf_document_set() and in one place only, so that the next one may change it */
  guint height;     /* of the tree below, 0: nothing */
  guint size;       /* nodes in it, shared ones counted as often as they occur */
};

#define SF_DOCUMENT_MAX_DEPTH 64
#define SF_DOCUMENT_MAX_NODES 1000000

/* Parses the one YAML document in `source` (which it keeps); NULL after a diagnostic. */
SfDocument *sf_document_parse (SfSource *source, SfDiagnostics *diag);

/* Gives `doc` up. It goes when no document over it is left. */
void sf_document_free (SfDocument *doc);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfDocument, sf_document_free)

/* Returns a document that is what `base` is, until something is set in it, which `base` knows nothing of. Nothing may
 * have been set in `base` itself. Documents over the same one can be on several threads. */
SfDocument *sf_document_over (SfDocument *base);

const SfNode *sf_document_root (const SfDocument *doc);
SfSource *sf_document_source (const SfDocument *doc);

/* Puts `value` (of this document or of one that it has adopted) at `path`: keys with dots, list items by number, as
 * in "hosts.server.tcp.msl" or "links.0.delay". It replaces what is there; missing mappings on the way are made.
 * `place` is where the path is written. After a failure the document is good for nothing but freeing. */
gboolean sf_document_set (SfDocument *doc, const char *path, const SfNode *value, const SfPlace *place,
                          SfDiagnostics *diag);

/* Keeps `other` alive as long as `doc`. */
void sf_document_adopt (SfDocument *doc, SfDocument *other);

/* Says that all of `doc` was written at `place`, whose source must outlive it. */
void sf_document_move (SfDocument *doc, const SfPlace *place);

/* Returns the number of items of a list or entries of a mapping; 0 for a scalar or NULL. */
guint sf_node_n (const SfNode *node);

/* Returns item or value number `i`, and key number `i`. */
const SfNode *sf_node_item (const SfNode *node, guint i);
const SfNode *sf_node_key (const SfNode *map, guint i);

/* Returns the value of `key`, NULL if it is absent or `map` is not a mapping. An entry without a value (`key:`) has an
 * empty scalar. */
const SfNode *sf_node_get (const SfNode *map, const char *key);

/* Returns the place of the first character of a scalar's text, behind its quote if it has one. */
SfPlace sf_node_text_place (const SfNode *node);

/* TRUE for nothing, `~` and `null`, not for "". */
gboolean sf_node_is_empty (const SfNode *node);
