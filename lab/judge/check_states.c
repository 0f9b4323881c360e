/* SPDX-License-Identifier: MIT
 *
 * `states`: the whole path of an end. `state`: one state, at an instant, by a deadline, never, at the end, or entered
 * and left at exact times.
 */
#include "lab/judge/check.h"

#include "base/gettext.h"
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

/* Loads {host: server, conn: 2, path: [LISTEN, …]}. */
static gboolean
load_one_end (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, GArray *paths)
{
  SfEndRef end = { SF_NO_HOST, 1 };

  return sf_node_check_keys (node, SF_KEYS_CHECK_STATES, diag) && sf_check_load_end (node, "host", plan, diag, &end)
         && load_path (sf_node_get (node, "path"), end, diag, paths);
}

/* Loads {client: [CLOSED, …], server: [LISTEN, …]}. */
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

/* Returns the number of states, from the first on, in which `path` and `history` agree. */
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

/* Shows where the history leaves the path: the last right step and those after it; the whole history if it is right. */
static void
show_history (SfVerdict *verdict, const SfTrace *trace, const Path *path, const GArray *history)
{
  guint common = common_length (path->path, history);

  for (guint i = is_right (path, history) || common == 0 ? 0 : common - 1; i < history->len; i++)
    if (sf_history_span (history, i)->entered != SF_NO_RECORD)
      sf_verdict_show (verdict, trace, sf_history_span (history, i)->entered);
}

static void
states_tell (const SfVerdict *verdict, const char *lang, GString *expected, GString *seen)
{
  const SfStatesFacts *facts = verdict->facts;

  for (guint i = 0; i < facts->paths->len; i++)
    {
      const SfPathFacts *path = &g_array_index (facts->paths, SfPathFacts, i);
      g_autoptr (GString) end = g_string_new (i > 0 ? "\n" : "");

      sf_check_end_text (end, verdict->excerpt, path->end, lang);
      g_string_append_printf (expected, "%s: ", end->str);
      for (guint k = 0; k < path->expected->len; k++)
        g_string_append_printf (expected, "%s%s", k > 0 ? ", " : "",
                                sf_state_name (g_array_index (path->expected, SfState, k)));
      g_string_append_printf (seen, "%s: ", end->str);
      sf_history_text (seen, path->seen);
    }
}

static void
clear_path_facts (gpointer data)
{
  SfPathFacts *path = data;

  g_array_unref (path->expected);
  g_array_unref (path->seen);
}

static void
states_facts_free (gpointer data)
{
  SfStatesFacts *facts = data;

  g_array_unref (facts->paths);
  g_free (facts);
}

static const SfFactsKind states_facts = { NULL, states_tell, states_facts_free };

static void
states_explain (gconstpointer data, const SfTrace *trace, SfVerdict *verdict)
{
  const GArray *paths = data;
  SfStatesFacts *facts = g_new0 (SfStatesFacts, 1);

  facts->paths = g_array_new (FALSE, FALSE, sizeof (SfPathFacts));
  g_array_set_clear_func (facts->paths, clear_path_facts);
  for (guint i = 0; i < paths->len; i++)
    {
      const Path *path = &g_array_index (paths, Path, i);
      SfPathFacts seen = { path->end, g_array_ref (path->path),
                           sf_history_of_end (trace, path->end.host, path->end.conn) };

      g_array_append_val (facts->paths, seen);
      /* Where one path is wrong, right ones are not shown. */
      if (is_right (path, seen.seen) == verdict->holds)
        show_history (verdict, trace, path, seen.seen);
    }
  sf_verdict_take_facts (verdict, &states_facts, facts);
}

static void
states_free (gpointer data)
{
  g_array_unref (data);
}

const SfCheckKind sf_check_states = { "states", states_load, states_holds, states_explain, states_free };

/* --- state --- */

typedef struct
{
  SfEndRef end;
  SfState state;
  SfWhen when;
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
  SfWhen when;
} whens[] = {
  { "at", SF_WHEN_AT },         { "by", SF_WHEN_BY },         { "never", SF_WHEN_NEVER },
  { "at-end", SF_WHEN_AT_END }, { "entered", SF_WHEN_TIMES }, { "left", SF_WHEN_TIMES },
};

/* Finds which form the check has. Exactly one is allowed. */
static gboolean
load_when (const SfNode *node, SfDiagnostics *diag, SfWhen *ret_when)
{
  const char *found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (whens); i++)
    {
      if (sf_node_get (node, whens[i].key) == NULL)
        continue;
      if (found != NULL && !(whens[i].when == SF_WHEN_TIMES && *ret_when == SF_WHEN_TIMES))
        return sf_node_error (sf_node_get (node, whens[i].key), diag, _ ("'%s' and '%s' exclude each other"), found,
                              whens[i].key);
      found = whens[i].key;
      *ret_when = whens[i].when;
    }
  if (found == NULL)
    return sf_node_error (node, diag, _ ("state: when? expected one of at, by, never, at-end, entered, left"));
  return TRUE;
}

/* Loads a value that must be yes: `never: no` and `at-end: no` would mean nothing. */
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

/* Returns the instants (SfTime) at which the state was entered, or left. */
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

/* TRUE if an event of the run led into the state of `span`: an end is in its first state without entering it. */
static gboolean
was_entered (const SfSpan *span)
{
  return span->entered != SF_NO_RECORD;
}

