/* SPDX-License-Identifier: MIT
 *
 * Loads a scenario: applies its variant and overrides, then loads each section.
 */
#include "lab/language/scenario.h"

#include "base/gettext.h"
#include "base/source_file.h"
#include "base/units.h"
#include "lab/language/load.h"
#include "lab/language/node_print.h"

#include <string.h>

static const SfRunLimits default_limits = {
  .until = SF_NEVER,
  .time_limit = SF_SEC * 86400,
  .max_events = 1000 * 1000,
  .seed = 1,
};

/* --- small things --- */

guint32
sf_load_line (const SfNode *node)
{
  return sf_source_is_file (node->place.source) ? node->place.line : 0;
}

/* Replaces `*place` by a new reference to `wording`; if that is NULL, does nothing. */
static void
replace (SfWording **place, SfWording *wording)
{
  if (wording == NULL)
    return;
  sf_wording_unref (*place);
  *place = sf_wording_ref (wording);
}

static void
variant_free (gpointer data)
{
  SfVariantInfo *info = data;

  g_free (info->name);
  sf_wording_unref (info->title);
  sf_wording_unref (info->asks);
  sf_wording_unref (info->explain);
  sf_wording_unref (info->because);
  g_ptr_array_unref (info->sets);
  g_free (info);
}

static SfScenario *
scenario_new (SfSource *source, const char *variant)
{
  SfScenario *scenario = g_new0 (SfScenario, 1);

  scenario->name = sf_printable (sf_source_name (source), FALSE);
  scenario->variant = g_strdup (variant == NULL ? SF_STANDARD : variant);
  scenario->rfc = g_ptr_array_new_with_free_func (g_free);
  scenario->plan = sf_plan_new ();
  scenario->run = default_limits;
  scenario->variants = g_ptr_array_new_with_free_func (variant_free);
  scenario->fault_texts = g_ptr_array_new_with_free_func (g_free);
  scenario->timed_fault_texts = g_ptr_array_new_with_free_func (g_free);
  scenario->source = sf_source_ref (source);
  return scenario;
}

void
sf_scenario_free (SfScenario *scenario)
{
  if (scenario == NULL)
    return;
  g_free (scenario->name);
  g_free (scenario->variant);
  sf_wording_unref (scenario->title);
  sf_wording_unref (scenario->lesson);
  sf_wording_unref (scenario->asks);
  sf_wording_unref (scenario->explain);
  sf_wording_unref (scenario->because);
  g_ptr_array_unref (scenario->rfc);
  g_clear_pointer (&scenario->plan, sf_plan_free);
  g_ptr_array_unref (scenario->variants);
  g_ptr_array_unref (scenario->fault_texts);
  g_ptr_array_unref (scenario->timed_fault_texts);
  sf_document_free (scenario->document);
  sf_source_unref (scenario->source);
  g_free (scenario);
}

const char **
sf_scenario_variants (const SfScenario *scenario)
{
  const char **names = g_new0 (const char *, scenario->variants->len + 2);

  names[0] = SF_STANDARD;
  for (guint i = 0; i < scenario->variants->len; i++)
    names[i + 1] = ((const SfVariantInfo *) g_ptr_array_index (scenario->variants, i))->name;
  return names;
}

char *
sf_scenario_line (const SfScenario *scenario, guint line)
{
  char *text = sf_source_line (scenario->source, line);

  if (text == NULL)
    return NULL;
  g_strstrip (text);
  if (g_str_has_prefix (text, "- "))
    memmove (text, text + 2, strlen (text + 2) + 1);
  return text;
}

/* --- overrides --- */

gboolean
sf_override_split (const char *option, char **ret_path, const char **ret_value, SfDiagnostics *diag)
{
  const char *equals = strchr (option, '=');

  if (equals == NULL || equals == option)
    return sf_error (diag, NULL, _ ("--set %s: expected PATH=VALUE such as hosts.server.tcp.msl=30s"), option);
  *ret_path = g_strndup (option, equals - option);
  *ret_value = equals + 1;
  return TRUE;
}

/* Returns the name of `set` in diagnostics; to be freed. */
static char *
override_name (const SfOverride *set)
{
  return set->places != NULL ? g_strdup (sf_source_name (set->places[1].source))
                             : g_strdup_printf ("--set %s=%s", set->path, set->value);
}

