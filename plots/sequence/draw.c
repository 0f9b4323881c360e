/* SPDX-License-Identifier: MIT */
#include "plots/sequence/draw.h"

#include "base/gettext.h"
#include "plots/sequence/sentences.h"
#include "trace/words.h"

#include <string.h>

/* The gap between words and lifelines or the axis, in lines. */
#define GAP 0.35

/* Size of the font of a state, per that of other words. */
#define STATE_SIZE 0.92

/* Height of the rectangle behind a state, in lines. */
#define FIELD 1.02

/* The middle of the names of states that continue from the page before, below the beginning of the page, in lines. */
#define STATES_Y 0.75

/* The height of the waves that fold a lifeline, in lines. */
#define WAVE 0.28

void
sf_page_label (SfPageDrawing *drawing, const SfLabel *label)
{
  sf_scene_label (drawing->scene, label);
  sf_label_room_take (drawing->room, label);
}

static double
on_page (const SfPageDrawing *drawing, double y)
{
  return y + drawing->offset;
}

/* Lifelines. */

static double
bar_x (const SfPageDrawing *drawing, const SfLifeline *line, guint bar)
{
  double first = sf_lifeline_edge (drawing->layout, line, line->side) - line->side * drawing->layout->page_size.bar / 2;

  if (line->n_bars < 2)
    return line->x;
  return line->x + (first - line->x) * bar / (line->n_bars - 1);
}

/* Draws bar number `bar` down to `y` in `state`, the state that ends there. */
static void
flush_bar (SfPageDrawing *drawing, guint p, const SfLifeline *line, guint bar, SfState state, double y)
{
  SfPanelProgress *progress = &drawing->panels[p];
  double *since = &progress->since[line->host][bar];
  double half = drawing->layout->page_size.bar / 2, x = bar_x (drawing, line, bar);
  double from = MAX (*since, drawing->top);

  if (state != SF_CLOSED && y > from)
    {
      sf_scene_rect (drawing->scene, SF_INK_STATE + state, x - half, on_page (drawing, from), x + half,
                     on_page (drawing, y));
      sf_scene_frame (drawing->scene, SF_INK_FAINT, 0.4, x - half, on_page (drawing, from), x + half,
                      on_page (drawing, y));
    }
  *since = y;
}

/* Draws the base line of a lifeline down to `y`: broken without a connection, missing where the host is down. */
static void
flush_base (SfPageDrawing *drawing, guint p, const SfLifeline *line, double y)
{
  SfPanelProgress *progress = &drawing->panels[p];
  guint64 bit = sf_row_bit (line->host);
  double from = MAX (progress->base[line->host], drawing->top);

  if (y > from && bit != 0 && (progress->up & bit) == 0)
    {
      SfLifelinePiece piece = { line->host, from, y };

      g_array_append_val (progress->down, piece);
    }
  else if (y > from)
    sf_scene_line (drawing->scene, SF_INK_FAINT, (progress->alive & bit) != 0 ? SF_DASH_SOLID : SF_DASH_DOTTED, 0.7,
                   line->x, on_page (drawing, from), line->x, on_page (drawing, y));
  progress->base[line->host] = y;
}

static void
flush_lifeline (SfPageDrawing *drawing, guint p, const SfLifeline *line, double y)
{
  const SfBar *bars = drawing->panels[p].bars.hosts[line->host];

  flush_base (drawing, p, line, y);
  for (guint bar = 0; bar < SF_MAX_BARS; bar++)
    flush_bar (drawing, p, line, bar, bars[bar].state, y);
}

/* Draws those bars down to `y` that are no longer as they were `before`. */
static void
flush_changes (SfPageDrawing *drawing, guint p, const SfLifeline *line, const SfBar *before, double y)
{
  const SfBar *bars = drawing->panels[p].bars.hosts[line->host];

  for (guint bar = 0; bar < SF_MAX_BARS; bar++)
    if (bars[bar].state != before[bar].state || bars[bar].conn != before[bar].conn)
      flush_bar (drawing, p, line, bar, before[bar].state, y);
}

void
sf_follow_row (SfPanelProgress *progress, const SfPanel *panel, guint i)
{
  const SfRow *row = sf_row (panel->rows, i);

  sf_bars_apply (&progress->bars, row);
  for (guint k = 0; k < panel->n_lifelines; k++)
    sf_bars_expire (&progress->bars, row, panel->lifelines[k].host);
  progress->alive = row->alive;
  progress->up = row->up;
}

/* Returns the y at which `row` changes a lifeline: where the new state is named, but not below the arrow that causes
 * it. */
