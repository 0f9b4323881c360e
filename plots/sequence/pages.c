/* SPDX-License-Identifier: MIT */
#include "plots/sequence/pages.h"

#include "base/gettext.h"
#include "base/units.h"
#include "plots/sequence/draw.h"
#include "plots/sequence/sentences.h"

/* The distance of lines of text, and the width of a bar of states, per size of the font. */
#define LINE_PITCH 1.38
#define BAR_WIDTH 0.85

/* Sizes of the fonts of the title and of the texts below it, per that of labels. */
#define TITLE_SIZE 1.5
#define ASKS_SIZE 1.12

/* The distance of lines of the title, per size of their font. */
#define TITLE_PITCH 1.3

/* The gap below the title, in lines. */
#define TITLE_GAP 0.6

/* What each lifeline beyond two adds to the width of a page of free size, in points, and how many lifelines may. */
#define MORE_WIDTH 250
#define MOST_MORE 6

/* How far labels may extend below the lifelines, in lines. */
#define BELOW 2

/* The head of a lifeline: its height, and the middles of name and address in it, in lines; the size of the name per
 * that of labels. */
#define HEAD_HEIGHT 2.6
#define NAME_Y 0.8
#define ADDRESS_Y 1.85
#define NAME_SIZE 1.15

/* Size of the font of addresses and footers, per that of labels. */
#define SMALL_SIZE 0.9

/* The middle of the first line of a caption, in lines. */
#define CAPTION_Y 0.7

/* The mark where two runs part: the middles of its heading and of what each run does, in lines; width of its edges in
 * points. */
#define PART_TITLE_Y 0.85
#define PART_WORDS_Y 2.05
#define PART_WIDTH 1.2

/* The footer: the part of the margin that it takes, and the room for the page number, in lines. */
#define FOOT_ROOM 0.75
#define NUMBER_ROOM 8

/* How often the layout is made again to make room for labels that found none. */
#define ROUNDS 6

/* Sentences in the description of a page, at most. */
#define MOST_SENTENCES 100

/* Returns the number of lifelines beyond two, of the run that has the most. */
static guint
count_more_lifelines (const SfRows *const *rows, guint n_panels)
{
  guint most = 0;

  for (guint p = 0; p < n_panels; p++)
    {
      guint n = 0;

      for (guint64 used = rows[p]->used; used != 0; used &= used - 1)
        n++;
      most = MAX (most, n);
    }
  return most > 2 ? most - 2 : 0;
}

SfPageSize
sf_page_size (SfPaper paper, const SfRows *const *rows, guint n_panels)
{
  static const SfPageSize page_sizes[][SF_PANELS] = {
    [SF_PAPER_FREE] = { { 820, 2000, TRUE, 24, 10, 215, 0, 0 }, { 1240, 2000, TRUE, 24, 10, 142, 0, 0 } },
    [SF_PAPER_A4] = { { 595.28, 841.89, FALSE, 34, 8, 118, 0, 0 }, { 841.89, 595.28, FALSE, 30, 7, 90, 0, 0 } },
    [SF_PAPER_SLIDE] = { { 960, 540, FALSE, 30, 12.5, 200, 0, 0 }, { 960, 540, FALSE, 24, 8.5, 100, 0, 0 } },
  };
  SfPageSize page_size = page_sizes[paper][n_panels - 1];

  page_size.line = LINE_PITCH * page_size.font;
  page_size.bar = BAR_WIDTH * page_size.font;
  if (page_size.trim)
    page_size.width += n_panels * MIN (count_more_lifelines (rows, n_panels), MOST_MORE) * MORE_WIDTH;
  return page_size;
}

/* Title. */

/* One paragraph at the head of the first page. */
typedef struct
{
  const char *text;
  double size;
  gboolean bold;
  SfInk ink;
} Paragraph;

#define N_PARAGRAPHS 3

static void
make_paragraphs (const SfPageSize *page_size, const SfSequenceTitle *title, Paragraph paragraphs[N_PARAGRAPHS])
{
  paragraphs[0] = (Paragraph){ title->title, TITLE_SIZE * page_size->font, TRUE, SF_INK_TEXT };
  paragraphs[1] = (Paragraph){ title->subtitle, ASKS_SIZE * page_size->font, TRUE, SF_INK_MARK };
  paragraphs[2] = (Paragraph){ title->asks, ASKS_SIZE * page_size->font, FALSE, SF_INK_TEXT };
}

