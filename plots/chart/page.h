/* SPDX-License-Identifier: MIT
 *
 * What charts share: the frame with its title, axes and legend, and the styles of series, which differ in color, dashes
 * and marks.
 */
#pragma once

#include "plots/chart/chart.h"

#include <math.h>

/* What an axis shows. */
typedef struct
{
  double low, high;
  gboolean log;
  guint n_marks; /* approximate number */
  char **names;  /* instead of the numbers 0, 1, 2 …; NULL: numbers */
  const char *title;
} SfChartAxis;

/* A chart while it is made. */
typedef struct
{
  const SfChart *chart;
  SfPage *page;
  GString *plots;          /* the arguments of gnuplot's `plot` */
  guint n_blocks;          /* data blocks so far */
  GArray *legend;          /* Entry, see legend.c */
  GPtrArray *notes;        /* char *: lines below the legend */
  SfChartAxis x_axis;      /* its words are written at the end, so its strings must live until then */
  guint name_lines;        /* lines of the names below it */
  double letters;          /* size of the font in points */
  double left, right, top; /* edges of the area inside the axes; `left` does not count the numbers at the axis */
} SfChartPage;

/* The style of a line that was computed, and of points that were. */
#define SF_CHART_THEORY "lw 0.9 lc rgb '#1a1a1a' dt (dash (4, 0.9), dash (2, 0.9))"
#define SF_CHART_THEORY_MARK "lw 0.9 lc rgb '#1a1a1a' pt 2 ps mark(0.7)"

/* The gray of everything that is not a series. */
#define SF_CHART_GRAY "#6b6b6b"

/* The size of a page and of its letters, in points. The height is for a short legend. */
#define SF_CHART_WIDTH 720
#define SF_CHART_HEIGHT 432
#define SF_CHART_LETTERS 10

/* Per size of letters: the room at the left of the y axis without its numbers, and the x of its title. */
#define SF_CHART_Y_ROOM 4.2
#define SF_CHART_Y_TITLE 1.6

/* What the legend shows of a series, as bits. */
typedef enum
{
  SF_CHART_SAMPLE_NONE = 0,
  SF_CHART_SAMPLE_LINE = 1,
  SF_CHART_SAMPLE_MARK = 2,
} SfChartSample;

/* Returns the height of a page of lines, in points, with room for its legend, which may be long. */
double sf_chart_page_height (const SfChart *chart);

/* Begins a page of `height` points with the title of `chart`. `desc` is for those who cannot see it. */
void sf_chart_page_begin (SfChartPage *page, const SfChart *chart, double height, const char *desc);

/* Widens `axis` so that it shows `value`. An empty axis has `low` above `high`. NAN is ignored, and so is a value of 0
 * or less if the axis is logarithmic. */
void sf_chart_axis_take (SfChartAxis *axis, double value);

/* TRUE if `axis` shows any value. */
gboolean sf_chart_axis_has_values (const SfChartAxis *axis);

/* Gives `axis` a margin. With `from_zero` a linear axis begins at 0 if its values are not far above. */
void sf_chart_axis_finish (SfChartAxis *axis, gboolean from_zero);

/* Draws axis `which`: 'x' or 'y'. */
void sf_chart_page_axis (SfChartPage *page, char which, const SfChartAxis *axis);

/* Append the style of the line and of the marks of series `i` in gnuplot's words: "lw … lc rgb … dt …", "lc rgb … pt …
 * ps …". */
void sf_chart_line_look (GString *out, guint i);
void sf_chart_mark_look (GString *out, guint i);
const char *sf_chart_color (guint i);

/* Begin and end a data block; lines of numbers come in between. The block returned is called "$g%u" in the script. */
guint sf_chart_page_begin_data (SfChartPage *page);
void sf_chart_page_end_data (SfChartPage *page);

/* Appends `n` numbers as a line of data; NAN is written as NaN. */
void sf_chart_page_row (SfChartPage *page, const double *numbers, guint n);

/* Adds arguments to `plot`, without a comma. */
void sf_chart_page_plot (SfChartPage *page, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Returns an empty legend. */
GArray *sf_chart_legend_new (void);

/* Draws the legend and the notes at the lower end of the page. Returns their height. */
double sf_chart_page_draw_legend (SfChartPage *page);

/* Returns the title of `series` in the legend, with a remark if it has no values; NULL if it has no title. */
char *sf_chart_legend_title (const SfChart *chart, const SfChartSeries *series);

/* Adds `series`, with style `i` and the bits `sample` (SfChartSample), to the legend, if it has a title. */
void sf_chart_page_legend (SfChartPage *page, const SfChartSeries *series, int i, int sample);

/* Adds `text` below the legend. */
void sf_chart_page_note (SfChartPage *page, const char *text);

/* Adds a note that `n` series are not shown, unless `n` is 0. */
void sf_chart_page_left_out (SfChartPage *page, guint n);

/* Writes `text`, one line, at (x, y) in points from the upper left corner. `align` is "left", "center" or "right". */
void sf_chart_page_text (SfChartPage *page, const char *text, double x, double y, const char *align, double size,
                         const char *color);

/* Ends the page. */
SfPage *sf_chart_page_end (SfChartPage *page);

/* Ends a page that has nothing to show. */
SfPage *sf_chart_page_end_empty (SfChartPage *page);

static inline const SfChartSeries *
sf_chart_series (const SfChart *chart, guint i)
{
  return (const SfChartSeries *) g_ptr_array_index (chart->series, i);
}

static inline double
sf_chart_number (const GArray *numbers, guint i)
{
  return i < numbers->len ? g_array_index (numbers, double, i) : (double) NAN;
}

#define SF_CHART(id, name, function) SfPage *function (const SfChart *chart);
#include "plots/chart/kinds.inc"
#undef SF_CHART
