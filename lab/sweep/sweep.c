/* SPDX-License-Identifier: MIT
 *
 * A sweep as a whole: the `sweep` section of the scenario, the options of the command line, and how both are stored.
 */
#include "lab/sweep/load.h"

#include "base/gettext.h"
#include "base/source_file.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* --- life --- */

static void
free_axis (gpointer data)
{
  sf_sweep_axis_free (data);
}

static void
free_measure (gpointer data)
{
  sf_measure_free (data);
}

static void
free_plot (gpointer data)
{
  sf_sweep_plot_free (data);
}

static void
free_source (gpointer data)
{
  sf_source_unref (data);
}

static SfSweep *
sweep_new (SfSource *source)
{
  SfSweep *sweep = g_new0 (SfSweep, 1);

  sweep->file = g_strdup (sf_source_name (source));
  sweep->source = sf_source_ref (source);
  sweep->sets = g_ptr_array_new_with_free_func (g_free);
  sweep->axes = g_ptr_array_new_with_free_func (free_axis);
  sweep->measures = g_ptr_array_new_with_free_func (free_measure);
  sweep->plots = g_ptr_array_new_with_free_func (free_plot);
  sweep->options = g_ptr_array_new_with_free_func (free_source);
  sweep->replications = 1;
  sweep->precise_measure = -1;
  return sweep;
}

void
sf_sweep_free (SfSweep *sweep)
{
  if (sweep == NULL)
    return;
  g_free (sweep->file);
  sf_source_unref (sweep->source);
  sf_document_free (sweep->written);
  sf_run_free (sweep->base);
  g_free (sweep->variant);
  g_ptr_array_unref (sweep->sets);
  g_ptr_array_unref (sweep->axes);
  g_ptr_array_unref (sweep->measures);
  g_ptr_array_unref (sweep->plots);
  g_ptr_array_unref (sweep->options);
  sf_wording_unref (sweep->title);
  sf_wording_unref (sweep->asks);
  g_free (sweep->command_line);
  g_free (sweep);
}

SfSource *
sf_sweep_option_source (SfSweep *sweep, const char *name, const char *text)
{
  SfSource *source = sf_source_new (name, text, strlen (text));

  sf_source_set_option (source);
  g_ptr_array_add (sweep->options, source);
  return source;
}

/* --- the section --- */

static gboolean
load_sample (const SfNode *node, SfDiagnostics *diag, SfSweep *sweep)
{
  static const char *const names[] = { "grid", "list", "latin-hypercube", NULL };
  guint which = 0;

  if (node == NULL)
    return TRUE;
  if (node->kind == SF_NODE_SCALAR)
    {
      if (!sf_node_choice (node, _ ("sampling"), names, diag, &which))
        return FALSE;
      if (which == 2)
        return sf_node_error (node, diag, _ ("'%s' needs the number of points: {%s: 100}"), names[which], names[which]);
      sweep->sampling = which == 0 ? SF_SAMPLING_GRID : SF_SAMPLING_LIST;
      return TRUE;
    }
  sweep->sampling = SF_SAMPLING_LATIN_HYPERCUBE;
  return sf_node_check_keys (node, SF_KEYS_SWEEP_SAMPLE, diag)
         && sf_node_count32 (sf_node_get (node, "latin-hypercube"), 1, SF_MOST_POINTS, diag, &sweep->n_points);
}

/* Reads "grid", "list" or "latin-hypercube:100". */
static gboolean
load_sample_option (const char *option, SfDiagnostics *diag, SfSweep *sweep)
{
  static const char *const names[] = { "grid", "list", "latin-hypercube:N", NULL };
  g_autofree char *source_name = g_strdup_printf ("--sample %s", option);
  SfPlace place = { sf_sweep_option_source (sweep, source_name, option), 0, 0 };
  const char *number = g_str_has_prefix (option, "latin-hypercube:") ? strchr (option, ':') + 1 : NULL;
  guint64 n = 0;

  if (number == NULL && !g_strv_contains (names, option))
    return sf_unknown_name (_ ("sampling"), option, names, &place, diag);
  if (number != NULL && !g_ascii_string_to_unsigned (number, 10, 1, SF_MOST_POINTS, &n, NULL))
    return sf_error (diag, &place, _ ("'%s' is no number of points from 1 to %d"), number, SF_MOST_POINTS);
  if (number != NULL)
    sweep->sampling = SF_SAMPLING_LATIN_HYPERCUBE;
  else
    sweep->sampling = strcmp (option, "list") == 0 ? SF_SAMPLING_LIST : SF_SAMPLING_GRID;
  sweep->n_points = (guint) n;
  return TRUE;
}

