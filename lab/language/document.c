/* SPDX-License-Identifier: MIT
 *
 * Makes the tree from the events of libfyaml, and puts overrides into it.
 */
#include "lab/language/document.h"

#include "base/gettext.h"
#include "base/source_file.h"

#include <libfyaml.h>
#include <string.h>

struct SfDocument
{
  gatomicrefcount users; /* references: its maker, and documents over it */
  SfSource *source;
  SfNode *root;
  GPtrArray *nodes; /* SfNode: the nodes that this document owns */
  GStringChunk *texts;
  GPtrArray *adopted; /* SfDocument: kept alive as long as this one */
};

/* A list or mapping that is being read. `seen` finds duplicate keys; `key` is a key that waits for its value. */
typedef struct
{
  SfNode *node;
  GHashTable *seen;
  SfNode *key;
  char *anchor;
} Open;

typedef struct
{
  SfDocument *doc;
  SfDiagnostics *diag;
  struct fy_parser *parser;
  GHashTable *anchors; /* name → SfNode, complete ones only */
  GArray *open;        /* Open, the innermost last */
  guint line, column;  /* of the last event with a mark; an empty value gets this place */
  guint documents;
} Builder;

/* --- nodes --- */

static void
node_free (gpointer data)
{
  SfNode *node = data;

  if (node->items != NULL)
    g_ptr_array_unref (node->items);
  if (node->keys != NULL)
    g_ptr_array_unref (node->keys);
  g_free (node);
}

static SfNode *
node_new (SfDocument *doc, SfNodeKind kind, const SfPlace *place)
{
  SfNode *node = g_new0 (SfNode, 1);

  node->kind = kind;
  node->place = *place;
  node->size = 1;
  if (kind != SF_NODE_SCALAR)
    node->items = g_ptr_array_new ();
  if (kind == SF_NODE_MAP)
    node->keys = g_ptr_array_new ();
  g_ptr_array_add (doc->nodes, node);
  return node;
}

static SfNode *
scalar_new (SfDocument *doc, const SfPlace *place, const char *text, gssize len)
{
  SfNode *node = node_new (doc, SF_NODE_SCALAR, place);

  node->text = g_string_chunk_insert_len (doc->texts, text, len);
  return node;
}

/* Computes height and size of `node` from its items. FALSE, after a diagnostic, if they are beyond the limits. */
static gboolean
node_measure (SfNode *node, SfDiagnostics *diag)
{
  node->height = 0;
  node->size = 1;
  for (guint i = 0; i < node->items->len; i++)
    {
      const SfNode *item = sf_node_item (node, i);

      node->height = MAX (node->height, item->height + 1);
      node->size += item->size;
      if (node->height > SF_DOCUMENT_MAX_DEPTH)
        return sf_error (diag, &node->place, _ ("nested deeper than %d levels"), SF_DOCUMENT_MAX_DEPTH);
      if (node->size > SF_DOCUMENT_MAX_NODES)
        return sf_error (diag, &node->place, _ ("more than %d values, counting what aliases stand for"),
                         SF_DOCUMENT_MAX_NODES);
    }
  return TRUE;
}

guint
sf_node_n (const SfNode *node)
{
  return node == NULL || node->items == NULL ? 0 : node->items->len;
}

const SfNode *
sf_node_item (const SfNode *node, guint i)
{
  return g_ptr_array_index (node->items, i);
}

const SfNode *
sf_node_key (const SfNode *map, guint i)
{
  return g_ptr_array_index (map->keys, i);
}

/* Returns the index of `key` in `map`, the number of entries if it is absent. */
static guint
find_key (const SfNode *map, const char *key)
{
  guint i = 0;

  while (i < map->keys->len && strcmp (sf_node_key (map, i)->text, key) != 0)
    i++;
  return i;
}

const SfNode *
sf_node_get (const SfNode *map, const char *key)
{
  guint i;

  if (map == NULL || map->kind != SF_NODE_MAP)
    return NULL;
  i = find_key (map, key);
  return i < sf_node_n (map) ? sf_node_item (map, i) : NULL;
}

