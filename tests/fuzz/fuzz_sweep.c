/* SPDX-License-Identifier: MIT
 *
 * Any bytes as a scenario that is swept: loading ends in a sweep or one diagnostic; some of its points are loaded, and
 * have a run or a diagnostic, too; and so is what comes of checking it as a new one.
 */
#include "lab/sweep/sweep.h"

#include <stddef.h>

/* What would take the fuzzer too long says nothing about the loader. */
#define MAX_SIZE 4096
#define MAX_POINTS 8
#define MAX_TRIED 100

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
load_points (const SfSweep *sweep)
{
  for (guint i = 0; i < MIN (sf_sweep_n_points (sweep), MAX_POINTS); i++)
    {
      g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
      g_autoptr (SfRun) run = sf_sweep_load_point (sweep, sf_sweep_n_points (sweep) - 1 - i, diag);

      g_assert ((sf_diagnostics_error (diag) == NULL) == (run != NULL));
      for (guint k = 0; k < sweep->axes->len; k++)
        g_assert (sf_sweep_value (sweep, i, k) < sf_sweep_axis (sweep, k)->texts->len);
    }
}

/* The same as a sweep that is new, of which points are tried. */
static void
check (const SfSweep *sweep)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  gboolean ok;

  if (sf_sweep_n_points (sweep) > MAX_TRIED)
    return;
  ok = sf_sweep_check (sweep->base->scenario, diag);
  g_assert (ok == (sf_diagnostics_error (diag) == NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSweep) sweep = NULL;

  if (size > MAX_SIZE)
    return 0;
  sweep = sf_sweep_restore ("fuzz.yaml", (const char *) data, size, "{}", diag);
  g_assert ((sf_diagnostics_error (diag) == NULL) == (sweep != NULL));
  if (sweep == NULL)
    {
      g_free (sf_diagnostic_format (sf_diagnostics_error (diag)));
      return 0;
    }
  load_points (sweep);
  check (sweep);
  return 0;
}
