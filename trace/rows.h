/* SPDX-License-Identifier: MIT
 *
 * The rows of a diagram, before it is laid out: which records become rows, which only change the state beside a row,
 * and in which words.
 */
#pragma once

#include "trace/transits.h"
#include "trace/words.h"

typedef enum
{
  SF_ROW_LEAVE, /* a transit begins */
  SF_ROW_END,   /* a transit ends later than it began */
  SF_ROW_NOTE,  /* something that a host does (`text`), or only its new state */
  SF_ROW_WORLD, /* something that no host does */
} SfRowKind;

/* Who is speaking in a NOTE. */
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
  guint16 host;  /* who sends, receives or speaks */
  guint32 conn;  /* serial number, 0: none */
  guint record;  /* the record that the row shows */
  guint transit; /* LEAVE, END */
  char *text;    /* NOTE, WORLD; NULL: only a state */
  char *state;   /* new state of a connection of `host`, NULL: unchanged */
  guint change;  /* the record of the change, SF_NO_RECORD: none */
  gboolean open; /* NOTE: only a state so far; the call that changed it is recorded later */
  guint64 alive; /* bit per host: it has a connection after this row */
  guint64 up;    /* bit per host: it is running */
} SfRow;

/* Hosts beyond this number have no bit in `alive` and `up`, hence a plain lifeline. */
#define SF_ROW_HOSTS 64

typedef struct
{
  const SfTrace *trace;
  const char *lang; /* of its words */
  SfTransits *transits;
  GArray *rows;    /* SfRow, in the order of time */
  guint32 n_conns; /* 1 + the greatest serial number */
  guint64 used;    /* bit per host: a row mentions it */
  guint *numbered; /* by host: the record at which its second connection is born; from there on connections have numbers
                      in words */
} SfRows;

/* Makes the rows of `trace` (indexed) in plain words of `lang` (NULL: English). They point into `trace`, and to `lang`.
 */
SfRows *sf_rows_new (const SfTrace *trace, const char *lang);

/* The same in the words of `narration`. */
SfRows *sf_rows_new_in (const SfTrace *trace, const SfNarration *narration, const char *lang);
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

/* Returns the bit of `host` in `alive`, `up` and `used`, 0 if it has none. */
static inline guint64
sf_row_bit (guint16 host)
{
  return host < SF_ROW_HOSTS ? G_GUINT64_CONSTANT (1) << host : 0;
}

/* Returns "#2 " for connection `serial` if its host has had several by record `i`, "" otherwise. */
char *sf_rows_conn_label (const SfRows *rows, guint32 serial, guint i);

/* Stores the rows that happen from `from` to `to` (0: no end): `*ret_first` … `*ret_last` - 1. */
void sf_rows_within (const SfRows *rows, SfTime from, SfTime to, guint *ret_first, guint *ret_last);

/* Returns the median time that a segment of this run takes to arrive: at least 1 us, and small enough for
 * sf_rows_fold() not to overflow. */
SfTime sf_rows_usual_flight (const SfRows *rows);

/* Returns the shortest silence that is folded. */
SfTime sf_rows_fold (const SfRows *rows);

/* TRUE if nothing was left to do, but the run went on until the instant that the scenario gives. */
gboolean sf_rows_idle_at_end (const SfRows *rows);

/* Returns how the run ended, in words. A run with nothing left to do ends at its last record, unless the scenario gives
 * an instant. */
const char *sf_rows_ending (const SfRows *rows);
