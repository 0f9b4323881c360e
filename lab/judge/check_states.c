/* SPDX-License-Identifier: MIT
 *
 * `states`: the whole path of an end. `state`: one state at an instant, by a deadline, never, at the end, or with the
 * exact times.
 */
#include "lab/judge/check.h"

#include "base/gettext.h"
#include "lab/judge/comparison.h"
#include "lab/judge/history.h"

/* --- states --- */

typedef struct
{
  SfEndRef end;
  GArray *path; /* SfState */
} Path;

static void
clear_path (gpointer data)
{
  Path *path = data;

  g_clear_pointer (&path->path, g_array_unref);
}

static gboolean
load_path (const SfNode *list, SfEndRef end, SfDiagnostics *diag, GArray *paths)
{
  Path path = { end, g_array_new (FALSE, FALSE, sizeof (SfState)) };

  g_array_append_val (paths, path);
  if (!sf_node_check_kind (list, SF_NODE_LIST, _ ("a list of states"), diag))
    return FALSE;
  for (guint i = 0; i < sf_node_n (list); i++)
    {
      SfState state = SF_CLOSED;

      if (!sf_node_state (sf_node_item (list, i), diag, &state))
        return FALSE;
      g_array_append_val (path.path, state);
    }
  return TRUE;
}

/* {host: server, conn: 2, path: [LISTEN, …]} */
static gboolean
load_one_end (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, GArray *paths)
{
  SfEndRef end = { SF_NO_HOST, 1 };

  return sf_node_check_keys (node, SF_KEYS_CHECK_STATES, diag) && sf_check_load_end (node, "host", plan, diag, &end)
         && load_path (sf_node_get (node, "path"), end, diag, paths);
}

/* {client: [CLOSED, …], server: [LISTEN, …]} */
static gboolean
load_by_host (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, GArray *paths)
{
  for (guint i = 0; i < sf_node_n (node); i++)
    {
      SfEndRef end = { SF_NO_HOST, 1 };

      if (!sf_node_host (sf_node_key (node, i), plan, FALSE, diag, &end.host)
          || !load_path (sf_node_item (node, i), end, diag, paths))
        return FALSE;
    }
  return TRUE;
}

static gpointer
states_load (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag)
{
  g_autoptr (GArray) paths = g_array_new (FALSE, FALSE, sizeof (Path));
  gboolean ok;

  g_array_set_clear_func (paths, clear_path);
  if (!sf_node_check_kind (node, SF_NODE_MAP, _ ("{HOST: [STATE, …], …} or {host: …, path: […]}"), diag))
    return NULL;
  ok = sf_node_get (node, "path") != NULL ? load_one_end (node, plan, diag, paths)
                                          : load_by_host (node, plan, diag, paths);
  return ok ? g_steal_pointer (&paths) : NULL;
}

/* Returns the length of the beginning that `path` and `history` share. */
static guint
common_length (const GArray *path, const GArray *history)
{
  guint n = 0;

  while (n < path->len && n < history->len && g_array_index (path, SfState, n) == sf_history_span (history, n)->state)
    n++;
  return n;
}

static gboolean
is_right (const Path *path, const GArray *history)
{
  guint common = common_length (path->path, history);

  return common == path->path->len && common == history->len;
}

static gboolean
states_holds (gconstpointer data, const SfTrace *trace)
{
  const GArray *paths = data;

  for (guint i = 0; i < paths->len; i++)
    {
      const Path *path = &g_array_index (paths, Path, i);
      g_autoptr (GArray) history = sf_history_of_end (trace, path->end.host, path->end.conn);

      if (!is_right (path, history))
        return FALSE;
    }
  return TRUE;
}

/* Shows where the life leaves the path: the last step that was right and those after it. All of it if it is right. */
static void
show_history (SfVerdict *verdict, const SfTrace *trace, const Path *path, const GArray *history)
{
  guint common = common_length (path->path, history);

  for (guint i = is_right (path, history) || common == 0 ? 0 : common - 1; i < history->len; i++)
    if (sf_history_span (history, i)->entered != SF_NO_RECORD)
      sf_verdict_show (verdict, trace, sf_history_span (history, i)->entered);
}

