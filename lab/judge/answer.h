/* SPDX-License-Identifier: MIT
 *
 * Answers to questions about a run: the right one, which is computed, and a guess, which a person types.
 *
 * Guesses are read with tolerance, since they test understanding and not spelling. Accepted are: any case; states with
 * '_' or nothing between their words, or abbreviated as other tools do (SYN_RCVD, ESTAB); flags as words (SYN-ACK); a
 * segment with or without its numbers, options and time.
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
  gboolean none; /* SEGMENT, ERROR: no such segment or error */
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

/* Appends the right answer as text: "SYN-RECEIVED", "3", "server > client: F.", "ETIMEDOUT", "none". */
void sf_answer_text (GString *out, const SfAnswer *answer, const SfTrace *trace);

/* Parses `text`, a person's answer of `kind` about a run of `plan`. `from` is the host whose segment the question asks
 * for, SF_NO_HOST: any. If it is a host and there is only one other, flags alone are enough. FALSE after a diagnostic
 * at `place` (NULL: at no place). */
gboolean sf_guess_parse (const char *text, SfAnswerKind kind, const SfPlan *plan, guint16 from, const SfPlace *place,
                         SfDiagnostics *diag, SfGuess *ret_guess);

/* TRUE if `guess` agrees with `answer`. Fields that a guessed segment leaves out are not compared. */
gboolean sf_guess_is_right (const SfGuess *guess, const SfAnswer *answer);

/* Returns the form of a guess of `kind`, in English, to be translated where it is shown: "a state such as
 * SYN-RECEIVED". */
const char *sf_answer_form (SfAnswerKind kind);
