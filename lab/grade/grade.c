/* SPDX-License-Identifier: MIT */
#include "lab/grade/grade.h"

#include "base/gettext.h"
#include "base/source_file.h"
#include "lab/grade/answers.h"
#include "lab/grade/grade_scenario.h"

#include <string.h>

/* --- quizzes --- */

static void
answer_tell (const SfVerdict *verdict, const char *lang, GString *expected, GString *seen)
{
  const SfAnswerFacts *facts = verdict->facts;

  if (facts->is_shown)
    sf_answer_text (expected, &facts->right, verdict->excerpt);
  else
    g_string_append (expected, verdict->holds ? facts->given : tr (lang, "another answer"));
  g_string_append (seen, facts->given != NULL ? facts->given : tr (lang, "no answer"));
  if (facts->mistake != NULL)
    g_string_append_printf (seen, " (%s)", facts->mistake);
}

static void
answer_facts_free (gpointer data)
{
  SfAnswerFacts *facts = data;

  g_free (facts->given);
  g_free (facts->mistake);
  g_free (facts);
}

static const SfFactsKind answer_facts = { NULL, answer_tell, answer_facts_free };

/* Returns the verdict on answer `text` (NULL: none) to `question`. */
static SfVerdict *
judge_answer (const SfTask *task, const SfQuestion *question, const SfRun *run, const SfTrace *trace, const char *text)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  SfVerdict *verdict = sf_verdict_new (trace, question->ask, task->show_answers ? question->because : NULL, 0);
  SfAnswerFacts *facts = g_new0 (SfAnswerFacts, 1);
  SfGuess guess;

  facts->right = sf_question_answer (question, trace);
  facts->given = g_strdup (text);
  facts->is_shown = task->show_answers;
  if (text != NULL && sf_question_guess (question, text, run->scenario->plan, NULL, diag, &guess))
    verdict->holds = sf_guess_is_right (&guess, &facts->right);
  else if (text != NULL)
    facts->mistake = g_strdup (sf_diagnostics_error (diag)->message);
  sf_verdict_take_facts (verdict, &answer_facts, facts);
  return verdict;
}

static void
judge_answers (SfTaskGrade *grade, const SfAnswers *answers)
{
  const SfTask *task = grade->task;

  for (guint i = 0; i < task->runs->len; i++)
    {
      const SfRun *run = g_ptr_array_index (task->runs, i);
      const SfOutcome *outcome = g_ptr_array_index (task->outcomes, i);

      for (guint k = 0; k < run->predict->questions->len; k++)
        {
          SfPlace place;
          const char *text = sf_answers_at (answers, run->scenario->variant, k, &place);

          g_ptr_array_add (grade->verdicts,
                           judge_answer (task, sf_predict_question (run->predict, k), run, outcome->trace, text));
        }
    }
}

static gboolean
grade_quiz (SfTaskGrade *grade, SfSource *source, SfDiagnostics *diag)
{
  g_autoptr (SfAnswers) answers = sf_answers_load (source, diag);

  if (answers == NULL || !sf_answers_check_lesson (answers, grade->task->lesson, diag))
    return FALSE;
  judge_answers (grade, answers);
  return TRUE;
}

/* --- points --- */

static guint
weight_of (const SfTask *task, guint i)
{
  return task->weights != NULL ? g_array_index (task->weights, guint, i) : 1;
}

static void
count_points (SfTaskGrade *grade)
{
  gint64 all = 0, earned = 0;

  for (guint i = 0; i < grade->verdicts->len; i++)
    {
      gint64 weight = weight_of (grade->task, i);

      all += weight;
      if (((const SfVerdict *) g_ptr_array_index (grade->verdicts, i))->holds)
        earned += weight;
    }
  grade->points = all > 0 ? grade->task->points * earned / all : 0;
}

/* --- tasks --- */

static void
free_verdict (gpointer data)
{
  sf_verdict_free (data);
}

static void
task_grade_free (gpointer data)
{
  SfTaskGrade *grade = data;

  g_free (grade->problem);
  g_ptr_array_unref (grade->notes);
  g_ptr_array_unref (grade->verdicts);
  g_free (grade);
}

void
sf_grade_add (SfGrade *grade, const SfTask *task, SfSource *source, SfDiagnostics *diag)
{
  SfTaskGrade *of_task = g_new0 (SfTaskGrade, 1);
  gboolean ok = source != NULL;

  of_task->task = task;
  of_task->notes = g_ptr_array_new_with_free_func (g_free);
  of_task->verdicts = g_ptr_array_new_with_free_func (free_verdict);
  if (ok && task->kind == SF_TASK_QUIZ)
    ok = grade_quiz (of_task, source, diag);
  else if (ok)
    ok = sf_grade_scenario (of_task, source, diag);
  if (!ok)
    of_task->problem = g_strchomp (sf_diagnostic_format (sf_diagnostics_error (diag)));
  else
    count_points (of_task);
  g_ptr_array_add (grade->tasks, of_task);
}

/* --- grades --- */

/* Returns the name of a folder as printable text. Bytes that cannot be printed, and '\\' itself, become "\\xNN", so
 * that different folders keep different names. */
static char *
printable_name (const char *name)
{
  GString *out = g_string_new (NULL);

  while (*name != '\0')
    {
      gunichar c = g_utf8_get_char_validated (name, -1);

      if (c == '\\' || !g_unichar_validate (c) || g_unichar_iscntrl (c))
        g_string_append_printf (out, "\\x%02X", (guint8) *name++);
      else
        {
          g_string_append_unichar (out, c);
          name = g_utf8_next_char (name);
        }
    }
  return g_string_free (out, FALSE);
}

SfGrade *
sf_grade_new (const char *student)
{
  SfGrade *grade = g_new0 (SfGrade, 1);

  grade->student = printable_name (student);
  grade->tasks = g_ptr_array_new_with_free_func (task_grade_free);
  return grade;
}

SfGrade *
sf_grade (const SfAssignment *assignment, const char *student, const char *folder)
{
  SfGrade *grade = sf_grade_new (student);

  for (guint i = 0; i < assignment->tasks->len; i++)
    {
      const SfTask *task = sf_assignment_task (assignment, i);
      g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
      g_autoptr (SfSource) source = sf_source_read_inside (folder, task->file, diag);

      sf_grade_add (grade, task, source, diag);
    }
  return grade;
}

void
sf_grade_free (SfGrade *grade)
{
  if (grade == NULL)
    return;
  g_free (grade->student);
  g_ptr_array_unref (grade->tasks);
  g_free (grade);
}

SfGradePoints
sf_grade_points (const SfGrade *grade)
{
  SfGradePoints sum = 0;

  for (guint i = 0; i < grade->tasks->len; i++)
    sum += sf_grade_task (grade, i)->points;
  return sum;
}
