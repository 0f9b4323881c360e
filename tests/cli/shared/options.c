/* SPDX-License-Identifier: MIT
 *
 * Options of commands: how they are written, their values, and the messages about wrong ones.
 */
#include "cli/shared/options.h"

#include "cli/shared/language.h"
#include "tests/support/capture.h"

#include <string.h>
#include <unistd.h>

/* --- parsing --- */

/* Options of every type. */
typedef struct
{
  gboolean flag;
  char *text, *optional, *file;
  char **list;
  int number;
  SfArgument jobs, pages, seed, from, paper, color;
} Options;

static const SfOptionValues job_counts = { .least = 1, .most = 1024 };
static const SfOptionValues page_counts = { .least = 0 };
static const SfOptionValues papers = { .choices = (const char *const[]){ "free", "a4", "slide", NULL } };

static const SfOption rows[] = {
  { "jobs", 'j', SF_OPTION_COUNT, offsetof (Options, jobs), "How many", "N", &job_counts },
  { "pages", 0, SF_OPTION_COUNT, offsetof (Options, pages), "How many", "N", &page_counts },
  { "flag", 'f', SF_OPTION_FLAG, offsetof (Options, flag), "Or not", NULL, NULL },
  { "text", 't', SF_OPTION_TEXT, offsetof (Options, text), "A text", "TEXT", NULL },
  { "optional", 0, SF_OPTION_OPTIONAL_TEXT, offsetof (Options, optional), "A text or none", "TEXT", NULL },
  { "output", 'o', SF_OPTION_FILE, offsetof (Options, file), "A file", "FILE", NULL },
  { "list", 0, SF_OPTION_LIST, offsetof (Options, list), "Several", "TEXT", NULL },
  { "number", 0, SF_OPTION_INT, offsetof (Options, number), "A number", "N", NULL },
  { "from", 0, SF_OPTION_INSTANT, offsetof (Options, from), "An instant", "TIME", NULL },
  { "paper", 0, SF_OPTION_CHOICE, offsetof (Options, paper), "A word", "PAPER", &papers },
  { "hidden", 0, SF_OPTION_TEXT, offsetof (Options, text), NULL, "TEXT", NULL },
  SF_SEED_ROW (Options, seed),
  SF_COLOR_ROW (Options),
  SF_OPTION_END,
};

static const SfUsage test_usage = { .options = rows, .arguments = "FILE", .description = "A test." };

/* Parses the words "test" and `argv`, up to NULL. Returns what was printed on standard error. */
static char *
parse_words (const char *const *argv, Options *options, char ***ret_rest, SfExit *ret_exit, gboolean *ret_ok)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  Capture capture;

  g_strv_builder_add (words, "test");
  g_strv_builder_addv (words, (const char **) argv);
  all = g_strv_builder_end (words);
  /* An earlier test may have used --lang. */
  sf_language_speak ("en");
  capture_begin (&capture, STDERR_FILENO);
  *ret_ok = sf_options_parse ((int) g_strv_length (all), all, &test_usage, options, ret_rest, ret_exit);
  return capture_end (&capture);
}

/* Parses `option` alone, NULL: nothing. FALSE if it is wrong usage; `*ret_said` is then the message. */
static gboolean
parse_one (const char *option, Options *options, char **ret_said)
{
  const char *const argv[] = { option, NULL };
  g_auto (GStrv) rest = NULL;
  SfExit status = SF_EXIT_OK;
  gboolean ok;

  *ret_said = parse_words (argv, options, &rest, &status, &ok);
  g_assert_cmpint (status, ==, ok ? SF_EXIT_OK : SF_EXIT_INPUT);
  return ok;
}

