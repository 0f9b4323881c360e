/* SPDX-License-Identifier: MIT
 *
 * The states of all connections over time: a row of bars for every connection and listener, and below the numbers of
 * embryonic, open and other connections. Time is to scale, except that long silences are cut.
 */
#include "plots/graph/page.h"
#include "plots/page/gnuplot_scene.h"

#include "base/gettext.h"
#include "models/names.h"
#include "plots/page/text_width.h"
#include "trace/words.h"

/* More rows than this do not fit on a page. The counts below include the connections without a row. */
#define MAX_ROWS 40

/* A silence takes at most this part of the width; with few instants, at most this many times an equal share. */
#define SILENCE 0.22
#define SHARES 1.4

/* The axis shows that a silence is cut if it is at least this many times as long as drawn. */
#define VISIBLE_CUT 1.2

/* Per size of letters: height of a row, size of names of states and of times, size of other names, half the height of a
 * rectangle in the legend of states, and the height of the counts. */
#define ROW_HEIGHT 1.9
#define SMALL_SIZE 0.85
#define NAME_SIZE 0.9
#define FIELD_HALF 0.55
#define COUNTS_HEIGHT 7

/* Distances per size of letters, from above: the line of the variant, the gap below the head, from the axis to its
 * times, from there to the legend, from there to the legend of states, between its lines, and below it. */
#define VARIANT_LINE 1.3
#define HEAD_GAP 0.4
#define TIMES_Y 1.3
#define LEGEND_Y 0.6
#define STATE_LEGEND_Y 2.2
#define LEGEND_LINE 1.5
#define STATE_LEGEND_GAP 1.4

/* In points: the least width of a bar, the gap between a name and the bars, the width of a line of counts, and the
 * shift of one count against the next, which keeps lines of equal counts apart. */
#define LEAST_BAR 0.8
#define NAME_GAP 6
#define COUNT_WIDTH 1.5
#define COUNT_SHIFT 1.3

typedef struct
{
  SfScene *scene;
  const SfTrace *trace;
  const SfGraphOptions *options;
  double letters;
  double left, right; /* the edges of the bars */
  double y;           /* the y of the next row */
  SfTime from, to;
  GArray *instants; /* SfTime: `from`, every instant at which something changes, `to` */
  double *places;   /* the x of each instant */
  SfTime cut;       /* silences longer than this are cut to it */
  guint unnamed;    /* bit set of states whose names had no room at a bar */
  guint counted;    /* bit set of counts that were ever above 0 */
} Chart;

static void
clear_chart (Chart *chart)
{
  g_clear_pointer (&chart->instants, g_array_unref);
  g_clear_pointer (&chart->places, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Chart, clear_chart)

/* --- the axis of time --- */

static SfTime
instant (const Chart *chart, guint i)
{
  return g_array_index (chart->instants, SfTime, i);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  SfTime left = *(const SfTime *) a, right = *(const SfTime *) b;

  return left < right ? -1 : left > right;
}

/* Collects the shown instants at which a connection changes, each once. */
static void
collect_instants (Chart *chart)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (SfTime));

  g_array_append_val (all, chart->from);
  g_array_append_val (all, chart->to);
  for (guint i = 0; i < sf_trace_n_records (chart->trace); i++)
    {
      const SfRecord *record = sf_trace_record (chart->trace, i);

      if (record->head.t >= chart->from && record->head.t <= chart->to
          && (record->head.kind == SF_RECORD_CONN || record->head.kind == SF_RECORD_STATE
              || record->head.kind == SF_RECORD_GONE))
        g_array_append_val (all, record->head.t);
    }
  g_array_sort (all, compare_times);
  chart->instants = g_array_new (FALSE, FALSE, sizeof (SfTime));
  for (guint i = 0; i < all->len; i++)
    if (i == 0 || g_array_index (all, SfTime, i) != g_array_index (all, SfTime, i - 1))
      g_array_append_val (chart->instants, g_array_index (all, SfTime, i));
}

/* Returns the length of the axis in ns if silences are cut to `cut`. */
static double
length_of (const Chart *chart, SfTime cut)
{
  double sum = 0;

  for (guint i = 1; i < chart->instants->len; i++)
    sum += (double) MIN (instant (chart, i) - instant (chart, i - 1), cut);
  return sum;
}

