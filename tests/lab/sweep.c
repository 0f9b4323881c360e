/* SPDX-License-Identifier: MIT
 *
 * What is swept: mistakes and where they are said to be, values of ranges, points, the runs that they make, measures.
 */
#include "lab/sweep.h"

#include "lab/units.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Eight lines, then what a row says, from column 3 on. */
#define SCENARIO                                                                                                       \
  "synfin: 1\ntitle: t\nhosts: {client: , server: }\nlinks: [{between: [client, server], delay: 50ms}]\n"              \
  "script: {server: [listen: 80, accept, receive: eof, close], client: [connect: server:80, send: 100 B, close]}\n"    \
  "expect: [{name: read, delivered: {to: server, bytes: 100}}, {errors: none}]\n"                                      \
  "variants: {slow: {set: {links.0.delay: 1s}}, other: {expect: [{name: only here, errors: none}]}}\n"
#define SWEEP(keys) SCENARIO "sweep:\n  " keys "\n"
#define LOSS(values) SWEEP ("vary: {links.0.loss: " values "}")

/* Loads `text`; NULL with `diag`. */
static SfSweep *
load (const char *text, const SfSweepOptions *options, SfDiagnostics *diag)
{
  g_autofree char *name = NULL;
  int fd = g_file_open_tmp ("sweep-XXXXXX.yaml", &name, NULL);
  SfSweepOptions named = *options;
  SfSweep *sweep;

  g_assert_cmpint (fd, >=, 0);
  close (fd);
  g_assert_true (g_file_set_contents (name, text, -1, NULL));
  named.run.name = "test.yaml";
  sweep = sf_sweep_load (name, &named, diag);
  remove (name);
  return sweep;
}

/* Loads what is right. */
static SfSweep *
load_right (const char *text, const SfSweepOptions *options)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  SfSweep *sweep = load (text, options, diag);

  if (sweep == NULL)
    g_error ("%s", sf_diagnostic_format (sf_diagnostics_error (diag)));
  return sweep;
}

static const SfSweepOptions no_options = { 0 };

/* --- mistakes --- */

typedef struct
{
  const char *text;
  const char *place; /* LINE:COLUMN */
  const char *words; /* all of these, separated by '|' */
} Row;

