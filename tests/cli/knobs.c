/* SPDX-License-Identifier: MIT
 *
 * `synfin knobs`: every profile, knob and mutant once, in their order, and nothing else.
 */
#include "cli/command.h"
#include "models/tcp/profile.h"
#include "tests/support/capture.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char *
run_knobs (void)
{
  char *argv[] = { (char *) "knobs", NULL };
  Capture capture;
  SfExit status;
  char *printed;

  capture_begin (&capture, STDOUT_FILENO);
  status = sf_command_knobs (1, argv);
  fflush (stdout);
  printed = capture_end (&capture);
  g_assert_cmpint (status, ==, SF_EXIT_OK);
  return printed;
}

/* Returns the first words of the lines of `text` that do not begin with a space, each with a newline. */
static char *
first_words (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *words = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != ' ' && *lines[i] != '\0')
      g_string_append_printf (words, "%.*s\n", (int) strcspn (lines[i], " "), lines[i]);
  return g_string_free (words, FALSE);
}

static void
test_all_rows (void)
{
  g_autofree char *printed = run_knobs (), *seen = first_words (printed);
  g_autoptr (GString) expected = g_string_new ("PROFILE\n");
  const char *const *profiles = sf_profile_names ();
  const SfMutantInfo *mutants = sf_profile_mutants ();
  guint n;
  const SfKnob *knobs = sf_profile_knobs (&n);

  for (guint i = 0; profiles[i] != NULL; i++)
    g_string_append_printf (expected, "%s\n", profiles[i]);
  g_string_append (expected, "KNOB\n");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (expected, "%s\n", knobs[i].name);
  g_string_append (expected, "MUTANT\n");
  for (guint i = 0; i < SF_N_MUTANTS; i++)
    g_string_append_printf (expected, "%s\n", mutants[i].name);
  g_assert_cmpstr (seen, ==, expected->str);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/knobs/all-rows", test_all_rows);
  return g_test_run ();
}
