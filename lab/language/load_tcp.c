/* SPDX-License-Identifier: MIT
 *
 * TCP overrides and mutants.
 */
#include "lab/language/load.h"

#include "base/gettext.h"

#include <string.h>

/* Returns the names of all keys of `tcp`: the knobs and "mutants", NULL-terminated. Free the array only. */
static const char **
known_names (void)
{
  guint n;
  const SfKnob *knobs = sf_profile_knobs (&n);
  const char **names = g_new (const char *, n + 2);

  for (guint i = 0; i < n; i++)
    names[i] = knobs[i].name;
  names[n] = "mutants";
  names[n + 1] = NULL;
  return names;
}

static gboolean
load_mutant (const SfNode *node, SfDiagnostics *diag, SfProfile *profile)
{
  const char *names[SF_N_MUTANTS + 1] = { NULL };
  guint mutant = 0;

  for (guint i = 0; i < SF_N_MUTANTS; i++)
    names[i] = sf_profile_mutants ()[i].name;
  if (!sf_node_choice (node, _ ("mutant"), names, diag, &mutant))
    return FALSE;
  profile->mutants |= 1u << mutant;
  return TRUE;
}

/* Loads a list of mutants in place of the common one; an empty list means none. */
static gboolean
load_mutants (const SfNode *list, SfDiagnostics *diag, SfProfile *profile)
{
  if (!sf_node_check_kind (list, SF_NODE_LIST, _ ("a list of mutants"), diag))
    return FALSE;
  profile->mutants = 0;
  for (guint i = 0; i < sf_node_n (list); i++)
    if (!load_mutant (sf_node_item (list, i), diag, profile))
      return FALSE;
  return TRUE;
}

static gboolean
load_choice (const SfKnob *knob, const SfNode *node, SfDiagnostics *diag, gint64 *ret_value)
{
  g_auto (GStrv) names = g_strsplit (knob->choices, " ", -1);
  guint choice = 0;

  if (!sf_node_choice (node, knob->name, (const char *const *) names, diag, &choice))
    return FALSE;
  *ret_value = choice;
  return TRUE;
}

static gboolean
load_flag (const SfNode *node, SfDiagnostics *diag, gint64 *ret_value)
{
  gboolean flag = FALSE;

  if (!sf_node_bool (node, diag, &flag))
    return FALSE;
  *ret_value = flag;
  return TRUE;
}

static gboolean
load_value (const SfKnob *knob, const SfNode *node, SfDiagnostics *diag, gint64 *ret_value)
{
  switch (knob->kind)
    {
    case SF_KNOB_TIME:
      return sf_node_time (node, knob->min, knob->max, diag, ret_value);
    case SF_KNOB_MSL:
      return sf_node_duration (node, knob->min, knob->max, diag, ret_value);
    case SF_KNOB_COUNT:
      return sf_node_count (node, knob->min, knob->max, diag, ret_value);
    case SF_KNOB_BYTES:
      return sf_node_bytes (node, knob->min, knob->max, diag, ret_value);
    case SF_KNOB_FLAG:
      return load_flag (node, diag, ret_value);
    case SF_KNOB_CHOICE:
      return load_choice (knob, node, diag, ret_value);
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
load_knob (const SfNode *key, const SfNode *value, SfDiagnostics *diag, GHashTable *seen, SfProfile *profile)
{
  const SfKnob *knob = sf_profile_knob (key->text);
  gint64 number = 0;

  if (knob == NULL)
    {
      g_autofree const char **names = known_names ();
      g_autofree char *hint = sf_did_you_mean (key->text, names);

      return sf_node_error (key, diag, _ ("unknown key '%s' in tcp%s"), key->text, hint);
    }
  /* The tree has no equal keys, but 'syn_retries' and 'syn-retries' are the same knob. */
  if (!g_hash_table_add (seen, (gpointer) knob))
    return sf_node_error (key, diag, _ ("'%s' twice in the same mapping"), knob->name);
  if (!load_value (knob, value, diag, &number))
    return FALSE;
  sf_profile_set (profile, knob, number);
  return TRUE;
}

gboolean
sf_load_tcp (const SfNode *node, SfDiagnostics *diag, SfProfile *profile)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  if (node == NULL || sf_node_is_empty (node))
    return TRUE;
  if (!sf_node_check_kind (node, SF_NODE_MAP, _ ("a mapping of TCP overrides"), diag))
    return FALSE;
  for (guint i = 0; i < sf_node_n (node); i++)
    {
      const SfNode *key = sf_node_key (node, i), *value = sf_node_item (node, i);

      if (strcmp (key->text, "mutants") == 0)
        {
          if (!load_mutants (value, diag, profile))
            return FALSE;
        }
      else if (!load_knob (key, value, diag, seen, profile))
        return FALSE;
    }
  return TRUE;
}
