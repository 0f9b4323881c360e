/* SPDX-License-Identifier: MIT
 *
 * The linux profile, compared with recordings of Linux. Every recording of tests/reference/linux-6.18 is run as the
 * scenario of the same name. The run must have the same segments in the same order, the same states at both ends and
 * the same errors, each at its time within 10 % or 10 ms, whichever is more. A recording that is known to differ says
 * why, and must really differ. tests/reference/README.md describes the form of the recordings.
 */
#include "base/files.h"
#include "lab/report/run.h"
#include "models/names.h"
#include "models/segment_text.h"

#include <string.h>

#define TOLERANCE_PERCENT 10
#define TOLERANCE (10 * SF_MSEC)

/* States were polled every 5 ms, so shorter ones may be missing. On a busy machine polls were up to 25 ms late. */
#define POLL (5 * SF_MSEC)
#define POLL_LATE (25 * SF_MSEC)

typedef enum
{
  FACT_SEGMENT,
  FACT_STATE,
  FACT_ERROR,
  N_FACTS
} FactKind;

static const char *const fact_names[N_FACTS] = { "segment", "state", "error" };

/* A fact of a recording, or of a run. */
typedef struct
{
  SfTime at;
  char *host;
  char *what; /* words separated by a space: "S. 0 1 0 delivered", "ESTABLISHED", "connect ETIMEDOUT" */
} Fact;

/* Lists of facts, by FactKind. */
typedef struct
{
  GPtrArray *facts[N_FACTS];
  char *differs; /* why the run does not match; NULL: it matches */
} Facts;

static void
fact_free (gpointer data)
{
  Fact *fact = data;

  g_free (fact->host);
  g_free (fact->what);
  g_free (fact);
}

static Facts *
facts_new (void)
{
  Facts *facts = g_new0 (Facts, 1);

  for (guint i = 0; i < N_FACTS; i++)
    facts->facts[i] = g_ptr_array_new_with_free_func (fact_free);
  return facts;
}

static void
facts_free (Facts *facts)
{
  for (guint i = 0; i < N_FACTS; i++)
    g_ptr_array_unref (facts->facts[i]);
  g_free (facts->differs);
  g_free (facts);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Facts, facts_free)

static const Fact *
fact_at (const Facts *facts, FactKind kind, guint i)
{
  return i < facts->facts[kind]->len ? g_ptr_array_index (facts->facts[kind], i) : NULL;
}

/* Takes ownership of `what`. */
static void
add_fact (Facts *facts, FactKind kind, SfTime at, const char *host, char *what)
{
  Fact *fact = g_new (Fact, 1);

  *fact = (Fact){ .at = at, .host = g_strdup (host), .what = what };
  g_ptr_array_add (facts->facts[kind], fact);
}

/* --- what was recorded --- */

/* Splits `line` at blanks. */
static char **
words_of (const char *line)
{
  g_autofree char *text = g_strdup (line);
  g_auto (GStrv) parts = g_strsplit_set (g_strstrip (text), " ", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (words, parts[i]);
  return g_strv_builder_end (words);
}

static void
read_fact (Facts *facts, const char *line)
{
  g_auto (GStrv) words = words_of (line);
  double ms;

  if (words[0] == NULL || *words[0] == '#')
    return;
  g_assert_cmpuint (g_strv_length (words), >=, 4);
  if (strcmp (words[0], "differs") == 0)
    {
      facts->differs = g_strjoinv (" ", words + 1);
      return;
    }
  ms = g_ascii_strtod (words[1], NULL);
  for (guint i = 0; i < N_FACTS; i++)
    if (strcmp (words[0], fact_names[i]) == 0)
      {
        add_fact (facts, (FactKind) i, (SfTime) (ms * SF_MSEC), words[2], g_strjoinv (" ", words + 3));
        return;
      }
  g_error ("not a fact: %s", line);
}

static Facts *
read_recording (const char *path)
{
  Facts *facts = facts_new ();
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    read_fact (facts, lines[i]);
  return facts;
}

/* --- what the run has done --- */

/* Returns what the network did to segment `id`. */
static const char *
fate_of (const SfTrace *trace, guint64 id)
{
  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);

      if (record->head.kind == SF_RECORD_FATE && record->fate.id == id)
        return sf_fate_name (record->fate.fate);
    }
  return "delivered";
}