static const Row rows[] = {
  { SWEEP ("vari: {}"), "9:3", "unknown key 'vari' in sweep; did you mean 'vary'?" },
  { SCENARIO "sweep: [vary]\n", "8:8", "expected a mapping (sweep), found a list" },

  /* paths */
  { SWEEP ("vary: [a]"), "9:9", "a mapping of values by path" },
  { SWEEP ("vary: {links.0.lss: [1%]}"), "9:18", "unknown key 'lss' in link; did you mean 'loss'?" },
  { SWEEP ("vary: {link.0.loss: [1%]}"), "9:10", "unknown key 'link' in the scenario; did you mean 'links'?" },
  { SWEEP ("vary: {links.3.loss: [1%]}"), "9:16", "no item 3 in a list of 1; the first is 0" },
  { SWEEP ("vary: {hosts.sever.tcp.msl: [1s]}"), "9:16", "unknown host 'sever'; did you mean 'server'?" },
  { SWEEP ("vary: {hosts.server.tcp.mls: [1s]}"), "9:27", "unknown key 'mls' in tcp; did you mean 'msl'?" },
  { SWEEP ("vary: {run.seed: [1, 2]}"), "9:10", "'run.seed' is the same for all runs of a sweep|replications" },
  { SWEEP ("vary: {variants.slow.title: [a]}"), "9:10", "what a variant sets can not vary; 'variant' is the variant itself" },
  { SWEEP ("vary: {sweep.replications: [1]}"), "9:10", "'sweep' can not vary" },
  { SWEEP ("vary: {synfin: [1]}"), "9:10", "'synfin' can not vary" },

  /* values */
  { LOSS ("5%"), "9:24", "expected a list of values, or {from: …, to: …, step: …}, found '5%'" },
  { LOSS ("[]"), "9:24", "no values" },
  { LOSS ("[1%, 1%]"), "9:29", "the value '1%' is there twice" },
  { LOSS ("[1%, 150%]"), "9:29", "'150%' is out of range" },
  { LOSS ("[1%, some]"), "9:29", "'some' is not a number" },
  { LOSS ("[1%, {p: 1%}]"), "9:29", "unknown key 'p' in loss" },
  { SWEEP ("vary: {variant: [slow, standrd]}"), "9:26", "unknown variant 'standrd'; did you mean 'standard'?" },
  { SWEEP ("vary: {run.until: [1s, 48h]}"), "9:26", "'48h' lies after the time limit" },
  /* a mistake elsewhere says with which value it is one */
  { SWEEP ("vary: {run.time-limit: [1h, 1s], run.until: [2s]}"), "9:48", "after the time limit (1s)" },
  { SWEEP ("vary: {hosts: [{client: , server: }, {server: , client: }]}"), "9:40",
    "host 'client' must be there at all points, and in the same order" },
  { SWEEP ("vary: {hosts.server.address: [192.0.2.1, 10.0.0.1]}\n  measure: [segments]\n  replications: [1]"), "11:17",
    "a whole number" },

  /* ranges */
  { LOSS ("{from: 0%}"), "9:24", "'to' is missing" },
  { LOSS ("{to: 1%, step: 1%}"), "9:24", "'from' is missing" },
  { LOSS ("{from: 0%, to: 30%}"), "9:24", "a range needs a 'step' or a number of 'steps'" },
  { LOSS ("{from: 0%, too: 30%}"), "9:35", "unknown key 'too' in axis; did you mean 'to'?" },
  { LOSS ("{from: few, to: 30%, step: 1%}"), "9:31", "'few' is not a number" },
  { LOSS ("{from: 0 parts, to: 30%, step: 1%}"), "9:31", "'0 parts' has a wrong unit; expected a quantity" },
  { LOSS ("{from: [0%], to: 30%, step: 1%}"), "9:31", "expected a text, found a list" },
  { LOSS ("{from: 0%, to: 30%, step: 7%}"), "9:50", "steps of '7%' from '0%' lead to '28%', and not to '30%'" },
  { LOSS ("{from: 0%, to: 30%, step: 1ms}"), "9:50", "'1ms' is a time, but '30%' is a percentage" },
  { LOSS ("{from: 0%, to: 30, step: 1%}"), "9:31", "'0%' is a percentage, but '30' is a number" },
  { LOSS ("{from: 30%, to: 10%, step: 1%}"), "9:40", "ends at '10%', which is not above '30%'" },
  { LOSS ("{from: 1%, to: 1%, steps: 2}"), "9:39", "ends at '1%', which is not above '1%'" },
  { LOSS ("{from: 0%, to: 30%, step: 0%}"), "9:50", "a step of 0 leads nowhere" },
  { LOSS ("{from: 0%, to: 30%, step: 0.0001%}"), "9:50", "more than 100000 values" },
  { LOSS ("{from: 0%, to: 30%, step: 0.00000001%}"), "9:50", "too finely divided" },
  { LOSS ("{from: 0%, to: 200%, step: 50%}"), "9:24", "'150%' is out of range" },
  { LOSS ("{from: 0%, to: 30%, step: 1%, steps: 3}"), "9:61", "'step' and 'steps' exclude each other" },
  { LOSS ("{from: 0%, to: 30%, step: 1%, scale: log}"), "9:61", "'step' and 'scale' exclude each other" },
  { LOSS ("{from: 0%, to: 30%, steps: 1}"), "9:51", "'1' is out of range" },
  { LOSS ("{from: 0%, to: 30%, steps: 4, scale: log}"), "9:31", "a logarithmic scale can not begin at 0" },
  { LOSS ("{from: 0%, to: 30%, steps: 4, scale: lg}"), "9:61", "unknown scale 'lg'; did you mean 'log'?" },
  { SWEEP ("vary: {run.max-events: {from: 1, to: 3, steps: 5}}"), "9:26", "there are not 5 different values from '1' to '3'" },
  { LOSS ("{values: [1%], step: 1%}"), "9:45", "'values' and 'step' exclude each other" },
  { LOSS ("{values: 1%}"), "9:33", "expected a list of values, found '1%'" },
  { LOSS ("{values: [1%], title: [a]}"), "9:46", "expected a text, found a list" },

  /* points */
  { SWEEP ("sample: grd"), "9:11", "unknown sample 'grd'; did you mean 'grid'?" },
  { SWEEP ("sample: {latin: 5}"), "9:12", "unknown key 'latin' in sample" },
  { SWEEP ("sample: {latin-hypercube: 0}"), "9:29", "'0' is out of range" },
  { SWEEP ("sample: {latin-hypercube: 5}"), "9:3", "a sample of nothing: nothing varies" },
  { SWEEP ("sample: list"), "9:3", "a list of points of nothing: nothing varies" },
  { SWEEP ("sample: list\n  vary: {links.0.loss: [1%, 2%], links.0.delay: [1ms]}"), "10:34",
    "'links.0.loss' and 'links.0.delay' go together in a list, but have 2 and 1 values" },
  { SWEEP ("vary: {links.0.loss: {from: 0%, to: 100%, steps: 2000}, links.0.delay: {from: 0s, to: 1s, steps: 2000}}"),
    "9:9", "more than 1000000 points" },
  { SWEEP ("replications: 0"), "9:17", "'0' is out of range" },
  { SWEEP ("replications: many"), "9:17", "a whole number" },

  /* measures */
  { SWEEP ("measure: handshake-time"), "9:12", "a list of measures" },
  { SWEEP ("measure: [handshake-tme]"), "9:13", "unknown measure 'handshake-tme'; did you mean 'handshake-time'?" },
  { SWEEP ("measure: [expectation]"), "9:13", "unknown measure 'expectation'; did you mean 'expectations'?" },
  { SWEEP ("measure: [[segments]]"), "9:13", "expected a mapping (measure), found a list" },
  { SWEEP ("measure: [{metrik: segments}]"), "9:14", "unknown key 'metrik' in measure; did you mean 'metric'?" },
  { SWEEP ("measure: [{metric: segmnts}]"), "9:22", "unknown metric 'segmnts'; did you mean 'segments'?" },
  { SWEEP ("measure: [{host: server}]"), "9:13", "a measure needs what it measures: metric, expect, error or segments" },
  { SWEEP ("measure: [{metric: handshake-time, expect: read}]"), "9:46", "'metric' and 'expect' in one measure: write two" },
  { SWEEP ("measure: [{expect: reed}]"), "9:22", "unknown expectation 'reed'; did you mean 'read'?" },
  { SWEEP ("measure: [{expect: only here}]"), "9:22", "unknown expectation 'only here'" },
  { SWEEP ("measure: [{metric: segments, host: sever}]"), "9:38", "unknown host 'sever'; did you mean 'server'?" },
  { SWEEP ("measure: [{metric: segments, conn: 1}]"), "9:38", "'conn' needs 'host'" },
  { SWEEP ("measure: [{metric: segments, call: connect}]"), "9:38", "'metric' and 'call' exclude each other" },
  { SWEEP ("measure: [{expect: read, host: server}]"), "9:34", "'expect' and 'host' exclude each other" },
  { SWEEP ("measure: [{segments: {flags: S}, host: server}]"), "9:42", "'segments' and 'host' exclude each other" },
  { SWEEP ("measure: [{error: ENOTHING}]"), "9:21", "'ENOTHING' is no error: expected a name such as ECONNREFUSED, or any" },
  { SWEEP ("measure: [{error: any, call: conect}]"), "9:32", "unknown call 'conect'; did you mean 'connect'?" },
  { SWEEP ("measure: [{segments: {flgs: S}}]"), "9:25", "unknown key 'flgs' in segments; did you mean 'flags'?" },
  { SWEEP ("measure: [{segments: {from: cleint}}]"), "9:31", "unknown host 'cleint'; did you mean 'client'?" },
  { SWEEP ("measure: [{metric: segments, name: point}]"), "9:38", "'point' is the name of another column" },
  { SWEEP ("measure: [{metric: segments, name: a b}]"), "9:38", "a name is made of letters" },
  { SWEEP ("measure: [segments, {metric: resets, name: Segments}]"), "9:46", "the name 'Segments' is used twice" },

  /* precision */
  { SWEEP ("precision: 5%"), "9:14", "expected a mapping (precision), found '5%'" },
  { SWEEP ("precision: {of: handshake-tme, to: 5%}"), "9:19", "unknown measure 'handshake-tme'; did you mean 'handshake-time'?" },
  { SWEEP ("precision: {of: handshake-time}"), "9:14", "'to' is missing" },
  { SWEEP ("precision: {of: handshake-time, to: 0%}"), "9:39", "more than 0% and less than 100%" },
  { SWEEP ("precision: {of: handshake-time, to: 5ms}"), "9:39", "'5ms' has a wrong unit" },

  /* plots */
  { SWEEP ("plot: {kind: line}"), "9:9", "a list of graphs" },
  { SWEEP ("plot: [{y: segments}]"), "9:10", "'kind' is missing" },
  { SWEEP ("plot: [{kind: lines, y: segments}]"), "9:17", "unknown kind of graph 'lines'; did you mean 'line'?" },
  { SWEEP ("plot: [{kind: line, y: segments}]"), "9:10", "this needs 1 parameter that varies" },
  { SWEEP ("plot: [{kind: cdf, y: segments}]"), "9:25", "a cdf has no 'y'" },
  { SWEEP ("plot: [{kind: cdf}]"), "9:10", "'of' is missing" },
  { SWEEP ("plot: [{kind: histogram, of: x}]"), "9:32", "unknown measure 'x'" },
  { LOSS ("[1%]}\n  plot: [{kind: line}]\n#"), "10:10", "'y' is missing" },
  { LOSS ("[1%]}\n  plot: [{kind: line, y: segmnts}]\n#"), "10:26", "unknown measure 'segmnts'; did you mean 'segments'?" },
  { LOSS ("[1%]}\n  plot: [{kind: line, y: segments, x: links.0.los}]\n#"), "10:39",
    "unknown parameter 'links.0.los'; did you mean 'links.0.loss'?" },
  { LOSS ("[1%]}\n  plot: [{kind: line, y: segments, y-scale: lg}]\n#"), "10:45", "unknown scale 'lg'" },
  { LOSS ("[1%]}\n  plot: [{kind: line, y: segments, z: resets}]\n#"), "10:39", "a line has no 'z'" },
  { LOSS ("[1%]}\n  plot: [{kind: line, y: segments, theory: 2 * z}]\n#"), "10:44", "no formula: |'z'" },
  { LOSS ("[1%]}\n  plot: [{kind: heatmap, z: segments}]\n#"), "10:10", "this needs 2 parameters that vary" },
  { LOSS ("[1%], links.0.delay: [1ms]}\n  plot: [{kind: heatmap, z: segments, x: links.0.loss, y: links.0.loss}]\n#"),
    "10:59", "'links.0.loss' is on the other axis already" },
};

