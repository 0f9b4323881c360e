/* SPDX-License-Identifier: MIT
 *
 * Graphs of a run, made from its trace alone. All but `states` show one connection, seen from the end that sends.
 */
#pragma once

#include "plots/page/gnuplot.h"
#include "plots/page/paper.h"
#include "trace/trace.h"

typedef enum
{
#define SF_GRAPH(id, symbol, name, doc) SF_GRAPH_##id,
#include "plots/graph/graphs.inc"
#undef SF_GRAPH
  SF_N_GRAPHS
} SfGraphKind;

/* Returns the name of `kind`: "stevens". */
const char *sf_graph_name (SfGraphKind kind);

/* Returns what `kind` shows, a line for people that is to be translated. */
const char *sf_graph_doc (SfGraphKind kind);

/* TRUE if `kind` shows one connection, FALSE if it shows all of them. */
gboolean sf_graph_is_of_conn (SfGraphKind kind);

/* TRUE if `kind` shows sequence numbers, which may be absolute. */
gboolean sf_graph_has_numbers (SfGraphKind kind);

/* All zero: defaults. */
typedef struct
{
  guint32 conn;      /* serial number of the connection; 0: the one that sends the most data */
  gboolean absolute; /* sequence numbers as in the header, not relative to ISS */
  SfTime from, to;   /* only what happened in between; `to` 0: no end */
  SfPaper paper;     /* A4 is landscape */
  const char *lang;  /* of all words; NULL: English */
} SfGraphOptions;

/* Returns the graph `kind` of `trace` (indexed) as a page. Without data it is a page that says so. `options` may be
 * NULL. */
SfPage *sf_graph (SfGraphKind kind, const SfTrace *trace, const SfGraphOptions *options);

/* FALSE if the graph would not be worth a look; see the file of each graph. */
gboolean sf_graph_has_data (SfGraphKind kind, const SfTrace *trace, const SfGraphOptions *options);

/* Returns the serial number of the connection that sends the most bytes, the first of several. If none sends any, that
 * of the first connection that is no listener; 0 if there is none. */
guint32 sf_graph_busiest (const SfTrace *trace);