static gboolean
load_replications (const SfNode *node, guint64 option, SfDiagnostics *diag, SfSweep *sweep)
{
  gint64 n = 1;

  if (!sf_node_count (node, 1, SF_MOST_REPLICATIONS, diag, &n))
    return FALSE;
  sweep->replications = option != 0 ? option : (guint64) n;
  return TRUE;
}

static gboolean
check_precision (double precision, const SfPlace *place, SfDiagnostics *diag)
{
  return (precision > 0 && precision < 1)
         || sf_error (diag, place, _ ("a precision is more than 0%% and less than 100%%, such as 5%%"));
}

static gboolean
load_precision (const SfNode *node, SfDiagnostics *diag, SfSweep *sweep)
{
  const char *name = NULL;
  guint measure = 0;

  if (node == NULL || sf_node_is_empty (node))
    return TRUE;
  if (!sf_node_check_keys (node, SF_KEYS_SWEEP_PRECISION, diag) || !sf_node_text (sf_node_get (node, "of"), diag, &name)
      || !sf_sweep_find_measure (sweep, name, &sf_node_get (node, "of")->place, diag, &measure)
      || !sf_node_probability (sf_node_get (node, "to"), diag, &sweep->precision)
      || !check_precision (sweep->precision, &sf_node_get (node, "to")->place, diag))
    return FALSE;
  sweep->precise_measure = (int) measure;
  return TRUE;
}

/* Reads "MEASURE:5%". */
static gboolean
load_precision_option (const char *option, SfDiagnostics *diag, SfSweep *sweep)
{
  g_autofree char *source_name = g_strdup_printf ("--precision %s", option);
  SfPlace place = { sf_sweep_option_source (sweep, source_name, option), 0, 0 };
  const char *colon = strrchr (option, ':');
  g_autofree char *name = colon != NULL ? g_strndup (option, colon - option) : NULL;
  guint measure = 0;
  SfUnits result;

  if (name == NULL)
    return sf_error (diag, &place, _ ("expected MEASURE:PERCENT such as handshake-time:5%%"));
  if (!sf_sweep_find_measure (sweep, name, &place, diag, &measure))
    return FALSE;
  result = sf_parse_probability (colon + 1, &sweep->precision);
  if (result != SF_UNITS_OK)
    return sf_error (diag, &place, _ ("'%s' %s; expected a part such as 5%%"), colon + 1, sf_units_complaint (result));
  sweep->precise_measure = (int) measure;
  return check_precision (sweep->precision, &place, diag);
}

/* Returns the place of `key` in the section, for errors that concern all of it. */
static SfPlace
place_of_section (const SfSweep *sweep, const char *key)
{
  const SfNode *section = sweep->base->scenario->sweep, *node = sf_node_get (section, key);

  if (node != NULL)
    return node->place;
  return section != NULL ? section->place : (SfPlace){ sweep->source, 0, 0 };
}

