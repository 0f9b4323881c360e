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
#define VALUE_WIDTH 11

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

/* Appends a row: a name, a value for each profile, and a description. */
static void
add_knob (GString *out, const SfKnob *knob, guint width)
{
  const char *const *profiles = sf_profile_names ();
  g_autoptr (GString) head = g_string_new (NULL);
  g_autofree char *indent = NULL;

  g_string_append_printf (head, "%-*s ", NAME_WIDTH, knob->name);
  for (guint i = 0; profiles[i] != NULL; i++)
    {
      g_autofree char *value = value_text (knob, sf_profile_get (sf_profile_find (profiles[i]), knob));

      g_string_append_printf (head, "%-*s ", VALUE_WIDTH, value);
    }
  indent = g_strnfill (head->len, ' ');
  sf_paragraph (out, head->str, indent, _ (knob->doc), width);
}

static void
add_knobs (GString *out, guint width)
{
  const char *const *profiles = sf_profile_names ();
  guint n;
  const SfKnob *knobs = sf_profile_knobs (&n);

  g_string_append (out, _ ("KNOB"));
  for (int i = sf_columns (_ ("KNOB")); i <= NAME_WIDTH; i++)
    g_string_append_c (out, ' ');
  for (guint i = 0; profiles[i] != NULL; i++)
    g_string_append_printf (out, "%-*s ", VALUE_WIDTH, profiles[i]);
  g_string_append (out, _ ("WHAT\n"));
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
  add_knobs (out, sf_output_text_width ());
  add_mutants (out, sf_output_text_width ());
  return sf_output_all (out, SF_EXIT_OK);
}

static const SfOption rows[] = { SF_OPTION_END };

static const SfUsage usage = {
  .options = rows,
  .arguments = "",
  .description = N_ ("Lists what a scenario may set under 'tcp', with the value in each profile,\n"
                     "and the mutants, which are switched on with 'mutants: [NAME]' there."),
};

SfExit
sf_command_knobs (int argc, char **argv)
{
  return sf_options_run (argc, argv, &usage, NULL, knobs);
}
