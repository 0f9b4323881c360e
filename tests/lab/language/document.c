/* SPDX-License-Identifier: MIT
 *
 * Documents that share nodes with other documents, and plain words, which are read without the parser.
 */
#include "lab/language/document.h"

#include <string.h>

static SfDocument *
parse (const char *text)
{
  g_autoptr (SfSource) source = sf_source_new ("test", text, strlen (text));
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  SfDocument *doc = sf_document_parse (source, diag);

  g_assert_nonnull (doc);
  return doc;
}

/* --- words --- */

static const char *const words[] = {
  "1",        "0",       "10ms", "1.5s",     "5%",   "0.333333%", "10Mbit/s", "-5",    "1e6", "1e-3",  "1e+3", "3.5msl",
  "standard", "two-way", "a_b",  "10.0.0.1", "null", "true",      "0x10",     "08:15", "~",   "null~", "---",  "...",
  "%5",       "5 ms",    "a:",   "a: b",     "a:b",  "a#b",       "a #b",     "#a",    "&a",  "*a",    "!a",   "@a",
  "'5'",      "\"5\"",   "[5]",  "[5",       "{a}",  "5,6",       "- 5",      "-",     "?",   "?a",    "a?",   "é",
  "5é",       " 5",      "5\t",  "+5",       ".5",   "/5",        "5/",       "_",     "a'b",
};

/* Returns a description of the document or error that parsing `text` gives. */
static char *
outcome_of (const char *text)
{
  g_autoptr (SfSource) source = sf_source_new ("test", text, strlen (text));
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfDocument) doc = sf_document_parse (source, diag);
  const SfNode *root = doc != NULL ? sf_document_root (doc) : NULL;

  if (root == NULL)
    return g_strdup (sf_diagnostics_error (diag)->message);
  return g_strdup_printf ("%d at %u:%u, '%s', %d, %u, %u, %u", root->kind, root->place.line, root->place.column,
                          root->text != NULL ? root->text : "", root->quoted, root->height, root->size,
                          sf_node_n (root));
}

/* A word is read without the parser, a word with a line break by the parser: both give the same. */
static void
test_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *line = g_strconcat (words[i], "\n", NULL);
      g_autofree char *alone = outcome_of (words[i]), *parsed = outcome_of (line);

      g_assert_cmpstr (alone, ==, parsed);
    }
}

/* The place of a mapping is its brace; without braces, as in a list, it is its first key. */
static void
test_places (void)
{
  static const struct
  {
    const char *text, *place;
  } rows[] = {
    { "{a: 1}\n", "1:1" },
    { "  {a: 1}\n", "1:3" },
    { "  {\n a: 1}\n", "1:3" },
    { "  a: 1\n  b: 2\n", "1:3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SfDocument) doc = parse (rows[i].text);
      const SfPlace *place = &sf_document_root (doc)->place;
      g_autofree char *text = g_strdup_printf ("%u:%u", place->line, place->column);

      g_assert_cmpstr (text, ==, rows[i].place);
    }
}

/* --- over others --- */

static const char *
value_of (const SfDocument *doc, const char *map, const char *key)
{
  const SfNode *node = sf_node_get (sf_node_get (sf_document_root (doc), map), key);

  return node != NULL ? node->text : NULL;
}

static void
set (SfDocument *doc, const char *path, const char *value)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  SfDocument *of_value = parse (value);
  const SfPlace place = { sf_document_source (doc), 1, 1 };

  sf_document_adopt (doc, of_value);
  g_assert_true (sf_document_set (doc, path, sf_document_root (of_value), &place, diag));
}

/* A value set in one of two documents over a third changes neither of the others, even if an alias shares the node. */
static void
test_over (void)
{
  SfDocument *base = parse ("{a: &a {x: 1, y: 2}, b: *a}");
  g_autoptr (SfDocument) one = sf_document_over (base), two = sf_document_over (base);

  set (one, "a.x", "5");
  set (one, "a.z", "6");
  set (two, "b.y", "7");
  g_assert_cmpstr (value_of (base, "a", "x"), ==, "1");
  g_assert_null (value_of (base, "a", "z"));
  g_assert_cmpstr (value_of (base, "b", "y"), ==, "2");
  sf_document_free (base);

  g_assert_cmpstr (value_of (one, "a", "x"), ==, "5");
  g_assert_cmpstr (value_of (one, "a", "y"), ==, "2");
  g_assert_cmpstr (value_of (one, "a", "z"), ==, "6");
  g_assert_cmpstr (value_of (one, "b", "x"), ==, "1");
  g_assert_cmpstr (value_of (two, "a", "y"), ==, "2");
  g_assert_cmpstr (value_of (two, "b", "y"), ==, "7");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/words", test_words);
  g_test_add_func ("/document/places", test_places);
  g_test_add_func ("/document/over", test_over);
  return g_test_run ();
}
