/* SPDX-License-Identifier: MIT */
#include "plots/sequence/layout.h"

#include "base/units.h"

#include <string.h>

/* The gap between a lifeline and its words, and between columns, in lines. */
#define GAP 0.35

/* Room for the sign between words and a lifeline, and for the gap, in lines. */
#define SIGN_ROOM 1.1

/* The height of the band that marks where two runs part, in lines. */
#define PART_HEIGHT 2.9

/* The distance from one bar to the next, in widths of a bar. */
#define BAR_PITCH 1.2

/* The number of rows that are measured to find how much room words need. */
#define SAMPLE 20000

/* The least width of a column of words, in lines. Wider words are wrapped. */
#define LEAST_WORDS 6.5

/* Lines of the words of one row, at most. */
#define MOST_WORDS 8

/* The gap between the axis of time and words, in lines. */
#define TIME_GAP 0.7

/* The head of a page, in lines: names and addresses, and free space. */
#define HEAD_LINES 3.4

/* Lines of a caption, at most, and the gap below it, in lines. */
#define MOST_CAPTION 3
#define CAPTION_GAP 0.45

/* The greatest width of the axis of time, in lines. Captions are wrapped beside it before its width is known. */
#define MOST_TIME 8

/* A last page that would be filled by less than this part is avoided … */
#define SMALL_REST 0.25

/* … by making the others taller, by its share and this many lines, because pages are not filled to the end. */
#define REST_SLACK 6

static void
choose_rows (SfPanel *panel, const SfSequenceOptions *options)
{
  SfTime end = panel->rows->trace->end_time;

  sf_rows_within (panel->rows, options->from, options->to, &panel->first, &panel->last);
  panel->stop = panel->last;
  if (end >= options->from && (options->to == 0 || end <= options->to))
    panel->stop++;
}

/* Chooses the hosts with lifelines: those in any row; if no host is in a row, all. Routers have none. */
static void
choose_hosts (SfPanel *panel)
{
  const SfTrace *trace = panel->rows->trace;
  guint64 used = panel->rows->used;

  panel->lifelines = g_new0 (SfLifeline, sf_trace_n_hosts (trace) + 1);
  panel->lifeline_of = g_new (guint, sf_trace_n_hosts (trace) + 1);
  for (guint i = 0; i < sf_trace_n_hosts (trace); i++)
    {
      panel->lifeline_of[i] = SF_NO_LIFELINE;
      if (g_array_index (trace->hosts, SfTraceHost, i).router || (used != 0 && (used & sf_row_bit (i)) == 0))
        continue;
      panel->lifeline_of[i] = panel->n_lifelines;
      panel->lifelines[panel->n_lifelines++].host = (guint16) i;
    }
  for (guint i = 0; i < panel->n_lifelines; i++)
    {
      panel->lifelines[i].side = i == 0 ? -1 : 1;
      panel->lifelines[i].middle = i > 0 && i + 1 < panel->n_lifelines;
    }
}

/* Stores for every lifeline how many more segments it sends to the right than to the left. */
static void
count_headings (const SfPanel *panel, gint64 *to_right)
{
  for (guint i = 0; i < panel->rows->transits->transits->len; i++)
    {
      const SfSegment *seg = sf_transit (panel->rows->transits, i)->seg;
      guint from = sf_panel_lifeline (panel, seg->from), to = sf_panel_lifeline (panel, seg->to);

      if (from != SF_NO_LIFELINE && to != SF_NO_LIFELINE && from != to)
        to_right[from] += to > from ? 1 : -1;
    }
}

/* Chooses the sides of words. A lifeline in the middle has them on the side to which it sends less, so that fewer of
 * its own arrows pass over them. Runs with the same number of hosts have them on the same sides. */
static void
choose_sides (SfSequenceLayout *layout)
{
  for (guint p = 0; p < layout->n_panels; p++)
    {
      SfPanel *panel = &layout->panels[p];
      g_autofree gint64 *to_right = g_new0 (gint64, panel->n_lifelines + 1);

      for (guint k = 0; k < layout->n_panels; k++)
        if (layout->panels[k].n_lifelines == panel->n_lifelines)
          count_headings (&layout->panels[k], to_right);
      for (guint i = 0; i < panel->n_lifelines; i++)
        if (panel->lifelines[i].middle && to_right[i] > 0)
          panel->lifelines[i].side = -1;
    }
}

