/* SPDX-License-Identifier: MIT
 *
 * synfin sweep: a scenario at many points, many times each, here or on a cluster; what came of it as a table, in files
 * and as graphs.
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
  char *variant, *seed, *replications, *precision, *sample, *jobs, *db, *shard, *slurm, *shards, *text, *csv, *jsonl,
    *stats, *out;
  char *pictures, *color, *lang;
  char **sets, **varies, **measures, **plots;
  gboolean resume;
} Options;

static void
clear_options (Options *options)
{
  g_free (options->variant);
  g_free (options->seed);
  g_free (options->replications);
  g_free (options->precision);
  g_free (options->sample);
  g_free (options->jobs);
  g_free (options->db);
  g_free (options->shard);
  g_free (options->slurm);
  g_free (options->shards);
  g_free (options->text);
  g_free (options->csv);
  g_free (options->jsonl);
  g_free (options->stats);
  g_free (options->out);
  g_free (options->pictures);
  g_free (options->color);
  g_free (options->lang);
  g_strfreev (options->sets);
  g_strfreev (options->varies);
  g_strfreev (options->measures);
  g_strfreev (options->plots);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

/* What the options come to. */
typedef struct
{
  const char *command, *file;
  const Options *options;
  const char *db;
  guint64 replications, jobs; /* 0: not said */
  guint64 shard, n_shards;    /* shards count from 0 here; 0 of 1: all of it */
  SfSweepReport report;
} Plan;

/* --- what the options mean --- */

static gboolean
parse_number (const Plan *plan, const char *option, const char *text, guint64 most, guint64 *ret_number)
{
  g_autofree char *last = g_strdup_printf ("%" G_GUINT64_FORMAT, most);

  if (text == NULL || g_ascii_string_to_unsigned (text, 10, 1, most, ret_number, NULL))
    return TRUE;
  return sf_usage_error (plan->command, _ ("%s is a number from 1 to %s, not '%s'"), option, last, text), FALSE;
}

/* Reads "K/N", which counts from 1. */
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

/* FALSE after a message if `pictures` says nothing of the kind. */
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
  if (options->shards != NULL && options->slurm == NULL)
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

/* TRUE if both are one file, whether it is there or not. */
static gboolean
is_same_file (const char *a, const char *b)
{
  g_autofree char *path_a = g_canonicalize_filename (a, NULL), *path_b = g_canonicalize_filename (b, NULL);
  struct stat of_a, of_b;

  if (stat (a, &of_a) != 0 || stat (b, &of_b) != 0)
    return strcmp (path_a, path_b) == 0;
  return S_ISREG (of_a.st_mode) && of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino;
}

/* Nothing may be written over what is read, or over something else that is written. `db` is NULL where `input` holds
 * the results. */
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
  return parse_number (plan, "--replications", options->replications, SF_MOST_REPLICATIONS, &plan->replications)
         && parse_number (plan, "--jobs", options->jobs, 1024, &plan->jobs) && parse_shard (plan, options->shard)
         && check_uses (plan) && check_pictures (plan)
         && sf_color_parse (plan->command, options->color, &plan->report.style.color);
}

/* --- doing it --- */

