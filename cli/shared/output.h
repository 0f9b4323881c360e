/* SPDX-License-Identifier: MIT
 *
 * Standard output and the terminal. Only cli/ prints, and only cli/main.c exits.
 */
#pragma once

#include "cli/shared/options.h"

/* When standard output is colored: the choices of --color. */
typedef enum
{
  SF_COLOR_AUTO, /* where a terminal shows colors */
  SF_COLOR_ALWAYS,
  SF_COLOR_NEVER,
} SfColor;

/* TRUE if standard output is to be colored. */
gboolean sf_output_color (SfColor when);

/* TRUE if standard output is a terminal that cannot show UTF-8. */
gboolean sf_output_needs_ascii (void);

/* Returns the width of the terminal, or 100 columns if standard output is none; at least 40. */
guint sf_output_width (void);

/* The same, but not more than 100, beyond which text is hard to read. */
guint sf_output_text_width (void);

/* Standard output, and what went wrong with it. */
typedef struct
{
  int error; /* errno, 0: nothing */
} SfOutput;

/* Writes `text` to standard output; after an error does nothing. */
void sf_output (SfOutput *output, const GString *text);

/* To be called at the end. Returns `status`, or SF_EXIT_FAULT with a message if anything could not be written; that
 * nobody reads on (a closed pipe) is no fault. */
SfExit sf_output_finish (SfOutput *output, SfExit status);

/* Writes `text`, and that was all; returns as sf_output_finish(). */
SfExit sf_output_all (const GString *text, SfExit status);

/* Prints the warnings, and the error if there is one, to standard error. */
void sf_print_diagnostics (const SfDiagnostics *diag);