/* Finds the length to which silences are cut, and the place of every instant. */
static void
place_instants (Chart *chart)
{
  SfTime cut = chart->to - chart->from;
  double length, sum = 0, most = MAX (SILENCE, SHARES / (chart->instants->len - 1));

  while (cut > 1 && (double) cut > most * length_of (chart, cut)
         && length_of (chart, cut) > length_of (chart, 1) * 1.001)
    cut -= MAX (cut / 10, 1);
  chart->cut = MAX (cut, 1);
  length = MAX (length_of (chart, chart->cut), 1);
  chart->places = g_new (double, chart->instants->len);
  for (guint i = 0; i < chart->instants->len; i++)
    {
      if (i > 0)
        sum += (double) MIN (instant (chart, i) - instant (chart, i - 1), chart->cut);
      chart->places[i] = chart->left + sum / length * (chart->right - chart->left);
    }
}

/* Returns the x of `t`, an instant of the chart or one outside the shown time. */
static double
place_of (const Chart *chart, SfTime t)
{
  guint at;

  t = CLAMP (t, chart->from, chart->to);
  return g_array_binary_search (chart->instants, &t, compare_times, &at) ? chart->places[at] : chart->left;
}

/* TRUE if the silence before instant `i` is cut by so much that the axis must show it. */
static gboolean
is_cut (const Chart *chart, guint i)
{
  return (double) (instant (chart, i) - instant (chart, i - 1)) > VISIBLE_CUT * (double) chart->cut;
}

/* --- drawing --- */

static void
add_text (const Chart *chart, const char *text, double x, double y, SfAlign align, double size, SfInk ink)
{
  const SfLabel label = { .text = (char *) text, .x = x, .y = y, .align = align, .size = size, .ink = ink };

  sf_scene_label (chart->scene, &label);
}

static double
row_height (const Chart *chart)
{
  return chart->letters * ROW_HEIGHT;
}

/* Returns the initials of a state: "FW1" for FIN-WAIT-1. */
static char *
state_initials (SfState state)
{
  const char *name = sf_state_name (state);
  GString *initials = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p++)
    if (p == name || p[-1] == '-')
      g_string_append_c (initials, *p);
  return g_string_free (initials, FALSE);
}

/* Returns the name of `state` as it fits into `width`: in full, as its initials, or NULL. */
static char *
state_name_for (const Chart *chart, SfState state, double width)
{
  const char *name = sf_state_name (state);
  g_autofree char *initials = state_initials (state);
  double size = chart->letters * SMALL_SIZE;

  if (sf_text_width (name, size, FALSE) + 3 <= width)
    return g_strdup (name);
  return sf_text_width (initials, size, FALSE) + 2 <= width ? g_steal_pointer (&initials) : NULL;
}

static void
draw_bar (Chart *chart, SfState state, SfTime from, SfTime to)
{
  double left = place_of (chart, from), right = place_of (chart, to);
  double top = chart->y + 2, bottom = chart->y + row_height (chart) - 2;
  g_autofree char *name = NULL;

  if (to < chart->from || from > chart->to || to < from)
    return;
  name = state_name_for (chart, state, right - left);
  sf_scene_rect (chart->scene, SF_INK_STATE + (SfInk) state, left, top, MAX (right, left + LEAST_BAR), bottom);
  sf_scene_frame (chart->scene, SF_INK_FAINT, 0.5, left, top, MAX (right, left + LEAST_BAR), bottom);
  if (g_strcmp0 (name, sf_state_name (state)) != 0)
    chart->unnamed |= 1u << state;
  if (name != NULL)
    add_text (chart, name, (left + right) / 2, (top + bottom) / 2, SF_ALIGN_CENTER, chart->letters * SMALL_SIZE,
              SF_INK_TEXT);
}

static char *
row_name (const Chart *chart, const SfTraceConn *conn)
{
  const char *host = sf_trace_host_name (chart->trace, conn->host);

  if (conn->listener)
    return g_strdup_printf (tr (chart->options->lang, "%s :%u"), host, conn->lport);
  return g_strdup_printf ("%s #%u", host, conn->nth);
}