static double
change_y (const SfPageDrawing *drawing, const SfPanel *panel, const SfRow *row, const SfRowPlace *place)
{
  gboolean linear = drawing->layout->scale > 0;

  if (place->state_y < 0 || linear)
    return place->y;
  if (row->kind == SF_ROW_END && sf_trace_record (panel->rows->trace, row->change)->state.to != SF_CLOSED)
    return place->y;
  return place->state_y;
}

/* Applies row `i` to the lifelines, and draws what ends there. */
static void
follow_row (SfPageDrawing *drawing, guint p, guint i)
{
  SfPanelProgress *progress = &drawing->panels[p];
  const SfPanel *panel = &drawing->layout->panels[p];
  const SfRow *row = sf_row (panel->rows, i);
  const SfRowPlace *place = sf_place (panel, i);
  double y = change_y (drawing, panel, row, place);

  for (guint k = 0; k < panel->n_lifelines; k++)
    {
      const SfLifeline *line = &panel->lifelines[k];
      guint64 bit = sf_row_bit (line->host);
      gboolean changes = row->host == line->host && row->change != SF_NO_RECORD;
      SfBar before[SF_MAX_BARS];

      if (!changes && ((progress->alive ^ row->alive) & bit) == 0 && ((progress->up ^ row->up) & bit) == 0)
        continue;
      flush_base (drawing, p, line, y);
      memcpy (before, progress->bars.hosts[line->host], sizeof before);
      if (changes)
        sf_bars_apply (&progress->bars, row);
      sf_bars_expire (&progress->bars, row, line->host);
      flush_changes (drawing, p, line, before, y);
    }
  progress->alive = row->alive;
  progress->up = row->up;
}

/* Words. */

static void
draw_backdrop (SfPageDrawing *drawing, const SfBackdrop *backdrop)
{
  sf_scene_rect (drawing->scene, backdrop->ink, backdrop->x1, backdrop->y1, backdrop->x2, backdrop->y2);
  if (backdrop->framed)
    sf_scene_frame (drawing->scene, SF_INK_FAINT, 0.4, backdrop->x1, backdrop->y1, backdrop->x2, backdrop->y2);
}

/* Draws a backdrop beside `line`, or keeps it for later if arrows pass there. */
static void
add_backdrop (SfPageDrawing *drawing, const SfLifeline *line, const SfBackdrop *backdrop)
{
  if (line->middle)
    g_array_append_val (drawing->backdrops, *backdrop);
  else
    draw_backdrop (drawing, backdrop);
}

void
sf_sequence_draw_backdrops (SfPageDrawing *drawing, guint p)
{
  const SfPanel *panel = &drawing->layout->panels[p];

  for (guint i = 0; i < drawing->backdrops->len; i++)
    {
      const SfBackdrop *backdrop = &g_array_index (drawing->backdrops, SfBackdrop, i);

      if (backdrop->x1 >= panel->left && backdrop->x1 <= panel->right)
        draw_backdrop (drawing, backdrop);
    }
}

/* Writes words on a backdrop of paper, `away` points from where words begin. */
static void
label_words (SfPageDrawing *drawing, const SfLifeline *line, const char *text, double away, double y, SfInk ink)
{
  double size = drawing->layout->page_size.font, half = size * SF_TEXT_HEIGHT / 2;
  double x = sf_lifeline_words_x (drawing->layout, line) + line->side * away;

  add_backdrop (drawing, line,
                &(SfBackdrop){ SF_INK_PAPER, FALSE, x, on_page (drawing, y) - half,
                               x + line->side * sf_text_width (text, size, FALSE), on_page (drawing, y) + half });
  sf_page_label (drawing, &(SfLabel){ .text = (char *) text,
                                      .x = x,
                                      .y = on_page (drawing, y),
                                      .align = line->side < 0 ? SF_ALIGN_RIGHT : SF_ALIGN_LEFT,
                                      .size = size,
                                      .ink = ink });
}

/* Connects words to their row by a line if they stand elsewhere. This happens only with time to scale. */
static void
draw_leader (SfPageDrawing *drawing, const SfLifeline *line, double row_y, double y)
{
  double edge = sf_lifeline_edge (drawing->layout, line, line->side);

  if (drawing->layout->scale > 0 && y - row_y > 2)
    sf_scene_line (drawing->scene, SF_INK_FAINT, SF_DASH_SOLID, 0.4, edge, on_page (drawing, row_y),
                   sf_lifeline_words_x (drawing->layout, line) - line->side, on_page (drawing, y));
}

