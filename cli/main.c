/* SPDX-License-Identifier: MIT
 *
 * The program `synfin`: finds the subcommand and runs it.
 */
#include "cli/cli.h"

#include "cli/language.h"
#include "models/gettext.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const SfCommand commands[] = {
  { "run", N_("run a scenario and its variants: timeline and verdicts"), sf_command_run },
  { "check", N_("run scenarios as tests"), sf_command_check },
  { "plot", N_("draw a picture of a run: sequence diagram, graphs"), sf_command_plot },
  { "knobs", N_("list the constants and choices of TCP, and the mutants"), sf_command_knobs },
  { "lessons", N_("list the lessons and what each asks, or show one"), sf_command_lessons },
  { "quiz", N_("ask what a scenario will do, then show it"), sf_command_quiz },
  { "grade", N_("give points for what students hand in"), sf_command_grade },
  { "complete", NULL, sf_command_complete },
};

static SfExit
print_help (void)
{
  g_autoptr (GString) out = g_string_new (_("Usage: synfin COMMAND [OPTION...] FILE...\n\n"
                                            "Simulates the lifecycle of TCP connections, from SYN to FIN.\n\n"
                                            "Commands:\n"));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].summary != NULL)
      g_string_append_printf (out, "  %-10s %s\n", commands[i].name, _(commands[i].summary));
  g_string_append (out, _("\n'synfin COMMAND --help' describes a command. Exit status: 0 every expectation held,\n"
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
unknown_command (const char *name)
{
  const char *names[G_N_ELEMENTS (commands) + 1] = { NULL };
  g_autofree char *hint = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    names[i] = commands[i].name;
  hint = sf_did_you_mean (name, names);
  fprintf (stderr, _("synfin: unknown command '%s'%s\nTry 'synfin --help'.\n"), name, hint);
  return SF_EXIT_INPUT;
}

static void
report_crash (int number)
{
  static const char message[] = "synfin: internal error; please report it with the command that led to it\n";
  gssize ignored = write (STDERR_FILENO, message, sizeof message - 1);

  (void) ignored;
  (void) number;
  _exit (SF_EXIT_FAULT);
}

/* A crash must not look like a failed expectation to who grades by exit status. A sanitizer's handler stays. */
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

/* A locale that is not installed says at least how the terminal shows characters. */
static void
set_characters (void)
{
  if (setlocale (LC_CTYPE, "") == NULL && sf_language_is_utf8 ())
    setlocale (LC_CTYPE, "C.UTF-8");
}

int
main (int argc, char **argv)
{
  set_characters ();
  sf_language_speak (sf_output_needs_ascii () ? "en" : sf_language_of_environment ());
  signal (SIGPIPE, SIG_IGN); /* a reader that goes away is noticed by the write, see sf_output_finish() */
  catch_crashes ();

  if (argc < 2)
    {
      fputs (_("Usage: synfin COMMAND [OPTION...] FILE...\nTry 'synfin --help'.\n"), stderr);
      return SF_EXIT_INPUT;
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)
    return (int) print_help ();
  if (strcmp (argv[1], "--version") == 0)
    return (int) print_version ();
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[1], commands[i].name) == 0)
      return (int) commands[i].run (argc - 1, argv + 1);
  return (int) unknown_command (argv[1]);
}
