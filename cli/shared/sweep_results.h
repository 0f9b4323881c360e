/* SPDX-License-Identifier: MIT
 *
 * What the commands about sweeps share: results, as they are opened and reported.
 */
#pragma once

#include "base/text_style.h"
#include "cli/shared/options.h"
#include "lab/sweep/store.h"

/* Reports what went wrong with a store; returns the exit status: a wrong or broken file is wrong input, a full disk a
 * fault. */
SfExit sf_sweep_error (const GError *error);

/* TRUE if the file at `path` is a database of SQLite. */
gboolean sf_sweep_is_store (const char *path);

/* FALSE after a message if there is no file at `path`. */
gboolean sf_sweep_is_there (const char *path);

/* Opens the results at `path` for reading. NULL with `*ret_exit` set after a message. */
SfStore *sf_sweep_open (const char *path, SfSweep **ret_sweep, SfExit *ret_exit);

/* Where results are to go, beside the table on standard output. */
typedef struct
{
  const char *csv, *jsonl, *stats; /* files, "-": standard output in place of the table; NULL: not asked for */
  const char *out;                 /* directory for the graphs, NULL: none */
  const char *pictures;            /* their formats: "svg,png" */
  const char *file_lang;           /* and their language */
  SfTextStyle style;
} SfSweepReport;

/* Makes the folders that `report` goes to. FALSE after a message if something of it cannot be written there. */
gboolean sf_sweep_prepare_report (const SfSweepReport *report);

/* Reports what is in `store`, which `n_threads` threads read (0: one per processor). */
SfExit sf_sweep_report (SfStore *store, const SfSweep *sweep, guint n_threads, const SfSweepReport *report);