static void
draw_words (SfPageDrawing *drawing, const SfLifeline *line, const SfRow *row, const SfRowPlace *place)
{
  static const SfInk inks[] = {
    [SF_SPEAKER_CALL] = SF_INK_CALL,
    [SF_SPEAKER_TIMER] = SF_INK_TIMER,
    [SF_SPEAKER_REMARK] = SF_INK_FAINT,
    [SF_SPEAKER_ALARM] = SF_INK_ALARM,
  };
  const SfPageSize *page_size = &drawing->layout->page_size;
  const char *sign = sf_sequence_sign (line, row->speaker);
  g_autoptr (GPtrArray) lines = sf_sequence_words (drawing->layout, line, row);

  draw_leader (drawing, line, place->y, place->text_y);
  if (*sign != '\0')
    label_words (drawing, line, sign, 0, place->text_y, inks[row->speaker]);
  for (guint i = 0; i < lines->len; i++)
    label_words (drawing, line, g_ptr_array_index (lines, i), sf_text_width (sign, page_size->font, FALSE),
                 place->text_y + i * page_size->line, inks[row->speaker]);
}

/* Draws the name of a state on a rectangle of its color, beside bar number `bar`. */
static void
draw_state (SfPageDrawing *drawing, const SfLifeline *line, const char *text, SfState state, guint bar, double y)
{
  const SfPageSize *page_size = &drawing->layout->page_size;
  double size = STATE_SIZE * page_size->font, half = FIELD * page_size->line / 2;
  double near = bar != SF_NO_BAR ? bar_x (drawing, line, bar) + line->side * page_size->bar / 2
                                 : sf_lifeline_edge (drawing->layout, line, line->side);
  double x = sf_lifeline_words_x (drawing->layout, line);
  double far = x + line->side * (sf_text_width (text, size, TRUE) + GAP * page_size->line);
  double top = on_page (drawing, y) - half, bottom = on_page (drawing, y) + half;

  if (state != SF_CLOSED)
    add_backdrop (drawing, line, &(SfBackdrop){ SF_INK_STATE + state, TRUE, near, top, far, bottom });
  else
    {
      add_backdrop (drawing, line, &(SfBackdrop){ SF_INK_PAPER, FALSE, x, top, far, bottom });
      if (line->n_bars < 2)
        sf_scene_line (drawing->scene, SF_INK_FAINT, SF_DASH_SOLID, 0.7, line->x - page_size->bar / 2,
                       on_page (drawing, y), line->x + page_size->bar / 2, on_page (drawing, y));
    }
  sf_page_label (drawing, &(SfLabel){ .text = (char *) text,
                                      .x = x,
                                      .y = on_page (drawing, y),
                                      .align = line->side < 0 ? SF_ALIGN_RIGHT : SF_ALIGN_LEFT,
                                      .size = size,
                                      .bold = TRUE,
                                      .ink = SF_INK_TEXT });
}

/* Returns the bar of connection `conn` of `host`, SF_NO_BAR if it has none. */
static guint
bar_of (const SfPanelProgress *progress, guint16 host, guint32 conn)
{
  for (guint i = 0; i < SF_MAX_BARS; i++)
    if (progress->bars.hosts[host][i].conn == conn && progress->bars.hosts[host][i].state != SF_CLOSED)
      return i;
  return SF_NO_BAR;
}

/* Returns a label between the first two lifelines. */
static SfLabel
world_label (const SfPageDrawing *drawing, const SfPanel *panel, const char *text, double y)
{
  double x = panel->n_lifelines > 1 ? (panel->lifelines[0].x + panel->lifelines[1].x) / 2
                                    : (panel->left + panel->right) / 2;

  return (SfLabel){ .text = (char *) text,
                    .x = x,
                    .y = on_page (drawing, y),
                    .align = SF_ALIGN_CENTER,
                    .size = drawing->layout->page_size.font,
                    .ink = SF_INK_FAINT };
}

static void
draw_paper (SfPageDrawing *drawing, const SfLabel *label)
{
  double half = sf_text_width (label->text, label->size, FALSE) / 2;

  sf_scene_rect (drawing->scene, SF_INK_PAPER, label->x - half, label->y - label->size / 2, label->x + half,
                 label->y + label->size / 2);
}

static void
draw_world (SfPageDrawing *drawing, const SfPanel *panel, const char *text, double y)
{
  SfLabel label = world_label (drawing, panel, text, y);

  draw_paper (drawing, &label);
  sf_page_label (drawing, &label);
}

