/* SPDX-License-Identifier: MIT */
#include "lab/grade/assignment.h"

#include "base/gettext.h"
#include "lab/language/file_keys.h"
#include "lab/language/load.h"

#include <string.h>

/* Enough for any exercise, and soon reached by a run that does not end. */
#define DEFAULT_LIMITS "{max-events: 100000, time-limit: 24h}"

#define MOST_POINTS (100 * 1000000)

/* An assignment while it is read. */
typedef struct
{
  const char *path;
  char *(*find) (const char *name);
  SfDiagnostics *diag;
} Reader;

/* --- points --- */

void
sf_grade_points_text (GString *out, SfGradePoints points)
{
  g_string_append_printf (out, "%" G_GINT64_FORMAT, points / 100);
  if (points % 10 != 0)
    g_string_append_printf (out, ".%02d", (int) (points % 100));
  else if (points % 100 != 0)
    g_string_append_printf (out, ".%d", (int) (points % 100 / 10));
}

/* Parses "3", "2.5" or "0.25". */
static gboolean
parse_points (const char *text, SfGradePoints *ret_points)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", 2);
  g_autofree char *cents = NULL;
  guint64 whole, part = 0;

  if (parts[0] == NULL || !g_ascii_string_to_unsigned (parts[0], 10, 0, MOST_POINTS / 100, &whole, NULL))
    return FALSE;
  if (parts[1] != NULL)
    {
      cents = g_strdup_printf ("%s%s", parts[1], strlen (parts[1]) == 1 ? "0" : "");
      if (strlen (cents) != 2 || !g_ascii_string_to_unsigned (cents, 10, 0, 99, &part, NULL))
        return FALSE;
    }
  *ret_points = (SfGradePoints) (whole * 100 + part);
  return TRUE;
}

static gboolean
load_points (const SfNode *node, SfDiagnostics *diag, SfGradePoints *ret_points)
{
  if (node->kind == SF_NODE_SCALAR && parse_points (node->text, ret_points) && *ret_points <= MOST_POINTS)
    return TRUE;
  return sf_node_unexpected (node, _ ("points, such as 3, 2.5 or 0.25"), diag);
}

SfGradePoints
sf_assignment_points (const SfAssignment *assignment)
{
  SfGradePoints sum = 0;

  for (guint i = 0; i < assignment->tasks->len; i++)
    sum += sf_assignment_task (assignment, i)->points;
  return sum;
}

/* --- scenarios of the assignment --- */

/* Returns the path of the scenario that `node` names: a file beside the assignment, or a lesson. NULL after a
 * diagnostic. */
static char *
find_scenario (const SfNode *node, const Reader *reader)
{
  g_autofree char *full = g_canonicalize_filename (reader->path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);
  g_autofree char *beside = NULL;
  g_autofree char *found = NULL;
  const char *name = NULL;

  if (!sf_node_text (node, reader->diag, &name))
    return NULL;
  beside = g_canonicalize_filename (name, folder);
  if (strchr (name, '/') != NULL || g_str_has_suffix (name, ".yaml"))
    return g_strdup (beside);
  found = reader->find (name);
  if (found == NULL)
    sf_node_error (node, reader->diag, _ ("there is no lesson '%s'"), name);
  return g_steal_pointer (&found);
}

/* --- quizzes --- */

static gboolean
is_wanted (const SfNode *variants, const char *name)
{
  for (guint i = 0; i < sf_node_n (variants); i++)
    if (g_strcmp0 (sf_node_item (variants, i)->text, name) == 0)
      return TRUE;
  return variants == NULL;
}

/* Checks that each of `variants` (a list; NULL: all) has a run with questions. */
static gboolean
check_variants (const SfNode *variants, const GPtrArray *runs, SfDiagnostics *diag)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < runs->len; i++)
    {
      const SfRun *run = g_ptr_array_index (runs, i);

      if (run->predict->questions->len > 0)
        g_ptr_array_add (names, run->scenario->variant);
    }
  g_ptr_array_add (names, NULL);
  if (variants != NULL && !sf_node_check_kind (variants, SF_NODE_LIST, _ ("a list of variants"), diag))
    return FALSE;
  for (guint i = 0; i < sf_node_n (variants); i++)
    {
      const SfNode *variant = sf_node_item (variants, i);
      guint which;

      if (!sf_node_choice (variant, _ ("variant with questions"), (const char *const *) names->pdata, diag, &which))
        return FALSE;
    }
  return TRUE;
}

static void
free_run (gpointer run)
{
  sf_run_free (run);
}

static void
free_outcome (gpointer outcome)
{
  sf_outcome_free (outcome);
}