SfPlace
sf_node_text_place (const SfNode *node)
{
  SfPlace place = node->place;

  place.column += node->quoted;
  return place;
}

gboolean
sf_node_is_empty (const SfNode *node)
{
  return node->kind == SF_NODE_SCALAR && !node->quoted
         && (*node->text == '\0' || strcmp (node->text, "~") == 0 || strcmp (node->text, "null") == 0);
}

/* --- parsing --- */

/* Returns the place of `event`. An event without a mark (an empty value) gets the place of the last one with a mark. */
static SfPlace
place_of (Builder *b, struct fy_event *event)
{
  const struct fy_mark *mark = fy_event_start_mark (event);

  if (mark != NULL)
    {
      b->line = mark->line + 1;
      b->column = mark->column + 1;
    }
  return (SfPlace){ b->doc->source, b->line, b->column };
}

static void
open_clear (gpointer data)
{
  Open *open = data;

  g_clear_pointer (&open->seen, g_hash_table_unref);
  g_free (open->anchor);
}

static Open *
innermost (Builder *b)
{
  return b->open->len == 0 ? NULL : &g_array_index (b->open, Open, b->open->len - 1);
}

/* Makes `node` the next key of mapping `open`. FALSE after a diagnostic. */
static gboolean
take_key (Builder *b, Open *open, SfNode *node)
{
  if (node->kind != SF_NODE_SCALAR)
    return sf_error (b->diag, &node->place, _ ("a key must be a word, not a list or mapping"));
  if (!g_hash_table_add (open->seen, (char *) node->text))
    return sf_error (b->diag, &node->place, _ ("key '%s' twice in the same mapping"), node->text);
  open->key = node;
  /* A mapping in a list without braces, [a: b], has its mark at the ':'. */
  if (open->node->items->len == 0 && node->place.line == open->node->place.line)
    open->node->place.column = MIN (open->node->place.column, node->place.column);
  return TRUE;
}

/* Adds the complete `node` to the innermost open collection; without one it is the root. */
static gboolean
take (Builder *b, SfNode *node)
{
  Open *open = innermost (b);

  if (open == NULL)
    {
      b->doc->root = node;
      return TRUE;
    }
  if (open->node->kind == SF_NODE_MAP && open->key == NULL)
    return take_key (b, open, node);
  if (open->node->kind == SF_NODE_MAP)
    g_ptr_array_add (open->node->keys, g_steal_pointer (&open->key));
  g_ptr_array_add (open->node->items, node);
  return TRUE;
}

/* Returns the name of the anchor of `event`, NULL if it has none. */
static char *
anchor_of (struct fy_event *event)
{
  struct fy_token *token = fy_event_get_anchor_token (event);
  size_t len = 0;
  const char *text = token == NULL ? NULL : fy_token_get_text (token, &len);

  return text == NULL ? NULL : g_strndup (text, len);
}

static gboolean
begin_collection (Builder *b, struct fy_event *event, SfNodeKind kind)
{
  SfPlace place = place_of (b, event);
  Open *outer = innermost (b);
  Open open = { 0 };

  if (b->open->len >= SF_DOCUMENT_MAX_DEPTH)
    return sf_error (b->diag, &place, _ ("nested deeper than %d levels"), SF_DOCUMENT_MAX_DEPTH);
  if (outer != NULL && outer->node->kind == SF_NODE_MAP && outer->key == NULL)
    return sf_error (b->diag, &place, _ ("a key must be a word, not a list or mapping"));
  open.node = node_new (b->doc, kind, &place);
  open.anchor = anchor_of (event);
  if (kind == SF_NODE_MAP)
    open.seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_array_append_val (b->open, open);
  return TRUE;
}

static gboolean
end_collection (Builder *b)
{
  SfNode *node = innermost (b)->node;
  char *anchor = g_steal_pointer (&innermost (b)->anchor);

  g_array_set_size (b->open, b->open->len - 1);
  if (anchor != NULL)
    g_hash_table_insert (b->anchors, anchor, node);
  return node_measure (node, b->diag) && take (b, node);
}

