/* SPDX-License-Identifier: MIT
 *
 * Tables of mistakes in scenarios: what is to be said of each, and printing them for tests/schema.py.
 */
#pragma once

#include "base/diagnostic.h"

typedef struct
{
  const char *text;  /* what is wrong: a scenario, as a rule */
  const char *place; /* LINE:COLUMN, NULL: none */
  const char *words; /* all of these, separated by '|' */
} Mistake;

/* `error` is that of `mistake`, and in `file`; NULL: there was none. Where it is not, the test has failed, and goes
 * on. */
void mistakes_check (const SfDiagnostic *error, const char *file, const Mistake *mistake);

/* `message` has all of `words`, which '|' separates. */
void mistakes_check_words (const char *message, const char *words);

/* Returns whether the program was called to print its mistakes and nothing else. */
gboolean mistakes_are_wanted (int argc, char **argv);

/* Prints `n` scenarios, each ended by a zero byte. Returns the exit status. */
int mistakes_print (const Mistake *mistakes, guint n);

/* The same for one with the hosts client and server, whose last lines are `key` and, right behind it, `value`. */
void mistakes_print_section (const char *key, const char *value);
