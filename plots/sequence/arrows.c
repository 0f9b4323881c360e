/* SPDX-License-Identifier: MIT */
#include "plots/sequence/draw.h"

#include "plots/sequence/sentences.h"

#include <math.h>

/* A lost segment's arrow ends at this part of the distance. */
#define LOST_WAY 0.5

/* Arrows in flight at the end of the run end this far, and a line, above the words there; in lines. */
#define CLEAR 0.35

/* The least distance of the end of a lost segment's arrow from other arrows, in lines. */
#define APART 0.5

/* On pages with this many arrows or more, the ends of lost ones keep their places. */
#define MANY 500

/* On pages with this many rows or more, only one of all arrows on the same spot is drawn … */
#define CROWD 5000

/* … a spot being this large, in points. */
#define SPOT 0.5

/* How many segments sent before a lost one, and after it, are searched for its neighbors. */
#define NEIGHBORS 4

/* Half the width of the cross of a loss, in lines. */
#define CROSS 0.3

/* Widths of the lines of a cross, in points: of a lost segment, and of a discarded one. */
#define LOST_WIDTH 1.8
#define REFUSED_WIDTH 1.2

/* The number of places along an arrow that are tried for a label. */
#define TRIES 12

/* The penalty for moving a label by one try away from where its arrow begins, in crossed lines; of a remark. */
#define STEP 0.08
#define REMARK_STEP 0.3

/* If a page has left out this many labels, the search for room ends. */
#define MOST_LEFT_OUT 1000

/* The distance from an arrow to the middle of its label, in sizes of the font. */
#define ABOVE 0.68

/* The distance from a lifeline to the label of an arrow, in lines. */
#define BESIDE 0.5

/* … but at most this part of the arrow's length. */
#define MOST_BESIDE 0.3

/* The distance from the end of an arrow to the words beyond it, in lines. */
#define BEYOND 0.6

/* An arrow, or the part of it on this page. */
typedef struct
{
  guint transit;
  int heading;           /* 1: to the right */
  double x1, y1, x2, y2; /* on the page */
  gboolean begins;       /* its beginning is on this page */
  gboolean arrives;      /* it reaches its lifeline on this page */
  gboolean stops;        /* it is lost or held on this page */
  double left, right;    /* its labels stay between these: the outermost lifelines */
  SfLabel name;          /* its label, as it was placed; no text: it was not */
} Arrow;

/* Returns the x at which `transit` is to arrive, and stores its direction. */
static double
target_x (const SfPageDrawing *drawing, const SfPanel *panel, const SfLifeline *from, guint transit, int *ret_heading)
{
  const SfSegment *seg = sf_transit (panel->rows->transits, transit)->seg;
  guint line = sf_panel_lifeline (panel, seg->to);
  const SfLifeline *to = line != SF_NO_LIFELINE ? &panel->lifelines[line] : NULL;

  if (to != NULL && to != from)
    {
      *ret_heading = to->x > from->x ? 1 : -1;
      return sf_lifeline_edge_at (drawing->layout, to, -*ret_heading, panel->end_bars[transit]);
    }
  *ret_heading = from->side < 0 || from->middle ? 1 : -1;
  if (panel->n_lifelines < 2)
    return panel->right;
  return *ret_heading > 0 ? from[1].x : from[-1].x;
}

/* Clips `arrow` to the page, and moves it from the strip to the page. FALSE if nothing remains. */
static gboolean
clip (const SfPageDrawing *drawing, Arrow *arrow)
{
  double dx = arrow->x2 - arrow->x1, dy = arrow->y2 - arrow->y1;

  if (arrow->y1 >= drawing->bottom && !drawing->is_last)
    return FALSE;
  if (arrow->y2 < drawing->top)
    return FALSE;
  if (arrow->y1 < drawing->top && dy > 0)
    {
      arrow->x1 += dx * (drawing->top - arrow->y1) / dy;
      arrow->y1 = drawing->top;
      arrow->begins = FALSE;
    }
  if (arrow->y2 > drawing->bottom && dy > 0)
    {
      arrow->x2 -= dx * (arrow->y2 - drawing->bottom) / dy;
      arrow->y2 = drawing->bottom;
      arrow->arrives = arrow->stops = FALSE;
    }
  arrow->y1 += drawing->offset;
  arrow->y2 += drawing->offset;
  return TRUE;
}