/* TRUE if the scalar of `token` is in quotes. Its mark is then behind the opening quote. */
static gboolean
begins_with_quote (struct fy_token *token)
{
  enum fy_scalar_style style = token == NULL ? FYSS_PLAIN : fy_token_scalar_style (token);

  return style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED;
}

/* Returns the first control character of `text`, since one could drive a terminal; 0 if there is none. Tabs and line
 * breaks are allowed. */
static gunichar
find_control (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (g_unichar_iscntrl (c) && c != '\t' && c != '\n' && c != '\r')
        return c;
    }
  return 0;
}

/* Returns the place of the first character that is no space or line break, from the line of `mark` on. */
static SfPlace
first_word (const SfSource *source, const struct fy_mark *mark)
{
  gsize len;
  const char *text = sf_source_text (source, &len), *end = text + len;
  const char *line = text + MIN (mark->input_pos, len), *at;
  SfPlace place = { source, (guint) mark->line + 1, 0 };

  while (line > text && line[-1] != '\n')
    line--;
  for (at = line; at < end && (*at == ' ' || *at == '\n'); at++)
    if (*at == '\n')
      {
        line = at + 1;
        place.line++;
      }
  place.column = (guint) (at - line) + 1;
  return place;
}

/* Checks that a block of text (`|`, `>`) is indented further than its key. libfyaml accepts one that is not, but then
 * counts more bytes than there are. */
static gboolean
check_block (Builder *b, struct fy_event *event, struct fy_token *token)
{
  enum fy_scalar_style style = token == NULL ? FYSS_PLAIN : fy_token_scalar_style (token);
  const struct fy_mark *mark = fy_event_start_mark (event);
  const Open *open = innermost (b);
  SfPlace begin;

  if ((style != FYSS_LITERAL && style != FYSS_FOLDED) || mark == NULL || open == NULL || open->key == NULL)
    return TRUE;
  begin = first_word (b->doc->source, mark);
  if (begin.line == open->key->place.line || begin.column > open->key->place.column)
    return TRUE;
  return sf_error (b->diag, &begin, _ ("a block of text is indented further than its key, '%s'"), open->key->text);
}

static gboolean
read_scalar (Builder *b, struct fy_event *event)
{
  SfPlace place = place_of (b, event);
  struct fy_token *token = fy_event_get_token (event);
  size_t len = 0;
  const char *text = token == NULL ? NULL : fy_token_get_text (token, &len);
  char *anchor = anchor_of (event);
  SfNode *node;
  gunichar control;

  if (text == NULL)
    text = "";
  if (len > 0 && !check_block (b, event, token))
    {
      g_free (anchor);
      return FALSE;
    }
  node = scalar_new (b->doc, &place, text, len);
  node->quoted = token != NULL && fy_token_scalar_style (token) != FYSS_PLAIN;
  if (begins_with_quote (token))
    node->place.column--;
  if (anchor != NULL)
    g_hash_table_insert (b->anchors, anchor, node);
  if (memchr (text, '\0', len) != NULL)
    return sf_error (b->diag, &node->place, _ ("a text can not contain the character NUL"));
  control = find_control (node->text);
  if (control != 0)
    return sf_error (b->diag, &node->place, _ ("a text can not contain the control character U+%04X"), control);
  return take (b, node);
}

static gboolean
read_alias (Builder *b, struct fy_event *event)
{
  SfPlace place = place_of (b, event);
  struct fy_token *token = fy_event_get_token (event);
  size_t len = 0;
  const char *text = token == NULL ? NULL : fy_token_get_text (token, &len);
  g_autofree char *name = g_strndup (text == NULL ? "" : text, len);
  SfNode *node = g_hash_table_lookup (b->anchors, name);

  place.column--; /* the mark is behind the '*' */
  if (node == NULL)
    return sf_error (b->diag, &place, _ ("alias '*%s' has no anchor '&%s' before it"), name, name);
  return take (b, node);
}

