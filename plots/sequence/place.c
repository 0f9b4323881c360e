/* SPDX-License-Identifier: MIT
 *
 * Places rows if time is not to scale. Each row takes the highest free place that is not above earlier rows. The first
 * rows of an instant stand at one height. A page begins between two instants if possible, otherwise between two rows.
 */
#include "plots/sequence/layout.h"
#include "plots/sequence/sentences.h"

#include <string.h>

/* Distances in lines: from an arrow down to the next that leaves (its label is in between), … */
#define LEAVE_PITCH 1.08

/* … down to the next that arrives, … */
#define END_PITCH 0.85

/* … and how far down an arrow goes, at least. */
#define FALL 1.5

/* The gap between two instants, in lines: most, least, and for the usual flight time. */
#define MOST_GAP 2.4
#define LEAST_GAP 0.4
#define FLIGHT_GAP 1.8

/* The height of a folded silence, in lines. */
#define SILENCE 2.2

/* Half a line of words, and half the rectangle of a state, in lines. */
#define HALF 0.5
#define HALF_STATE 0.62

/* The part of a page that may stay free at its end. */
#define MOST_WASTE 0.25

/* Free space above the first row of a page, in lines; and with the names of the states that continue. */
#define TOP 1.3
#define TOP_STATES 1.9

/* From where on there is room beside a lifeline. */
typedef struct
{
  double out;  /* for words */
  double in;   /* for arrows */
  double last; /* no row may be above this: rows keep their order */
} Column;

/* The state to return to if an instant does not fit on its page. */
typedef struct
{
  double latest; /* the lowest place of a row so far */
  double stamp;  /* the last stamp on the axis */
  guint n_stamps, n_silences;
  gboolean fresh; /* nothing stands on this page yet */
} Progress;

typedef struct
{
  SfSequenceLayout *layout;
  double line;
  Column *columns[SF_PANELS], *saved[SF_PANELS];
  guint next[SF_PANELS]; /* the next row to place */
  guint end[SF_PANELS];  /* rows of the current instant: next … end - 1 */
  Progress now;
  double limit;    /* the end of the page */
  gboolean parted; /* the mark where the runs part is placed */
  SfTime t;        /* the instant before, -1: none */
  SfTime flight, fold;
} Placer;

/* Returns row `i` of the panel; NULL for row `last`, which stands for the end of the run. */
static const SfRow *
row_at (const SfPanel *panel, guint i)
{
  return i < panel->last ? sf_row (panel->rows, i) : NULL;
}

static SfTime
row_time (const SfPanel *panel, guint i)
{
  return i < panel->last ? sf_row (panel->rows, i)->t : panel->rows->trace->end_time;
}

/* Returns the lowest place in use on the whole page. */
static double
bottom_of (const Placer *placer)
{
  double bottom = placer->now.latest;

  for (guint p = 0; p < placer->layout->n_panels; p++)
    for (guint i = 0; i < placer->layout->panels[p].n_lifelines; i++)
      bottom = MAX (bottom, MAX (placer->columns[p][i].in, placer->columns[p][i].out));
  return bottom;
}

/* The same for one panel. */
static double
panel_bottom (const Placer *placer, guint p)
{
  double bottom = 0;

  for (guint i = 0; i < placer->layout->panels[p].n_lifelines; i++)
    bottom = MAX (bottom, MAX (placer->columns[p][i].in, placer->columns[p][i].out));
  return bottom;
}

static void
clear_columns (Placer *placer, double in, double out)
{
  for (guint p = 0; p < placer->layout->n_panels; p++)
    for (guint i = 0; i < placer->layout->panels[p].n_lifelines; i++)
      placer->columns[p][i] = (Column){ MAX (out, placer->columns[p][i].out), MAX (in, placer->columns[p][i].in), in };
}

/* TRUE if rows were left out before the first that is shown. */
static gboolean
begins_late (const SfSequenceLayout *layout)
{
  for (guint p = 0; p < layout->n_panels; p++)
    if (layout->panels[p].first > 0)
      return TRUE;
  return FALSE;
}

