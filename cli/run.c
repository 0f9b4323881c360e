/* SPDX-License-Identifier: MIT
 *
 * synfin run: shows the question of a scenario, the timeline of each run, its explanation, and whether the expectations
 * hold.
 */
#include "cli/command.h"
#include "cli/shared/lessons_folder.h"
#include "cli/shared/replay.h"
#include "results/pictures.h"

#include "base/files.h"
#include "base/gettext.h"
#include "base/paragraph.h"
#include "base/units.h"
#include "cli/shared/language.h"
#include "lab/report/run_summary.h"
#include "lab/report/scenario_text.h"
#include "plots/terminal/timeline.h"
#include "trace/capture.h"
#include "trace/jsonl.h"

#include <stdio.h>
#include <string.h>

typedef struct
{
  char *variant, *replay, *out, *pictures, *lang;
  char **sets;
  SfArgument seed, from, to, voice, color;
  gboolean ascii, quiet, no_timeline;
} Options;

static const SfOption rows[] = {
  { "variant", 0, SF_OPTION_TEXT, offsetof (Options, variant), N_ ("Only this variant; 'standard': without overrides"),
    "NAME", NULL },
  SF_SETS_ROW (Options, sets),
  SF_SEED_ROW (Options, seed),
  SF_REPLAY_ROW (Options, replay),
  { "out", 0, SF_OPTION_FILE, offsetof (Options, out),
    N_ ("Write trace, capture, timeline, summary and pictures there"), "DIR", NULL },
  { "pictures", 0, SF_OPTION_TEXT, offsetof (Options, pictures),
    N_ ("What pictures --out gets: svg (default), png, pdf, several with commas, or none"), "FORMATS",
    &sf_format_choices },
  { "from", 0, SF_OPTION_INSTANT, offsetof (Options, from), N_ ("Begin the timeline at this instant"), "TIME", NULL },
  { "to", 0, SF_OPTION_INSTANT, offsetof (Options, to), N_ ("End the timeline at this instant"), "TIME", NULL },
  { "no-timeline", 0, SF_OPTION_FLAG, offsetof (Options, no_timeline), N_ ("Print no timeline"), NULL, NULL },
  { "voice", 0, SF_OPTION_CHOICE, offsetof (Options, voice),
    N_ ("plain (default): a diagram; letters: as two correspondents who write letters"), "VOICE", &sf_voice_choices },
  { "ascii", 0, SF_OPTION_FLAG, offsetof (Options, ascii), N_ ("Draw with ASCII characters only"), NULL, NULL },
  SF_COLOR_ROW (Options),
  SF_LANG_ROW (Options),
  { "quiet", 'q', SF_OPTION_FLAG, offsetof (Options, quiet), N_ ("Print nothing: the exit status tells"), NULL, NULL },
  SF_OPTION_END,
};

/* The meaning of the options. */
typedef struct
{
  const char *out_dir;       /* NULL: write no files */
  const char *replay;        /* the run of a sweep, in words; NULL: not of a sweep */
  SfPictureSet *picture_set; /* pictures to write to `out_dir`; NULL: none */
  const char *file_lang;     /* language of files: only as asked for, so that files do not depend on the locale */
  SfTextStyle style;
  SfTimelineOptions timeline;
  gboolean quiet, no_timeline;
} Plan;

/* --- printing --- */

static void
add_run (GString *out, const SfRun *run, const SfOutcome *outcome, const Plan *plan)
{
  sf_scenario_text_heading (out, run->scenario, &plan->style);
  if (plan->replay != NULL)
    {
      sf_paragraph_labeled (out, _ ("with "), TRUE, plan->replay, &plan->style);
      g_string_append_c (out, '\n');
    }
  if (!plan->no_timeline)
    {
      sf_timeline (out, outcome->trace, &plan->timeline);
      g_string_append_c (out, '\n');
    }
  sf_scenario_text_explanation (out, run->scenario, &plan->style);
  sf_report_verdicts (out, outcome, &plan->style);
}

/* --- files --- */

static gboolean
write_text (const char *dir, const char *name, const GString *text, GError **error)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  return sf_file_write (path, text->str, text->len, error);
}

