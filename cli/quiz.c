/* SPDX-License-Identifier: MIT
 *
 * synfin quiz: asks what a run will do, then shows the run and which answers were right.
 */
#include "cli/command.h"
#include "cli/shared/lessons_folder.h"

#include "base/files.h"
#include "base/gettext.h"
#include "base/paragraph.h"
#include "base/units.h"
#include "cli/shared/language.h"
#include "lab/grade/answers.h"
#include "lab/language/node_print.h"
#include "lab/report/scenario_text.h"
#include "plots/terminal/timeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  char *variant, *answers, *save;
  SfArgument color;
  gboolean ascii;
} Options;

static const SfOption rows[] = {
  { "variant", 0, SF_OPTION_TEXT, offsetof (Options, variant), N_ ("Only this variant; 'standard': without overrides"),
    "NAME", NULL },
  { "answers", 0, SF_OPTION_FILE, offsetof (Options, answers), N_ ("Take the answers from a file and ask nothing"),
    "FILE", NULL },
  { "save", 0, SF_OPTION_FILE, offsetof (Options, save), N_ ("Save the answers to a file, which can be graded"), "FILE",
    NULL },
  { "ascii", 0, SF_OPTION_FLAG, offsetof (Options, ascii), N_ ("Draw with ASCII characters only"), NULL, NULL },
  SF_COLOR_ROW (Options),
  SF_OPTION_END,
};

/* A quiz in progress. */
typedef struct
{
  SfTextStyle style;
  SfTimelineOptions timeline;
  SfOutput output;
  SfAnswers *given;   /* answers from a file, NULL: a person types them */
  SfAnswers *answers; /* all answers */
  gboolean typing;    /* a person at a terminal, who can be asked again */
  gboolean over;      /* the input has ended */
  guint n_asked, n_right;
} Quiz;

/* --- the situation --- */

/* Appends section `key` of the scenario as it is written, one item a line. */
static void
add_section (GString *out, const SfNode *root, const char *key, const SfTextStyle *style)
{
  const SfNode *section = sf_node_get (root, key);
  g_autofree char *label = g_strdup_printf ("  %-8s", key);

  for (guint i = 0; section != NULL && i < sf_node_n (section); i++)
    {
      g_autofree char *item = sf_node_print (sf_node_item (section, i));
      g_autofree char *line = section->kind == SF_NODE_MAP
                                ? g_strdup_printf ("%s: %s", sf_node_key (section, i)->text, item)
                                : g_strdup (item);

      sf_paragraph_labeled (out, label, i == 0, line, style);
    }
}

static void
add_situation (GString *out, const SfScenario *scenario, const SfTextStyle *style)
{
  static const char *const keys[] = { "tcp", "hosts", "links", "faults", "script", "run" };
  const SfNode *root = sf_document_root (scenario->document);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    add_section (out, root, keys[i], style);
  g_string_append_c (out, '\n');
}

/* --- asking --- */

static void
say (Quiz *quiz, const char *text)
{
  g_autoptr (GString) out = g_string_new (text);

  sf_output (&quiz->output, out);
}

static void
complain (Quiz *quiz, const char *message)
{
  g_autoptr (GString) out = g_string_new (NULL);

  sf_paragraph (out, "  ", "  ", message, quiz->style.width);
  sf_output (&quiz->output, out);
}

/* Reads a line. Returns it without surrounding blanks; NULL at the end of the input. */
static char *
read_line (Quiz *quiz)
{
  char *line = NULL;
  gsize size = 0;
  char *text = NULL;

  say (quiz, "> ");
  if (getline (&line, &size, stdin) >= 0)
    text = g_strstrip (sf_printable (line, FALSE));
  free (line);
  /* Input from a pipe has not been echoed. */
  if (text == NULL)
    say (quiz, "\n");
  else if (!quiz->typing)
    {
      say (quiz, text);
      say (quiz, "\n");
    }
  return text;
}

/* Asks until an answer to `question` can be understood, or once if nobody is at a terminal. Returns the answer, NULL if
 * there is none. */
static char *
ask (Quiz *quiz, const SfQuestion *question, const SfPlan *plan)
{
  for (;;)
    {
      g_autofree char *text = read_line (quiz);
      g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
      SfGuess guess;

      quiz->over = text == NULL;
      if (text == NULL || *text == '\0')
        return NULL;
      if (!quiz->typing || sf_question_guess (question, text, plan, NULL, diag, &guess))
        return g_steal_pointer (&text);
      complain (quiz, sf_diagnostics_error (diag)->message);
    }
}

