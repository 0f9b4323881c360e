/* SPDX-License-Identifier: MIT
 *
 * The definition of a sweep: values of ranges, points, their runs, measures.
 */
#include "base/units.h"
#include "tests/support/sweeps.h"

#include <math.h>
#include <string.h>

#define SWEEP(keys) SWEEPS_LESSON "sweep:\n  " keys "\n"

static const SfSweepOptions no_options = { 0 };

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
  { "links.0.delay", "{from: 1ns, to: 9ns, steps: 3, scale: log}", "1ns 3ns 9ns" },
  { "links.0.delay", "{from: 0s, to: 1min, steps: 4}", "0min 20s 40s 1min" },
  { "hosts.server.tcp.time-wait", "{from: 0msl, to: 2msl, step: 0.5msl}", "0msl 0.5msl 1msl 1.5msl 2msl" },
  { "links.0.rate", "{from: 1kbit/s, to: 1Mbit/s, steps: 4, scale: log}", "0.001Mbit/s 0.01Mbit/s 0.1Mbit/s 1Mbit/s" },
  { "links.0.queue", "{from: 1 KiB, to: 3 KiB, step: 0.5 KiB}", "1 KiB,1.5 KiB,2 KiB,2.5 KiB,3 KiB" },
  { "links.0.queue", "{from: 10 segments, to: 20 segments, step: 5 segments}", "10 segments,15 segments,20 segments" },
  { "run.max-events", "{from: 1, to: 10, steps: 4}", "1 4 7 10" },
  { "run.max-events", "{from: 1, to: 10, steps: 3}", "1 6 10" }, /* 5.5; halves are rounded up */
  { "run.max-events", "{from: 1, to: 1000, steps: 3, scale: log}", "1 32 1000" },
  { "run.max-events", "{from: 1, to: 9, steps: 3, scale: log}", "1 3 9" },
  { "links.0.queue", "[100 segments, '64 KiB']", "100 segments,\"64 KiB\"" },
  { "script.client.1", "[{send: 'a, \"b\": c'}, {send: \"x\\ny\\t\\\\ #é\"}, {send: a:b}]",
    "{send: \"a, \\\"b\\\": c\"},{send: \"x\\ny\\t\\\\ #é\"},{send: a:b}" },
  { "script.client.1", "[{send: {text: hello, urgent: yes}}, 'close', {wait: 0}]",
    "{send: {text: hello, urgent: yes}},\"close\",{wait: 0}" },
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
  g_autofree char *text = g_strdup_printf ("%ssweep: {vary: {%s: %s}}\n", SWEEPS_LESSON, path, vary);
  g_autoptr (SfSweep) sweep = sweeps_make (text, &no_options);
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