static gboolean
apply_override (SfDocument *doc, const SfOverride *set, SfDiagnostics *diag)
{
  g_autofree char *name = override_name (set);
  g_autoptr (SfSource) source = sf_source_new (name, set->value, strlen (set->value));
  SfPlace place = { source, 0, 0 };
  SfDocument *value;

  sf_source_set_option (source);
  value = sf_document_parse (source, diag);
  if (value == NULL)
    return FALSE;
  sf_document_adopt (doc, value);
  if (set->places != NULL)
    sf_document_move (value, &set->places[1]);
  return sf_document_set (doc, set->path, sf_document_root (value), set->places != NULL ? &set->places[0] : &place,
                          diag);
}

/* Reports that the scenario has no variant `name`. Returns FALSE always. */
static gboolean
unknown_variant (const SfNode *variants, const char *name, const SfSource *source, SfDiagnostics *diag)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *hint = NULL, *all = NULL;

  g_ptr_array_add (names, (char *) SF_STANDARD);
  for (guint i = 0; i < sf_node_n (variants); i++)
    if (variants->kind == SF_NODE_MAP)
      g_ptr_array_add (names, (char *) sf_node_key (variants, i)->text);
  g_ptr_array_add (names, NULL);
  hint = sf_did_you_mean (name, (const char *const *) names->pdata);
  all = g_strjoinv (", ", (char **) names->pdata);
  return sf_error_of_file (diag, sf_source_name (source), _ ("no variant '%s'%s (there is: %s)"), name, hint, all);
}

/* Finds variant `name` in the document; `*ret_variant` is NULL for the standard run. FALSE after a diagnostic. */
static gboolean
find_variant (const SfDocument *doc, const char *name, const SfSource *source, SfDiagnostics *diag,
              const SfNode **ret_variant)
{
  const SfNode *variants = sf_node_get (sf_document_root (doc), "variants"), *variant;

  if (name == NULL || strcmp (name, SF_STANDARD) == 0)
    {
      *ret_variant = NULL;
      return TRUE;
    }
  variant = sf_node_get (variants, name);
  if (variant == NULL)
    return unknown_variant (variants, name, source, diag);
  *ret_variant = variant;
  return TRUE;
}

static gboolean
apply_variant (SfDocument *doc, const SfNode *variant, SfDiagnostics *diag)
{
  const SfNode *set = sf_node_get (variant, "set");

  if (set == NULL || sf_node_is_empty (set))
    return TRUE;
  if (!sf_node_check_kind (set, SF_NODE_MAP, _ ("a mapping of values by path"), diag))
    return FALSE;
  if (sf_node_n (set) > SF_MAX_SETS)
    return sf_node_error (set, diag, _ ("more than %d values"), SF_MAX_SETS);
  for (guint i = 0; i < sf_node_n (set); i++)
    {
      const SfNode *path = sf_node_key (set, i);
      SfPlace place = sf_node_text_place (path);

      if (!sf_document_set (doc, path->text, sf_node_item (set, i), &place, diag))
        return FALSE;
    }
  return TRUE;
}

/* --- sections --- */

static gboolean
load_version (const SfNode *root, SfDiagnostics *diag)
{
  const SfNode *version;
  gint64 number = 0;

  if (!sf_node_check_kind (root, SF_NODE_MAP, _ ("a mapping that begins with 'synfin: 1'"), diag))
    return FALSE;
  version = sf_node_get (root, "synfin");
  if (version == NULL || strcmp (sf_node_key (root, 0)->text, "synfin") != 0)
    return sf_node_error (root, diag, _ ("a scenario begins with 'synfin: 1', the version of the language"));
  if (!sf_node_count (version, 0, G_MAXINT32, diag, &number))
    return FALSE;
  if (number != SF_LANGUAGE_VERSION)
    return sf_node_error (version, diag,
                          _ ("version %s of the scenario language is not known; this program reads version %d"),
                          version->text, SF_LANGUAGE_VERSION);
  return TRUE;
}

static gboolean
load_rfc (const SfNode *list, SfDiagnostics *diag, GPtrArray *rfc)
{
  if (list == NULL)
    return TRUE;
  if (!sf_node_check_kind (list, SF_NODE_LIST, _ ("a list such as [RFC 9293 section 3.5]"), diag))
    return FALSE;
  for (guint i = 0; i < sf_node_n (list); i++)
    {
      const char *text = NULL;

      if (!sf_node_text (sf_node_item (list, i), diag, &text))
        return FALSE;
      g_ptr_array_add (rfc, g_strstrip (g_strdup (text)));
    }
  return TRUE;
}