/* Draws the words and the state of row `i`, which has been applied to the lifelines. */
static void
draw_row (SfPageDrawing *drawing, guint p, guint i)
{
  const SfPanel *panel = &drawing->layout->panels[p];
  const SfRow *row = sf_row (panel->rows, i);
  const SfRowPlace *place = sf_place (panel, i);
  guint k = sf_panel_lifeline (panel, row->host);

  if (row->kind == SF_ROW_WORLD && place->text_y >= 0)
    draw_world (drawing, panel, row->text, place->y);
  if (k == SF_NO_LIFELINE)
    return;
  if (place->text_y >= 0)
    draw_words (drawing, &panel->lifelines[k], row, place);
  if (place->state_y >= 0)
    {
      const SfRecord *change = sf_trace_record (panel->rows->trace, row->change);

      if (place->text_y < 0)
        draw_leader (drawing, &panel->lifelines[k], place->y, place->state_y);
      draw_state (drawing, &panel->lifelines[k], row->state, change->state.to,
                  bar_of (&drawing->panels[p], row->host, change->state.to == SF_LISTEN ? 0 : change->conn),
                  place->state_y);
    }
}

/* Writes the states that continue from the page before, or from before the part that is shown. If the names on two
 * neighboring lifelines do not fit between them, the second is left out; the color of its bar shows the state. */
static void
draw_states_again (SfPageDrawing *drawing, guint p)
{
  const SfPanel *panel = &drawing->layout->panels[p];
  const SfPageSize *page_size = &drawing->layout->page_size;
  double y = drawing->top + STATES_Y * page_size->line;
  double taken = panel->left;

  for (guint k = 0; k < panel->n_lifelines; k++)
    {
      const SfLifeline *line = &panel->lifelines[k];
      const SfBar *bar = drawing->panels[p].bars.hosts[line->host];

      if (bar[0].state != SF_CLOSED)
        {
          guint record = sf_row (panel->rows, drawing->panels[p].next - 1)->record;
          g_autofree char *label = sf_rows_conn_label (panel->rows, bar[0].conn, record);
          g_autofree char *text = g_strconcat (label, sf_state_name (bar[0].state), NULL);
          double width = sf_text_width (text, STATE_SIZE * page_size->font, TRUE) + GAP * page_size->line;
          double x = sf_lifeline_words_x (drawing->layout, line);

          if (k > 0 && line->side < 0 && x - width < taken)
            continue;
          draw_state (drawing, line, text, bar[0].state, 0, y);
          taken = MAX (taken, line->side < 0 ? x : x + width);
        }
    }
}

static void
draw_omitted (SfPageDrawing *drawing, const SfPanel *panel)
{
  for (guint i = 0; i < panel->omitted->len; i++)
    {
      const SfOmitted *omitted = &g_array_index (panel->omitted, SfOmitted, i);
      g_autofree char *text = g_strdup_printf (tr (drawing->layout->options->lang, "and %u more"), omitted->n);

      if (omitted->y + drawing->layout->page_size.line <= drawing->bottom)
        label_words (drawing, &panel->lifelines[omitted->lifeline], text, 0, omitted->y, SF_INK_FAINT);
    }
}

/* Silences. */

static void
draw_fold (SfPageDrawing *drawing, double x, double y)
{
  double w = drawing->layout->page_size.bar, h = WAVE * drawing->layout->page_size.line;

  sf_scene_rect (drawing->scene, SF_INK_PAPER, x - w, y - 2 * h, x + w, y + 2 * h);
  for (int i = -1; i <= 1; i += 2)
    {
      double up = y + i * h - h / 2, down = y + i * h + h / 2;

      sf_scene_line (drawing->scene, SF_INK_FAINT, SF_DASH_SOLID, 0.8, x - w, down, x - w / 3, up);
      sf_scene_line (drawing->scene, SF_INK_FAINT, SF_DASH_SOLID, 0.8, x - w / 3, up, x + w / 3, down);
      sf_scene_line (drawing->scene, SF_INK_FAINT, SF_DASH_SOLID, 0.8, x + w / 3, down, x + w, up);
    }
}

static gboolean
is_down (const SfPanelProgress *progress, guint16 host, double y)
{
  for (guint i = 0; i < progress->down->len; i++)
    {
      const SfLifelinePiece *piece = &g_array_index (progress->down, SfLifelinePiece, i);

      if (piece->host == host && piece->from <= y && y < piece->to)
        return TRUE;
    }
  return FALSE;
}

static void
fold_lifeline (SfPageDrawing *drawing, guint p, const SfLifeline *line, double y)
{
  if (!is_down (&drawing->panels[p], line->host, y))
    for (guint bar = 0; bar < line->n_bars; bar++)
      draw_fold (drawing, bar_x (drawing, line, bar), on_page (drawing, y));
}

