/* SPDX-License-Identifier: MIT
 *
 * synfin plot: one picture of a run, which a scenario or a saved trace gives.
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
  char *against, *format, *out, *from, *to, *scale, *paper, *pages, *host, *conn, *lang, *voice;
  gboolean absolute, ascii;
} Options;

static void
clear_options (Options *options)
{
  sf_plot_trace_options_clear (&options->trace);
  g_free (options->against);
  g_free (options->format);
  g_free (options->out);
  g_free (options->from);
  g_free (options->to);
  g_free (options->scale);
  g_free (options->paper);
  g_free (options->pages);
  g_free (options->host);
  g_free (options->conn);
  g_free (options->lang);
  g_free (options->voice);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

/* What the options come to. */
typedef struct
{
  SfPictureKind kind;
  gboolean text; /* as text, not as a picture */
  SfPictureFormat format;
  const char *out; /* NULL: not said */
  SfSequenceOptions sequence;
  SfGraphOptions graph;
  SfTimelineOptions timeline;
  const char *host;
  guint nth; /* connection of that host, 0: not said */
} Plan;

/* --- what the options mean --- */

static gboolean
find_name (const char *command, const char *option, const char *text, const char *const *names, guint *ret_index)
{
  g_autofree char *list = NULL;
  g_autofree char *hint = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], text) == 0)
      {
        *ret_index = i;
        return TRUE;
      }
  list = g_strjoinv (", ", (char **) names);
  hint = sf_did_you_mean (text, names);
  sf_usage_error (command, _ ("%s is one of %s, not '%s'%s"), option, list, text, hint);
  return FALSE;
}

static gboolean
parse_kind (const char *command, const char *text, Plan *plan)
{
  const char *names[SF_N_PICTURES + 1] = { NULL };
  guint kind;

  for (guint i = 0; i < SF_N_PICTURES; i++)
    names[i] = sf_picture_name ((SfPictureKind) i);
  if (text == NULL)
    return sf_usage_error (command, _ ("which kind of picture, and of what?")), FALSE;
  if (!find_name (command, "KIND", text, names, &kind))
    return FALSE;
  plan->kind = (SfPictureKind) kind;
  return TRUE;
}

/* The format is what --format says, or else the ending of the file's name, or else SVG. */
static gboolean
parse_format (const char *command, const Options *options, Plan *plan)
{
  static const char *const names[] = { "svg", "png", "pdf", "txt", NULL };
  const char *dot = options->out != NULL ? strrchr (options->out, '.') : NULL;
  const char *text = options->format;
  guint format;

  if (text == NULL)
    text = dot != NULL && g_strv_contains (names, dot + 1) ? dot + 1 : "svg";
  if (!find_name (command, "--format", text, names, &format))
    return FALSE;
  plan->text = !sf_picture_format_find (text, &plan->format);
  if (plan->text && plan->kind != SF_PICTURE_SEQUENCE)
    return sf_usage_error (command, _ ("only 'sequence' can be text; the others are svg, png or pdf")), FALSE;
  return TRUE;
}

static gboolean
parse_number (const char *command, const char *option, const char *text, guint least, guint *ret_number)
{
  guint64 number;

  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, least, G_MAXINT32, &number, NULL))
    return sf_usage_error (command, _ ("%s is a number from %u, not '%s'"), option, least, text), FALSE;
  *ret_number = (guint) number;
  return TRUE;
}

/* An option that the kind of picture has no use for would be a mistake of whoever gave it. */
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
    { options->scale != NULL, diagram && !plan->text, "--scale" },
    { options->pages != NULL, diagram && !plan->text, "--pages" },
    { options->paper != NULL, !plan->text, "--paper" },
    { options->absolute, has_numbers, "--absolute" },
    { options->host != NULL, of_conn, "--host" },
    { options->conn != NULL, of_conn, "--conn" },
    { options->ascii, plan->text, "--ascii" },
    { options->voice != NULL, plan->text, "--voice" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (uses); i++)
    if (uses[i].given && !uses[i].makes_sense)
      return sf_usage_error (command, _ ("%s means nothing for '%s' as %s"), uses[i].name, sf_picture_name (plan->kind),
                             plan->text ? "txt" : sf_picture_suffix (plan->format) + 1),
             FALSE;
  if (options->conn != NULL && options->host == NULL)
    return sf_usage_error (command, _ ("--conn says which connection of a host: --host is missing")), FALSE;
  return TRUE;
}