static gboolean
load_run (const SfNode *node, SfDiagnostics *diag, SfRunLimits *limits)
{
  const SfNode *until = sf_node_get (node, "until");

  if (node == NULL || sf_node_is_empty (node))
    return TRUE;
  if (!sf_read_keys (node, SF_KEYS_RUN, NULL, diag, limits))
    return FALSE;
  if (until != NULL && limits->until > limits->time_limit)
    {
      g_autofree char *limit = sf_print_time (limits->time_limit);

      return sf_node_error (until, diag, _ ("'%s' lies after the time limit (%s), so the run would always fail"),
                            until->text, limit);
    }
  return TRUE;
}

/* Checks that `key` of `map` is a list or empty; `expected` describes the list. FALSE after a diagnostic. */
static gboolean
check_list (const SfNode *map, const char *key, const char *expected, SfDiagnostics *diag)
{
  const SfNode *list = sf_node_get (map, key);

  return list == NULL || sf_node_is_empty (list) || sf_node_check_kind (list, SF_NODE_LIST, expected, diag);
}

static gboolean
check_lists (const SfNode *map, SfDiagnostics *diag)
{
  return check_list (map, "expect", _ ("a list of checks"), diag)
         && check_list (map, "predict", _ ("a list of questions"), diag);
}

/* Checks only the keys of `sweep`; lab/sweep/sweep.h reads their values. */
static gboolean
load_sweep (const SfNode *sweep, SfDiagnostics *diag, const SfNode **ret_sweep)
{
  if (sweep == NULL || sf_node_is_empty (sweep))
    return TRUE;
  if (!sf_node_check_keys (sweep, SF_KEYS_SWEEP, diag))
    return FALSE;
  *ret_sweep = sweep;
  return TRUE;
}

static gboolean
load_variant_info (const SfNode *key, const SfNode *node, SfDiagnostics *diag, SfVariantInfo *info)
{
  const SfNode *set;
  const char *name = NULL;

  if (!sf_node_name (key, _ ("the name of a variant"), diag, &name))
    return FALSE;
  if (strcmp (name, SF_STANDARD) == 0)
    return sf_node_error (key, diag, _ ("'%s' is the run without overrides and can not be a variant"), name);
  info->name = g_strdup (name);
  set = sf_node_get (node, "set");
  if (!sf_read_keys (node, SF_KEYS_VARIANT, NULL, diag, info) || !check_lists (node, diag))
    return FALSE;
  if (set == NULL || sf_node_is_empty (set))
    return TRUE;
  if (!sf_node_check_kind (set, SF_NODE_MAP, _ ("a mapping of values by path"), diag))
    return FALSE;
  for (guint i = 0; i < sf_node_n (set); i++)
    {
      g_autofree char *value = sf_node_print (sf_node_item (set, i));

      g_ptr_array_add (info->sets, g_strdup_printf ("%s: %s", sf_node_key (set, i)->text, value));
    }
  return TRUE;
}

static gboolean
load_variants (const SfNode *variants, SfDiagnostics *diag, GPtrArray *infos)
{
  if (variants == NULL || sf_node_is_empty (variants))
    return TRUE;
  if (!sf_node_check_kind (variants, SF_NODE_MAP, _ ("a mapping of variants by name"), diag))
    return FALSE;
  if (sf_node_n (variants) > SF_MAX_VARIANTS)
    return sf_node_error (variants, diag, _ ("more than %d variants"), SF_MAX_VARIANTS);
  for (guint i = 0; i < sf_node_n (variants); i++)
    {
      SfVariantInfo *info = g_new0 (SfVariantInfo, 1);

      info->sets = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (infos, info);
      if (!load_variant_info (sf_node_key (variants, i), sf_node_item (variants, i), diag, info))
        return FALSE;
    }
  return TRUE;
}

/* Returns the information on the variant of `scenario`, NULL if it is the standard run. */
static const SfVariantInfo *
variant_info (const SfScenario *scenario)
{
  for (guint i = 0; i < scenario->variants->len; i++)
    {
      const SfVariantInfo *info = g_ptr_array_index (scenario->variants, i);

      if (strcmp (info->name, scenario->variant) == 0)
        return info;
    }
  return NULL;
}

/* Replaces the texts of `scenario` by those that the variant has. */
static void
take_words (SfScenario *scenario, const SfVariantInfo *info)
{
  if (info->title != NULL)
    scenario->lesson = sf_wording_ref (scenario->title);
  replace (&scenario->title, info->title);
  replace (&scenario->asks, info->asks);
  replace (&scenario->explain, info->explain);
  replace (&scenario->because, info->because);
}