/* Draws the row of a connection: a bar from each change of its state to the next. */
static void
draw_row (Chart *chart, const SfTraceConn *conn)
{
  g_autofree char *name = row_name (chart, conn);
  SfTime since = sf_trace_record (chart->trace, conn->born)->head.t, end = chart->to;
  SfState state = conn->listener || conn->parent != 0 ? SF_LISTEN : SF_CLOSED;

  for (guint i = 0; i < conn->n_changes; i++)
    {
      const SfRecord *record = sf_trace_record (chart->trace,
                                                g_array_index (chart->trace->changes, guint, conn->first_change + i));

      if (record->head.t > since)
        draw_bar (chart, state, since, record->head.t);
      since = record->head.t;
      if (record->head.kind == SF_RECORD_STATE)
        state = record->state.to;
      else
        end = record->head.t;
    }
  if (end > since || (conn->gone == SF_NO_RECORD && end >= since))
    draw_bar (chart, state, since, end);
  add_text (chart, name, chart->left - NAME_GAP, chart->y + row_height (chart) / 2, SF_ALIGN_RIGHT,
            chart->letters * NAME_SIZE, SF_INK_TEXT);
  chart->y += row_height (chart);
}

/* Draws a rectangle in the color of a state, with its initials. Returns its width. */
static double
draw_field (const Chart *chart, SfState state, double x, double size)
{
  g_autofree char *initials = state_initials (state);
  double width = sf_text_width (initials, size, FALSE) + 5, half = chart->letters * FIELD_HALF;

  sf_scene_rect (chart->scene, SF_INK_STATE + (SfInk) state, x, chart->y - half, x + width, chart->y + half);
  sf_scene_frame (chart->scene, SF_INK_FAINT, 0.5, x, chart->y - half, x + width, chart->y + half);
  add_text (chart, initials, x + width / 2, chart->y, SF_ALIGN_CENTER, size, SF_INK_TEXT);
  return width;
}

/* Writes the names of states that had no room at their bars. */
static void
draw_state_legend (Chart *chart)
{
  double x = chart->left, size = chart->letters * SMALL_SIZE;

  for (guint state = 0; state < SF_N_STATES; state++)
    {
      const char *name = sf_state_name ((SfState) state);
      g_autofree char *initials = state_initials ((SfState) state);
      double width = sf_text_width (initials, size, FALSE) + 9 + sf_text_width (name, size, FALSE) + 14;

      if ((chart->unnamed & 1u << state) == 0)
        continue;
      if (x > chart->left && x + width > chart->right)
        {
          x = chart->left;
          chart->y += chart->letters * LEGEND_LINE;
        }
      add_text (chart, name, x + draw_field (chart, (SfState) state, x, size) + 4, chart->y, SF_ALIGN_LEFT, size,
                SF_INK_TEXT);
      x += width;
    }
}

/* --- how many --- */

/* The counts below the bars. */
typedef enum
{
  EMBRYONIC,
  OPEN,
  WAITING,
  N_COUNTS
} Count;

/* Returns the count in which a connection in `state` is, N_COUNTS if none. */
static Count
count_of (SfState state)
{
  if (state == SF_SYN_RECEIVED)
    return EMBRYONIC;
  if (state == SF_TIME_WAIT)
    return WAITING;
  return sf_state_is_synchronized (state) ? OPEN : N_COUNTS;
}

static const struct
{
  const char *name; /* N_() */
  SfInk ink;
  SfDash dash;
} counts[N_COUNTS] = {
  [EMBRYONIC] = { N_ ("in SYN-RECEIVED"), SF_INK_LEFT, SF_DASH_DOTTED },
  [OPEN] = { N_ ("ESTABLISHED to LAST-ACK"), SF_INK_RIGHT, SF_DASH_SOLID },
  [WAITING] = { N_ ("in TIME-WAIT"), SF_INK_MARK, SF_DASH_DASHED },
};

/* The states of all connections, followed from change to change. */
typedef struct
{
  guint8 *state; /* by serial number */
  guint n[N_COUNTS];
} Census;

