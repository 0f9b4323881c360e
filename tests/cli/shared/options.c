/* SPDX-License-Identifier: MIT
 *
 * Options of commands: how they are written, which values they take, and what is said of wrong ones.
 */
#include "cli/shared/options.h"

#include "cli/shared/language.h"
#include "tests/support/capture.h"

#include <string.h>
#include <unistd.h>

/* --- parsing --- */

/* What a command with -j N, --flag and --name TEXT makes of its arguments. */
static const struct
{
  const char *arguments; /* with spaces between them */
  const char *rest;      /* positional arguments with '|' between them; NULL: the command is over … */
  const char *jobs;      /* what -j says; else: … and this is printed, on standard output … */
  const char *message;   /* … and this on standard error */
  SfExit exit;
} parsed[] = {
  { "", "", NULL, NULL, SF_EXIT_OK },
  { "a b", "a|b", NULL, NULL, SF_EXIT_OK },
  { "-j 4 a", "a", "4", NULL, SF_EXIT_OK },
  { "-j4 a", "a", "4", NULL, SF_EXIT_OK },
  { "--jobs=4", "", "4", NULL, SF_EXIT_OK },
  { "a --jobs 4 b", "a|b", "4", NULL, SF_EXIT_OK },
  { "-f a", "a", NULL, NULL, SF_EXIT_OK },
  /* Behind "--" nothing is an option. */
  { "-- -j4", "-j4", NULL, NULL, SF_EXIT_OK },
  { "-j 1 -- a", "a", "1", NULL, SF_EXIT_OK },
  { "--lang=zh a", "a", NULL, NULL, SF_EXIT_OK },
  { "--help", NULL, "  synfin test", NULL, SF_EXIT_OK },
  { "-h", NULL, "-j, --jobs=N", NULL, SF_EXIT_OK },
  { "--joobs=4", NULL, NULL, "synfin test: Unknown option --joobs=4\nTry 'synfin test --help'.\n", SF_EXIT_INPUT },
  { "-j", NULL, NULL, "Try 'synfin test --help'.\n", SF_EXIT_INPUT },
  { "--lang=de", NULL, NULL, "synfin test: --lang is en or zh, not 'de'\n", SF_EXIT_INPUT },
};

