/* SPDX-License-Identifier: MIT
 *
 * A graph of a sweep in the making: where its points are on the axes, and which of them are one line. Private to results/charts.c and
 * results/theory.c.
 */
#pragma once

#include "lab/sweep/point_stats.h"
#include "plots/chart/chart.h"

/* A graph in the making. */
typedef struct
{
  SfStore *store;
  const SfSweep *sweep;
  const SfSweepPlot *plot;
  const SfMeasure *measure;
  const char *lang;
  const SfStats *stats;    /* of the measure, by point */
  double unit;             /* of its values, in their base unit … */
  const char *unit_name;   /* … and its name, "" for none */
  char **names;            /* of the parameters */
  const GPtrArray *words;  /* of the parameters: char **, their different values unless they are numbers */
} SfDrawing;

/* A point in the order of sf_drawing_places(). */
typedef struct
{
  guint64 combination; /* of the parameters that divide points */
  double x;
  guint point;
} SfDrawnPlace;

/* Points of one combination: `n` of the places, from `first` on. */
typedef struct
{
  guint first, n;
} SfDrawnLine;

/* Returns the different values of each parameter: char **, empty for one with numbers. */
GPtrArray *sf_drawing_words (const SfSweep *sweep);

/* TRUE if `axis` is shown as how many there are per second. */
gboolean sf_drawing_is_rate (const SfDrawing *drawing, guint axis);

/* TRUE if points that differ in parameter `axis` are not of one line or map. Of points that are no grid those with the same words are: hardly
 * any two have the same numbers. */
gboolean sf_drawing_divides (const SfDrawing *drawing, guint axis, guint but, guint but_too);

/* Returns where `point` is on the axis of a chart for parameter `axis`. */
double sf_drawing_place (const SfDrawing *drawing, guint point, guint axis);

/* Returns the points in the order of their combination of the parameters other than `x` and `but_too`, then of where they are on axis `x`:
 * SfDrawnPlace. */
GArray *sf_drawing_places (const SfDrawing *drawing, guint x, guint but_too);

/* TRUE if points of a line may differ in more than where they are on the x axis, and so are not to be joined. */
gboolean sf_drawing_is_loose (const SfDrawing *drawing);

/* Returns the lines of `places`: SfDrawnLine. */
GArray *sf_drawing_lines (const GArray *places);

/* Returns as many of the lines as are drawn, evenly spread over all: SfDrawnLine. */
GArray *sf_drawing_choose (const GArray *lines);

/* Adds theory for `lines` of `places`: a line, or one for every y that they have, or a point for each of theirs if they are not joined. */
void sf_drawing_add_theory (const SfDrawing *drawing, SfChart *chart, const GArray *places, const SfDrawnLine *lines, guint n_lines);