/* Lays out the lines of the title, and draws them unless `drawing` is NULL. Returns their height. */
static double
lay_title (const SfPageSize *page_size, const SfSequenceTitle *title, SfPageDrawing *drawing)
{
  Paragraph paragraphs[N_PARAGRAPHS];
  double y = 0;

  make_paragraphs (page_size, title, paragraphs);
  for (guint i = 0; i < N_PARAGRAPHS; i++)
    {
      const Paragraph *paragraph = &paragraphs[i];
      g_autoptr (GPtrArray) lines = sf_text_fold (paragraph->text != NULL ? paragraph->text : "", paragraph->size,
                                                  paragraph->bold, page_size->width - 2 * page_size->margin);
      double pitch = TITLE_PITCH * paragraph->size;

      for (guint k = 0; k < lines->len; k++, y += pitch)
        if (drawing != NULL)
          sf_page_label (drawing, &(SfLabel){ .text = g_ptr_array_index (lines, k),
                                              .x = page_size->margin,
                                              .y = page_size->margin + y + pitch / 2,
                                              .size = paragraph->size,
                                              .bold = paragraph->bold,
                                              .ink = paragraph->ink });
    }
  return y + TITLE_GAP * page_size->line;
}

double
sf_sequence_title_height (const SfPageSize *page_size, const SfSequenceTitle *title)
{
  return lay_title (page_size, title, NULL);
}

/* Heads. */

/* Returns half the width that is free for the name over lifeline `k`. */
static double
head_room (const SfPanel *panel, guint k)
{
  double x = panel->lifelines[k].x;
  double left = k > 0 ? (x - panel->lifelines[k - 1].x) / 2 : x - panel->left;
  double right = k + 1 < panel->n_lifelines ? (panel->lifelines[k + 1].x - x) / 2 : panel->right - x;

  return MIN (left, right) - 2;
}

/* Returns the addresses of `host`, "192.0.2.1–192.0.2.2", or only the first if that is wider than `width`. */
static char *
host_addresses (const SfTraceHost *host, double size, double width)
{
  GString *text = g_string_new (NULL);
  gsize first;

  sf_append_address (text, host->addr);
  first = text->len;
  if (host->n_addrs > 1)
    {
      g_string_append (text, "\xe2\x80\x93");
      sf_append_address (text, host->addr + host->n_addrs - 1);
    }
  if (sf_text_width (text->str, size, FALSE) > width)
    g_string_truncate (text, first);
  return g_string_free (text, FALSE);
}

static void
draw_head (SfPageDrawing *drawing, const SfPanel *panel, guint k, double y)
{
  const SfPageSize *page_size = &drawing->layout->page_size;
  const SfLifeline *line = &panel->lifelines[k];
  const SfTraceHost *host = &g_array_index (panel->rows->trace->hosts, SfTraceHost, line->host);
  double room = head_room (panel, k), size = NAME_SIZE * page_size->font;
  g_autofree char *name = sf_text_cut (host->name, size, TRUE, 2 * room - page_size->line);
  g_autofree char *address = host_addresses (host, SMALL_SIZE * page_size->font, 2 * room - page_size->line);
  g_autofree char *shown = sf_text_cut (address, SMALL_SIZE * page_size->font, FALSE, 2 * room - page_size->line);
  double half = (MAX (sf_text_width (name, size, TRUE), sf_text_width (shown, SMALL_SIZE * page_size->font, FALSE))
                 + page_size->line)
                / 2;

  sf_scene_rect (drawing->scene, SF_INK_STATE + SF_CLOSED, line->x - half, y, line->x + half,
                 y + HEAD_HEIGHT * page_size->line);
  sf_scene_frame (drawing->scene, SF_INK_FAINT, 0.7, line->x - half, y, line->x + half,
                  y + HEAD_HEIGHT * page_size->line);
  sf_page_label (drawing, &(SfLabel){ .text = name,
                                      .x = line->x,
                                      .y = y + NAME_Y * page_size->line,
                                      .align = SF_ALIGN_CENTER,
                                      .size = size,
                                      .bold = TRUE,
                                      .ink = SF_INK_TEXT });
  sf_page_label (drawing, &(SfLabel){ .text = shown,
                                      .x = line->x,
                                      .y = y + ADDRESS_Y * page_size->line,
                                      .align = SF_ALIGN_CENTER,
                                      .size = SMALL_SIZE * page_size->font,
                                      .ink = SF_INK_FAINT });
}