static void
assert_words (const char *message, const char *words)
{
  g_auto (GStrv) all = g_strsplit (words, "|", -1);

  for (char **word = all; *word != NULL; word++)
    if (strstr (message, *word) == NULL)
      g_error ("\"%s\" does not say \"%s\"", message, *word);
}

static void
test_mistakes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
      g_autoptr (SfSweep) sweep = load (rows[i].text, &no_options, diag);
      const SfDiagnostic *error = sf_diagnostics_error (diag);
      g_autofree char *place = NULL;

      if (sweep != NULL)
        g_error ("no mistake in: %s", rows[i].text);
      assert_words (error->message, rows[i].words);
      place = g_strdup_printf ("%u:%u", error->line, error->column);
      if (strcmp (place, rows[i].place) != 0)
        g_error ("%s: \"%s\" is said to be at %s", rows[i].text, error->message, place);
      g_assert_cmpstr (error->file, ==, "test.yaml");
    }
}

/* Mistakes on the command line bear the name of the option. */
static void
test_mistakes_in_options (void)
{
  static const struct
  {
    const char *vary, *measure, *precision, *file, *words;
  } options[] = {
    { "links.0.loss", NULL, NULL, "--vary links.0.loss", "expected KEY=FROM:TO:STEP or KEY=A,B," },
    { "=1%", NULL, NULL, "--vary =1%", "expected KEY=FROM:TO:STEP" },
    { "links.0.loss=", NULL, NULL, "--vary links.0.loss=", "expected KEY=FROM:TO:STEP" },
    { "links.0.loss=1%,,2%", NULL, NULL, "--vary links.0.loss=1%,,2%", "an empty value" },
    { "links.0.loss=0%:30%", NULL, NULL, "--vary links.0.loss=0%:30%", "a range needs a 'step'" },
    { "links.0.loss=0%:30%:1%:2%", NULL, NULL, "--vary links.0.loss=0%:30%:1%:2%", "4 values with ':' between them" },
    { "links.0.loss=0%:30%:7%", NULL, NULL, "--vary links.0.loss=0%:30%:7%", "lead to '28%', and not to '30%'" },
    { "links.0.loss=0%:30%:1s", NULL, NULL, "--vary links.0.loss=0%:30%:1s", "'1s' is a time" },
    { "links.0.lss=1%", NULL, NULL, "--vary links.0.lss=1%", "unknown key 'lss' in link; did you mean 'loss'?" },
    { "links.0.loss=1%,200%", NULL, NULL, "--vary links.0.loss=1%,200%", "'200%' is out of range" },
    { "links.0.loss=[1%", NULL, NULL, "--vary links.0.loss=[1%", "not YAML" },
    { "variant=slw", NULL, NULL, "--vary variant=slw", "unknown variant 'slw'; did you mean 'slow'?" },
    { NULL, "segmnts", NULL, "--measure segmnts", "unknown measure 'segmnts'; did you mean 'segments'?" },
    { NULL, "{error: EWRONG}", NULL, "--measure {error: EWRONG}", "'EWRONG' is no error" },
    { NULL, NULL, "5%", "--precision 5%", "expected MEASURE:PERCENT" },
    { NULL, NULL, "segmnts:5%", "--precision segmnts:5%", "unknown measure 'segmnts'; did you mean 'segments'?" },
    { NULL, NULL, "segments:few", "--precision segments:few", "'few' is not a number" },
    { NULL, NULL, "segments:100%", "--precision segments:100%", "less than 100%" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      const char *varies[] = { options[i].vary, NULL }, *measures[] = { options[i].measure, NULL };
      const SfSweepOptions said = { .varies = varies, .measures = measures, .precision = options[i].precision };
      g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
      g_autoptr (SfSweep) sweep = load (SCENARIO, &said, diag);

      if (sweep != NULL)
        g_error ("no mistake in %s", options[i].file);
      assert_words (sf_diagnostics_error (diag)->message, options[i].words);
      g_assert_cmpstr (sf_diagnostics_error (diag)->file, ==, options[i].file);
      g_assert_cmpuint (sf_diagnostics_error (diag)->line, ==, 0);
    }
}

/* What is wrong somewhere else than where a value is says with which values it is. */
static void
test_mistake_elsewhere (void)
{
  const char *text = SWEEP ("vary: {hosts: [{client: , server: }, {client: , servant: }], links.0.loss: [1%]}");
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSweep) sweep = load (text, &no_options, diag);
  const SfDiagnostic *error = sf_diagnostics_error (diag);

  g_assert_null (sweep);
  assert_words (error->message, "unknown host 'server'|, with hosts: {client: ~, servant: ~}, links.0.loss: 1%");
  g_assert_cmpuint (error->line, ==, 4);
}

