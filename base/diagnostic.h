/* SPDX-License-Identifier: MIT
 *
 * What is wrong with what the user wrote, told as a compiler tells it:
 *
 *   lost.yaml:7:27: error: unknown key 'mls' in tcp; did you mean 'msl'?
 *     server: {profile: rfc9293, tcp: {mls: 30s}}
 *                                      ^
 *
 * Whoever reads something gets a SfDiagnostics, reports into it and returns FALSE or NULL. Only the first error is
 * kept, since what comes after it is mostly its consequence, and the first hundred warnings. Nothing here prints.
 */
#pragma once

#include <glib.h>

/* A text that places can be pointed at in: a file, or the value of an option. Shared, counted. */
typedef struct SfSource SfSource;

/* Returns a source called `name` ("lost.yaml", "--set run.seed=x") with the `len` bytes of `text`, both copied. */
SfSource *sf_source_new (const char *name, const char *text, gsize len);
SfSource *sf_source_ref (SfSource *source);
void sf_source_unref (SfSource *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfSource, sf_source_unref)

const char *sf_source_name (const SfSource *source);
const char *sf_source_text (const SfSource *source, gsize *ret_len);

/* FALSE for a one-line text from the command line: its diagnostics have a name, but no line and column. */
gboolean sf_source_is_file (const SfSource *source);
void sf_source_set_option (SfSource *source);

/* Returns a copy of line `line` (from 1) without its newline, NULL if there is no such line. */
char *sf_source_line (const SfSource *source, guint line);

/* Returns `text` as it can be shown: UTF-8, and nothing in it that could drive a terminal. Tabs stay where `tabs`. */
char *sf_printable (const char *text, gboolean tabs);

/* A place in a source; line and column count from 1, columns in characters. Line 0: the source as a whole. */
typedef struct
{
  const SfSource *source;
  guint line, column;
} SfPlace;

typedef enum
{
  SF_SEVERITY_WARNING,
  SF_SEVERITY_ERROR,
} SfSeverity;

typedef struct
{
  SfSeverity severity;
  char *file;         /* name of the source, NULL: none */
  guint line, column; /* 0: none */
  char *message;      /* one line, no full stop at its end */
  char *text;         /* the source line, NULL: none */
} SfDiagnostic;

typedef struct SfDiagnostics SfDiagnostics;

/* Warnings that are kept at most; one more says that there are others. */
#define SF_MAX_WARNINGS 100

SfDiagnostics *sf_diagnostics_new (void);
void sf_diagnostics_free (SfDiagnostics *diag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfDiagnostics, sf_diagnostics_free)

/* Reports an error at `place` (NULL: nowhere). Returns FALSE always, so that one can `return sf_error (…)`. */
gboolean sf_error (SfDiagnostics *diag, const SfPlace *place, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Reports a warning at `place` (NULL: nowhere). */
void sf_warning (SfDiagnostics *diag, const SfPlace *place, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Reports an error about a source that has no text: "FILE: error: cannot be read: …". Returns FALSE always. */
gboolean sf_error_of_file (SfDiagnostics *diag, const char *file, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Moves the error of `from`, if it has one, to `diag`, unless that has one already. */
void sf_diagnostics_take (SfDiagnostics *diag, SfDiagnostics *from);

/* Adds `note` to what the error says. */
void sf_diagnostics_note (SfDiagnostics *diag, const char *note);

/* Returns the error, NULL if there is none. */
const SfDiagnostic *sf_diagnostics_error (const SfDiagnostics *diag);

/* Returns the number of warnings, and warning number `i`. */
guint sf_diagnostics_n_warnings (const SfDiagnostics *diag);
const SfDiagnostic *sf_diagnostics_warning (const SfDiagnostics *diag, guint i);

/* Returns the diagnostic as it is shown: one line, and two more if there is a source line; ends in a newline. */
char *sf_diagnostic_format (const SfDiagnostic *diagnostic);

/* Returns the name of `names` (NULL-terminated) that is nearest to `word` by Damerau–Levenshtein distance, NULL if none
 * is near enough to be meant. Of equally near ones the first. */
const char *sf_nearest_name (const char *word, const char *const *names);

/* Returns "; did you mean 'NAME'?", or "" if nothing is near: to be put at the end of a message. */
char *sf_did_you_mean (const char *word, const char *const *names);
