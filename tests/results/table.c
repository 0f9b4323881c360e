/* SPDX-License-Identifier: MIT
 *
 * The table of a sweep whose results were made by hand: units, digits, columns, and their layout.
 */
#include "results/table.h"
#include "tests/support/sweeps.h"

#include <string.h>

#define NONE SF_NO_VALUE
#define MS(n) ((gint64) (n) *1000000)

/* Returns the table for `section`, with the results `values`, see sweeps_fill(). */
static char *
table_of (const char *section, const gint64 *values, const SfTextStyle *style)
{
  g_autoptr (SfSweep) sweep = sweeps_load (section);
  g_autoptr (SfStore) store = sweeps_fill (sweep, "table.sqlite", values);
  g_autoptr (GError) error = NULL;
  g_autoptr (SfPointStats) stats = sf_point_stats_new (store, sweep, 1, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  sf_sweep_table (out, stats, sweep, style);
  sf_store_close (g_steal_pointer (&store));
  sweeps_remove ("table.sqlite");
  return g_string_free (out, FALSE);
}

/* 10, 20, 30 and 40 ms have mean 25, standard deviation √(500 / 3) = 12.91, and half an interval of 3.182 × 12.91 / √4
 * = 20.54. Between neighbors of the sorted values, 5 % is at 10 + 0.15 × 10 and 95 % at 30 + 0.85 × 10. The smallest
 * mean has three digits: 10.0. */
#define TIMES \
  "  vary: {links.0.loss: [0%, 20%]}\n  replications: 4\n  measure: [{metric: handshake-time, name: time}]\n"
static const gint64 times[] = { MS (10), MS (10), MS (10), MS (10), MS (10), MS (20), MS (30), MS (40) };

static void
test_times (void)
{
  g_autofree char *text = table_of (TIMES, times, &(SfTextStyle){ .width = 100 });

  g_assert_cmpstr (text, ==,
                   "a test\n"
                   "2 points, 4 runs each, seed 1\n"
                   "\n"
                   "time, in ms\n"
                   "  loss  n  mean  ± 95 %  median   5 %  95 %    sd\n"
                   "  0%    4  10.0     0.0    10.0  10.0  10.0   0.0\n"
                   "  20%   4  25.0    20.5    25.0  11.5  38.5  12.9\n");
}

/* In a line that is too wide the point stands above the values. */
static void
test_narrow (void)
{
  g_autofree char *text = table_of (TIMES, times, &(SfTextStyle){ .width = 48 });
  g_autofree char *wide = table_of (TIMES, times, &(SfTextStyle){ .width = 49 });
  g_autofree char *unlimited = table_of (TIMES, times, &(SfTextStyle){ .width = 0 });

  g_assert_nonnull (strstr (text, "time, in ms\n"
                                  "    n  mean  ± 95 %  median   5 %  95 %    sd\n"
                                  "  loss = 0%\n"
                                  "    4  10.0     0.0    10.0  10.0  10.0   0.0\n"
                                  "  loss = 20%\n"
                                  "    4  25.0    20.5    25.0  11.5  38.5  12.9\n"));
  g_assert_nonnull (strstr (wide, "\n  loss  n  mean"));
  g_assert_nonnull (strstr (unlimited, "\n  loss  n  mean"));
}

/* Runs without a value are counted separately. A dash stands for a missing value. */
static void
test_missing (void)
{
  const gint64 values[] = { MS (10), MS (30), NONE, NONE, MS (20), NONE };
  g_autofree char *text = table_of ("  vary: {links.0.loss: [0%, 20%, 60%]}\n  replications: 2\n"
                                    "  measure: [{metric: handshake-time, name: time}]\n",
                                    values, &(SfTextStyle){ .width = 100 });

  /* Student's t of two values is 12.706, their standard deviation √200 = 14.14: 12.706 × 14.14 / √2 = 127.06. */
  g_assert_nonnull (strstr (text, "time, in ms\n"
                                  "  loss  n  none  mean  ± 95 %  median   5 %  95 %    sd\n"
                                  "  0%    2     0  20.0   127.1    20.0  11.0  29.0  14.1\n"
                                  "  20%   0     2     –       –       –     –     –     –\n"
                                  "  60%   1     1  20.0       –    20.0  20.0  20.0     –\n"));
}

/* Wilson's interval of 4 of 4 is 1 / (1 + 3.8415 / 4) = 51.0 to 100 %; of 2 of 4, 15.0 to 85.0 %. Two digits of half
 * the narrower one, 24 %, are whole percents. */
static void
test_shares (void)
{
  const gint64 values[] = { 1, 1, 1, 1, 0, 1, 0, 1 };
  g_autofree char *text = g_strconcat (SWEEPS_LESSON,
                                       "sweep:\n  vary: {links.0.delay: [5ms, 50ms]}\n  replications: 4\n"
                                       "  measure: [{expect: read, name: in-time, title: read in time}]\n",
                                       NULL);
  g_autoptr (SfSweep) sweep = sweeps_make (text, &(SfSweepOptions){ 0 });
  g_autoptr (SfStore) store = sweeps_fill (sweep, "shares.sqlite", values);
  g_autoptr (SfPointStats) stats = sf_point_stats_new (store, sweep, 1, NULL);
  g_autoptr (GString) out = g_string_new (NULL);

  sf_sweep_table (out, stats, sweep, &(SfTextStyle){ .width = 100 });
  g_assert_nonnull (strstr (out->str, "read in time, in %\n"
                                      "  delay  n  share  interval (95 %)\n"
                                      "  5ms    4    100         51 … 100\n"
                                      "  50ms   4     50          15 … 85\n"));
}

/* --- units and digits --- */

/* A single point with two runs. */
static const struct
{
  const char *name, *measure;
  gint64 values[2];
  const char *title; /* end of the title of the table, from the name of the measure on */
  const char *mean;
} numbers[] = {
  { "seconds", "handshake-time", { MS (3000), MS (3000) }, "x, in s\n", "3.00" },
  { "milliseconds", "handshake-time", { MS (900), MS (900) }, "x, in ms\n", "900" },
  { "microseconds", "handshake-time", { 12340, 12340 }, "x, in us\n", "12.3" },
  { "nanoseconds", "handshake-time", { 7, 7 }, "x, in ns\n", "7.00" },
  { "no-time", "handshake-time", { 0, 0 }, "x, in s\n", "0" },
  { "kilobytes", "delivered-bytes", { 1500, 1500 }, "x, in kB\n", "1.50" },
  { "no-bytes", "delivered-bytes", { 0, 0 }, "x, in B\n", "0" },
  /* The greatest number decides the unit. */
  { "greatest", "handshake-time", { MS (1), MS (3000) }, "x, in s\n", "1.50" },
  /* Counts are whole, unless their means are not. */
  { "count", "segments", { 7, 7 }, "x\n", "7" },
  { "half", "segments", { 7, 8 }, "x\n", "7.50" },
  { "hundreds", "segments", { 1000, 1001 }, "x\n", "1000" },
};

/* Returns the mean in the only row of `text`. */
static char *
mean_in (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  const char *last = lines[g_strv_length (lines) - 2];
  g_autoptr (GRegex) spaces = g_regex_new (" +", 0, 0, NULL);
  g_auto (GStrv) cells = g_regex_split (spaces, last, 0);

  /* "", "0%", n, mean, … */
  g_assert_cmpuint (g_strv_length (cells), >, 4);
  return g_strdup (cells[3]);
}

static void
test_number (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *section = g_strdup_printf ("  vary: {links.0.loss: [0%%]}\n  replications: 2\n"
                                              "  measure: [{metric: %s, name: x}]\n",
                                              numbers[i].measure);
  g_autofree char *text = table_of (section, numbers[i].values, &(SfTextStyle){ .width = 100 });
  g_autofree char *title = g_strconcat ("\n\n", numbers[i].title, NULL);
  g_autofree char *mean = mean_in (text);

  if (strstr (text, title) == NULL)
    g_error ("no '%s' in\n%s", numbers[i].title, text);
  g_assert_cmpstr (mean, ==, numbers[i].mean);
}

/* --- the heading --- */

static const struct
{
  const char *name, *section, *expected;
} headings[] = {
  { "one", "  vary: {links.0.loss: [0%]}\n  measure: [segments]\n", "1 point, 1 run each, seed 1\n" },
  { "runs", "  vary: {links.0.loss: [0%]}\n  measure: [segments]\n  replications: 3\n",
    "1 point, 3 runs each, seed 1\n" },
  { "precision",
    "  vary: {links.0.loss: [0%]}\n  measure: [segments]\n  replications: 3\n  precision: {of: segments, to: 5%}\n",
    "1 point, up to 3 runs each, seed 1\n" },
};

static void
test_heading (gconstpointer data)
{
  const gint64 values[] = { 5, 5, 5 };
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *text = table_of (headings[i].section, values, &(SfTextStyle){ .width = 100 });

  if (strstr (text, headings[i].expected) == NULL)
    g_error ("no '%s' in\n%s", headings[i].expected, text);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
  g_test_add_func ("/results/table/times", test_times);
  g_test_add_func ("/results/table/narrow", test_narrow);
  g_test_add_func ("/results/table/missing", test_missing);
  g_test_add_func ("/results/table/shares", test_shares);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *path = g_strconcat ("/results/table/number/", numbers[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_number);
    }
  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    {
      g_autofree char *path = g_strconcat ("/results/table/heading/", headings[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_heading);
    }
  status = g_test_run ();
  sweeps_end ();
  return status;
}
