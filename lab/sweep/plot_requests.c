/* SPDX-License-Identifier: MIT
 *
 * The graphs that a sweep asks for.
 */
#include "lab/sweep/load.h"

#include "base/gettext.h"
#include "lab/language/read_keys.h"
#include "lab/sweep/formula.h"

#include <string.h>

/* What the reading functions need. */
typedef struct
{
  const SfSweep *sweep;
  SfDiagnostics *diag;
} Loader;

void
sf_sweep_plot_free (SfSweepPlot *plot)
{
  sf_wording_unref (plot->title);
  sf_wording_unref (plot->x_title);
  sf_wording_unref (plot->y_title);
  sf_wording_unref (plot->theory_title);
  g_free (plot->theory);
  g_free (plot);
}

/* Returns the first numeric axis other than `but`, otherwise the first axis other than `but`, otherwise the number of
 * axes. */
static guint
first_axis (const SfSweep *sweep, guint but)
{
  guint any = sweep->axes->len;

  for (guint i = sweep->axes->len; i > 0; i--)
    if (i - 1 != but)
      any = i - 1;
  for (guint i = 0; i < sweep->axes->len; i++)
    if (i != but && sf_sweep_axis (sweep, i)->numeric)
      return i;
  return any;
}

/* Reads the path of a parameter. Without one, chooses a parameter other than `but`. */
static gboolean
load_axis (const SfNode *node, guint but, const Loader *loader, guint *ret_axis)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  const char *path = NULL;

  *ret_axis = first_axis (loader->sweep, but);
  if (node == NULL)
    return TRUE;
  if (!sf_node_text (node, loader->diag, &path))
    return FALSE;
  for (guint i = 0; i < loader->sweep->axes->len; i++)
    g_ptr_array_add (paths, sf_sweep_axis (loader->sweep, i)->path);
  g_ptr_array_add (paths, NULL);
  if (loader->sweep->axes->len == 0)
    return sf_node_error (node, loader->diag, _ ("'%s' does not vary"), path);
  return sf_node_choice (node, _ ("parameter"), (const char *const *) paths->pdata, loader->diag, ret_axis);
}

static gboolean
load_measure (const SfNode *plot, const char *key, const Loader *loader, guint *ret_measure)
{
  const SfNode *node = sf_node_require (plot, key, loader->diag);
  const char *name = NULL;

  return node != NULL && sf_node_text (node, loader->diag, &name)
         && sf_sweep_find_measure (loader->sweep, name, &node->place, loader->diag, ret_measure);
}

static gboolean
load_scale (const SfNode *node, SfDiagnostics *diag, gboolean *ret_log)
{
  guint which = 0;

  if (!sf_node_choice (node, _ ("scale"), sf_type_names (SF_TYPE_SWEEP_SCALE), diag, &which))
    return FALSE;
  *ret_log = which == 1;
  return TRUE;
}

/* Checks the keys that only some kinds of graphs have: they must be in `allowed`, which has a space after each. */
static gboolean
check_keys (const SfNode *node, const char *kind, const char *allowed, SfDiagnostics *diag)
{
  static const char *const some[] = { "x ", "x-as ", "y ", "z ", "of ", "theory " };

  for (guint i = 0; i < G_N_ELEMENTS (some); i++)
    {
      g_autofree char *key = g_strchomp (g_strdup (some[i]));

      if (sf_node_get (node, key) != NULL && strstr (allowed, some[i]) == NULL)
        return sf_node_error (sf_node_get (node, key), diag, _ ("a %s has no '%s'"), kind, key);
    }
  return TRUE;
}

static gboolean
check_axes (const SfNode *node, guint n, const Loader *loader)
{
  return loader->sweep->axes->len >= n
         || sf_node_error (node, loader->diag,
                           ngettext ("this needs %u parameter that varies", "this needs %u parameters that vary", n),
                           n);
}

/* Loads how the x axis shows the values of its parameter. The axis is known by now. */
static gboolean
load_x_as (const SfNode *node, const Loader *loader, SfSweepPlot *plot)
{
  const SfSweepAxis *axis = sf_sweep_axis (loader->sweep, plot->x);
  guint choice = 0;

  if (!sf_node_choice (node, _ ("way to show values"), sf_type_names (SF_TYPE_SWEEP_X_AS), loader->diag, &choice))
    return FALSE;
  plot->x_rate = choice == 1;
  if (!plot->x_rate)
    return TRUE;
  for (guint i = 0; i < axis->texts->len; i++)
    if (!axis->numeric || axis->unit != SF_UNIT_TIME || axis->numbers[i] <= 0)
      return sf_node_error (node, loader->diag, _ ("a rate is made of times above 0, which '%s' of '%s' is not"),
                            (const char *) g_ptr_array_index (axis->texts, i), axis->path);
  return TRUE;
}

static gboolean
load_line (const SfNode *node, const Loader *loader, SfSweepPlot *plot)
{
  return check_keys (node, sf_sweep_chart_names ()[plot->kind], "x x-as y theory ", loader->diag)
         && check_axes (node, 1, loader) && load_axis (sf_node_get (node, "x"), G_MAXUINT, loader, &plot->x)
         && load_x_as (sf_node_get (node, "x-as"), loader, plot) && load_measure (node, "y", loader, &plot->measure);
}

