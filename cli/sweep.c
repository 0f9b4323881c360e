/* SPDX-License-Identifier: MIT
 *
 * synfin sweep: runs a scenario at many points, many times each, here or on a cluster. The results become a table,
 * files and graphs.
 */
#include "cli/command.h"
#include "cli/shared/lessons_folder.h"
#include "cli/shared/sweep_results.h"

#include "base/files.h"
#include "base/gettext.h"
#include "cli/shared/language.h"
#include "cli/shared/sweep_progress.h"
#include "cli/slurm/sweep_slurm.h"
#include "lab/sweep/threads.h"
#include "results/pictures.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define DEFAULT_DB "out/sweep.sqlite"

typedef struct
{
  char *variant, *precision, *sample, *db, *shard, *slurm, *text, *csv, *jsonl, *stats, *out, *pictures, *lang;
  char **sets, **varies, **measures, **plots;
  SfArgument seed, replications, jobs, shards, color;
  gboolean resume;
} Options;

static const SfOptionValues samples = { .choices = (const char *const[]){ "grid", "list", NULL } };
static const SfOptionValues replication_counts = { .least = 1, .most = SF_MOST_REPLICATIONS };
static const SfOptionValues job_counts = { .least = 1, .most = 1024 };
static const SfOptionValues shard_counts = { .least = 1, .most = 1000000 };

/* The options that say what to sweep. The elements of a job array get them in this order. */
static const char *const what_is_swept[] = { "variant", "set",       "seed",   "vary", "replications",
                                             "measure", "precision", "sample", "plot", NULL };

static const SfOption rows[] = {
  { "vary", 0, SF_OPTION_LIST, offsetof (Options, varies),
    N_ ("Vary this value of the scenario: KEY=FROM:TO:STEP (or 7steps, or 7log) or KEY=a,b,c; repeatable"),
    "KEY=VALUES", NULL },
  { "sample", 0, SF_OPTION_TEXT, offsetof (Options, sample),
    N_ ("Combine the values as grid (default) or list, or draw N points at random: latin-hypercube:N"), "HOW",
    &samples },
  { "replications", 'n', SF_OPTION_COUNT, offsetof (Options, replications), N_ ("So many runs at each point"), "N",
    &replication_counts },
  { "measure", 0, SF_OPTION_LIST, offsetof (Options, measures),
    N_ ("Measure this, too, in every run (handshake-time); repeatable"), "MEASURE", NULL },
  { "precision", 0, SF_OPTION_TEXT, offsetof (Options, precision),
    N_ ("Stop at a point when half the interval of MEASURE is below so many percent of its mean"), "MEASURE:PERCENT",
    NULL },
  { "plot", 0, SF_OPTION_LIST, offsetof (Options, plots),
    N_ ("Draw this graph, too, where --out says ({kind: cdf, of: handshake-time}); repeatable"), "GRAPH", NULL },
  { "variant", 0, SF_OPTION_TEXT, offsetof (Options, variant), N_ ("Sweep this variant, not the standard run"), "NAME",
    NULL },
  SF_SETS_ROW (Options, sets),
  SF_SEED_ROW (Options, seed),
  { "jobs", 'j', SF_OPTION_COUNT, offsetof (Options, jobs), N_ ("So many runs at a time (default: one per processor)"),
    "N", &job_counts },
  { "db", 0, SF_OPTION_FILE, offsetof (Options, db), N_ ("Keep the results there (default: out/sweep.sqlite)"), "FILE",
    NULL },
  { "resume", 0, SF_OPTION_FLAG, offsetof (Options, resume), N_ ("Do what is left of an interrupted sweep"), NULL,
    NULL },
  /* For the elements of a job array: the file that is read in place of the scenario, which keeps its name. */
  { "text", 0, SF_OPTION_FILE, offsetof (Options, text), NULL, "FILE", NULL },
  { "csv", 0, SF_OPTION_FILE, offsetof (Options, csv), N_ ("Write a line per run there, as CSV; '-': standard output"),
    "FILE", NULL },
  { "jsonl", 0, SF_OPTION_FILE, offsetof (Options, jsonl), N_ ("The same as a JSON object a line"), "FILE", NULL },
  { "stats", 0, SF_OPTION_FILE, offsetof (Options, stats),
    N_ ("Write the statistics of each point there, as CSV, or JSON lines if it ends in .jsonl"), "FILE", NULL },
  { "out", 0, SF_OPTION_FILE, offsetof (Options, out), N_ ("Draw the graphs there"), "DIR", NULL },
  { "pictures", 0, SF_OPTION_TEXT, offsetof (Options, pictures),
    N_ ("In which formats: svg (default), png, pdf, several with commas, or none"), "FORMATS", &sf_format_choices },
  { "shard", 0, SF_OPTION_TEXT, offsetof (Options, shard),
    N_ ("Run only the K-th of N shares; see 'synfin sweep-merge'"), "K/N", NULL },
  { "slurm", 0, SF_OPTION_OPTIONAL_TEXT, offsetof (Options, slurm),
    N_ ("Run on a cluster by Slurm; OPTIONS (may be left out) are for sbatch: --slurm='--partition=short --time=10'"),
    "OPTIONS", NULL },
  { "shards", 0, SF_OPTION_COUNT, offsetof (Options, shards),
    N_ ("--slurm: so many shares (default: as many as last 10 s each)"), "N", &shard_counts },
  SF_COLOR_ROW (Options),
  SF_LANG_ROW (Options),
  SF_OPTION_END,
};