static void
add_path (GString *out, const SfTrace *trace, const Path *path)
{
  g_string_append (out, out->len > 0 ? "\n" : "");
  sf_check_end_text (out, trace, path->end);
  g_string_append (out, ": ");
  for (guint i = 0; i < path->path->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", sf_state_name (g_array_index (path->path, SfState, i)));
}

static void
add_history (GString *out, const SfTrace *trace, const Path *path, const GArray *history)
{
  g_string_append (out, out->len > 0 ? "\n" : "");
  sf_check_end_text (out, trace, path->end);
  g_string_append (out, ": ");
  sf_history_text (out, history);
}

static void
states_explain (gconstpointer data, const SfTrace *trace, SfVerdict *verdict)
{
  const GArray *paths = data;
  GString *expected = g_string_new (NULL);
  GString *seen = g_string_new (NULL);

  for (guint i = 0; i < paths->len; i++)
    {
      const Path *path = &g_array_index (paths, Path, i);
      g_autoptr (GArray) history = sf_history_of_end (trace, path->end.host, path->end.conn);

      add_path (expected, trace, path);
      add_history (seen, trace, path, history);
    }

  /* What is right needs no showing beside what is wrong. */
  for (guint i = 0; i < paths->len; i++)
    {
      const Path *path = &g_array_index (paths, Path, i);
      g_autoptr (GArray) history = sf_history_of_end (trace, path->end.host, path->end.conn);

      if (is_right (path, history) == verdict->holds)
        show_history (verdict, trace, path, history);
    }
  sf_verdict_say (verdict, g_string_free (expected, FALSE), g_string_free (seen, FALSE));
}

static void
states_free (gpointer data)
{
  g_array_unref (data);
}

const SfCheckKind sf_check_states = { "states", states_load, states_holds, states_explain, states_free };

/* --- state --- */

typedef enum
{
  WHEN_AT,
  WHEN_BY,
  WHEN_NEVER,
  WHEN_AT_END,
  WHEN_TIMES,
} When;

typedef struct
{
  SfEndRef end;
  SfState state;
  When when;
  SfTime time;            /* AT, BY */
  GArray *entered, *left; /* TIMES: SfTime, NULL: not asked */
  SfTolerance tolerance;
} StateCheck;

static void
state_free (gpointer data)
{
  StateCheck *check = data;

  g_clear_pointer (&check->entered, g_array_unref);
  g_clear_pointer (&check->left, g_array_unref);
  g_free (check);
}

static const struct
{
  const char *key;
  When when;
} whens[] = {
  { "at", WHEN_AT },         { "by", WHEN_BY },         { "never", WHEN_NEVER },
  { "at-end", WHEN_AT_END }, { "entered", WHEN_TIMES }, { "left", WHEN_TIMES },
};

/* Finds which question is asked: exactly one. */
static gboolean
load_when (const SfNode *node, SfDiagnostics *diag, When *ret_when)
{
  const char *found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (whens); i++)
    {
      if (sf_node_get (node, whens[i].key) == NULL)
        continue;
      if (found != NULL && !(whens[i].when == WHEN_TIMES && *ret_when == WHEN_TIMES))
        return sf_node_error (sf_node_get (node, whens[i].key), diag, _ ("'%s' and '%s' exclude each other"), found,
                              whens[i].key);
      found = whens[i].key;
      *ret_when = whens[i].when;
    }
  if (found == NULL)
    return sf_node_error (node, diag, _ ("state: when? expected one of at, by, never, at-end, entered, left"));
  return TRUE;
}

/* `never: no` and `at-end: no` would say nothing. */
static gboolean
load_yes (const SfNode *node, SfDiagnostics *diag)
{
  gboolean yes = TRUE;

  if (node == NULL)
    return TRUE;
  if (!sf_node_bool (node, diag, &yes))
    return FALSE;
  return yes || sf_node_error (node, diag, _ ("only 'yes' makes sense here"));
}

static gboolean
load_state (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, StateCheck *check)
{
  if (!sf_node_check_keys (node, SF_KEYS_CHECK_STATE, diag)
      || !sf_check_load_end (node, "host", plan, diag, &check->end)
      || !sf_node_state (sf_node_get (node, "is"), diag, &check->state) || !load_when (node, diag, &check->when))
    return FALSE;
  return sf_node_time (sf_node_get (node, "at"), 0, SF_NEVER - 1, diag, &check->time)
         && sf_node_time (sf_node_get (node, "by"), 0, SF_NEVER - 1, diag, &check->time)
         && load_yes (sf_node_get (node, "never"), diag) && load_yes (sf_node_get (node, "at-end"), diag)
         && sf_times_load (sf_node_get (node, "entered"), diag, &check->entered)
         && sf_times_load (sf_node_get (node, "left"), diag, &check->left)
         && sf_tolerance_load (sf_node_get (node, "tolerance"), diag, &check->tolerance);
}

static gpointer
state_load (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag)
{
  StateCheck *check = g_new0 (StateCheck, 1);

  check->end.conn = 1;
  if (load_state (node, plan, diag, check))
    return check;
  state_free (check);
  return NULL;
}

/* When the state was entered or left: the instants (SfTime). */
static GArray *
instants_of (const GArray *history, SfState state, gboolean entered)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (SfTime));

  for (guint i = 0; i < history->len; i++)
    {
      const SfSpan *span = sf_history_span (history, i);

      if (span->state == state && (entered || span->to != SF_NEVER))
        g_array_append_val (times, *(entered ? &span->from : &span->to));
    }
  return times;
}

static gboolean
times_hold (const GArray *wanted, const GArray *history, gboolean entered, const StateCheck *check)
{
  g_autoptr (GArray) times = wanted != NULL ? instants_of (history, check->state, entered) : NULL;

  return wanted == NULL || sf_times_hold (wanted, times, &check->tolerance);
}

/* Returns when the state was first entered, SF_NEVER if it never was. */
static SfTime
first_entered (const GArray *history, SfState state)
{
  for (guint i = 0; i < history->len; i++)
    if (sf_history_span (history, i)->state == state)
      return sf_history_span (history, i)->from;
  return SF_NEVER;
}