static gboolean
parse_options (const char *command, const Options *options, Plan *plan)
{
  static const char *const papers[] = { "free", "a4", "slide", NULL }; /* as SfPaper */
  static const char *const scales[] = { "folded", "linear", NULL };
  guint paper = SF_PAPER_FREE, scale = 0, pages = SF_PICTURE_MAX_PAGES;
  SfTime from = 0, to = 0;

  if (!parse_format (command, options, plan) || !check_options (command, options, plan)
      || !sf_option_instant (command, "--from", options->from, &from)
      || !sf_option_instant (command, "--to", options->to, &to)
      || (options->paper != NULL && !find_name (command, "--paper", options->paper, papers, &paper))
      || (options->scale != NULL && !find_name (command, "--scale", options->scale, scales, &scale))
      || !parse_number (command, "--pages", options->pages, 0, &pages)
      || !parse_number (command, "--conn", options->conn, 1, &plan->nth))
    return FALSE;
  if (to != 0 && from > to)
    return sf_usage_error (command, _ ("--from lies behind --to")), FALSE;
  if (options->out != NULL && *options->out == '\0')
    return sf_usage_error (command, _ ("--output needs the name of a file")), FALSE;
  /* Only what is on the screen is in the language of the locale: the same command makes the same picture everywhere. */
  if (options->lang == NULL && (!plan->text || options->out != NULL))
    sf_language_speak (SF_DEFAULT_LANG);
  if (!sf_lang_check_ascii (command, options->ascii, options->lang))
    return FALSE;
  plan->out = options->out;
  plan->host = options->host;
  plan->sequence = (SfSequenceOptions){ .linear = scale == 1,
                                        .absolute = options->absolute,
                                        .from = from,
                                        .to = to,
                                        .paper = (SfPaper) paper,
                                        .lang = sf_language_spoken (),
                                        .max_pages = pages };
  plan->graph = (SfGraphOptions){
    .absolute = options->absolute, .from = from, .to = to, .paper = (SfPaper) paper, .lang = sf_language_spoken ()
  };
  plan->timeline = (SfTimelineOptions){ .lang = sf_language_spoken (), .from = from, .to = to };
  if (options->voice != NULL && !sf_voice_find (options->voice, &plan->timeline.voice))
    return sf_usage_error (command, _ ("--voice is plain or letters, not '%s'"), options->voice), FALSE;
  plan->timeline.width = MAX (sf_output_width (), SF_TIMELINE_MIN_WIDTH);
  plan->timeline.ascii = options->ascii || (options->out == NULL && sf_output_needs_ascii ());
  return TRUE;
}

/* --- the pages --- */

/* Finds the connection that --host and --conn name. */
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

/* --- where they go --- */

/* Returns "lost-syn-sequence", "lost-syn-impatient-rtt", "lost-syn-compare-impatient". */
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

/* Reports that no picture came of it, and if text would have. */
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

/* A picture goes where -o says; when it does not, to standard output, unless a person would see the bytes there or
 * there are several files: then into files named after the scenario. */
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
plot (const char *command, char **rest, const Options *options)
{
  g_autoptr (SfTrace) left = NULL;
  g_autoptr (SfTrace) right = NULL;
  g_autoptr (GPtrArray) pages = NULL;
  Plan plan = { 0 };
  SfExit status = SF_EXIT_INPUT;
  guint n = g_strv_length (rest);

  if (!parse_kind (command, rest[0], &plan) || !parse_options (command, options, &plan))
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

SfExit
sf_command_plot (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options.format, N_("svg (default), png, pdf, or txt (sequence only)"), "FORMAT" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.out, N_("Write there; its ending may say the format; '-': standard output"),
      "FILE" },
    { "variant", 0, 0, G_OPTION_ARG_STRING, &options.trace.variant, N_("The run of this variant, not the standard one"), "NAME" },
    { "against", 0, 0, G_OPTION_ARG_STRING, &options.against, N_("compare: with this variant (default: the first)"), "NAME" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.trace.sets, N_("Override a value (hosts.server.tcp.msl=30s); repeatable"),
      "KEY=VALUE" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &options.trace.seed, N_("Seed of all random decisions"), "N" },
    SF_REPLAY_ENTRY (&options.trace.replay),
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, N_("Begin at this instant"), "TIME" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, N_("End at this instant"), "TIME" },
    { "paper", 0, 0, G_OPTION_ARG_STRING, &options.paper, N_("free (default), a4 or slide"), "PAPER" },
    { "pages", 0, 0, G_OPTION_ARG_STRING, &options.pages, N_("sequence, compare: at most so many pages (default: 12; 0: all)"), "N" },
    { "scale", 0, 0, G_OPTION_ARG_STRING, &options.scale, N_("sequence, compare: folded (default) or linear time"), "SCALE" },
    { "absolute", 0, 0, G_OPTION_ARG_NONE, &options.absolute, N_("Sequence numbers as in the header"), NULL },
    { "host", 0, 0, G_OPTION_ARG_STRING, &options.host, N_("stevens, window, rtt: a connection of this host"), "NAME" },
    { "conn", 0, 0, G_OPTION_ARG_STRING, &options.conn, N_("its n-th (default: 1)"), "N" },
    { "ascii", 0, 0, G_OPTION_ARG_NONE, &options.ascii, N_("txt: ASCII characters only"), NULL },
    { "voice", 0, 0, G_OPTION_ARG_STRING, &options.voice,
      N_("txt: plain (default), a diagram; letters: as two correspondents who write letters"), "VOICE" },
    SF_LANG_ENTRY (&options.lang),
    G_OPTION_ENTRY_NULL,
  };
  /* clang-format on */
  g_auto (GStrv) rest = NULL;
  SfExit status;

  if (!sf_options_parse (argc, argv, entries, N_ ("KIND FILE|TRACE [TRACE]"),
                         N_ ("Draws a picture of a scenario's run, or of a saved trace. Kinds:\n\n"
                             "  sequence   who sent what, when, and what became of it\n"
                             "  compare    two runs side by side: the standard run and a variant, or two files\n"
                             "  stevens    sequence numbers over time\n"
                             "  window     congestion window, ssthresh, flight size, SND.WND\n"
                             "  rtt        round-trip times and RTO\n"
                             "  states     who was in which state, when"),
                         &rest, &status))
    return status;
  return plot (argv[0], rest, &options);
}
