/* SPDX-License-Identifier: MIT
 *
 * Tables of mistakes in scenarios with their diagnostics, and printing them for tests/schema.py.
 */
#pragma once

#include "base/diagnostic.h"

typedef struct
{
  const char *text;  /* the wrong text, usually a scenario */
  const char *place; /* LINE:COLUMN, NULL: none */
  const char *words; /* the message contains all of these, separated by '|' */
} Mistake;

/* Checks that `error` is the diagnostic of `mistake`, in `file`. NULL: there was no error. On failure the test
 * continues. */
void mistakes_check (const SfDiagnostic *error, const char *file, const Mistake *mistake);

/* Checks that `message` contains all of `words`, which are separated by '|'. */
void mistakes_check_words (const char *message, const char *words);

/* TRUE if the program was called only to print its mistakes. */
gboolean mistakes_are_wanted (int argc, char **argv);

/* Prints the texts of `n` mistakes, each followed by a NUL byte. Returns the exit status. */
int mistakes_print (const Mistake *mistakes, guint n);

/* Prints in the same way a scenario with the hosts client and server that ends with `key` and `value`. */
void mistakes_print_section (const char *key, const char *value);