static void
begin_page (Placer *placer)
{
  SfSequenceLayout *layout = placer->layout;
  gboolean first = layout->cuts->len == 0;
  double cut = first ? 0 : bottom_of (placer) + HALF * placer->line;

  /* Removes the stamp of an instant if none of its rows found room on the page before. */
  while (layout->stamps->len > 0 && g_array_index (layout->stamps, SfTimeMark, layout->stamps->len - 1).y >= cut)
    g_array_set_size (layout->stamps, layout->stamps->len - 1);
  g_array_append_val (layout->cuts, cut);
  placer->limit = cut + layout->page_size.height - 2 * layout->page_size.margin
                  - (first ? layout->first_head : layout->head) - placer->line;
  placer->now.latest = placer->now.stamp = cut;
  placer->now.fresh = TRUE;
  clear_columns (placer, cut, first && !begins_late (layout) ? cut : cut + TOP_STATES * placer->line);
}

/* Rows. */

static double
transit_least (const Placer *placer, const SfPanel *panel, const SfRow *row)
{
  gboolean at_once;

  if (row->kind != SF_ROW_END || panel->leave_y[row->transit] < 0)
    return 0;
  at_once = sf_trace_record (panel->rows->trace, sf_transit (panel->rows->transits, row->transit)->leave)->head.t
            == row->t;
  return panel->leave_y[row->transit] + (at_once ? 1 : FALL) * placer->line;
}

/* Returns the highest place at which row `i` of panel `p` fits. */
static double
least_y (const Placer *placer, guint p, guint i)
{
  const SfPanel *panel = &placer->layout->panels[p];
  const SfRow *row = row_at (panel, i);
  guint line = row != NULL ? sf_panel_lifeline (panel, row->host) : SF_NO_LIFELINE;
  const Column *column;
  double y;

  if (row == NULL || row->kind == SF_ROW_WORLD)
    return panel_bottom (placer, p) + placer->line;
  if (line == SF_NO_LIFELINE)
    return transit_least (placer, panel, row);
  column = &placer->columns[p][line];
  y = MAX (column->last, transit_least (placer, panel, row));
  if (row->kind == SF_ROW_LEAVE)
    y = MAX (y, column->in + (LEAVE_PITCH + HALF * panel->above[row->transit]) * placer->line);
  else if (row->kind == SF_ROW_END)
    y = MAX (y, column->in + END_PITCH * placer->line);
  if (row->kind == SF_ROW_NOTE && row->text != NULL)
    y = MAX (y, column->out + HALF * placer->line);
  else if (row->state != NULL)
    y = MAX (y, column->out + HALF_STATE * placer->line);
  return y;
}

static void
settle_words (const Placer *placer, const SfPanel *panel, guint line, Column *column, const SfRow *row,
              SfRowPlace *place)
{
  if (row->kind == SF_ROW_NOTE && row->text != NULL)
    {
      g_autoptr (GPtrArray) words = sf_sequence_words (placer->layout, &panel->lifelines[line], row);

      place->text_y = place->y;
      column->out = place->y + (words->len - HALF) * placer->line;
    }
  if (row->state != NULL)
    {
      /* Between lifelines an arrow may come from the side of the words. */
      gboolean below = panel->lifelines[line].middle && row->kind != SF_ROW_NOTE;
      double y = place->text_y >= 0 ? column->out + HALF_STATE * placer->line
                 : below            ? place->y + placer->line
                                    : place->y;

      place->state_y = y;
      column->out = y + HALF_STATE * placer->line;
      column->last = y;
    }
}

/* TRUE if the segment is lost or held where it is sent: its arrow is short and has no row at its end. */
static gboolean
ends_at_once (const SfPanel *panel, guint transit)
{
  const SfTransit *the_transit = sf_transit (panel->rows->transits, transit);
  const SfRecord *end = the_transit->end != SF_NO_RECORD ? sf_trace_record (panel->rows->trace, the_transit->end)
                                                         : NULL;

  return end != NULL && end->head.kind == SF_RECORD_FATE
         && end->head.t == sf_trace_record (panel->rows->trace, the_transit->leave)->head.t;
}

