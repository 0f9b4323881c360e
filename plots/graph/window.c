/* SPDX-License-Identifier: MIT
 *
 * What limits the data in flight (cwnd, ssthresh, SND.WND), and how much is in flight.
 */
#include "plots/graph/flow.h"
#include "plots/graph/page.h"

#include "base/gettext.h"

#define CWND_LOOK "lw 2*s lc rgb '#005f99'"
#define SSTHRESH_LOOK "lw 1.6*s dt (dash (6, 1.6), dash (3, 1.6)) lc rgb '#b84d00'"
#define FLIGHT_LOOK "lc rgb '#c3e0f5'"
#define SND_WND_LOOK "lw 1.4*s dt (dash (1.4, 1.4), dash (2.6, 1.4)) lc rgb '#6b6b6b'"
#define EXPIRED_LOOK "pt 11 ps mark(1.5*s) lc rgb '#b00020'"
#define RECOVERY_LOOK "pt 8 ps mark(1.5*s) lw 1.6*s lc rgb '#6a2c91'"

/* Free space above the largest value, as a factor. */
#define HEADROOM 1.08

/* The series of the graph (SfPoint), of one end. */
typedef struct
{
  GArray *cwnd, *ssthresh, *snd_wnd;
  GArray *expired;  /* the retransmission timer expired */
  GArray *recovery; /* a fast retransmit began */
} Windows;

static void
clear_windows (Windows *windows)
{
  g_array_unref (windows->cwnd);
  g_array_unref (windows->ssthresh);
  g_array_unref (windows->snd_wnd);
  g_array_unref (windows->expired);
  g_array_unref (windows->recovery);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Windows, clear_windows)

static void
read_cwnd (Windows *windows, const SfRecord *record, guint8 *phase)
{
  SfTime t = record->head.t;

  sf_graph_point (windows->cwnd, t, record->cwnd.cwnd, 0);
  sf_graph_point (windows->snd_wnd, t, record->cwnd.snd_wnd, 0);
  if (record->cwnd.ssthresh < G_MAXINT32) /* until the first loss it has its initial, unlimited value */
    sf_graph_point (windows->ssthresh, t, record->cwnd.ssthresh, 0);
  if (record->cwnd.phase == SF_CC_RECOVERY && *phase != SF_CC_RECOVERY)
    sf_graph_point (windows->recovery, t, record->cwnd.cwnd, 0);
  *phase = record->cwnd.phase;
}

static void
read_windows (Windows *windows, const SfTrace *trace, guint32 serial)
{
  guint8 phase = SF_CC_SLOW_START;
  guint32 cwnd = 0;

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);

      if (record->conn != serial)
        continue;
      if (record->head.kind == SF_RECORD_CWND)
        {
          read_cwnd (windows, record, &phase);
          cwnd = record->cwnd.cwnd;
        }
      if (record->head.kind == SF_RECORD_TIMER && record->timer.timer == SF_TIMER_RETRANSMIT
          && record->timer.action == SF_TIMER_EXPIRED)
        sf_graph_point (windows->expired, record->head.t, cwnd, 0);
    }
}

static void
add_windows (SfGraph *graph, const Windows *windows, const SfFlow *flow)
{
  double high = sf_graph_highest (graph, windows->cwnd, sf_graph_highest (graph, flow->flight, 1));
  double wnd = sf_graph_highest (graph, windows->snd_wnd, 1);
  double threshold = sf_graph_highest (graph, windows->ssthresh, 1);
  gboolean fits = wnd <= SF_GRAPH_WND_REACH * high;

  if (threshold <= SF_GRAPH_WND_REACH * high)
    high = MAX (high, threshold);
  sf_graph_y_bytes (graph, tr (graph->options->lang, "bytes"), 0, HEADROOM * (fits ? MAX (high, wnd) : high));
  sf_graph_add (graph, SF_SERIES_AREA, flow->flight, FLIGHT_LOOK, tr (graph->options->lang, "flight size"));
  sf_graph_add (graph, SF_SERIES_STEPS, windows->snd_wnd, SND_WND_LOOK,
                fits ? tr (graph->options->lang, "SND.WND, what the peer allows")
                     : tr (graph->options->lang, "SND.WND, what the peer allows (above)"));
  sf_graph_add (graph, SF_SERIES_STEPS, windows->ssthresh, SSTHRESH_LOOK, "ssthresh");
  sf_graph_add (graph, SF_SERIES_STEPS, windows->cwnd, CWND_LOOK, "cwnd");
  sf_graph_add (graph, SF_SERIES_POINTS, windows->recovery, RECOVERY_LOOK,
                tr (graph->options->lang, "fast retransmit"));
  sf_graph_add (graph, SF_SERIES_POINTS, windows->expired, EXPIRED_LOOK,
                tr (graph->options->lang, "retransmission timer expires"));
}

static char *
describe (const Windows *windows, const char *lang)
{
  double high = 0;

  for (guint i = 0; i < windows->cwnd->len; i++)
    high = MAX (high, g_array_index (windows->cwnd, SfPoint, i).y);
  return g_strdup_printf (
    tr (lang, "Congestion window, slow-start threshold, flight size and advertised window over time. Largest cwnd: "
              "%u B; expiries of the retransmission timer: %u; fast retransmits: %u."),
    (guint) high, windows->expired->len, windows->recovery->len);
}

static SfPage *
draw (const SfTrace *trace, const SfTraceConn *conn, const SfGraphOptions *options)
{
  g_auto (Windows)
    windows = { sf_graph_points (), sf_graph_points (), sf_graph_points (), sf_graph_points (), sf_graph_points () };
  g_autofree char *desc = NULL;
  SfGraph graph;

  if (conn != NULL)
    read_windows (&windows, trace, conn->serial);
  desc = describe (&windows, options->lang);
  sf_graph_begin (&graph, trace, conn, options, tr (options->lang, "Windows over time"), desc);
  if (windows.cwnd->len > 0)
    {
      g_autoptr (SfFlow) flow = sf_flow_new (trace, conn);

      sf_graph_show_time (&graph, flow->first, flow->last);
      add_windows (&graph, &windows, flow);
    }
  return sf_graph_end (&graph, tr (options->lang, "The congestion window never changed."));
}

/* TRUE if at least two changes of the windows are visible. SND.WND may be above the graph. */
static gboolean
windows_change (const SfGraphSight *sight)
{
  gboolean fits = sight->high_wnd <= SF_GRAPH_WND_REACH * sight->high_cwnd;

  return sight->n_cwnd + (fits ? sight->n_wnd : 0) > 1;
}

static gboolean
is_worth_a_look (const SfGraphSight *sight)
{
  return sight->n_data > 0 && windows_change (sight);
}

const SfGraphType sf_graph_window = {
  .draw = draw,
  .is_worth_a_look = is_worth_a_look,
};
