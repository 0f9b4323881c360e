/* SPDX-License-Identifier: MIT
 *
 * Paragraphs: heads, indentation, and texts as their authors arranged them.
 */
#include "base/paragraph.h"

static void
test_paragraph (void)
{
  static const struct
  {
    const char *head, *indent, *text;
    guint width;
    const char *result;
  } rows[] = {
    { "", "", "", 10, "\n" },
    { "a ", "  ", "bb cc dd", 7, "a bb cc\n  dd\n" },
    { "a ", "  ", "bb cc dd", 0, "a bb cc dd\n" },
    { "", "", "unbreakable", 5, "unbreakable\n" },
    { "- ", "  ", "one\ntwo", 80, "- one\n  two\n" },
    { "", "", "0s      kept blanks", 80, "0s      kept blanks\n" },
    { "", "", "äö üß", 5, "äö üß\n" },
    /* Chinese has no blanks between words: a line may end after any character, but must not begin with punctuation. */
    { "", "", "汉字 汉字", 8, "汉字 汉\n字\n" },
    { "", "", "汉字 汉字", 6, "汉字\n汉字\n" },
    { "", "", "汉字汉字", 4, "汉字\n汉字\n" },
    { "", "", "汉字，汉字。", 5, "汉\n字，\n汉\n字。\n" },
    { "", "", "在 SYN-SENT 时", 8, "在\nSYN-SENT\n时\n" },
    { "", "", "（汉）字", 4, "（汉）\n字\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      sf_paragraph (out, rows[i].head, rows[i].indent, rows[i].text, rows[i].width);
      g_assert_cmpstr (out->str, ==, rows[i].result);
    }
}

static void
test_paragraphs (void)
{
  static const struct
  {
    const char *text;
    guint width;
    const char *result;
  } rows[] = {
    { "one two\nthree", 80, "one two three\n" },
    { "one\n\ntwo", 80, "one\n\ntwo\n" },
    { "0s      The client\n        sends.\n1.05s   The server\n        answers.", 80,
      "0s      The client sends.\n1.05s   The server answers.\n" },
    { "0s      The client sends a SYN", 20, "0s      The client\n        sends a SYN\n" },
    { "text\n  indented\n  more\ntext", 80, "text\n  indented more\ntext\n" },
    { "Again.\n300.05s A SYN.\n300.1s  A\n        RST.\n300.15s It\n        arrives.", 80,
      "Again.\n300.05s A SYN.\n300.1s  A RST.\n300.15s It arrives.\n" },
    { "It takes\n2s to\nfail.", 80, "It takes 2s to fail.\n" },
    { "a label that is  too long for one", 80, "a label that is  too long for one\n" },
    { "", 80, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      sf_paragraphs (out, rows[i].text, rows[i].width);
      g_assert_cmpstr (out->str, ==, rows[i].result);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paragraph/paragraph", test_paragraph);
  g_test_add_func ("/paragraph/paragraphs", test_paragraphs);
  return g_test_run ();
}
