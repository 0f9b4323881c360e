/* SPDX-License-Identifier: MIT
 *
 * Exports results that were made by hand: the columns that docs/sweeps-db.md promises, quoting, and files that are
 * complete or do not appear.
 */
#include "results/export.h"
#include "tests/support/sweeps.h"

#include <string.h>

#define NONE SF_NO_VALUE

#define SECTION                                               \
  "  vary: {links.0.loss: [0%, 20%], links.0.delay: [5ms]}\n" \
  "  replications: 2\n"                                       \
  "  measure: [{metric: handshake-time, name: time}, segments]\n"

/* The first point has handshakes of 10 and 20 ms, the second none and one of 3 s; eight segments each. */
static const gint64 values[] = { 10000000, 8, 20000000, 8, NONE, 8, 3000000000, 8 };

typedef struct
{
  SfSweep *sweep;
  SfStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->sweep = sweeps_load (SECTION);
  fixture->store = sweeps_fill (fixture->sweep, "export.sqlite", values);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  sf_store_close (fixture->store);
  sf_sweep_free (fixture->sweep);
  sweeps_remove ("export.sqlite");
}

/* Returns the content of file `name`, and removes the file. */
static char *
take_file (const char *name)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (sweeps_path (name), &text, NULL, &error);
  g_assert_no_error (error);
  sweeps_remove (name);
  return text;
}

static char *
export_runs (const Fixture *fixture, const char *name, gboolean json)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sf_sweep_export_runs (fixture->store, fixture->sweep, sweeps_path (name), json, &error));
  g_assert_no_error (error);
  return take_file (name);
}

static char *
export_stats (const Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfPointStats) stats = sf_point_stats_new (fixture->store, fixture->sweep, 1, &error);

  g_assert_no_error (error);
  g_assert_true (sf_sweep_export_stats (stats, fixture->sweep, sweeps_path (name), &error));
  g_assert_no_error (error);
  return take_file (name);
}

/* Parameters are in base units: 5 ms in ns, 20 % as 0.2. */
static void
test_csv (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = export_runs (fixture, "runs.csv", FALSE);

  g_assert_cmpstr (text, ==,
                   "row,point,replication,links.0.loss,links.0.delay,time,segments\n"
                   "1,0,0,0,5000000,10000000,8\n"
                   "2,0,1,0,5000000,20000000,8\n"
                   "3,1,0,0.2,5000000,,8\n"
                   "4,1,1,0.2,5000000,3000000000,8\n");
}

static void
test_jsonl (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = export_runs (fixture, "runs.jsonl", TRUE);

  g_assert_cmpstr (text, ==,
                   "{\"row\":1,\"point\":0,\"replication\":0,\"links.0.loss\":0,\"links.0.delay\":5000000,\"time\":"
                   "10000000,\"segments\":8}\n"
                   "{\"row\":2,\"point\":0,\"replication\":1,\"links.0.loss\":0,\"links.0.delay\":5000000,\"time\":"
                   "20000000,\"segments\":8}\n"
                   "{\"row\":3,\"point\":1,\"replication\":0,\"links.0.loss\":0.2,\"links.0.delay\":5000000,\"time\":"
                   "null,\"segments\":8}\n"
                   "{\"row\":4,\"point\":1,\"replication\":1,\"links.0.loss\":0.2,\"links.0.delay\":5000000,\"time\":"
                   "3000000000,\"segments\":8}"
                   "\n");
}

/* Returns the first `n` columns of line `i` of `text`. */
static char *
columns_of (const char *text, guint i, guint n)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) columns = NULL;

  g_assert_cmpuint (g_strv_length (lines), >, i);
  columns = g_strsplit (lines[i], ",", -1);
  g_assert_cmpuint (g_strv_length (columns), >=, n);
  for (guint k = n; columns[k] != NULL; k++)
    g_clear_pointer (&columns[k], g_free);
  return g_strjoinv (",", columns);
}