/* Finds a neighbor of `transit`: the nearest segment sent before (`step` -1) or after it (1) between the same hosts
 * that arrives. Stores how far its middle is below its beginning, and the y of the middle. FALSE if there is none, or
 * if it is so far away that their arrows cannot seem to cross. */
static gboolean
find_neighbor (const SfPanel *panel, guint transit, int step, double *ret_half, double *ret_y)
{
  const SfSegment *seg = sf_transit (panel->rows->transits, transit)->seg;
  gint64 first = MAX ((gint64) transit - NEIGHBORS, 0);
  gint64 last = MIN ((gint64) transit + NEIGHBORS, (gint64) panel->rows->transits->transits->len - 1);

  for (gint64 i = (gint64) transit + step; i >= first && i <= last; i += step)
    {
      const SfSegment *other = sf_transit (panel->rows->transits, (guint) i)->seg;
      double half = (panel->end_y[i] - panel->leave_y[i]) * LOST_WAY;

      if (other->from != seg->from || other->to != seg->to || panel->leave_y[i] < 0 || panel->end_y[i] < 0)
        continue;
      *ret_half = half;
      *ret_y = panel->leave_y[i] + half;
      return fabs (panel->leave_y[i] - panel->leave_y[transit]) <= half;
    }
  return FALSE;
}

/* Returns the y at which the arrow of `transit` ends, a segment lost where it is sent: between its neighbors, or
 * parallel to the only one. There is room, since it ends above their ends. */
static double
lost_end (const SfPageDrawing *drawing, const SfPanel *panel, guint transit)
{
  double before = 0, after = 0, y_before = 0, y_after = 0, leave = panel->leave_y[transit];
  gboolean has_before = find_neighbor (panel, transit, -1, &before, &y_before);
  gboolean has_after = find_neighbor (panel, transit, 1, &after, &y_after);
  double y = leave + SF_LOST_FALL * drawing->layout->page_size.line;

  if (has_before && has_after)
    return MAX (y, (y_before + y_after) / 2);
  if (has_before || has_after)
    return MAX (y, leave + (has_before ? before : after));
  return y;
}

/* Finds the arrow of `transit`. FALSE if no part of it is on this page. */
static gboolean
find_arrow (const SfPageDrawing *drawing, const SfPanel *panel, guint transit, Arrow *arrow)
{
  const SfTransit *the_transit = sf_transit (panel->rows->transits, transit);
  guint from = sf_panel_lifeline (panel, the_transit->seg->from);
  double leave = panel->leave_y[transit], end = panel->end_y[transit];
  double line = drawing->layout->page_size.line;
  double strip_end = sf_cut (drawing->layout, drawing->layout->cuts->len - 1);
  const SfRecord *last = the_transit->end != SF_NO_RECORD ? sf_trace_record (panel->rows->trace, the_transit->end)
                                                          : NULL;
  gboolean fate = last != NULL && last->head.kind == SF_RECORD_FATE;
  double target;

  if (from == SF_NO_LIFELINE)
    return FALSE;
  *arrow = (Arrow){ .transit = transit, .begins = leave >= 0, .right = panel->right };
  arrow->left = sf_lifeline_edge (drawing->layout, &panel->lifelines[0], 1);
  if (panel->n_lifelines > 1)
    arrow->right = sf_lifeline_edge (drawing->layout, &panel->lifelines[panel->n_lifelines - 1], -1);
  target = target_x (drawing, panel, &panel->lifelines[from], transit, &arrow->heading);
  arrow->x1 = sf_lifeline_edge_at (drawing->layout, &panel->lifelines[from], arrow->heading,
                                   panel->leave_bars[transit]);
  arrow->y1 = leave >= 0 ? leave : 0;
  arrow->x2 = target;
  arrow->y2 = end;
  arrow->arrives = end >= 0 && !fate;
  arrow->stops = fate && (end >= 0 || last->head.t == sf_trace_record (panel->rows->trace, the_transit->leave)->head.t);
  if (leave < 0)
    arrow->x1 += (target - arrow->x1) * (1 - LOST_WAY);
  if (!arrow->arrives)
    arrow->x2 = arrow->x1 + (target - arrow->x1) * LOST_WAY;
  if (panel->ending_y >= 0)
    strip_end = MIN (strip_end, panel->ending_y + CLEAR * line);
  if (end < 0)
    arrow->y2 = arrow->stops ? lost_end (drawing, panel, transit) : MAX (strip_end - line, leave + SF_LOST_FALL * line);
  return clip (drawing, arrow);
}