/* The meaning of the options. */
typedef struct
{
  const char *command, *file;
  const Options *options;
  const char *db;
  guint64 shard, n_shards; /* shards count from 0 here; shard 0 of 1 is the whole sweep */
  SfSweepReport report;
} Plan;

/* --- what the options mean --- */

/* Parses "K/N", which counts from 1. FALSE after a message. */
static gboolean
parse_shard (Plan *plan, const char *text)
{
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, "/", 2) : NULL;

  plan->n_shards = 1;
  if (text == NULL)
    return TRUE;
  if (g_strv_length (parts) != 2 || !g_ascii_string_to_unsigned (parts[1], 10, 1, G_MAXINT32, &plan->n_shards, NULL)
      || !g_ascii_string_to_unsigned (parts[0], 10, 1, plan->n_shards, &plan->shard, NULL))
    return sf_usage_error (plan->command, _ ("--shard is K/N, the K-th of N shares, as 1/8, not '%s'"), text), FALSE;
  plan->shard--;
  return TRUE;
}

/* Checks --pictures. FALSE after a message. */
static gboolean
check_pictures (const Plan *plan)
{
  const Options *options = plan->options;
  g_autoptr (SfPictureSet) picture_set = sf_picture_set_new (plan->report.pictures);

  if (options->pictures != NULL && options->out == NULL)
    return sf_usage_error (plan->command, _ ("--pictures says what goes into --out, which is missing")), FALSE;
  if (picture_set == NULL)
    return sf_usage_error (plan->command,
                           _ ("--pictures is svg, png, pdf, several of them with commas, or none, not '%s'"),
                           options->pictures),
           FALSE;
  return TRUE;
}

static guint
count_stdout (const Options *options)
{
  return (g_strcmp0 (options->csv, "-") == 0) + (g_strcmp0 (options->jsonl, "-") == 0)
         + (g_strcmp0 (options->stats, "-") == 0);
}

static gboolean
check_uses (const Plan *plan)
{
  const Options *options = plan->options;

  if (options->shard != NULL && options->slurm != NULL)
    return sf_usage_error (plan->command, _ ("--slurm makes the shards itself: not with --shard")), FALSE;
  if (options->shards.text != NULL && options->slurm == NULL)
    return sf_usage_error (plan->command, _ ("--shards is for --slurm; to run one share, see --shard")), FALSE;
  if (options->shard != NULL
      && (options->csv != NULL || options->jsonl != NULL || options->stats != NULL || options->out != NULL))
    return sf_usage_error (plan->command, _ ("a shard is not the whole: export after 'synfin sweep-merge'")), FALSE;
  if (count_stdout (options) > 1)
    return sf_usage_error (plan->command, _ ("only one file can be standard output")), FALSE;
  if (*plan->db == '\0')
    return sf_usage_error (plan->command, _ ("--db needs the name of a file")), FALSE;
  return TRUE;
}

/* TRUE if both paths are one file, also if it does not exist. */
static gboolean
is_same_file (const char *a, const char *b)
{
  g_autofree char *path_a = g_canonicalize_filename (a, NULL), *path_b = g_canonicalize_filename (b, NULL);
  struct stat of_a, of_b;

  if (stat (a, &of_a) != 0 || stat (b, &of_b) != 0)
    return strcmp (path_a, path_b) == 0;
  return S_ISREG (of_a.st_mode) && of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino;
}

/* Checks that no output file is the input or another output. `db` is NULL if `input` holds the results. FALSE after a
 * message. */
static gboolean
check_files (const Plan *plan, const char *input, const char *db)
{
  const Options *options = plan->options;
  const struct
  {
    const char *what, *path;
  } files[] = { { "FILE", input },
                { "--db", db },
                { "--csv", options->csv },
                { "--jsonl", options->jsonl },
                { "--stats", options->stats } };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    for (guint k = 0; k < i; k++)
      if (files[i].path != NULL && files[k].path != NULL && is_same_file (files[i].path, files[k].path))
        return sf_usage_error (plan->command, _ ("'%s' can not be both %s and %s"), files[i].path, files[k].what,
                               files[i].what),
               FALSE;
  return TRUE;
}