static void
census_set (Census *census, guint32 serial, SfState state)
{
  Count before = count_of (census->state[serial]), after = count_of (state);

  if (before != N_COUNTS)
    census->n[before]--;
  if (after != N_COUNTS)
    census->n[after]++;
  census->state[serial] = (guint8) state;
}

/* Appends the counts at every shown instant, N_COUNTS numbers each, to `numbers`. Returns the largest. */
static guint
take_census (Chart *chart, GArray *numbers)
{
  Census census = { g_new0 (guint8, chart->trace->conns->len + 1), { 0 } };
  guint n_records = sf_trace_n_records (chart->trace), next = 0, most = 0;

  for (guint i = 0; i < chart->instants->len; i++)
    {
      for (; next < n_records && sf_trace_record (chart->trace, next)->head.t <= instant (chart, i); next++)
        {
          const SfRecord *record = sf_trace_record (chart->trace, next);

          if (record->conn == 0 || record->conn > chart->trace->conns->len)
            continue;
          if (record->head.kind == SF_RECORD_STATE)
            census_set (&census, record->conn, record->state.to);
          else if (record->head.kind == SF_RECORD_GONE)
            census_set (&census, record->conn, SF_CLOSED);
        }
      g_array_append_vals (numbers, census.n, N_COUNTS);
      for (guint k = 0; k < N_COUNTS; k++)
        {
          most = MAX (most, census.n[k]);
          if (census.n[k] > 0)
            chart->counted |= 1u << k;
        }
    }
  g_free (census.state);
  return most;
}

/* Draws the steps of one count, without the parts that stay at zero. */
static void
draw_count (const Chart *chart, const GArray *numbers, Count count, double base, double scale)
{
  for (guint i = 0; i + 1 < chart->instants->len; i++)
    {
      guint n = g_array_index (numbers, guint, i * N_COUNTS + count);
      guint next = g_array_index (numbers, guint, (i + 1) * N_COUNTS + count);
      double y = base - n * scale - count * COUNT_SHIFT; /* keeps equal counts visible side by side */

      if (n > 0)
        sf_scene_line (chart->scene, counts[count].ink, counts[count].dash, COUNT_WIDTH, chart->places[i], y,
                       chart->places[i + 1], y);
      if (n != next)
        sf_scene_line (chart->scene, counts[count].ink, counts[count].dash, COUNT_WIDTH, chart->places[i + 1], y,
                       chart->places[i + 1], base - next * scale - count * COUNT_SHIFT);
    }
}

static void
draw_legend (const Chart *chart, double y)
{
  double x = chart->left, size = chart->letters * NAME_SIZE;

  for (guint i = 0; i < N_COUNTS; i++)
    {
      if ((chart->counted & 1u << i) == 0)
        continue;
      sf_scene_line (chart->scene, counts[i].ink, counts[i].dash, COUNT_WIDTH, x, y, x + 24, y);
      add_text (chart, tr (chart->options->lang, counts[i].name), x + 29, y, SF_ALIGN_LEFT, size, SF_INK_TEXT);
      x += 29 + sf_text_width (tr (chart->options->lang, counts[i].name), size, FALSE) + 22;
    }
}

/* Returns the height of the counts below the rows. */
static double
counts_height (const Chart *chart)
{
  return COUNTS_HEIGHT * chart->letters;
}

static void
draw_counts (Chart *chart)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  guint most = take_census (chart, numbers);
  double base = chart->y + counts_height (chart), height = counts_height (chart) - chart->letters,
         size = chart->letters * NAME_SIZE;
  g_autofree char *top = g_strdup_printf ("%u", most);

  sf_scene_line (chart->scene, SF_INK_FAINT, SF_DASH_SOLID, 0.6, chart->left, base, chart->right, base);
  sf_scene_line (chart->scene, SF_INK_FAINT, SF_DASH_SOLID, 0.6, chart->left, base - height, chart->left, base);
  add_text (chart, "0", chart->left - NAME_GAP, base, SF_ALIGN_RIGHT, size, SF_INK_TEXT);
  if (most > 0)
    add_text (chart, top, chart->left - NAME_GAP, base - height + 4, SF_ALIGN_RIGHT, size, SF_INK_TEXT);
  add_text (chart, tr (chart->options->lang, "how many ends"), chart->left - NAME_GAP, base - height / 2,
            SF_ALIGN_RIGHT, size, SF_INK_TEXT);
  for (guint i = 0; i < N_COUNTS && most > 0; i++)
    draw_count (chart, numbers, (Count) i, base, (height - 4) / most);
  chart->y = base;
}

