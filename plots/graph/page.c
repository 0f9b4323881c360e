/* SPDX-License-Identifier: MIT */
#include "plots/graph/page.h"

#include "base/gettext.h"
#include "plots/page/text_width.h"
#include "trace/words.h"

#include <math.h>

/* The axis is logarithmic if the largest value is this many times the smallest. */
#define FAR_APART 8

/* Free space above the largest value: factor of a linear axis, and of a logarithmic one, which has it below as well. */
#define HEADROOM 1.15
#define LOG_MARGIN 1.5

/* The time axis uses a unit if it is at least this many units long. */
#define UNIT_FROM 0.1

/* Per size of letters: the gap below the head of the page, the room below the graph for numbers and title of the x
 * axis, and the size of small letters. */
#define HEAD_GAP 1.2
#define AXIS_ROOM 4.6
#define SMALL_SIZE 0.85

/* The legend, below the graph, per size of letters: its left edge, height of a line, length of a sample, half the
 * height of a sample of bars, the gap between a sample and its title, and the gap between entries. */
#define LEGEND_LEFT 4
#define LEGEND_LINE 1.6
#define LEGEND_SAMPLE 2.6
#define LEGEND_TICK 0.45
#define LEGEND_SAMPLE_GAP 0.7
#define LEGEND_GAP 2.2

/* The middle of a line of the legend above the lower edge of that line, in lines. */
#define LEGEND_MIDDLE 0.8

/* --- sizes --- */

static const struct
{
  double width, height, letters;
} papers[] = {
  [SF_PAPER_FREE] = { 720, 432, 10 },
  [SF_PAPER_A4] = { 842, 595, 11 },
  [SF_PAPER_SLIDE] = { 960, 540, 15 },
};

/* --- the head of the page --- */

