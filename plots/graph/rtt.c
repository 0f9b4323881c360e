/* SPDX-License-Identifier: MIT
 *
 * Round-trip times, and the SRTT and RTO that the sender computes from them (RFC 6298).
 */
#include "plots/graph/page.h"

#include "base/gettext.h"

#define SAMPLE_LOOK "pt 6 ps mark(0.9*s) lw 1.4*s lc rgb '#005f99'"
#define SRTT_LOOK "lw 1.6*s lc rgb '#00694e'"
#define RTO_LOOK "lw 1.6*s dt (dash (6, 1.6), dash (3, 1.6)) lc rgb '#b84d00'"
#define EXPIRED_LOOK "pt 11 ps mark(1.5*s) lc rgb '#b00020'"

/* The series of the graph: SfPoint, in ns. */
typedef struct
{
  GArray *samples, *srtt, *rto;
  GArray *expired; /* expiries of the retransmission timer: y is how long it ran */
  double low, high;
  SfTime first, last;
} Times;

static void
clear_times (Times *times)
{
  g_array_unref (times->samples);
  g_array_unref (times->srtt);
  g_array_unref (times->rto);
  g_array_unref (times->expired);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Times, clear_times)

static void
add (Times *times, GArray *points, SfTime t, SfTime value)
{
  sf_graph_point (points, t, (double) value, 0);
  times->low = MIN (times->low, (double) value);
  times->high = MAX (times->high, (double) value);
}

static void
read_record (Times *times, const SfRecord *record)
{
  SfTime t = record->head.t;

  if (record->head.kind == SF_RECORD_RTT)
    {
      add (times, times->samples, t, record->rtt.sample);
      add (times, times->srtt, t, record->rtt.srtt);
      add (times, times->rto, t, record->rtt.rto);
    }
  else if (record->head.kind == SF_RECORD_TIMER && record->timer.timer == SF_TIMER_RETRANSMIT
           && record->timer.action == SF_TIMER_EXPIRED)
    add (times, times->expired, t, record->timer.until);
  else if (record->head.kind != SF_RECORD_SEND)
    return;
  times->first = MIN (times->first, t);
  times->last = MAX (times->last, t);
}

static void
add_times (SfGraph *graph, const Times *times)
{
  sf_graph_show_time (graph, times->first, times->last);
  sf_graph_y_times (graph, tr (graph->options->lang, "time"), times->low, times->high);
  sf_graph_add (graph, SF_SERIES_STEPS, times->rto, RTO_LOOK, tr (graph->options->lang, "RTO after a sample"));
  sf_graph_add (graph, SF_SERIES_STEPS, times->srtt, SRTT_LOOK, "SRTT");
  sf_graph_add (graph, SF_SERIES_POINTS, times->samples, SAMPLE_LOOK, tr (graph->options->lang, "sample"));
  sf_graph_add (graph, SF_SERIES_POINTS, times->expired, EXPIRED_LOOK,
                tr (graph->options->lang, "retransmission timer expires after this time"));
}

static SfPage *
draw (const SfTrace *trace, const SfTraceConn *conn, const SfGraphOptions *options)
{
  g_auto (Times) times = {
    sf_graph_points (), sf_graph_points (), sf_graph_points (), sf_graph_points (), G_MAXDOUBLE, 0, SF_NEVER, 0
  };
  g_autofree char *desc = NULL;
  SfGraph graph;

  for (guint i = 0; conn != NULL && i < sf_trace_n_records (trace); i++)
    if (sf_trace_record (trace, i)->conn == conn->serial)
      read_record (&times, sf_trace_record (trace, i));
  desc = g_strdup_printf (tr (options->lang,
                              "Round-trip times over time. Samples: %u; expiries of the retransmission timer: %u."),
                          times.samples->len, times.expired->len);
  sf_graph_begin (&graph, trace, conn, options, tr (options->lang, "Round-trip times"), desc);
  if (times.samples->len > 0 || times.expired->len > 0)
    add_times (&graph, &times);
  return sf_graph_end (&graph, tr (options->lang, "No round-trip time was measured."));
}

/* Not fewer than three round-trip times and expiries of the timer, nor the same time again and again. */
static gboolean
is_worth_a_look (const SfGraphSight *sight)
{
  return sight->n_times >= SF_GRAPH_FEWEST_POINTS && sight->differ;
}

const SfGraphType sf_graph_rtt = {
  .draw = draw,
  .is_worth_a_look = is_worth_a_look,
};