/* The second point has one value, so no standard deviation and no interval. */
static void
test_stats (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = export_stats (fixture, "stats.csv");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *first = columns_of (text, 1, 8);

  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 2 * 2 + 1);
  g_assert_cmpstr (lines[0], ==,
                   "point,links.0.loss,links.0.delay,measure,unit,n,missing,mean,sd,median,p5,p95,low,high");
  g_assert_cmpstr (first, ==, "0,0,5000000,time,ns,2,0,15000000");
  g_assert_cmpstr (lines[2], ==, "0,0,5000000,segments,,2,0,8,0,8,8,8,8,8");
  g_assert_cmpstr (lines[3], ==, "1,0.2,5000000,time,ns,1,1,3000000000,,3000000000,3000000000,3000000000,,");
}

/* The name of the file decides the format. */
static void
test_stats_json (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = export_stats (fixture, "stats.jsonl");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 2 * 2 + 1);
  g_assert_cmpstr (lines[1], ==,
                   "{\"point\":0,\"links.0.loss\":0,\"links.0.delay\":5000000,\"measure\":\"segments\",\"unit\":null,"
                   "\"n\":2,\"missing\":0,\"mean\":8,\"sd\":0,\"median\":8,\"p5\":8,\"p95\":8,\"low\":8,\"high\":8}");
  g_assert_nonnull (strstr (lines[2], "\"sd\":null,"));
}

/* --- quoting --- */

static const struct
{
  const char *text, *csv, *json; /* a value, and how it is written in a line */
} quoted[] = {
  { "two-way", "two-way", "\"two-way\"" },
  { "a,b", "\"a,b\"", "\"a,b\"" },
  { "say \"x\"", "\"say \"\"x\"\"\"", "\"say \\\"x\\\"\"" },
  { "a\nb", "\"a\nb\"", "\"a\\nb\"" },
  { "back\\slash", "back\\slash", "\"back\\\\slash\"" },
  { "丢失", "丢失", "\"丢失\"" },
  { "", "", "\"\"" },
};

static void
test_quoting (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  SfSweepAxis *axis = sf_sweep_axis (fixture->sweep, 0);

  axis->numeric = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (quoted); i++)
    {
      g_autofree char *csv = NULL, *json = NULL;
      g_autofree char *expected_csv = g_strdup_printf ("\n1,0,0,%s,5000000,10000000,8\n", quoted[i].csv);
      g_autofree char *expected_json = g_strdup_printf (",\"links.0.loss\":%s,\"links.0.delay\":", quoted[i].json);

      g_free (axis->texts->pdata[0]);
      axis->texts->pdata[0] = g_strdup (quoted[i].text);
      csv = export_runs (fixture, "quoted.csv", FALSE);
      json = export_runs (fixture, "quoted.jsonl", TRUE);
      if (strstr (csv, expected_csv) == NULL)
        g_error ("no '%s' in\n%s", expected_csv, csv);
      if (strstr (json, expected_json) == NULL)
        g_error ("no '%s' in\n%s", expected_json, json);
    }
}

/* --- complete or not at all --- */

/* Damaged results are not exported, and an old file stays. */
static void
test_damaged (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *path = sweeps_path ("runs.csv");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  sweeps_change_file (sweeps_path ("export.sqlite"), "UPDATE run SET segments = 9 WHERE row = 4");
  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_assert_false (sf_sweep_export_runs (fixture->store, fixture->sweep, path, FALSE, &error));
  sweeps_assert_error (&error, SF_STORE_ERROR_DAMAGED, "damaged");
  text = take_file ("runs.csv");
  g_assert_cmpstr (text, ==, "old");
}

static void
test_nowhere (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (sweeps_path ("none"), "runs.csv", NULL);
  g_autoptr (GError) runs = NULL, stats = NULL;
  g_autoptr (SfPointStats) point_stats = sf_point_stats_new (fixture->store, fixture->sweep, 1, NULL);

  g_assert_false (sf_sweep_export_runs (fixture->store, fixture->sweep, path, FALSE, &runs));
  g_assert_error (runs, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_false (sf_sweep_export_stats (point_stats, fixture->sweep, path, &stats));
  g_assert_error (stats, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/results/export/csv", test_csv },         { "/results/export/jsonl", test_jsonl },
    { "/results/export/stats", test_stats },     { "/results/export/stats-json", test_stats_json },
    { "/results/export/quoting", test_quoting }, { "/results/export/damaged", test_damaged },
    { "/results/export/nowhere", test_nowhere },
  };
  int status;

  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();
  sweeps_end ();
  return status;
}