static gboolean
load_section (SfSweep *sweep, const SfSweepOptions *options, gboolean again, SfDiagnostics *diag)
{
  const SfNode *section = sweep->base->scenario->sweep;
  SfPlace vary = place_of_section (sweep, "vary");
  g_autoptr (GPtrArray) expectations = g_ptr_array_new_with_free_func ((GDestroyNotify) sf_wording_unref);
  guint n_own = 0;

  return (options->sample != NULL ? load_sample_option (options->sample, diag, sweep)
                                  : load_sample (sf_node_get (section, "sample"), diag, sweep))
         && load_replications (sf_node_get (section, "replications"), options->replications, diag, sweep)
         && sf_sweep_load_axes (sf_node_get (section, "vary"), options->varies, sweep, diag)
         && sf_sweep_load_points (sweep, &vary, diag) && sf_sweep_try_points (sweep, again, expectations, diag)
         && sf_sweep_load_measures (sf_node_get (section, "measure"), options->measures, expectations, sweep, diag,
                                    &n_own)
         && (options->precision != NULL ? load_precision_option (options->precision, diag, sweep)
                                        : load_precision (sf_node_get (section, "precision"), diag, sweep))
         && sf_sweep_load_plots (sf_node_get (section, "plot"), options->plots, n_own, sweep, diag);
}

/* --- the options of the command line --- */

static json_t *
json_of_list (const char *const *texts)
{
  json_t *list = json_array ();

  for (; texts != NULL && *texts != NULL; texts++)
    json_array_append_new (list, json_string (*texts));
  return list;
}

static json_t *
json_of_sets (const SfRunOptions *options)
{
  json_t *list = json_array ();

  for (guint i = 0; i < options->n_sets; i++)
    json_array_append_new (list, json_sprintf ("%s=%s", options->sets[i].path, options->sets[i].value));
  return list;
}

/* Returns `options` as one line of JSON. */
static char *
write_options (const SfSweepOptions *options)
{
  json_t *command_line = json_object ();
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, options->run.seed);
  char *dumped, *text;

  json_object_set_new (command_line, "variant",
                       options->run.variant != NULL ? json_string (options->run.variant) : json_null ());
  json_object_set_new (command_line, "set", json_of_sets (&options->run));
  json_object_set_new (command_line, "seed", options->run.has_seed ? json_string (seed) : json_null ());
  json_object_set_new (command_line, "vary", json_of_list (options->varies));
  json_object_set_new (command_line, "replications", json_integer ((json_int_t) options->replications));
  json_object_set_new (command_line, "measure", json_of_list (options->measures));
  json_object_set_new (command_line, "precision",
                       options->precision != NULL ? json_string (options->precision) : json_null ());
  json_object_set_new (command_line, "sample", options->sample != NULL ? json_string (options->sample) : json_null ());
  json_object_set_new (command_line, "plot", json_of_list (options->plots));
  dumped = json_dumps (command_line, JSON_COMPACT);
  text = g_strdup (dumped);
  free (dumped);
  json_decref (command_line);
  return text;
}

/* Returns the strings of `list`, which owns them; NULL if there are none. */
static const char **
texts_of (const json_t *list)
{
  gsize n = json_array_size (list);
  const char **texts = n > 0 ? g_new0 (const char *, n + 1) : NULL;

  for (gsize i = 0; i < n; i++)
    texts[i] = json_string_value (json_array_get (list, i));
  return texts;
}

/* --- loading --- */

/* Loads the scenario alone, so that its errors do not mention points. */
static gboolean
load_base (SfSweep *sweep, const SfRunOptions *options, SfDiagnostics *diag)
{
  for (guint i = 0; i < options->n_sets; i++)
    g_ptr_array_add (sweep->sets, g_strdup_printf ("%s=%s", options->sets[i].path, options->sets[i].value));
  sweep->variant = g_strdup (options->variant);
  sweep->written = sf_document_parse (sweep->source, diag);
  if (sweep->written == NULL)
    return FALSE;
  sweep->base = sf_run_load (sweep->written, options->variant, options->sets, options->n_sets, diag);
  if (sweep->base == NULL)
    return FALSE;
  sweep->seed = options->has_seed ? options->seed : sweep->base->scenario->run.seed;
  sweep->title = sf_wording_ref (sweep->base->scenario->title);
  sweep->asks = sf_wording_ref (sweep->base->scenario->asks);
  return TRUE;
}

/* Loads a sweep. `again`: it was loaded before, and its points were tried. */
static SfSweep *
load (SfSource *source, const SfSweepOptions *options, gboolean again, SfDiagnostics *diag)
{
  g_autoptr (SfSweep) sweep = sweep_new (source);

  sweep->command_line = write_options (options);
  if (!load_base (sweep, &options->run, diag) || !load_section (sweep, options, again, diag))
    return NULL;
  return g_steal_pointer (&sweep);
}

