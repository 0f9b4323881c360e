/* SPDX-License-Identifier: MIT
 *
 * What the subcommands share: their table, exit statuses, options and output. Only cli/ prints, and only cli/main.c
 * exits.
 */
#pragma once

#include "lab/report.h"
#include "lab/run.h"

/* Exit statuses, the same for every command (docs/design.md). */
typedef enum
{
  SF_EXIT_OK = 0,     /* done, and every expectation held */
  SF_EXIT_FAILED = 1, /* an expectation failed */
  SF_EXIT_INPUT = 2,  /* the input or the usage is wrong */
  SF_EXIT_FAULT = 3,  /* a fault of the program or of the machine: out of memory, disk full */
} SfExit;

typedef struct
{
  const char *name;
  const char *summary; /* N_(); NULL: not for people */
  SfExit (*run) (int argc, char **argv); /* argv[0] is the name of the command */
} SfCommand;

SfExit sf_command_run (int argc, char **argv);
SfExit sf_command_check (int argc, char **argv);
SfExit sf_command_knobs (int argc, char **argv);
SfExit sf_command_lessons (int argc, char **argv);
SfExit sf_command_plot (int argc, char **argv);
SfExit sf_command_quiz (int argc, char **argv);
SfExit sf_command_sweep (int argc, char **argv);
SfExit sf_command_sweep_merge (int argc, char **argv);
SfExit sf_command_grade (int argc, char **argv);
SfExit sf_command_complete (int argc, char **argv);

/* --- options (cli/options.c) --- */

/* The option that says the language. Every command has it; only one that wants to know what was asked lists it among its
 * own, since otherwise sf_options_parse() does, and speaks it in either case. */
#define SF_LANG_ENTRY(where) \
  { "lang", 0, 0, G_OPTION_ARG_STRING, where, N_("Language of what is printed: en or zh (default: that of the locale)"), "LANG" }

/* Speaks English where only ASCII may be written, if `lang`, what --lang says, is NULL. FALSE after a message if that asks for another
 * language. */
gboolean sf_lang_check_ascii (const char *command, gboolean ascii, const char *lang);

/* Parses the options of a command; `arguments` is what the usage line says after them. It, `description` and the texts of `entries`
 * are translated here: N_(). Positional arguments are left in `*ret_rest` (NULL-terminated). FALSE with `*ret_exit` set if the command is over: --help, or wrong usage. */
gboolean sf_options_parse (int argc, char **argv, const GOptionEntry *entries, const char *arguments,
                           const char *description, char ***ret_rest, SfExit *ret_exit);

/* Reports wrong usage of `command` on standard error; returns SF_EXIT_INPUT. */
SfExit sf_usage_error (const char *command, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Reports that the program could not do its work: "synfin: MESSAGE"; returns SF_EXIT_FAULT. */
SfExit sf_fault (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Reads "--seed N"; TRUE without doing anything if `text` is NULL. */
gboolean sf_seed_parse (const char *command, const char *text, SfRunOptions *ret_options);

/* Reads an instant, what `option` says; TRUE without doing anything if `text` is NULL. */
gboolean sf_instant_parse (const char *command, const char *option, const char *text, SfTime *ret_time);

/* Splits the values of --set (NULL-terminated, or NULL) into overrides, SfOverride; NULL after a message. */
GArray *sf_sets_parse (char **sets);

/* --- scenarios (cli/lessons_folder.c) --- */

/* Returns the folder of the lessons: the one that the variable SYNFIN_LESSONS names, that of the source if the program is in a build of
 * it, or that of the installation, which may have been moved. It may not be there. */
char *sf_lessons_folder (void);

/* Returns the path of the scenario that `argument` means: itself, or the lesson of that name in `folder` if it is no file and does not
 * look like one. NULL if there is none. */
char *sf_scenario_meant (const char *argument, const char *folder);

/* The same with the folder of the lessons. NULL after a message. */
char *sf_scenario_find (const char *argument);

/* --- output (cli/output.c) --- */

/* Whether standard output is to be coloured: "auto" (or NULL), "always", "never". FALSE after a message if it is
 * anything else. */
gboolean sf_color_parse (const char *command, const char *when, gboolean *ret_color);

/* TRUE if standard output is a terminal that can not show UTF-8. */
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
