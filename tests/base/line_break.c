/* SPDX-License-Identifier: MIT
 *
 * Where lines may end, and breaking text into lines.
 */
#include "base/line_break.h"
#include "base/columns.h"

#include <string.h>

/* Texts with a '|' wherever a line may end, and a '!' where it must end. */
static const char *const texts[] = {
  "",
  "word",
  /* At every blank; of several, after the last. */
  "two |words",
  "two  |words ",
  "  two",
  "in |/tmp |and |.yaml |files, |a |(b) |c",
  "'--set' |(x) |is |\"so\" |( |a |)",
  "nobody |... |knows",
  /* Not within words, whatever their characters. */
  "SYN-ACK |--set |docs/trace.md |192.0.2.1–192.0.2.2 |a,b;c |{a}b |FILE|DIR",
  "long…text |a—b",
  /* Texts that must not be broken. */
  "a\302\240b |c",
  "after |20 s |later",
  "10 Mbit/s, |64 KiB |and |1460 B",
  "2 MSL |3 segments |4 bytes |5 min.",
  "20  |s",
  "3 |hosts |in |2 |ways |a |s",
  "20 s|后",
  "#2 close |# |close |2 |close",
  /* Newlines. */
  "one\n!two",
  "one\n!\n!  two |three\n",
  /* Between Chinese characters, but punctuation stays with the text that it belongs to. */
  "三|次|握|手",
  "丢|失|100％|的|段",
  "连|接，|关|闭。|了",
  "（连|接）|了",
  "见|（3.10）|的",
  "他|说|「你|好」|然|后",
  "他|说|“你|好”|然|后|‘走’|了",
  "“你|好。”|他|说",
  "《书》|是|【他】|的？|是！",
  "的|——|了",
  "的……|了",
  "的|SYN|了 |SYN-ACK |的",
  "的\"引|用\"了",
  "等|待 |20 s |后",
  "か|な|カー",
  "한|국|어 |말",
  /* A character includes its combining marks. */
  "e\314\201e |字\314\201|字",
  "doesn’t |“curved” |(quotes) |‘so’",
};

static void
test_breaks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GString) text = g_string_new (texts[i]);
      g_autoptr (GString) marked = g_string_new (NULL);
      g_autofree char *breaks = NULL;

      g_string_replace (text, "FILE|DIR", "FILE\001DIR", 0);
      g_string_replace (text, "|", "", 0);
      g_string_replace (text, "!", "", 0);
      g_string_replace (text, "\001", "|", 0);
      breaks = sf_line_breaks (text->str);
      for (gsize k = 0; k < text->len; k++)
        {
          g_string_append (marked, breaks[k] == 'y' ? "|" : breaks[k] == '\n' ? "!" : "");
          g_string_append_c (marked, text->str[k]);
        }
      g_assert_cmpstr (marked->str, ==, texts[i]);
    }
}

static const struct
{
  const char *text;
  int columns;
  const char *lines; /* joined by "|" */
} wraps[] = {
  { "", 10, "" },
  { "  ", 10, "" },
  { "one", 3, "one" },
  { "one two", 7, "one two" },
  { "one two", 6, "one|two" },
  { "one two three", 7, "one two|three" },
  { "one  two  ", 3, "one|two" },
  { "one  two", 8, "one  two" },
  { "one two\nthree", 20, "one two|three" },
  { "long-word", 4, "long|-wor|d" },
  { "a long-word", 4, "a|long|-wor|d" },
  { "after 20 s", 8, "after|20 s" },
  { "20 s", 3, "20|s" },
  { "客户 x", 4, "客户|x" },
  { "客户", 3, "客|户" },
  { "客户", 1, "客|户" },
  { "丢失100％的", 8, "丢失|100％的" },
  { "丢失100％的", 6, "丢失|100％|的" },
  { "ab", 1, "a|b" },
};

static char *
join (GPtrArray *lines, const char *separator)
{
  g_ptr_array_add (lines, NULL);
  return g_strjoinv (separator, (char **) lines->pdata);
}

static void
test_wrap (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wraps); i++)
    {
      g_autoptr (GPtrArray) lines = sf_wrap (wraps[i].text, wraps[i].columns);
      g_autofree char *joined = join (lines, "|");

      g_assert_cmpstr (joined, ==, wraps[i].lines);
    }
}

/* Returns a text of up to 30 pieces. */
static char *
random_text (void)
{
  static const char *const pieces[] = { "a", "SYN", "-",  " ",  " ",  "  ", "20",        " s", "#2", "\n", "“",
                                        "”", "，",  "字", "字", "（", "）", "e\314\201", "％", ".",  "/",  "\"" };
  GString *text = g_string_new (NULL);

  for (int n = g_test_rand_int_range (0, 30); n > 0; n--)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

/* Returns `text` without blanks and newlines. */
static char *
squeeze (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " \n", -1);

  return g_strjoinv ("", parts);
}

/* TRUE if `line` may be broken somewhere. */
static gboolean
is_breakable (const char *line)
{
  g_autofree char *breaks = sf_line_breaks (line + strspn (line, " "));

  return *line != '\0' && memchr (breaks, 'y', strlen (line + strspn (line, " "))) != NULL;
}

/* In any text nothing is lost, no line ends with a blank, and no line is too wide unless it cannot be broken. */
static void
test_any_text (void)
{
  guint n_wide = 0, n_lines = 0;

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *text = random_text (), *squeezed = squeeze (text), *joined = NULL, *rest = NULL;
      int columns = g_test_rand_int_range (1, 20);
      const SfLineRoom room = {
        .char_width = sf_char_columns, .first = columns, .rest = columns, .tear = g_test_rand_bit ()
      };
      g_autoptr (GPtrArray) lines = sf_break_lines (text, &room);

      n_lines += lines->len;
      for (guint k = 0; k < lines->len; k++)
        {
          const char *line = g_ptr_array_index (lines, k);
          gboolean wide = sf_columns (line) > columns;

          g_assert_false (g_str_has_suffix (line, " "));
          g_assert_true (g_utf8_validate (line, -1, NULL));
          g_assert_true (!wide || !is_breakable (line));
          g_assert_true (!wide || !room.tear || g_utf8_strlen (line, -1) == 1);
          n_wide += wide;
        }
      joined = join (lines, "");
      rest = squeeze (joined);
      g_assert_cmpstr (rest, ==, squeezed);
    }
  g_assert_cmpuint (n_lines, >, 20000);
  g_assert_cmpuint (n_wide, >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/line-break/breaks", test_breaks);
  g_test_add_func ("/line-break/wrap", test_wrap);
  g_test_add_func ("/line-break/any-text", test_any_text);
  return g_test_run ();
}
