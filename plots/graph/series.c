/* SPDX-License-Identifier: MIT
 *
 * From series of points to data for gnuplot, thinned to what can be seen.
 */
#include "plots/graph/page.h"

#include <math.h>

GArray *
sf_graph_points (void)
{
  return g_array_new (FALSE, FALSE, sizeof (SfPoint));
}

void
sf_graph_point (GArray *points, SfTime t, double y, double z)
{
  SfPoint point = { t, y, z };

  g_array_append_val (points, point);
}

double
sf_graph_highest (const SfGraph *graph, const GArray *points, double least)
{
  for (guint i = 0; i < points->len; i++)
    {
      const SfPoint *point = &g_array_index (points, SfPoint, i);

      if (sf_graph_shows (graph, point->t))
        least = MAX (least, MAX (point->y, point->z));
    }
  return least;
}

/* Returns the column of the picture that shows `t`. Points in one column cannot be told apart by time. */
static gint64
column_of (const SfGraph *graph, SfTime t)
{
  double span = (double) graph->to - (double) graph->from;

  return (gint64) (((double) t - (double) graph->from) / span * SF_GRAPH_COLUMNS);
}

static void
add_point (SfGraph *graph, SfTime t, double y)
{
  sf_gnuplot_number (graph->page->script, (double) t / graph->t_unit, 9);
  g_string_append_c (graph->page->script, ' ');
  sf_gnuplot_number (graph->page->script, y / graph->y_unit, 9);
  g_string_append_c (graph->page->script, '\n');
  graph->n_drawn++;
}

static void
begin_block (SfGraph *graph)
{
  g_string_append_printf (graph->page->script, "$g%u << SYNFIN\n", graph->n_blocks);
}

/* Each kind of series in gnuplot's words. */
static const struct
{
  const char *columns, *style;
} series[] = {
  [SF_SERIES_POINTS] = { "1:2", "points" },
  [SF_SERIES_STEPS] = { "1:2", "steps" },
  [SF_SERIES_AREA] = { "1:2", "fillsteps fill solid 1 noborder" },
  [SF_SERIES_BARS] = { "1:2:3:4", "vectors heads size screen 0.005,90" },
};

/* Ends a data block, and plots it unless it is `empty`. */
static void
end_block (SfGraph *graph, gboolean empty, const SfLegendEntry *entry)
{
  g_string_append (graph->page->script, "SYNFIN\n");
  if (empty)
    return;
  g_string_append_printf (graph->plots, "%s$g%u using %s with %s %s", graph->n_blocks > 0 ? ", \\\n  " : "plot ",
                          graph->n_blocks, series[entry->kind].columns, series[entry->kind].style, entry->look);
  graph->n_blocks++;
  if (entry->title != NULL)
    g_array_append_vals (graph->legend, entry, 1);
}

/* TRUE if the values of `a` and `b` are the same dot in the picture. */
static gboolean
same_dot (const SfPoint *a, const SfPoint *b, double resolution)
{
  return fabs (a->y - b->y) <= resolution && fabs (a->z - b->z) <= resolution;
}

static void
add_points (SfGraph *graph, const GArray *points, const SfLegendEntry *entry)
{
  double resolution = sf_graph_highest (graph, points, 0) / SF_GRAPH_COLUMNS;
  const SfPoint *last = NULL;

  begin_block (graph);
  for (guint i = 0; i < points->len; i++)
    {
      const SfPoint *point = &g_array_index (points, SfPoint, i);

      if (!sf_graph_shows (graph, point->t))
        continue;
      graph->n_points++;
      if (last != NULL && column_of (graph, last->t) == column_of (graph, point->t)
          && same_dot (last, point, resolution))
        continue;
      add_point (graph, point->t, point->y);
      last = point;
    }
  end_block (graph, last == NULL, entry);
}

/* The steps within one column of the picture: first and last value, lowest and highest. */
typedef struct
{
  gint64 column;
  SfPoint first, lowest, highest, last;
  guint n;
} Column;