static void
settle_transit (Placer *placer, SfPanel *panel, Column *column, const SfRow *row, double y)
{
  if (row->kind == SF_ROW_LEAVE)
    {
      g_autofree char *remark = sf_sequence_remark (panel->rows, row->transit);

      panel->leave_y[row->transit] = y;
      column->in = y + ((remark != NULL ? LEAVE_PITCH : 0) + HALF * panel->below[row->transit]) * placer->line;
      if (sf_transit (panel->rows->transits, row->transit)->end == SF_NO_RECORD)
        column->in = MAX (column->in, y + SF_LOST_FALL * placer->line);
      if (ends_at_once (panel, row->transit))
        placer->now.latest = MAX (placer->now.latest, y + SF_LOST_FALL * placer->line);
    }
  else
    {
      panel->end_y[row->transit] = y;
      column->in = MAX (column->in, y);
    }
}

/* If a lifeline in the middle has words, arrows pass there: lets no two rows share a height. */
static void
share_columns (Placer *placer, guint p)
{
  double bottom = panel_bottom (placer, p);

  for (guint i = 0; i < placer->layout->panels[p].n_lifelines; i++)
    placer->columns[p][i].in = placer->columns[p][i].out = bottom;
}

static void
settle_row (Placer *placer, guint p, guint i, double y)
{
  SfPanel *panel = &placer->layout->panels[p];
  const SfRow *row = row_at (panel, i);
  guint line = row != NULL ? sf_panel_lifeline (panel, row->host) : SF_NO_LIFELINE;
  Column nowhere = { 0 };
  Column *column = line == SF_NO_LIFELINE ? &nowhere : &placer->columns[p][line];

  placer->now.latest = MAX (placer->now.latest, y);
  placer->now.fresh = FALSE;
  if (row == NULL || row->kind == SF_ROW_WORLD)
    {
      for (guint k = 0; k < panel->n_lifelines; k++)
        placer->columns[p][k] = (Column){ y + HALF * placer->line, y + HALF * placer->line, y };
      if (row == NULL)
        panel->ending_y = y;
      else
        *sf_place (panel, i) = (SfRowPlace){ y, y, -1 };
      return;
    }
  column->last = y;
  *sf_place (panel, i) = (SfRowPlace){ y, -1, -1 };
  if (row->transit != SF_NO_TRANSIT)
    settle_transit (placer, panel, column, row, y);
  if (line != SF_NO_LIFELINE)
    settle_words (placer, panel, line, column, row, sf_place (panel, i));
  placer->now.latest = MAX (placer->now.latest, column->last);
  if (panel->n_lifelines > 2)
    share_columns (placer, p);
}

/* Instants. */

/* An instant, and whether it is the first after the runs part. */
typedef struct
{
  SfTime t;
  gboolean parted;
} Instant;

static Instant
instant_of (const SfPanel *panel, guint row)
{
  return (Instant){ row_time (panel, row), row >= panel->part };
}

static gboolean
is_before (Instant a, Instant b)
{
  return a.parted != b.parted ? b.parted : a.t < b.t;
}

/* Finds the rows of the next instant. FALSE if all rows are placed. */
static gboolean
next_instant (Placer *placer, Instant *ret_instant)
{
  const SfSequenceLayout *layout = placer->layout;
  gboolean any = FALSE;

  for (guint p = 0; p < layout->n_panels; p++)
    if (placer->next[p] < layout->panels[p].stop)
      {
        Instant instant = instant_of (&layout->panels[p], placer->next[p]);

        if (!any || is_before (instant, *ret_instant))
          *ret_instant = instant;
        any = TRUE;
      }
  for (guint p = 0; p < layout->n_panels; p++)
    for (placer->end[p] = placer->next[p];
         placer->end[p] < layout->panels[p].stop
         && !is_before (*ret_instant, instant_of (&layout->panels[p], placer->end[p]));)
      placer->end[p]++;
  return any;
}