/* --- the page --- */

static char *
mark_text (const Chart *chart, guint i)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup_printf ("%s s",
                          g_ascii_formatd (number, sizeof number, "%.9g", (double) instant (chart, i) / SF_SEC));
}

/* Chooses the instants that are marks of the axis, as many as there is room for. */
static GArray *
choose_marks (const Chart *chart)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (guint));
  double free_from = 0;

  for (guint i = 0; i < chart->instants->len; i++)
    {
      g_autofree char *text = mark_text (chart, i);
      double half = sf_text_width (text, chart->letters * SMALL_SIZE, FALSE) / 2;

      if (chart->places[i] - half < free_from)
        continue;
      g_array_append_val (marks, i);
      free_from = chart->places[i] + half + 5;
    }
  return marks;
}

/* Draws the lines up from the marks. Called first, so that they are below names. */
static void
draw_grid (const Chart *chart, const GArray *marks, double top, double bottom)
{
  for (guint i = 0; i < marks->len; i++)
    {
      double x = chart->places[g_array_index (marks, guint, i)];

      sf_scene_line (chart->scene, SF_INK_FAINT, SF_DASH_DOTTED, 0.5, x, top, x, bottom);
    }
}

/* Draws the times of the marks, and the signs where silences are cut. */
static void
draw_axis (Chart *chart, const GArray *marks)
{
  double y = chart->y + chart->letters * TIMES_Y;

  for (guint i = 1; i < chart->instants->len; i++)
    if (is_cut (chart, i))
      {
        double middle = (chart->places[i - 1] + chart->places[i]) / 2;

        sf_scene_line (chart->scene, SF_INK_PAPER, SF_DASH_SOLID, 3, middle - 2, chart->y + 4, middle + 2,
                       chart->y - 4);
        sf_scene_line (chart->scene, SF_INK_TEXT, SF_DASH_SOLID, 0.8, middle - 4, chart->y + 4, middle, chart->y - 4);
        sf_scene_line (chart->scene, SF_INK_TEXT, SF_DASH_SOLID, 0.8, middle, chart->y + 4, middle + 4, chart->y - 4);
      }
  for (guint i = 0; i < marks->len; i++)
    {
      guint mark = g_array_index (marks, guint, i);
      g_autofree char *text = mark_text (chart, mark);

      add_text (chart, text, chart->places[mark], y, SF_ALIGN_CENTER, chart->letters * SMALL_SIZE, SF_INK_TEXT);
    }
  chart->y = y + chart->letters;
}

static guint
count_rows (const Chart *chart)
{
  guint n = 0;

  for (guint i = 0; i < chart->trace->conns->len; i++)
    if (sf_trace_conn (chart->trace, i + 1) != NULL)
      n++;
  return n;
}

static void
draw_rows (Chart *chart, guint n_rows)
{
  guint n = 0;

  for (guint i = 0; i < chart->trace->conns->len; i++)
    {
      const SfTraceConn *conn = sf_trace_conn (chart->trace, i + 1);

      if (conn != NULL && n++ < MAX_ROWS)
        draw_row (chart, conn);
    }
  if (n_rows > MAX_ROWS)
    {
      g_autofree char *more = g_strdup_printf (tr (chart->options->lang, "and %u more"), n_rows - MAX_ROWS);

      add_text (chart, more, chart->left, chart->y + row_height (chart) / 2, SF_ALIGN_LEFT, chart->letters,
                SF_INK_FAINT);
      chart->y += row_height (chart);
    }
}