static void
add_segment (Facts *facts, const SfTrace *trace, const SfSegment *seg, const char *fate)
{
  g_autoptr (GString) what = g_string_new (NULL);

  sf_segment_flags_text (what, seg->flags);
  g_string_append_printf (what, " %u ", sf_seq_distance (seg->seq_base, seg->seq));
  if (seg->flags & SF_ACK)
    g_string_append_printf (what, "%u", sf_seq_distance (seg->ack_base, seg->ack));
  else
    g_string_append_c (what, '-');
  g_string_append_printf (what, " %u %s", seg->len, fate);
  add_fact (facts, FACT_SEGMENT, seg->sent_at, sf_trace_host_name (trace, seg->from), g_strdup (what->str));
}

/* Returns the state that `ss` shows: it does not show a connection that is CLOSED or back in LISTEN. */
static const char *
state_shown (SfState state)
{
  return state == SF_CLOSED || state == SF_LISTEN ? "gone" : sf_state_name (state);
}

static void
add_record (Facts *facts, const SfTrace *trace, const SfRecord *record)
{
  const char *host = sf_trace_host_name (trace, record->host);
  const SfTraceConn *conn = sf_trace_conn (trace, record->conn);

  if (record->head.kind == SF_RECORD_SEND)
    add_segment (facts, trace, &record->send, fate_of (trace, record->send.id));
  else if (record->head.kind == SF_RECORD_FATE && record->fate.fate == SF_FATE_COPIED)
    add_segment (facts, trace, &record->fate.copy, "copy");
  else if (record->head.kind == SF_RECORD_STATE && conn != NULL && !conn->listener)
    add_fact (facts, FACT_STATE, record->head.t, host, g_strdup (state_shown (record->state.to)));
  else if (record->head.kind == SF_RECORD_CALL && record->call.error != 0)
    add_fact (facts, FACT_ERROR, record->head.t, host,
              g_strdup_printf ("%s %s", sf_op_name (record->call.op), sf_errno_name (record->call.error)));
}

static Facts *
facts_of_trace (const SfTrace *trace)
{
  Facts *facts = facts_new ();

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    add_record (facts, trace, sf_trace_record (trace, i));
  return facts;
}

static Facts *
run_scenario (const char *path)
{
  SfRunOptions options = { 0 };
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (GPtrArray) runs = sf_runs_load (path, &options, diag);
  g_autoptr (SfOutcome) outcome = NULL;

  if (runs == NULL)
    {
      g_autofree char *text = sf_diagnostic_format (sf_diagnostics_error (diag));

      g_error ("%s", text);
    }
  outcome = sf_run_do (g_ptr_array_index (runs, 0));
  g_assert_cmpuint (sf_diagnostics_n_warnings (outcome->diag), ==, 0); /* every fault acted */
  return facts_of_trace (outcome->trace);
}

/* --- the comparison --- */

static gboolean
is_in_time (FactKind kind, SfTime recorded, SfTime seen)
{
  if (kind == FACT_STATE && seen <= recorded && recorded - seen <= POLL_LATE)
    return TRUE;
  return ABS (seen - recorded) <= MAX (recorded / 100 * TOLERANCE_PERCENT, TOLERANCE);
}

static void
describe (GString *out, const Fact *fact)
{
  g_autofree char *text = g_strdup ("nothing");

  if (fact != NULL)
    {
      g_free (text);
      text = g_strdup_printf ("%.3f ms %s %s", (double) fact->at / SF_MSEC, fact->host, fact->what);
    }
  g_string_append_printf (out, "%-48s", text);
}

static void
complain (GString *out, FactKind kind, const Fact *recorded, const Fact *seen)
{
  g_string_append_printf (out, "\n  %-8s recorded: ", fact_names[kind]);
  describe (out, recorded);
  g_string_append (out, " here: ");
  describe (out, seen);
}

static gboolean
is_same (FactKind kind, const Fact *recorded, const Fact *seen)
{
  return recorded != NULL && seen != NULL && strcmp (recorded->host, seen->host) == 0
         && strcmp (recorded->what, seen->what) == 0 && is_in_time (kind, recorded->at, seen->at);
}

/* Compares all facts of `kind`, one by one. */
static void
compare_all (GString *out, FactKind kind, const Facts *recorded, const Facts *seen)
{
  guint n = MAX (recorded->facts[kind]->len, seen->facts[kind]->len);

  for (guint i = 0; i < n; i++)
    if (!is_same (kind, fact_at (recorded, kind, i), fact_at (seen, kind, i)))
      complain (out, kind, fact_at (recorded, kind, i), fact_at (seen, kind, i));
}

/* Returns the facts of `kind` at `host`. They still belong to `facts`. */
static GPtrArray *
facts_at_host (const Facts *facts, FactKind kind, const char *host)
{
  GPtrArray *at_host = g_ptr_array_new ();

  for (guint i = 0; i < facts->facts[kind]->len; i++)
    if (strcmp (fact_at (facts, kind, i)->host, host) == 0)
      g_ptr_array_add (at_host, (gpointer) fact_at (facts, kind, i));
  return at_host;
}