static void
draw_cross (SfPageDrawing *drawing, double x, double y, double width)
{
  double half = CROSS * drawing->layout->page_size.line;

  sf_scene_line (drawing->scene, SF_INK_ALARM, SF_DASH_SOLID, width, x - half, y - half, x + half, y + half);
  sf_scene_line (drawing->scene, SF_INK_ALARM, SF_DASH_SOLID, width, x - half, y + half, x + half, y - half);
}

/* Draws the end of an arrow that is lost (a cross) or held back by a fault (a bar). */
static void
draw_stop (SfPageDrawing *drawing, const SfPanel *panel, const Arrow *arrow)
{
  const SfRecord *end = sf_trace_record (panel->rows->trace, sf_transit (panel->rows->transits, arrow->transit)->end);
  double half = CROSS * drawing->layout->page_size.line;

  sf_label_room_block (drawing->room, arrow->x2 - half, arrow->y2 - half, arrow->x2 + half, arrow->y2 + half);
  if (end->fate.fate != SF_FATE_HELD && end->fate.fate != SF_FATE_DELAYED)
    draw_cross (drawing, arrow->x2, arrow->y2, LOST_WIDTH);
  else
    sf_scene_line (drawing->scene, SF_INK_ALARM, SF_DASH_SOLID, LOST_WIDTH, arrow->x2, arrow->y2 - half, arrow->x2,
                   arrow->y2 + half);
}

static void
draw_arrow (SfPageDrawing *drawing, const SfPanel *panel, const Arrow *arrow)
{
  SfInk ink = arrow->heading > 0 ? SF_INK_RIGHT : SF_INK_LEFT;
  SfDash dash = sf_sequence_is_odd (panel->rows, arrow->transit) ? SF_DASH_DASHED : SF_DASH_SOLID;
  double line = drawing->layout->page_size.line;

  if (arrow->arrives)
    sf_scene_arrow (drawing->scene, ink, dash, 1, arrow->x1, arrow->y1, arrow->x2, arrow->y2);
  else
    sf_scene_line (drawing->scene, ink, dash, 1, arrow->x1, arrow->y1, arrow->x2, arrow->y2);
  if (arrow->stops)
    draw_stop (drawing, panel, arrow);
  if (arrow->arrives && sf_sequence_is_refused (panel->rows, arrow->transit))
    {
      double length = hypot (arrow->x2 - arrow->x1, arrow->y2 - arrow->y1);
      double back = MIN (line, length) / MAX (length, 1);

      draw_cross (drawing, arrow->x2 - back * (arrow->x2 - arrow->x1), arrow->y2 - back * (arrow->y2 - arrow->y1),
                  REFUSED_WIDTH);
    }
  sf_label_room_line (drawing->room, arrow->x1, arrow->y1, arrow->x2, arrow->y2);
}

/* Labels. */

/* A label to be placed: beside an arrow between `from` and `to` (0 to 1) of its length, above (-1) or below it (1). */
typedef struct
{
  const char *text;
  SfInk ink;
  double from, to;
  int side;
  double near; /* penalty for one try away from `from`, in crossed lines */
} Stand;

/* Returns the label of `stand` with its end that is nearer to the beginning of `arrow` at `at` (0 to 1) of its length.
 */
