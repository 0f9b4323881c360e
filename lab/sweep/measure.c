/* SPDX-License-Identifier: MIT
 *
 * The measures of a sweep, taken in every run: metrics, expectations, errors, segments.
 */
#include "lab/sweep/load.h"

#include "base/gettext.h"
#include "models/names.h"

#include <string.h>

/* The word for all expectations, each of which becomes a measure. */
#define ALL_EXPECTATIONS "expectations"

/* Names made from words are cut to this length. */
#define LONGEST_NAME 40

/* What the reading functions need. */
typedef struct
{
  SfSweep *sweep;
  const GPtrArray *expectations; /* SfWording */
  SfDiagnostics *diag;
} Loader;

void
sf_measure_free (SfMeasure *measure)
{
  g_free (measure->name);
  sf_wording_unref (measure->title);
  g_free (measure->expect_name);
  g_free (measure);
}

static SfMeasure *
measure_new (SfMeasureKind kind)
{
  SfMeasure *measure = g_new0 (SfMeasure, 1);

  measure->kind = kind;
  measure->scope.host = SF_NO_HOST;
  measure->unit = SF_UNIT_COUNT;
  return measure;
}

/* --- names --- */

/* TRUE if `name` is a column of the results other than a measure. */
static gboolean
is_reserved (const char *name)
{
  static const char *const reserved[] = { "row", "point", "replication", "id" };

  for (guint i = 0; i < G_N_ELEMENTS (reserved); i++)
    if (g_ascii_strcasecmp (name, reserved[i]) == 0)
      return TRUE;
  return FALSE;
}

/* TRUE if no measure and no axis is called `name`, ignoring case. */
static gboolean
is_free (const SfSweep *sweep, const char *name)
{
  for (guint i = 0; i < sweep->measures->len; i++)
    if (g_ascii_strcasecmp (sf_sweep_measure_at (sweep, i)->name, name) == 0)
      return FALSE;
  return !is_reserved (name);
}

/* Returns `text` with everything between letters and digits replaced by '-'. */
static char *
squeeze (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0' && out->len < LONGEST_NAME; p++)
    if (g_ascii_isalnum (*p) || *p == '_')
      g_string_append_c (out, *p);
    else if (out->len > 0 && out->str[out->len - 1] != '-')
      g_string_append_c (out, '-');
  while (out->len > 0 && out->str[out->len - 1] == '-')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

/* Gives `measure` a unique name made from `words`, and a title unless it has one. */
static void
name_by (SfMeasure *measure, const char *words, const SfSweep *sweep)
{
  g_autofree char *name = squeeze (words);

  if (measure->title == NULL)
    measure->title = sf_wording_plain (words);
  measure->name = g_strdup (*name != '\0' ? name : "measure");
  for (guint i = 2; !is_free (sweep, measure->name); i++)
    {
      g_free (measure->name);
      measure->name = g_strdup_printf ("%s-%u", *name != '\0' ? name : "measure", i);
    }
}

/* Appends the scope, if it is not everything: "of server", "of client's connection 2". */
static void
append_scope (GString *out, const SfMeasure *measure, const SfSweep *sweep)
{
  if (measure->scope.host != SF_NO_HOST)
    g_string_append_printf (out, " %s", sf_plan_host (sweep->base->scenario->plan, measure->scope.host)->name);
  if (measure->scope.conn != 0)
    g_string_append_printf (out, " #%u", measure->scope.conn);
}

/* Loads the name that the sweep gives, or makes one from `words`. */
static gboolean
load_name (const SfNode *node, const char *words, SfMeasure *measure, Loader *loader)
{
  const SfNode *written = sf_node_get (node, "name");
  const char *name = NULL;
  SfWording *title = NULL;

  if (!sf_node_name (written, _ ("the name of a measure"), loader->diag, &name)
      || !sf_node_wording (sf_node_get (node, "title"), loader->diag, &title))
    return FALSE;
  if (title != NULL)
    {
      sf_wording_unref (measure->title);
      measure->title = title;
    }
  if (name == NULL)
    {
      name_by (measure, words, loader->sweep);
      return TRUE;
    }
  if (is_reserved (name))
    return sf_node_error (written, loader->diag, _ ("'%s' is the name of another column"), name);
  if (!is_free (loader->sweep, name))
    return sf_node_error (written, loader->diag, _ ("the name '%s' is used twice"), name);
  if (measure->title == NULL)
    measure->title = sf_wording_plain (name);
  measure->name = g_strdup (name);
  return TRUE;
}

/* --- the four kinds --- */

/* Returns the index of `name` in `expectations`; their number if it is not there. */
static guint
find_expectation (const GPtrArray *expectations, const char *name)
{
  guint i = 0;

  while (i < expectations->len && strcmp (sf_wording_in (g_ptr_array_index (expectations, i), NULL), name) != 0)
    i++;
  return i;
}

static SfMeasure *
expectation_new (const GPtrArray *expectations, guint i)
{
  SfMeasure *measure = measure_new (SF_MEASURE_EXPECT);

  measure->expect = i;
  measure->expect_name = g_strdup (sf_wording_in (g_ptr_array_index (expectations, i), NULL));
  measure->title = sf_wording_ref (g_ptr_array_index (expectations, i));
  measure->fraction = TRUE;
  return measure;
}

static gboolean
unknown_expectation (const Loader *loader, const char *name, const SfPlace *place)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < loader->expectations->len; i++)
    g_ptr_array_add (names, (char *) sf_wording_in (g_ptr_array_index (loader->expectations, i), NULL));
  g_ptr_array_add (names, NULL);
  return sf_unknown_name (_ ("expectation"), name, (const char *const *) names->pdata, place, loader->diag);
}