/* Returns the number of bars of `host` up to the last one in use. */
static guint
taken_bars (const SfBars *bars, guint16 host)
{
  guint n = SF_MAX_BARS;

  while (n > 0 && bars->hosts[host][n - 1].state == SF_CLOSED)
    n--;
  return n;
}

static void
count_bars (SfPanel *panel)
{
  g_auto (SfBars) bars = { 0 };

  for (guint i = 0; i < panel->n_lifelines; i++)
    panel->lifelines[i].n_bars = 1;
  sf_bars_init (&bars, panel->rows);
  for (guint i = 0; i < panel->last; i++)
    {
      const SfRow *row = sf_row (panel->rows, i);
      guint line = sf_panel_lifeline (panel, row->host);
      guint before = line != SF_NO_LIFELINE ? taken_bars (&bars, row->host) : 0;
      guint bar = sf_bars_apply (&bars, row);

      if (line != SF_NO_LIFELINE && row->transit != SF_NO_TRANSIT)
        (row->kind == SF_ROW_LEAVE
           ? panel->leave_bars
           : panel->end_bars)[row->transit] = (guint8) MAX (before, taken_bars (&bars, row->host));
      if (bar != SF_NO_BAR && line != SF_NO_LIFELINE)
        panel->lifelines[line].n_bars = MAX (panel->lifelines[line].n_bars, bar + 1);
      if (line != SF_NO_LIFELINE)
        sf_bars_expire (&bars, row, row->host);
    }
}

/* Gives every lifeline the room that its words need, within the limits of `page_size`. */
static void
measure_words (SfPanel *panel, const SfPageSize *page_size)
{
  guint end = MIN (panel->last, panel->first + SAMPLE);

  for (guint i = 0; i < panel->n_lifelines; i++)
    panel->lifelines[i].words = LEAST_WORDS * page_size->line;
  for (guint i = panel->first; i < end; i++)
    {
      const SfRow *row = sf_row (panel->rows, i);
      guint line = sf_panel_lifeline (panel, row->host);
      double *words = line == SF_NO_LIFELINE ? NULL : &panel->lifelines[line].words;

      if (words == NULL)
        continue;
      if (row->state != NULL)
        *words = MAX (*words, sf_text_width (row->state, page_size->font, TRUE) + GAP * page_size->line);
      if (row->kind == SF_ROW_NOTE && row->text != NULL && *words < page_size->words)
        *words = MAX (*words, MIN (sf_text_width (row->text, page_size->font, FALSE) + SIGN_ROOM * page_size->line,
                                   page_size->words));
    }
}

static double
bars_width (const SfLifeline *line, const SfPageSize *page_size)
{
  return (line->n_bars - 1) * BAR_PITCH * page_size->bar + page_size->bar / 2;
}

/* Places the lifelines: the outermost leave room for bars and words outside, the others stand at equal distances. */
static void
place_lifelines (SfPanel *panel, const SfPageSize *page_size)
{
  guint n = panel->n_lifelines;
  const SfLifeline *last = n > 0 ? &panel->lifelines[n - 1] : NULL;
  double gap = GAP * page_size->line;
  double left, right;

  if (n == 0)
    return;
  left = panel->left + panel->lifelines[0].words + gap + bars_width (&panel->lifelines[0], page_size);
  right = panel->right - last->words - gap - bars_width (last, page_size);
  for (guint i = 0; i < n; i++)
    {
      SfLifeline *line = &panel->lifelines[i];

      line->x = n == 1 ? left : left + (right - left) * i / (n - 1);
      if (line->middle)
        line->words = (right - left) / (n - 1) - 2 * (gap + bars_width (line, page_size)) - page_size->bar;
    }
}

void
sf_sequence_instant (const SfSequenceLayout *layout, GString *out, SfTime t)
{
  sf_append_seconds (out, t, layout->time_digits);
  g_string_append (out, " s");
}

static void
measure_times (SfSequenceLayout *layout)
{
  g_autoptr (GString) text = g_string_new (NULL);
  SfTime latest = 0;

  for (guint p = 0; p < layout->n_panels; p++)
    {
      const SfPanel *panel = &layout->panels[p];

      latest = MAX (latest, panel->rows->trace->end_time);
      for (guint i = panel->first; i < panel->last; i++)
        latest = MAX (latest, sf_row (panel->rows, i)->t);
      for (guint i = panel->first; i < panel->stop && !layout->options->linear; i++)
        layout->time_digits = sf_count_decimals (i < panel->last ? sf_row (panel->rows, i)->t
                                                                 : panel->rows->trace->end_time,
                                                 layout->time_digits);
    }
  if (layout->options->linear)
    latest = MAX (latest, layout->t1);
  sf_sequence_instant (layout, text, latest);
  layout->time_width = sf_text_width (text->str, layout->page_size.font, FALSE) + GAP * layout->page_size.line;
}

