/* SPDX-License-Identifier: MIT */
#include "plots/terminal/timeline_layout.h"

#include "base/columns.h"
#include "base/units.h"

#include <string.h>

/* If lifelines leave fewer columns than this between them, words run over them. */
#define LEAST_ROOM 24

/* Decimals of a time: microseconds, or more if times need them to be exact. */
#define USUAL_DIGITS 6

static void
choose_hosts (SfTimelineLayout *layout)
{
  const SfTrace *trace = layout->rows->trace;
  guint64 used = layout->rows->used;

  layout->host = g_new (guint16, sf_trace_n_hosts (trace) + 1);
  for (guint i = 0; i < sf_trace_n_hosts (trace); i++)
    if (!g_array_index (trace->hosts, SfTraceHost, i).router && (used == 0 || (used & sf_row_bit (i)) != 0))
      layout->host[layout->n_hosts++] = (guint16) i;
}

/* Returns the width of the widest state of `host`, in columns. */
static int
state_width (const SfTimelineLayout *layout, guint16 host)
{
  int width = 0;

  for (guint i = layout->first; i < layout->last; i++)
    {
      const SfRow *row = sf_row (layout->rows, i);

      if (row->host == host && row->state != NULL)
        width = MAX (width, sf_columns (row->state));
    }
  return width;
}

static void
choose_time_width (SfTimelineLayout *layout)
{
  SfTime latest = layout->rows->trace->end_time;
  int digits = 1;

  layout->time_digits = sf_count_decimals (latest, USUAL_DIGITS);
  for (guint i = layout->first; i < layout->last; i++)
    {
      SfTime t = sf_row (layout->rows, i)->t;

      latest = MAX (latest, t);
      layout->time_digits = sf_count_decimals (t, layout->time_digits);
    }
  for (SfTime s = latest / SF_SEC; s >= 10; s /= 10)
    digits++;
  layout->time_width = digits + 1 + layout->time_digits;
}

/* Places the lifelines: the outermost leave room for states outside, the others stand at equal distances. */
static void
choose_columns (SfTimelineLayout *layout)
{
  guint n = layout->n_hosts;
  int left, right;

  layout->column = g_new (int, sf_trace_n_hosts (layout->rows->trace) + 1);
  memset (layout->column, -1, (sf_trace_n_hosts (layout->rows->trace) + 1) * sizeof (int));
  if (n == 0)
    return;
  left = layout->time_width + 2 + state_width (layout, layout->host[0]) + 1;
  right = (int) layout->width - 2 - state_width (layout, layout->host[n - 1]) - 1;
  if (n == 1)
    right = (int) layout->width - 1;
  for (guint i = 0; i < n; i++)
    layout->column[layout->host[i]] = n == 1 ? left : left + (right - left) * (int) i / (int) (n - 1);
}

static void
find_rows_of_transits (SfTimelineLayout *layout)
{
  guint n = layout->rows->transits->transits->len;

  layout->transits = g_new0 (SfTransitView, n + 1);
  for (guint i = 0; i < n; i++)
    layout->transits[i].leave = layout->transits[i].end = SF_NO_ROW;
  for (guint i = layout->first; i < layout->last; i++)
    {
      const SfRow *row = sf_row (layout->rows, i);

      if (row->kind == SF_ROW_LEAVE)
        layout->transits[row->transit].leave = i;
      else if (row->kind == SF_ROW_END)
        layout->transits[row->transit].end = i;
    }
}

/* Joins a transit by a line if its arrival is the next row with an arrow after its sending. Others get numbers, in the
 * order of sending. */