/* Parses "test " and `arguments`; returns what was printed on standard error. */
static char *
parse (const char *arguments, char ***ret_rest, char **ret_jobs, SfExit *ret_exit, gboolean *ret_ok)
{
  gboolean flag = FALSE;
  const GOptionEntry entries[] = {
    { "jobs", 'j', 0, G_OPTION_ARG_STRING, ret_jobs, "How many", "N" },
    { "flag", 'f', 0, G_OPTION_ARG_NONE, &flag, "Or not", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *line = g_strconcat ("test ", arguments, NULL);
  g_auto (GStrv) argv = g_strsplit (g_strchomp (line), " ", -1);
  Capture capture;

  /* Another --lang may have been there before. */
  sf_language_speak ("en");
  capture_begin (&capture, STDERR_FILENO);
  *ret_ok = sf_options_parse ((int) g_strv_length (argv), argv, entries, "FILE", "A test.", ret_rest, ret_exit);
  return capture_end (&capture);
}

static void
test_parsed (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_auto (GStrv) rest = NULL;
  g_autofree char *jobs = NULL, *printed = NULL, *said = NULL, *joined = NULL;
  SfExit status = SF_EXIT_OK;
  Capture capture;
  gboolean ok;

  capture_begin (&capture, STDOUT_FILENO);
  said = parse (parsed[i].arguments, &rest, &jobs, &status, &ok);
  printed = capture_end (&capture);
  g_assert_cmpint (ok, ==, parsed[i].rest != NULL);
  g_assert_cmpint (status, ==, parsed[i].exit);
  joined = ok ? g_strjoinv ("|", rest) : NULL;
  g_assert_cmpstr (joined, ==, parsed[i].rest);
  if (ok)
    g_assert_cmpstr (jobs, ==, parsed[i].jobs);
  else if (parsed[i].jobs != NULL)
    assert_says (printed, parsed[i].jobs);
  if (parsed[i].message != NULL)
    assert_says (said, parsed[i].message);
  else
    g_assert_cmpstr (said, ==, "");
}

/* --- values --- */

static const struct
{
  const char *text;
  gboolean right, given;
  guint64 seed;
} seeds[] = {
  { NULL, TRUE, FALSE, 0 },
  { "0", TRUE, TRUE, 0 },
  { "17", TRUE, TRUE, 17 },
  { "9223372036854775807", TRUE, TRUE, G_MAXINT64 },
  { "9223372036854775808", FALSE, FALSE, 0 },
  { "-1", FALSE, FALSE, 0 },
  { "0x10", FALSE, FALSE, 0 },
  { "1 ", FALSE, FALSE, 0 },
  { "1e3", FALSE, FALSE, 0 },
  { "", FALSE, FALSE, 0 },
};

static void
test_seeds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    {
      SfRunOptions options = { 0 };
      g_autofree char *said = NULL, *expected = NULL;
      Capture capture;
      gboolean right;

      capture_begin (&capture, STDERR_FILENO);
      right = sf_seed_parse ("run", seeds[i].text, &options);
      said = capture_end (&capture);
      expected = seeds[i].right
                   ? g_strdup ("")
                   : g_strdup_printf ("synfin run: --seed is a number from 0 to 9223372036854775807, not '%s'\n"
                                      "Try 'synfin run --help'.\n",
                                      seeds[i].text);
      g_assert_cmpint (right, ==, seeds[i].right);
      g_assert_cmpint (options.has_seed, ==, seeds[i].given);
      g_assert_cmpuint (options.seed, ==, seeds[i].seed);
      g_assert_cmpstr (said, ==, expected);
    }
}

static const struct
{
  const char *text;
  gboolean right;
  SfTime time; /* -1 was there before */
} instants[] = {
  { NULL, TRUE, -1 },   { "1.5s", TRUE, 1500000000 }, { "20 ms", TRUE, 20000000 }, { "0s", TRUE, 0 },
  { "1.5", FALSE, -1 }, { "s", FALSE, -1 },           { "1 parsec", FALSE, -1 },   { "", FALSE, -1 },
};

static void
test_instants (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (instants); i++)
    {
      SfTime time = -1;
      g_autofree char *said = NULL, *prefix = g_strdup_printf ("synfin plot: --from: '%s' ", instants[i].text);
      Capture capture;
      gboolean right;

      capture_begin (&capture, STDERR_FILENO);
      right = sf_option_instant ("plot", "--from", instants[i].text, &time);
      said = capture_end (&capture);
      g_assert_cmpint (right, ==, instants[i].right);
      if (right)
        g_assert_cmpint (time, ==, instants[i].time);
      g_assert_true (right ? *said == '\0' : g_str_has_prefix (said, prefix));
    }
}

static void
test_sets (void)
{
  char *right[] = { (char *) "hosts.server.tcp.msl=30s", (char *) "title=a=b", NULL };
  char *wrong[] = { (char *) "hosts.server.tcp.msl=30s", (char *) "title", NULL };
  g_autoptr (GArray) none = sf_sets_parse (NULL), sets = sf_sets_parse (right), refused = NULL;
  g_autofree char *said = NULL;
  Capture capture;

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (sets->len, ==, 2);
  g_assert_cmpstr (g_array_index (sets, SfOverride, 0).path, ==, "hosts.server.tcp.msl");
  g_assert_cmpstr (g_array_index (sets, SfOverride, 0).value, ==, "30s");
  g_assert_cmpstr (g_array_index (sets, SfOverride, 1).path, ==, "title");
  g_assert_cmpstr (g_array_index (sets, SfOverride, 1).value, ==, "a=b");
  capture_begin (&capture, STDERR_FILENO);
  refused = sf_sets_parse (wrong);
  said = capture_end (&capture);
  g_assert_null (refused);
  assert_says (said, "error: ");
  assert_says (said, "title");
}

static void
test_errors (void)
{
  g_autofree char *said = NULL;
  SfExit usage, fatal;
  Capture capture;

  capture_begin (&capture, STDERR_FILENO);
  usage = sf_usage_error ("run", "%s of %d", "one", 2);
  fatal = sf_fatal_error ("disk %s", "full");
  said = capture_end (&capture);
  g_assert_cmpint (usage, ==, 2);
  g_assert_cmpint (fatal, ==, 3);
  g_assert_cmpstr (said, ==, "synfin run: one of 2\nTry 'synfin run --help'.\nsynfin: disk full\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/shared/options/seeds", test_seeds);
  g_test_add_func ("/cli/shared/options/instants", test_instants);
  g_test_add_func ("/cli/shared/options/sets", test_sets);
  g_test_add_func ("/cli/shared/options/errors", test_errors);
  for (guint i = 0; i < G_N_ELEMENTS (parsed); i++)
    {
      g_autofree char *path = g_strdup_printf ("/cli/shared/options/parsed/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_parsed);
    }
  return g_test_run ();
}
