/* SPDX-License-Identifier: MIT
 *
 * synfin complete: the words that a shell's completion asks for, one a line. Not for people, so --help does not list
 * it.
 */
#include "cli/command.h"
#include "cli/shared/lessons_folder.h"

#include "lab/language/keys.h"

#include <string.h>

/* Appends "PREFIX.KNOB=" for every knob. */
static void
add_knobs (GString *out, const char *prefix)
{
  guint n;
  const SfKnob *knobs = sf_profile_knobs (&n);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s.%s=\n", prefix, knobs[i].name);
}

/* Appends "PREFIX.KEY=" for every key of `section`, except mappings, which have keys of their own. */
static void
add_keys (GString *out, const char *prefix, SfSection section)
{
  guint n;
  const SfKey *keys = sf_section_rows (section, &n);

  for (guint i = 0; i < n; i++)
    if (keys[i].type != SF_TYPE_TCP)
      g_string_append_printf (out, "%s.%s=\n", prefix, keys[i].name);
}

static void
add_host (GString *out, const char *name)
{
  g_autofree char *prefix = g_strdup_printf ("hosts.%s", name), *tcp = g_strdup_printf ("%s.tcp", prefix);

  add_keys (out, prefix, SF_KEYS_HOST);
  add_knobs (out, tcp);
}

/* Appends what --set may change: the keys of the hosts of `scenario`, of its links and of its run, and the TCP knobs of
 * all hosts. */
static void
add_paths (GString *out, const SfScenario *scenario)
{
  const SfPlan *plan = scenario->plan;

  for (guint i = 0; i < plan->hosts->len; i++)
    if (!sf_plan_host (plan, i)->router)
      add_host (out, sf_plan_host (plan, i)->name);
  for (guint i = 0; i < sf_node_n (sf_node_get (sf_document_root (scenario->document), "links")); i++)
    {
      g_autofree char *prefix = g_strdup_printf ("links.%u", i);

      add_keys (out, prefix, SF_KEYS_DIRECTION);
    }
  add_keys (out, "run", SF_KEYS_RUN);
  add_knobs (out, "tcp");
}

static void
add_variants (GString *out, const SfScenario *scenario)
{
  g_autofree const char **names = sf_scenario_variants (scenario);

  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (out, "%s\n", names[i]);
}

/* Usage: complete variants|paths SCENARIO. Prints nothing if the scenario is wrong: the person is still typing. */
SfExit
sf_command_complete (int argc, char **argv)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *folder = sf_lessons_folder ();
  g_autofree char *path = argc == 3 ? sf_scenario_meant (argv[2], folder) : NULL;
  g_autoptr (SfScenario) scenario = path != NULL ? sf_scenario_load (path, NULL, NULL, NULL, 0, diag) : NULL;

  if (scenario == NULL)
    return SF_EXIT_INPUT;
  if (strcmp (argv[1], "variants") == 0)
    add_variants (out, scenario);
  else
    add_paths (out, scenario);
  return sf_output_all (out, SF_EXIT_OK);
}