static gboolean
make_plan (Plan *plan)
{
  const Options *options = plan->options;

  plan->db = options->db != NULL ? options->db : DEFAULT_DB;
  plan->report.csv = options->csv;
  plan->report.jsonl = options->jsonl;
  plan->report.stats = options->stats;
  plan->report.out = options->out;
  plan->report.pictures = options->pictures != NULL ? options->pictures : "svg";
  plan->report.file_lang = options->lang != NULL ? sf_language_spoken () : SF_DEFAULT_LANG;
  plan->report.style.lang = sf_language_spoken ();
  plan->report.style.width = sf_output_text_width ();
  plan->report.style.color = sf_output_color ((SfColor) options->color.value);
  return parse_shard (plan, options->shard) && check_uses (plan) && check_pictures (plan);
}

/* --- running --- */

static SfSweep *
load (const Plan *plan, const char *path)
{
  const Options *options = plan->options;
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (GArray) sets = sf_sets_parse (options->sets);
  SfSweepOptions sweep = { .run = { .name = plan->file, .variant = options->variant },
                           .varies = (const char *const *) options->varies,
                           .replications = (guint64) options->replications.value,
                           .measures = (const char *const *) options->measures,
                           .precision = options->precision,
                           .sample = options->sample,
                           .plots = (const char *const *) options->plots };
  SfSweep *loaded;

  if (sets == NULL)
    return NULL;
  sf_option_set_seed (&options->seed, &sweep.run);
  sweep.run.sets = (const SfOverride *) (gpointer) sets->data;
  sweep.run.n_sets = sets->len;
  loaded = sf_sweep_load (path, &sweep, diag);
  if (loaded != NULL
      && !sf_sweep_try (loaded, (guint) plan->options->jobs.value, (guint) plan->shard, (guint) plan->n_shards, diag))
    g_clear_pointer (&loaded, sf_sweep_free);
  sf_print_diagnostics (diag);
  return loaded;
}

static gboolean
make_folder (const char *file)
{
  g_autofree char *dir = g_path_get_dirname (file);
  g_autoptr (GError) error = NULL;

  if (sf_directory_make (dir, &error))
    return TRUE;
  sf_fatal_error ("%s", error->message);
  return FALSE;
}

/* Ends the program by signal `number`, so that the parent process sees it. */
static SfExit
stop (int number)
{
  signal (number, SIG_DFL);
  raise (number);
  return SF_EXIT_FAULT;
}

/* Does the runs on this machine. */
static SfExit
run_here (const Plan *plan, const SfSweep *sweep, SfSweepProgress *progress)
{
  g_autoptr (GError) error = NULL;
  const SfSweepRunOptions options = { .n_threads = (guint) plan->options->jobs.value,
                                      .shard = (guint) plan->shard,
                                      .n_shards = (guint) plan->n_shards,
                                      .progress = sf_sweep_progress,
                                      .user = progress };
  g_autoptr (SfStore) store = NULL;
  SfExit status = SF_EXIT_OK;
  gboolean done;

  if (!make_folder (plan->db))
    return SF_EXIT_FAULT;
  store = sf_store_open (plan->db, sweep, SYNFIN_VERSION, (guint) plan->shard, (guint) plan->n_shards,
                         plan->options->resume, &error);
  if (g_error_matches (error, SF_STORE_ERROR, SF_STORE_ERROR_EXISTS))
    return sf_usage_error (plan->command, _ ("%s; --resume does what is left of them, --db names another file"),
                           error->message);
  if (store == NULL)
    return sf_sweep_error (error);
  sf_sweep_progress_begin (progress);
  done = sf_sweep_run (sweep, store, &options, &error);
  sf_sweep_progress_end (progress);
  if (g_error_matches (error, SF_STORE_ERROR, SF_STORE_ERROR_STOPPED))
    {
      fprintf (stderr, _ ("synfin: stopped; what is done is in %s, and the same command with --resume does the rest\n"),
               plan->db);
      return SF_EXIT_FAULT;
    }
  if (!done)
    status = sf_sweep_error (error);
  if (g_error_matches (error, SF_STORE_ERROR, SF_STORE_ERROR_SCENARIO))
    fprintf (stderr, _ ("synfin: the runs of the points before that are in %s\n"), plan->db);
  return status;
}

