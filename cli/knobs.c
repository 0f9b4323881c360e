/* SPDX-License-Identifier: MIT
 *
 * synfin knobs: prints the tables of models/tcp/profile.h for people.
 */
#include "cli/command.h"

#include "base/columns.h"
#include "base/gettext.h"
#include "base/paragraph.h"
#include "base/units.h"
#include "models/tcp/profile.h"

#include <string.h>

#define NAME_WIDTH 24

static char *
value_text (const SfKnob *knob, gint64 value)
{
  g_auto (GStrv) choices = NULL;

  switch (knob->kind)
    {
    case SF_KNOB_TIME:
    case SF_KNOB_MSL:
      return sf_print_time (value);
    case SF_KNOB_BYTES:
      return sf_print_bytes (value);
    case SF_KNOB_FLAG:
      return g_strdup (value != 0 ? "yes" : "no");
    case SF_KNOB_CHOICE:
      choices = g_strsplit (knob->choices, " ", -1);
      return g_strdup (choices[value]);
    case SF_KNOB_COUNT:
      break;
    }
  return g_strdup_printf ("%" G_GINT64_FORMAT, value);
}

/* Appends the value of `knob` in the first profile, and in those that differ from it: "7; 6 in linux". */
static void
add_values (GString *out, const SfKnob *knob)
{
  const char *const *profiles = sf_profile_names ();
  gint64 first = sf_profile_get (sf_profile_find (profiles[0]), knob);
  g_autofree char *text = value_text (knob, first);

  g_string_append (out, text);
  for (guint i = 1; profiles[i] != NULL; i++)
    {
      gint64 value = sf_profile_get (sf_profile_find (profiles[i]), knob);
      g_autofree char *other = value_text (knob, value);

      if (value != first)
        g_string_append_printf (out, _ ("; %s in %s"), other, profiles[i]);
    }
}

/* Appends the name of `knob`, what it is, and its values. */
static void
add_knob (GString *out, const SfKnob *knob, guint width)
{
  g_autofree char *head = g_strdup_printf ("%-*s ", NAME_WIDTH, knob->name);
  g_autofree char *indent = g_strnfill (NAME_WIDTH + 1, ' ');
  g_autoptr (GString) values = g_string_new (NULL);

  sf_paragraph (out, head, indent, _ (knob->doc), width);
  add_values (values, knob);
  sf_paragraph (out, indent, indent, values->str, width);
}

/* Appends a head of the list: what its first column has. */
static void
add_head (GString *out, const char *first, const char *second)
{
  g_string_append (out, first);
  for (int i = sf_columns (first); i <= NAME_WIDTH; i++)
    g_string_append_c (out, ' ');
  g_string_append_printf (out, "%s\n", second);
}

static void
add_profiles (GString *out, guint width)
{
  const char *const *profiles = sf_profile_names ();
  g_autofree char *indent = g_strnfill (NAME_WIDTH + 1, ' ');

  add_head (out, _ ("PROFILE"), _ ("WHAT"));
  for (guint i = 0; profiles[i] != NULL; i++)
    {
      g_autofree char *head = g_strdup_printf ("%-*s ", NAME_WIDTH, profiles[i]);

      sf_paragraph (out, head, indent, _ (sf_profile_doc (i)), width);
    }
  g_string_append_c (out, '\n');
}

static void
add_knobs (GString *out, guint width)
{
  guint n;
  const SfKnob *knobs = sf_profile_knobs (&n);

  add_head (out, _ ("KNOB"), _ ("WHAT, and its value in rfc9293; where other profiles differ, theirs"));
  for (guint i = 0; i < n; i++)
    add_knob (out, &knobs[i], width);
}

static void
add_mutants (GString *out, guint width)
{
  const SfMutantInfo *mutants = sf_profile_mutants ();
  g_autofree char *indent = g_strnfill (NAME_WIDTH + 1, ' ');

  g_string_append (out, _ ("\nMUTANT\n"));
  for (guint i = 0; i < SF_N_MUTANTS; i++)
    {
      g_autofree char *head = g_strdup_printf ("%-*s ", NAME_WIDTH, mutants[i].name);

      sf_paragraph (out, head, indent, _ (mutants[i].doc), width);
    }
}

static SfExit
knobs (const char *command, char **arguments, gconstpointer unused G_GNUC_UNUSED)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (arguments[0] != NULL)
    return sf_usage_error (command, _ ("unexpected argument '%s'"), arguments[0]);
  add_profiles (out, sf_output_text_width ());
  add_knobs (out, sf_output_text_width ());
  add_mutants (out, sf_output_text_width ());
  return sf_output_all (out, SF_EXIT_OK);
}

static const SfOption rows[] = { SF_OPTION_END };

static const SfUsage usage = {
  .options = rows,
  .arguments = "",
  .description = N_ ("Lists the profiles, what a scenario may set under 'tcp', with the value in each profile,\n"
                     "and the mutants, which are switched on with 'mutants: [NAME]' there."),
};

SfExit
sf_command_knobs (int argc, char **argv)
{
  return sf_options_run (argc, argv, &usage, NULL, knobs);
}