/* One variant is chosen and all are swept. */
static void
test_variant_twice (void)
{
  const SfSweepOptions options = { .run = { .variant = "slow" } };
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSweep) sweep = load (SWEEP ("vary: {variant: [standard, slow]}"), &options, diag);

  g_assert_null (sweep);
  assert_words (sf_diagnostics_error (diag)->message, "the variant varies, and so no single one ('slow') can be chosen");
  g_assert_cmpuint (sf_diagnostics_error (diag)->column, ==, 10);
}

/* --- values --- */

static const struct
{
  const char *vary;
  const char *values;
} ranges[] = {
  { "{from: 0%, to: 5%, step: 1%}", "0% 1% 2% 3% 4% 5%" },
  { "{from: 0.1%, to: 0.7%, step: 0.2%}", "0.1% 0.3% 0.5% 0.7%" },
  { "{from: 0, to: 0.3, step: 0.1}", "0 0.1 0.2 0.3" },
  { "{from: 0, to: 30%, step: 15%}", "0% 15% 30%" },
  { "{from: 0%, to: 1%, steps: 5}", "0% 0.25% 0.5% 0.75% 1%" },
  { "{from: 0%, to: 1%, steps: 4}", "0% 0.333333% 0.666667% 1%" },
  { "{from: 1%, to: 100%, steps: 3, scale: log}", "1% 10% 100%" },
  { "{from: 1%, to: 10%, steps: 3, scale: log}", "1% 3.162% 10%" },
};

static const struct
{
  const char *path;
  const char *vary;
  const char *values;
} other_ranges[] = {
  { "links.0.delay", "{from: 0ms, to: 1s, step: 500ms}", "0ms 500ms 1000ms" },
  { "links.0.delay", "{from: 0s, to: 3s, step: 1.5s}", "0s 1.5s 3s" },
  { "links.0.delay", "{from: 0s, to: 10ms, steps: 4}", "0ms 3.333333ms 6.666667ms 10ms" },
  { "links.0.delay", "{from: 0s, to: 1min, steps: 4}", "0min 20s 40s 1min" },
  { "hosts.server.tcp.time-wait", "{from: 0msl, to: 2msl, step: 0.5msl}", "0msl 0.5msl 1msl 1.5msl 2msl" },
  { "links.0.rate", "{from: 1kbit/s, to: 1Mbit/s, steps: 4, scale: log}", "0.001Mbit/s 0.01Mbit/s 0.1Mbit/s 1Mbit/s" },
  { "links.0.queue", "{from: 1 KiB, to: 3 KiB, step: 0.5 KiB}", "1 KiB,1.5 KiB,2 KiB,2.5 KiB,3 KiB" },
  { "links.0.queue", "{from: 10 segments, to: 20 segments, step: 5 segments}", "10 segments,15 segments,20 segments" },
  { "run.max-events", "{from: 1, to: 10, steps: 4}", "1 4 7 10" },
  { "run.max-events", "{from: 1, to: 10, steps: 3}", "1 6 10" }, /* 5.5, and halves go up */
  { "run.max-events", "{from: 1, to: 1000, steps: 3, scale: log}", "1 32 1000" },
  { "links.0.queue", "[100 segments, '64 KiB']", "100 segments,\"64 KiB\"" },
  { "script.client.1", "[{send: 'a, \"b\": c'}, {send: \"x\\ny\\t\\\\ #é\"}, {send: a:b}]",
    "{send: \"a, \\\"b\\\": c\"},{send: \"x\\ny\\t\\\\ #é\"},{send: a:b}" },
  { "script.client.1", "[{send: {text: hello, urgent: yes}}, 'close', {wait: 0}]", "{send: {text: hello, urgent: yes}},\"close\",{wait: 0}" },
  { "faults", "[[], [{drop: {from: client, nth: 1}}]]", "[],[{drop: {from: client, nth: 1}}]" },
};

