/* SPDX-License-Identifier: MIT
 *
 * Standard output and the terminal. Only cli/ prints, and only cli/main.c exits.
 */
#pragma once

#include "cli/shared/options.h"

/* When to color standard output: the choices of --color. */
typedef enum
{
  SF_COLOR_AUTO, /* if it is a terminal with colors */
  SF_COLOR_ALWAYS,
  SF_COLOR_NEVER,
} SfColor;

/* TRUE if standard output should be colored. */
gboolean sf_output_color (SfColor when);

/* TRUE if standard output is a terminal that cannot show UTF-8. */
gboolean sf_output_needs_ascii (void);

/* Returns the width of the terminal, at least 40 columns; 100 if standard output is no terminal. */
guint sf_output_width (void);

/* The same, but at most 100 columns, since longer lines are hard to read. */
guint sf_output_text_width (void);

/* Standard output, and the first error in writing to it. */
typedef struct
{
  int error; /* errno, 0: no error */
} SfOutput;

/* Writes `text` to standard output. After an error it does nothing. */
void sf_output (SfOutput *output, const GString *text);

/* Call this at the end. Returns `status`, or SF_EXIT_FAULT with a message if anything could not be written. A closed
 * pipe is no fault: its reader wanted no more. */
SfExit sf_output_finish (SfOutput *output, SfExit status);

/* Writes `text` as the whole output. Returns the same as sf_output_finish(). */
SfExit sf_output_all (const GString *text, SfExit status);

/* Prints the warnings, and the error if there is one, to standard error. */
void sf_print_diagnostics (const SfDiagnostics *diag);
