/* SPDX-License-Identifier: MIT
 *
 * Every mistake in the definition of a sweep: the place and the words of its diagnostic.
 */
#include "tests/support/mistakes.h"
#include "tests/support/sweeps.h"

#include <string.h>

#define SWEEP(keys) SWEEPS_LESSON "sweep:\n  " keys "\n"
#define LOSS(values) SWEEP ("vary: {links.0.loss: " values "}")

/* clang-format off */
static const Mistake mistakes[] = {
  { SWEEP ("vari: {}"), "9:3", "unknown key 'vari' in sweep; did you mean 'vary'?" },
  { SWEEPS_LESSON "sweep: [vary]\n", "8:8", "expected a mapping (sweep), found a list" },

  /* paths */
  { SWEEP ("vary: [a]"), "9:9", "a mapping of values by path" },
  { SWEEP ("vary: {links.0.lss: [1%]}"), "9:18", "unknown key 'lss' in link; did you mean 'loss'?" },
  { SWEEP ("vary: {link.0.loss: [1%]}"), "9:10", "unknown key 'link' in the scenario; did you mean 'links'?" },
  { SWEEP ("vary: {links.3.loss: [1%]}"), "9:16", "no item 3 in a list of 1; the first is 0" },
  { SWEEP ("vary: {hosts.sever.tcp.msl: [1s]}"), "9:16", "unknown host 'sever'; did you mean 'server'?" },
  { SWEEP ("vary: {hosts.server.tcp.mls: [1s]}"), "9:27", "unknown key 'mls' in tcp; did you mean 'msl'?" },
  { SWEEP ("vary: {run.seed: [1, 2]}"), "9:10", "'run.seed' is the same for all runs of a sweep|replications" },
  { SWEEP ("vary: {variants.slow.title: [a]}"), "9:10",
    "what a variant sets can not vary; 'variant' is the variant itself" },
  { SWEEP ("vary: {sweep.replications: [1]}"), "9:10", "'sweep' can not vary" },
  { SWEEP ("vary: {synfin: [1]}"), "9:10", "'synfin' can not vary" },

  /* values */
  { LOSS ("5%"), "9:24", "expected a list of values, or {from: …, to: …, step: …}, found '5%'" },
  { LOSS ("[]"), "9:24", "no values" },
  { LOSS ("[1%, 1%]"), "9:29", "the value '1%' is there twice" },
  { LOSS ("[1%, 1.0%]"), "9:29", "the value '1.0%' is there twice" },
  { SWEEP ("vary: {links.0.delay: [10ms, 1s, 0.01s]}"), "9:36", "the value '0.01s' is there twice" },
  { LOSS ("[1%, 150%]"), "9:29", "'150%' is out of range" },
  { LOSS ("[1%, some]"), "9:29", "'some' is not a number" },
  { LOSS ("[1%, {p: 1%}]"), "9:29", "unknown key 'p' in loss" },
  { SWEEP ("vary: {variant: [slow, standrd]}"), "9:26", "unknown variant 'standrd'; did you mean 'standard'?" },
  { SWEEP ("vary: {run.until: [1s, 48h]}"), "9:26", "'48h' lies after the time limit" },
  /* an error elsewhere says with which values it occurs */
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
  { SWEEP ("vary: {run.max-events: {from: 1, to: 3, steps: 5}}"), "9:26",
    "there are not 5 different values from '1' to '3'" },
  { LOSS ("{values: [1%], step: 1%}"), "9:45", "'values' and 'step' exclude each other" },
  { LOSS ("{values: 1%}"), "9:33", "expected a list of values, found '1%'" },
  { LOSS ("{values: [1%], title: [a]}"), "9:46", "expected a text, found a list" },

  /* points */
  { SWEEP ("sample: grd"), "9:11", "unknown sampling 'grd'; did you mean 'grid'?" },
  { SWEEP ("sample: random"), "9:11", "unknown sampling 'random'; there is: grid, list, latin-hypercube" },
  { SWEEP ("sample: latin-hypercube"), "9:11", "'latin-hypercube' needs the number of points: {latin-hypercube: 100}" },
  { SWEEP ("sample: latin-hypercube:100"), "9:11", "did you mean 'latin-hypercube'?" },
  { SWEEP ("sample: {latin: 5}"), "9:12", "unknown key 'latin' in sample" },
  { SWEEP ("sample: {latin-hypercube: 0}"), "9:29", "'0' is out of range" },
  { SWEEP ("sample: {latin-hypercube: 5}"), "9:3", "a sample of nothing: nothing varies" },
  { SWEEP ("sample: list"), "9:3", "a list of points of nothing: nothing varies" },
  { SWEEP ("sample: list\n  vary: {links.0.loss: [1%, 2%], links.0.delay: [1ms]}"), "10:34",
    "'links.0.loss' and 'links.0.delay' go together in a list, but have 2 and 1 values" },
  { SWEEP ("vary: {links.0.loss: {from: 0%, to: 100%, steps: 2000}, links.0.delay: {from: 0s, to: 1s, steps: 2000}}"),
    "9:9", "more than 1000000 points: 2000 values of links.0.loss, 2000 values of links.0.delay" },
  { SWEEP ("replications: 0"), "9:17", "'0' is out of range" },
  { SWEEP ("replications: many"), "9:17", "a whole number" },

  /* measures */
  { SWEEP ("measure: handshake-time"), "9:12", "a list of measures" },
  { SWEEP ("measure: [handshake-tme]"), "9:13", "unknown measure 'handshake-tme'; did you mean 'handshake-time'?" },
  { SWEEP ("measure: [expectation]"), "9:13", "unknown measure 'expectation'; did you mean 'expectations'?" },
  { SWEEP ("measure: [[segments]]"), "9:13", "expected a mapping (measure), found a list" },
  { SWEEP ("measure: [{metrik: segments}]"), "9:14", "unknown key 'metrik' in measure; did you mean 'metric'?" },
  { SWEEP ("measure: [{metric: segmnts}]"), "9:22", "unknown metric 'segmnts'; did you mean 'segments'?" },
  { SWEEP ("measure: [{host: server}]"), "9:13",
    "a measure needs what it measures: metric, expect, error or segments" },
  { SWEEP ("measure: [{metric: handshake-time, expect: read}]"), "9:46",
    "'metric' and 'expect' in one measure: write two" },
  { SWEEP ("measure: [{expect: reed}]"), "9:22", "unknown expectation 'reed'; did you mean 'read'?" },
  { SWEEP ("measure: [{expect: only here}]"), "9:22", "unknown expectation 'only here'" },
  { SWEEP ("measure: [{metric: segments, host: sever}]"), "9:38", "unknown host 'sever'; did you mean 'server'?" },
  { SWEEP ("measure: [{metric: segments, conn: 1}]"), "9:38", "'conn' needs 'host'" },
  { SWEEP ("measure: [{metric: segments, call: connect}]"), "9:38", "'metric' and 'call' exclude each other" },
  { SWEEP ("measure: [{expect: read, host: server}]"), "9:34", "'expect' and 'host' exclude each other" },
  { SWEEP ("measure: [{segments: {flags: S}, host: server}]"), "9:42", "'segments' and 'host' exclude each other" },
  { SWEEP ("measure: [{error: ENOTHING}]"), "9:21",
    "'ENOTHING' is no error: expected a name such as ECONNREFUSED, or any" },
  { SWEEP ("measure: [{error: any, call: conect}]"), "9:32", "unknown call 'conect'; did you mean 'connect'?" },
  { SWEEP ("measure: [{segments: {flgs: S}}]"), "9:25", "unknown key 'flgs' in segments; did you mean 'flags'?" },
  { SWEEP ("measure: [{segments: {from: cleint}}]"), "9:31", "unknown host 'cleint'; did you mean 'client'?" },
  { SWEEP ("measure: [{metric: segments, name: point}]"), "9:38", "'point' is the name of another column" },
  { SWEEP ("measure: [{metric: segments, name: a b}]"), "9:38", "a name is made of letters" },
  { SWEEP ("measure: [segments, {metric: resets, name: Segments}]"), "9:46", "the name 'Segments' is used twice" },

  /* precision */
  { SWEEP ("precision: 5%"), "9:14", "expected a mapping (precision), found '5%'" },
  { SWEEP ("precision: {of: handshake-tme, to: 5%}"), "9:19",
    "unknown measure 'handshake-tme'; did you mean 'handshake-time'?" },
  { SWEEP ("precision: {of: handshake-time}"), "9:14", "'to' is missing" },
  { SWEEP ("precision: {of: handshake-time, to: 0%}"), "9:39", "more than 0% and less than 100%" },
  { SWEEP ("precision: {of: handshake-time, to: 5ms}"), "9:39", "'5ms' has a wrong unit" },

  /* plots */
  { SWEEP ("plot: line"), "9:9", "expected a graph, or a list of graphs, found 'line'" },
  { SWEEP ("plot: {kind: pie}"), "9:16", "unknown kind of graph 'pie'" },
  { SWEEP ("plot: [{y: segments}]"), "9:10", "'kind' is missing" },
  { SWEEP ("plot: [{kind: lines, y: segments}]"), "9:17", "unknown kind of graph 'lines'; did you mean 'line'?" },
  { SWEEP ("plot: [{kind: line, y: segments}]"), "9:10", "this needs 1 parameter that varies" },
  { SWEEP ("plot: [{kind: cdf, y: segments}]"), "9:25", "a cdf has no 'y'" },
  { SWEEP ("plot: [{kind: cdf}]"), "9:10", "'of' is missing" },
  { SWEEP ("plot: [{kind: histogram, of: x}]"), "9:32", "unknown measure 'x'" },
  { LOSS ("[1%]}\n  plot: [{kind: line}]\n#"), "10:10", "'y' is missing" },
  { LOSS ("[1%]}\n  plot: [{kind: line, y: segmnts}]\n#"), "10:26",
    "unknown measure 'segmnts'; did you mean 'segments'?" },
  { LOSS ("[1%]}\n  plot: [{kind: line, y: segments, x: links.0.los}]\n#"), "10:39",
    "unknown parameter 'links.0.los'; did you mean 'links.0.loss'?" },
  { LOSS ("[1%]}\n  plot: [{kind: line, y: segments, y-scale: lg}]\n#"), "10:45", "unknown scale 'lg'" },
  { LOSS ("[1%]}\n  plot: [{kind: line, y: segments, x-as: rat}]\n#"), "10:42",
    "unknown way to show values 'rat'; did you mean 'rate'?" },
  { LOSS ("[1%]}\n  plot: [{kind: line, y: segments, x-as: rate}]\n#"), "10:42",
    "times above 0, which '1%' of 'links.0.loss' is not" },
  { LOSS ("[1%], links.0.delay: [5ms, 0s]}\n  plot: [{kind: line, y: segments, x: links.0.delay, x-as: rate}]\n#"),
    "10:60",
    "times above 0, which '0s' of 'links.0.delay' is not" },
  { LOSS ("[1%]}\n  plot: [{kind: cdf, of: segments, x-as: rate}]\n#"), "10:42", "a cdf has no 'x-as'" },
  { LOSS ("[1%]}\n  plot: [{kind: line, y: segments, z: resets}]\n#"), "10:39", "a line has no 'z'" },
  { LOSS ("[1%]}\n  plot: [{kind: line, y: segments, theory: 2 * z}]\n#"), "10:44", "no formula: |'z'" },
  { LOSS ("[1%]}\n  plot: [{kind: heatmap, z: segments}]\n#"), "10:10", "this needs 2 parameters that vary" },
  { LOSS ("[1%], links.0.delay: [1ms]}\n  plot: [{kind: heatmap, z: segments, x: links.0.loss, y: links.0.loss}]\n#"),
    "10:59", "'links.0.loss' is on the other axis already" },
};
/* clang-format on */

