/* SPDX-License-Identifier: MIT
 *
 * What the text diagram shows, row by row, before it is laid out: which record becomes a row, which only changes the
 * state beside one, and in which words.
 */
#pragma once

#include "trace/transits.h"
#include "trace/words.h"

typedef enum
{
  SF_ROW_LEAVE, /* a transit begins */
  SF_ROW_END,   /* a transit ends, later than it began */
  SF_ROW_NOTE,  /* words of a host (`text`), or only its new state */
  SF_ROW_WORLD, /* words of nobody in particular */
} SfRowKind;

/* Who speaks in a NOTE. */
typedef enum
{
  SF_SPEAKER_CALL, /* the application */
  SF_SPEAKER_TIMER,
  SF_SPEAKER_REMARK, /* the narrator */
  SF_SPEAKER_ALARM,
} SfSpeaker;

typedef struct
{
  SfRowKind kind;
  SfSpeaker speaker;
  SfTime t;
  guint16 host;  /* whose row it is: who sends, receives, speaks */
  guint32 conn;  /* 0: none in particular */
  guint record;  /* that it shows */
  guint transit; /* LEAVE, END */
  char *text;    /* NOTE, WORLD; NULL: only a state */
  char *state;   /* new state of a connection of `host`, NULL: as before */
  guint change;  /* the record of that state, SF_NO_RECORD: none */
  gboolean open; /* NOTE: only a state so far, and the call that changed it is still to come */
  guint64 alive; /* per host: has a connection, after this row */
  guint64 up;    /* per host: is running */
} SfRow;

/* Hosts beyond this number have a plain lifeline. */
#define SF_ROW_HOSTS 64

typedef struct
{
  const SfTrace *trace;
  SfTransits *transits;
  GArray *rows;    /* SfRow, in the order of time */
  guint32 n_conns; /* 1 + the greatest serial number */
  guint64 used;    /* per host: there is something to tell of it */
  guint *numbered; /* per host: the record from which on its connections are told apart by number: where the
                    * second is born */
} SfRows;

/* Makes the rows of `trace` (indexed), to which they point; in plain words. */
SfRows *sf_rows_new (const SfTrace *trace);

/* The same in the words of `narration`. */
SfRows *sf_rows_new_in (const SfTrace *trace, const SfNarration *narration);
void sf_rows_free (SfRows *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfRows, sf_rows_free)

static inline guint
sf_rows_n (const SfRows *rows)
{
  return rows->rows->len;
}

static inline SfRow *
sf_row (const SfRows *rows, guint i)
{
  return &g_array_index (rows->rows, SfRow, i);
}

/* The bit of `host` in the sets above, 0 if it has none. */
static inline guint64
sf_row_bit (guint16 host)
{
  return host < SF_ROW_HOSTS ? G_GUINT64_CONSTANT (1) << host : 0;
}

/* Returns "#2 " for connection `serial` if at record `i` its host has had several, "" otherwise. */
char *sf_rows_conn_label (const SfRows *rows, guint32 serial, guint i);

/* Stores which rows happen from `from` to `to` (0: no end): `*ret_first` … `*ret_last` - 1. */
void sf_rows_within (const SfRows *rows, SfTime from, SfTime to, guint *ret_first, guint *ret_last);

/* Returns how long a segment usually flies in this run, at least 1 us, and so little that a fold is a time. */
SfTime sf_rows_usual_flight (const SfRows *rows);

/* Returns the length from which on a silence is folded. */
SfTime sf_rows_fold (const SfRows *rows);

/* TRUE if the run lasted until the scenario said, though nothing was left to do before. */
gboolean sf_rows_idle_at_end (const SfRows *rows);

/* Returns how the run ended, in words. With nothing left to do it ends at its last record, unless the scenario says
 * until when it is to last. */
const char *sf_rows_ending (const SfRows *rows);
