/* SPDX-License-Identifier: MIT
 *
 * What charts have in common: the frame with its title, axes and legend, and the looks of series, which differ in
 * color, dashes and marks.
 */
#pragma once

#include "plots/chart/chart.h"

#include <math.h>

/* What an axis shows. */
typedef struct
{
  double low, high;
  gboolean log;
  guint n_marks; /* about so many */
  char **names;  /* in the place of the numbers 0, 1, 2 …; NULL: numbers */
  const char *title;
} SfChartAxis;

/* A chart in the making. */
typedef struct
{
  const SfChart *chart;
  SfPage *page;
  GString *plots;          /* what is to be drawn: the arguments of gnuplot's `plot` */
  guint n_blocks;          /* data blocks so far */
  GArray *legend;          /* Entry, see chart_legend.c */
  GPtrArray *notes;        /* char *: what stands below it */
  SfChartAxis x_axis;      /* its words are written when it is known where it is; its strings live until then */
  guint name_lines;        /* lines that names below it take */
  double letters;          /* size of the font in points */
  double left, right, top; /* edges of what the axes enclose; `left` as if there were no numbers at the axis */
} SfChartPage;

/* The look of a line that was computed, and of points. */
#define SF_CHART_THEORY "lw 0.9 lc rgb '#1a1a1a' dt (dash (4, 0.9), dash (2, 0.9))"
#define SF_CHART_THEORY_MARK "lw 0.9 lc rgb '#1a1a1a' pt 2 ps mark(0.7)"

/* The gray of what is not a series. */
#define SF_CHART_GRAY "#6b6b6b"

/* Of a page, and the size of its letters, in points. The height is that with a short legend. */
#define SF_CHART_WIDTH 720
#define SF_CHART_HEIGHT 432
#define SF_CHART_LETTERS 10

/* What the legend shows of a series. */
typedef enum
{
  SF_CHART_SAMPLE_NONE = 0,
  SF_CHART_SAMPLE_LINE = 1,
  SF_CHART_SAMPLE_MARK = 2,
} SfChartSample;

/* Returns the height of a page of lines that has room for the legend, which may be long. */
double sf_chart_page_height (const SfChart *chart);

/* Begins a page of `height` points, with the title and `desc` for those who do not see it. */
void sf_chart_page_begin (SfChartPage *page, const SfChart *chart, double height, const char *desc);

/* Widens `axis`, which begins with `low` above `high`, so that it shows `value`; nothing for NAN, and nothing for 0 and
 * less where it is logarithmic. */
void sf_chart_axis_take (SfChartAxis *axis, double value);

/* TRUE if it shows anything. */
gboolean sf_chart_axis_has_values (const SfChartAxis *axis);

/* Gives a margin to the axis, and lets a linear one begin at 0 if `from_zero` and that is not far below. */
void sf_chart_axis_finish (SfChartAxis *axis, gboolean from_zero);

/* Draws the axis ('x', 'y'). */
void sf_chart_page_axis (SfChartPage *page, char which, const SfChartAxis *axis);

/* Appends what gnuplot calls the line and the marks of series `i`: "lc rgb … lw … dt …", "lc rgb … pt … ps …". */
void sf_chart_line_look (GString *out, guint i);
void sf_chart_mark_look (GString *out, guint i);
const char *sf_chart_color (guint i);

/* Begins and ends a data block; what comes between are lines of numbers. Returns its name without '$', which is copied
 * into the script by "$g%u". */
guint sf_chart_page_begin_data (SfChartPage *page);
void sf_chart_page_end_data (SfChartPage *page);

/* Appends numbers as a line of data: NaN for NAN. */
void sf_chart_page_row (SfChartPage *page, const double *numbers, guint n);

/* Adds to what is drawn: what follows `plot`, without a comma. */
void sf_chart_page_plot (SfChartPage *page, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Returns an empty legend. */
GArray *sf_chart_legend_new (void);

/* Draws the legend and the notes at the lower end of the page; returns how high they are. */
double sf_chart_page_draw_legend (SfChartPage *page);

/* Returns what a legend calls `series`, and that it has no value if so; NULL if it has no title. */
char *sf_chart_legend_title (const SfChart *chart, const SfChartSeries *series);

/* Puts `series`, which has look `i`, into the legend with what `sample` says (SfChartSample); nothing if it has no
 * title. */
void sf_chart_page_legend (SfChartPage *page, const SfChartSeries *series, int i, int sample);

/* Writes `text` below the legend. */
void sf_chart_page_note (SfChartPage *page, const char *text);

/* Says so that `n` series are not shown; nothing if all are. */
void sf_chart_page_left_out (SfChartPage *page, guint n);

/* Writes `text`, of one line, at a place in points from the upper left corner; `align` is "left", "center" or
 * "right". */
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

SfPage *sf_chart_lines (const SfChart *chart);
SfPage *sf_chart_heatmap (const SfChart *chart);
SfPage *sf_chart_histogram (const SfChart *chart);
SfPage *sf_chart_cdf (const SfChart *chart);
