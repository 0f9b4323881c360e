/* SPDX-License-Identifier: MIT */
#include "plots/chart/chart.h"

#include "plots/chart/page.h"

#include <string.h>

static const struct
{
  const char *name;
  SfPage *(*draw) (const SfChart *chart);
} kinds[SF_N_CHARTS] = {
#define SF_CHART(id, name, function) { name, function },
#include "plots/chart/kinds.inc"
#undef SF_CHART
};

SfChartKind
sf_chart_kind_find (const char *name)
{
  guint kind = 0;

  while (kind < SF_N_CHARTS && strcmp (kinds[kind].name, name) != 0)
    kind++;
  return (SfChartKind) kind;
}

static void
free_series (gpointer data)
{
  SfChartSeries *series = data;

  g_free (series->title);
  g_array_unref (series->x);
  g_array_unref (series->y);
  g_array_unref (series->low);
  g_array_unref (series->high);
  g_array_unref (series->times);
  g_free (series);
}

SfChart *
sf_chart_new (SfChartKind kind)
{
  SfChart *chart = g_new0 (SfChart, 1);

  chart->kind = kind;
  chart->series = g_ptr_array_new_with_free_func (free_series);
  return chart;
}

void
sf_chart_free (SfChart *chart)
{
  if (chart == NULL)
    return;
  g_free (chart->title);
  g_free (chart->subtitle);
  g_free (chart->x_title);
  g_free (chart->y_title);
  g_free (chart->z_title);
  g_ptr_array_unref (chart->series);
  g_strfreev (chart->x_names);
  g_strfreev (chart->y_names);
  g_free (chart);
}

SfChartSeries *
sf_chart_add_series (SfChart *chart, const char *title)
{
  SfChartSeries *series = g_new0 (SfChartSeries, 1);

  series->title = g_strdup (title);
  series->x = g_array_new (FALSE, FALSE, sizeof (double));
  series->y = g_array_new (FALSE, FALSE, sizeof (double));
  series->low = g_array_new (FALSE, FALSE, sizeof (double));
  series->high = g_array_new (FALSE, FALSE, sizeof (double));
  series->times = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_ptr_array_add (chart->series, series);
  return series;
}

void
sf_chart_add_point (SfChartSeries *series, double x, double y, double low, double high)
{
  g_array_append_val (series->x, x);
  g_array_append_val (series->y, y);
  g_array_append_val (series->low, low);
  g_array_append_val (series->high, high);
}

void
sf_chart_add_value (SfChartSeries *series, double value, guint64 n)
{
  guint len = series->y->len;
  gboolean again = len > 0 && g_array_index (series->y, double, len - 1) == value;

  g_return_if_fail (isfinite (value) && (len == 0 || value >= g_array_index (series->y, double, len - 1)));
  if (again)
    g_array_index (series->times, guint64, len - 1) += n;
  else if (n > 0)
    {
      g_array_append_val (series->y, value);
      g_array_append_val (series->times, n);
    }
}

SfPage *
sf_chart (const SfChart *chart)
{
  return kinds[chart->kind].draw (chart);
}