static SfMeasure *
load_expect (const SfNode *node, Loader *loader, GString *words)
{
  const SfNode *written = sf_node_get (node, "expect");
  const char *name = NULL;
  guint i;

  if (!sf_node_text (written, loader->diag, &name))
    return NULL;
  i = find_expectation (loader->expectations, name);
  if (i == loader->expectations->len)
    {
      SfPlace place = sf_node_text_place (written);

      unknown_expectation (loader, name, &place);
      return NULL;
    }
  g_string_append (words, name);
  return expectation_new (loader->expectations, i);
}

static gboolean
load_scope (const SfNode *node, const Loader *loader, SfScope *scope)
{
  const SfPlan *plan = loader->sweep->base->scenario->plan;

  if (!sf_node_host (sf_node_get (node, "host"), plan, FALSE, loader->diag, &scope->host)
      || !sf_node_count32 (sf_node_get (node, "conn"), 1, G_MAXUINT32, loader->diag, &scope->conn))
    return FALSE;
  if (scope->conn != 0 && scope->host == SF_NO_HOST)
    return sf_node_error (sf_node_get (node, "conn"), loader->diag,
                          _ ("'conn' needs 'host': connections are counted per host"));
  return TRUE;
}

static SfMeasure *
metric_new (guint which)
{
  SfMeasure *measure = measure_new (SF_MEASURE_METRIC);
  guint n;

  measure->metric = &sf_metrics (&n)[which];
  measure->unit = measure->metric->unit;
  return measure;
}

static SfMeasure *
load_metric (const SfNode *node, Loader *loader, GString *words)
{
  SfScope scope = { SF_NO_HOST, 0 };
  SfMeasure *measure;
  guint which = 0;

  if (!sf_node_choice (sf_node_get (node, "metric"), _ ("metric"), sf_metric_names (), loader->diag, &which)
      || !load_scope (node, loader, &scope))
    return NULL;
  measure = metric_new (which);
  measure->scope = scope;
  g_string_append (words, measure->metric->name);
  append_scope (words, measure, loader->sweep);
  return measure;
}

static gboolean
load_errno (const SfNode *node, SfDiagnostics *diag, int *ret_error)
{
  const char *name = NULL;

  if (!sf_node_text (node, diag, &name))
    return FALSE;
  return strcmp (name, "any") == 0 || sf_errno_from_name (name, ret_error)
         || sf_node_error (node, diag, _ ("'%s' is no error: expected a name such as ECONNREFUSED, or any"), name);
}

static SfMeasure *
load_error (const SfNode *node, Loader *loader, GString *words)
{
  const SfNode *call = sf_node_get (node, "call");
  SfScope scope = { SF_NO_HOST, 0 };
  SfMeasure *measure;
  guint which = 0;
  int error = 0;

  if (!load_errno (sf_node_get (node, "error"), loader->diag, &error)
      || !sf_node_choice (call, _ ("call"), sf_call_names (), loader->diag, &which)
      || !load_scope (node, loader, &scope))
    return NULL;
  measure = measure_new (SF_MEASURE_ERROR);
  measure->scope = scope;
  measure->error = error;
  measure->call = call != NULL ? sf_call_names ()[which] : NULL;
  g_string_append (words, error != 0 ? sf_errno_name (error) : "errors");
  if (call != NULL)
    g_string_append_printf (words, " %s", measure->call);
  append_scope (words, measure, loader->sweep);
  return measure;
}