static double
gap_before (const Placer *placer, SfTime t)
{
  double flights = (double) (t - placer->t) / (double) placer->flight;

  if (placer->t == SF_NEVER || placer->now.fresh)
    return placer->now.fresh ? TOP * placer->line : LEAST_GAP * placer->line;
  return CLAMP (FLIGHT_GAP * flights, LEAST_GAP, MOST_GAP) * placer->line;
}

/* Reserves room for a silence before `t`. Returns its lower end. */
static double
place_silence (Placer *placer, SfTime t)
{
  SfSilence silence = { 0, 0, t - placer->t };

  silence.top = placer->now.latest;
  for (guint p = 0; p < placer->layout->n_panels; p++)
    for (guint i = 0; i < placer->layout->panels[p].n_lifelines; i++)
      {
        const Column *column = &placer->columns[p][i];

        gboolean middle = placer->layout->panels[p].lifelines[i].middle;

        silence.top = MAX (silence.top, column->in);
        /* The fold of the lifeline is in the middle of the silence, its words beside it. */
        silence.top = MAX (silence.top, column->out - (middle ? 0 : 2 * HALF * placer->line));
      }
  silence.top += LEAST_GAP * placer->line;
  silence.bottom = silence.top + SILENCE * placer->line;
  g_array_append_val (placer->layout->silences, silence);
  return silence.bottom;
}

static void
place_part (Placer *placer)
{
  double top = MAX (bottom_of (placer), placer->now.stamp + HALF * placer->line) + LEAST_GAP * placer->line;
  double bottom = top + sf_sequence_part_height (placer->layout);

  placer->layout->part_y = top;
  placer->now.latest = bottom;
  clear_columns (placer, bottom, bottom);
}

/* Returns the y of the first rows of the instant, at least `least`. */
static double
first_y (const Placer *placer, double least)
{
  double y = MAX (least, placer->now.stamp + placer->line);

  for (guint p = 0; p < placer->layout->n_panels; p++)
    {
      const SfPanel *panel = &placer->layout->panels[p];
      guint64 seen = 0;

      for (guint i = placer->next[p]; i < placer->end[p]; i++)
        {
          const SfRow *row = row_at (panel, i);
          guint64 bit = row == NULL || row->kind == SF_ROW_WORLD ? 1 : sf_row_bit (row->host) << 1;

          if ((seen & bit) == 0)
            y = MAX (y, least_y (placer, p, i));
          seen |= bit;
          if (panel->n_lifelines > 2 || bit == 1)
            break;
        }
    }
  return y;
}

static void
add_stamp (Placer *placer, SfTime t, double y)
{
  SfTimeMark stamp = { t, y };

  g_array_append_val (placer->layout->stamps, stamp);
  placer->now.stamp = y;
}

static void
save (Placer *placer, Progress *progress)
{
  *progress = placer->now;
  progress->n_stamps = placer->layout->stamps->len;
  progress->n_silences = placer->layout->silences->len;
  for (guint p = 0; p < placer->layout->n_panels; p++)
    memcpy (placer->saved[p], placer->columns[p], placer->layout->panels[p].n_lifelines * sizeof (Column));
}

static void
restore (Placer *placer, const Progress *progress)
{
  placer->now = *progress;
  g_array_set_size (placer->layout->stamps, progress->n_stamps);
  g_array_set_size (placer->layout->silences, progress->n_silences);
  for (guint p = 0; p < placer->layout->n_panels; p++)
    memcpy (placer->columns[p], placer->saved[p], placer->layout->panels[p].n_lifelines * sizeof (Column));
}

/* Places row `i` of panel `p` at `y` or below, on a new page if it does not fit on this one. Returns `y`, or the
 * beginning of the new page. */
