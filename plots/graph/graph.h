/* SPDX-License-Identifier: MIT
 *
 * Graphs of a run, made of its trace alone. All but `states` look at one connection from the end that sends.
 */
#pragma once

#include "plots/page/gnuplot.h"
#include "plots/page/paper.h"
#include "trace/trace.h"

typedef enum
{
  SF_GRAPH_STEVENS, /* sequence numbers over time: segments, losses, ACKs, the advertised window */
  SF_GRAPH_WINDOW,  /* cwnd, ssthresh, flight size, SND.WND over time */
  SF_GRAPH_RTT,     /* samples of the round-trip time, SRTT, RTO, and when the timer expired */
  SF_GRAPH_STATES,  /* who was in which state, when; embryonic and open connections over time */
} SfGraphKind;

#define SF_N_GRAPHS (SF_GRAPH_STATES + 1)

/* All zero: defaults. */
typedef struct
{
  guint32 conn;      /* serial number of the connection; 0: the one that sends the most data */
  gboolean absolute; /* sequence numbers as in the header, not relative to ISS */
  SfTime from, to;   /* only what happened within; to 0: no end */
  SfPaper paper;     /* A4 is across */
  const char *lang;  /* of what the scenario says; NULL: English. Our own words are in the language of gettext. */
} SfGraphOptions;

/* Returns the graph `kind` of `trace` (indexed) as a page. What has no data is a picture that says so. `options` may
 * be NULL. */
SfPage *sf_graph (SfGraphKind kind, const SfTrace *trace, const SfGraphOptions *options);

/* FALSE if the picture would have nothing worth a look: fewer than three segments with data or all at one instant
 * (`stevens`); windows that change once or never where it can be seen (`window`); fewer than three round-trip times
 * and expiries of the timer, or only the same time again and again (`rtt`). */
gboolean sf_graph_has_data (SfGraphKind kind, const SfTrace *trace, const SfGraphOptions *options);

/* Returns the serial number of the connection that sends the most bytes (the first of several), or, if none sends
 * any, of the first that is no listener; 0 if there is none. */
guint32 sf_graph_busiest (const SfTrace *trace);