static gboolean
load_heatmap (const SfNode *node, const Loader *loader, SfSweepPlot *plot)
{
  const SfNode *x = sf_node_get (node, "x"), *y = sf_node_get (node, "y");
  guint given = G_MAXUINT;

  if (!check_keys (node, sf_sweep_chart_names ()[plot->kind], "x x-as y z ", loader->diag)
      || !check_axes (node, 2, loader) || (y != NULL && !load_axis (y, G_MAXUINT, loader, &given))
      || !load_axis (x, given, loader, &plot->x) || !load_x_as (sf_node_get (node, "x-as"), loader, plot)
      || !load_axis (y, plot->x, loader, &plot->y) || !load_measure (node, "z", loader, &plot->measure))
    return FALSE;
  return plot->x != plot->y
         || sf_node_error (y, loader->diag, _ ("'%s' is on the other axis already"),
                           sf_sweep_axis (loader->sweep, plot->x)->path);
}

static gboolean
load_distribution (const SfNode *node, const Loader *loader, SfSweepPlot *plot)
{
  return check_keys (node, sf_sweep_chart_names ()[plot->kind], "of ", loader->diag)
         && load_measure (node, "of", loader, &plot->measure);
}

/* Loads the formula, and checks it by computing it once. */
static gboolean
load_theory (const SfNode *node, SfDiagnostics *diag, SfSweepPlot *plot)
{
  static const char *const names[] = SF_THEORY_NAMES;
  static const double ones[] = { 1, 1 };
  g_autofree char *complaint = NULL;
  const char *theory = NULL;
  SfPlace place;
  double value;

  if (node == NULL)
    return TRUE;
  if (!sf_node_text (node, diag, &theory))
    return FALSE;
  place = sf_node_text_place (node);
  if (!sf_formula (theory, names, ones, &value, &complaint))
    return sf_error (diag, &place, _ ("no formula: %s"), complaint);
  plot->theory = g_strdup (theory);
  return TRUE;
}

static gboolean
load_words (const SfNode *node, SfDiagnostics *diag, SfSweepPlot *plot)
{
  if (!sf_node_wording (sf_node_get (node, "title"), diag, &plot->title)
      || !sf_node_wording (sf_node_get (node, "x-title"), diag, &plot->x_title)
      || !sf_node_wording (sf_node_get (node, "y-title"), diag, &plot->y_title)
      || !sf_node_wording (sf_node_get (node, "theory-title"), diag, &plot->theory_title)
      || !load_theory (sf_node_get (node, "theory"), diag, plot))
    return FALSE;
  return load_scale (sf_node_get (node, "x-scale"), diag, &plot->x_log)
         && load_scale (sf_node_get (node, "y-scale"), diag, &plot->y_log);
}

static gboolean
load_plot (const SfNode *node, const Loader *loader, SfSweepPlot *plot)
{
  static gboolean (*const loaders[SF_N_CHART_SHAPES]) (const SfNode *, const Loader *, SfSweepPlot *) = {
    [SF_CHART_ON_X] = load_line,
    [SF_CHART_ON_XY] = load_heatmap,
    [SF_CHART_OF_VALUES] = load_distribution,
  };
  guint kind = 0;

  if (!sf_node_check_keys (node, SF_KEYS_SWEEP_PLOT, loader->diag)
      || !sf_node_choice (sf_node_get (node, "kind"), _ ("kind of graph"), sf_sweep_chart_names (), loader->diag, &kind)
      || !load_words (node, loader->diag, plot))
    return FALSE;
  plot->kind = kind;
  return loaders[sf_sweep_chart_shape (plot->kind)](node, loader, plot);
}

static gboolean
add_plot (const SfNode *node, const Loader *loader, SfSweep *sweep)
{
  SfSweepPlot *plot = g_new0 (SfSweepPlot, 1);

  g_ptr_array_add (sweep->plots, plot);
  return load_plot (node, loader, plot);
}

static gboolean
add_plots (const SfNode *list, const Loader *loader, SfSweep *sweep)
{
  if (!sf_node_check_kind (list, SF_NODE_LIST, _ ("a graph, or a list of graphs"), loader->diag))
    return FALSE;
  for (guint i = 0; i < sf_node_n (list); i++)
    if (!add_plot (sf_node_item (list, i), loader, sweep))
      return FALSE;
  return TRUE;
}

/* Adds a graph of each measure from number `first` on: over the first parameter, or its distribution. */
static void
add_defaults (SfSweep *sweep, guint first)
{
  for (guint i = first; i < sweep->measures->len; i++)
    {
      SfSweepPlot *plot;

      if (sweep->axes->len == 0 && sf_sweep_measure_at (sweep, i)->fraction)
        continue;
      plot = g_new0 (SfSweepPlot, 1);
      plot->kind = sweep->axes->len > 0 ? SF_SWEEP_CHART_LINE : SF_SWEEP_CHART_HISTOGRAM;
      plot->measure = i;
      plot->x = first_axis (sweep, G_MAXUINT);
      g_ptr_array_add (sweep->plots, plot);
    }
}

static gboolean
add_option (const char *option, const Loader *loader, SfSweep *sweep)
{
  g_autofree char *name = g_strdup_printf ("--plot %s", option);
  g_autoptr (SfDocument) doc = sf_document_parse (sf_sweep_option_source (sweep, name, option), loader->diag);

  return doc != NULL && add_plot (sf_document_root (doc), loader, sweep);
}

gboolean
sf_sweep_load_plots (const SfNode *list, const char *const *options, guint n_own, SfSweep *sweep, SfDiagnostics *diag)
{
  const Loader loader = { sweep, diag };
  gboolean has_own = list != NULL && !sf_node_is_empty (list);

  if (has_own && !(list->kind == SF_NODE_MAP ? add_plot (list, &loader, sweep) : add_plots (list, &loader, sweep)))
    return FALSE;
  if (options == NULL || *options == NULL)
    add_defaults (sweep, has_own ? n_own : 0);
  for (; options != NULL && *options != NULL; options++)
    if (!add_option (*options, &loader, sweep))
      return FALSE;
  return TRUE;
}