static gboolean
write_files (const char *dir, const SfOutcome *outcome, const Plan *plan, GError **error)
{
  SfTimelineOptions timeline = plan->timeline;
  g_autofree char *capture_path = g_build_filename (dir, "capture.pcapng", NULL);
  g_autoptr (GByteArray) capture = g_byte_array_new ();
  g_autoptr (GString) trace = g_string_new (NULL);
  g_autoptr (GString) summary = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  timeline.lang = plan->file_lang;
  timeline.width = 0;
  timeline.color = FALSE;
  sf_trace_write (trace, outcome->trace, SYNFIN_VERSION);
  sf_capture_write (capture, outcome->trace);
  sf_run_summary_write (summary, outcome, SYNFIN_VERSION);
  sf_timeline (text, outcome->trace, &timeline);
  return sf_directory_make (dir, error) && write_text (dir, "trace.jsonl", trace, error)
         && sf_file_write (capture_path, capture->data, capture->len, error)
         && write_text (dir, "timeline.txt", text, error) && write_text (dir, "summary.json", summary, error);
}

/* --- the runs --- */

/* Writes the files of a run. `n` is the number of all runs. */
static gboolean
write_run (guint n, SfOutcome *outcome, const Plan *plan)
{
  g_autofree char *dir = g_build_filename (plan->out_dir, n > 1 ? outcome->variant : NULL, NULL);
  g_autoptr (GError) error = NULL;
  gboolean written;

  written = write_files (dir, outcome, plan, &error);
  if (written && plan->picture_set != NULL)
    sf_picture_set_add (plan->picture_set, g_steal_pointer (&outcome->trace), dir, plan->out_dir, plan->file_lang);
  if (!written)
    sf_fatal_error ("%s", error->message);
  return written;
}

/* Does a run, prints it and writes its files. `n` is the number of all runs. */
static gboolean
do_run (const SfRun *run, guint n, const Plan *plan, SfOutput *output, gboolean *ret_holds)
{
  g_autoptr (SfOutcome) outcome = sf_run_do (run);
  g_autoptr (GString) text = g_string_new (NULL);

  sf_print_diagnostics (outcome->diag);
  if (!plan->quiet)
    add_run (text, run, outcome, plan);
  if (plan->out_dir != NULL && !write_run (n, outcome, plan))
    return FALSE;
  if (!plan->quiet)
    sf_output (output, text);
  *ret_holds = sf_outcome_holds (outcome);
  return TRUE;
}

/* Writes the pictures of all runs. Without gnuplot there are none. */
static gboolean
write_pictures (const Plan *plan)
{
  g_autoptr (GError) error = NULL;

  if (plan->picture_set == NULL)
    return TRUE;
  if (plan->picture_set->left_out > 0)
    fprintf (stderr,
             ngettext ("synfin: %u page of a long diagram is left out; see 'synfin plot --help', --pages\n",
                       "synfin: %u pages of long diagrams are left out; see 'synfin plot --help', --pages\n",
                       plan->picture_set->left_out),
             plan->picture_set->left_out);
  if (sf_picture_set_write (plan->picture_set, &error))
    return TRUE;
  if (g_error_matches (error, SF_GNUPLOT_ERROR, SF_GNUPLOT_ERROR_MISSING))
    {
      fprintf (stderr, _ ("synfin: warning: no pictures: %s\n"), error->message);
      return TRUE;
    }
  sf_fatal_error ("%s", error->message);
  return FALSE;
}

static SfExit
do_runs (const GPtrArray *runs, const Plan *plan)
{
  SfOutput output = { 0 };
  SfExit status = SF_EXIT_OK;
  g_autoptr (GString) gap = g_string_new ("\n");

  for (guint i = 0; i < runs->len; i++)
    {
      gboolean holds;

      if (i > 0 && !plan->quiet)
        sf_output (&output, gap);
      if (!do_run (g_ptr_array_index (runs, i), runs->len, plan, &output, &holds))
        return SF_EXIT_FAULT;
      if (!holds)
        status = SF_EXIT_FAILED;
    }
  if (!write_pictures (plan))
    return SF_EXIT_FAULT;
  return sf_output_finish (&output, status);
}

/* --- the command --- */

