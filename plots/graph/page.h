/* SPDX-License-Identifier: MIT
 *
 * What graphs have in common: the frame with its title, axes and legend, and series of points that are thinned to what
 * a picture can show.
 */
#pragma once

#include "plots/graph/graph.h"
#include "plots/page/scene.h"

/* A point at (t, y), or a bar from (t, y) to (t, z). */
typedef struct
{
  SfTime t;
  double y, z;
} SfPoint;

/* How a series is drawn. */
typedef enum
{
  SF_SERIES_POINTS,
  SF_SERIES_STEPS, /* what was before the time that is shown reaches into it */
  SF_SERIES_AREA,  /* the same, and all below is filled */
  SF_SERIES_BARS,  /* bars at the same place in the picture that touch become one */
} SfSeriesKind;

/* A series in the legend. */
typedef struct
{
  SfSeriesKind kind;
  const char *look;
  const char *title;
} SfLegendEntry;

/* A graph in the making. */
typedef struct
{
  const SfTrace *trace;
  const SfTraceConn *conn;
  const SfGraphOptions *options;
  SfPage *page;
  GString *plots;          /* what is to be drawn: the arguments of gnuplot's `plot` */
  guint n_blocks;          /* data blocks so far */
  GArray *legend;          /* SfLegendEntry */
  double letters;          /* size of the font in points */
  SfTime from, to;         /* the time that is shown */
  double t_unit;           /* ns in a unit of the time axis */
  double y_unit;           /* of the values' unit in a unit of their axis */
  guint n_points, n_drawn; /* in the time that is shown, and of them in the picture */
} SfGraph;

/* Places over the width of a picture that can be told apart: half points. */
#define SF_GRAPH_COLUMNS 1200

/* SND.WND is drawn if it does not push cwnd into a corner: up to so many times as high. */
#define SF_GRAPH_WND_REACH 2.5

/* Begins a graph that is called `what` ("Congestion window"), of a connection or of all (NULL). */
void sf_graph_begin (SfGraph *graph, const SfTrace *trace, const SfTraceConn *conn, const SfGraphOptions *options,
                     const char *what, const char *desc);

/* Sets the time that is shown: what `options` say of `first` … `last` (in which there is data), with a margin. */
void sf_graph_show_time (SfGraph *graph, SfTime first, SfTime last);

/* TRUE if instant `t` is shown. */
gboolean sf_graph_shows (const SfGraph *graph, SfTime t);

/* Sets the y axis: from `low` to `high` in bytes, called `name` and the unit. */
void sf_graph_y_bytes (SfGraph *graph, const char *name, double low, double high);

/* The same for sequence numbers as in the header: all digits, and behind 2^32 - 1 follows 0 (`low` and `high` do not
 * wrap; `high` is larger). */
void sf_graph_y_numbers (SfGraph *graph, const char *name, double low, double high);

/* Sets the y axis for times in ns, both above 0; logarithmic if they are far apart. */
void sf_graph_y_times (SfGraph *graph, const char *name, double low, double high);

/* Adds `points` (SfPoint, by time). `look` is what gnuplot calls it ("pt 7 ps mark (1.2*s)"; s is how much larger
 * everything is than on free paper), `title` what the legend does (NULL: it is not
 * there); both are not copied. */
void sf_graph_add (SfGraph *graph, SfSeriesKind kind, const GArray *points, const char *look, const char *title);

/* Ends the graph, drawing all or, if nothing was added, saying `nothing`. Returns the page. */
SfPage *sf_graph_end (SfGraph *graph, const char *nothing);

/* Returns no points yet. */
GArray *sf_graph_points (void);

/* Appends a point to `points` (SfPoint). */
void sf_graph_point (GArray *points, SfTime t, double y, double z);

/* Returns the largest y or z of points that are shown, at least `least`. */
double sf_graph_highest (const SfGraph *graph, const GArray *points, double least);

/* What the records of a connection have to show. */
typedef struct
{
  guint n_data;        /* segments with data */
  SfTime first_data;   /* when the first of them was sent */
  gboolean apart;      /* not all of them were sent at the same instant */
  guint n_cwnd, n_wnd; /* changes of cwnd and of SND.WND */
  guint32 cwnd, snd_wnd;
  guint32 high_cwnd, high_wnd;
  guint n_times; /* samples of the round-trip time, and expiries of the retransmission timer */
  SfTime first_sample;
  gboolean differ; /* a sample is not like the first, or the timer expired */
} SfGraphSight;

/* So many segments or times make a picture; fewer are told faster than drawn. */
#define SF_GRAPH_FEWEST_POINTS 3

/* A kind of graph. */
typedef struct
{
  SfPage *(*draw) (const SfTrace *trace, const SfTraceConn *conn, const SfGraphOptions *options);
  gboolean (*is_worth_a_look) (const SfGraphSight *sight); /* NULL: of all connections, worth it if there is one */
  gboolean has_numbers;                                    /* shows sequence numbers */
} SfGraphType;

#define SF_GRAPH(id, symbol, name) extern const SfGraphType sf_graph_##symbol;
#include "plots/graph/graphs.inc"
#undef SF_GRAPH