double
sf_lifeline_edge (const SfSequenceLayout *layout, const SfLifeline *line, int heading)
{
  return line->x
         + heading * (heading == line->side ? bars_width (line, &layout->page_size) : layout->page_size.bar / 2);
}

double
sf_lifeline_edge_at (const SfSequenceLayout *layout, const SfLifeline *line, int heading, guint n_bars)
{
  SfLifeline narrow = *line;

  narrow.n_bars = CLAMP (n_bars, 1, line->n_bars);
  return sf_lifeline_edge (layout, &narrow, heading);
}

double
sf_lifeline_words_x (const SfSequenceLayout *layout, const SfLifeline *line)
{
  return sf_lifeline_edge (layout, line, line->side) + line->side * GAP * layout->page_size.line;
}

/* The signs that show who is speaking, for words to the left and to the right of the lifeline. */
static const char *const signs[][2] = {
  [SF_SPEAKER_CALL] = { " \xe2\x96\xb8", "\xe2\x97\x82 " },
  [SF_SPEAKER_TIMER] = { " \xe2\x97\xb7", "\xe2\x97\xb7 " },
  [SF_SPEAKER_REMARK] = { "", "" },
  [SF_SPEAKER_ALARM] = { " !", "! " },
};

const char *
sf_sequence_sign (const SfLifeline *line, SfSpeaker speaker)
{
  return signs[speaker][line->side < 0 ? 0 : 1];
}

GPtrArray *
sf_sequence_words (const SfSequenceLayout *layout, const SfLifeline *line, const SfRow *row)
{
  double font = layout->page_size.font;
  double width = line->words - sf_text_width (sf_sequence_sign (line, row->speaker), font, FALSE);
  GPtrArray *lines = sf_text_fold_even (row->text, font, FALSE, MAX (width, 2 * font));
  guint n = lines->len;

  if (n > MOST_WORDS)
    {
      g_ptr_array_set_size (lines, MOST_WORDS);
      g_ptr_array_add (lines, g_strdup ("\xe2\x80\xa6"));
    }
  return lines;
}

double
sf_sequence_part_height (const SfSequenceLayout *layout)
{
  return PART_HEIGHT * layout->page_size.line;
}

GPtrArray *
sf_sequence_caption (const SfSequenceLayout *layout, const char *caption)
{
  const SfPageSize *page_size = &layout->page_size;
  double width = (page_size->width - 2 * page_size->margin - MOST_TIME * page_size->line) / layout->n_panels;
  GPtrArray *lines = sf_text_fold_even (caption, SF_CAPTION_SIZE * page_size->font, TRUE, width);

  if (lines->len > MOST_CAPTION)
    g_ptr_array_set_size (lines, MOST_CAPTION);
  return lines;
}

double
sf_sequence_caption_height (const SfSequenceLayout *layout)
{
  guint most = 0;

  for (guint p = 0; p < layout->n_panels; p++)
    if (layout->panels[p].caption != NULL)
      {
        g_autoptr (GPtrArray) lines = sf_sequence_caption (layout, layout->panels[p].caption);

        most = MAX (most, lines->len);
      }
  return most > 0 ? (CAPTION_GAP + most * SF_CAPTION_PITCH) * layout->page_size.line : 0;
}

static void
panel_init (SfPanel *panel, const SfRows *rows, const char *caption, const SfSequenceOptions *options)
{
  guint n_transits = rows->transits->transits->len;

  panel->rows = rows;
  panel->caption = g_strdup (caption);
  panel->omitted = g_array_new (FALSE, FALSE, sizeof (SfOmitted));
  panel->ending_y = -1;
  panel->part = SF_NO_PART;
  panel->leave_bars = g_new0 (guint8, n_transits + 1);
  panel->end_bars = g_new0 (guint8, n_transits + 1);
  choose_rows (panel, options);
  choose_hosts (panel);
  count_bars (panel);
  panel->places = g_new (SfRowPlace, panel->last - panel->first + 1);
  panel->leave_y = g_new (double, n_transits + 1);
  panel->end_y = g_new (double, n_transits + 1);
  panel->above = g_new0 (guint8, n_transits + 1);
  panel->below = g_new0 (guint8, n_transits + 1);
}