/* Loads `text`, which is wrong, with `options`. The diagnostic must be that of `mistake`, in `file`. */
static void
assert_mistake (const char *text, const SfSweepOptions *options, const char *file, const Mistake *mistake)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSweep) sweep = sweeps_parse (text, options, diag);

  mistakes_check (sf_diagnostics_error (diag), file, mistake);
  g_assert_cmpint (sweep == NULL, ==, sf_diagnostics_error (diag) != NULL);
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    assert_mistake (mistakes[i].text, &(SfSweepOptions){ 0 }, SWEEPS_FILE, &mistakes[i]);
}

/* Diagnostics of the command line have the name of the option. */
static void
test_options (void)
{
  static const struct
  {
    const char *vary, *measure, *precision, *file, *words;
  } options[] = {
    { "links.0.loss", NULL, NULL, "--vary links.0.loss", "expected KEY=FROM:TO:STEP or KEY=A,B," },
    { "=1%", NULL, NULL, "--vary =1%", "expected KEY=FROM:TO:STEP" },
    { "links.0.loss=", NULL, NULL, "--vary links.0.loss=", "expected KEY=FROM:TO:STEP" },
    { "links.0.loss=1%,,2%", NULL, NULL, "--vary links.0.loss=1%,,2%", "an empty value" },
    { "links.0.loss=0%:30%", NULL, NULL, "--vary links.0.loss=0%:30%",
      "2 values with ':' between them; expected FROM:TO:STEP" },
    { "links.0.loss=1%,1.0%", NULL, NULL, "--vary links.0.loss=1%,1.0%", "the value '1.0%' is there twice" },
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
    { "links.0.loss=0%:30%:steps", NULL, NULL, "--vary links.0.loss=0%:30%:steps",
      "'' is no number of values from 2 to 100000" },
    { "links.0.loss=0%:30%:1log", NULL, NULL, "--vary links.0.loss=0%:30%:1log", "'1' is no number of values" },
    { "links.0.loss=1%:30%:log", NULL, NULL, "--vary links.0.loss=1%:30%:log", "a range needs a 'step'" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      const char *varies[] = { options[i].vary, NULL }, *measures[] = { options[i].measure, NULL };
      const SfSweepOptions command_line = { .varies = varies, .measures = measures, .precision = options[i].precision };
      const Mistake mistake = { options[i].file, NULL, options[i].words };

      assert_mistake (SWEEPS_LESSON, &command_line, options[i].file, &mistake);
    }
}

/* The same for sampling and graphs. */
static void
test_more_options (void)
{
  static const struct
  {
    const char *sample, *plot, *file, *words;
  } options[] = {
    { "gird", NULL, "--sample gird", "unknown sampling 'gird'; did you mean 'grid'?" },
    { "latin-hypercube", NULL, "--sample latin-hypercube", "did you mean 'latin-hypercube:N'?" },
    { "latin-hypercube:0", NULL, "--sample latin-hypercube:0", "'0' is no number of points from 1 to 1000000" },
    { "list", NULL, SWEEPS_FILE, "nothing varies" },
    { NULL, "{kind: cdf, of: segmnts}", "--plot {kind: cdf, of: segmnts}", "unknown measure 'segmnts'" },
    { NULL, "{kind: pie}", "--plot {kind: pie}", "unknown kind of graph 'pie'" },
    { NULL, "cdf", "--plot cdf", "expected a mapping" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      const char *plots[] = { options[i].plot, NULL };
      const SfSweepOptions command_line = { .sample = options[i].sample, .plots = plots };
      const Mistake mistake = { options[i].file, NULL, options[i].words };

      assert_mistake (SWEEPS_LESSON, &command_line, options[i].file, &mistake);
    }
}

/* An error at another place than a value says with which values it occurs. */
static void
test_elsewhere (void)
{
  const Mistake mistake = { SWEEP ("vary: {hosts: [{client: , server: }, {client: , servant: }], links.0.loss: [1%]}"),
                            "4:28", "unknown host 'server'|, with hosts: {client: ~, servant: ~}, links.0.loss: 1%" };

  assert_mistake (mistake.text, &(SfSweepOptions){ 0 }, SWEEPS_FILE, &mistake);
}

/* A variant is chosen, and variants are swept as well. */
static void
test_variant_twice (void)
{
  const Mistake mistake = { SWEEP ("vary: {variant: [standard, slow]}"), "9:10",
                            "the variant varies, and so no single one ('slow') can be chosen" };

  assert_mistake (mistake.text, &(SfSweepOptions){ .run = { .variant = "slow" } }, SWEEPS_FILE, &mistake);
}

/* The command line overrides values of the scenario, but may not give the same path twice. */
static void
test_path_twice (void)
{
  const char *varies[] = { "links.0.loss=1%", "links.0.loss=2%", NULL };
  const Mistake mistake = { LOSS ("[3%]"), NULL, "'links.0.loss' varies twice" };

  assert_mistake (mistake.text, &(SfSweepOptions){ .varies = varies }, "--vary links.0.loss=2%", &mistake);
}

/* A grid that becomes too large by the axes of the command line. */
static void
test_large_grid (void)
{
  const char *varies[] = { "links.0.delay=1ms:1s:1ms", NULL };
  const Mistake mistake = { LOSS ("{from: 0%, to: 100%, steps: 2000}"), NULL,
                            "more than 1000000 points: 2000 values of links.0.loss, 1000 values of links.0.delay" };

  assert_mistake (mistake.text, &(SfSweepOptions){ .varies = varies }, "--vary links.0.delay=1ms:1s:1ms", &mistake);
}

static void
test_restore_damaged (void)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();

  g_assert_null (sf_sweep_restore ("stored", SWEEPS_LESSON, strlen (SWEEPS_LESSON), "{", diag));
  mistakes_check_words (sf_diagnostics_error (diag)->message, "can not be read");
}

int
main (int argc, char **argv)
{
  int status;

  if (mistakes_are_wanted (argc, argv))
    return mistakes_print (mistakes, G_N_ELEMENTS (mistakes));
  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
  g_test_add_func ("/sweep-errors/rows", test_rows);
  g_test_add_func ("/sweep-errors/options", test_options);
  g_test_add_func ("/sweep-errors/more-options", test_more_options);
  g_test_add_func ("/sweep-errors/elsewhere", test_elsewhere);
  g_test_add_func ("/sweep-errors/variant", test_variant_twice);
  g_test_add_func ("/sweep-errors/path", test_path_twice);
  g_test_add_func ("/sweep-errors/large-grid", test_large_grid);
  g_test_add_func ("/sweep-errors/restore", test_restore_damaged);
  status = g_test_run ();
  sweeps_end ();
  return status;
}