static void
join_transits (SfTimelineLayout *layout)
{
  guint tag = 0;

  for (guint i = layout->first; i < layout->last; i++)
    {
      const SfRow *row = sf_row (layout->rows, i);
      SfTransitView *view;
      guint next = i + 1;

      if (row->kind != SF_ROW_LEAVE)
        continue;
      view = &layout->transits[row->transit];
      if (view->end == SF_NO_ROW)
        continue;
      while (next < view->end && sf_row (layout->rows, next)->kind != SF_ROW_LEAVE
             && sf_row (layout->rows, next)->kind != SF_ROW_END)
        next++;
      view->joined = next == view->end;
      if (!view->joined)
        view->tag = ++tag;
    }
}

SfTimelineLayout *
sf_timeline_layout_new (const SfRows *rows, const SfTimelineOptions *options)
{
  SfTimelineLayout *layout = g_new0 (SfTimelineLayout, 1);

  layout->rows = rows;
  layout->width = options->width == 0 ? SF_TIMELINE_WIDTH : MAX (options->width, SF_TIMELINE_MIN_WIDTH);
  layout->fold = options->fold > 0 ? options->fold : sf_rows_fold (rows);
  sf_rows_within (layout->rows, options->from, options->to, &layout->first, &layout->last);
  choose_hosts (layout);
  choose_time_width (layout);
  choose_columns (layout);
  find_rows_of_transits (layout);
  join_transits (layout);
  return layout;
}

void
sf_timeline_layout_free (SfTimelineLayout *layout)
{
  if (layout == NULL)
    return;
  g_free (layout->host);
  g_free (layout->column);
  g_free (layout->transits);
  g_free (layout);
}

static int
column_of (const SfTimelineLayout *layout, guint16 host)
{
  return host < sf_trace_n_hosts (layout->rows->trace) ? layout->column[host] : -1;
}

SfTransitPath
sf_timeline_path (const SfTimelineLayout *layout, guint transit)
{
  const SfSegment *seg = sf_transit (layout->rows->transits, transit)->seg;
  int left = layout->column[layout->host[0]];
  int right = layout->n_hosts > 1 ? layout->column[layout->host[layout->n_hosts - 1]] : (int) layout->width - 1;
  SfTransitPath path = { .from = column_of (layout, seg->from), .to = column_of (layout, seg->to) };

  /* An end without a host is drawn at the far side. */
  if (path.from < 0)
    path.from = path.to == left ? right : left;
  if (path.to < 0)
    path.to = path.from == left ? right : left;
  if (path.from == path.to)
    {
      /* A segment to itself goes to the far side and back. */
      path.leave_heading = path.from == right ? -1 : 1;
      path.end_heading = -path.leave_heading;
      path.bend = (path.leave_heading > 0 ? right : left) - path.leave_heading * SF_TIMELINE_BEND;
    }
  else
    {
      path.leave_heading = path.end_heading = path.from < path.to ? 1 : -1;
      path.bend = path.to - path.leave_heading * SF_TIMELINE_BEND;
    }
  return path;
}

gboolean
sf_timeline_room (const SfTimelineLayout *layout, guint16 host, int *ret_first, int *ret_last)
{
  int column = layout->column[host];
  int left = layout->time_width + 2, right = (int) layout->width - 1;
  gboolean at_right;
  guint i = 0;

  while (i + 1 < layout->n_hosts && layout->host[i] != host)
    i++;
  at_right = i > 0 && i + 1 == layout->n_hosts;
  if (at_right)
    left = layout->column[layout->host[i - 1]] + 2;
  else if (i + 1 < layout->n_hosts)
    right = layout->column[layout->host[i + 1]] - 2;
  if ((at_right ? column - left : right - column) < LEAST_ROOM)
    {
      left = layout->time_width + 2;
      right = (int) layout->width - 1;
      at_right = column - left > right - column;
    }
  *ret_first = at_right ? left : column + 2;
  *ret_last = at_right ? column - 2 : right;
  return at_right;
}

gboolean
sf_timeline_is_outer (const SfTimelineLayout *layout, guint16 host)
{
  return host == layout->host[0] || host == layout->host[layout->n_hosts - 1];
}
