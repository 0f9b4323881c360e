/* SPDX-License-Identifier: MIT
 *
 * What graphs share: the frame with its title, axes and legend, and series of points, thinned to what a picture can
 * show.
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
  SF_SERIES_STEPS, /* the value before the shown time continues into it */
  SF_SERIES_AREA,  /* the same, and filled below */
  SF_SERIES_BARS,  /* bars from (t, y) to (t, z); touching bars in one column become one */
} SfSeriesKind;

/* A series in the legend. */
typedef struct
{
  SfSeriesKind kind;
  const char *look;
  const char *title;
} SfLegendEntry;

/* A graph while it is made. */
typedef struct
{
  const SfTrace *trace;
  const SfTraceConn *conn;
  const SfGraphOptions *options;
  SfPage *page;
  GString *plots;          /* the arguments of gnuplot's `plot` */
  guint n_blocks;          /* data blocks so far */
  GArray *legend;          /* SfLegendEntry */
  double letters;          /* size of the font in points */
  SfTime from, to;         /* the shown time */
  double t_unit;           /* ns per unit of the time axis */
  double y_unit;           /* units of the values per unit of the y axis */
  guint n_points, n_drawn; /* points in the shown time, and those of them that are drawn */
} SfGraph;

/* Distinguishable columns over the width of a picture: half points. */
#define SF_GRAPH_COLUMNS 1200

/* SND.WND is drawn only while at most this many times cwnd, so that cwnd is not squeezed flat. */
#define SF_GRAPH_WND_REACH 2.5

/* Begins a graph called `what` ("Congestion window"), of `conn` or of all connections (NULL). */
void sf_graph_begin (SfGraph *graph, const SfTrace *trace, const SfTraceConn *conn, const SfGraphOptions *options,
                     const char *what, const char *desc);

/* Sets the shown time: the part of `first` … `last` (where there is data) that the options select, with a margin. */
void sf_graph_show_time (SfGraph *graph, SfTime first, SfTime last);

/* TRUE if instant `t` is in the shown time. */
gboolean sf_graph_shows (const SfGraph *graph, SfTime t);

/* Sets the y axis: from `low` to `high` in bytes, with `name` and the unit as its title. */
void sf_graph_y_bytes (SfGraph *graph, const char *name, double low, double high);

/* The same for sequence numbers as in the header: with all digits, and 2^32 - 1 is followed by 0. `low` and `high` do
 * not wrap: `high` is greater. */
void sf_graph_y_numbers (SfGraph *graph, const char *name, double low, double high);

/* Sets the y axis for times in ns, both above 0. It is logarithmic if they are far apart. */
void sf_graph_y_times (SfGraph *graph, const char *name, double low, double high);

/* Adds the series `points` (SfPoint, by time). `look` is its style in gnuplot's words ("pt 7 ps mark (1.2*s)"; s is the
 * scale of the page over free paper). `title` is its name in the legend (NULL: it is not in the legend). Neither is
 * copied. */
void sf_graph_add (SfGraph *graph, SfSeriesKind kind, const GArray *points, const char *look, const char *title);

/* Ends the graph. Returns its page, with the text `nothing` if no point was added. */
SfPage *sf_graph_end (SfGraph *graph, const char *nothing);

/* Returns an empty array of points (SfPoint). */
GArray *sf_graph_points (void);

/* Appends a point to `points` (SfPoint). */
void sf_graph_point (GArray *points, SfTime t, double y, double z);

/* Returns the largest y or z of `points` in the shown time, at least `least`. */
double sf_graph_highest (const SfGraph *graph, const GArray *points, double least);

/* What graphs would show of a connection, by its records. */
typedef struct
{
  guint n_data;        /* segments with data */
  SfTime first_data;   /* when the first of them was sent */
  gboolean apart;      /* they were not all sent at the same instant */
  guint n_cwnd, n_wnd; /* changes of cwnd and of SND.WND */
  guint32 cwnd, snd_wnd;
  guint32 high_cwnd, high_wnd;
  guint n_times; /* samples of the round-trip time, and expiries of the retransmission timer */
  SfTime first_sample;
  gboolean differ; /* a sample differs from the first, or the timer expired */
} SfGraphSight;

/* A graph needs this many segments or times; fewer are not worth a graph. */
#define SF_GRAPH_FEWEST_POINTS 3

/* A kind of graph. */
typedef struct
{
  SfPage *(*draw) (const SfTrace *trace, const SfTraceConn *conn, const SfGraphOptions *options);
  gboolean (*is_worth_a_look) (
    const SfGraphSight *sight); /* NULL: the graph shows all connections; it is worth a look if there is one */
  gboolean has_numbers;         /* it shows sequence numbers */
} SfGraphType;

#define SF_GRAPH(id, symbol, name, doc) extern const SfGraphType sf_graph_##symbol;
#include "plots/graph/graphs.inc"
#undef SF_GRAPH