/* Writes the caption of a run over its lifelines. */
static void
draw_caption (SfPageDrawing *drawing, const SfPanel *panel, double y)
{
  const SfPageSize *page_size = &drawing->layout->page_size;
  g_autoptr (GPtrArray) lines = sf_sequence_caption (drawing->layout, panel->caption);

  for (guint i = 0; i < lines->len; i++)
    sf_page_label (drawing, &(SfLabel){ .text = g_ptr_array_index (lines, i),
                                        .x = (panel->left + panel->right) / 2,
                                        .y = y + (CAPTION_Y + i * SF_CAPTION_PITCH) * page_size->line,
                                        .align = SF_ALIGN_CENTER,
                                        .size = SF_CAPTION_SIZE * page_size->font,
                                        .bold = TRUE,
                                        .ink = SF_INK_MARK });
}

static void
draw_heads (SfPageDrawing *drawing, double y)
{
  const SfSequenceLayout *layout = drawing->layout;

  for (guint p = 0; p < layout->n_panels; p++)
    {
      const SfPanel *panel = &layout->panels[p];
      double top = y;

      if (panel->caption != NULL)
        {
          draw_caption (drawing, panel, y);
          top += sf_sequence_caption_height (layout);
        }
      for (guint k = 0; k < panel->n_lifelines; k++)
        draw_head (drawing, panel, k, top);
    }
}

/* Returns title and subtitle as one line. */
static char *
join_titles (const SfSequenceTitle *title)
{
  return title->subtitle != NULL ? g_strconcat (title->title, " \xc2\xb7 ", title->subtitle, NULL)
                                 : g_strdup (title->title);
}

/* Draws the footer: title and page number. */
static void
draw_foot (SfPageDrawing *drawing, const SfSequenceTitle *title, guint page, guint n_pages)
{
  const SfPageSize *page_size = &drawing->layout->page_size;
  double y = drawing->scene->height - page_size->margin / 2, size = SMALL_SIZE * page_size->font;
  g_autofree char *number = g_strdup_printf (tr (drawing->layout->options->lang, "page %u/%u"), page + 1, n_pages);
  g_autofree char *whole = join_titles (title), *name = NULL;
  gboolean shared = drawing->n_hidden > 0 || drawing->left_out > 0; /* the middle of the footer says what is missing */
  double right = (shared ? page_size->width / 2 : page_size->width - page_size->margin) - NUMBER_ROOM * page_size->line;

  if (n_pages < 2)
    return;
  sf_page_label (drawing, &(SfLabel){ .text = number,
                                      .x = page_size->width - page_size->margin,
                                      .y = y,
                                      .align = SF_ALIGN_RIGHT,
                                      .size = size,
                                      .ink = SF_INK_FAINT });
  if (page == 0)
    return;
  name = sf_text_cut (whole, size, FALSE, right - page_size->margin);
  sf_page_label (drawing,
                 &(SfLabel){ .text = name, .x = page_size->margin, .y = y, .size = size, .ink = SF_INK_FAINT });
}

/* Returns the words for what is missing on the page, NULL if nothing is. */
static char *
missing_words (const SfPageDrawing *drawing)
{
  g_autofree char *labels = g_strdup_printf (trn (drawing->layout->options->lang,
                                                  "%u label is left out for lack of room",
                                                  "%u labels are left out for lack of room", drawing->left_out),
                                             drawing->left_out);
  g_autofree char *arrows = g_strdup_printf (trn (drawing->layout->options->lang, "%u arrow would lie on others",
                                                  "%u arrows would lie on others", drawing->n_hidden),
                                             drawing->n_hidden);

  if (drawing->n_hidden > 0 && drawing->left_out > 0)
    return g_strdup_printf (tr (drawing->layout->options->lang, "%s; %s"), arrows, labels);
  if (drawing->n_hidden > 0)
    return g_steal_pointer (&arrows);
  return drawing->left_out > 0 ? g_steal_pointer (&labels) : NULL;
}

/* Writes what is missing into the footer of the page. */
static void
draw_left_out (SfPageDrawing *drawing)
{
  const SfPageSize *page_size = &drawing->layout->page_size;
  g_autofree char *text = missing_words (drawing);

  if (text != NULL)
    sf_page_label (drawing, &(SfLabel){ .text = text,
                                        .x = page_size->width / 2,
                                        .y = drawing->scene->height - page_size->margin / 2,
                                        .align = SF_ALIGN_CENTER,
                                        .size = SMALL_SIZE * page_size->font,
                                        .ink = SF_INK_FAINT });
  drawing->left_out = drawing->n_hidden = 0;
}

/* Where two runs part. */

static void
draw_part_words (SfPageDrawing *drawing, const char *text, double left, double right, double y, gboolean bold)
{
  const SfPageSize *page_size = &drawing->layout->page_size;
  g_autofree char *shown = sf_text_cut (text, page_size->font, bold, right - left);

  sf_scene_label (drawing->scene, &(SfLabel){ .text = shown,
                                              .x = (left + right) / 2,
                                              .y = y,
                                              .align = SF_ALIGN_CENTER,
                                              .size = page_size->font,
                                              .bold = bold,
                                              .ink = SF_INK_MARK });
}

