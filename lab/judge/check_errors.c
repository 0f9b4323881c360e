/* SPDX-License-Identifier: MIT
 *
 * `error`: an application gets this error. `errors`: the number of errors that applications get.
 */
#include "lab/judge/check.h"

#include "base/gettext.h"
#include "models/names.h"

#include <string.h>

static gboolean
is_error_at (const SfRecord *record, guint16 host)
{
  return record->head.kind == SF_RECORD_CALL && record->call.error != 0 && (host == SF_NO_HOST || record->host == host);
}

/* Returns all errors at `host` (SfCallError), and shows their records. */
static GArray *
find_errors (const SfTrace *trace, guint16 host, SfVerdict *verdict)
{
  GArray *errors = g_array_new (FALSE, FALSE, sizeof (SfCallError));

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);
      SfCallError error;

      if (!is_error_at (record, host))
        continue;
      error = (SfCallError){ record->host, (SfOp) record->call.op, record->call.error, record->head.t };
      g_array_append_val (errors, error);
      sf_verdict_show (verdict, trace, i);
    }
  return errors;
}

/* Appends "client: connect() fails with ETIMEDOUT at 3s; …". */
static void
errors_text (GString *out, const SfTrace *trace, const GArray *errors, const char *lang)
{
  for (guint i = 0; i < errors->len; i++)
    {
      const SfCallError *error = &g_array_index (errors, SfCallError, i);

      g_string_append_printf (out, tr (lang, "%s%s: %s() fails with %s at "), i > 0 ? "; " : "",
                              sf_trace_host_name (trace, error->host), sf_op_name (error->call),
                              sf_errno_name (error->error));
      sf_value_text (out, error->t, SF_UNIT_TIME);
    }
  if (errors->len == 0)
    g_string_append (out, tr (lang, "no error"));
}

/* --- error --- */

typedef struct
{
  SfEndRef end;
  const char *call; /* of sf_call_names(), NULL: any */
  int error;
  gboolean has_at;
  SfTime at;
  SfTolerance tolerance;
} Error;

static gboolean
load_error_name (const SfNode *node, SfDiagnostics *diag, int *ret_error)
{
  const char *name;

  if (!sf_node_text (node, diag, &name))
    return FALSE;
  return sf_errno_from_name (name, ret_error)
         || sf_node_error (node, diag, _ ("'%s' is no error: expected a name such as ECONNREFUSED"), name);
}

static gboolean
load_error (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, Error *check)
{
  const SfNode *call = sf_node_get (node, "call");
  guint which = 0;

  if (!sf_node_check_keys (node, SF_KEYS_CHECK_ERROR, diag)
      || !sf_check_load_end (node, "host", plan, diag, &check->end)
      || !load_error_name (sf_node_get (node, "is"), diag, &check->error)
      || (call != NULL && !sf_node_choice (call, _ ("call"), sf_call_names (), diag, &which)))
    return FALSE;
  check->call = call != NULL ? sf_call_names ()[which] : NULL;
  check->has_at = sf_node_get (node, "at") != NULL;
  return sf_node_time (sf_node_get (node, "at"), 0, SF_NEVER - 1, diag, &check->at)
         && sf_tolerance_load (sf_node_get (node, "tolerance"), diag, &check->tolerance);
}

static gpointer
error_load (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag)
{
  Error *check = g_new0 (Error, 1);

  if (load_error (node, plan, diag, check))
    return check;
  g_free (check);
  return NULL;
}

static gboolean
error_fits (const Error *check, const SfRecord *record)
{
  return is_error_at (record, check->end.host) && record->call.error == check->error
         && (check->call == NULL || strcmp (check->call, sf_op_name (record->call.op)) == 0)
         && (!check->has_at || sf_tolerance_holds (&check->tolerance, check->at, record->head.t));
}

static gboolean
error_holds (gconstpointer data, const SfTrace *trace)
{
  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    if (error_fits (data, sf_trace_record (trace, i)))
      return TRUE;
  return FALSE;
}

