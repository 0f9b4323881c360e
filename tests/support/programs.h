/* SPDX-License-Identifier: MIT
 *
 * Fake programs that print what a test wants: a folder of them at the beginning of PATH.
 */
#pragma once

#include <glib.h>

/* Makes the folder and puts it at the beginning of PATH. programs_end() undoes that. */
void programs_begin (void);
void programs_end (void);

/* From now on `program` prints `text` and ends with `status`; if that is not 0, after "PROGRAM: it failed" on standard
 * error. */
void programs_say (const char *program, const char *text, int status);

/* There is no `program` from now on. */
void programs_remove (const char *program);

/* Returns the environment of the last call, a line "NAME=VALUE" per variable. */
char *programs_environment (void);

/* Returns how programs were called since the last time, a line "PROGRAM ARGUMENT …" each. */
char *programs_calls (void);