static gboolean
load_quiz (const SfNode *node, const Reader *reader, SfTask *task)
{
  static const char *const must[] = { "name", "points", "quiz", "answers", NULL };
  static const char *const may[] = { "title", "variants", "show-answers", "visibility", NULL };
  const SfNode *variants = sf_node_get (node, "variants"), *lesson = sf_node_get (node, "quiz");
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  SfRunOptions options = { 0 };

  if (!sf_fields_check (node, N_ ("a quiz"), must, may, reader->diag)
      || !sf_node_bool (sf_node_get (node, "show-answers"), reader->diag, &task->show_answers))
    return FALSE;
  path = find_scenario (lesson, reader);
  options.name = lesson->text;
  runs = path != NULL ? sf_runs_load (path, &options, reader->diag) : NULL;
  if (runs == NULL || !check_variants (variants, runs, reader->diag))
    return FALSE;
  task->lesson = g_strdup (lesson->text);
  task->runs = g_ptr_array_new_with_free_func (free_run);
  task->outcomes = g_ptr_array_new_with_free_func (free_outcome);
  for (guint i = 0; i < runs->len; i++)
    {
      SfRun *run = g_ptr_array_index (runs, i);

      if (run->predict->questions->len == 0 || !is_wanted (variants, run->scenario->variant))
        sf_run_free (run);
      else
        {
          g_ptr_array_add (task->runs, run);
          g_ptr_array_add (task->outcomes, sf_run_do (run));
        }
    }
  g_ptr_array_set_free_func (runs, NULL);
  return task->runs->len > 0
         || sf_node_error (lesson, reader->diag, _ ("'%s' asks nothing (it has no `predict`)"), lesson->text);
}

/* --- scenarios --- */

/* Loads the base and its hosts. */
static gboolean
load_base (const SfNode *node, const Reader *reader, SfTask *task)
{
  g_autofree char *path = find_scenario (node, reader);
  g_autoptr (SfScenario) scenario = NULL;

  if (path == NULL)
    return FALSE;
  scenario = sf_scenario_load (path, node->text, NULL, NULL, 0, reader->diag);
  if (scenario == NULL)
    return FALSE;
  task->base = sf_source_ref (scenario->source);
  task->hosts = g_steal_pointer (&scenario->plan);
  scenario->plan = sf_plan_new ();
  return TRUE;
}

/* Loads the names of the hosts that a scenario without a base must have. */
static gboolean
load_hosts (const SfNode *list, SfDiagnostics *diag, SfTask *task)
{
  task->hosts = sf_plan_new ();
  if (!sf_node_check_kind (list, SF_NODE_LIST, _ ("a list of names of hosts"), diag))
    return FALSE;
  if (sf_node_n (list) > SF_MAX_NODES)
    return sf_node_error (list, diag, _ ("more than %d hosts and routers"), SF_MAX_NODES);
  for (guint i = 0; i < sf_node_n (list); i++)
    {
      const char *name = NULL;

      if (!sf_node_name (sf_node_item (list, i), _ ("the name of a host"), diag, &name))
        return FALSE;
      sf_plan_add_host (task->hosts, name, 0, 1, sf_profile_find ("rfc9293"));
    }
  return TRUE;
}

/* Loads the paths that may be changed. Each begins with a top-level key of scenarios. */
static gboolean
load_may_change (const SfNode *list, SfDiagnostics *diag, SfTask *task)
{
  if (list == NULL)
    return TRUE;
  if (!sf_node_check_kind (list, SF_NODE_LIST, _ ("a list of paths such as [faults, script.client]"), diag))
    return FALSE;
  for (guint i = 0; i < sf_node_n (list); i++)
    {
      const SfNode *item = sf_node_item (list, i);
      g_autofree char *key = NULL;
      const char *path = NULL;

      if (!sf_node_text (item, diag, &path))
        return FALSE;
      key = g_strndup (path, strcspn (path, "."));
      if (!g_strv_contains (sf_section_keys (SF_KEYS_TOP), key))
        return sf_unknown_name (_ ("key of a scenario"), key, sf_section_keys (SF_KEYS_TOP), &item->place, diag);
      g_ptr_array_add (task->may_change, g_strdup (path));
    }
  return TRUE;
}

static SfNode *
node_like (const SfNode *node)
{
  SfNode *copy = g_new0 (SfNode, 1);

  *copy = *node;
  copy->items = g_ptr_array_new ();
  copy->keys = node->keys != NULL ? g_ptr_array_new () : NULL;
  return copy;
}

static void
node_free (gpointer data)
{
  SfNode *node = data;

  g_ptr_array_unref (node->items);
  g_clear_pointer (&node->keys, g_ptr_array_unref);
  g_free (node);
}