/* Draws the fold of the lifelines of panel `p` at a silence, and reserves the room of its `label`. */
static void
fold_panel (SfPageDrawing *drawing, guint p, double y, const SfLabel *label)
{
  const SfPanel *panel = &drawing->layout->panels[p];

  for (guint k = 0; k < panel->n_lifelines; k++)
    fold_lifeline (drawing, p, &panel->lifelines[k], y);
  sf_label_room_take (drawing->room, label);
}

/* Draws silences, or writes their lengths if they are `drawn`. */
static void
draw_silences (SfPageDrawing *drawing, gboolean drawn)
{
  const SfSequenceLayout *layout = drawing->layout;

  for (guint i = 0; i < layout->silences->len; i++)
    {
      const SfSilence *silence = &g_array_index (layout->silences, SfSilence, i);
      double y = (silence->top + silence->bottom) / 2;
      g_autoptr (GString) text = g_string_new (NULL);

      if (silence->top < drawing->top || silence->bottom > drawing->bottom)
        continue;
      sf_words_duration (text, silence->length);
      for (guint p = 0; p < layout->n_panels; p++)
        {
          SfLabel label = world_label (drawing, &layout->panels[p], text->str, y);

          if (drawn)
            {
              draw_paper (drawing, &label);
              sf_scene_label (drawing->scene, &label);
            }
          else
            fold_panel (drawing, p, y, &label);
        }
    }
}

void
sf_sequence_draw_silences (SfPageDrawing *drawing)
{
  draw_silences (drawing, FALSE);
}

void
sf_name_silences (SfPageDrawing *drawing)
{
  draw_silences (drawing, TRUE);
}

/* The axis of time. */

void
sf_sequence_draw_stamps (SfPageDrawing *drawing)
{
  const SfSequenceLayout *layout = drawing->layout;
  double x = layout->page_size.margin + layout->time_width;

  for (guint i = 0; i < layout->stamps->len; i++)
    {
      const SfTimeMark *stamp = &g_array_index (layout->stamps, SfTimeMark, i);
      g_autoptr (GString) text = g_string_new (NULL);

      if (stamp->y < drawing->top || stamp->y >= drawing->bottom)
        continue;
      sf_sequence_instant (layout, text, stamp->t);
      sf_scene_line (drawing->scene, SF_INK_STATE + SF_LISTEN, SF_DASH_SOLID, 0.4, x, on_page (drawing, stamp->y),
                     layout->page_size.width - layout->page_size.margin, on_page (drawing, stamp->y));
      sf_page_label (drawing, &(SfLabel){ .text = text->str,
                                          .x = x - GAP * layout->page_size.line,
                                          .y = on_page (drawing, stamp->y),
                                          .align = SF_ALIGN_RIGHT,
                                          .size = layout->page_size.font,
                                          .ink = SF_INK_FAINT });
    }
}

/* Pages. */

/* Returns the row after the last one of panel `p` on this page. */
static guint
page_rows (const SfPageDrawing *drawing, guint p)
{
  const SfPanel *panel = &drawing->layout->panels[p];
  guint i = drawing->panels[p].next;

  while (i < panel->last && (drawing->is_last || sf_place (panel, i)->y < drawing->bottom))
    i++;
  return i;
}

/* Makes labels of arrows avoid the bars of a lifeline if they can. */
static void
keep_off (SfPageDrawing *drawing, const SfLifeline *line)
{
  for (int heading = -1; heading <= 1; heading += 2)
    {
      double x = sf_lifeline_edge (drawing->layout, line, heading);

      sf_label_room_line (drawing->room, x, on_page (drawing, drawing->top), x, on_page (drawing, drawing->bottom));
    }
}

void
sf_sequence_draw_panel (SfPageDrawing *drawing, guint p, guint *ret_first, guint *ret_last)
{
  const SfPanel *panel = &drawing->layout->panels[p];
  SfPanelProgress *progress = &drawing->panels[p];
  guint first = progress->next, last = page_rows (drawing, p);

  g_array_set_size (progress->down, 0);
  if (first > 0)
    draw_states_again (drawing, p);
  for (guint i = first; i < last; i++)
    {
      follow_row (drawing, p, i);
      draw_row (drawing, p, i);
    }
  for (guint k = 0; k < panel->n_lifelines; k++)
    {
      flush_lifeline (drawing, p, &panel->lifelines[k], drawing->bottom);
      keep_off (drawing, &panel->lifelines[k]);
    }
  draw_omitted (drawing, panel);
  if (panel->ending_y >= drawing->top && (panel->ending_y < drawing->bottom || drawing->is_last))
    draw_world (drawing, panel, sf_rows_ending (panel->rows), panel->ending_y);
  progress->next = last;
  *ret_first = first;
  *ret_last = last;
}
