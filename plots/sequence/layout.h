/* SPDX-License-Identifier: MIT
 *
 * The layout of a sequence diagram. Each run has a panel with its lifelines. All panels share one axis of time: a strip
 * of any length, which is cut into pages. `y` is a place on the strip, in points.
 *
 * Each lifeline has two columns, filled from above: outside for words and states, inside for the labels of the arrows
 * that leave. So labels can meet only between two lifelines, where labels.h finds room for them.
 */
#pragma once

#include "plots/sequence/bars.h"
#include "plots/sequence/sequence.h"

/* The number of runs that one diagram can show. */
#define SF_PANELS 2

/* The page, in points. */
typedef struct
{
  double width, height;
  gboolean trim; /* cut the page to its contents */
  double margin;
  double font;  /* size of the font of most labels */
  double words; /* greatest width of a column of words */
  double line;  /* distance of lines of text; the unit "in lines" below */
  double bar;   /* width of a bar of states */
} SfPageSize;

typedef struct
{
  guint16 host;
  double x;        /* x of its middle */
  int side;        /* its words stand to its left (-1) or right (1) */
  gboolean middle; /* it stands between others, so arrows pass over its words */
  guint n_bars;
  double words; /* room for its words */
} SfLifeline;

/* The place of a row on the strip. */
typedef struct
{
  double y;       /* where it touches the lifeline; negative: not shown */
  double text_y;  /* the first line of its words; negative: none, or no room for them */
  double state_y; /* its new state, in the same way */
} SfRowPlace;

/* Words left out for want of room, with time to scale. */
typedef struct
{
  guint lifeline;
  guint n;
  double y;
} SfOmitted;

typedef struct
{
  const SfRows *rows;
  guint first, last;  /* rows to show: first … last - 1 */
  guint stop;         /* `last` + 1 if the end of the run is shown as a row; otherwise `last` */
  guint part;         /* the row from which on the runs differ, SF_NO_PART: none */
  double left, right; /* its part of the page's width */
  char *caption;      /* what distinguishes this run, NULL: none */
  guint n_lifelines;
  SfLifeline *lifelines;         /* from left to right */
  guint *lifeline_of;            /* by host: index, or SF_NO_LIFELINE */
  SfRowPlace *places;            /* row i is at i - first */
  double *leave_y, *end_y;       /* by transit; negative: not shown */
  guint8 *leave_bars, *end_bars; /* by transit: how many bars the lifeline has at that place */
  guint8 *above, *below;         /* by transit: additional room for its label and its remark, in half lines */
  GArray *omitted;               /* SfOmitted */
  double ending_y;               /* the words at the end of the run; negative: none */
} SfPanel;

#define SF_NO_LIFELINE G_MAXUINT
#define SF_NO_PART G_MAXUINT

/* Returns the index of the lifeline of `host`, SF_NO_LIFELINE if it has none. */
static inline guint
sf_panel_lifeline (const SfPanel *panel, guint16 host)
{
  return host == SF_NO_HOST ? SF_NO_LIFELINE : panel->lifeline_of[host];
}

/* How far down the arrow of a segment goes that is lost where it is sent, in lines. */
#define SF_LOST_FALL 0.85

typedef struct
{
  SfTime t;
  double y;
} SfTimeMark;

typedef struct
{
  double top, bottom;
  SfTime length;
} SfSilence;

typedef struct
{
  const SfSequenceOptions *options;
  SfPageSize page_size;
  double page_height; /* height of the paper; that of `page_size` may be greater */
  guint n_panels;
  SfPanel panels[SF_PANELS];
  GArray *stamps;   /* SfTimeMark: instants; with time to scale, marks of the axis */
  GArray *silences; /* SfSilence */
  GArray *cuts;     /* double: the beginning of each page, and the end of the last */
  double part_y;    /* the mark where the runs part; negative: none */
  int time_digits;  /* decimals of the times */
  double time_width;
  double head, first_head; /* height of the head of a page, and of the first */
  SfTime t0, t1;           /* time to scale: the axis has marks between these */
  double scale;            /* time to scale: points per nanosecond; otherwise 0 */
  SfTime step;             /* time to scale: between two marks of the axis */
  double body;             /* time to scale: height below the heads */
} SfSequenceLayout;

/* Makes the layout of the runs `rows` (`n_panels` of them) on `page_size`. `captions` may be NULL. `parts` are the rows
 * where the runs part, NULL if they are not compared. `title_height` is the height of the title on the first page. */
SfSequenceLayout *sf_sequence_layout_new (const SfRows *const *rows, guint n_panels, const char *const *captions,
                                          const guint *parts, const SfPageSize *page_size, double title_height,
                                          const SfSequenceOptions *options);
void sf_sequence_layout_free (SfSequenceLayout *layout);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfSequenceLayout, sf_sequence_layout_free)

/* Places everything again. Call it when `above` and `below` of a panel have changed. */
void sf_sequence_layout_again (SfSequenceLayout *layout);

/* Place all rows on the strip and cut it into pages; called by sf_sequence_layout_new(). */
void sf_sequence_place (SfSequenceLayout *layout);
void sf_sequence_place_linear (SfSequenceLayout *layout);

/* Finds the scale and the axis for time to scale; called by sf_sequence_layout_new(). */
void sf_sequence_scale (SfSequenceLayout *layout);

/* Returns the x of the left (-1) or right (1) edge of the bars of `line`. */
double sf_lifeline_edge (const SfSequenceLayout *layout, const SfLifeline *line, int heading);

/* The same if only its first `n_bars` are in use. */
double sf_lifeline_edge_at (const SfSequenceLayout *layout, const SfLifeline *line, int heading, guint n_bars);

/* Returns the x at which the words beside `line` begin. */
double sf_lifeline_words_x (const SfSequenceLayout *layout, const SfLifeline *line);

/* Returns the sign of `speaker` that stands between words and `line`, with a space: "▸ ". May be empty. */
const char *sf_sequence_sign (const SfLifeline *line, SfSpeaker speaker);

/* Returns the words of `row` as lines (char *), without the sign. */
GPtrArray *sf_sequence_words (const SfSequenceLayout *layout, const SfLifeline *line, const SfRow *row);

/* Appends an instant as the axis shows it. */
void sf_sequence_instant (const SfSequenceLayout *layout, GString *out, SfTime t);

static inline SfRowPlace *
sf_place (const SfPanel *panel, guint row)
{
  return &panel->places[row - panel->first];
}

static inline double
sf_cut (const SfSequenceLayout *layout, guint i)
{
  return g_array_index (layout->cuts, double, i);
}

/* Captions: size of their font per that of labels, and distance of their lines, in lines. */
#define SF_CAPTION_SIZE 1.12
#define SF_CAPTION_PITCH 1.15

/* Returns the lines of `caption` (char *); the height of all captions in the head of a page. */
GPtrArray *sf_sequence_caption (const SfSequenceLayout *layout, const char *caption);
double sf_sequence_caption_height (const SfSequenceLayout *layout);

/* Returns the height of the band that marks where two runs part. */
double sf_sequence_part_height (const SfSequenceLayout *layout);