static char *
join (const SfSweepAxis *axis, const char *between)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < axis->texts->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? between : "", (const char *) g_ptr_array_index (axis->texts, i));
  return g_string_free (out, FALSE);
}

static void
assert_values (const char *path, const char *vary, const char *values)
{
  g_autofree char *text = g_strdup_printf ("%ssweep: {vary: {%s: %s}}\n", SCENARIO, path, vary);
  g_autoptr (SfSweep) sweep = load_right (text, &no_options);
  g_autofree char *seen = join (sf_sweep_axis (sweep, 0), strchr (values, ',') != NULL ? "," : " ");

  g_assert_cmpstr (seen, ==, values);
}

static void
test_ranges (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    assert_values ("links.0.loss", ranges[i].vary, ranges[i].values);
  for (guint i = 0; i < G_N_ELEMENTS (other_ranges); i++)
    assert_values (other_ranges[i].path, other_ranges[i].vary, other_ranges[i].values);
}

/* The 31 values of 0% to 30% are what one would write, and what one would read. */
static void
test_no_drift (void)
{
  g_autoptr (SfSweep) sweep = load_right (LOSS ("{from: 0%, to: 30%, step: 1%}"), &no_options);
  const SfSweepAxis *axis = sf_sweep_axis (sweep, 0);

  g_assert_cmpuint (axis->texts->len, ==, 31);
  g_assert_cmpuint (sf_sweep_n_points (sweep), ==, 31);
  for (guint i = 0; i < 31; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u%%", i);
      double read;

      g_assert_cmpstr (g_ptr_array_index (axis->texts, i), ==, text);
      g_assert_cmpint (sf_parse_probability (text, &read), ==, SF_UNITS_OK);
      g_assert_true (axis->numbers[i] == read);
    }
}