static SfLabel
label_at (const SfPageDrawing *drawing, const Arrow *arrow, const Stand *stand, double at)
{
  double dx = arrow->x2 - arrow->x1, dy = arrow->y2 - arrow->y1, length = MAX (hypot (dx, dy), 1);
  double away = stand->side * ABOVE * drawing->layout->page_size.font;

  return (SfLabel){
    .text = (char *) stand->text,
    .x = arrow->x1 + dx * at - away * arrow->heading * dy / length,
    .y = arrow->y1 + dy * at + away * fabs (dx) / length,
    .align = arrow->heading > 0 ? SF_ALIGN_LEFT : SF_ALIGN_RIGHT,
    .size = drawing->layout->page_size.font,
    .angle = -atan2 (dy * arrow->heading, fabs (dx)) * 180 / G_PI,
    .ink = stand->ink,
  };
}

/* Draws paper under a label that stands on lines. */
static void
draw_halo (SfPageDrawing *drawing, const SfLabel *label)
{
  SfLabelBox box = sf_label_box (label);

  sf_scene_line (drawing->scene, SF_INK_PAPER, SF_DASH_SOLID, label->size, (box.x[0] + box.x[3]) / 2,
                 (box.y[0] + box.y[3]) / 2, (box.x[1] + box.x[2]) / 2, (box.y[1] + box.y[2]) / 2);
}

/* Places a label beside `arrow` where it stands on the fewest lines. Stores it in `*ret_label`, if not NULL. FALSE if
 * there is no room. */
static gboolean
put_label (SfPageDrawing *drawing, const Arrow *arrow, const Stand *stand, SfLabel *ret_label)
{
  double length = MAX (hypot (arrow->x2 - arrow->x1, arrow->y2 - arrow->y1), 1);
  double own = sf_text_width (stand->text, drawing->layout->page_size.font, FALSE) / length;
  double last = MAX (stand->to - own, stand->from);
  double least = G_MAXDOUBLE;
  guint below = 0;
  SfLabel best = { 0 };

  for (guint i = 0; i <= TRIES && least > i * stand->near; i++)
    {
      SfLabel label = label_at (drawing, arrow, stand, stand->from + (last - stand->from) * i / TRIES);
      guint crossed;

      if (sf_label_room_try (drawing->room, &label, arrow->left, arrow->right, &crossed)
          && crossed + i * stand->near < least)
        {
          least = crossed + i * stand->near;
          below = crossed;
          best = label;
        }
    }
  if (best.text == NULL)
    return FALSE;
  if (below > 0)
    draw_halo (drawing, &best);
  sf_page_label (drawing, &best);
  if (ret_label != NULL)
    *ret_label = best;
  return TRUE;
}

/* Draws `label` at its place. FALSE if there is no room. */
static gboolean
put_here (SfPageDrawing *drawing, const Arrow *arrow, const SfLabel *label)
{
  guint crossed;

  if (!sf_label_room_try (drawing->room, label, arrow->left, arrow->right, &crossed))
    return FALSE;
  if (crossed > 0)
    draw_halo (drawing, label);
  sf_page_label (drawing, label);
  return TRUE;
}

/* Places `text`, not rotated, beside the arrow where it stands on the fewest lines, and then nearest to the beginning
 * of the arrow, or to its end (`at_end`). FALSE if there is no room. */
static gboolean
put_upright (SfPageDrawing *drawing, const Arrow *arrow, const char *text, gboolean at_end, SfInk ink,
             SfLabel *ret_label)
{
  const SfPageSize *page_size = &drawing->layout->page_size;
  double least = G_MAXDOUBLE;

  for (int i = 0; i <= TRIES; i++)
    for (int side = -1; side <= 1; side += 2)
      {
        double at = (double) (at_end ? TRIES - i : i) / TRIES;
        SfLabel label = {
          .text = (char *) text,
          .x = arrow->x1 + (arrow->x2 - arrow->x1) * at + side * BESIDE * page_size->line,
          .y = arrow->y1 + (arrow->y2 - arrow->y1) * at - ABOVE * page_size->font * side * arrow->heading,
          .align = side > 0 ? SF_ALIGN_LEFT : SF_ALIGN_RIGHT,
          .size = page_size->font,
          .ink = ink,
        };
        guint crossed;

        if (sf_label_room_try (drawing->room, &label, arrow->left, arrow->right, &crossed)
            && crossed + i * STEP < least)
          {
            least = crossed + i * STEP;
            *ret_label = label;
          }
      }
  if (least == G_MAXDOUBLE)
    return FALSE;
  draw_halo (drawing, ret_label);
  sf_page_label (drawing, ret_label);
  return TRUE;
}

