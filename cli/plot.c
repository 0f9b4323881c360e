/* SPDX-License-Identifier: MIT
 *
 * synfin plot: draws a picture of a run, which comes from a scenario or a saved trace.
 */
#include "cli/command.h"
#include "cli/shared/plot_traces.h"
#include "cli/shared/replay.h"
#include "results/pictures.h"

#include "base/files.h"
#include "base/gettext.h"
#include "cli/shared/language.h"
#include "plots/terminal/timeline.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  SfPlotTraceOptions trace;
  char *against, *out, *host, *lang;
  SfArgument format, from, to, scale, paper, pages, conn, voice;
  gboolean absolute, ascii;
} Options;

static const SfOptionValues formats = { .choices = (const char *const[]){ "svg", "png", "pdf", "txt", NULL } };
static const SfOptionValues papers = { .choices = (const char *const[]){ "free", "a4", "slide",
                                                                         NULL } }; /* in the order of SfPaper */
static const SfOptionValues scales = { .choices = (const char *const[]){ "folded", "linear", NULL } };
static const SfOptionValues page_counts = { .least = 0 };
static const SfOptionValues conn_numbers = { .least = 1 };

static const SfOption rows[] = {
  { "format", 'f', SF_OPTION_CHOICE, offsetof (Options, format), N_ ("svg (default), png, pdf, or txt (sequence only)"),
    "FORMAT", &formats },
  { "output", 'o', SF_OPTION_FILE, offsetof (Options, out),
    N_ ("Write there; its ending may say the format; '-': standard output"), "FILE", NULL },
  { "variant", 0, SF_OPTION_TEXT, offsetof (Options, trace.variant),
    N_ ("The run of this variant, not the standard one"), "NAME", NULL },
  { "against", 0, SF_OPTION_TEXT, offsetof (Options, against), N_ ("compare: with this variant (default: the first)"),
    "NAME", NULL },
  SF_SETS_ROW (Options, trace.sets),
  SF_SEED_ROW (Options, trace.seed),
  SF_REPLAY_ROW (Options, trace.replay),
  { "from", 0, SF_OPTION_INSTANT, offsetof (Options, from), N_ ("Begin at this instant"), "TIME", NULL },
  { "to", 0, SF_OPTION_INSTANT, offsetof (Options, to), N_ ("End at this instant"), "TIME", NULL },
  { "paper", 0, SF_OPTION_CHOICE, offsetof (Options, paper), N_ ("free (default), a4 or slide"), "PAPER", &papers },
  { "pages", 0, SF_OPTION_COUNT, offsetof (Options, pages),
    N_ ("sequence, compare: at most so many pages (default: 12; 0: all)"), "N", &page_counts },
  { "scale", 0, SF_OPTION_CHOICE, offsetof (Options, scale), N_ ("sequence, compare: folded (default) or linear time"),
    "SCALE", &scales },
  { "absolute", 0, SF_OPTION_FLAG, offsetof (Options, absolute), N_ ("Sequence numbers as in the header"), NULL, NULL },
  { "host", 0, SF_OPTION_TEXT, offsetof (Options, host), N_ ("stevens, window, rtt: a connection of this host"), "NAME",
    NULL },
  { "conn", 0, SF_OPTION_COUNT, offsetof (Options, conn), N_ ("its n-th (default: 1)"), "N", &conn_numbers },
  { "ascii", 0, SF_OPTION_FLAG, offsetof (Options, ascii), N_ ("txt: ASCII characters only"), NULL, NULL },
  { "voice", 0, SF_OPTION_CHOICE, offsetof (Options, voice),
    N_ ("txt: plain (default), a diagram; letters: as two correspondents who write letters"), "VOICE",
    &sf_voice_choices },
  SF_LANG_ROW (Options),
  SF_OPTION_END,
};

/* The meaning of the options. */
typedef struct
{
  SfPictureKind kind;
  gboolean text; /* draw as text, not as a picture */
  SfPictureFormat format;
  const char *out; /* NULL: none given */
  SfSequenceOptions sequence;
  SfGraphOptions graph;
  SfTimelineOptions timeline;
  const char *host;
  guint nth; /* number of the connection of that host, 0: none given */
} Plan;

/* --- what the options mean --- */

static gboolean
parse_kind (const char *command, const char *text, Plan *plan)
{
  const char *names[SF_N_PICTURES + 1] = { NULL };
  const SfOptionValues kinds = { .choices = names };
  gint64 kind;

  for (guint i = 0; i < SF_N_PICTURES; i++)
    names[i] = sf_picture_name ((SfPictureKind) i);
  if (text == NULL)
    return sf_usage_error (command, _ ("which kind of picture, and of what?")), FALSE;
  if (!sf_option_choose (command, "KIND", text, &kinds, &kind))
    return FALSE;
  plan->kind = (SfPictureKind) kind;
  return TRUE;
}