static SfExit
run_on_cluster (const Plan *plan, const SfSweep *sweep, SfSweepProgress *progress)
{
  g_auto (GStrv) arguments = sf_options_given (rows, plan->options, what_is_swept);
  SfExit status;

  if (!make_folder (plan->db))
    return SF_EXIT_FAULT;
  sf_sweep_progress_begin (progress);
  status = sf_sweep_slurm (&(SfClusterSweep){ .sweep = sweep,
                                              .file = plan->file,
                                              .arguments = arguments,
                                              .db = plan->db,
                                              .version = SYNFIN_VERSION,
                                              .sbatch = plan->options->slurm,
                                              .n_shards = (guint) plan->options->shards.value,
                                              .n_threads = (guint) MAX (plan->options->jobs.value, 1),
                                              .resume = plan->options->resume },
                           progress);
  sf_sweep_progress_end (progress);
  return status;
}

/* Warns if the results are only a part of the sweep. FALSE with `error` if that cannot be read. */
static gboolean
warn_of_missing (SfStore *store, const char *path, GError **error)
{
  g_autofree char *which = NULL, *all = NULL;
  guint64 shard, n_shards;

  if (!sf_store_shard (store, &shard, &n_shards, error))
    return FALSE;
  if (!sf_store_is_complete (store))
    fprintf (stderr, _ ("synfin: warning: %s is not complete\n"), path);
  if (n_shards == 1)
    return TRUE;
  which = g_strdup_printf ("%" G_GUINT64_FORMAT, shard);
  all = g_strdup_printf ("%" G_GUINT64_FORMAT, n_shards);
  fprintf (stderr,
           _ ("synfin: warning: %s is shard %s of %s, and has only its runs: 'synfin sweep-merge' joins all of them\n"),
           path, which, all);
  return TRUE;
}

/* Reports results that exist already. */
static SfExit
show (const Plan *plan, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfSweep) sweep = NULL;
  g_autoptr (SfStore) store = NULL;
  SfExit status;

  store = sf_sweep_open (path, &sweep, &status);
  if (store == NULL)
    return status;
  if (!warn_of_missing (store, path, &error))
    return sf_sweep_error (error);
  return sf_sweep_report (store, sweep, (guint) plan->options->jobs.value, &plan->report);
}

static SfExit
run_and_report (const Plan *plan, const char *path)
{
  g_autoptr (SfSweep) sweep = load (plan, path);
  SfSweepProgress progress = { 0 };
  SfExit status;

  if (sweep == NULL)
    return SF_EXIT_INPUT;
  /* Checked first, since nobody should wait for results that cannot be written. */
  if (!sf_sweep_prepare_report (&plan->report))
    return SF_EXIT_FAULT;
  status = plan->options->slurm != NULL ? run_on_cluster (plan, sweep, &progress) : run_here (plan, sweep, &progress);
  if (progress.stopped != 0)
    return stop (progress.stopped);
  if (status != SF_EXIT_OK || plan->n_shards > 1)
    return status;
  status = show (plan, plan->db);
  if (status == SF_EXIT_OK && progress.shown)
    fprintf (stderr, _ ("synfin: the results are in %s; 'synfin run --replay %s:ROW' shows a single run\n"), plan->db,
             plan->db);
  return status;
}

/* Shows results. Options that say what to sweep are refused. */
static SfExit
show_only (const Plan *plan, const char *path)
{
  const Options *options = plan->options;
  g_auto (GStrv) arguments = sf_options_given (rows, options, what_is_swept);

  if (arguments[0] != NULL || options->db != NULL || options->shard != NULL || options->slurm != NULL
      || options->resume)
    return sf_usage_error (plan->command, _ ("'%s' holds results, which are only shown: it needs a scenario to sweep"),
                           path);
  return check_files (plan, path, NULL) ? show (plan, path) : SF_EXIT_INPUT;
}

static SfExit
sweep (const char *command, char **files, gconstpointer user)
{
  const Options *options = user;
  Plan plan = { .command = command, .file = files[0], .options = options };
  g_autofree char *path = NULL;

  if (files[0] == NULL || files[1] != NULL)
    return sf_usage_error (command, "%s", files[0] == NULL ? _ ("which scenario?") : _ ("one scenario at a time"));
  if (!make_plan (&plan))
    return SF_EXIT_INPUT;
  if (sf_sweep_is_store (files[0]))
    return show_only (&plan, files[0]);
  path = options->text != NULL ? g_strdup (options->text) : sf_scenario_find (files[0]);
  return path != NULL && check_files (&plan, path, plan.db) ? run_and_report (&plan, path) : SF_EXIT_INPUT;
}

static const SfUsage usage = {
  .options = rows,
  .arguments = "FILE|DB",
  .description = N_ (
    "Runs a scenario at every point of what its section 'sweep', or --vary, says, many times each, and sums up\n"
    "what is measured. The results of an earlier sweep are shown again."),
};

SfExit
sf_command_sweep (int argc, char **argv) /* NOLINT(readability-function-size): a table */
{
  Options options = { 0 };

  return sf_options_run (argc, argv, &usage, &options, sweep);
}