SfSweep *
sf_sweep_load (const char *path, const SfSweepOptions *options, SfDiagnostics *diag)
{
  g_autoptr (SfSource) source = sf_source_read (path, options->run.name != NULL ? options->run.name : path, diag);

  return source != NULL ? load (source, options, FALSE, diag) : NULL;
}

gboolean
sf_sweep_check (const SfScenario *scenario, SfDiagnostics *diag)
{
  const SfSweepOptions options = { 0 };
  g_autoptr (SfSweep) sweep = NULL;

  if (scenario->sweep == NULL)
    return TRUE;
  sweep = load (scenario->source, &options, FALSE, diag);
  return sweep != NULL && sf_sweep_try (sweep, 0, 0, 1, diag);
}

/* Returns the overrides of `sets`, strings "PATH=VALUE"; NULL after a diagnostic. */
static GArray *
read_sets (const json_t *sets, SfDiagnostics *diag)
{
  GArray *overrides = g_array_new (FALSE, TRUE, sizeof (SfOverride));

  for (gsize i = 0; i < json_array_size (sets); i++)
    {
      SfOverride override = { NULL, NULL, NULL };
      char *path = NULL;

      if (!sf_override_split (json_string_value (json_array_get (sets, i)), &path, &override.value, diag))
        break;
      override.path = path;
      g_array_append_val (overrides, override);
    }
  return overrides;
}

static SfSweep *
restore (SfSource *source, const json_t *command_line, SfDiagnostics *diag)
{
  g_autofree const char **varies = texts_of (json_object_get (command_line, "vary"));
  g_autofree const char **measures = texts_of (json_object_get (command_line, "measure"));
  g_autofree const char **plots = texts_of (json_object_get (command_line, "plot"));
  g_autoptr (GArray) sets = read_sets (json_object_get (command_line, "set"), diag);
  const char *seed = json_string_value (json_object_get (command_line, "seed"));
  const SfSweepOptions options = {
    .run = { .variant = json_string_value (json_object_get (command_line, "variant")),
             .sets = (const SfOverride *) (gpointer) sets->data,
             .n_sets = sets->len,
             .has_seed = seed != NULL,
             .seed = seed != NULL ? g_ascii_strtoull (seed, NULL, 10) : 0 },
    .varies = varies,
    .replications = (guint64) json_integer_value (json_object_get (command_line, "replications")),
    .measures = measures,
    .precision = json_string_value (json_object_get (command_line, "precision")),
    .sample = json_string_value (json_object_get (command_line, "sample")),
    .plots = plots,
  };
  SfSweep *sweep = sf_diagnostics_error (diag) == NULL ? load (source, &options, TRUE, diag) : NULL;

  for (guint i = 0; i < sets->len; i++)
    g_free ((char *) g_array_index (sets, SfOverride, i).path);
  return sweep;
}

SfSweep *
sf_sweep_restore (const char *name, const char *text, gsize len, const char *command_line, SfDiagnostics *diag)
{
  g_autoptr (SfSource) source = sf_source_new (name, text, len);
  json_error_t error;
  json_t *json = json_loads (command_line, 0, &error);
  SfSweep *sweep = NULL;

  if (json != NULL)
    sweep = restore (source, json, diag);
  else
    sf_error_of_file (diag, name, _ ("what the command line said can not be read: %s"), error.text);
  json_decref (json);
  return sweep;
}

char *
sf_sweep_digest (const SfSweep *sweep, const char *version)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize len;
  const char *text = sf_source_text (sweep->source, &len);

  /* Strings are hashed with their final NULs, so that their boundaries count. */
  g_checksum_update (checksum, (const guchar *) version, (gssize) strlen (version) + 1);
  g_checksum_update (checksum, (const guchar *) sweep->command_line, (gssize) strlen (sweep->command_line) + 1);
  g_checksum_update (checksum, (const guchar *) text, (gssize) len);
  return g_strdup (g_checksum_get_string (checksum));
}