/* Returns what the graph shows: "VARIANT · client, connection 1, port 49152 to port 80". */
static char *
describe (const SfGraph *graph)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *variant = sf_words_variant (graph->trace, graph->options->lang);
  const SfTraceConn *conn = graph->conn;

  if (variant != NULL)
    g_string_append_printf (text, "%s · ", variant);
  if (conn != NULL)
    g_string_append_printf (text, tr (graph->options->lang, "%s, connection %u, port %u to port %u"),
                            sf_trace_host_name (graph->trace, conn->host), conn->nth, conn->lport, conn->rport);
  else
    g_string_append (text, tr (graph->options->lang, "all connections"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_line (SfGraph *graph, const char *text, double y, double size, gboolean bold, SfInk ink)
{
  GString *script = graph->page->script;

  g_string_append (script, "set label ");
  sf_gnuplot_string (script, text);
  g_string_append (script, " at screen ");
  sf_gnuplot_number (script, SF_HEAD_MARGIN * graph->letters / graph->page->width, 4);
  g_string_append (script, ", screen ");
  sf_gnuplot_number (script, 1 - y / graph->page->height, 4);
  g_string_append_printf (script, " left front font '" SF_PICTURE_FONT "%s,", bold ? ":Bold" : "");
  sf_gnuplot_number (script, size, 1);
  g_string_append_printf (script, "' tc rgb '#%06x'\n", sf_ink_rgb (ink));
}

/* Writes the title and what the graph shows. Returns the y at which the graph may begin. */
static double
add_head (SfGraph *graph, const char *what)
{
  const char *title = sf_words_title (graph->trace, graph->options->lang);
  g_autofree char *of = describe (graph);
  g_autofree char *heading = title != NULL ? g_strdup_printf ("%s: %s", what, title) : g_strdup (what);
  double size = graph->letters * SF_HEAD_TITLE, y = size * SF_HEAD_TITLE_Y;
  g_autoptr (GPtrArray)
    lines = sf_text_fold_even (heading, size, TRUE, graph->page->width - 2 * SF_HEAD_MARGIN * graph->letters);

  for (guint i = 0; i < lines->len; i++, y += size * SF_HEAD_TITLE_PITCH)
    add_line (graph, g_ptr_array_index (lines, i), y, size, TRUE, SF_INK_TEXT);
  add_line (graph, of, y, graph->letters, FALSE, SF_INK_FAINT);
  return y + graph->letters * HEAD_GAP;
}

void
sf_graph_begin (SfGraph *graph, const SfTrace *trace, const SfTraceConn *conn, const SfGraphOptions *options,
                const char *what, const char *desc)
{
  const char *title = sf_words_title (trace, options->lang);
  g_autofree char *full = g_strdup_printf ("%s: %s", what, title != NULL ? title : "");
  double letters = papers[options->paper].letters, top;

  *graph = (SfGraph){ .trace = trace, .conn = conn, .options = options, .letters = letters };
  graph->page = sf_page_new (papers[options->paper].width, papers[options->paper].height, title != NULL ? full : what,
                             desc);
  graph->plots = g_string_new (NULL);
  graph->legend = g_array_new (FALSE, FALSE, sizeof (SfLegendEntry));
  graph->t_unit = SF_SEC;
  graph->y_unit = 1;
  graph->to = SF_SEC;
  /* gnuplot reserves room by the size of the terminal's font. */
  g_string_append_printf (graph->page->script,
                          "set termoption font '" SF_PICTURE_FONT ",%d'\nletters = %d\ns = ", (int) letters,
                          (int) letters);
  sf_gnuplot_number (graph->page->script, letters / papers[SF_PAPER_FREE].letters, 2);
  g_string_append_c (graph->page->script, '\n');
  top = add_head (graph, what);
  g_string_append (graph->page->script, "set tmargin at screen ");
  sf_gnuplot_number (graph->page->script, 1 - top / graph->page->height, 4);
  g_string_append (graph->page->script, "\nset rmargin at screen 0.97\n");
}

/* --- axes --- */

/* Returns the decimal places that multiples of `step` need. */
static guint
decimals_of (double step)
{
  return step >= 1 ? 0 : (guint) ceil (-log10 (step) - 1e-9);
}

static void
set_axis (GString *script, char axis, const char *name, double low, double high, guint n_marks)
{
  double step = sf_gnuplot_step (high - low, n_marks);

  g_string_append_printf (script, "set %crange [", axis);
  sf_gnuplot_number (script, low, 9);
  g_string_append_c (script, ':');
  sf_gnuplot_number (script, high, 9);
  g_string_append_printf (script, "]\nset %ctics ", axis);
  sf_gnuplot_number (script, step, 9);
  g_string_append_printf (script, "\nset format %c '%%.%uf'\nset %clabel ", axis, decimals_of (step), axis);
  sf_gnuplot_string (script, name);
  g_string_append_c (script, '\n');
}

static void
set_time_axis (SfGraph *graph)
{
  double span = (double) graph->to - (double) graph->from;
  const char *unit = span >= UNIT_FROM * SF_SEC ? "s" : span >= UNIT_FROM * SF_MSEC ? "ms" : "µs";
  g_autofree char *name = g_strdup_printf (tr (graph->options->lang, "time (%s)"), unit);

  graph->t_unit = span >= UNIT_FROM * SF_SEC ? SF_SEC : span >= UNIT_FROM * SF_MSEC ? SF_MSEC : SF_USEC;
  set_axis (graph->page->script, 'x', name, (double) graph->from / graph->t_unit, (double) graph->to / graph->t_unit,
            10);
}

void
sf_graph_show_time (SfGraph *graph, SfTime first, SfTime last)
{
  const SfGraphOptions *options = graph->options;
  SfTime margin;

  graph->from = MAX (first, options->from);
  graph->to = options->to != 0 ? MIN (last, options->to) : last;
  margin = graph->to > graph->from ? (graph->to - graph->from) / 40 : 10 * SF_MSEC;
  graph->from -= options->from != 0 && options->from >= first ? 0 : margin;
  graph->to = sf_time_add (MAX (graph->to, graph->from), margin);
  set_time_axis (graph);
}

gboolean
sf_graph_shows (const SfGraph *graph, SfTime t)
{
  return t >= graph->from && t <= graph->to;
}

void
sf_graph_y_bytes (SfGraph *graph, const char *name, double low, double high)
{
  const char *unit = high - low < 2e4 ? "B" : high - low < 2e7 ? "kB" : "MB";
  g_autofree char *label = g_strdup_printf ("%s (%s)", name, unit);

  if (high <= low)
    high = low + 1000;
  graph->y_unit = high - low < 2e4 ? 1 : high - low < 2e7 ? 1e3 : 1e6;
  set_axis (graph->page->script, 'y', label, low / graph->y_unit, high / graph->y_unit, 8);
}

void
sf_graph_y_numbers (SfGraph *graph, const char *name, double low, double high)
{
  GString *script = graph->page->script;
  double step = MAX (sf_gnuplot_step (high - low, 8), 1);
  const char *sep = "";

  graph->y_unit = 1;
  g_string_append (script, "set yrange [");
  sf_gnuplot_number (script, low, 9);
  g_string_append_c (script, ':');
  sf_gnuplot_number (script, high, 9);
  g_string_append (script, "]\nset ytics (");
  for (double mark = ceil (low / step) * step; mark <= high; mark += step)
    if (mark >= 0)
      {
        g_string_append_printf (script, "%s'%u' ", sep, (guint32) (guint64) mark);
        sf_gnuplot_number (script, mark, 0);
        sep = ", ";
      }
  g_string_append (script, ")\nset ylabel ");
  sf_gnuplot_string (script, name);
  g_string_append_c (script, '\n');
}

/* Sets a logarithmic axis with marks at 1, 2 and 5 times powers of ten from `low` to `high`. */
static void
set_log_axis (GString *script, const char *name, double low, double high)
{
  gboolean first = TRUE;

  g_string_append (script, "set logscale y\nset yrange [");
  sf_gnuplot_number (script, low, 9);
  g_string_append_c (script, ':');
  sf_gnuplot_number (script, high, 9);
  g_string_append (script, "]\nset ytics (");
  for (double power = pow (10, floor (log10 (low))); power <= high; power *= 10)
    for (double factor = 1; factor < 10; factor = factor == 2 ? 5 : 2 * factor)
      if (factor * power >= low && factor * power <= high)
        {
          g_string_append (script, first ? "'" : ", '");
          sf_gnuplot_number (script, factor * power, 6);
          g_string_append (script, "' ");
          sf_gnuplot_number (script, factor * power, 6);
          first = FALSE;
        }
  g_string_append (script, ")\nset ylabel ");
  sf_gnuplot_string (script, name);
  g_string_append_c (script, '\n');
}

void
sf_graph_y_times (SfGraph *graph, const char *name, double low, double high)
{
  const char *unit = high >= 2 * SF_SEC ? "s" : high >= SF_MSEC ? "ms" : "µs";
  g_autofree char *label = g_strdup_printf ("%s (%s)", name, unit);

  graph->y_unit = high >= 2 * SF_SEC ? SF_SEC : high >= SF_MSEC ? SF_MSEC : SF_USEC;
  if (high > FAR_APART * low && low > 0)
    set_log_axis (graph->page->script, label, low / LOG_MARGIN / graph->y_unit, high * LOG_MARGIN / graph->y_unit);
  else
    set_axis (graph->page->script, 'y', label, 0, high * HEADROOM / graph->y_unit, 8);
}

/* --- the legend --- */

/* Appends " screen X, screen Y" for a place in points, with y up from the lower edge. */
static void
add_place (SfGraph *graph, double x, double y)
{
  g_string_append (graph->page->script, " screen ");
  sf_gnuplot_number (graph->page->script, x / graph->page->width, 5);
  g_string_append (graph->page->script, ", screen ");
  sf_gnuplot_number (graph->page->script, y / graph->page->height, 5);
}

static void
add_sample (SfGraph *graph, const SfLegendEntry *entry, double x, double y)
{
  GString *script = graph->page->script;
  double length = LEGEND_SAMPLE * graph->letters, half = graph->letters * LEGEND_TICK;

  if (entry->kind == SF_SERIES_POINTS)
    {
      g_string_append (script, "set label '' at");
      add_place (graph, x + length / 2, y);
      g_string_append_printf (script, " point %s\n", entry->look);
      return;
    }
  g_string_append (script, "set arrow from");
  if (entry->kind == SF_SERIES_BARS)
    x += length / 2;
  add_place (graph, x, entry->kind == SF_SERIES_BARS ? y - half : y);
  g_string_append (script, " to");
  add_place (graph, entry->kind == SF_SERIES_BARS ? x : x + length, entry->kind == SF_SERIES_BARS ? y + half : y);
  g_string_append_printf (script, " %s%s %s\n", entry->kind == SF_SERIES_BARS ? "heads size screen 0.005,90" : "nohead",
                          entry->kind == SF_SERIES_AREA ? " lw 9*s" : "", entry->look);
}

/* Lays out the legend, and draws it if `draw`. Returns the number of its lines. */
static guint
lay_out_legend (SfGraph *graph, gboolean draw, guint n_lines)
{
  double left = LEGEND_LEFT * graph->letters, x = left;
  guint line = 1;

  for (guint i = 0; i < graph->legend->len; i++)
    {
      const SfLegendEntry *entry = &g_array_index (graph->legend, SfLegendEntry, i);
      double sample = (LEGEND_SAMPLE + LEGEND_SAMPLE_GAP) * graph->letters;
      double width = sample + sf_text_width (entry->title, graph->letters, FALSE);
      double y;

      if (x > left && x + width > graph->page->width - graph->letters)
        {
          x = left;
          line++;
        }
      y = (n_lines - line + LEGEND_MIDDLE) * LEGEND_LINE * graph->letters;
      if (draw)
        {
          add_sample (graph, entry, x, y);
          g_string_append (graph->page->script, "set label ");
          sf_gnuplot_string (graph->page->script, entry->title);
          g_string_append (graph->page->script, " at");
          add_place (graph, x + sample, y);
          g_string_append_printf (graph->page->script, " left font ',%d'\n", (int) graph->letters);
        }
      x += width + LEGEND_GAP * graph->letters;
    }
  return line;
}

static void
add_legend (SfGraph *graph)
{
  guint n_lines = lay_out_legend (graph, FALSE, 0);

  lay_out_legend (graph, TRUE, n_lines);
  g_string_append (graph->page->script, "unset key\nset bmargin at screen ");
  sf_gnuplot_number (graph->page->script, (n_lines * LEGEND_LINE + AXIS_ROOM) * graph->letters / graph->page->height,
                     4);
  g_string_append_c (graph->page->script, '\n');
}

/* --- the end --- */

static void
say_nothing_to_show (SfGraph *graph, const char *nothing)
{
  GString *script = graph->page->script;

  g_string_append (script, "unset border\nunset tics\nunset xlabel\nunset ylabel\nset label ");
  sf_gnuplot_string (script, nothing);
  g_string_append (script, " at screen 0.5, screen 0.5 center\nset xrange [0:1]\nset yrange [0:1]\nplot -1 notitle\n");
}

static void
add_settings (SfGraph *graph)
{
  g_string_append (graph->page->script,
                   "set border 3 lw 0.7 lc rgb '#6b6b6b'\nset grid lw 0.5 lc rgb '#d0d0d0' dt solid\n"
                   "set tics nomirror out scale 0.5\nset xlabel offset 0,0.4\n");
  add_legend (graph);
}

/* Says how many points were left out because they could not be told from others. */
static void
say_thinned (SfGraph *graph)
{
  g_autofree char *text = NULL;

  if (graph->n_drawn >= graph->n_points || graph->n_points <= SF_GRAPH_COLUMNS)
    return;
  text = g_strdup_printf (tr (graph->options->lang, "%u points, drawn as %u"), graph->n_points, graph->n_drawn);
  g_string_append (graph->page->script, "set label ");
  sf_gnuplot_string (graph->page->script, text);
  g_string_append_printf (graph->page->script,
                          " at graph 1, graph 1 offset 0,0.7 right front font ',%d' tc rgb '#6b6b6b'\n",
                          (int) (graph->letters * SMALL_SIZE));
}

SfPage *
sf_graph_end (SfGraph *graph, const char *nothing)
{
  if (graph->n_blocks == 0)
    say_nothing_to_show (graph, nothing);
  else
    {
      add_settings (graph);
      say_thinned (graph);
      g_string_append_printf (graph->page->script, "%s\n", graph->plots->str);
    }
  g_string_free (g_steal_pointer (&graph->plots), TRUE);
  g_clear_pointer (&graph->legend, g_array_unref);
  return g_steal_pointer (&graph->page);
}
