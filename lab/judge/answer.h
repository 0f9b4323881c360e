/* SPDX-License-Identifier: MIT
 *
 * Answers to questions about a run: the right one, which is computed, and a guess, which a person has typed.
 *
 * A guess is read with tolerance, since it is the understanding that is asked for and not the spelling: any case,
 * states with '_' or without any sign between their words and as other tools abbreviate them (SYN_RCVD, ESTAB), flags
 * as words (SYN-ACK), a segment with or without its numbers, options and time.
 */
#pragma once

#include "lab/language/written_segment.h"
#include "trace/trace.h"

typedef enum
{
  SF_ANSWER_STATE,   /* a state: "SYN-RECEIVED" */
  SF_ANSWER_COUNT,   /* a number: "3" */
  SF_ANSWER_SEGMENT, /* a segment, or none: "server > client: F." */
  SF_ANSWER_ERROR,   /* an error, or none: "ETIMEDOUT" */
} SfAnswerKind;

typedef struct
{
  SfAnswerKind kind;
  gboolean none; /* SEGMENT, ERROR: there is none */
  SfState state;
  guint32 count;
  SfSegment segment;
  int error;
} SfAnswer;

typedef struct
{
  SfAnswerKind kind;
  gboolean none;
  SfState state;
  guint32 count;
  SfWrittenSegment segment;
  int error;
} SfGuess;

/* Appends what is to be answered: "SYN-RECEIVED", "3", "server > client: F.", "ETIMEDOUT", "none". */
void sf_answer_text (GString *out, const SfAnswer *answer, const SfTrace *trace);

/* Reads what a person has typed as an answer of `kind` about a run of `plan`. `from` is the host whose segment is asked
 * for, SF_NO_HOST for any: if it is one, and there is one other host, the flags alone are enough. FALSE after a
 * diagnostic at `place` (NULL: nowhere). */
gboolean sf_guess_parse (const char *text, SfAnswerKind kind, const SfPlan *plan, guint16 from, const SfPlace *place,
                         SfDiagnostics *diag, SfGuess *ret_guess);

/* TRUE if `guess` says what `answer` says; what a written segment leaves out is not compared. */
gboolean sf_guess_is_right (const SfGuess *guess, const SfAnswer *answer);

/* Returns what a guess of `kind` looks like, in English, to be translated where it is shown: "a state such as
 * SYN-RECEIVED". */
const char *sf_answer_form (SfAnswerKind kind);