static gboolean
begin_document (Builder *b, struct fy_event *event)
{
  SfPlace place = place_of (b, event);

  if (b->documents++ > 0)
    return sf_error (b->diag, &place, _ ("a second YAML document; a scenario file holds one"));
  return TRUE;
}

static gboolean
handle (Builder *b, struct fy_event *event)
{
  if (fy_event_get_tag_token (event) != NULL)
    {
      SfPlace place = place_of (b, event);

      return sf_error (b->diag, &place, _ ("YAML tags are not used in scenarios"));
    }
  switch (event->type)
    {
    case FYET_DOCUMENT_START:
      return begin_document (b, event);
    case FYET_MAPPING_START:
      return begin_collection (b, event, SF_NODE_MAP);
    case FYET_SEQUENCE_START:
      return begin_collection (b, event, SF_NODE_LIST);
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END:
      return end_collection (b);
    case FYET_SCALAR:
      return read_scalar (b, event);
    case FYET_ALIAS:
      return read_alias (b, event);
    case FYET_NONE:
    case FYET_STREAM_START:
    case FYET_STREAM_END:
    case FYET_DOCUMENT_END:
      return TRUE;
    }
  return TRUE;
}

/* Reports the first of the errors that libfyaml has collected, as a diagnostic of ours. */
static void
report_yaml_error (Builder *b, struct fy_diag *collected)
{
  SfPlace place = { b->doc->source, b->line, b->column };
  void *at = NULL;
  const struct fy_diag_error *error = fy_diag_errors_iterate (collected, &at);

  if (error == NULL || error->msg == NULL)
    {
      sf_error (b->diag, &place, _ ("not a YAML document"));
      return;
    }
  place.line = (guint) MAX (error->line, 1);
  place.column = (guint) MAX (error->column, 1);
  sf_error (b->diag, &place, _ ("not YAML: %s"), error->msg);
}

/* Reads all events; FALSE after a diagnostic. */
static gboolean
build (Builder *b, struct fy_diag *collected)
{
  struct fy_event *event;
  SfPlace start = { b->doc->source, 1, 1 };

  while ((event = fy_parser_parse (b->parser)) != NULL)
    {
      gboolean ok = handle (b, event);

      fy_parser_event_free (b->parser, event);
      if (!ok)
        return FALSE;
    }
  if (fy_parser_get_stream_error (b->parser))
    {
      report_yaml_error (b, collected);
      return FALSE;
    }
  if (b->doc->root == NULL)
    return sf_error (b->diag, &start, _ ("nothing in it"));
  return TRUE;
}

/* Checks, before libfyaml reads it, that the source is text: its size, UTF-8, no control characters. */
static gboolean
check_text (const SfSource *source, SfDiagnostics *diag)
{
  gsize len;
  const char *text = sf_source_text (source, &len), *end;
  SfPlace place = { source, 1, 1 };

  if (len > SF_SOURCE_MAX_BYTES)
    return sf_error_of_file (diag, sf_source_name (source), _ ("larger than %u MiB"), SF_SOURCE_MAX_BYTES >> 20);
  if (g_utf8_validate (text, len, &end))
    return TRUE;
  for (const char *p = text; p < end; p++)
    {
      place.line += *p == '\n';
      place.column = *p == '\n' ? 1 : place.column + ((*p & 0xc0) != 0x80);
    }
  return sf_error (diag, &place, _ ("byte 0x%02x: not a text in UTF-8"), (guint8) *end);
}

/* Returns a diagnostics object of libfyaml that collects errors. It must not print them itself: 0.7.12 then writes
 * beyond its buffer if a line is long. */
static struct fy_diag *
make_fy_diag (void)
{
  struct fy_diag_cfg cfg;
  struct fy_diag *fy_diag;

  fy_diag_cfg_default (&cfg);
  cfg.fp = NULL;
  cfg.colorize = FALSE;
  fy_diag = fy_diag_create (&cfg);
  fy_diag_set_collect_errors (fy_diag, TRUE);
  return fy_diag;
}