/* Chooses the format: that of --format, or else by the ending of the file's name, or else SVG. */
static gboolean
choose_format (const char *command, const Options *options, Plan *plan)
{
  const char *dot = options->out != NULL ? strrchr (options->out, '.') : NULL;
  const char *format = formats.choices[options->format.value];

  if (options->format.text == NULL && dot != NULL && g_strv_contains (formats.choices, dot + 1))
    format = dot + 1;
  plan->text = !sf_picture_format_find (format, &plan->format);
  if (plan->text && plan->kind != SF_PICTURE_SEQUENCE)
    return sf_usage_error (command, _ ("only 'sequence' can be text; the others are svg, png or pdf")), FALSE;
  return TRUE;
}

/* Refuses options that do not apply to the kind of picture. FALSE after a message. */
static gboolean
check_options (const char *command, const Options *options, const Plan *plan)
{
  gboolean diagram = plan->kind == SF_PICTURE_SEQUENCE || plan->kind == SF_PICTURE_COMPARE;
  SfGraphKind graph = (SfGraphKind) (plan->kind - SF_PICTURE_GRAPHS);
  gboolean of_conn = !diagram && sf_graph_is_of_conn (graph);
  gboolean has_numbers = diagram ? !plan->text : sf_graph_has_numbers (graph);
  const struct
  {
    gboolean given, makes_sense;
    const char *name;
  } uses[] = {
    { options->against != NULL, plan->kind == SF_PICTURE_COMPARE, "--against" },
    { options->scale.text != NULL, diagram && !plan->text, "--scale" },
    { options->pages.text != NULL, diagram && !plan->text, "--pages" },
    { options->paper.text != NULL, !plan->text, "--paper" },
    { options->absolute, has_numbers, "--absolute" },
    { options->host != NULL, of_conn, "--host" },
    { options->conn.text != NULL, of_conn, "--conn" },
    { options->ascii, plan->text, "--ascii" },
    { options->voice.text != NULL, plan->text, "--voice" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (uses); i++)
    if (uses[i].given && !uses[i].makes_sense)
      return sf_usage_error (command, _ ("%s means nothing for '%s' as %s"), uses[i].name, sf_picture_name (plan->kind),
                             plan->text ? "txt" : sf_picture_suffix (plan->format) + 1),
             FALSE;
  if (options->conn.text != NULL && options->host == NULL)
    return sf_usage_error (command, _ ("--conn says which connection of a host: --host is missing")), FALSE;
  return TRUE;
}

/* Chooses the language. Only output on the screen follows the locale, so that a command makes the same picture
 * everywhere. FALSE after a message. */
static gboolean
choose_lang (const char *command, const Options *options, const Plan *plan)
{
  if (options->lang == NULL && (!plan->text || options->out != NULL))
    sf_language_speak (SF_DEFAULT_LANG);
  return sf_lang_check_ascii (command, options->ascii, options->lang);
}

static gboolean
make_plan (const char *command, const Options *options, Plan *plan)
{
  SfTime from = options->from.value, to = options->to.value;
  SfPaper paper = (SfPaper) options->paper.value;

  if (!choose_format (command, options, plan) || !check_options (command, options, plan))
    return FALSE;
  if (to != 0 && from > to)
    return sf_usage_error (command, _ ("--from lies behind --to")), FALSE;
  if (options->out != NULL && *options->out == '\0')
    return sf_usage_error (command, _ ("--output needs the name of a file")), FALSE;
  if (!choose_lang (command, options, plan))
    return FALSE;
  plan->out = options->out;
  plan->host = options->host;
  plan->nth = (guint) options->conn.value;
  plan->sequence = (SfSequenceOptions){ .linear = options->scale.value == 1,
                                        .absolute = options->absolute,
                                        .from = from,
                                        .to = to,
                                        .paper = paper,
                                        .lang = sf_language_spoken (),
                                        .max_pages = (guint) options->pages.value };
  plan->graph = (SfGraphOptions){
    .absolute = options->absolute, .from = from, .to = to, .paper = paper, .lang = sf_language_spoken ()
  };
  plan->timeline = (SfTimelineOptions){ .lang = sf_language_spoken (),
                                        .from = from,
                                        .to = to,
                                        .voice = (SfVoice) options->voice.value,
                                        .width = MAX (sf_output_width (), SF_TIMELINE_MIN_WIDTH),
                                        .ascii = options->ascii || (options->out == NULL && sf_output_needs_ascii ()) };
  return TRUE;
}

/* --- the pages --- */

/* Finds the connection that --host and --conn name. FALSE after a message. */
static gboolean
choose_conn (const char *command, const SfTrace *trace, Plan *plan)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *hint = NULL;
  const SfTraceConn *conn;
  guint16 host;

  if (plan->host == NULL)
    return TRUE;
  for (guint i = 0; i < sf_trace_n_hosts (trace); i++)
    g_ptr_array_add (names, (gpointer) sf_trace_host_name (trace, (guint16) i));
  g_ptr_array_add (names, NULL);
  host = sf_trace_host_named (trace, plan->host);
  if (host == SF_NO_HOST)
    {
      hint = sf_did_you_mean (plan->host, (const char *const *) names->pdata);
      sf_usage_error (command, _ ("there is no host '%s'%s"), plan->host, hint);
      return FALSE;
    }
  conn = sf_trace_conn_nth (trace, host, MAX (plan->nth, 1));
  if (conn == NULL)
    return sf_usage_error (command, _ ("host '%s' has no connection %u"), plan->host, MAX (plan->nth, 1)), FALSE;
  plan->graph.conn = conn->serial;
  return TRUE;
}