static double
place_row (Placer *placer, guint p, guint i, double y, SfTime t)
{
  Progress progress;

  save (placer, &progress);
  settle_row (placer, p, i, MAX (y, least_y (placer, p, i)));
  if (bottom_of (placer) <= placer->limit || progress.fresh)
    return y;
  restore (placer, &progress);
  begin_page (placer);
  y = placer->now.latest + TOP * placer->line;
  add_stamp (placer, t, y);
  settle_row (placer, p, i, MAX (y, least_y (placer, p, i)));
  return y;
}

/* Places the rows of the instant, and before them the mark where the runs part if it belongs here. FALSE if they do not
 * fit on the page; with `forced` they are divided between pages instead. */
static gboolean
place_rows (Placer *placer, Instant instant, gboolean forced)
{
  gboolean silent = placer->t != SF_NEVER && instant.t - placer->t >= placer->fold;
  double y;

  if (instant.parted && !placer->parted)
    place_part (placer);
  y = silent ? place_silence (placer, instant.t) + placer->line : placer->now.latest + gap_before (placer, instant.t);
  y = first_y (placer, y);
  if (y > placer->limit && !forced)
    return FALSE;
  add_stamp (placer, instant.t, y);
  for (guint p = 0; p < placer->layout->n_panels; p++)
    for (guint i = placer->next[p]; i < placer->end[p]; i++)
      {
        if (forced)
          y = place_row (placer, p, i, y, instant.t);
        else
          settle_row (placer, p, i, MAX (y, least_y (placer, p, i)));
      }
  return forced || bottom_of (placer) <= placer->limit;
}

/* TRUE if so much of the page is free that an instant is divided rather than moved to the next page. */
static gboolean
is_mostly_free (const Placer *placer)
{
  double begin = g_array_index (placer->layout->cuts, double, placer->layout->cuts->len - 1);

  return placer->limit - bottom_of (placer) > MOST_WASTE * (placer->limit - begin);
}

/* Places the rows of the instant, on a new page if necessary. Divides them only if even that is too small, or if too
 * much of this page would stay free. */
static void
place_instant (Placer *placer, Instant instant)
{
  Progress progress;

  save (placer, &progress);
  if (place_rows (placer, instant, FALSE))
    return;
  restore (placer, &progress);
  if (is_mostly_free (placer))
    {
      place_rows (placer, instant, TRUE);
      return;
    }
  if (!progress.fresh)
    begin_page (placer);
  save (placer, &progress);
  if (place_rows (placer, instant, FALSE))
    return;
  restore (placer, &progress);
  place_rows (placer, instant, TRUE);
}

static void
placer_init (Placer *placer, SfSequenceLayout *layout)
{
  *placer = (Placer){ .layout = layout, .line = layout->page_size.line, .t = SF_NEVER };
  placer->flight = placer->fold = SF_NEVER;
  for (guint p = 0; p < layout->n_panels; p++)
    {
      const SfPanel *panel = &layout->panels[p];

      placer->columns[p] = g_new0 (Column, panel->n_lifelines + 1);
      placer->saved[p] = g_new0 (Column, panel->n_lifelines + 1);
      placer->next[p] = panel->first;
      placer->flight = MIN (placer->flight, sf_rows_usual_flight (panel->rows));
      placer->fold = MIN (placer->fold, sf_rows_fold (panel->rows));
    }
}

void
sf_sequence_place (SfSequenceLayout *layout)
{
  Placer placer;
  Instant instant = { 0 };
  double end;

  placer_init (&placer, layout);
  begin_page (&placer);
  while (next_instant (&placer, &instant))
    {
      place_instant (&placer, instant);
      placer.t = instant.t;
      placer.parted = instant.parted;
      for (guint p = 0; p < layout->n_panels; p++)
        placer.next[p] = placer.end[p];
    }
  end = bottom_of (&placer) + HALF * layout->page_size.line;
  g_array_append_val (layout->cuts, end);
  for (guint p = 0; p < layout->n_panels; p++)
    {
      g_free (placer.columns[p]);
      g_free (placer.saved[p]);
    }
}