/* Adds check `node` to those of `task`, and its `weight`, which is not part of the check. */
static gboolean
add_check (const SfNode *node, SfDiagnostics *diag, SfTask *task)
{
  guint32 weight = 1;
  SfNode *check;

  if (!sf_node_check_kind (node, SF_NODE_MAP, _ ("a mapping (an expectation)"), diag)
      || !sf_node_count32 (sf_node_get (node, "weight"), 1, 1000, diag, &weight))
    return FALSE;
  check = node_like (node);
  for (guint i = 0; i < sf_node_n (node); i++)
    if (strcmp (sf_node_key (node, i)->text, "weight") != 0)
      {
        g_ptr_array_add (check->keys, (gpointer) sf_node_key (node, i));
        g_ptr_array_add (check->items, (gpointer) sf_node_item (node, i));
      }
  g_ptr_array_add (task->expect->items, check);
  g_array_append_val (task->weights, weight);
  return TRUE;
}

static gboolean
load_checks (const SfNode *list, SfDiagnostics *diag, SfTask *task)
{
  g_autoptr (SfExpect) expect = NULL;

  if (!sf_node_check_kind (list, SF_NODE_LIST, _ ("a list of checks"), diag))
    return FALSE;
  if (sf_node_n (list) == 0)
    return sf_node_error (list, diag, _ ("nothing is expected, so there is nothing to give points for"));
  task->expect = node_like (list);
  g_ptr_array_set_free_func (task->expect->items, node_free);
  task->weights = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < sf_node_n (list); i++)
    if (!add_check (sf_node_item (list, i), diag, task))
      return FALSE;
  expect = sf_expect_load (task->expect, task->hosts, diag);
  return expect != NULL;
}

static gboolean
load_limits (const SfNode *node, SfDiagnostics *diag, SfTask *task)
{
  static const char *const none[] = { NULL }, *const may[] = { "max-events", "time-limit", NULL };
  g_autoptr (SfSource) source = sf_source_new ("limits", DEFAULT_LIMITS, strlen (DEFAULT_LIMITS));
  gint64 max_events = 0;
  SfTime time_limit = 0;

  task->limits = sf_document_parse (source, diag);
  if (node == NULL)
    return TRUE;
  if (!sf_fields_check (node, N_ ("limits"), none, may, diag)
      || !sf_node_count (sf_node_get (node, "max-events"), 1, 1000000, diag, &max_events)
      || !sf_node_time (sf_node_get (node, "time-limit"), 1, SF_LONGEST, diag, &time_limit))
    return FALSE;
  for (guint i = 0; i < sf_node_n (node); i++)
    if (!sf_document_set (task->limits, sf_node_key (node, i)->text, sf_node_item (node, i), &node->place, diag))
      return FALSE;
  return TRUE;
}

static gboolean
load_scenario (const SfNode *node, const Reader *reader, SfTask *task)
{
  static const char *const must[] = { "name", "points", "scenario", "expect", NULL };
  static const char *const may[] = { "title", "base", "may-change", "hosts", "limits", "visibility", NULL };
  const SfNode *base = sf_node_get (node, "base"), *hosts = sf_node_get (node, "hosts"),
               *may_change = sf_node_get (node, "may-change");
  SfDiagnostics *diag = reader->diag;

  if (!sf_fields_check (node, N_ ("a scenario to hand in"), must, may, diag))
    return FALSE;
  if ((base != NULL) == (hosts != NULL))
    return sf_node_error (node, diag, _ ("a scenario to hand in has either a `base` or a list of `hosts`"));
  if ((base != NULL) != (may_change != NULL))
    return sf_node_error (node, diag, _ ("`base` and `may-change` belong together"));
  return (base != NULL ? load_base (base, reader, task) : load_hosts (hosts, diag, task))
         && load_may_change (may_change, diag, task) && load_checks (sf_node_get (node, "expect"), diag, task)
         && load_limits (sf_node_get (node, "limits"), diag, task);
}

/* --- tasks --- */

static void
task_free (gpointer data)
{
  SfTask *task = data;

  g_free (task->name);
  sf_wording_unref (task->title);
  g_free (task->file);
  g_free (task->lesson);
  g_clear_pointer (&task->outcomes, g_ptr_array_unref);
  g_clear_pointer (&task->runs, g_ptr_array_unref);
  g_clear_pointer (&task->base, sf_source_unref);
  g_ptr_array_unref (task->may_change);
  g_clear_pointer (&task->hosts, sf_plan_free);
  g_clear_pointer (&task->expect, node_free);
  g_clear_pointer (&task->weights, g_array_unref);
  g_clear_pointer (&task->limits, sf_document_free);
  g_free (task);
}