/* Parses the text of `b->doc`; FALSE after a diagnostic. */
static gboolean
parse (Builder *b)
{
  gsize len;
  const char *text = sf_source_text (b->doc->source, &len);
  struct fy_diag *fy_diag = make_fy_diag ();
  struct fy_parse_cfg cfg = { .flags = FYPCF_QUIET | FYPCF_JSON_NONE, .diag = fy_diag };
  gboolean ok;

  b->parser = fy_parser_create (&cfg);
  b->anchors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  b->open = g_array_new (FALSE, FALSE, sizeof (Open));
  g_array_set_clear_func (b->open, open_clear);
  ok = fy_parser_set_string (b->parser, text, len) == 0 && build (b, fy_diag);
  g_array_unref (b->open);
  g_hash_table_unref (b->anchors);
  fy_diag_reset_error (fy_diag); /* frees what it has collected */
  fy_parser_destroy (b->parser);
  fy_diag_unref (fy_diag);
  return ok;
}

/* TRUE if `text` is a plain YAML word that needs no parser: a number with its unit, a name. This is faster, and sweeps
 * have millions of them. */
static gboolean
is_word (const char *text, gsize len)
{
  return g_ascii_isalnum (*text) && strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "%+-./_") == len;
}

/* Reads the text of `b->doc`; FALSE after a diagnostic. */
static gboolean
read_text (Builder *b)
{
  gsize len;
  const char *text = sf_source_text (b->doc->source, &len);

  if (!check_text (b->doc->source, b->diag))
    return FALSE;
  if (!is_word (text, len))
    return parse (b);
  b->doc->root = scalar_new (b->doc, &(SfPlace){ b->doc->source, 1, 1 }, text, (gssize) len);
  return TRUE;
}

static SfDocument *
document_new (SfSource *source)
{
  SfDocument *doc = g_new0 (SfDocument, 1);

  g_atomic_ref_count_init (&doc->users);
  doc->source = sf_source_ref (source);
  doc->nodes = g_ptr_array_new_with_free_func (node_free);
  doc->texts = g_string_chunk_new (4096);
  doc->adopted = g_ptr_array_new_with_free_func ((GDestroyNotify) sf_document_free);
  return doc;
}

SfDocument *
sf_document_parse (SfSource *source, SfDiagnostics *diag)
{
  g_autoptr (SfDocument) doc = document_new (source);
  Builder b = { .doc = doc, .diag = diag, .line = 1, .column = 1 };

  return read_text (&b) ? g_steal_pointer (&doc) : NULL;
}

SfDocument *
sf_document_over (SfDocument *base)
{
  SfDocument *doc;

  g_return_val_if_fail (!base->root->fresh, NULL);
  doc = document_new (base->source);
  doc->root = base->root;
  g_atomic_ref_count_inc (&base->users);
  sf_document_adopt (doc, base);
  return doc;
}

void
sf_document_free (SfDocument *doc)
{
  if (doc == NULL || !g_atomic_ref_count_dec (&doc->users))
    return;
  g_ptr_array_unref (doc->nodes);
  g_ptr_array_unref (doc->adopted);
  g_string_chunk_free (doc->texts);
  sf_source_unref (doc->source);
  g_free (doc);
}

const SfNode *
sf_document_root (const SfDocument *doc)
{
  return doc->root;
}

SfSource *
sf_document_source (const SfDocument *doc)
{
  return doc->source;
}

void
sf_document_adopt (SfDocument *doc, SfDocument *other)
{
  g_ptr_array_add (doc->adopted, other);
}

void
sf_document_move (SfDocument *doc, const SfPlace *place)
{
  for (guint i = 0; i < doc->nodes->len; i++)
    ((SfNode *) g_ptr_array_index (doc->nodes, i))->place = *place;
}

/* --- overrides --- */

