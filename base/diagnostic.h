/* SPDX-License-Identifier: MIT
 *
 * Errors and warnings about what the user wrote, in the form of a compiler:
 *
 *   lost.yaml:7:27: error: unknown key 'mls' in tcp; did you mean 'msl'?
 *     server: {profile: rfc9293, tcp: {mls: 30s}}
 *                                      ^
 *
 * A function that reads input takes an SfDiagnostics, reports into it and returns FALSE or NULL. Only the first error
 * is kept, because later ones mostly follow from it, and the first hundred warnings. Nothing here prints.
 */
#pragma once

#include <glib.h>

/* A text that places can point into: a file, or the value of an option. Reference-counted. */
typedef struct SfSource SfSource;

/* Returns a source called `name` ("lost.yaml", "--set run.seed=x") with the `len` bytes of `text`. Both are copied. */
SfSource *sf_source_new (const char *name, const char *text, gsize len);
SfSource *sf_source_ref (SfSource *source);
void sf_source_unref (SfSource *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfSource, sf_source_unref)

const char *sf_source_name (const SfSource *source);
const char *sf_source_text (const SfSource *source, gsize *ret_len);

/* FALSE for text from the command line: its diagnostics give a name, but no line and column. */
gboolean sf_source_is_file (const SfSource *source);
void sf_source_set_option (SfSource *source);

/* Returns a copy of line `line` (from 1) without its newline, NULL if there is no such line. */
char *sf_source_line (const SfSource *source, guint line);

/* Returns a copy of `text` that is safe to show: valid UTF-8 without control characters. Tabs are kept if `tabs`. */
char *sf_printable (const char *text, gboolean tabs);

/* A place in a source. Line and column count from 1, columns in characters. Line 0 means the whole source. */
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

/* Number of warnings that are kept. One more says that there are others. */
#define SF_MAX_WARNINGS 100

SfDiagnostics *sf_diagnostics_new (void);
void sf_diagnostics_free (SfDiagnostics *diag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfDiagnostics, sf_diagnostics_free)

/* Reports an error at `place` (NULL: at no place). Always returns FALSE, so that callers can `return sf_error (…)`. */
gboolean sf_error (SfDiagnostics *diag, const SfPlace *place, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Reports a warning at `place` (NULL: at no place). */
void sf_warning (SfDiagnostics *diag, const SfPlace *place, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Reports an error about a file without text: "FILE: error: cannot be read: …". Always returns FALSE. */
gboolean sf_error_of_file (SfDiagnostics *diag, const char *file, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Moves the error of `from`, if any, to `diag`, unless `diag` has one already. */
void sf_diagnostics_take (SfDiagnostics *diag, SfDiagnostics *from);

/* Appends `note` to the message of the error. */
void sf_diagnostics_note (SfDiagnostics *diag, const char *note);

/* Returns the error, NULL if there is none. */
const SfDiagnostic *sf_diagnostics_error (const SfDiagnostics *diag);

/* Returns the number of warnings, and warning number `i`. */
guint sf_diagnostics_n_warnings (const SfDiagnostics *diag);
const SfDiagnostic *sf_diagnostics_warning (const SfDiagnostics *diag, guint i);

/* Returns the diagnostic as it is shown: one line, and two more if it has a source line. Ends in a newline. */
char *sf_diagnostic_format (const SfDiagnostic *diagnostic);

/* Returns "a, b or c" of `names` (NULL-terminated, not empty), in the language of messages. */
char *sf_one_of (const char *const *names);

/* Returns the name in `names` (NULL-terminated) that is nearest to `word` by Damerau–Levenshtein distance. Of equally
 * near names the first; NULL if none is near enough. */
const char *sf_nearest_name (const char *word, const char *const *names);

/* Returns "; did you mean 'NAME'?" for the end of a message, or "" if no name is near. */
char *sf_did_you_mean (const char *word, const char *const *names);