static void
flush_column (SfGraph *graph, const Column *column)
{
  if (column->n == 0)
    return;
  add_point (graph, column->first.t, column->first.y);
  if (column->n > 3)
    {
      add_point (graph, column->first.t, column->lowest.y);
      add_point (graph, column->first.t, column->highest.y);
    }
  if (column->n > 1)
    add_point (graph, column->last.t, column->last.y);
}

static void
add_to_column (SfGraph *graph, Column *column, const SfPoint *point)
{
  gint64 place = column_of (graph, point->t);

  graph->n_points++;
  if (column->n == 0 || place != column->column)
    {
      flush_column (graph, column);
      *column = (Column){ place, *point, *point, *point, *point, 1 };
      return;
    }
  column->n++;
  column->last = *point;
  if (point->y < column->lowest.y)
    column->lowest = *point;
  if (point->y > column->highest.y)
    column->highest = *point;
}

static void
add_steps (SfGraph *graph, const GArray *points, const SfLegendEntry *entry)
{
  Column column = { 0 };
  SfPoint before = { 0 };
  gboolean has_before = FALSE;

  begin_block (graph);
  for (guint i = 0; i < points->len; i++)
    {
      const SfPoint *point = &g_array_index (points, SfPoint, i);

      if (point->t > graph->to)
        break;
      if (has_before && point->y == before.y && (column.n > 0 || point->t < graph->from))
        continue; /* no step */
      if (point->t >= graph->from && has_before && column.n == 0)
        add_to_column (graph, &column, &before);
      if (point->t >= graph->from)
        add_to_column (graph, &column, point);
      before = (SfPoint){ graph->from, point->y, point->z };
      has_before = TRUE;
    }
  if (column.n == 0 && has_before)
    add_to_column (graph, &column, &before);
  flush_column (graph, &column);
  if (column.n > 0)
    add_point (graph, graph->to, column.last.y); /* the last value continues */
  end_block (graph, column.n == 0, entry);
}

static void
flush_bar (SfGraph *graph, const SfPoint *bar)
{
  GString *script = graph->page->script;

  sf_gnuplot_number (script, (double) bar->t / graph->t_unit, 9);
  g_string_append_c (script, ' ');
  sf_gnuplot_number (script, bar->y / graph->y_unit, 9);
  g_string_append (script, " 0 ");
  sf_gnuplot_number (script, (bar->z - bar->y) / graph->y_unit, 9);
  g_string_append_c (script, '\n');
  graph->n_drawn++;
}

static void
add_bars (SfGraph *graph, const GArray *points, const SfLegendEntry *entry)
{
  SfPoint bar = { 0 };
  gboolean any = FALSE;
  double resolution = sf_graph_highest (graph, points, 0) / SF_GRAPH_COLUMNS;
  gboolean dense = points->len > SF_GRAPH_COLUMNS;

  begin_block (graph);
  for (guint i = 0; i < points->len; i++)
    {
      const SfPoint *point = &g_array_index (points, SfPoint, i);

      if (!sf_graph_shows (graph, point->t))
        continue;
      graph->n_points++;
      if (any && dense && column_of (graph, bar.t) == column_of (graph, point->t) && point->y <= bar.z + resolution
          && point->z >= bar.y - resolution)
        {
          bar.y = MIN (bar.y, point->y);
          bar.z = MAX (bar.z, point->z);
          continue;
        }
      if (any)
        flush_bar (graph, &bar);
      bar = *point;
      any = TRUE;
    }
  if (any)
    flush_bar (graph, &bar);
  end_block (graph, !any, entry);
}

void
sf_graph_add (SfGraph *graph, SfSeriesKind kind, const GArray *points, const char *look, const char *title)
{
  const SfLegendEntry entry = { kind, look, title };

  switch (kind)
    {
    case SF_SERIES_POINTS:
      add_points (graph, points, &entry);
      break;
    case SF_SERIES_STEPS:
    case SF_SERIES_AREA:
      add_steps (graph, points, &entry);
      break;
    case SF_SERIES_BARS:
      add_bars (graph, points, &entry);
      break;
    }
}