/* Returns when the state was first entered, SF_NEVER if it never was. */
static SfTime
first_entered (const GArray *history, SfState state)
{
  for (guint i = 0; i < history->len; i++)
    if (sf_history_span (history, i)->state == state && was_entered (sf_history_span (history, i)))
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
    case SF_WHEN_AT:
      return sf_history_state_at (history, check->time) == check->state;
    case SF_WHEN_BY:
      return first_entered (history, check->state) <= check->time;
    case SF_WHEN_NEVER:
      return first_entered (history, check->state) == SF_NEVER;
    case SF_WHEN_AT_END:
      return sf_history_state_at (history, SF_NEVER - 1) == check->state;
    case SF_WHEN_TIMES:
      return times_hold (check->entered, history, TRUE, check) && times_hold (check->left, history, FALSE, check);
    }
  g_return_val_if_reached (FALSE);
}

/* Returns the same as instants_of(), and shows the records of these instants. */
static GArray *
show_instants (const GArray *history, SfState state, gboolean entered, const SfTrace *trace, SfVerdict *verdict)
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

/* Shows the change into the state at `t`, and the change out of it. */
static void
show_state_at (SfTime t, const GArray *history, const SfTrace *trace, SfVerdict *verdict)
{
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

static void
tell_instants (GString *out, const GArray *entered, const GArray *left, const char *lang)
{
  const GArray *times[] = { entered, left };
  const char *joint = "";

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      if (times[i] == NULL)
        continue;
      g_string_append_printf (out, tr (lang, "%s%s at "), joint, i == 0 ? tr (lang, "entered") : tr (lang, "left"));
      sf_times_text (out, times[i], lang);
      joint = "; ";
    }
}

static void
tell_expected (const SfStateFacts *facts, const char *lang, GString *out)
{
  switch (facts->when)
    {
    case SF_WHEN_AT:
      g_string_append (out, tr (lang, "at "));
      sf_value_text (out, facts->time, SF_UNIT_TIME);
      break;
    case SF_WHEN_BY:
      g_string_append (out, tr (lang, "entered by "));
      sf_value_text (out, facts->time, SF_UNIT_TIME);
      break;
    case SF_WHEN_NEVER:
      g_string_append (out, tr (lang, "never"));
      break;
    case SF_WHEN_AT_END:
      g_string_append (out, tr (lang, "at the end of the run"));
      break;
    case SF_WHEN_TIMES:
      tell_instants (out, facts->entered, facts->left, lang);
      break;
    }
}

static void
tell_seen (const SfStateFacts *facts, const char *lang, GString *out)
{
  if (facts->when == SF_WHEN_AT || facts->when == SF_WHEN_AT_END)
    g_string_append_printf (out, tr (lang, "in %s"), sf_state_name (facts->seen));
  else if (facts->when == SF_WHEN_TIMES)
    tell_instants (out, facts->was_entered, facts->was_left, lang);
  else if (facts->was_entered->len > 0)
    {
      g_string_append (out, tr (lang, "entered at "));
      sf_times_text (out, facts->was_entered, lang);
    }
  else
    {
      g_string_append (out, tr (lang, "never: "));
      sf_history_text (out, facts->history);
    }
}

static void
state_tell (const SfVerdict *verdict, const char *lang, GString *expected, GString *seen)
{
  const SfStateFacts *facts = verdict->facts;

  sf_check_end_text (expected, verdict->excerpt, facts->end, lang);
  g_string_append_printf (expected, ": %s ", sf_state_name (facts->state));
  tell_expected (facts, lang, expected);
  sf_check_end_text (seen, verdict->excerpt, facts->end, lang);
  g_string_append (seen, ": ");
  tell_seen (facts, lang, seen);
}

static void
state_facts_free (gpointer data)
{
  SfStateFacts *facts = data;

  g_clear_pointer (&facts->entered, g_array_unref);
  g_clear_pointer (&facts->left, g_array_unref);
  g_clear_pointer (&facts->was_entered, g_array_unref);
  g_clear_pointer (&facts->was_left, g_array_unref);
  g_array_unref (facts->history);
  g_free (facts);
}

static const SfFactsKind state_facts = { NULL, state_tell, state_facts_free };

static void
explain_at (SfTime t, const SfTrace *trace, SfVerdict *verdict, SfStateFacts *facts)
{
  facts->seen = sf_history_state_at (facts->history, t);
  show_state_at (t, facts->history, trace, verdict);
}

static void
explain_times (const StateCheck *check, const SfTrace *trace, SfVerdict *verdict, SfStateFacts *facts)
{
  if (check->entered != NULL)
    {
      facts->entered = g_array_ref (check->entered);
      facts->was_entered = show_instants (facts->history, check->state, TRUE, trace, verdict);
    }
  if (check->left != NULL)
    {
      facts->left = g_array_ref (check->left);
      facts->was_left = show_instants (facts->history, check->state, FALSE, trace, verdict);
    }
}

static void
state_explain (gconstpointer data, const SfTrace *trace, SfVerdict *verdict)
{
  const StateCheck *check = data;
  SfStateFacts *facts = g_new0 (SfStateFacts, 1);

  *facts = (SfStateFacts){ .end = check->end, .state = check->state, .when = check->when, .time = check->time };
  facts->history = sf_history_of_end (trace, check->end.host, check->end.conn);
  if (check->when == SF_WHEN_AT)
    explain_at (check->time, trace, verdict, facts);
  else if (check->when == SF_WHEN_AT_END)
    explain_at (SF_NEVER - 1, trace, verdict, facts);
  else if (check->when == SF_WHEN_TIMES)
    explain_times (check, trace, verdict, facts);
  else
    facts->was_entered = show_instants (facts->history, check->state, TRUE, trace, verdict);
  sf_verdict_take_facts (verdict, &state_facts, facts);
}

const SfCheckKind sf_check_state = { "state", state_load, state_holds, state_explain, state_free };