static gboolean
state_holds (gconstpointer data, const SfTrace *trace)
{
  const StateCheck *check = data;
  g_autoptr (GArray) history = sf_history_of_end (trace, check->end.host, check->end.conn);

  switch (check->when)
    {
    case WHEN_AT:
      return sf_history_state_at (history, check->time) == check->state;
    case WHEN_BY:
      return first_entered (history, check->state) <= check->time;
    case WHEN_NEVER:
      return first_entered (history, check->state) == SF_NEVER;
    case WHEN_AT_END:
      return sf_history_state_at (history, SF_NEVER - 1) == check->state;
    case WHEN_TIMES:
      return times_hold (check->entered, history, TRUE, check) && times_hold (check->left, history, FALSE, check);
    }
  g_return_val_if_reached (FALSE);
}

/* The same, whose records are shown. */
static GArray *
times_of (const GArray *history, SfState state, gboolean entered, const SfTrace *trace, SfVerdict *verdict)
{
  for (guint i = 0; i < history->len; i++)
    {
      const SfSpan *span = sf_history_span (history, i);
      guint record = entered ? span->entered : span->left;

      if (span->state == state && (entered || span->to != SF_NEVER) && record != SF_NO_RECORD)
        sf_verdict_show (verdict, trace, record);
    }
  return instants_of (history, state, entered);
}

static void
explain_times (const StateCheck *check, const GArray *history, const SfTrace *trace, SfVerdict *verdict,
               GString *expected, GString *seen)
{
  const GArray *wanted[] = { check->entered, check->left };
  const char *joint = "";

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autoptr (GArray) times = NULL;

      if (wanted[i] == NULL)
        continue;
      times = times_of (history, check->state, i == 0, trace, verdict);
      g_string_append_printf (expected, _ ("%s%s at "), joint, i == 0 ? _ ("entered") : _ ("left"));
      sf_times_text (expected, wanted[i]);
      g_string_append_printf (seen, _ ("%s%s at "), joint, i == 0 ? _ ("entered") : _ ("left"));
      sf_times_text (seen, times);
      joint = "; ";
    }
}

/* Says in which state it was at `t`, and shows how it came into it and left it. */
static void
explain_at (SfTime t, const GArray *history, const SfTrace *trace, SfVerdict *verdict, GString *seen)
{
  g_string_append_printf (seen, _ ("in %s"), sf_state_name (sf_history_state_at (history, t)));
  for (guint i = 0; i < history->len; i++)
    {
      const SfSpan *span = sf_history_span (history, i);

      if (span->from > t || span->to <= t)
        continue;
      if (span->entered != SF_NO_RECORD)
        sf_verdict_show (verdict, trace, span->entered);
      if (span->left != SF_NO_RECORD)
        sf_verdict_show (verdict, trace, span->left);
    }
}

/* Says when it first entered the state. */
static void
explain_entry (const StateCheck *check, const GArray *history, const SfTrace *trace, SfVerdict *verdict, GString *seen)
{
  g_autoptr (GArray) times = times_of (history, check->state, TRUE, trace, verdict);

  if (times->len == 0)
    {
      g_string_append (seen, _ ("never: "));
      sf_history_text (seen, history);
    }
  else
    {
      g_string_append (seen, _ ("entered at "));
      sf_times_text (seen, times);
    }
}

static void
state_explain (gconstpointer data, const SfTrace *trace, SfVerdict *verdict)
{
  const StateCheck *check = data;
  g_autoptr (GArray) history = sf_history_of_end (trace, check->end.host, check->end.conn);
  GString *expected = g_string_new (NULL);
  GString *seen = g_string_new (NULL);

  sf_check_end_text (seen, trace, check->end);
  g_string_append (seen, ": ");
  sf_check_end_text (expected, trace, check->end);
  g_string_append_printf (expected, ": %s ", sf_state_name (check->state));
  switch (check->when)
    {
    case WHEN_AT:
      g_string_append (expected, _ ("at "));
      sf_value_text (expected, check->time, SF_UNIT_TIME);
      explain_at (check->time, history, trace, verdict, seen);
      break;
    case WHEN_BY:
      g_string_append (expected, _ ("entered by "));
      sf_value_text (expected, check->time, SF_UNIT_TIME);
      explain_entry (check, history, trace, verdict, seen);
      break;
    case WHEN_NEVER:
      g_string_append (expected, _ ("never"));
      explain_entry (check, history, trace, verdict, seen);
      break;
    case WHEN_AT_END:
      g_string_append (expected, _ ("at the end of the run"));
      explain_at (SF_NEVER - 1, history, trace, verdict, seen);
      break;
    case WHEN_TIMES:
      explain_times (check, history, trace, verdict, expected, seen);
      break;
    }
  sf_verdict_say (verdict, g_string_free (expected, FALSE), g_string_free (seen, FALSE));
}

const SfCheckKind sf_check_state = { "state", state_load, state_holds, state_explain, state_free };