static void
forget_places (SfPanel *panel)
{
  g_array_set_size (panel->omitted, 0);
  for (guint i = panel->first; i < panel->last; i++)
    *sf_place (panel, i) = (SfRowPlace){ -1, -1, -1 };
  for (guint i = 0; i < panel->rows->transits->transits->len; i++)
    panel->leave_y[i] = panel->end_y[i] = -1;
}

static void
panel_clear (SfPanel *panel)
{
  g_free (panel->caption);
  g_free (panel->lifelines);
  g_free (panel->lifeline_of);
  g_free (panel->places);
  g_free (panel->leave_y);
  g_free (panel->end_y);
  g_free (panel->leave_bars);
  g_free (panel->end_bars);
  g_free (panel->above);
  g_free (panel->below);
  g_array_unref (panel->omitted);
}

/* Divides the width beside the axis of time among the panels. */
static void
place_panels (SfSequenceLayout *layout)
{
  const SfPageSize *page_size = &layout->page_size;
  double left = page_size->margin + layout->time_width + TIME_GAP * page_size->line;
  double gap = layout->n_panels > 1 ? 2 * page_size->line : 0;
  double width = (page_size->width - page_size->margin - left - gap) / layout->n_panels;

  for (guint p = 0; p < layout->n_panels; p++)
    {
      layout->panels[p].left = left + p * (width + gap);
      layout->panels[p].right = layout->panels[p].left + width;
      measure_words (&layout->panels[p], page_size);
      place_lifelines (&layout->panels[p], page_size);
    }
}

static void
place_all (SfSequenceLayout *layout)
{
  g_array_set_size (layout->cuts, 0);
  g_array_set_size (layout->stamps, 0);
  g_array_set_size (layout->silences, 0);
  for (guint p = 0; p < layout->n_panels; p++)
    forget_places (&layout->panels[p]);
  if (layout->options->linear)
    sf_sequence_place_linear (layout);
  else
    sf_sequence_place (layout);
}

/* If the height of pages is free, makes them taller to avoid a last page with little on it. */
static void
take_in_rest (SfSequenceLayout *layout)
{
  guint n_pages = layout->cuts->len - 1;
  double rest = sf_cut (layout, n_pages) - sf_cut (layout, n_pages - 1);

  if (!layout->page_size.trim || n_pages < 2 || rest > SMALL_REST * layout->page_height)
    return;
  layout->page_size.height += rest / (n_pages - 1) + REST_SLACK * layout->page_size.line;
  place_all (layout);
  if (layout->cuts->len - 1 < n_pages)
    return;
  layout->page_size.height = layout->page_height;
  place_all (layout);
}

void
sf_sequence_layout_again (SfSequenceLayout *layout)
{
  layout->page_size.height = layout->page_height;
  place_all (layout);
  take_in_rest (layout);
}

SfSequenceLayout *
sf_sequence_layout_new (const SfRows *const *rows, guint n_panels, const char *const *captions, const guint *parts,
                        const SfPageSize *page_size, double title_height, const SfSequenceOptions *options)
{
  SfSequenceLayout *layout = g_new0 (SfSequenceLayout, 1);

  layout->options = options;
  layout->page_size = *page_size;
  layout->page_height = page_size->height;
  layout->n_panels = n_panels;
  layout->stamps = g_array_new (FALSE, FALSE, sizeof (SfTimeMark));
  layout->silences = g_array_new (FALSE, FALSE, sizeof (SfSilence));
  layout->cuts = g_array_new (FALSE, FALSE, sizeof (double));
  layout->part_y = -1;
  for (guint p = 0; p < n_panels; p++)
    {
      panel_init (&layout->panels[p], rows[p], captions != NULL ? captions[p] : NULL, options);
      if (parts != NULL)
        layout->panels[p].part = parts[p];
    }
  choose_sides (layout);
  layout->head = HEAD_LINES * page_size->line + sf_sequence_caption_height (layout);
  layout->first_head = layout->head + title_height;
  if (options->linear)
    sf_sequence_scale (layout);
  measure_times (layout);
  place_panels (layout);
  sf_sequence_layout_again (layout);
  return layout;
}

void
sf_sequence_layout_free (SfSequenceLayout *layout)
{
  if (layout == NULL)
    return;
  for (guint p = 0; p < layout->n_panels; p++)
    panel_clear (&layout->panels[p]);
  g_array_unref (layout->stamps);
  g_array_unref (layout->silences);
  g_array_unref (layout->cuts);
  g_free (layout);
}