static SfMeasure *
load_segments (const SfNode *node, Loader *loader, GString *words)
{
  const SfNode *matcher = sf_node_get (node, "segments");
  SfMeasure *measure;
  SfSelection selection;

  if (!sf_node_check_keys (matcher, SF_KEYS_PREDICT_SEGMENTS, loader->diag)
      || !sf_selection_load (matcher, loader->sweep->base->scenario->plan, loader->diag, &selection))
    return NULL;
  measure = measure_new (SF_MEASURE_SEGMENTS);
  measure->selection = selection;
  g_string_append (words, "segments");
  for (guint i = 0; i < sf_node_n (matcher); i++)
    if (sf_node_item (matcher, i)->kind == SF_NODE_SCALAR)
      g_string_append_printf (words, " %s", sf_node_item (matcher, i)->text);
  return measure;
}

/* --- reading --- */

static const struct
{
  const char *key;
  SfMeasure *(*load) (const SfNode *node, Loader *loader, GString *words);
  const char *others; /* keys allowed beside it, each followed by a space */
} kinds[] = {
  { "metric", load_metric, "host conn " },
  { "expect", load_expect, "" },
  { "error", load_error, "host conn call " },
  { "segments", load_segments, "" },
};

/* Finds the kind of `node`: exactly one must be there. */
static gboolean
find_kind (const SfNode *node, SfDiagnostics *diag, guint *ret_kind)
{
  guint found = G_N_ELEMENTS (kinds);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const SfNode *value = sf_node_get (node, kinds[i].key);

      if (value == NULL)
        continue;
      if (found < G_N_ELEMENTS (kinds))
        return sf_node_error (value, diag, _ ("'%s' and '%s' in one measure: write two"), kinds[found].key,
                              kinds[i].key);
      found = i;
    }
  *ret_kind = found;
  return found < G_N_ELEMENTS (kinds)
         || sf_node_error (node, diag, _ ("a measure needs what it measures: metric, expect, error or segments"));
}

/* Checks that all keys belong to this kind. */
static gboolean
check_others (const SfNode *node, guint kind, SfDiagnostics *diag)
{
  static const char *const some[] = { "host", "conn", "call" };

  for (guint i = 0; i < G_N_ELEMENTS (some); i++)
    if (sf_node_get (node, some[i]) != NULL && strstr (kinds[kind].others, some[i]) == NULL)
      return sf_node_error (sf_node_get (node, some[i]), diag, _ ("'%s' and '%s' exclude each other"), kinds[kind].key,
                            some[i]);
  return TRUE;
}

static gboolean
load_mapping (const SfNode *node, Loader *loader)
{
  g_autoptr (GString) words = g_string_new (NULL);
  SfMeasure *measure;
  guint kind = 0;

  if (!sf_node_check_keys (node, SF_KEYS_SWEEP_MEASURE, loader->diag) || !find_kind (node, loader->diag, &kind)
      || !check_others (node, kind, loader->diag))
    return FALSE;
  measure = kinds[kind].load (node, loader, words);
  if (measure == NULL)
    return FALSE;
  if (load_name (node, words->str, measure, loader))
    {
      g_ptr_array_add (loader->sweep->measures, measure);
      return TRUE;
    }
  sf_measure_free (measure);
  return FALSE;
}

static void
add_named (SfSweep *sweep, SfMeasure *measure, const char *words)
{
  name_by (measure, words, sweep);
  g_ptr_array_add (sweep->measures, measure);
}

static void
add_expectations (const Loader *loader)
{
  for (guint i = 0; i < loader->expectations->len; i++)
    {
      SfMeasure *measure = expectation_new (loader->expectations, i);

      add_named (loader->sweep, measure, measure->expect_name);
    }
}

static guint
find_metric (const char *name)
{
  guint i = 0;

  while (sf_metric_names ()[i] != NULL && strcmp (sf_metric_names ()[i], name) != 0)
    i++;
  return i;
}

/* Loads a single word: the name of a metric, or all expectations. */
static gboolean
load_word (const SfNode *node, const Loader *loader)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *name = NULL;
  guint which;

  if (!sf_node_text (node, loader->diag, &name))
    return FALSE;
  if (strcmp (name, ALL_EXPECTATIONS) == 0)
    {
      add_expectations (loader);
      return TRUE;
    }
  which = find_metric (name);
  if (sf_metric_names ()[which] != NULL)
    {
      add_named (loader->sweep, metric_new (which), name);
      return TRUE;
    }
  for (guint i = 0; sf_metric_names ()[i] != NULL; i++)
    g_ptr_array_add (names, (char *) sf_metric_names ()[i]);
  g_ptr_array_add (names, (char *) ALL_EXPECTATIONS);
  g_ptr_array_add (names, NULL);
  return sf_unknown_name (_ ("measure"), name, (const char *const *) names->pdata, &node->place, loader->diag);
}

static gboolean
load_measure (const SfNode *node, Loader *loader)
{
  return node->kind == SF_NODE_SCALAR ? load_word (node, loader) : load_mapping (node, loader);
}

