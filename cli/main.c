/* SPDX-License-Identifier: MIT
 *
 * The program `synfin`: finds the subcommand and runs it.
 */
#include "cli/command.h"

#include "base/gettext.h"
#include "cli/shared/language.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const SfCommand commands[] = {
  { "run", N_ ("run a scenario and its variants: timeline and verdicts"), sf_command_run },
  { "check", N_ ("run scenarios as tests"), sf_command_check },
  { "plot", N_ ("draw a picture of a run: sequence diagram, graphs"), sf_command_plot },
  { "sweep", N_ ("run a scenario at many points, many times: statistics and graphs"), sf_command_sweep },
  { "sweep-merge", N_ ("join shards of a sweep"), sf_command_sweep_merge },
  { "knobs", N_ ("list the constants and choices of TCP, and the mutants"), sf_command_knobs },
  { "lessons", N_ ("list the lessons and what each asks, or show one"), sf_command_lessons },
  { "quiz", N_ ("ask what a scenario will do, then show it"), sf_command_quiz },
  { "grade", N_ ("give points for what students hand in"), sf_command_grade },
  { "complete", NULL, sf_command_complete },
};

static SfExit
print_help (void)
{
  g_autoptr (GString) out = g_string_new (_ ("Usage: synfin COMMAND [OPTION...] FILE...\n\n"
                                             "Simulates the lifecycle of TCP connections, from SYN to FIN.\n\n"
                                             "Commands:\n"));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].summary != NULL)
      g_string_append_printf (out, "  %-12s %s\n", commands[i].name, _ (commands[i].summary));
  g_string_append_printf (out, _ ("\nOptions:\n  --help         %s\n  --version      %s\n  --lang=LANG    %s\n"),
                          _ ("Print this help"), _ ("Print the version"), sf_option_help (SF_LANG_HELP));
  g_string_append (out, _ ("\n'synfin COMMAND --help' describes a command. Exit status: 0 every expectation held,\n"
                           "1 one failed, 2 the input or the usage is wrong, 3 the program is at fault.\n"));
  return sf_output_all (out, SF_EXIT_OK);
}

static SfExit
print_version (void)
{
  g_autoptr (GString) out = g_string_new ("synfin " SYNFIN_VERSION "\n");

  return sf_output_all (out, SF_EXIT_OK);
}

static SfExit
usage_error (const char *message)
{
  fprintf (stderr, _ ("synfin: %s\nTry 'synfin --help'.\n"), message);
  return SF_EXIT_INPUT;
}

static SfExit
unknown_command (const char *name)
{
  const char *names[G_N_ELEMENTS (commands) + 1] = { NULL };
  g_autofree char *hint = NULL, *message = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    names[i] = commands[i].name;
  hint = sf_did_you_mean (name, names);
  message = g_strdup_printf (_ ("unknown command '%s'%s"), name, hint);
  return usage_error (message);
}

/* --- options before the command --- */

typedef struct
{
  gboolean help, version;
  char *lang;
} Options;

static void
clear_options (Options *options)
{
  g_free (options->lang);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

/* Takes the options before the command out of the arguments, and switches to the language that they name. FALSE after a
 * message. */
static gboolean
parse_options (int *argc, char ***argv, Options *options)
{
  g_autofree char *lang = NULL;
  const GOptionEntry entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &options->help, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, NULL, NULL },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &lang, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, TRUE); /* options after the command belong to the command */
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    message = g_strdup (error->message);
  else if (lang != NULL && sf_language_find (lang) == NULL)
    message = sf_language_complaint (lang);
  if (message != NULL)
    {
      usage_error (message);
      return FALSE;
    }
  if (lang != NULL)
    {
      sf_language_speak (sf_language_find (lang));
      g_free (options->lang);
      options->lang = g_steal_pointer (&lang);
    }
  return TRUE;
}

/* Runs the command argv[0], with the options `before` (NULL-terminated) before its own. */
static SfExit
run_command (int argc, char **argv, const char *const *before)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[0], commands[i].name) == 0)
      {
        g_ptr_array_add (all, argv[0]);
        for (; *before != NULL; before++)
          g_ptr_array_add (all, (gpointer) *before);
        for (int k = 1; k < argc; k++)
          g_ptr_array_add (all, argv[k]);
        g_ptr_array_add (all, NULL);
        return commands[i].run ((int) all->len - 1, (char **) all->pdata);
      }
  return unknown_command (argv[0]);
}

/* Runs what the arguments ask for. `argv` is without the name of the program. */
static SfExit
dispatch (int argc, char **argv, const Options *options)
{
  const char *const lang[] = { options->lang != NULL ? "--lang" : NULL, options->lang, NULL };
  const char *const help[] = { "--help", lang[0], lang[1], NULL };

  if (options->version)
    return print_version ();
  if (options->help)
    return argc == 0 ? print_help () : run_command (argc, argv, help);
  if (argc > 0)
    return run_command (argc, argv, lang);
  fputs (_ ("Usage: synfin COMMAND [OPTION...] FILE...\nTry 'synfin --help'.\n"), stderr);
  return SF_EXIT_INPUT;
}

/* --- the process --- */

static void
report_crash (int number)
{
  static const char message[] = "synfin: internal error; please report it with the command that led to it\n";
  gssize ignored = write (STDERR_FILENO, message, sizeof message - 1);

  (void) ignored;
  (void) number;
  _exit (SF_EXIT_FAULT);
}

/* Lets crashes exit with the status of a fault, so that graders do not take them for a failed expectation. Keeps the
 * handlers of a sanitizer. */
static void
catch_crashes (void)
{
  static const int signals[] = { SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      struct sigaction old;

      if (sigaction (signals[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
        signal (signals[i], report_crash);
    }
}

/* Sets how characters are shown. If the locale is not installed, its name still tells the encoding. */
static void
set_characters (void)
{
  if (setlocale (LC_CTYPE, "") == NULL && sf_language_is_utf8 ())
    setlocale (LC_CTYPE, "C.UTF-8");
}

int
main (int argc, char **argv)
{
  g_auto (Options) options = { 0 };

  set_characters ();
  sf_language_speak (sf_output_needs_ascii () ? "en" : sf_language_of_environment ());
  signal (SIGPIPE, SIG_IGN); /* then writing to a closed pipe fails instead, see sf_output_finish() */
  catch_crashes ();

  if (!parse_options (&argc, &argv, &options))
    return (int) SF_EXIT_INPUT;
  /* "help" in the place of a command is --help, so that options may follow it. */
  if (argc > 1 && strcmp (argv[1], "help") == 0)
    {
      options.help = TRUE;
      argc--;
      argv++;
      if (!parse_options (&argc, &argv, &options))
        return (int) SF_EXIT_INPUT;
    }
  return (int) dispatch (argc - 1, argv + 1, &options);
}