static void
draw_head (Chart *chart)
{
  const char *title = sf_words_title (chart->trace, chart->options->lang);
  g_autofree char *variant = sf_words_variant (chart->trace, chart->options->lang);
  g_autofree char *heading = g_strdup_printf (title != NULL ? "%s: %s" : "%s",
                                              tr (chart->options->lang, "States over time"), title);
  double size = chart->letters * SF_HEAD_TITLE, x = SF_HEAD_MARGIN * chart->letters;
  g_autoptr (GPtrArray) lines = sf_text_fold (heading, size, TRUE, chart->scene->width - 2 * x);

  chart->scene->title = g_steal_pointer (&heading);
  chart->y = size * SF_HEAD_TITLE_Y;
  for (guint i = 0; i < lines->len; i++, chart->y += size * SF_HEAD_TITLE_PITCH)
    {
      const SfLabel label = { .text = g_ptr_array_index (lines, i),
                              .x = x,
                              .y = chart->y,
                              .align = SF_ALIGN_LEFT,
                              .size = size,
                              .bold = TRUE,
                              .ink = SF_INK_TEXT };

      sf_scene_label (chart->scene, &label);
    }
  if (variant != NULL)
    {
      add_text (chart, variant, x, chart->y, SF_ALIGN_LEFT, chart->letters, SF_INK_FAINT);
      chart->y += chart->letters * VARIANT_LINE;
    }
  chart->y += chart->letters * HEAD_GAP;
}

/* Returns the width of the names of rows, at the left. */
static double
names_width (const Chart *chart)
{
  double width = sf_text_width (tr (chart->options->lang, "how many ends"), chart->letters * NAME_SIZE, FALSE);

  for (guint i = 0; i < chart->trace->conns->len; i++)
    {
      const SfTraceConn *conn = sf_trace_conn (chart->trace, i + 1);
      g_autofree char *name = conn != NULL ? row_name (chart, conn) : NULL;

      if (name != NULL)
        width = MAX (width, sf_text_width (name, chart->letters * NAME_SIZE, FALSE));
    }
  return width;
}

static void
draw_chart (Chart *chart)
{
  double margin = SF_HEAD_MARGIN * chart->letters;
  g_autoptr (GArray) marks = NULL;
  guint n_rows = count_rows (chart);

  draw_head (chart);
  chart->left = margin + names_width (chart) + NAME_GAP;
  chart->right = chart->scene->width - 3 * chart->letters;
  collect_instants (chart);
  place_instants (chart);
  marks = choose_marks (chart);
  draw_grid (chart, marks, chart->y,
             chart->y + MIN (n_rows, MAX_ROWS + 1) * row_height (chart) + counts_height (chart) + 3);
  draw_rows (chart, n_rows);
  draw_counts (chart);
  draw_axis (chart, marks);
  draw_legend (chart, chart->y + chart->letters * LEGEND_Y);
  chart->y += chart->letters * STATE_LEGEND_Y;
  if (chart->unnamed != 0)
    {
      draw_state_legend (chart);
      chart->y += chart->letters * STATE_LEGEND_GAP;
    }
}

static SfPage *
draw (const SfTrace *trace, const SfTraceConn *conn G_GNUC_UNUSED, const SfGraphOptions *options)
{
  static const double widths[] = { [SF_PAPER_FREE] = 720, [SF_PAPER_A4] = 842, [SF_PAPER_SLIDE] = 960 };
  static const double heights[] = { [SF_PAPER_FREE] = 0, [SF_PAPER_A4] = 595, [SF_PAPER_SLIDE] = 540 };
  static const double letters[] = { [SF_PAPER_FREE] = 10, [SF_PAPER_A4] = 11, [SF_PAPER_SLIDE] = 15 };
  g_autoptr (SfScene) scene = sf_scene_new (widths[options->paper], heights[options->paper]);
  g_auto (Chart) chart = { .scene = scene, .trace = trace, .options = options, .letters = letters[options->paper] };

  chart.from = options->from;
  chart.to = options->to != 0 ? MIN (options->to, trace->end_time) : trace->end_time;
  chart.to = MAX (chart.to, chart.from + 1);
  scene->desc = g_strdup_printf (tr (options->lang,
                                     "States over time, a row of bars for each connection and listener. How many: %u."),
                                 trace->conns->len);
  draw_chart (&chart);
  scene->height = MAX (scene->height, chart.y);
  return sf_scene_page (scene);
}

const SfGraphType sf_graph_states = {
  .draw = draw,
};
