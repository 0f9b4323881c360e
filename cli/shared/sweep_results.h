/* SPDX-License-Identifier: MIT
 *
 * Opening and reporting the results of sweeps.
 */
#pragma once

#include "base/text_style.h"
#include "cli/shared/options.h"
#include "lab/sweep/store.h"

/* Reports an error of a store. Returns the exit status: a wrong or broken file is wrong input, a full disk a fault. */
SfExit sf_sweep_error (const GError *error);

/* TRUE if the file at `path` is an SQLite database. */
gboolean sf_sweep_is_store (const char *path);

/* TRUE if there is a file at `path`. FALSE after a message. */
gboolean sf_sweep_is_there (const char *path);

/* Opens the results at `path` for reading. NULL after a message; `*ret_exit` is then set. */
SfStore *sf_sweep_open (const char *path, SfSweep **ret_sweep, SfExit *ret_exit);

/* Where the results of a sweep go, besides the table on standard output. */
typedef struct
{
  const char *csv, *jsonl, *stats; /* files; "-": standard output, in place of the table; NULL: not written */
  const char *out;                 /* directory for the graphs, NULL: none */
  const char *pictures;            /* their formats: "svg,png" */
  const char *file_lang;           /* language of the graphs */
  SfTextStyle style;
} SfSweepReport;

/* Makes the folders of `report`. FALSE after a message if a file cannot be written there. */
gboolean sf_sweep_prepare_report (const SfSweepReport *report);

/* Reports the results in `store`. `n_threads` threads read them (0: one per processor). */
SfExit sf_sweep_report (SfStore *store, const SfSweep *sweep, guint n_threads, const SfSweepReport *report);