/* Numbers in base units, and how people read them. */
static void
test_numbers (void)
{
  static const struct
  {
    const char *path, *values;
    gboolean numeric;
    SfUnit unit;
    double last, scale;
    const char *name;
  } axes[] = {
    { "links.0.loss", "[0, 1%, 20%]", TRUE, SF_UNIT_COUNT, 0.2, 0.01, "%" },
    { "links.0.loss", "[0, 0.1, 0.25]", TRUE, SF_UNIT_COUNT, 0.25, 1, "" },
    { "links.0.delay", "[1ms, 2s]", TRUE, SF_UNIT_TIME, 2e9, 1e6, "ms" },
    { "links.0.rate", "[1Mbit/s, 2.5Mbit/s]", TRUE, SF_UNIT_RATE, 2.5e6, 1e6, "Mbit/s" },
    { "links.0.rate", "[1Mbit/s, infinite]", FALSE, SF_UNIT_COUNT, NAN, 1, "" },
    { "hosts.server.tcp.time-wait", "[0msl, 1.5msl]", TRUE, SF_UNIT_COUNT, 1.5, 1, "MSL" },
    { "hosts.server.tcp.handshake", "[three-way, two-way]", FALSE, SF_UNIT_COUNT, NAN, 1, "" },
    { "links.0.queue", "[10 segments, 64 KiB]", FALSE, SF_UNIT_COUNT, NAN, 1, "" },
    { "links.0.queue", "[1 KiB, 2 kB]", TRUE, SF_UNIT_BYTES, 2000, 1024, "KiB" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (axes); i++)
    {
      g_autofree char *text = g_strdup_printf ("%ssweep: {vary: {%s: %s}}\n", SCENARIO, axes[i].path, axes[i].values);
      g_autoptr (SfSweep) sweep = load_right (text, &no_options);
      const SfSweepAxis *axis = sf_sweep_axis (sweep, 0);
      double last = axis->numbers[axis->texts->len - 1];

      g_assert_cmpint (axis->numeric, ==, axes[i].numeric);
      g_assert_cmpint (axis->unit, ==, axes[i].unit);
      g_assert_true (isnan (axes[i].last) ? isnan (last) : last == axes[i].last);
      g_assert_true (axis->scale == axes[i].scale);
      g_assert_cmpstr (axis->scale_name, ==, axes[i].name);
    }
}

/* --- points --- */

/* The last parameter runs fastest. */
static void
test_grid (void)
{
  g_autoptr (SfSweep) sweep
      = load_right (SWEEP ("vary: {links.0.loss: [1%, 2%], links.0.delay: [1ms, 2ms, 3ms], variant: [slow, standard]}"),
                    &no_options);

  g_assert_cmpuint (sf_sweep_n_points (sweep), ==, 12);
  for (guint i = 0; i < 12; i++)
    {
      g_assert_cmpuint (sf_sweep_value (sweep, i, 0), ==, i / 6);
      g_assert_cmpuint (sf_sweep_value (sweep, i, 1), ==, i / 2 % 3);
      g_assert_cmpuint (sf_sweep_value (sweep, i, 2), ==, i % 2);
    }
}

static void
test_list (void)
{
  g_autoptr (SfSweep) sweep = load_right (
      SWEEP ("sample: list\n  vary: {links.0.loss: [1%, 2%, 1%], links.0.delay: [1ms, 2ms, 3ms]}"), &no_options);

  g_assert_cmpuint (sf_sweep_n_points (sweep), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (sf_sweep_value (sweep, i, 0), ==, i);
      g_assert_cmpuint (sf_sweep_value (sweep, i, 1), ==, i);
    }
}

static void
test_nothing_varies (void)
{
  g_autoptr (SfSweep) sweep = load_right (SCENARIO, &no_options);

  g_assert_cmpuint (sf_sweep_n_points (sweep), ==, 1);
  g_assert_cmpuint (sweep->replications, ==, 1);
  g_assert_cmpint (sweep->precise_measure, ==, -1);
  g_assert_cmpuint (sweep->measures->len, ==, 7);
  g_assert_cmpuint (sweep->plots->len, ==, 5);
}

#define HYPERCUBE(seed)                                                                                                \
  SCENARIO "run: {seed: " seed "}\nsweep:\n  sample: {latin-hypercube: 20}\n"                                          \
           "  vary: {links.0.loss: {from: 0%, to: 100%}, links.0.delay: {from: 1ms, to: 16s, scale: log}, "               \
           "run.max-events: {from: 1, to: 10}, variant: [slow, standard]}\n"

/* Each twentieth of a range is used once; each of two variants ten times. */
static void
test_latin_hypercube (void)
{
  g_autoptr (SfSweep) sweep = load_right (HYPERCUBE ("1"), &no_options);
  guint seen[20] = { 0 }, logs[20] = { 0 }, variants[2] = { 0 };

  g_assert_cmpuint (sf_sweep_n_points (sweep), ==, 20);
  for (guint i = 0; i < 20; i++)
    {
      double loss = sf_sweep_axis (sweep, 0)->numbers[sf_sweep_value (sweep, i, 0)];
      double delay = sf_sweep_axis (sweep, 1)->numbers[sf_sweep_value (sweep, i, 1)];

      seen[(guint) (loss * 20)]++;
      /* Rounding to four digits may carry one over the edge of its part; none is that near here. */
      logs[(guint) (log (delay / 1e6) / log (16000) * 20)]++;
      variants[sf_sweep_value (sweep, i, 3)]++;
    }
  for (guint i = 0; i < 20; i++)
    g_assert_true (seen[i] == 1 && logs[i] == 1);
  g_assert_true (variants[0] == 10 && variants[1] == 10);
}

static gboolean
are_same (const SfSweep *a, const SfSweep *b, guint axis, gboolean *ret_order)
{
  g_autofree char *left = join (sf_sweep_axis (a, axis), " "), *right = join (sf_sweep_axis (b, axis), " ");

  *ret_order = TRUE;
  for (guint i = 0; i < a->n_points; i++)
    *ret_order = *ret_order && sf_sweep_value (a, i, axis) == sf_sweep_value (b, i, axis);
  return strcmp (left, right) == 0;
}

/* The seed decides, and nothing else: not which other parameters there are. */
static void
test_latin_hypercube_seed (void)
{
  const SfSweepOptions seed_2 = { .run = { .has_seed = TRUE, .seed = 2 } };
  const char *less = SCENARIO "sweep:\n  sample: {latin-hypercube: 20}\n"
                              "  vary: {links.0.loss: {from: 0%, to: 100%}}\n";
  g_autoptr (SfSweep) one = load_right (HYPERCUBE ("1"), &no_options);
  g_autoptr (SfSweep) again = load_right (HYPERCUBE ("1"), &no_options);
  g_autoptr (SfSweep) other = load_right (HYPERCUBE ("2"), &no_options);
  g_autoptr (SfSweep) option = load_right (HYPERCUBE ("1"), &seed_2);
  g_autoptr (SfSweep) alone = load_right (less, &no_options);
  gboolean order;

  g_assert_true (are_same (one, again, 1, &order) && order);
  g_assert_true (!are_same (one, other, 0, &order) && !order);
  g_assert_true (are_same (other, option, 0, &order) && order);
  g_assert_true (are_same (one, alone, 0, &order) && order);
}

/* --- runs --- */

static const SfLinkPlan *
link_of (const SfRun *run)
{
  return &g_array_index (run->scenario->plan->links, SfLinkPlan, 0);
}

/* The values of a point go over those of its variant and of --set; the seed is the sweep's. */
static void
test_load_point (void)
{
  const SfOverride sets[] = { { "links.0.delay", "7s", NULL }, { "links.0.rate", "1Mbit/s", NULL } };
  const SfSweepOptions options = { .run = { .sets = sets, .n_sets = 2, .has_seed = TRUE, .seed = 9 } };
  g_autoptr (SfSweep) sweep = load_right (
      SWEEP ("vary: {variant: [standard, slow], links.0.delay: [1ms, 2ms], faults: [[], [{drop: {nth: 1}}]]}"), &options);
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();

  for (guint i = 0; i < sf_sweep_n_points (sweep); i++)
    {
      g_autoptr (SfRun) run = sf_sweep_load_point (sweep, i, diag);

      g_assert_nonnull (run);
      g_assert_cmpstr (run->scenario->variant, ==, i < 4 ? "standard" : "slow");
      g_assert_cmpint (link_of (run)->direction[0].delay, ==, (i / 2 % 2 + 1) * SF_MSEC);
      g_assert_cmpuint (link_of (run)->direction[0].rate, ==, 1000000);
      g_assert_cmpuint (run->scenario->plan->faults->len, ==, i % 2);
      g_assert_cmpuint (run->scenario->run.seed, ==, 9);
    }
}

/* --- measures --- */

static void
test_names (void)
{
  static const char *const names[] = {
    "segments", "segments-server", "segments-server-2", "ETIMEDOUT-connect-client", "errors", "segments-client-S", "read",
    "errors-none", "own", "read-2",
  };
  g_autoptr (SfSweep) sweep = load_right (
      SWEEP ("measure: [segments, {metric: segments, host: server}, {metric: segments, host: server, conn: 2}, "
             "{error: ETIMEDOUT, call: connect, host: client}, {error: any}, {segments: {from: client, flags: S}}, "
             "expectations, {metric: goodput, name: own, title: {en: rate, zh: 速率}}, {expect: read}]"),
      &no_options);

  g_assert_cmpuint (sweep->measures->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (sf_sweep_measure_at (sweep, i)->name, ==, names[i]);
  g_assert_cmpstr (sf_wording_in (sf_sweep_measure_at (sweep, 8)->title, "zh"), ==, "速率");
  g_assert_cmpstr (sf_wording_in (sf_sweep_measure_at (sweep, 0)->title, "zh"), ==, "segments");
  g_assert_true (sf_sweep_measure_at (sweep, 6)->fraction);
  g_assert_false (sf_sweep_measure_at (sweep, 0)->fraction);
}

/* Measures run `point` of `sweep`, and checks its values. */
static void
assert_measured (const SfSweep *sweep, guint point, const gint64 *values)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfRun) run = sf_sweep_load_point (sweep, point, diag);
  g_autoptr (SfOutcome) outcome = sf_run_do (run);
  gint64 seen[16];

  sf_sweep_measure (sweep, run, outcome->story, seen);
  for (guint i = 0; i < sweep->measures->len; i++)
    g_assert_cmpint (seen[i], ==, values[i]);
}