/* The results of arguments for a command with these options. */
static const struct
{
  const char *arguments; /* separated by spaces */
  const char *rest;      /* positional arguments separated by '|'; NULL: the command is over */
  const char *jobs;      /* the text of -j; if the command is over, the standard output */
  const char *message;   /* if the command is over, the standard error */
  SfExit exit;
} parsed[] = {
  { "", "", NULL, NULL, SF_EXIT_OK },
  { "a b", "a|b", NULL, NULL, SF_EXIT_OK },
  { "-j 4 a", "a", "4", NULL, SF_EXIT_OK },
  { "-j4 a", "a", "4", NULL, SF_EXIT_OK },
  { "--jobs=4", "", "4", NULL, SF_EXIT_OK },
  { "a --jobs 4 b", "a|b", "4", NULL, SF_EXIT_OK },
  { "-f a", "a", NULL, NULL, SF_EXIT_OK },
  /* After "--" nothing is an option. */
  { "-- -j4", "-j4", NULL, NULL, SF_EXIT_OK },
  { "-j 1 -- a", "a", "1", NULL, SF_EXIT_OK },
  { "--lang=zh a", "a", NULL, NULL, SF_EXIT_OK },
  { "--help", NULL, "  synfin test", NULL, SF_EXIT_OK },
  { "-h", NULL, "-j, --jobs=N", NULL, SF_EXIT_OK },
  { "--joobs=4", NULL, NULL, "synfin test: Unknown option --joobs=4\nTry 'synfin test --help'.\n", SF_EXIT_INPUT },
  { "-j", NULL, NULL, "Try 'synfin test --help'.\n", SF_EXIT_INPUT },
  { "--choices=paper", NULL, "free\na4\nslide\n", NULL, SF_EXIT_OK },
  { "--choices=color", NULL, "auto\nalways\nnever\n", NULL, SF_EXIT_OK },
  { "--choices=lang", NULL, "en\nzh\n", NULL, SF_EXIT_OK },
  { "--choices=jobs", NULL, "", NULL, SF_EXIT_OK },
  { "--choices=nothing", NULL, "", NULL, SF_EXIT_OK },
  { "-j0", NULL, NULL, "synfin test: --jobs is a number from 1 to 1024, not '0'\nTry 'synfin test --help'.\n",
    SF_EXIT_INPUT },
  { "--lang=de", NULL, NULL, "synfin test: --lang is en or zh, not 'de'\n", SF_EXIT_INPUT },
};

static void
test_parsed (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_auto (GStrv) words = g_strsplit (parsed[i].arguments, " ", *parsed[i].arguments == '\0' ? 1 : -1);
  g_auto (GStrv) rest = NULL;
  g_autofree char *printed = NULL, *said = NULL, *joined = NULL;
  Options options = { 0 };
  SfExit status = SF_EXIT_OK;
  Capture capture;
  gboolean ok;

  capture_begin (&capture, STDOUT_FILENO);
  said = parse_words ((const char *const *) words, &options, &rest, &status, &ok);
  printed = capture_end (&capture);
  g_assert_cmpint (ok, ==, parsed[i].rest != NULL);
  g_assert_cmpint (status, ==, parsed[i].exit);
  joined = ok ? g_strjoinv ("|", rest) : NULL;
  g_assert_cmpstr (joined, ==, parsed[i].rest);
  if (ok)
    g_assert_cmpstr (options.jobs.text, ==, parsed[i].jobs);
  else if (parsed[i].jobs != NULL)
    assert_says (printed, parsed[i].jobs);
  if (parsed[i].message != NULL)
    assert_says (said, parsed[i].message);
  else
    g_assert_cmpstr (said, ==, "");
  sf_options_clear (rows, &options);
  g_assert_null (options.jobs.text);
}

/* --- every type --- */

static SfExit
look_at (const char *command, char **arguments, gconstpointer user)
{
  static const char *const names[] = { "list", "jobs", "paper", "text", "optional", NULL };
  const Options *options = user;
  g_auto (GStrv) given = sf_options_given (rows, options, names);
  g_autofree char *joined = g_strjoinv ("|", given);

  g_assert_cmpstr (command, ==, "test");
  g_assert_cmpstr (arguments[0], ==, "a");
  g_assert_null (arguments[1]);
  g_assert_true (options->flag);
  g_assert_cmpstr (options->text, ==, "t");
  g_assert_cmpstr (options->optional, ==, "");
  g_assert_cmpstr (options->file, ==, "f");
  g_assert_cmpstr (options->list[1], ==, "y");
  g_assert_cmpint (options->number, ==, -3);
  g_assert_cmpint (options->jobs.value, ==, 7);
  g_assert_cmpint (options->pages.value, ==, 12); /* unchanged */
  g_assert_null (options->pages.text);
  g_assert_cmpint (options->from.value, ==, 2000000);
  g_assert_cmpint (options->paper.value, ==, 1);
  g_assert_cmpint (options->color.value, ==, 2);
  g_assert_cmpstr (joined, ==, "--list=x|--list=y|--jobs=07|--paper=a4|--text=t|--optional=");
  return SF_EXIT_FAILED;
}