static SfSweep *
load (const Plan *plan, const char *path)
{
  const Options *options = plan->options;
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (GArray) sets = sf_sets_parse (options->sets);
  SfSweepOptions sweep = { .run = { .name = plan->file, .variant = options->variant },
                           .varies = (const char *const *) options->varies,
                           .replications = plan->replications,
                           .measures = (const char *const *) options->measures,
                           .precision = options->precision,
                           .sample = options->sample,
                           .plots = (const char *const *) options->plots };
  SfSweep *loaded;

  if (sets == NULL || !sf_seed_parse (plan->command, options->seed, &sweep.run))
    return NULL;
  sweep.run.sets = (const SfOverride *) (gpointer) sets->data;
  sweep.run.n_sets = sets->len;
  loaded = sf_sweep_load (path, &sweep, diag);
  if (loaded != NULL && !sf_sweep_try (loaded, (guint) plan->jobs, (guint) plan->shard, (guint) plan->n_shards, diag))
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

/* Ends as the signal would have ended the program, so that whoever started it knows. */
static SfExit
stop (int number)
{
  signal (number, SIG_DFL);
  raise (number);
  return SF_EXIT_FAULT;
}

/* Runs what there is to run on this machine. */
static SfExit
run_here (const Plan *plan, const SfSweep *sweep, SfSweepProgress *progress)
{
  g_autoptr (GError) error = NULL;
  const SfSweepRunOptions options = { .n_threads = (guint) plan->jobs,
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

/* Adds "NAME=VALUE" for an option that was given. */
static void
pass (GPtrArray *arguments, const char *name, const char *value)
{
  if (value != NULL)
    g_ptr_array_add (arguments, g_strdup_printf ("%s=%s", name, value));
}

static void
pass_all (GPtrArray *arguments, const char *name, char **values)
{
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    pass (arguments, name, values[i]);
}

/* Returns the options that say what is swept. */
static char **
arguments_of (const Options *options)
{
  GPtrArray *arguments = g_ptr_array_new ();

  pass (arguments, "--variant", options->variant);
  pass_all (arguments, "--set", options->sets);
  pass (arguments, "--seed", options->seed);
  pass_all (arguments, "--vary", options->varies);
  pass (arguments, "--replications", options->replications);
  pass_all (arguments, "--measure", options->measures);
  pass (arguments, "--precision", options->precision);
  pass (arguments, "--sample", options->sample);
  pass_all (arguments, "--plot", options->plots);
  g_ptr_array_add (arguments, NULL);
  return (char **) g_ptr_array_free (arguments, FALSE);
}

static SfExit
run_on_cluster (const Plan *plan, const SfSweep *sweep, SfSweepProgress *progress)
{
  g_auto (GStrv) arguments = arguments_of (plan->options);
  guint64 n_shards = 0;
  SfExit status;

  if (!parse_number (plan, "--shards", plan->options->shards, 1000000, &n_shards))
    return SF_EXIT_INPUT;
  if (!make_folder (plan->db))
    return SF_EXIT_FAULT;
  sf_sweep_progress_begin (progress);
  status = sf_sweep_slurm (&(SfClusterSweep){ .sweep = sweep,
                                              .file = plan->file,
                                              .arguments = arguments,
                                              .db = plan->db,
                                              .version = SYNFIN_VERSION,
                                              .sbatch = plan->options->slurm,
                                              .n_shards = (guint) n_shards,
                                              .n_threads = (guint) MAX (plan->jobs, 1),
                                              .resume = plan->options->resume },
                           progress);
  sf_sweep_progress_end (progress);
  return status;
}

/* Warns of results that are not those of the whole sweep. FALSE with `error` if that cannot be read. */
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

/* Reports results that are there already. */
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
  return sf_sweep_report (store, sweep, (guint) plan->jobs, &plan->report);
}

static SfExit
run_and_report (const Plan *plan, const char *path)
{
  g_autoptr (SfSweep) sweep = load (plan, path);
  SfSweepProgress progress = { 0 };
  SfExit status;

  if (sweep == NULL)
    return SF_EXIT_INPUT;
  /* Nobody is to wait for results that have nowhere to go. */
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

/* Results have been made: nothing that says what is to be swept has a meaning. */
static SfExit
show_only (const Plan *plan, const char *path)
{
  const Options *options = plan->options;
  g_auto (GStrv) arguments = arguments_of (options);

  if (arguments[0] != NULL || options->db != NULL || options->shard != NULL || options->slurm != NULL
      || options->resume)
    return sf_usage_error (plan->command, _ ("'%s' holds results, which are only shown: it needs a scenario to sweep"),
                           path);
  return check_files (plan, path, NULL) ? show (plan, path) : SF_EXIT_INPUT;
}

static SfExit
sweep (const char *command, char **files, const Options *options)
{
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

/* Returns the arguments with "--slurm=" for "--slurm": GOption would take the next argument for its value, which need
 * not be one. */
static char **
complete_slurm (int argc, char **argv)
{
  char **copy = g_new0 (char *, argc + 1);

  for (int i = 0; i < argc; i++)
    copy[i] = g_strdup (strcmp (argv[i], "--slurm") == 0 ? "--slurm=" : argv[i]);
  return copy;
}

SfExit
sf_command_sweep (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "vary", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.varies,
      N_("Vary this value of the scenario: KEY=FROM:TO:STEP (or 7steps, or 7log) or KEY=a,b,c; repeatable"), "KEY=VALUES" },
    { "sample", 0, 0, G_OPTION_ARG_STRING, &options.sample,
      N_("Combine the values as grid (default) or list, or draw N points at random: latin-hypercube:N"), "HOW" },
    { "replications", 'n', 0, G_OPTION_ARG_STRING, &options.replications, N_("So many runs at each point"), "N" },
    { "measure", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.measures, N_("Measure this, too, in every run (handshake-time); repeatable"),
      "MEASURE" },
    { "precision", 0, 0, G_OPTION_ARG_STRING, &options.precision,
      N_("Stop at a point when half the interval of MEASURE is below so many percent of its mean"), "MEASURE:PERCENT" },
    { "plot", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.plots,
      N_("Draw this graph, too, where --out says ({kind: cdf, of: handshake-time}); repeatable"), "GRAPH" },
    { "variant", 0, 0, G_OPTION_ARG_STRING, &options.variant, N_("Sweep this variant, not the standard run"), "NAME" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.sets, N_("Override a value (hosts.server.tcp.msl=30s); repeatable"),
      "KEY=VALUE" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &options.seed, N_("Seed of all random decisions"), "N" },
    { "jobs", 'j', 0, G_OPTION_ARG_STRING, &options.jobs, N_("So many runs at a time (default: one per processor)"), "N" },
    { "db", 0, 0, G_OPTION_ARG_FILENAME, &options.db, N_("Keep the results there (default: out/sweep.sqlite)"), "FILE" },
    { "resume", 0, 0, G_OPTION_ARG_NONE, &options.resume, N_("Do what is left of an interrupted sweep"), NULL },
    /* For the elements of an array: the scenario is read there, though it is called as it was when they were
     * submitted. */
    { "text", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &options.text, NULL, "FILE" },
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &options.csv, N_("Write a line per run there, as CSV; '-': standard output"), "FILE" },
    { "jsonl", 0, 0, G_OPTION_ARG_FILENAME, &options.jsonl, N_("The same as a JSON object a line"), "FILE" },
    { "stats", 0, 0, G_OPTION_ARG_FILENAME, &options.stats, N_("Write the statistics of each point there, as CSV, or JSON lines if it ends in .jsonl"),
      "FILE" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, N_("Draw the graphs there"), "DIR" },
    { "pictures", 0, 0, G_OPTION_ARG_STRING, &options.pictures, N_("In which formats: svg (default), png, pdf, several with commas, or none"),
      "FORMATS" },
    { "shard", 0, 0, G_OPTION_ARG_STRING, &options.shard, N_("Run only the K-th of N shares; see 'synfin sweep-merge'"), "K/N" },
    { "slurm", 0, 0, G_OPTION_ARG_STRING, &options.slurm,
      N_("Run on a cluster by Slurm; OPTIONS (may be left out) are for sbatch: --slurm='--partition=short --time=10'"), "OPTIONS" },
    { "shards", 0, 0, G_OPTION_ARG_STRING, &options.shards, N_("--slurm: so many shares (default: as many as last 10 s each)"), "N" },
    { "color", 0, 0, G_OPTION_ARG_STRING, &options.color, N_("auto (default), always or never"), "WHEN" },
    SF_LANG_ENTRY (&options.lang),
    G_OPTION_ENTRY_NULL,
  };
  /* clang-format on */
  g_auto (GStrv) rest = NULL;
  g_auto (GStrv) arguments = complete_slurm (argc, argv);
  SfExit status;

  if (!sf_options_parse (
        argc, arguments, entries, "FILE|DB",
        N_ (
          "Runs a scenario at every point of what its section 'sweep', or --vary, says, many times each, and sums up\n"
          "what is measured. The results of an earlier sweep are shown again."),
        &rest, &status))
    return status;
  return sweep (argv[0], rest, &options);
}
