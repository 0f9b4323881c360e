/* SPDX-License-Identifier: MIT
 *
 * Where everything of a sequence diagram goes. Each run has a panel with its lifelines; all panels share one axis of
 * time, a strip as long as need be, which is cut into pages. `y` is a place on the strip, in points.
 *
 * Each lifeline has two columns of its own, filled from above: outside it are words and states, inside begin the labels
 * of the arrows that leave. So labels can meet only between two lifelines, where sequence_labels.h finds them places.
 */
#pragma once

#include "plots/sequence/bars.h"
#include "plots/sequence/sequence.h"

/* Runs that one diagram can show. */
#define SF_PANELS 2

/* The page, in points. */
typedef struct
{
  double width, height;
  gboolean trim; /* no taller than need be */
  double margin;
  double font;  /* size of most labels */
  double words; /* widest column of words */
  double line;  /* from one line to the next */
  double bar;   /* width of a bar of states */
} SfPageSize;

typedef struct
{
  guint16 host;
  double x;        /* of its middle */
  int side;        /* its words stand to the left (-1) or to the right (1) */
  gboolean middle; /* between others: arrows pass over its words */
  guint n_bars;
  double words; /* room for its words */
} SfLifeline;

/* Of a row, on the strip. */
typedef struct
{
  double y;       /* where it touches the lifeline; negative: not shown */
  double text_y;  /* of the first line of its words; negative: none, or no room for them */
  double state_y; /* of its new state, the same */
} SfRowPlace;

/* Words that were left out, in true time. */
typedef struct
{
  guint lifeline;
  guint n;
  double y;
} SfThinned;

typedef struct
{
  const SfRows *rows;
  guint first, last;  /* rows to show: first … last - 1 */
  guint stop;         /* `last` + 1 if the end of the run is shown, as if it were a row; otherwise `last` */
  guint part;         /* the row from which on the runs differ, SF_NO_PART: none */
  double left, right; /* what it has of the page's width */
  char *caption;      /* what distinguishes this run, NULL: nothing */
  guint n_lifelines;
  SfLifeline *lifelines;         /* from left to right */
  guint *lifeline_of;            /* by host: index, or SF_NO_LIFELINE */
  SfRowPlace *places;            /* of row i: i - first */
  double *leave_y, *end_y;       /* by transit; negative: not shown */
  guint8 *leave_bars, *end_bars; /* by transit: how many bars are taken there and then */
  guint8 *above, *below;         /* by transit: more room for its label and its remark where it leaves, in half lines */
  GArray *thinned;               /* SfThinned */
  double ending_y;               /* of the words at the end of the run; negative: none */
} SfPanel;

#define SF_NO_LIFELINE G_MAXUINT
#define SF_NO_PART G_MAXUINT

/* Returns the index of the lifeline of `host`, SF_NO_LIFELINE if it has none. */
static inline guint
sf_panel_lifeline (const SfPanel *panel, guint16 host)
{
  return host == SF_NO_HOST ? SF_NO_LIFELINE : panel->lifeline_of[host];
}

/* How far the arrow of a segment falls that is lost where it is sent, in lines. */
#define SF_LOST_FALL 0.85

typedef struct
{
  SfTime t;
  double y;
} SfStamp;

typedef struct
{
  double top, bottom;
  SfTime length;
} SfSilence;

typedef struct
{
  const SfSequenceOptions *options;
  SfPageSize page_size;
  double page_height; /* of the paper; that of `page_size` may be more */
  guint n_panels;
  SfPanel panels[SF_PANELS];
  GArray *stamps;   /* SfStamp: instants, or in true time the marks of the axis */
  GArray *silences; /* SfSilence */
  GArray *cuts;     /* double: where each page begins, and the end of the last */
  double part_y;    /* of the mark where the runs part; negative: none */
  int time_digits;  /* decimals of the times */
  double time_width;
  double head, first_head; /* what the top of a page takes */
  SfTime t0, t1;           /* in true time: between which the axis has marks */
  double scale;            /* in true time: points a nanosecond; otherwise 0 */
  SfTime step;             /* in true time: between two marks of the axis */
  double body;             /* in true time: height of what is below the heads */
} SfSequenceLayout;

/* Makes the layout of the runs `rows` (as many as `n_panels`) on `page_size`. `captions` may be NULL; `parts` are the
 * rows where they part, NULL: they are not compared. `title_height` is what the title takes of the first page. */
SfSequenceLayout *sf_sequence_layout_new (const SfRows *const *rows, guint n_panels, const char *const *captions,
                                          const guint *parts, const SfPageSize *page_size, double title_height,
                                          const SfSequenceOptions *options);
void sf_sequence_layout_free (SfSequenceLayout *layout);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfSequenceLayout, sf_sequence_layout_free)

/* Places everything again, after `above` and `below` have changed. */
void sf_sequence_layout_again (SfSequenceLayout *layout);

/* Places all rows on the strip and cuts it into pages: part of sf_sequence_layout_new(). */
void sf_sequence_place (SfSequenceLayout *layout);
void sf_sequence_place_linear (SfSequenceLayout *layout);

/* Finds the scale and the axis of true time: the same. */
void sf_sequence_scale (SfSequenceLayout *layout);

/* The edge of the bars of `line` on its left (-1) or right (1). */
double sf_lifeline_edge (const SfSequenceLayout *layout, const SfLifeline *line, int heading);

/* The same where only its first `n_bars` are taken. */
double sf_lifeline_edge_at (const SfSequenceLayout *layout, const SfLifeline *line, int heading, guint n_bars);

/* Where the words beside `line` begin. */
double sf_lifeline_words_x (const SfSequenceLayout *layout, const SfLifeline *line);

/* Returns the sign that stands between the words of `speaker` and `line`, with a space: "▸ ". May be empty. */
const char *sf_sequence_sign (const SfLifeline *line, SfSpeaker speaker);

/* Returns the lines of the words of `row`, without the sign. */
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

/* Size of the letters of captions, in those of labels, and from one of their lines to the next, in lines. */
#define SF_CAPTION_SIZE 1.12
#define SF_CAPTION_PITCH 1.15

/* Returns the lines of a caption, and what those of all runs take of the head of a page. */
GPtrArray *sf_sequence_caption (const SfSequenceLayout *layout, const char *caption);
double sf_sequence_caption_height (const SfSequenceLayout *layout);

/* Height of the band in which it is said where two runs part. */
double sf_sequence_part_height (const SfSequenceLayout *layout);