/* Returns the pages of the picture; NULL after a message. */
static GPtrArray *
make_pages (const char *command, Plan *plan, const SfTrace *left, const SfTrace *right)
{
  GPtrArray *pages;
  guint left_out = 0;

  if (plan->kind >= SF_PICTURE_GRAPHS)
    {
      if (!choose_conn (command, left, plan))
        return NULL;
      pages = g_ptr_array_new_with_free_func ((GDestroyNotify) sf_page_free);
      g_ptr_array_add (pages, sf_graph ((SfGraphKind) (plan->kind - SF_PICTURE_GRAPHS), left, &plan->graph));
      return pages;
    }
  pages = sf_picture_diagram (left, right, &plan->sequence, &left_out);
  if (left_out > 0)
    fprintf (stderr,
             ngettext ("synfin: %u more page is left out; see --pages, and --from and --to\n",
                       "synfin: %u more pages are left out; see --pages, and --from and --to\n", left_out),
             left_out);
  return pages;
}

/* --- output --- */

/* Returns a name for files: "lost-syn-sequence", "lost-syn-impatient-rtt", "lost-syn-compare-impatient". */
static char *
default_stem (const Plan *plan, const SfTrace *left, const SfTrace *right)
{
  g_autofree char *base = g_path_get_basename (left->file != NULL ? left->file : "trace");
  g_autoptr (GString) stem = g_string_new (base);

  if (g_str_has_suffix (base, ".yaml") || g_str_has_suffix (base, ".yml"))
    g_string_truncate (stem, (gsize) (strrchr (base, '.') - base));
  if (left->variant != NULL && strcmp (left->variant, SF_STANDARD) != 0)
    g_string_append_printf (stem, "-%s", left->variant);
  g_string_append_printf (stem, "-%s", sf_picture_name (plan->kind));
  if (right != NULL && right->variant != NULL)
    g_string_append_printf (stem, "-%s", right->variant);
  return g_string_free (g_steal_pointer (&stem), FALSE);
}

/* Reports that the picture could not be made, and whether text could. */
static SfExit
picture_fault (const Plan *plan, const GError *error)
{
  if (plan->kind == SF_PICTURE_SEQUENCE && g_error_matches (error, SF_GNUPLOT_ERROR, SF_GNUPLOT_ERROR_MISSING))
    return sf_fatal_error (_ ("%s; without it there is the timeline: --format txt"), error->message);
  return sf_fatal_error ("%s", error->message);
}

static SfExit
write_to_stdout (const Plan *plan, const GPtrArray *pages)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = sf_gnuplot_draw (pages, plan->format, &error);
  g_autoptr (GString) text = g_string_new (NULL);
  gconstpointer data;
  gsize len;

  if (files == NULL)
    return picture_fault (plan, error);
  data = g_bytes_get_data (g_ptr_array_index (files, 0), &len);
  g_string_append_len (text, data, (gssize) len);
  return sf_output_all (text, SF_EXIT_OK);
}