static void
error_tell (const SfVerdict *verdict, const char *lang, GString *expected, GString *seen)
{
  const SfErrorFacts *facts = verdict->facts;

  g_string_append_printf (expected, "%s: ", sf_trace_host_name (verdict->excerpt, facts->host));
  if (facts->call != NULL)
    g_string_append_printf (expected, tr (lang, "%s() fails with "), facts->call);
  g_string_append (expected, sf_errno_name (facts->error));
  if (facts->has_at)
    {
      g_string_append (expected, tr (lang, " at "));
      sf_value_text (expected, facts->at, SF_UNIT_TIME);
    }
  errors_text (seen, verdict->excerpt, facts->seen, lang);
}

static void
error_facts_free (gpointer data)
{
  SfErrorFacts *facts = data;

  g_array_unref (facts->seen);
  g_free (facts);
}

static const SfFactsKind error_facts = { NULL, error_tell, error_facts_free };

static void
error_explain (gconstpointer data, const SfTrace *trace, SfVerdict *verdict)
{
  const Error *check = data;
  SfErrorFacts facts = {
    .host = check->end.host,
    .call = check->call,
    .error = check->error,
    .has_at = check->has_at,
    .at = check->at,
    .seen = find_errors (trace, check->end.host, verdict),
  };

  sf_verdict_take_facts (verdict, &error_facts, g_memdup2 (&facts, sizeof facts));
}

const SfCheckKind sf_check_error = { "error", error_load, error_holds, error_explain, g_free };

/* --- errors --- */

typedef struct
{
  guint16 host; /* SF_NO_HOST: all hosts */
  SfComparison count;
} Errors;

static gboolean
load_errors (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, Errors *check)
{
  if (node->kind == SF_NODE_SCALAR)
    return g_strcmp0 (node->text, "none") == 0
           || sf_node_error (node, diag, _ ("expected 'none' or {host: …, count: …}"));
  return sf_node_check_keys (node, SF_KEYS_CHECK_ERRORS, diag)
         && sf_node_host (sf_node_get (node, "host"), plan, FALSE, diag, &check->host)
         && sf_comparison_load (sf_node_get (node, "count"), SF_UNIT_COUNT, diag, &check->count);
}

static gpointer
errors_load (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag)
{
  Errors *check = g_new0 (Errors, 1);

  check->host = SF_NO_HOST;
  check->count = (SfComparison){ SF_COMPARE_EQ, 0, 0 };
  if (load_errors (node, plan, diag, check))
    return check;
  g_free (check);
  return NULL;
}

static gboolean
errors_holds (gconstpointer data, const SfTrace *trace)
{
  const Errors *check = data;
  guint n = 0;

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    n += is_error_at (sf_trace_record (trace, i), check->host);
  return sf_comparison_holds (&check->count, n);
}

static void
errors_tell (const SfVerdict *verdict, const char *lang, GString *expected, GString *seen)
{
  const SfErrorsFacts *facts = verdict->facts;

  if (facts->host != SF_NO_HOST)
    g_string_append_printf (expected, "%s: ", sf_trace_host_name (verdict->excerpt, facts->host));
  if (facts->count.kind == SF_COMPARE_EQ && facts->count.a == 0)
    g_string_append (expected, tr (lang, "no error"));
  else
    {
      sf_comparison_text (expected, &facts->count, SF_UNIT_COUNT, lang);
      g_string_append (expected, trn (lang, " error", " errors", sf_comparison_is_singular (&facts->count) ? 1 : 2));
    }
  if (facts->seen->len > 0)
    g_string_append_printf (seen, "%u: ", facts->seen->len);
  errors_text (seen, verdict->excerpt, facts->seen, lang);
}

static void
errors_facts_free (gpointer data)
{
  SfErrorsFacts *facts = data;

  g_array_unref (facts->seen);
  g_free (facts);
}

static const SfFactsKind errors_facts = { NULL, errors_tell, errors_facts_free };

static void
errors_explain (gconstpointer data, const SfTrace *trace, SfVerdict *verdict)
{
  const Errors *check = data;
  SfErrorsFacts facts = { .host = check->host,
                          .count = check->count,
                          .seen = find_errors (trace, check->host, verdict) };

  sf_verdict_take_facts (verdict, &errors_facts, g_memdup2 (&facts, sizeof facts));
}

const SfCheckKind sf_check_errors = { "errors", errors_load, errors_holds, errors_explain, g_free };