/* Returns a copy of collection `node` that shares its items, because aliases may share `node`. If it is already such a
 * copy, returns `node` itself. */
static SfNode *
make_fresh (SfDocument *doc, SfNode *node)
{
  SfNode *copy;

  if (node->fresh)
    return node;
  copy = node_new (doc, node->kind, &node->place);
  copy->fresh = TRUE;
  g_ptr_array_extend (copy->items, node->items, NULL, NULL);
  if (node->kind == SF_NODE_MAP)
    g_ptr_array_extend (copy->keys, node->keys, NULL, NULL);
  return copy;
}

/* Returns the index of entry `part` of mapping `map`. If it is absent, adds it, without a value yet. */
static guint
map_slot (SfDocument *doc, SfNode *map, const char *part, const SfPlace *place)
{
  guint i = find_key (map, part);

  if (i == map->keys->len)
    {
      g_ptr_array_add (map->keys, scalar_new (doc, place, part, -1));
      g_ptr_array_add (map->items, NULL);
    }
  return i;
}

/* Finds item number `part` of `list`; FALSE after a diagnostic. */
static gboolean
list_slot (const SfNode *list, const char *part, const SfPlace *place, SfDiagnostics *diag, guint *ret_i)
{
  guint64 i;

  if (!g_ascii_string_to_unsigned (part, 10, 0, G_MAXUINT32, &i, NULL))
    return sf_error (diag, place, _ ("'%s' is not the number of a list item"), part);
  if (i >= sf_node_n (list))
    return sf_error (diag, place, _ ("no item %s in a list of %u; the first is 0"), part, sf_node_n (list));
  *ret_i = (guint) i;
  return TRUE;
}

/* Puts `value` where path `parts` leads below `old`. Returns the new `old`, NULL after a diagnostic. The recursion is
 * as deep as the path, which is limited. */
static SfNode *
replaced (SfDocument *doc, SfNode *old, char **parts, const SfNode *value, SfPlace place, SfDiagnostics *diag)
{
  SfPlace inner = place;
  SfNode *copy, *item;
  guint i = 0; /* gcc does not see that it is set on every path */

  if (*parts == NULL)
    return (SfNode *) value;
  if (old == NULL || sf_node_is_empty (old))
    {
      copy = node_new (doc, SF_NODE_MAP, &place);
      copy->fresh = TRUE;
    }
  else if (old->kind == SF_NODE_SCALAR)
    {
      sf_error (diag, &place, _ ("nothing can be set below '%s', which is a single value"), old->text);
      return NULL;
    }
  else
    copy = make_fresh (doc, old);

  if (copy->kind == SF_NODE_MAP)
    i = map_slot (doc, copy, *parts, &place);
  else if (!list_slot (copy, *parts, &place, diag, &i))
    return NULL;
  inner.column += g_utf8_strlen (*parts, -1) + 1;
  item = replaced (doc, g_ptr_array_index (copy->items, i), parts + 1, value, inner, diag);
  if (item == NULL)
    return NULL;
  g_ptr_array_index (copy->items, i) = item;
  return node_measure (copy, diag) ? copy : NULL;
}

gboolean
sf_document_set (SfDocument *doc, const char *path, const SfNode *value, const SfPlace *place, SfDiagnostics *diag)
{
  g_auto (GStrv) parts = g_strsplit (path, ".", SF_DOCUMENT_MAX_DEPTH + 1);
  SfNode *root;

  if (g_strv_length (parts) == 0)
    return sf_error (diag, place, _ ("an empty path"));
  if (g_strv_length (parts) > SF_DOCUMENT_MAX_DEPTH)
    return sf_error (diag, place, _ ("a path of more than %d parts"), SF_DOCUMENT_MAX_DEPTH);
  for (char **part = parts; *part != NULL; part++)
    if (**part == '\0')
      return sf_error (diag, place, _ ("path '%s' has an empty part"), path);
  root = replaced (doc, doc->root, parts, value, *place, diag);
  if (root == NULL)
    return FALSE;
  doc->root = root;
  return TRUE;
}