static gboolean
load_option (const char *option, Loader *loader)
{
  g_autofree char *name = g_strdup_printf ("--measure %s", option);
  SfSource *source = sf_sweep_option_source (loader->sweep, name, option);
  g_autoptr (SfDocument) doc = sf_document_parse (source, loader->diag);

  return doc != NULL && load_measure (sf_document_root (doc), loader);
}

/* Adds the measures of a sweep that names none. */
static void
add_defaults (Loader *loader)
{
  static const char *const names[] = { "handshake-time", "connection-time", "segments", "retransmissions",
                                       "app-errors" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    add_named (loader->sweep, metric_new (find_metric (names[i])), names[i]);
  add_expectations (loader);
}

gboolean
sf_sweep_load_measures (const SfNode *list, const char *const *options, const GPtrArray *expectations, SfSweep *sweep,
                        SfDiagnostics *diag, guint *ret_n_own)
{
  Loader loader = { sweep, expectations, diag };

  if (list != NULL && !sf_node_is_empty (list)
      && !sf_node_check_kind (list, SF_NODE_LIST, _ ("a list of measures"), diag))
    return FALSE;
  for (guint i = 0; i < sf_node_n (list); i++)
    if (!load_measure (sf_node_item (list, i), &loader))
      return FALSE;
  *ret_n_own = sweep->measures->len;
  for (; options != NULL && *options != NULL; options++)
    if (!load_option (*options, &loader))
      return FALSE;
  if (sweep->measures->len == 0)
    add_defaults (&loader);
  return TRUE;
}

gboolean
sf_sweep_find_measure (const SfSweep *sweep, const char *name, const SfPlace *place, SfDiagnostics *diag,
                       guint *ret_measure)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < sweep->measures->len; i++)
    {
      g_ptr_array_add (names, sf_sweep_measure_at (sweep, i)->name);
      if (strcmp (sf_sweep_measure_at (sweep, i)->name, name) == 0)
        {
          *ret_measure = i;
          return TRUE;
        }
    }
  g_ptr_array_add (names, NULL);
  return sf_unknown_name (_ ("measure"), name, (const char *const *) names->pdata, place, diag);
}

/* --- measuring --- */

static gboolean
error_fits (const SfMeasure *measure, const SfTrace *trace, const SfRecord *record)
{
  const SfTraceConn *conn;

  if (record->head.kind != SF_RECORD_CALL || record->call.error == 0
      || (measure->error != 0 && record->call.error != measure->error)
      || (measure->scope.host != SF_NO_HOST && record->host != measure->scope.host)
      || (measure->call != NULL && strcmp (measure->call, sf_op_name (record->call.op)) != 0))
    return FALSE;
  conn = measure->scope.conn != 0 ? sf_trace_conn (trace, record->conn) : NULL;
  return measure->scope.conn == 0 || (conn != NULL && conn->nth == measure->scope.conn);
}

static gint64
count_errors (const SfMeasure *measure, const SfTrace *trace)
{
  gint64 n = 0;

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    n += error_fits (measure, trace, sf_trace_record (trace, i));
  return n;
}

static gboolean
is_check (const SfRun *run, guint i, const char *name)
{
  return i < run->expect->checks->len
         && strcmp (sf_wording_in (g_array_index (run->expect->checks, SfCheck, i).name, NULL), name) == 0;
}

/* Measures an expectation. A run of a variant without it has no value. */
static gint64
judge (const SfMeasure *measure, const SfRun *run, const SfTrace *trace)
{
  guint i = measure->expect;

  if (!is_check (run, i, measure->expect_name))
    for (i = 0; i < run->expect->checks->len && !is_check (run, i, measure->expect_name); i++)
      ;
  return i < run->expect->checks->len ? sf_expect_holds (run->expect, i, trace) : SF_NO_VALUE;
}

static gint64
measure_one (const SfMeasure *measure, const SfRun *run, const SfTrace *trace)
{
  gint64 value = 0;

  switch (measure->kind)
    {
    case SF_MEASURE_METRIC:
      return sf_metric_value (measure->metric, trace, measure->scope, &value) ? value : SF_NO_VALUE;
    case SF_MEASURE_EXPECT:
      return judge (measure, run, trace);
    case SF_MEASURE_ERROR:
      return count_errors (measure, trace);
    case SF_MEASURE_SEGMENTS:
      return sf_selection_count (&measure->selection, trace);
    }
  g_return_val_if_reached (SF_NO_VALUE);
}

void
sf_sweep_measure (const SfSweep *sweep, const SfRun *run, const SfTrace *trace, gint64 *ret_values)
{
  for (guint i = 0; i < sweep->measures->len; i++)
    ret_values[i] = measure_one (sf_sweep_measure_at (sweep, i), run, trace);
}
