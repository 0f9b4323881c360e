/* SPDX-License-Identifier: MIT
 *
 * docs/rfc9293.md against RFC 9293 and against the tree: each requirement has one row, and what the rows name is there.
 */
#include <glib.h>
#include <string.h>

#define MAP "docs/rfc9293.md"

/* RFC 9293 Appendix B numbers without a gap. */
static const struct
{
  const char *kind;
  guint last;
} requirements[] = { { "MUST", 69 }, { "SHLD", 31 }, { "MAY", 18 } };

static char *
read_file (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", name, NULL);
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    {
      g_test_fail_printf ("there is no %s", name);
      text = g_strdup ("");
    }
  return text;
}

static guint
count (const char *text, const char *what)
{
  guint n = 0;

  while ((text = strstr (text, what)) != NULL)
    {
      n++;
      text++;
    }
  return n;
}

static void
test_numbers (void)
{
  g_autofree char *text = read_file (MAP);
  guint n_rows = 0;

  for (guint i = 0; i < G_N_ELEMENTS (requirements); i++)
    for (guint number = 1; number <= requirements[i].last; number++)
      {
        g_autofree char *row = g_strdup_printf ("\n| %s-%u |", requirements[i].kind, number);

        n_rows++;
        if (count (text, row) != 1)
          g_test_fail_printf ("%s-%u has %u rows", requirements[i].kind, number, count (text, row));
      }
  g_assert_cmpuint (count (text, "\n| MUST-") + count (text, "\n| SHLD-") + count (text, "\n| MAY-"), ==, n_rows);
}

/* A row has words, and a place in the tree unless it says why not. */
static void
test_rows (void)
{
  g_autofree char *text = read_file (MAP);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = NULL;
      gboolean excused;

      if (!g_str_has_prefix (lines[i], "| M") && !g_str_has_prefix (lines[i], "| SHLD"))
        continue;
      cells = g_strsplit (lines[i], "|", -1);
      g_assert_cmpuint (g_strv_length (cells), ==, 6);
      for (guint cell = 1; cell <= 4; cell++)
        g_assert_cmpstr (g_strstrip (cells[cell]), !=, "");
      excused = g_str_has_prefix (cells[4], "outside: ") || g_str_has_prefix (cells[4], "*not done*: ")
                || g_str_has_prefix (cells[4], "no");
      if (g_str_equal (cells[3], "-") && !excused)
        g_test_fail_printf ("%s has no place and no reason", cells[1]);
    }
}

/* `file:name`: the file is there, and the name in it. */
static void
test_references (void)
{
  g_autofree char *text = read_file (MAP);
  g_autoptr (GRegex) regex = g_regex_new ("`([a-z][A-Za-z0-9_./-]*/[A-Za-z0-9_.-]+):([^`]+)`", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint n = 0;

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL), n++)
    {
      g_autofree char *file = g_match_info_fetch (match, 1), *name = g_match_info_fetch (match, 2);
      g_autofree char *content = read_file (file);

      if (strstr (content, name) == NULL)
        g_test_fail_printf ("there is no \"%s\" in %s", name, file);
    }
  g_assert_cmpuint (n, >, 150);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp/rfc-map/numbers", test_numbers);
  g_test_add_func ("/tcp/rfc-map/rows", test_rows);
  g_test_add_func ("/tcp/rfc-map/references", test_references);
  return g_test_run ();
}