/* The 31 values of 0% to 30% are exact, as text and as numbers. */
static void
test_no_drift (void)
{
  g_autoptr (SfSweep) sweep = sweeps_make (SWEEP ("vary: {links.0.loss: {from: 0%, to: 30%, step: 1%}}"), &no_options);
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

/* Numbers in base units, and the units that people read. */
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
      g_autofree char *text = g_strdup_printf ("%ssweep: {vary: {%s: %s}}\n", SWEEPS_LESSON, axes[i].path,
                                               axes[i].values);
      g_autoptr (SfSweep) sweep = sweeps_make (text, &no_options);
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

/* The last parameter varies fastest. */
static void
test_grid (void)
{
  g_autoptr (SfSweep)
    sweep = sweeps_make (SWEEP (
                           "vary: {links.0.loss: [1%, 2%], links.0.delay: [1ms, 2ms, 3ms], variant: [slow, standard]}"),
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
  g_autoptr (SfSweep)
    sweep = sweeps_make (SWEEP ("sample: list\n  vary: {links.0.loss: [1%, 2%, 1%], links.0.delay: [1ms, 2ms, 3ms]}"),
                         &no_options);

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
  g_autoptr (SfSweep) sweep = sweeps_make (SWEEPS_LESSON, &no_options);

  g_assert_cmpuint (sf_sweep_n_points (sweep), ==, 1);
  g_assert_cmpuint (sweep->replications, ==, 1);
  g_assert_cmpint (sweep->precise_measure, ==, -1);
  g_assert_cmpuint (sweep->measures->len, ==, 7);
  g_assert_cmpuint (sweep->plots->len, ==, 5);
}

#define HYPERCUBE(seed)                                                                                          \
  SWEEPS_LESSON "run: {seed: " seed "}\nsweep:\n  sample: {latin-hypercube: 20}\n"                               \
                "  vary: {links.0.loss: {from: 0%, to: 100%}, links.0.delay: {from: 1ms, to: 16s, scale: log}, " \
                "run.max-events: {from: 1, to: 10}, variant: [slow, standard]}\n"

/* Each twentieth of a range is used once; each of two variants ten times. */
static void
test_latin_hypercube (void)
{
  g_autoptr (SfSweep) sweep = sweeps_make (HYPERCUBE ("1"), &no_options);
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

/* Only the seed decides, not the other parameters. */
static void
test_latin_hypercube_seed (void)
{
  const SfSweepOptions seed_2 = { .run = { .has_seed = TRUE, .seed = 2 } };
  const char *less = SWEEPS_LESSON "sweep:\n  sample: {latin-hypercube: 20}\n"
                                   "  vary: {links.0.loss: {from: 0%, to: 100%}}\n";
  g_autoptr (SfSweep) one = sweeps_make (HYPERCUBE ("1"), &no_options);
  g_autoptr (SfSweep) again = sweeps_make (HYPERCUBE ("1"), &no_options);
  g_autoptr (SfSweep) other = sweeps_make (HYPERCUBE ("2"), &no_options);
  g_autoptr (SfSweep) option = sweeps_make (HYPERCUBE ("1"), &seed_2);
  g_autoptr (SfSweep) alone = sweeps_make (less, &no_options);
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

/* Values of a point override those of its variant and of --set. The seed is that of the sweep. */
static void
test_load_point (void)
{
  const SfOverride sets[] = { { "links.0.delay", "7s", NULL }, { "links.0.rate", "1Mbit/s", NULL } };
  const SfSweepOptions options = { .run = { .sets = sets, .n_sets = 2, .has_seed = TRUE, .seed = 9 } };
  g_autoptr (SfSweep) sweep = sweeps_make (
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
    "segments",
    "segments-server",
    "segments-server-2",
    "ETIMEDOUT-connect-client",
    "errors",
    "segments-client-S",
    "read",
    "errors-none",
    "own",
    "read-2",
  };
  g_autoptr (SfSweep) sweep = sweeps_make (
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

  sf_sweep_measure (sweep, run, outcome->trace, seen);
  for (guint i = 0; i < sweep->measures->len; i++)
    g_assert_cmpint (seen[i], ==, values[i]);
}

/* With 50 ms one way the handshake takes 100 ms at both ends. The counts here do not depend on whether the client sends
 * ACK, data and FIN together. A lost first SYN is sent again after 1 s (RFC 6298 section 2). */
static void
test_measure (void)
{
  const char *text = SWEEP (
    "vary: {faults: [[], [{drop: {from: client, flags: S, nth: 1}}], [{drop: {from: client, flags: S}}]]}\n"
    "  measure: [handshake-time, {segments: {from: client, flags: S}}, {segments: {flags: S, retransmit: yes}}, "
    "{segments: {fate: dropped}}, {error: ETIMEDOUT, host: client}, {error: any, call: receive}, {expect: read}, "
    "{metric: connections, host: server}, {metric: delivered-bytes, host: server}, unfinished]");
  g_autoptr (SfSweep) sweep = sweeps_make (text, &no_options);
  const gint64 straight[] = { 100 * SF_MSEC, 1, 0, 0, 0, 0, 1, 1, 100, 0 };
  const gint64 repeated[] = { 1100 * SF_MSEC, 2, 1, 1, 0, 0, 1, 1, 100, 0 };
  /* R2 of a SYN is reached after seven retransmissions. */
  const gint64 failed[] = { SF_NO_VALUE, 8, 7, 8, 1, 0, 0, 0, 0, 0 };

  assert_measured (sweep, 0, straight);
  assert_measured (sweep, 1, repeated);
  assert_measured (sweep, 2, failed);
}

/* A variant may have other expectations. */
static void
test_measure_variants (void)
{
  g_autoptr (SfSweep)
    sweep = sweeps_make (SWEEP ("vary: {variant: [standard, other]}\n  measure: [expectations]"), &no_options);
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
  g_autoptr (SfSweep) sweep = sweeps_make (text, &no_options);
  g_autoptr (SfSweep) other = sweeps_make (text, &options);

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
  g_autoptr (SfSweep) sweep =
    sweeps_make (SWEEP ("vary: {variant: [standard, slow], links.0.loss: [1%, 2%], links.0.delay: [1ms, 2ms]}\n"
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

static void
test_one_plot (void)
{
  g_autoptr (SfSweep)
    sweep = sweeps_make (SWEEP ("measure: [segments, resets]\n  plot: {kind: histogram, of: resets}"), &no_options);
  const SfSweepPlot *plot = g_ptr_array_index (sweep->plots, 0);

  g_assert_cmpuint (sweep->plots->len, ==, 1);
  g_assert_true (plot->kind == SF_SWEEP_CHART_HISTOGRAM && plot->measure == 1);
}

/* --- the command line, and being kept --- */

static void
test_options (void)
{
  const char *varies[] = { "links.0.loss=0%:20%:10%", "variant=standard,slow",
                           "faults=[],[{drop: {from: client, nth: 1}}]", "script.client=[connect: server:80]", NULL };
  const char *measures[] = { "segments", "{error: any, host: client}", NULL };
  const SfSweepOptions options = { .varies = varies, .measures = measures };
  g_autoptr (SfSweep)
    sweep = sweeps_make (SWEEP ("vary: {links.0.loss: [1%], links.0.delay: [1ms]}\n  measure: [resets]"), &options);
  g_autofree char *loss = join (sf_sweep_axis (sweep, 0), " "), *faults = join (sf_sweep_axis (sweep, 3), " ");

  g_assert_cmpuint (sweep->axes->len, ==, 5);
  g_assert_cmpstr (loss, ==, "0% 10% 20%");
  g_assert_cmpstr (faults, ==, "[] [{drop: {from: client, nth: 1}}]");
  g_assert_cmpuint (sf_sweep_axis (sweep, 4)->texts->len, ==, 1);
  g_assert_cmpuint (sf_sweep_n_points (sweep), ==, 3 * 1 * 2 * 2);
  /* The scenario's own measures stay, since its graphs and its precision use them. */
  g_assert_cmpuint (sweep->measures->len, ==, 3);
  g_assert_cmpstr (sf_sweep_measure_at (sweep, 0)->name, ==, "resets");
  g_assert_cmpstr (sf_sweep_measure_at (sweep, 2)->name, ==, "errors-client");
}

/* Axes and measures of the command line, for a scenario that has titles and graphs. */
static void
test_options_on_top (void)
{
  const char *varies[] = { "links.0.loss=0%:20%:10%", NULL }, *measures[] = { "segments", NULL };
  const SfSweepOptions options = { .varies = varies, .measures = measures };
  g_autoptr (SfSweep)
    sweep = sweeps_make (SWEEP ("vary: {links.0.loss: {values: [1%], title: {en: loss, zh: 丢失率}}}\n"
                                "  measure: [resets]\n  plot: [{kind: cdf, of: resets}]"),
                         &options);
  const SfSweepPlot *own = g_ptr_array_index (sweep->plots, 0), *added = g_ptr_array_index (sweep->plots, 1);

  g_assert_cmpuint (sf_sweep_n_points (sweep), ==, 3);
  g_assert_cmpstr (sf_wording_in (sf_sweep_axis (sweep, 0)->title, "zh"), ==, "丢失率");
  g_assert_cmpuint (sweep->plots->len, ==, 2);
  g_assert_true (own->kind == SF_SWEEP_CHART_CDF && own->measure == 0);
  g_assert_true (added->kind == SF_SWEEP_CHART_LINE && added->measure == 1);
}

/* Ranges of the command line: the number of values, on linear and logarithmic scales. */
static void
test_option_ranges (void)
{
  static const struct
  {
    const char *vary, *values;
  } rows[] = {
    { "links.0.loss=0%:30%:4steps", "0% 10% 20% 30%" },
    { "links.0.loss=0%:30%:4 steps", "0% 10% 20% 30%" },
    { "links.0.rate=1kbit/s:1000kbit/s:4log", "1kbit/s 10kbit/s 100kbit/s 1000kbit/s" },
    { "script.client=[connect: server:80],[wait: 1s]", "[connect: server:80] [wait: 1s]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *varies[] = { rows[i].vary, NULL };
      const SfSweepOptions options = { .varies = varies };
      g_autoptr (SfSweep) sweep = sweeps_make (SWEEPS_LESSON, &options);
      g_autofree char *values = join (sf_sweep_axis (sweep, 0), " ");

      g_assert_cmpstr (values, ==, rows[i].values);
    }
}

/* Sampling given on the command line overrides the scenario, and is stored. */
static void
test_option_sample (void)
{
  const char *varies[] = { "links.0.loss=0%:100%", "links.0.rate=1kbit/s:1Mbit/s:log", NULL };
  const SfSweepOptions random = { .varies = varies, .sample = "latin-hypercube:40" };
  const SfSweepOptions list = { .sample = "list" }, grid = { .sample = "grid" };
  const char *both = SWEEP (
    "sample: {latin-hypercube: 5}\n  vary: {links.0.loss: [1%, 2%, 3%], links.0.delay: [1ms, 2ms, 3ms]}");
  g_autoptr (SfSweep) drawn = sweeps_make (SWEEPS_LESSON, &random);
  g_autoptr (SfSweep) listed = sweeps_make (both, &list);
  g_autoptr (SfSweep) all = sweeps_make (both, &grid);
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSweep)
    again = sf_sweep_restore ("stored", SWEEPS_LESSON, strlen (SWEEPS_LESSON), drawn->command_line, diag);
  gboolean seen[40] = { FALSE };
  guint n_slow = 0;

  g_assert_cmpuint (sf_sweep_n_points (listed), ==, 3);
  g_assert_cmpuint (sf_sweep_n_points (all), ==, 9);
  g_assert_cmpuint (sf_sweep_n_points (drawn), ==, 40);
  g_assert_nonnull (again);
  for (guint i = 0; i < 40; i++)
    {
      guint loss = sf_sweep_value (drawn, i, 0), rate = sf_sweep_value (drawn, i, 1);

      /* Each part of each range once. */
      g_assert_false (seen[loss]);
      seen[loss] = TRUE;
      /* On a logarithmic scale a third of the values is below 10 kbit/s. */
      n_slow += sf_sweep_axis (drawn, 1)->numbers[rate] < 10e3;
      g_assert_cmpuint (sf_sweep_value (again, i, 0), ==, loss);
      g_assert_cmpfloat (sf_sweep_axis (again, 1)->numbers[rate], ==, sf_sweep_axis (drawn, 1)->numbers[rate]);
    }
  g_assert_cmpuint (n_slow, >=, 13);
  g_assert_cmpuint (n_slow, <=, 14);
}

/* Graphs of the command line come after the scenario's, and there are no default graphs then. */
static void
test_option_plots (void)
{
  const char *measures[] = { "segments", "resets", NULL };
  const char *plots[] = { "{kind: cdf, of: segments}", "{kind: line, y: resets, y-scale: log}", NULL };
  const SfSweepOptions options = { .measures = measures, .plots = plots };
  g_autoptr (SfSweep) sweep = sweeps_make (
    SWEEP ("vary: {links.0.loss: [1%, 2%]}\n  measure: [handshake-time]\n  plot: [{kind: line, y: handshake-time}]"),
    &options);
  g_autoptr (SfSweep) alone = sweeps_make (SWEEP ("vary: {links.0.loss: [1%, 2%]}"), &options);
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  gsize len;
  const char *text = sf_source_text (sweep->source, &len);
  g_autoptr (SfSweep) again = sf_sweep_restore ("stored", text, len, sweep->command_line, diag);
  const SfSweepPlot *second = g_ptr_array_index (again->plots, 1), *third = g_ptr_array_index (again->plots, 2);

  g_assert_cmpuint (sweep->plots->len, ==, 3);
  g_assert_cmpuint (alone->plots->len, ==, 2);
  g_assert_cmpuint (again->plots->len, ==, 3);
  g_assert_true (second->kind == SF_SWEEP_CHART_CDF && second->measure == 1);
  g_assert_true (third->kind == SF_SWEEP_CHART_LINE && third->measure == 2 && third->y_log);
}

/* A stored sweep can be rebuilt, and its digest depends on everything that affects results. */
static void
test_restore (void)
{
  const char *varies[] = { "links.0.loss=0%:20%:10%", NULL }, *measures[] = { "segments", NULL };
  const SfOverride sets[] = { { "links.0.delay", "'7s'", NULL } };
  const SfSweepOptions options = {
    .run = { .variant = "slow", .sets = sets, .n_sets = 1, .has_seed = TRUE, .seed = G_MAXUINT64 },
    .varies = varies,
    .measures = measures,
    .replications = 3,
    .precision = "segments:5%"
  };
  g_autoptr (SfSweep) sweep = sweeps_make (SWEEP ("vary: {links.0.rate: [1Mbit/s]}"), &options);
  g_autoptr (SfSweep) other = sweeps_make (SWEEP ("vary: {links.0.rate: [2Mbit/s]}"), &options);
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autofree char *digest = sf_sweep_digest (sweep, "1.0"), *later = sf_sweep_digest (sweep, "1.1");
  g_autofree char *of_other = sf_sweep_digest (other, "1.0"), *of_again = NULL;
  gsize len;
  const char *text = sf_source_text (sweep->source, &len);
  g_autoptr (SfSweep) again = sf_sweep_restore ("stored", text, len, sweep->command_line, diag);

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

/* Expectations of other points than the first are found again, too. */
static void
test_restore_expectations (void)
{
  static const char *const names[] = { "a", "errors: none", "b", "only here" };
  const char *text = SWEEP ("vary: {links.0.delay: [1ms, 2ms], variant: [standard, other], expect.0.name: [a, b]}\n"
                            "  measure: [expectations]");
  g_autoptr (SfSweep) sweep = sweeps_make (text, &no_options);
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSweep) again = sf_sweep_restore ("stored", text, strlen (text), sweep->command_line, diag);

  g_assert_cmpuint (sweep->measures->len, ==, G_N_ELEMENTS (names));
  g_assert_cmpuint (again->measures->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_cmpstr (sf_sweep_measure_at (sweep, i)->expect_name, ==, names[i]);
      g_assert_cmpstr (sf_sweep_measure_at (again, i)->expect_name, ==, names[i]);
    }
}

/* Opening results does not load points again, even if one of them is wrong. */
static void
test_restore_untried (void)
{
  const char *right = SWEEP ("vary: {links.0.loss: [0%, 100%]}"), *wrong = SWEEP ("vary: {links.0.loss: [0%, 101%]}");
  g_autoptr (SfSweep) sweep = sweeps_make (right, &no_options);
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSweep) again = sf_sweep_restore ("stored", wrong, strlen (wrong), sweep->command_line, diag);

  g_assert_nonnull (again);
  g_assert_null (sf_sweep_load_point (again, 1, diag));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
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
  g_test_add_func ("/sweep/one-plot", test_one_plot);
  g_test_add_func ("/sweep/options", test_options);
  g_test_add_func ("/sweep/options-on-top", test_options_on_top);
  g_test_add_func ("/sweep/option-ranges", test_option_ranges);
  g_test_add_func ("/sweep/option-sample", test_option_sample);
  g_test_add_func ("/sweep/option-plots", test_option_plots);
  g_test_add_func ("/sweep/restore", test_restore);
  g_test_add_func ("/sweep/restore-expectations", test_restore_expectations);
  g_test_add_func ("/sweep/restore-untried", test_restore_untried);
  status = g_test_run ();
  sweeps_end ();
  return status;
}