/* Places the name of an arrow: above it, or below it, or not rotated beside it. FALSE if there is no room. */
static gboolean
put_name (SfPageDrawing *drawing, Arrow *arrow, const char *text)
{
  double length = MAX (hypot (arrow->x2 - arrow->x1, arrow->y2 - arrow->y1), 1);
  double beside = MIN (BESIDE * drawing->layout->page_size.line / length, MOST_BESIDE);
  Stand stand = { text, SF_INK_TEXT, beside, 1 - beside, -1, STEP };

  if (put_label (drawing, arrow, &stand, &arrow->name))
    return TRUE;
  stand.side = 1;
  if (put_label (drawing, arrow, &stand, &arrow->name))
    return TRUE;
  return put_upright (drawing, arrow, text, FALSE, SF_INK_TEXT, &arrow->name);
}

/* Places `text` after the name of an arrow. FALSE if there is no room. */
static gboolean
put_after_name (SfPageDrawing *drawing, const Arrow *arrow, const char *text, const char *name)
{
  SfLabel label = arrow->name;
  double away = sf_text_width (name, label.size, FALSE) + label.size / 2;

  if (arrow->name.text == NULL)
    return FALSE;
  label.text = (char *) text;
  label.ink = SF_INK_FAINT;
  label.x += arrow->heading * away * cos (label.angle * G_PI / 180);
  label.y -= arrow->heading * away * sin (label.angle * G_PI / 180);
  return put_here (drawing, arrow, &label);
}

static void
leave_out (SfPageDrawing *drawing, guint p, const Arrow *arrow, gboolean below)
{
  SfRoomRequest request = { p, arrow->transit, below };

  g_array_append_val (drawing->requests, request);
  drawing->left_out++;
}

/* Marks the middle of an arrow whose label is left out. */
static void
mark_left_out (SfPageDrawing *drawing, const Arrow *arrow)
{
  double x = (arrow->x1 + arrow->x2) / 2, y = (arrow->y1 + arrow->y2) / 2;

  sf_scene_line (drawing->scene, SF_INK_FAINT, SF_DASH_SOLID, 1, x, y - 2, x, y + 2);
}

/* Writes the name of an arrow. An arrow that began on an earlier page has its name there, so here only if there is room
 * between the lifelines. */
static void
label_arrow (SfPageDrawing *drawing, guint p, Arrow *arrow)
{
  const SfPanel *panel = &drawing->layout->panels[p];
  gboolean absolute = drawing->layout->options->absolute;
  g_autofree char *name = sf_sequence_label (panel->rows, arrow->transit, absolute, FALSE);
  g_autofree char *brief = sf_sequence_label (panel->rows, arrow->transit, absolute, TRUE);
  double line = drawing->layout->page_size.line;

  if (!arrow->begins
      && sf_text_width (name, drawing->layout->page_size.font, FALSE) + line > fabs (arrow->x2 - arrow->x1))
    return;
  if (drawing->left_out < MOST_LEFT_OUT && (put_name (drawing, arrow, name) || put_name (drawing, arrow, brief)))
    return;
  if (!arrow->begins)
    return;
  mark_left_out (drawing, arrow);
  leave_out (drawing, p, arrow, FALSE);
}

/* Places `text` beyond the end of an arrow that does not arrive, at the one of several heights where it stands on the
 * fewest lines. FALSE if there is no room. */
