/* SPDX-License-Identifier: MIT
 *
 * Any bytes as a scenario: loading ends in a plan or one diagnostic that points into the text; what loads is run for a
 * while and copied, as are its variants.
 */
#include "lab/judge/expect.h"
#include "lab/language/scenario.h"
#include "models/net.h"

#include <stddef.h>

#define MAX_EVENTS 2000

/* What would take the fuzzer too long says nothing about the loader. */
#define MAX_HOSTS 50
#define MAX_VARIANTS 4

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
check_diagnostics (const SfDiagnostics *diag, gboolean loaded)
{
  const SfDiagnostic *error = sf_diagnostics_error (diag);

  g_assert ((error == NULL) == loaded);
  if (error != NULL)
    g_free (sf_diagnostic_format (error));
  for (guint i = 0; i < sf_diagnostics_n_warnings (diag); i++)
    g_free (sf_diagnostic_format (sf_diagnostics_warning (diag, i)));
}

/* A run goes the same way twice, and so does the copy of its middle. */
static void
run (const SfPlan *plan)
{
  g_autoptr (SfNet) net = NULL, copy = NULL;

  if (plan->hosts->len > MAX_HOSTS)
    return;
  net = sf_net_new (plan, (SfSeed){ 1, 0 });
  sf_net_run (net, SF_SEC * 3600, MAX_EVENTS / 2);
  copy = sf_net_clone (net);
  sf_net_run (net, SF_SEC * 3600, MAX_EVENTS / 2);
  sf_net_run (copy, SF_SEC * 3600, MAX_EVENTS / 2);
  g_assert (sf_net_hash (net) == sf_net_hash (copy));
}

static void
load (const char *text, gsize len, const char *variant)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfDiagnostics) expect_diag = sf_diagnostics_new ();
  g_autoptr (SfScenario) scenario = sf_scenario_parse (text, len, "fuzz.yaml", variant, NULL, 0, diag);

  check_diagnostics (diag, scenario != NULL);
  if (scenario == NULL)
    return;
  if (scenario->expect != NULL)
    {
      SfExpect *expect = sf_expect_load (scenario->expect, scenario->plan, expect_diag);

      check_diagnostics (expect_diag, expect != NULL);
      sf_expect_free (expect);
    }
  run (scenario->plan);
  for (guint i = 0; variant == NULL && i < MIN (scenario->variants->len, MAX_VARIANTS); i++)
    load (text, len, ((const SfVariantInfo *) g_ptr_array_index (scenario->variants, i))->name);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  load ((const char *) data, size, NULL);
  return 0;
}