/* Loads title, question and the other texts, expectations and questions: the document's, replaced by those that
 * `variant` (NULL: none) has. */
static gboolean
load_words (const SfNode *root, const SfNode *variant, SfScenario *scenario, SfDiagnostics *diag)
{
  const SfNode *expect = sf_node_get (root, "expect"), *own = sf_node_get (variant, "expect");
  const SfVariantInfo *info = variant_info (scenario);

  if (!sf_read_part (root, SF_KEYS_TOP, SF_PART_MAIN, NULL, diag, scenario)
      || !load_rfc (sf_node_get (root, "rfc"), diag, scenario->rfc) || !check_lists (root, diag))
    return FALSE;
  if (info != NULL)
    take_words (scenario, info);
  scenario->expect = own != NULL ? own : expect;
  if (scenario->expect != NULL && sf_node_is_empty (scenario->expect))
    scenario->expect = NULL;
  scenario->predict = sf_node_get (variant != NULL ? variant : root, "predict");
  return TRUE;
}

/* Loads the document of `scenario` after all overrides. */
static gboolean
load_document (SfScenario *scenario, const SfNode *variant, SfDiagnostics *diag)
{
  const SfNode *root = sf_document_root (scenario->document);

  if (!load_version (root, diag) || !sf_node_check_keys (root, SF_KEYS_TOP, diag)
      || !load_variants (sf_node_get (root, "variants"), diag, scenario->variants)
      || !load_words (root, variant, scenario, diag) || !load_run (sf_node_get (root, "run"), diag, &scenario->run)
      || !sf_load_hosts (root, scenario->plan, diag) || !sf_load_links (root, scenario->plan, diag)
      || !sf_load_faults (sf_node_get (root, "faults"), scenario, diag)
      || !sf_load_script (sf_node_get (root, "script"), scenario->plan, diag)
      || !load_sweep (sf_node_get (root, "sweep"), diag, &scenario->sweep))
    return FALSE;
  sf_plan_finish (scenario->plan);
  return TRUE;
}

SfScenario *
sf_scenario_of_document (SfDocument *doc, SfSource *source, SfDiagnostics *diag)
{
  g_autoptr (SfScenario) scenario = scenario_new (source, NULL);

  scenario->document = doc;
  return load_document (scenario, NULL, diag) ? g_steal_pointer (&scenario) : NULL;
}

SfScenario *
sf_scenario_over (SfDocument *written, const char *variant_name, const SfOverride *sets, guint n_sets,
                  SfDiagnostics *diag)
{
  SfSource *source = sf_document_source (written);
  g_autoptr (SfScenario) scenario = scenario_new (source, variant_name);
  const SfNode *variant = NULL;

  scenario->document = sf_document_over (written);
  /* Reads the version first, because all else depends on it. */
  if (!load_version (sf_document_root (scenario->document), diag)
      || !find_variant (scenario->document, variant_name, source, diag, &variant)
      || !apply_variant (scenario->document, variant, diag))
    return NULL;
  for (guint i = 0; i < n_sets; i++)
    if (!apply_override (scenario->document, &sets[i], diag))
      return NULL;
  /* Finds the variant again, because an override may have changed or removed it. */
  if (!find_variant (scenario->document, variant_name, source, diag, &variant)
      || !load_document (scenario, variant, diag))
    return NULL;
  return g_steal_pointer (&scenario);
}

/* --- input --- */

static SfScenario *
scenario_from_source (SfSource *source, const char *variant, const SfOverride *sets, guint n_sets, SfDiagnostics *diag)
{
  g_autoptr (SfDocument) written = sf_document_parse (source, diag);

  return written != NULL ? sf_scenario_over (written, variant, sets, n_sets, diag) : NULL;
}

SfScenario *
sf_scenario_parse (const char *text, gsize len, const char *name, const char *variant, const SfOverride *sets,
                   guint n_sets, SfDiagnostics *diag)
{
  g_autoptr (SfSource) source = sf_source_new (name, text, len);

  return scenario_from_source (source, variant, sets, n_sets, diag);
}

SfScenario *
sf_scenario_load (const char *path, const char *name, const char *variant, const SfOverride *sets, guint n_sets,
                  SfDiagnostics *diag)
{
  g_autoptr (SfSource) source = sf_source_read (path, name != NULL ? name : path, diag);

  return source != NULL ? scenario_from_source (source, variant, sets, n_sets, diag) : NULL;
}