static gboolean
put_behind (SfPageDrawing *drawing, const Arrow *arrow, const char *text)
{
  static const double heights[] = { 0, 0.5, -0.5, 1, -1 }; /* in lines, below the end of the arrow */
  const SfPageSize *page_size = &drawing->layout->page_size;
  guint least = G_MAXUINT;
  SfLabel best = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (heights) && least > 0; i++)
    {
      SfLabel label = {
        .text = (char *) text,
        .x = arrow->x2 + arrow->heading * BEYOND * page_size->line,
        .y = arrow->y2 + heights[i] * page_size->line,
        .align = arrow->heading > 0 ? SF_ALIGN_LEFT : SF_ALIGN_RIGHT,
        .size = page_size->font,
        .ink = SF_INK_ALARM,
      };
      guint crossed;

      if (sf_label_room_try (drawing->room, &label, arrow->left, arrow->right, &crossed) && crossed < least)
        {
          least = crossed;
          best = label;
        }
    }
  return best.text != NULL && put_here (drawing, arrow, &best);
}

/* Writes the remark on a segment below its arrow, or after its name, on each page that has room for it. */
static void
remark_arrow (SfPageDrawing *drawing, guint p, const Arrow *arrow, double beside)
{
  const SfRows *rows = drawing->layout->panels[p].rows;
  g_autofree char *remark = sf_sequence_remark (rows, arrow->transit);
  g_autofree char *name = sf_sequence_label (rows, arrow->transit, drawing->layout->options->absolute, FALSE);
  SfLabel label;

  if (remark != NULL
      && !put_label (drawing, arrow, &(Stand){ remark, SF_INK_FAINT, beside, 1 - beside, 1, REMARK_STEP }, NULL)
      && !put_after_name (drawing, arrow, remark, name)
      && !put_upright (drawing, arrow, remark, FALSE, SF_INK_FAINT, &label) && arrow->begins
      && (arrow->arrives || arrow->stops))
    leave_out (drawing, p, arrow, TRUE);
}

/* Writes beyond the end of an arrow why it goes no further. */
static void
end_arrow (SfPageDrawing *drawing, guint p, const Arrow *arrow)
{
  const SfRows *rows = drawing->layout->panels[p].rows;
  gboolean open = sf_transit (rows->transits, arrow->transit)->end == SF_NO_RECORD && drawing->is_last;
  g_autofree char *end = arrow->stops || open ? sf_sequence_end_words (rows, arrow->transit) : NULL;
  SfLabel label;

  if (end != NULL && !put_behind (drawing, arrow, end)
      && !put_upright (drawing, arrow, end, TRUE, SF_INK_ALARM, &label))
    leave_out (drawing, p, arrow, TRUE);
}

static void
explain_arrow (SfPageDrawing *drawing, guint p, const Arrow *arrow)
{
  double length = MAX (hypot (arrow->x2 - arrow->x1, arrow->y2 - arrow->y1), 1);
  double beside = MIN (BESIDE * drawing->layout->page_size.line / length, MOST_BESIDE);

  if (drawing->left_out >= MOST_LEFT_OUT)
    return;
  remark_arrow (drawing, p, arrow, beside);
  end_arrow (drawing, p, arrow);
}

/* TRUE if the point (x, y) is not near to any arrow except number `self`. */
static gboolean
is_apart (const SfPageDrawing *drawing, const GArray *arrows, guint self, double x, double y)
{
  double near = APART * drawing->layout->page_size.line;

  for (guint i = 0; i < arrows->len; i++)
    {
      const Arrow *other = &g_array_index (arrows, Arrow, i);
      double dx = other->x2 - other->x1, dy = other->y2 - other->y1, length = MAX (hypot (dx, dy), 1);
      double along = ((x - other->x1) * dx + (y - other->y1) * dy) / length;

      if (i != self && along > -near && along < length + near
          && fabs ((x - other->x1) * dy - (y - other->y1) * dx) / length < near)
        return FALSE;
    }
  return TRUE;
}

/* Makes the arrow of a lost segment longer or shorter if it would end on another one: one could not see which of them
 * is lost. */
static void
end_apart (const SfPageDrawing *drawing, GArray *arrows, guint i)
{
  static const double factors[] = { 1, 1.2, 1.35, 0.85 }; /* of its length */
  Arrow *arrow = &g_array_index (arrows, Arrow, i);
  double reach = arrow->x2 - arrow->x1;

  if (!arrow->stops || !arrow->begins)
    return;
  for (guint k = 0; k < G_N_ELEMENTS (factors); k++)
    if (is_apart (drawing, arrows, i, arrow->x1 + factors[k] * reach, arrow->y2))
      {
        arrow->x2 = arrow->x1 + factors[k] * reach;
        return;
      }
}