/* With 50 ms each way the handshake takes 100 ms at both ends. The client sends SYN, ACK, data and FIN together or not, and the last ACK;
 * what is counted here does not depend on that. A first SYN that is lost is sent again after 1 s, RFC 6298 section 2. */
static void
test_measure (void)
{
  const char *text = SWEEP (
      "vary: {faults: [[], [{drop: {from: client, flags: S, nth: 1}}], [{drop: {from: client, flags: S}}]]}\n"
      "  measure: [handshake-time, {segments: {from: client, flags: S}}, {segments: {flags: S, retransmit: yes}}, "
      "{segments: {fate: dropped}}, {error: ETIMEDOUT, host: client}, {error: any, call: receive}, {expect: read}, "
      "{metric: connections, host: server}, {metric: delivered-bytes, host: server}, unfinished]");
  g_autoptr (SfSweep) sweep = load_right (text, &no_options);
  const gint64 straight[] = { 100 * SF_MSEC, 1, 0, 0, 0, 0, 1, 1, 100, 0 };
  const gint64 repeated[] = { 1100 * SF_MSEC, 2, 1, 1, 0, 0, 1, 1, 100, 0 };
  /* R2 of a SYN is reached after seven retransmissions. */
  const gint64 failed[] = { SF_NO_VALUE, 8, 7, 8, 1, 0, 0, 0, 0, 0 };

  assert_measured (sweep, 0, straight);
  assert_measured (sweep, 1, repeated);
  assert_measured (sweep, 2, failed);
}

/* A variant may expect something else. */
static void
test_measure_variants (void)
{
  g_autoptr (SfSweep) sweep
      = load_right (SWEEP ("vary: {variant: [standard, other]}\n  measure: [expectations]"), &no_options);
  const gint64 standard[] = { 1, 1, SF_NO_VALUE }, other[] = { SF_NO_VALUE, SF_NO_VALUE, 1 };

  g_assert_cmpuint (sweep->measures->len, ==, 3);
  assert_measured (sweep, 0, standard);
  assert_measured (sweep, 1, other);
}

static void
test_precision (void)
{
  const SfSweepOptions options = { .precision = "resets:2.5%", .replications = 7 };
  const char *text = SWEEP ("measure: [segments, resets]\n  precision: {of: segments, to: 5%}\n  replications: 50");
  g_autoptr (SfSweep) sweep = load_right (text, &no_options);
  g_autoptr (SfSweep) other = load_right (text, &options);

  g_assert_cmpint (sweep->precise_measure, ==, 0);
  g_assert_true (sweep->precision == 0.05);
  g_assert_cmpuint (sweep->replications, ==, 50);
  g_assert_cmpint (other->precise_measure, ==, 1);
  g_assert_true (other->precision == 0.025);
  g_assert_cmpuint (other->replications, ==, 7);
}

/* --- graphs --- */

static void
test_plots (void)
{
  g_autoptr (SfSweep) sweep = load_right (
      SWEEP ("vary: {variant: [standard, slow], links.0.loss: [1%, 2%], links.0.delay: [1ms, 2ms]}\n"
             "  measure: [segments, resets]\n"
             "  plot: [{kind: line, y: resets, y-scale: log, theory: x * 2}, {kind: heatmap, z: segments}, "
             "{kind: heatmap, z: segments, y: links.0.loss}, {kind: cdf, of: resets}]"),
      &no_options);
  const SfSweepPlot *line = g_ptr_array_index (sweep->plots, 0), *map = g_ptr_array_index (sweep->plots, 1);
  const SfSweepPlot *turned = g_ptr_array_index (sweep->plots, 2), *cdf = g_ptr_array_index (sweep->plots, 3);

  g_assert_true (line->kind == SF_SWEEP_CHART_LINE && line->measure == 1 && line->x == 1);
  g_assert_true (line->y_log && !line->x_log);
  g_assert_cmpstr (line->theory, ==, "x * 2");
  g_assert_true (map->kind == SF_SWEEP_CHART_HEATMAP && map->measure == 0 && map->x == 1 && map->y == 2);
  g_assert_true (turned->x == 2 && turned->y == 1);
  g_assert_true (cdf->kind == SF_SWEEP_CHART_CDF && cdf->measure == 1);
}