static void
add_question (GString *out, const SfQuestion *question, guint number, const SfTextStyle *style)
{
  g_autofree char *label = g_strdup_printf ("%u. ", number);

  sf_paragraph_labeled (out, label, TRUE, sf_wording_in (question->ask, style->lang), style);
}

/* Asks all questions about `run`. */
static void
ask_all (Quiz *quiz, const SfRun *run)
{
  const char *variant = run->scenario->variant;

  for (guint i = 0; i < run->predict->questions->len && !quiz->over; i++)
    {
      const SfQuestion *question = sf_predict_question (run->predict, i);
      g_autoptr (GString) out = g_string_new (NULL);
      g_autofree char *text = NULL;

      add_question (out, question, i + 1, &quiz->style);
      g_string_append_printf (out, _ ("   (%s)\n"), _ (sf_answer_form (sf_question_answer_kind (question))));
      sf_output (&quiz->output, out);
      text = ask (quiz, question, run->scenario->plan);
      if (!quiz->over)
        sf_answers_add (quiz->answers, variant, text);
    }
  say (quiz, "\n");
}

/* Takes the answers to the questions about `run` from the file. */
static void
take_all (Quiz *quiz, const SfRun *run)
{
  const char *variant = run->scenario->variant;

  for (guint i = 0; i < run->predict->questions->len; i++)
    {
      SfPlace place;

      sf_answers_add (quiz->answers, variant, sf_answers_at (quiz->given, variant, i, &place));
    }
}

/* --- results --- */

static void
add_word (GString *out, const char *word, gboolean good, const SfTextStyle *style)
{
  const char *look = good ? "\033[32m" : "\033[1;31m";

  g_string_append_printf (out, "%s%s%s", style->color ? look : "", word, style->color ? "\033[0m" : "");
}

/* Appends whether `text` (NULL: no answer) is right, the right answer, and the reason. TRUE if `text` is right. */
static gboolean
add_result (GString *out, const SfQuestion *question, const char *text, const SfRun *run, const SfTrace *trace,
            const SfTextStyle *style)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (GString) right = g_string_new (NULL);
  SfAnswer answer = sf_question_answer (question, trace);
  SfGuess guess;
  gboolean read = text != NULL && sf_question_guess (question, text, run->scenario->plan, NULL, diag, &guess);
  gboolean is_right = read && sf_guess_is_right (&guess, &answer);

  sf_answer_text (right, &answer, trace);
  if (answer.kind == SF_ANSWER_SEGMENT && !answer.none)
    {
      g_autofree char *time = sf_print_time (answer.segment.sent_at);

      g_string_append_printf (right, _ (" (sent at %s)"), time);
    }
  g_string_append (out, "   ");
  if (is_right)
    add_word (out, _ ("right"), TRUE, style);
  else
    add_word (out, text != NULL ? _ ("wrong") : _ ("not answered"), FALSE, style);
  if (is_right)
    g_string_append_printf (out, _ (": %s\n"), right->str);
  else if (text != NULL)
    g_string_append_printf (out, _ (": you say %s; it is %s\n"), text, right->str);
  else
    g_string_append_printf (out, _ ("; it is %s\n"), right->str);
  if (text != NULL && !read)
    sf_paragraph (out, "   ", "   ", sf_diagnostics_error (diag)->message, style->width);
  if (question->because != NULL)
    sf_paragraph (out, "   ", "   ", sf_wording_in (question->because, style->lang), style->width);
  return is_right;
}

static void
tell_all (Quiz *quiz, const SfRun *run)
{
  g_autoptr (SfOutcome) outcome = sf_run_do (run);
  g_autoptr (GString) out = g_string_new (NULL);

  sf_timeline (out, outcome->trace, &quiz->timeline);
  g_string_append_c (out, '\n');
  for (guint i = 0; i < run->predict->questions->len; i++)
    {
      const SfQuestion *question = sf_predict_question (run->predict, i);
      SfPlace place;
      const char *text = sf_answers_at (quiz->answers, run->scenario->variant, i, &place);

      add_question (out, question, i + 1, &quiz->style);
      quiz->n_asked++;
      quiz->n_right += add_result (out, question, text, run, outcome->trace, &quiz->style);
      g_string_append_c (out, '\n');
    }
  sf_output (&quiz->output, out);
}

/* --- the quiz --- */