/* Remembers the arrows that do not end on this page, for the next. */
static void
keep_flying (SfPageDrawing *drawing, guint p, GArray *arrows)
{
  const SfPanel *panel = &drawing->layout->panels[p];
  GArray *flying = drawing->panels[p].flying;

  g_array_set_size (flying, 0);
  for (guint i = 0; i < arrows->len; i++)
    {
      guint transit = g_array_index (arrows, Arrow, i).transit;

      if (panel->end_y[transit] >= drawing->bottom
          || (panel->end_y[transit] < 0 && !g_array_index (arrows, Arrow, i).stops))
        g_array_append_val (flying, transit);
    }
}

/* Returns the place of `arrow`, rounded to spots, as one number. */
static gint64
spot_of (const Arrow *arrow)
{
  const double at[] = { arrow->x1, arrow->y1, arrow->x2, arrow->y2 };
  guint64 spot = 0;

  for (guint i = 0; i < G_N_ELEMENTS (at); i++)
    spot = spot << 16 | (guint16) CLAMP (at[i] / SPOT, 0, G_MAXUINT16);
  return (gint64) spot;
}

/* TRUE if an arrow like `arrow` was drawn on the same spot; then this one is only counted. Arrows that are lost,
 * refused or late are never hidden. */
static gboolean
is_hidden (SfPageDrawing *drawing, const SfPanel *panel, GHashTable *spots, const Arrow *arrow)
{
  gint64 spot = spot_of (arrow);

  if (!arrow->arrives || sf_sequence_is_odd (panel->rows, arrow->transit)
      || sf_sequence_is_refused (panel->rows, arrow->transit)
      || g_hash_table_add (spots, g_memdup2 (&spot, sizeof spot)))
    return FALSE;
  drawing->n_hidden++;
  return TRUE;
}

/* Returns the arrows of this page: of transits in flight, and of those that begin in rows `first` … `last` - 1. */
static GArray *
find_arrows (SfPageDrawing *drawing, guint p, guint first, guint last)
{
  const SfPanel *panel = &drawing->layout->panels[p];
  const GArray *flying = drawing->panels[p].flying;
  GArray *arrows = g_array_new (FALSE, FALSE, sizeof (Arrow));
  g_autoptr (GHashTable) spots = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Arrow arrow;

  for (guint i = 0; i < flying->len; i++)
    if (find_arrow (drawing, panel, g_array_index (flying, guint, i), &arrow))
      g_array_append_val (arrows, arrow);
  for (guint i = first; i < last; i++)
    {
      const SfRow *row = sf_row (panel->rows, i);
      gboolean begins = row->kind == SF_ROW_LEAVE || (row->kind == SF_ROW_END && panel->leave_y[row->transit] < 0);

      if (begins && find_arrow (drawing, panel, row->transit, &arrow)
          && (last - first < CROWD || !is_hidden (drawing, panel, spots, &arrow)))
        g_array_append_val (arrows, arrow);
    }
  return arrows;
}

void
sf_sequence_draw_transits (SfPageDrawing *drawing, guint p, guint first, guint last)
{
  const SfPanel *panel = &drawing->layout->panels[p];
  g_autoptr (GArray) arrows = find_arrows (drawing, p, first, last);

  for (guint i = 0; i < arrows->len && arrows->len < MANY; i++)
    end_apart (drawing, arrows, i);
  for (guint i = 0; i < arrows->len; i++)
    draw_arrow (drawing, panel, &g_array_index (arrows, Arrow, i));
  sf_sequence_draw_backdrops (drawing, p);
  for (guint i = 0; i < arrows->len; i++)
    label_arrow (drawing, p, &g_array_index (arrows, Arrow, i));
  for (guint i = 0; i < arrows->len; i++)
    explain_arrow (drawing, p, &g_array_index (arrows, Arrow, i));
  keep_flying (drawing, p, arrows);
}