/* --- the command line, and being kept --- */

static void
test_options (void)
{
  const char *varies[] = { "links.0.loss=0%:20%:10%", "variant=standard,slow", "faults=[],[{drop: {from: client, nth: 1}}]",
                           "script.client=[connect: server:80]", NULL };
  const char *measures[] = { "segments", "{error: any, host: client}", NULL };
  const SfSweepOptions options = { .varies = varies, .measures = measures };
  g_autoptr (SfSweep) sweep
      = load_right (SWEEP ("vary: {links.0.loss: [1%], links.0.delay: [1ms]}\n  measure: [resets]"), &options);
  g_autofree char *loss = join (sf_sweep_axis (sweep, 0), " "), *faults = join (sf_sweep_axis (sweep, 3), " ");

  g_assert_cmpuint (sweep->axes->len, ==, 5);
  g_assert_cmpstr (loss, ==, "0% 10% 20%");
  g_assert_cmpstr (faults, ==, "[] [{drop: {from: client, nth: 1}}]");
  g_assert_cmpuint (sf_sweep_axis (sweep, 4)->texts->len, ==, 1);
  g_assert_cmpuint (sf_sweep_n_points (sweep), ==, 3 * 1 * 2 * 2);
  g_assert_cmpuint (sweep->measures->len, ==, 2);
  g_assert_cmpstr (sf_sweep_measure_at (sweep, 1)->name, ==, "errors-client");
}

/* What was stored makes the same sweep again, and what decides about its results is in its digest. */
static void
test_restore (void)
{
  const char *varies[] = { "links.0.loss=0%:20%:10%", NULL }, *measures[] = { "segments", NULL };
  const SfOverride sets[] = { { "links.0.delay", "'7s'", NULL } };
  const SfSweepOptions options = { .run = { .variant = "slow", .sets = sets, .n_sets = 1, .has_seed = TRUE, .seed = G_MAXUINT64 },
                                   .varies = varies, .measures = measures, .replications = 3, .precision = "segments:5%" };
  g_autoptr (SfSweep) sweep = load_right (SWEEP ("vary: {links.0.rate: [1Mbit/s]}"), &options);
  g_autoptr (SfSweep) other = load_right (SWEEP ("vary: {links.0.rate: [2Mbit/s]}"), &options);
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autofree char *digest = sf_sweep_digest (sweep, "1.0"), *later = sf_sweep_digest (sweep, "1.1");
  g_autofree char *of_other = sf_sweep_digest (other, "1.0"), *of_again = NULL;
  gsize len;
  const char *text = sf_source_text (sweep->source, &len);
  g_autoptr (SfSweep) again = sf_sweep_restore ("stored", text, len, sweep->said, diag);

  g_assert_nonnull (again);
  of_again = sf_sweep_digest (again, "1.0");
  g_assert_cmpstr (digest, ==, of_again);
  g_assert_cmpstr (digest, !=, later);
  g_assert_cmpstr (digest, !=, of_other);
  g_assert_cmpuint (strlen (digest), ==, 64);
  g_assert_cmpuint (again->seed, ==, G_MAXUINT64);
  g_assert_cmpuint (again->replications, ==, 3);
  g_assert_cmpstr (again->variant, ==, "slow");
  g_assert_cmpuint (sf_sweep_n_points (again), ==, 3);
  g_assert_cmpint (again->precise_measure, ==, 0);
}

static void
test_restore_damaged (void)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();

  g_assert_null (sf_sweep_restore ("stored", SCENARIO, strlen (SCENARIO), "{", diag));
  assert_words (sf_diagnostics_error (diag)->message, "can not be read");
}

/* Prints the rows, for tests/schema.py: each ends with a zero byte. */
static int
print_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      fputs (rows[i].text, stdout);
      putchar ('\0');
    }
  return ferror (stdout) != 0;
}

int
main (int argc, char **argv)
{
  if (argc == 2 && strcmp (argv[1], "--print") == 0)
    return print_rows ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sweep/mistakes", test_mistakes);
  g_test_add_func ("/sweep/mistakes/options", test_mistakes_in_options);
  g_test_add_func ("/sweep/mistakes/elsewhere", test_mistake_elsewhere);
  g_test_add_func ("/sweep/mistakes/variant", test_variant_twice);
  g_test_add_func ("/sweep/ranges", test_ranges);
  g_test_add_func ("/sweep/ranges/no drift", test_no_drift);
  g_test_add_func ("/sweep/numbers", test_numbers);
  g_test_add_func ("/sweep/grid", test_grid);
  g_test_add_func ("/sweep/list", test_list);
  g_test_add_func ("/sweep/nothing varies", test_nothing_varies);
  g_test_add_func ("/sweep/latin-hypercube", test_latin_hypercube);
  g_test_add_func ("/sweep/latin-hypercube/seed", test_latin_hypercube_seed);
  g_test_add_func ("/sweep/load point", test_load_point);
  g_test_add_func ("/sweep/names", test_names);
  g_test_add_func ("/sweep/measure", test_measure);
  g_test_add_func ("/sweep/measure/variants", test_measure_variants);
  g_test_add_func ("/sweep/precision", test_precision);
  g_test_add_func ("/sweep/plots", test_plots);
  g_test_add_func ("/sweep/options", test_options);
  g_test_add_func ("/sweep/restore", test_restore);
  g_test_add_func ("/sweep/restore/damaged", test_restore_damaged);
  return g_test_run ();
}