/* Finds the mark where the runs part; FALSE if it is not on this page. With time to scale it has no room for words. */
static gboolean
find_part (const SfPageDrawing *drawing, double *ret_top, double *ret_bottom)
{
  const SfSequenceLayout *layout = drawing->layout;

  if (layout->part_y < drawing->top || layout->part_y >= drawing->bottom)
    return FALSE;
  *ret_top = layout->part_y + drawing->offset;
  *ret_bottom = *ret_top + (layout->scale > 0 ? 0 : sf_sequence_part_height (layout));
  return TRUE;
}

/* Draws the mark if time is to scale, below everything else; otherwise reserves its room. */
static void
begin_part (SfPageDrawing *drawing)
{
  const SfPageSize *page_size = &drawing->layout->page_size;
  double top, bottom;

  if (!find_part (drawing, &top, &bottom))
    return;
  if (bottom > top)
    sf_label_room_block (drawing->room, 0, top - 1, drawing->scene->width, bottom + 1);
  else
    sf_scene_line (drawing->scene, SF_INK_MARK, SF_DASH_SOLID, PART_WIDTH,
                   page_size->margin + drawing->layout->time_width, top, page_size->width - page_size->margin, top);
}

/* Draws the mark as a band across the page, over all arrows. */
static void
draw_part (SfPageDrawing *drawing, const SfSequenceTitle *title)
{
  const SfSequenceLayout *layout = drawing->layout;
  const SfPageSize *page_size = &layout->page_size;
  double left = page_size->margin, right = page_size->width - page_size->margin;
  double top, bottom;

  if (!find_part (drawing, &top, &bottom) || bottom <= top)
    return;
  sf_scene_rect (drawing->scene, SF_INK_STATE + SF_CLOSED, left, top, right, bottom);
  sf_scene_line (drawing->scene, SF_INK_MARK, SF_DASH_SOLID, PART_WIDTH, left, top, right, top);
  sf_scene_line (drawing->scene, SF_INK_MARK, SF_DASH_SOLID, PART_WIDTH, left, bottom, right, bottom);
  draw_part_words (drawing, title->part[0], left + layout->time_width, right, top + PART_TITLE_Y * page_size->line,
                   TRUE);
  for (guint p = 0; p < layout->n_panels; p++)
    draw_part_words (drawing, title->part[1 + p], layout->panels[p].left, layout->panels[p].right,
                     top + PART_WORDS_Y * page_size->line, FALSE);
}

/* Descriptions. */

static void
describe_panel (GString *out, const SfPageDrawing *drawing, const SfPanel *panel, guint first, guint last)
{
  guint end = MIN (last, first + MOST_SENTENCES);

  if (panel->caption != NULL)
    g_string_append_printf (out, " %s:", panel->caption);
  for (guint i = first; i < end; i++)
    {
      g_string_append_c (out, ' ');
      sf_sequence_instant (drawing->layout, out, sf_row (panel->rows, i)->t);
      g_string_append (out, ": ");
      sf_sequence_sentence (out, panel->rows, i, drawing->layout->options->absolute);
      g_string_append_c (out, '.');
    }
  if (end < last)
    g_string_append_printf (out, tr (drawing->layout->options->lang, " And %u more."), last - end);
}

/* Page by page. */

static void
progress_init (SfPanelProgress *progress, const SfPanel *panel)
{
  guint n = sf_trace_n_hosts (panel->rows->trace) + 1;

  progress->next = panel->first;
  progress->flying = g_array_new (FALSE, FALSE, sizeof (guint));
  sf_bars_init (&progress->bars, panel->rows);
  progress->since = g_malloc0_n (n, sizeof *progress->since);
  progress->base = g_new0 (double, n);
  progress->up = G_MAXUINT64;
  progress->down = g_array_new (FALSE, FALSE, sizeof (SfLifelinePiece));
  /* The rows before the part that is shown determine the states at its beginning. */
  for (guint i = 0; i < panel->first; i++)
    sf_follow_row (progress, panel, i);
}

static void
progress_clear (SfPanelProgress *progress)
{
  g_array_unref (progress->flying);
  g_array_unref (progress->down);
  sf_bars_clear (&progress->bars);
  g_free (progress->since);
  g_free (progress->base);
}