static const Fact *
nth (const GPtrArray *facts, guint i)
{
  return i < facts->len ? g_ptr_array_index (facts, i) : NULL;
}

/* TRUE if the polls may have missed state number `i`. */
static gboolean
is_short (const GPtrArray *states, guint i)
{
  return i + 1 < states->len && nth (states, i + 1)->at - nth (states, i)->at < POLL;
}

/* Returns the time of the last fact, when the recording ended. */
static SfTime
end_of (const Facts *facts)
{
  SfTime end = 0;

  for (guint kind = 0; kind < N_FACTS; kind++)
    for (guint i = 0; i < facts->facts[kind]->len; i++)
      end = MAX (end, fact_at (facts, (FactKind) kind, i)->at);
  return end;
}

/* Compares the states of `host`: those recorded must come in order. Only short ones may come between them, and none
 * after them while the recording lasted. */
static void
compare_states (GString *out, const Facts *recorded, const Facts *seen, const char *host)
{
  g_autoptr (GPtrArray) expected = facts_at_host (recorded, FACT_STATE, host);
  g_autoptr (GPtrArray) states = facts_at_host (seen, FACT_STATE, host);
  SfTime end = end_of (recorded);
  guint k = 0;

  for (guint i = 0; i < expected->len; i++, k++)
    {
      while (k < states->len && strcmp (nth (states, k)->what, nth (expected, i)->what) != 0 && is_short (states, k))
        k++;
      if (!is_same (FACT_STATE, nth (expected, i), nth (states, k)))
        complain (out, FACT_STATE, nth (expected, i), nth (states, k));
    }
  for (; k < states->len && nth (states, k)->at < end && !is_in_time (FACT_STATE, end, nth (states, k)->at); k++)
    if (!is_short (states, k))
      complain (out, FACT_STATE, NULL, nth (states, k));
}

static void
test_recording (gconstpointer data)
{
  const char *name = data;
  g_autofree char *file = g_strconcat (name, ".txt", NULL);
  g_autofree char *scenario = g_strconcat (name, ".yaml", NULL);
  g_autofree char *recording_path = g_test_build_filename (G_TEST_DIST, "reference", "linux-6.18", file, NULL);
  g_autofree char *scenario_path = g_test_build_filename (G_TEST_DIST, "reference", scenario, NULL);
  g_autoptr (Facts) recorded = read_recording (recording_path);
  g_autoptr (Facts) seen = run_scenario (scenario_path);
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_cmpuint (recorded->facts[FACT_SEGMENT]->len, >=, 2);
  compare_all (out, FACT_SEGMENT, recorded, seen);
  compare_all (out, FACT_ERROR, recorded, seen);
  compare_states (out, recorded, seen, "client");
  compare_states (out, recorded, seen, "server");
  if (recorded->differs != NULL)
    g_test_message ("known to differ: %s%s", recorded->differs, out->len > 0 ? out->str : "\n  but it matches now");
  else if (out->len > 0)
    g_test_message ("%s%s", name, out->str);
  if ((recorded->differs != NULL) != (out->len > 0))
    g_test_fail ();
}

/* Returns the names of the files in `path` that end in `suffix`, without that suffix. */
static GPtrArray *
names_in (const char *path, const char *suffix)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = sf_files_find (path, suffix, &error);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  for (guint i = 0; i < files->len; i++)
    {
      char *name = g_path_get_basename (g_ptr_array_index (files, i));

      name[strlen (name) - strlen (suffix)] = '\0';
      g_ptr_array_add (names, name);
    }
  return names;
}

/* Every recording has a scenario, and every scenario a recording. */
static void
test_pairs (gconstpointer data)
{
  const GPtrArray *recordings = data;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "reference", NULL);
  g_autoptr (GPtrArray) scenarios = names_in (path, ".yaml");

  g_assert_cmpuint (recordings->len, >, 0);
  g_assert_cmpuint (recordings->len, ==, scenarios->len);
  for (guint i = 0; i < recordings->len; i++)
    g_assert_cmpstr (g_ptr_array_index (recordings, i), ==, g_ptr_array_index (scenarios, i));
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) names = NULL;

  g_test_init (&argc, &argv, NULL);
  path = g_test_build_filename (G_TEST_DIST, "reference", "linux-6.18", NULL);
  names = names_in (path, ".txt");
  g_test_add_data_func ("/recordings/pairs", names, test_pairs);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *test = g_strdup_printf ("/recordings/%s", (char *) g_ptr_array_index (names, i));

      g_test_add_data_func (test, g_ptr_array_index (names, i), test_recording);
    }
  return g_test_run ();
}
