/* SPDX-License-Identifier: MIT
 *
 * Any bytes as an assignment and as what a student hands in for it, with a line between them: grading ends in a
 * diagnostic about the assignment, or in points for every task and all reports. What is handed in never has more than
 * all points.
 */
#include "lab/grade/answers.h"
#include "lab/grade/grade_report.h"

#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define BETWEEN "\n====\n"

/* The lesson that every name means. */
#define LESSON                                                                                     \
  "synfin: 1\ntitle: t\nhosts: {client: {}, server: {}, third: {}}\n"                              \
  "links: [{between: [client, server], delay: 50ms}, {between: [server, third], delay: 1ms}]\n"    \
  "faults: [drop: {from: server, flags: S., nth: 1}]\n"                                            \
  "script: {server: [listen: 80, accept, wait: 1min], client: [connect: server:80, wait: 1min]}\n" \
  "run: {until: 10s}\n"                                                                            \
  "predict:\n"                                                                                     \
  "  - {ask: a, because: b, state: {host: server, at: 1s}}\n"                                      \
  "  - {ask: a, segments: {from: client, flags: S}}\n"                                             \
  "  - {ask: a, next: {after: 1.05s}}\n"                                                           \
  "  - {ask: a, next: {after: 0s, from: client}}\n"                                                \
  "  - {ask: a, final: client}\n"                                                                  \
  "  - {ask: a, error: {host: client}}\n"                                                          \
  "variants: {quick: {set: {links.0.delay: 1ms}}}\n"

/* What would take the fuzzer too long says nothing about grading. */
#define MOST_EVENTS "{max-events: 500}"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* A file without a name, made once: sf_assignment_load() wants paths of lessons. */
static char *
find_lesson (const char *name G_GNUC_UNUSED)
{
  static int fd = -1;

  if (fd < 0)
    {
      fd = memfd_create ("lesson", MFD_CLOEXEC);
      g_assert (fd >= 0 && write (fd, LESSON, strlen (LESSON)) == (gssize) strlen (LESSON));
    }
  return g_strdup_printf ("/proc/self/fd/%d", fd);
}

static void
limit (const SfAssignment *assignment, SfDiagnostics *diag)
{
  g_autoptr (SfSource) source = sf_source_new ("limits", MOST_EVENTS, strlen (MOST_EVENTS));

  for (guint i = 0; i < assignment->tasks->len; i++)
    {
      SfTask *task = g_ptr_array_index (assignment->tasks, i);

      if (task->kind != SF_TASK_SCENARIO)
        continue;
      sf_document_free (task->limits);
      task->limits = sf_document_parse (source, diag);
    }
}

static void
report_all (const SfAssignment *assignment, SfGrade *grade)
{
  const SfTextStyle style = { .width = 80 };
  g_autoptr (GPtrArray) grades = g_ptr_array_new ();

  g_ptr_array_add (grades, grade);
  for (const SfGradeReport *report = sf_grade_reports (); report->name != NULL; report++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      report->write (out, assignment, grades, "0", &style);
      g_assert (g_utf8_validate (out->str, (gssize) out->len, NULL));
    }
}

/* What is read as answers can be written, and is the same when it is read again. */
static void
write_again (SfSource *source)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfAnswers) answers = sf_answers_load (source, diag), again = NULL;
  g_autoptr (GString) once = g_string_new (NULL), twice = g_string_new (NULL);
  g_autoptr (SfSource) written = NULL;

  if (answers == NULL)
    return;
  sf_answers_write (once, answers);
  written = sf_source_new ("written", once->str, once->len);
  again = sf_answers_load (written, diag);
  g_assert (again != NULL);
  sf_answers_write (twice, again);
  g_assert (g_string_equal (once, twice));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  const char *text = (const char *) data, *end = g_strstr_len (text, (gssize) size, BETWEEN);
  gsize len = end != NULL ? (gsize) (end - text) : size, skip = end != NULL ? len + strlen (BETWEEN) : size;
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSource) written = sf_source_new ("fuzz.yaml", text, len);
  g_autoptr (SfSource) handed_in = sf_source_new ("own.yaml", text + skip, size - skip);
  g_autoptr (SfAssignment) assignment = sf_assignment_load (written, find_lesson, diag);
  g_autoptr (SfGrade) grade = sf_grade_new ("student");

  write_again (handed_in);
  g_assert ((assignment == NULL) == (sf_diagnostics_error (diag) != NULL));
  if (assignment == NULL)
    return 0;
  limit (assignment, diag);
  for (guint i = 0; i < assignment->tasks->len; i++)
    {
      const SfTask *task = sf_assignment_task (assignment, i);
      g_autoptr (SfDiagnostics) own = sf_diagnostics_new ();

      sf_grade_add (grade, task, handed_in, own);
      g_assert (sf_grade_task (grade, i)->points >= 0 && sf_grade_task (grade, i)->points <= task->points);
    }
  report_all (assignment, grade);
  return 0;
}
