/* SPDX-License-Identifier: MIT
 *
 * The texts of the shipped lessons. All prose is in English and in Chinese, both versions name the same instants, and
 * each lesson has questions. (The tests `lessons` and `scenarios` load and run the lessons.)
 */
#include "base/files.h"
#include "lab/language/node.h"

#include <string.h>

#define LEAST_QUESTIONS 2
#define MOST_QUESTIONS 5

static const char *const languages[] = { "en", "zh" };

/* Fails the test, with the place of `node` in the message. */
static void
complain (const SfNode *node, const char *what, const char *why)
{
  g_test_message ("%s:%u: %s %s", sf_source_name (node->place.source), node->place.line, what, why);
  g_test_fail ();
}

/* --- languages --- */

static gboolean
is_chinese (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_get_script (g_utf8_get_char (at)) == G_UNICODE_SCRIPT_HAN)
      return TRUE;
  return FALSE;
}

/* FALSE if the text is the same in every language: "FIN, ACK", "8", "RFC 9293 section 3.10.7.1:
 * <SEQ=SEG.ACK><CTL=RST>". */
static gboolean
is_prose (const char *english)
{
  static const char not_prose[] =
    "and|equation|figure|fix|rule|sections?|step|first|second|third|fourth|fifth|sixth|seventh|eighth|min|ms";
  g_autofree char *word = g_strdup_printf ("\\b(?!(%s)\\b)[a-z]{2,}\\b", not_prose);

  return g_regex_match_simple (word, english, 0, 0);
}

static gboolean
is_mapping_of_languages (const SfNode *node)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (sf_node_get (node, languages[i]) == NULL)
      return FALSE;
  return TRUE;
}

/* Checks that the text `key` of `map`, if it has one, is in all languages. */
static void
check_text (const SfNode *map, const char *key)
{
  const SfNode *node = sf_node_get (map, key);
  const SfNode *english = node != NULL && node->kind == SF_NODE_MAP ? sf_node_get (node, "en") : node;

  if (english == NULL || !is_prose (english->text))
    return;
  if (!is_mapping_of_languages (node))
    complain (node, key, "is not there in all languages");
  else if (is_chinese (english->text) || !is_chinese (sf_node_get (node, "zh")->text))
    complain (node, key, "is not in the language that it is said to be in");
}

/* --- instants --- */

/* Returns the instants at the beginnings of the lines of `text`, as written. */
static char **
instants_of (const char *text)
{
  g_autoptr (GRegex) instant = g_regex_new ("^[0-9.]+(ns|us|ms|s|min|h)(?= )", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  g_autoptr (GMatchInfo) match = NULL;

  for (g_regex_match (instant, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *word = g_match_info_fetch (match, 0);

      g_strv_builder_add (found, word);
    }
  return g_strv_builder_end (found);
}

static void
check_instants (const SfNode *explain)
{
  g_auto (GStrv) english = NULL;
  g_auto (GStrv) chinese = NULL;

  if (explain == NULL || !is_mapping_of_languages (explain))
    return;
  english = instants_of (sf_node_get (explain, "en")->text);
  chinese = instants_of (sf_node_get (explain, "zh")->text);
  if (!g_strv_equal ((const char *const *) english, (const char *const *) chinese))
    complain (explain, "explain", "has other instants in one language than in another");
}

/* --- questions --- */

static void
check_questions (const SfNode *predict)
{
  for (guint i = 0; i < sf_node_n (predict); i++)
    {
      check_text (sf_node_item (predict, i), "ask");
      check_text (sf_node_item (predict, i), "because");
    }
}

/* --- a run --- */

/* Checks the texts of `run`: the whole document for the standard run, or a variant. Both have the same keys. */
static void
check_run (const SfNode *run)
{
  const SfNode *expect = sf_node_get (run, "expect");

  check_text (run, "title");
  check_text (run, "asks");
  check_text (run, "explain");
  check_text (run, "because");
  check_instants (sf_node_get (run, "explain"));
  for (guint i = 0; i < sf_node_n (expect); i++)
    {
      check_text (sf_node_item (expect, i), "name");
      check_text (sf_node_item (expect, i), "because");
    }
  check_questions (sf_node_get (run, "predict"));
}

static SfDocument *
read_document (const char *path)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSource) source = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  SfDocument *doc;
  gsize len;

  g_file_get_contents (path, &text, &len, &error);
  g_assert_no_error (error);
  source = sf_source_new (path, text, len);
  doc = sf_document_parse (source, diag);
  g_assert_nonnull (doc);
  return doc;
}

static void
test_lesson (gconstpointer data)
{
  g_autoptr (SfDocument) doc = read_document (data);
  const SfNode *root = sf_document_root (doc);
  const SfNode *variants = sf_node_get (root, "variants");
  guint questions = sf_node_n (sf_node_get (root, "predict"));

  check_run (root);
  if (questions < LEAST_QUESTIONS || questions > MOST_QUESTIONS)
    complain (root, "predict", "has too few questions, or too many");
  for (guint i = 0; i < sf_node_n (variants); i++)
    check_run (sf_node_item (variants, i));
}

/* --- the check itself --- */

static void
test_instants (void)
{
  g_auto (GStrv) found = instants_of ("It takes 50 ms.\n0s      SYN.\n1.05s  At 2s\n3 s later\n  4s no\n5min  Yes");
  g_autofree char *joined = g_strjoinv (" ", found);

  g_assert_cmpstr (joined, ==, "0s 1.05s 5min");
}

static void
test_prose (void)
{
  g_assert_true (is_prose ("the SYN is lost"));
  g_assert_true (is_prose ("RFC 9293 section 3.8.3 (R2; eight retransmissions here)"));
  g_assert_false (is_prose ("FIN, ACK"));
  g_assert_false (is_prose ("3600 s - 61.1 s + 2 min"));
  g_assert_false (
    is_prose ("RFC 9293 section 3.10.7.4, first step; RFC 6298 sections 2 and 5, rule 5.5: <SEQ=0><CTL=RST,ACK>"));
}

static void
test_chinese (void)
{
  g_assert_true (is_chinese ("SYN 丢失"));
  g_assert_false (is_chinese ("SYN, “ACK”：RST"));
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lessons = NULL;
  g_autofree char *folder = NULL;

  g_test_init (&argc, &argv, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "..", "scenarios", NULL);
  lessons = sf_files_find (folder, ".yaml", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lessons->len, >, 0);
  g_test_add_func ("/lesson texts/instants", test_instants);
  g_test_add_func ("/lesson texts/prose", test_prose);
  g_test_add_func ("/lesson texts/chinese", test_chinese);
  for (guint i = 0; i < lessons->len; i++)
    {
      const char *path = g_ptr_array_index (lessons, i);
      g_autofree char *name = g_strconcat ("/lesson texts", path + strlen (folder), NULL);

      g_test_add_data_func (name, path, test_lesson);
    }
  return g_test_run ();
}
