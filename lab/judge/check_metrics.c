/* SPDX-License-Identifier: MIT
 *
 * `metric`: compares a metric (lab/judge/metrics.h) with a value.
 */
#include "lab/judge/check.h"

#include "base/gettext.h"

typedef struct
{
  const SfMetric *metric;
  SfScope scope;
  SfComparison value;
} MetricCheck;

static gboolean
load (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, MetricCheck *check)
{
  guint which = 0, n;

  if (!sf_node_check_keys (node, SF_KEYS_CHECK_METRIC, diag)
      || !sf_node_choice (sf_node_get (node, "is"), _ ("metric"), sf_metric_names (), diag, &which)
      || !sf_node_host (sf_node_get (node, "host"), plan, FALSE, diag, &check->scope.host)
      || !sf_node_count32 (sf_node_get (node, "conn"), 1, G_MAXUINT32, diag, &check->scope.conn))
    return FALSE;
  if (check->scope.conn != 0 && check->scope.host == SF_NO_HOST)
    return sf_node_error (sf_node_get (node, "conn"), diag,
                          _ ("'conn' needs 'host': connections are counted per host"));
  check->metric = &sf_metrics (&n)[which];
  return sf_comparison_load (sf_node_get (node, "value"), check->metric->unit, diag, &check->value);
}

static gpointer
metric_load (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag)
{
  MetricCheck *check = g_new0 (MetricCheck, 1);

  check->scope.host = SF_NO_HOST;
  if (load (node, plan, diag, check))
    return check;
  g_free (check);
  return NULL;
}

static gboolean
metric_holds (gconstpointer data, const SfTrace *trace)
{
  const MetricCheck *check = data;
  gint64 value;

  return sf_metric_value (check->metric, trace, check->scope, &value) && sf_comparison_holds (&check->value, value);
}

static void
metric_tell (const SfVerdict *verdict, const char *lang, GString *expected, GString *seen)
{
  const SfMetricFacts *facts = verdict->facts;
  SfUnit unit = facts->metric->unit;

  g_string_append (expected, facts->metric->name);
  if (facts->scope.host != SF_NO_HOST)
    {
      g_string_append (expected, tr (lang, " of "));
      sf_check_end_text (expected, verdict->excerpt, (SfEndRef){ facts->scope.host, facts->scope.conn }, lang);
    }
  g_string_append (expected, ": ");
  sf_comparison_text (expected, &facts->value, unit, lang);
  if (facts->has_seen)
    sf_value_text (seen, facts->seen, unit);
  else
    g_string_append (seen, tr (lang, "no such number in this run"));
}

static const SfFactsKind metric_facts = { NULL, metric_tell, g_free };

static void
metric_explain (gconstpointer data, const SfTrace *trace, SfVerdict *verdict)
{
  const MetricCheck *check = data;
  SfMetricFacts facts = { .metric = check->metric, .scope = check->scope, .value = check->value };

  facts.has_seen = sf_metric_value (check->metric, trace, check->scope, &facts.seen);
  sf_verdict_take_facts (verdict, &metric_facts, g_memdup2 (&facts, sizeof facts));
}

const SfCheckKind sf_check_metric = { "metric", metric_load, metric_holds, metric_explain, g_free };