static SfExit
write_to_files (const Plan *plan, const char *stem, const char *suffix, GPtrArray *pages)
{
  g_autoptr (GPtrArray) pictures = sf_pictures_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  sf_pictures_add (pictures, stem, suffix, g_ptr_array_ref (pages));
  if (!sf_pictures_write (pictures, plan->format, names, &error))
    return picture_fault (plan, error);
  for (guint i = 0; i < names->len && (plan->out == NULL || names->len > 1); i++)
    fprintf (stderr, _ ("synfin: wrote %s\n"), (const char *) g_ptr_array_index (names, i));
  return SF_EXIT_OK;
}

/* Writes the picture where -o says, else to standard output. But if that is a terminal, or there are several pages, it
 * writes files named after the scenario. */
static SfExit
write_picture (const Plan *plan, GPtrArray *pages, const SfTrace *left, const SfTrace *right)
{
  gboolean one_file = pages->len == 1 || plan->format == SF_PICTURE_PDF;
  const char *suffix = sf_picture_suffix (plan->format);
  g_autofree char *stem = NULL;

  if (g_strcmp0 (plan->out, "-") == 0 && !one_file)
    return sf_usage_error ("plot", _ ("%u pages do not go to standard output as %s; see --output, or take pdf"),
                           pages->len, suffix + 1);
  if (g_strcmp0 (plan->out, "-") == 0 || (plan->out == NULL && one_file && !isatty (STDOUT_FILENO)))
    return write_to_stdout (plan, pages);
  if (plan->out == NULL)
    {
      stem = default_stem (plan, left, right);
      return write_to_files (plan, stem, suffix, pages);
    }
  if (!g_str_has_suffix (plan->out, suffix))
    return write_to_files (plan, plan->out, "", pages);
  stem = g_strndup (plan->out, strlen (plan->out) - strlen (suffix));
  return write_to_files (plan, stem, suffix, pages);
}

static SfExit
write_text (const Plan *plan, const SfTrace *trace)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  sf_timeline (text, trace, &plan->timeline);
  if (plan->out == NULL || strcmp (plan->out, "-") == 0)
    return sf_output_all (text, SF_EXIT_OK);
  return sf_file_write (plan->out, text->str, text->len, &error) ? SF_EXIT_OK : sf_fatal_error ("%s", error->message);
}

/* --- the command --- */

static SfExit
plot (const char *command, char **rest, gconstpointer user)
{
  const Options *options = user;
  g_autoptr (SfTrace) left = NULL;
  g_autoptr (SfTrace) right = NULL;
  g_autoptr (GPtrArray) pages = NULL;
  Plan plan = { 0 };
  SfExit status = SF_EXIT_INPUT;
  guint n = g_strv_length (rest);

  if (!parse_kind (command, rest[0], &plan) || !make_plan (command, options, &plan))
    return SF_EXIT_INPUT;
  if (options->trace.replay != NULL && (n > 1 || plan.kind == SF_PICTURE_COMPARE))
    return sf_usage_error (command, "%s",
                           n > 1 ? _ ("either a scenario or --replay")
                                 : _ ("'compare' takes scenarios and traces, not --replay"));
  if (options->trace.replay == NULL && n < 2)
    return sf_usage_error (command, _ ("which scenario or trace?"));
  if (n > (plan.kind == SF_PICTURE_COMPARE ? 3 : 2))
    return sf_usage_error (command, _ ("one scenario or trace at a time; 'compare' takes two"));
  if (plan.kind == SF_PICTURE_COMPARE
        ? !sf_plot_traces_load (command, rest + 1, &options->trace, options->against, &left, &right, &status)
        : !sf_plot_trace_load (command, rest[1], &options->trace, &left, &status))
    return status;
  if (plan.text)
    return write_text (&plan, left);
  pages = make_pages (command, &plan, left, right);
  return pages != NULL ? write_picture (&plan, pages, left, right) : SF_EXIT_INPUT;
}

/* Returns the kinds of pictures for --help. */
static char *
list_kinds (void)
{
  GString *text = g_string_new (NULL);

  for (guint kind = 0; kind < SF_N_PICTURES; kind++)
    g_string_append_printf (text, "%s  %-10s %s", kind > 0 ? "\n" : "", sf_picture_name ((SfPictureKind) kind),
                            _ (sf_picture_doc ((SfPictureKind) kind)));
  return g_string_free (text, FALSE);
}

static const SfUsage usage = {
  .options = rows,
  .arguments = N_ ("KIND FILE|TRACE [TRACE]"),
  .description = N_ ("Draws a picture of a scenario's run, or of a saved trace. Kinds:"),
  .describe_more = list_kinds,
};

SfExit
sf_command_plot (int argc, char **argv)
{
  Options options = { .pages.value = SF_PICTURE_MAX_PAGES };

  return sf_options_run (argc, argv, &usage, &options, plot);
}
