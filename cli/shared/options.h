/* SPDX-License-Identifier: MIT
 *
 * Exit statuses, the options that commands share, and what is said of wrong usage.
 */
#pragma once

#include "lab/report/run.h"

/* Exit statuses, the same for every command (docs/design.md). */
typedef enum
{
  SF_EXIT_OK = 0,     /* done, and every expectation held */
  SF_EXIT_FAILED = 1, /* an expectation failed */
  SF_EXIT_INPUT = 2,  /* the input or the usage is wrong */
  SF_EXIT_FAULT = 3,  /* a fault of the program or of the machine: out of memory, disk full */
} SfExit;

/* The option that says the language. Every command has it; only one that wants to know what was asked lists it among
 * its own, since otherwise sf_options_parse() does, and speaks it in either case. */
#define SF_LANG_ENTRY(where)                                                             \
  {                                                                                      \
    "lang", 0, 0, G_OPTION_ARG_STRING, where,                                            \
      N_ ("Language of what is printed: en or zh (default: that of the locale)"), "LANG" \
  }

/* Speaks English where only ASCII may be written, if `lang`, what --lang says, is NULL. FALSE after a message if that
 * asks for another language. */
gboolean sf_lang_check_ascii (const char *command, gboolean ascii, const char *lang);

/* Parses the options of a command; `arguments` is what the usage line says after them. It, `description` and the texts
 * of `entries` are translated here: N_(). Positional arguments are left in `*ret_rest` (NULL-terminated). FALSE with
 * `*ret_exit` set if the command is over: --help, or wrong usage. */
gboolean sf_options_parse (int argc, char **argv, const GOptionEntry *entries, const char *arguments,
                           const char *description, char ***ret_rest, SfExit *ret_exit);

/* Reports wrong usage of `command` on standard error; returns SF_EXIT_INPUT. */
SfExit sf_usage_error (const char *command, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Reports that the program could not do its work: "synfin: MESSAGE"; returns SF_EXIT_FAULT. */
SfExit sf_fatal_error (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Reads "--seed N"; TRUE without doing anything if `text` is NULL. */
gboolean sf_seed_parse (const char *command, const char *text, SfRunOptions *ret_options);

/* Reads an instant, what `option` says; TRUE without doing anything if `text` is NULL. */
gboolean sf_option_instant (const char *command, const char *option, const char *text, SfTime *ret_time);

/* Splits the values of --set (NULL-terminated, or NULL) into overrides, SfOverride; NULL after a message. */
GArray *sf_sets_parse (char **sets);
