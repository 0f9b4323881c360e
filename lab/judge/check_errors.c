/* SPDX-License-Identifier: MIT
 *
 * `error`: an application got this error. `errors`: how many errors applications got.
 */
#include "lab/judge/check.h"

#include "base/gettext.h"
#include "lab/judge/comparison.h"
#include "models/names.h"

#include <string.h>

static gboolean
is_error_at (const SfRecord *record, guint16 host)
{
  return record->head.kind == SF_RECORD_CALL && record->call.error != 0 && (host == SF_NO_HOST || record->host == host);
}

/* Appends "client: connect() fails with ETIMEDOUT at 3s; …" for all errors at `host` and shows them; returns their
 * number. */
static guint
list_errors (const SfTrace *trace, guint16 host, SfVerdict *verdict, GString *out)
{
  guint n = 0;

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);

      if (!is_error_at (record, host))
        continue;
      g_string_append_printf (out, _ ("%s%s: %s() fails with %s at "), n++ > 0 ? "; " : "",
                              sf_trace_host_name (trace, record->host), sf_op_name (record->call.op),
                              sf_errno_name (record->call.error));
      sf_value_text (out, record->head.t, SF_UNIT_TIME);
      sf_verdict_show (verdict, trace, i);
    }
  if (n == 0)
    g_string_append (out, _ ("no error"));
  return n;
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
error_explain (gconstpointer data, const SfTrace *trace, SfVerdict *verdict)
{
  const Error *check = data;
  GString *expected = g_string_new (NULL);
  GString *seen = g_string_new (NULL);

  g_string_append_printf (expected, "%s: ", sf_trace_host_name (trace, check->end.host));
  if (check->call != NULL)
    g_string_append_printf (expected, _ ("%s() fails with "), check->call);
  g_string_append (expected, sf_errno_name (check->error));
  if (check->has_at)
    {
      g_string_append (expected, _ (" at "));
      sf_value_text (expected, check->at, SF_UNIT_TIME);
    }
  list_errors (trace, check->end.host, verdict, seen);
  sf_verdict_say (verdict, g_string_free (expected, FALSE), g_string_free (seen, FALSE));
}

const SfCheckKind sf_check_error = { "error", error_load, error_holds, error_explain, g_free };

/* --- errors --- */

typedef struct
{
  guint16 host; /* SF_NO_HOST: all */
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
errors_explain (gconstpointer data, const SfTrace *trace, SfVerdict *verdict)
{
  const Errors *check = data;
  g_autoptr (GString) list = g_string_new (NULL);
  GString *expected = g_string_new (NULL);
  guint n = list_errors (trace, check->host, verdict, list);

  if (check->host != SF_NO_HOST)
    g_string_append_printf (expected, "%s: ", sf_trace_host_name (trace, check->host));
  if (check->count.kind == SF_COMPARE_EQ && check->count.a == 0)
    g_string_append (expected, _ ("no error"));
  else
    {
      sf_comparison_text (expected, &check->count, SF_UNIT_COUNT);
      g_string_append (expected, ngettext (" error", " errors", sf_comparison_is_singular (&check->count) ? 1 : 2));
    }
  sf_verdict_say (verdict, g_string_free (expected, FALSE),
                  n > 0 ? g_strdup_printf ("%u: %s", n, list->str) : g_strdup (list->str));
}

const SfCheckKind sf_check_errors = { "errors", errors_load, errors_holds, errors_explain, g_free };
