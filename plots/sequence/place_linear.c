/* SPDX-License-Identifier: MIT
 *
 * Places rows with time to scale, all on one page. Their times determine where rows touch their lifelines. Words
 * without room there stand below; if that would be too far away, they are left out and counted.
 */
#include "plots/sequence/layout.h"

/* Height of the usual flight time on a page of free size, in lines … */
#define FLIGHT 2.5

/* … and the least and the greatest height of such a page. */
#define LEAST_HEIGHT 30
#define MOST_HEIGHT 110

/* The greatest distance of words from their row, in lines. */
#define FAR 6

/* The least distance between two marks of the axis, in lines. */
#define TICK 3

#define TOP 1.3
#define HALF 0.5
#define HALF_STATE 0.62

typedef struct
{
  SfSequenceLayout *layout;
  double line, limit;
  double *out[SF_PANELS]; /* by lifeline: there is room for words from here on */
  guint *mark[SF_PANELS]; /* by lifeline: index of the last SfOmitted, if it can take more; G_MAXUINT: none */
} Placer;

/* Stores the first and the last instant that is shown. Returns the usual flight time. */
static SfTime
find_range (const SfSequenceLayout *layout, SfTime *ret_t0, SfTime *ret_t1)
{
  SfTime flight = SF_NEVER;

  *ret_t0 = SF_NEVER;
  *ret_t1 = 0;
  for (guint p = 0; p < layout->n_panels; p++)
    {
      const SfPanel *panel = &layout->panels[p];

      flight = MIN (flight, sf_rows_usual_flight (panel->rows));
      if (panel->first == panel->last)
        continue;
      *ret_t0 = MIN (*ret_t0, sf_row (panel->rows, panel->first)->t);
      *ret_t1 = MAX (*ret_t1, sf_row (panel->rows, panel->last - 1)->t);
    }
  if (*ret_t0 == SF_NEVER)
    *ret_t0 = layout->options->from;
  *ret_t1 = MAX (*ret_t1, sf_time_add (*ret_t0, flight));
  return flight;
}

/* Returns the smallest of 1, 2, 5, 10, 20, 50 … nanoseconds that is at least `t`. */
static SfTime
round_time (double t)
{
  static const int steps[] = { 1, 2, 5 };
  SfTime unit = 1;

  for (;; unit *= 10)
    for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
      if ((double) (unit * steps[i]) >= t || unit * steps[i] > SF_NEVER / 2)
        return unit * steps[i];
}

void
sf_sequence_scale (SfSequenceLayout *layout)
{
  const SfPageSize *page_size = &layout->page_size;
  SfTime t1, flight = find_range (layout, &layout->t0, &t1);
  double body = page_size->height - 2 * page_size->margin - layout->first_head - 2 * page_size->line;

  if (page_size->trim)
    body = CLAMP ((double) (t1 - layout->t0) / (double) flight * FLIGHT, LEAST_HEIGHT, MOST_HEIGHT) * page_size->line;
  layout->body = body;
  layout->scale = (body - (TOP + 2) * page_size->line) / (double) (t1 - layout->t0);
  layout->step = round_time (TICK * page_size->line / layout->scale);
  layout->t1 = sf_time_add (layout->t0,
                            (SfTime) MIN ((body - (TOP + 1) * page_size->line) / layout->scale, (double) SF_NEVER / 2));
  layout->time_digits = 0;
  for (SfTime unit = SF_SEC; layout->step % unit != 0; unit /= 10)
    layout->time_digits++;
}

static double
y_of (const SfSequenceLayout *layout, SfTime t)
{
  return TOP * layout->page_size.line + (double) (t - layout->t0) * layout->scale;
}

/* Counts words that are left out at a lifeline. */
static void
omit_words (Placer *placer, SfPanel *panel, guint p, guint line)
{
  guint *mark = &placer->mark[p][line];

  if (*mark == G_MAXUINT)
    {
      SfOmitted omitted = { line, 0, placer->out[p][line] + HALF * placer->line };

      *mark = panel->omitted->len;
      placer->out[p][line] += placer->line;
      g_array_append_val (panel->omitted, omitted);
    }
  g_array_index (panel->omitted, SfOmitted, *mark).n++;
}

static void
place_words (Placer *placer, guint p, guint i)
{
  SfPanel *panel = &placer->layout->panels[p];
  const SfRow *row = sf_row (panel->rows, i);
  guint line = sf_panel_lifeline (panel, row->host);
  SfRowPlace *place = sf_place (panel, i);
  double height = 0, top;
  g_autoptr (GPtrArray) words = NULL;

  if (line == SF_NO_LIFELINE || (row->state == NULL && (row->kind != SF_ROW_NOTE || row->text == NULL)))
    return;
  if (row->kind == SF_ROW_NOTE && row->text != NULL)
    words = sf_sequence_words (placer->layout, &panel->lifelines[line], row);
  height = (words != NULL ? words->len : 0) * placer->line + (row->state != NULL ? 2 * HALF_STATE * placer->line : 0);
  top = MAX (place->y - HALF * placer->line, placer->out[p][line]);
  /* One line is kept free for the count of words that do not fit. */
  if (top - place->y > FAR * placer->line || top + height > placer->limit - placer->line)
    {
      omit_words (placer, panel, p, line);
      return;
    }
  placer->mark[p][line] = G_MAXUINT;
  place->text_y = words != NULL ? (top + HALF * placer->line) : -1;
  place->state_y = row->state != NULL ? (top + height - HALF_STATE * placer->line) : -1;
  placer->out[p][line] = top + height;
}

static void
place_row (Placer *placer, guint p, guint i)
{
  SfPanel *panel = &placer->layout->panels[p];
  const SfRow *row = sf_row (panel->rows, i);
  double y = y_of (placer->layout, row->t);

  *sf_place (panel, i) = (SfRowPlace){ y, -1, -1 };
  if (row->kind == SF_ROW_LEAVE)
    panel->leave_y[row->transit] = y;
  else if (row->kind == SF_ROW_END)
    panel->end_y[row->transit] = y;
  place_words (placer, p, i);
}

static void
mark_axis (SfSequenceLayout *layout)
{
  for (SfTime i = layout->t0 / layout->step; i <= layout->t1 / layout->step; i++)
    {
      SfTimeMark stamp = { i * layout->step, y_of (layout, i * layout->step) };

      if (stamp.t >= layout->t0)
        g_array_append_val (layout->stamps, stamp);
    }
}

void
sf_sequence_place_linear (SfSequenceLayout *layout)
{
  Placer placer = { .layout = layout, .line = layout->page_size.line };

  g_array_append_val (layout->cuts, (double){ 0 });
  g_array_append_val (layout->cuts, layout->body);
  placer.limit = layout->body;
  for (guint p = 0; p < layout->n_panels; p++)
    {
      SfPanel *panel = &layout->panels[p];

      placer.out[p] = g_new0 (double, panel->n_lifelines + 1);
      placer.mark[p] = g_new (guint, panel->n_lifelines + 1);
      for (guint i = 0; i < panel->n_lifelines; i++)
        {
          placer.mark[p][i] = G_MAXUINT;
          /* Below the names of the states that continue. */
          placer.out[p][i] = panel->first > 0 ? TOP * placer.line : 0;
        }
      for (guint i = panel->first; i < panel->last; i++)
        place_row (&placer, p, i);
      if (panel->part < panel->last)
        layout->part_y = y_of (layout, sf_row (panel->rows, panel->part)->t);
      g_free (placer.out[p]);
      g_free (placer.mark[p]);
    }
  mark_axis (layout);
}
