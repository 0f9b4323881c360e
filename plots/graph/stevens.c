/* SPDX-License-Identifier: MIT
 *
 * The time-sequence graph, after W. Richard Stevens: every segment is a bar over the bytes that it carries.
 */
#include "plots/graph/flow.h"
#include "plots/graph/page.h"

#include "base/gettext.h"

/* The advertised window is drawn only up to this many times what was sent, so that segments are not squeezed flat. */
#define WINDOW_REACH 2.0

#define SENT_LOOK "lw 1.4*s lc rgb '#005f99'"
#define AGAIN_LOOK "lw 2.4*s lc rgb '#b84d00'"
#define AGAIN_MARK_LOOK "pt 8 ps mark(1*s) lw 1.4*s lc rgb '#b84d00'"
#define LOST_LOOK "pt 2 ps mark(1.3*s) lw 2.2*s lc rgb '#b00020'"
#define ACK_LOOK "lw 1.2*s lc rgb '#00694e'"
#define DUPLICATE_LOOK "pt 1 ps mark(0.9*s) lw 1.3*s lc rgb '#00694e'"
#define EDGE_LOOK "lw 1.2*s dt (dash (1.2, 1.2), dash (2.4, 1.2)) lc rgb '#6b6b6b'"
#define SYN_LOOK "pt 4 ps mark(0.9*s) lw 1.4*s lc rgb '#1a1a1a'"
#define FIN_LOOK "pt 5 ps mark(0.9*s) lw 1.4*s lc rgb '#1a1a1a'"
#define RST_LOOK "pt 12 ps mark(1.4*s) lw 1.6*s lc rgb '#b00020'"

/* Returns the middles of `bars`, the places of marks. */
static GArray *
middles_of (const GArray *bars)
{
  GArray *middles = sf_graph_points ();

  for (guint i = 0; i < bars->len; i++)
    {
      const SfPoint *bar = &g_array_index (bars, SfPoint, i);

      sf_graph_point (middles, bar->t, (bar->y + bar->z) / 2, 0);
    }
  return middles;
}

/* Makes sequence numbers absolute, as in the header, instead of relative to `iss`. */
static void
make_absolute (const SfFlow *flow, SfSeq iss)
{
  GArray *const bars[] = { flow->sent, flow->again };
  GArray *const points[] = {
    flow->lost, flow->acks, flow->duplicates, flow->edges, flow->syns, flow->fins, flow->resets
  };

  for (guint i = 0; i < G_N_ELEMENTS (bars); i++)
    for (guint k = 0; k < bars[i]->len; k++)
      {
        g_array_index (bars[i], SfPoint, k).y += iss.v;
        g_array_index (bars[i], SfPoint, k).z += iss.v;
      }
  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    for (guint k = 0; k < points[i]->len; k++)
      g_array_index (points[i], SfPoint, k).y += iss.v;
}

/* Returns the lowest shown number: that of the first segment or acknowledgment in the shown time. */
static double
lowest (const SfGraph *graph, const SfFlow *flow)
{
  GArray *const lists[] = { flow->syns, flow->acks, flow->sent, flow->again };
  double low = G_MAXDOUBLE;

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint k = 0; k < lists[i]->len; k++)
      {
        const SfPoint *point = &g_array_index (lists[i], SfPoint, k);

        if (sf_graph_shows (graph, point->t))
          low = MIN (low, point->y);
      }
  return low == G_MAXDOUBLE ? 0 : low;
}

static double
highest (const SfGraph *graph, const SfFlow *flow, double low)
{
  double high = sf_graph_highest (graph, flow->sent, low);

  high = sf_graph_highest (graph, flow->again, high);
  high = sf_graph_highest (graph, flow->fins, high);
  return sf_graph_highest (graph, flow->acks, high);
}

static void
add_window (SfGraph *graph, const SfFlow *flow, double low, double high)
{
  double edge = sf_graph_highest (graph, flow->edges, low);
  gboolean fits = edge - low <= WINDOW_REACH * (high - low);
  double top = fits ? MAX (edge, high) : high, margin = (top - low) / 14;

  if (graph->options->absolute)
    sf_graph_y_numbers (graph, tr (graph->options->lang, "sequence number"), low - margin, top + margin);
  else
    sf_graph_y_bytes (graph, tr (graph->options->lang, "sequence number from ISS"), low - margin, top + margin);
  sf_graph_add (graph, SF_SERIES_STEPS, flow->edges, EDGE_LOOK,
                fits ? tr (graph->options->lang, "edge of the advertised window")
                     : tr (graph->options->lang, "edge of the advertised window (above)"));
}

static void
add_flow (SfGraph *graph, const SfFlow *flow)
{
  g_autoptr (GArray) again = NULL;
  double low, high;

  if (graph->options->absolute)
    make_absolute (flow, graph->conn->iss);
  again = middles_of (flow->again);
  low = lowest (graph, flow);
  high = highest (graph, flow, low + 1);
  add_window (graph, flow, low, high);
  sf_graph_add (graph, SF_SERIES_STEPS, flow->acks, ACK_LOOK, tr (graph->options->lang, "acknowledged"));
  sf_graph_add (graph, SF_SERIES_BARS, flow->sent, SENT_LOOK, tr (graph->options->lang, "segment"));
  sf_graph_add (graph, SF_SERIES_BARS, flow->again, AGAIN_LOOK, NULL);
  sf_graph_add (graph, SF_SERIES_POINTS, again, AGAIN_MARK_LOOK, tr (graph->options->lang, "sent again"));
  sf_graph_add (graph, SF_SERIES_POINTS, flow->lost, LOST_LOOK, tr (graph->options->lang, "lost on its way"));
  sf_graph_add (graph, SF_SERIES_POINTS, flow->duplicates, DUPLICATE_LOOK, tr (graph->options->lang, "duplicate ACK"));
  sf_graph_add (graph, SF_SERIES_POINTS, flow->syns, SYN_LOOK, "SYN");
  sf_graph_add (graph, SF_SERIES_POINTS, flow->fins, FIN_LOOK, "FIN");
  sf_graph_add (graph, SF_SERIES_POINTS, flow->resets, RST_LOOK, "RST");
}

static SfPage *
draw (const SfTrace *trace, const SfTraceConn *conn, const SfGraphOptions *options)
{
  g_autoptr (SfFlow) flow = NULL;
  g_autofree char *desc = NULL;
  SfGraph graph;

  if (conn != NULL)
    flow = sf_flow_new (trace, conn);
  if (conn != NULL)
    desc =
      g_strdup_printf (tr (options->lang,
                           "Sequence numbers over time. Segments with data: %u; sent again: %u; lost on their way: %u; "
                           "acknowledgments received: %u; duplicate ACKs among them: %u."),
                       flow->sent->len, flow->again->len, flow->lost->len, flow->acks->len, flow->duplicates->len);
  sf_graph_begin (&graph, trace, conn, options, tr (options->lang, "Sequence numbers over time"), desc);
  if (conn != NULL)
    {
      sf_graph_show_time (&graph, flow->first, flow->last);
      add_flow (&graph, flow);
    }
  return sf_graph_end (&graph, tr (options->lang, "No connection has sent anything then."));
}

/* Not fewer than three segments with data, nor all at one instant. */
static gboolean
is_worth_a_look (const SfGraphSight *sight)
{
  return sight->n_data >= SF_GRAPH_FEWEST_POINTS && sight->apart;
}

const SfGraphType sf_graph_stevens = {
  .draw = draw,
  .is_worth_a_look = is_worth_a_look,
  .has_numbers = TRUE,
};