static void
begin_page (SfPageDrawing *drawing, guint page)
{
  const SfSequenceLayout *layout = drawing->layout;
  const SfPageSize *page_size = &layout->page_size;
  double head = page_size->margin + (page == 0 ? layout->first_head : layout->head);
  double height = page_size->height;

  drawing->top = sf_cut (layout, page);
  drawing->bottom = sf_cut (layout, page + 1);
  drawing->offset = head - drawing->top;
  drawing->is_last = page + 2 == layout->cuts->len;
  if (page_size->trim)
    height = MIN (height, head + drawing->bottom - drawing->top + page_size->margin);
  drawing->scene = sf_scene_new (page_size->width, height);
  drawing->room = sf_label_room_new (page_size->margin / 2, page_size->margin / 4,
                                     page_size->width - page_size->margin / 2,
                                     MIN (height - FOOT_ROOM * page_size->margin,
                                          drawing->bottom + drawing->offset + BELOW * page_size->line));
}

static SfScene *
draw_page (SfPageDrawing *drawing, const SfSequenceTitle *title, guint page, guint n_pages)
{
  const SfSequenceLayout *layout = drawing->layout;
  GString *desc = g_string_new (title->kind);
  g_autofree char *name = join_titles (title);
  guint first[SF_PANELS], last[SF_PANELS];

  g_array_set_size (drawing->backdrops, 0);
  begin_page (drawing, page);
  sf_sequence_draw_stamps (drawing);
  begin_part (drawing);
  if (page == 0)
    lay_title (&layout->page_size, title, drawing);
  draw_heads (drawing, layout->page_size.margin + (page == 0 ? layout->first_head - layout->head : 0));
  for (guint p = 0; p < layout->n_panels; p++)
    sf_sequence_draw_panel (drawing, p, &first[p], &last[p]);
  sf_sequence_draw_silences (drawing);
  for (guint p = 0; p < layout->n_panels; p++)
    {
      sf_sequence_draw_transits (drawing, p, first[p], last[p]);
      describe_panel (desc, drawing, &layout->panels[p], first[p], last[p]);
    }
  sf_name_silences (drawing);
  draw_part (drawing, title);
  draw_foot (drawing, title, page, n_pages);
  draw_left_out (drawing);
  drawing->scene->title = n_pages > 1 ? g_strdup_printf (tr (drawing->layout->options->lang, "%s (page %u/%u)"), name,
                                                         page + 1, n_pages)
                                      : g_steal_pointer (&name);
  drawing->scene->desc = g_string_free (desc, FALSE);
  sf_label_room_free (drawing->room);
  return drawing->scene;
}

/* Draws the first `n` of `n_pages` pages. Appends labels that found no room to `requests`. */
static GPtrArray *
draw_pages (const SfSequenceLayout *layout, const SfSequenceTitle *title, guint n, guint n_pages, GArray *requests)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify) sf_scene_free);
  g_autoptr (GArray) backdrops = g_array_new (FALSE, FALSE, sizeof (SfBackdrop));
  SfPageDrawing drawing = { .layout = layout, .backdrops = backdrops, .requests = requests };

  for (guint p = 0; p < layout->n_panels; p++)
    progress_init (&drawing.panels[p], &layout->panels[p]);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (pages, draw_page (&drawing, title, i, n_pages));
  for (guint p = 0; p < layout->n_panels; p++)
    progress_clear (&drawing.panels[p]);
  return pages;
}

static void
make_room (SfSequenceLayout *layout, const GArray *requests)
{
  for (guint i = 0; i < requests->len; i++)
    {
      const SfRoomRequest *request = &g_array_index (requests, SfRoomRequest, i);
      SfPanel *panel = &layout->panels[request->panel];
      guint8 *room = request->below ? &panel->below[request->transit] : &panel->above[request->transit];

      *room = (guint8) MIN (*room + 1, G_MAXUINT8);
    }
  sf_sequence_layout_again (layout);
}

GPtrArray *
sf_sequence_pages (SfSequenceLayout *layout, const SfSequenceTitle *title, guint *ret_left_out)
{
  g_autoptr (GArray) requests = g_array_new (FALSE, FALSE, sizeof (SfRoomRequest));
  guint rounds = layout->options->linear ? 0 : ROUNDS;

  for (;;)
    {
      guint n_pages = layout->cuts->len - 1;
      guint n = layout->options->max_pages > 0 ? MIN (layout->options->max_pages, n_pages) : n_pages;
      GPtrArray *pages = draw_pages (layout, title, n, n_pages, requests);

      if (ret_left_out != NULL)
        *ret_left_out = n_pages - n;
      if (requests->len == 0 || rounds-- == 0)
        return pages;
      g_ptr_array_unref (pages);
      make_room (layout, requests);
      g_array_set_size (requests, 0);
    }
}