static void
do_run (Quiz *quiz, const SfRun *run)
{
  g_autoptr (GString) out = g_string_new (NULL);
  SfPlace place;

  if (run->predict->questions->len == 0 || quiz->over)
    return;
  sf_scenario_text_heading (out, run->scenario, &quiz->style);
  if (quiz->given == NULL)
    add_situation (out, run->scenario, &quiz->style);
  sf_output (&quiz->output, out);
  if (quiz->given != NULL)
    take_all (quiz, run);
  else
    ask_all (quiz, run);
  /* Whoever ended the input before the first answer does not want to see the run yet. */
  if (!quiz->over || sf_answers_at (quiz->answers, run->scenario->variant, 0, &place) != NULL)
    tell_all (quiz, run);
}

static gboolean
save (Quiz *quiz, const char *path)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return TRUE;
  sf_answers_write (text, quiz->answers);
  if (sf_file_write (path, text->str, text->len, &error))
    return TRUE;
  sf_fatal_error ("%s", error->message);
  return FALSE;
}

static SfExit
do_quiz (Quiz *quiz, const GPtrArray *runs, const Options *options)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    do_run (quiz, g_ptr_array_index (runs, i));
  if (!save (quiz, options->save))
    return SF_EXIT_FAULT;
  if (quiz->over)
    g_string_append (out, _ ("The answers end here.\n"));
  if (quiz->n_asked > 0)
    g_string_append_printf (out, _ ("%u of %u right\n"), quiz->n_right, quiz->n_asked);
  sf_output (&quiz->output, out);
  return sf_output_finish (&quiz->output, quiz->n_right == quiz->n_asked && !quiz->over ? SF_EXIT_OK : SF_EXIT_FAILED);
}

/* --- the command --- */

static gboolean
has_questions (const GPtrArray *runs)
{
  for (guint i = 0; i < runs->len; i++)
    if (((const SfRun *) g_ptr_array_index (runs, i))->predict->questions->len > 0)
      return TRUE;
  return FALSE;
}

/* Loads the answers to the questions of `lesson`. NULL after a message. */
static SfAnswers *
load_answers (const char *path, const char *lesson)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSource) source = sf_source_read (path, path, diag);
  g_autoptr (SfAnswers) answers = source != NULL ? sf_answers_load (source, diag) : NULL;
  gboolean ok = answers != NULL && sf_answers_check_lesson (answers, lesson, diag);

  sf_print_diagnostics (diag);
  return ok ? g_steal_pointer (&answers) : NULL;
}

static SfExit
quiz (const char *command, char **arguments, gconstpointer user)
{
  const Options *options = user;
  g_autofree char *path = NULL;
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (SfAnswers) given = NULL, answers = NULL;
  SfRunOptions run_options = { .variant = options->variant };
  Quiz quiz = { .style = { .width = sf_output_text_width (),
                           .color = sf_output_color ((SfColor) options->color.value),
                           .lang = sf_language_spoken () } };

  if (arguments[0] == NULL || arguments[1] != NULL)
    return sf_usage_error (command, "%s", arguments[0] == NULL ? _ ("which scenario?") : _ ("one scenario at a time"));
  path = sf_scenario_find (arguments[0]);
  if (path == NULL)
    return SF_EXIT_INPUT;
  run_options.name = arguments[0];
  runs = sf_runs_load (path, &run_options, diag);
  sf_print_diagnostics (diag);
  if (runs == NULL)
    return SF_EXIT_INPUT;
  if (!has_questions (runs))
    return sf_usage_error (command, _ ("%s asks nothing (it has no `predict`)"), arguments[0]);
  given = options->answers != NULL ? load_answers (options->answers, arguments[0]) : NULL;
  if (options->answers != NULL && given == NULL)
    return SF_EXIT_INPUT;

  answers = sf_answers_new (arguments[0]);
  quiz.given = given;
  quiz.answers = answers;
  quiz.typing = isatty (STDIN_FILENO);
  quiz.timeline.width = MAX (sf_output_width (), SF_TIMELINE_MIN_WIDTH);
  quiz.timeline.ascii = options->ascii || sf_output_needs_ascii ();
  quiz.timeline.color = quiz.style.color;
  quiz.timeline.lang = quiz.style.lang;
  return do_quiz (&quiz, runs, options);
}

static const SfUsage usage = {
  .options = rows,
  .arguments = "FILE|LESSON",
  .description = N_ ("Asks the questions of a scenario (`predict`), then shows its run, and for each question whether\n"
                     "the answer was right, and why. Exit status: 0 all were right, 1 one was not."),
};

SfExit
sf_command_quiz (int argc, char **argv)
{
  Options options = { 0 };

  return sf_options_run (argc, argv, &usage, &options, quiz);
}