static void
test_types (void)
{
  char *argv[] = { (char *) "test",
                   (char *) "--optional",
                   (char *) "a",
                   (char *) "-tt",
                   (char *) "-f",
                   (char *) "--list=x",
                   (char *) "--list",
                   (char *) "y",
                   (char *) "--number=-3",
                   (char *) "-j07",
                   (char *) "--from",
                   (char *) "2 ms",
                   (char *) "--paper=a4",
                   (char *) "--output=f",
                   (char *) "--color",
                   (char *) "never",
                   NULL };
  Options options = { .pages.value = 12 };

  g_assert_cmpint (sf_options_run ((int) g_strv_length (argv), argv, &test_usage, &options, look_at), ==,
                   SF_EXIT_FAILED);
  g_assert_null (options.list);
  g_assert_null (options.color.text);
}

/* Messages about wrong values. */
static const struct
{
  const char *option, *message;
} mistakes[] = {
  { "--jobs=1025", "--jobs is a number from 1 to 1024, not '1025'" },
  { "--jobs=", "--jobs is a number from 1 to 1024, not ''" },
  { "--pages=-1", "--pages is a number from 0, not '-1'" },
  { "--pages=2147483648", "--pages is a number from 0, not '2147483648'" },
  { "--paper=poster", "--paper is one of free, a4, slide, not 'poster'" },
  { "--paper=slid", "--paper is one of free, a4, slide, not 'slid'; did you mean 'slide'?" },
  { "--color=50%s", "--color is auto, always or never, not '50%s'" },
  { "--number=x", NULL /* the message of GLib */ },
};

static void
test_wrong (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      Options options = { 0 };
      g_autofree char *said = NULL;
      g_autofree char *expected = g_strdup_printf ("synfin test: %s\nTry 'synfin test --help'.\n", mistakes[i].message);

      g_assert_false (parse_one (mistakes[i].option, &options, &said));
      if (mistakes[i].message != NULL)
        g_assert_cmpstr (said, ==, expected);
      sf_options_clear (rows, &options);
    }
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
      SfRunOptions run_options = { 0 };
      Options options = { 0 };
      g_autofree char *option = seeds[i].text != NULL ? g_strconcat ("--seed=", seeds[i].text, NULL) : NULL;
      g_autofree char *said = NULL, *expected = NULL;
      gboolean right = parse_one (option, &options, &said);

      expected = seeds[i].right
                   ? g_strdup ("")
                   : g_strdup_printf ("synfin test: --seed is a number from 0 to 9223372036854775807, not '%s'\n"
                                      "Try 'synfin test --help'.\n",
                                      seeds[i].text);
      if (right)
        sf_option_set_seed (&options.seed, &run_options);
      sf_options_clear (rows, &options);
      g_assert_cmpint (right, ==, seeds[i].right);
      g_assert_cmpint (run_options.has_seed, ==, seeds[i].given);
      g_assert_cmpuint (run_options.seed, ==, seeds[i].seed);
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
      Options options = { .from.value = -1 };
      g_autofree char *option = instants[i].text != NULL ? g_strconcat ("--from=", instants[i].text, NULL) : NULL;
      g_autofree char *said = NULL, *prefix = g_strdup_printf ("synfin test: --from: '%s' ", instants[i].text);
      gboolean right = parse_one (option, &options, &said);

      g_assert_cmpint (right, ==, instants[i].right);
      if (right)
        g_assert_cmpint (options.from.value, ==, instants[i].time);
      sf_options_clear (rows, &options);
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
  g_test_add_func ("/cli/shared/options/types", test_types);
  g_test_add_func ("/cli/shared/options/wrong", test_wrong);
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