static gboolean
make_plan (const char *command, const Options *options, Plan *plan)
{
  plan->out_dir = options->out;
  plan->quiet = options->quiet;
  plan->no_timeline = options->no_timeline;
  if (!sf_lang_check_ascii (command, options->ascii, options->lang))
    return FALSE;
  plan->style.lang = sf_language_spoken ();
  plan->style.width = sf_output_text_width ();
  plan->file_lang = options->lang != NULL ? plan->style.lang : SF_DEFAULT_LANG;
  plan->timeline.width = MAX (sf_output_width (), SF_TIMELINE_MIN_WIDTH);
  plan->timeline.ascii = options->ascii || sf_output_needs_ascii ();
  plan->style.color = sf_output_color ((SfColor) options->color.value);
  plan->timeline.from = options->from.value;
  plan->timeline.to = options->to.value;
  plan->timeline.voice = (SfVoice) options->voice.value;
  if (plan->out_dir != NULL && *plan->out_dir == '\0')
    return sf_usage_error (command, _ ("--out needs the name of a directory")), FALSE;
  if (plan->out_dir == NULL && options->pictures != NULL)
    return sf_usage_error (command, _ ("--pictures says what goes into --out, which is missing")), FALSE;
  if (plan->timeline.to != 0 && plan->timeline.from > plan->timeline.to)
    return sf_usage_error (command, _ ("--from lies behind --to")), FALSE;
  plan->timeline.lang = plan->style.lang;
  plan->timeline.color = plan->style.color;
  return TRUE;
}

/* Loads the runs of the scenario `argument`. NULL after a message. */
static GPtrArray *
load_runs (const char *argument, const Options *options)
{
  g_autoptr (GArray) sets = NULL;
  g_autofree char *path = NULL;
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  SfRunOptions run_options = { .variant = options->variant, .name = argument };
  GPtrArray *runs;

  sf_option_set_seed (&options->seed, &run_options);
  sets = sf_sets_parse (options->sets);
  path = sets != NULL ? sf_scenario_find (argument) : NULL;
  if (path == NULL)
    return NULL;
  run_options.sets = (const SfOverride *) (gpointer) sets->data;
  run_options.n_sets = sets->len;
  runs = sf_runs_load (path, &run_options, diag);
  sf_print_diagnostics (diag);
  return runs;
}

/* Loads the run of a sweep that --replay names. NULL after a message; `*ret_exit` is then set. */
static GPtrArray *
load_replay (const char *command, const Options *options, char **ret_words, SfExit *ret_exit)
{
  SfRun *run;
  GPtrArray *runs;

  *ret_exit = SF_EXIT_INPUT;
  if (options->variant != NULL || options->seed.text != NULL || options->sets != NULL)
    return sf_usage_error (command,
                           _ ("--replay has its own variant, values and seed: not with --variant, --set and --seed")),
           NULL;
  run = sf_replay_load (command, options->replay, ret_words, ret_exit);
  if (run == NULL)
    return NULL;
  runs = g_ptr_array_new_with_free_func ((GDestroyNotify) sf_run_free);
  g_ptr_array_add (runs, run);
  return runs;
}

static SfExit
run (const char *command, char **files, gconstpointer user)
{
  const Options *options = user;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (SfPictureSet) picture_set = NULL;
  g_autofree char *replay = NULL;
  Plan plan = { 0 };
  SfExit status = SF_EXIT_INPUT;

  if (options->replay != NULL && files[0] != NULL)
    return sf_usage_error (command, _ ("either a scenario or --replay"));
  if (options->replay == NULL && (files[0] == NULL || files[1] != NULL))
    return sf_usage_error (command, "%s",
                           files[0] == NULL ? _ ("which scenario?") : _ ("one scenario at a time; see 'synfin check'"));
  if (!make_plan (command, options, &plan))
    return SF_EXIT_INPUT;
  if (plan.out_dir != NULL)
    plan.picture_set = picture_set = sf_picture_set_new (options->pictures != NULL ? options->pictures : "svg");
  if (plan.out_dir != NULL && picture_set == NULL)
    return sf_usage_error (command, _ ("--pictures is svg, png, pdf, several of them with commas, or none, not '%s'"),
                           options->pictures);
  runs = options->replay != NULL ? load_replay (command, options, &replay, &status) : load_runs (files[0], options);
  plan.replay = replay;
  return runs != NULL ? do_runs (runs, &plan) : status;
}

static const SfUsage usage = {
  .options = rows,
  .arguments = "FILE",
  .description = N_ ("Runs a scenario and its variants: prints the timeline of each, and whether its\n"
                     "expectations hold."),
};

SfExit
sf_command_run (int argc, char **argv)
{
  Options options = { 0 };

  return sf_options_run (argc, argv, &usage, &options, run);
}