/* Loads the name of a file in a submission. It must not be a path, so that it cannot name a file outside. */
static gboolean
load_file_name (const SfNode *node, SfDiagnostics *diag, char **ret_name)
{
  const char *name = NULL;

  if (!sf_node_text (node, diag, &name))
    return FALSE;
  if (*name == '.' || strchr (name, '/') != NULL || strlen (name) > 255)
    return sf_node_error (node, diag, _ ("'%s' is no name of a file in the folder of a student"), name);
  *ret_name = g_strdup (name);
  return TRUE;
}

static gboolean
load_common (const SfNode *node, SfDiagnostics *diag, SfTask *task)
{
  static const char *const visibilities[] = { "visible", "hidden", "after_due_date", "after_published", NULL };
  const SfNode *file = sf_node_get (node, task->kind == SF_TASK_QUIZ ? "answers" : "scenario");
  const char *name = NULL;
  guint which = 0;

  if (sf_node_require (node, "name", diag) == NULL || sf_node_require (node, "points", diag) == NULL
      || !sf_node_name (sf_node_get (node, "name"), _ ("the name of a task"), diag, &name)
      || !sf_node_wording (sf_node_get (node, "title"), diag, &task->title)
      || !load_points (sf_node_get (node, "points"), diag, &task->points)
      || !sf_node_choice (sf_node_get (node, "visibility"), _ ("visibility"), visibilities, diag, &which)
      || !load_file_name (file, diag, &task->file))
    return FALSE;
  task->name = g_strdup (name);
  task->visibility = visibilities[which];
  return TRUE;
}

static gboolean
load_task (const SfNode *node, const Reader *reader, SfTask *task)
{
  gboolean quiz = sf_node_get (node, "quiz") != NULL;

  task->kind = quiz ? SF_TASK_QUIZ : SF_TASK_SCENARIO;
  if (quiz == (sf_node_get (node, "scenario") != NULL))
    return sf_node_error (
      node, reader->diag,
      _ ("a task has either `quiz`, whose questions are to be answered, or `scenario`, a file to hand in"));
  return (quiz ? load_quiz (node, reader, task) : load_scenario (node, reader, task))
         && load_common (node, reader->diag, task);
}

static gboolean
is_taken (const GPtrArray *tasks, const char *name)
{
  for (guint i = 0; i + 1 < tasks->len; i++)
    if (strcmp (((const SfTask *) g_ptr_array_index (tasks, i))->name, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
load_tasks (const SfNode *list, const Reader *reader, GPtrArray *tasks)
{
  if (!sf_node_check_kind (list, SF_NODE_LIST, _ ("a list of tasks"), reader->diag))
    return FALSE;
  if (sf_node_n (list) == 0)
    return sf_node_error (list, reader->diag, _ ("no task"));
  for (guint i = 0; i < sf_node_n (list); i++)
    {
      const SfNode *node = sf_node_item (list, i);
      SfTask *task = g_new0 (SfTask, 1);

      task->may_change = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (tasks, task);
      if (!load_task (node, reader, task))
        return FALSE;
      if (is_taken (tasks, task->name))
        return sf_node_error (sf_node_get (node, "name"), reader->diag, _ ("two tasks are called '%s'"), task->name);
    }
  return TRUE;
}

SfAssignment *
sf_assignment_load (SfSource *source, char *(*find) (const char *name), SfDiagnostics *diag)
{
  static const char *const must[] = { "synfin-assignment", "title", "tasks", NULL }, *const may[] = { NULL };
  const Reader reader = { sf_source_name (source), find, diag };
  g_autoptr (SfAssignment) assignment = g_new0 (SfAssignment, 1);
  const SfNode *root;

  assignment->tasks = g_ptr_array_new_with_free_func (task_free);
  assignment->document = sf_document_parse (source, diag);
  if (assignment->document == NULL)
    return NULL;
  root = sf_document_root (assignment->document);
  if (!sf_fields_check_version (root, "synfin-assignment", N_ ("an assignment"), diag)
      || !sf_fields_check (root, N_ ("the assignment"), must, may, diag)
      || !sf_node_wording (sf_node_get (root, "title"), diag, &assignment->title)
      || !load_tasks (sf_node_get (root, "tasks"), &reader, assignment->tasks))
    return NULL;
  return g_steal_pointer (&assignment);
}

void
sf_assignment_free (SfAssignment *assignment)
{
  if (assignment == NULL)
    return;
  g_ptr_array_unref (assignment->tasks);
  sf_wording_unref (assignment->title);
  sf_document_free (assignment->document);
  g_free (assignment);
}
