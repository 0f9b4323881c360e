/* SPDX-License-Identifier: MIT */
#include "lab/sweep/tables.h"

#include "base/gettext.h"
#include "lab/sweep/store.h"

#include <math.h>
#include <string.h>

#define STRING(x) #x
#define VALUE_OF(x) STRING (x)

/* Longer values are not shown in errors that say what differs. */
#define SHORT 60

/* --- the rows of table sweep --- */

typedef struct
{
  const char *key;
  const char *name; /* its name if it differs; NULL: it may differ, or something else differs as well */
  char *value;
} Fact;

static void
clear_fact (gpointer data)
{
  g_free (((Fact *) data)->value);
}

static void
add (GArray *facts, const char *key, const char *name, char *value)
{
  Fact fact = { key, name, value };

  g_array_append_val (facts, fact);
}

static char *
number (guint64 value)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, value);
}

static char *
wide (guint64 value)
{
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x", value);
}

static const char *
sampling_name (SfSampling sampling)
{
  switch (sampling)
    {
    case SF_SAMPLING_GRID:
      return "grid";
    case SF_SAMPLING_LIST:
      return "list";
    case SF_SAMPLING_LATIN_HYPERCUBE:
      return "latin-hypercube";
    }
  g_return_val_if_reached ("grid");
}

/* Returns the precision as "handshake-time to 0.05". */
static char *
precision_text (const SfSweep *sweep)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (sweep->precise_measure < 0)
    return g_strdup ("");
  return g_strdup_printf ("%s to %s", sf_sweep_measure_at (sweep, (guint) sweep->precise_measure)->name,
                          g_ascii_dtostr (digits, sizeof digits, sweep->precision));
}

/* Returns the overrides of the command line, one per line. */
static char *
sets_text (const SfSweep *sweep)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; sweep->sets != NULL && i < sweep->sets->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (char *) g_ptr_array_index (sweep->sets, i));
  return g_string_free (text, FALSE);
}

/* Returns the axes as "links.0.loss: 0%, 1%", one per line. */
static char *
axes_text (const SfSweep *sweep)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sweep->axes->len; i++)
    {
      const SfSweepAxis *axis = sf_sweep_axis (sweep, i);

      g_string_append_printf (text, "%s%s:", i > 0 ? "\n" : "", axis->path);
      for (guint k = 0; k < axis->texts->len; k++)
        g_string_append_printf (text, "%s %s", k > 0 ? "," : "", (char *) g_ptr_array_index (axis->texts, k));
    }
  return g_string_free (text, FALSE);
}

static char *
measures_text (const SfSweep *sweep)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sweep->measures->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", sf_sweep_measure_at (sweep, i)->name);
  return g_string_free (text, FALSE);
}

static char *
scenario_text (const SfSweep *sweep)
{
  gsize len;
  const char *text = sf_source_text (sweep->source, &len);

  return g_strndup (text, len);
}

/* Returns the rows of table `sweep`, in order. The plainest differences come first. */
static GArray *
facts_of (const SfSweep *sweep, const char *version, guint shard, guint n_shards)
{
  GArray *facts = g_array_new (FALSE, FALSE, sizeof (Fact));

  g_array_set_clear_func (facts, clear_fact);
  add (facts, "file", NULL, g_strdup (sweep->file));
  add (facts, "version", N_ ("the version of the program"), g_strdup (version));
  add (facts, "shard", N_ ("the shard"), number (shard + 1));
  add (facts, "shards", N_ ("the number of shards"), number (n_shards));
  add (facts, "variant", N_ ("the variant"), g_strdup (sweep->variant != NULL ? sweep->variant : ""));
  add (facts, "sets", N_ ("what --set says"), sets_text (sweep));
  add (facts, "seed", N_ ("the seed"), number (sweep->seed));
  add (facts, "sampling", N_ ("the way of choosing points"), g_strdup (sampling_name (sweep->sampling)));
  add (facts, "vary", N_ ("what varies"), axes_text (sweep));
  add (facts, "points", N_ ("the number of points"), number (sf_sweep_n_points (sweep)));
  add (facts, "replications", N_ ("the number of replications"), number (sweep->replications));
  add (facts, "precision", N_ ("the precision"), precision_text (sweep));
  add (facts, "measure", N_ ("what is measured"), measures_text (sweep));
  add (facts, "scenario", N_ ("the scenario"), scenario_text (sweep));
  add (facts, "said", N_ ("the command line"), g_strdup (sweep->command_line != NULL ? sweep->command_line : ""));
  add (facts, "digest", N_ ("the digest"), sf_sweep_digest (sweep, version));
  add (facts, "checksum", NULL, wide (0));
  add (facts, "complete", NULL, g_strdup ("no"));
  return facts;
}

/* --- making --- */

void
sf_tables_append_name (GString *sql, const char *name)
{
  g_string_append_c (sql, '"');
  for (; *name != '\0'; name++)
    {
      if (*name == '"')
        g_string_append_c (sql, '"');
      g_string_append_c (sql, *name);
    }
  g_string_append_c (sql, '"');
}

/* Tables whose columns do not depend on the sweep. */
static const char fixed[] = "PRAGMA application_id = " VALUE_OF (
  SF_TABLES_APPLICATION) ";"
                         "PRAGMA user_version = " SF_TABLES_FORM_TEXT ";"
                         "CREATE TABLE sweep (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
                         "CREATE TABLE axis (id INTEGER PRIMARY KEY, path TEXT NOT NULL, title TEXT NOT NULL,"
                         " unit TEXT NOT NULL);"
                         "CREATE TABLE value (axis INTEGER, id INTEGER, text TEXT NOT NULL, number REAL,"
                         " PRIMARY KEY (axis, id)) WITHOUT ROWID;"
                         "CREATE TABLE measure (id INTEGER PRIMARY KEY, name TEXT NOT NULL, title TEXT NOT NULL,"
                         " unit TEXT NOT NULL, kind TEXT NOT NULL);";

static gboolean
make_tables (SfDatabase *db, const SfSweep *sweep, GError **error)
{
  g_autoptr (GString) sql = g_string_new (fixed);

  g_string_append (sql, "CREATE TABLE point (id INTEGER PRIMARY KEY");
  for (guint i = 0; i < sweep->axes->len; i++)
    {
      g_string_append (sql, ", ");
      sf_tables_append_name (sql, sf_sweep_axis (sweep, i)->path);
      g_string_append (sql, " INTEGER NOT NULL");
    }
  g_string_append (sql,
                   ");CREATE TABLE run (row INTEGER PRIMARY KEY, point INTEGER NOT NULL, replication INTEGER NOT NULL");
  for (guint i = 0; i < sweep->measures->len; i++)
    {
      g_string_append (sql, ", ");
      sf_tables_append_name (sql, sf_sweep_measure_at (sweep, i)->name);
      g_string_append (sql, " INTEGER");
    }
  g_string_append (sql, ");");
  return sf_database_do (db, sql->str, error);
}

static const char *
kind_name (SfMeasureKind kind)
{
  switch (kind)
    {
    case SF_MEASURE_METRIC:
      return "metric";
    case SF_MEASURE_EXPECT:
      return "expect";
    case SF_MEASURE_ERROR:
      return "error";
    case SF_MEASURE_SEGMENTS:
      return "segments";
    }
  g_return_val_if_reached ("metric");
}

/* Executes `statement` with the bound values, and makes it ready for the next row. */
static gboolean
insert (SfDatabase *db, sqlite3_stmt *statement, GError **error)
{
  if (sf_database_step (db, statement, error) != SQLITE_DONE)
    return FALSE;
  sqlite3_reset (statement);
  return TRUE;
}

static void
bind_text (sqlite3_stmt *statement, int place, const char *text)
{
  sqlite3_bind_text (statement, place, text, -1, SQLITE_TRANSIENT);
}

static gboolean
fill_sweep (SfDatabase *db, const GArray *facts, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = sf_database_prepare (db, "INSERT INTO sweep VALUES (?, ?)", error);

  for (guint i = 0; statement != NULL && i < facts->len; i++)
    {
      const Fact *fact = &g_array_index (facts, Fact, i);

      bind_text (statement, 1, fact->key);
      bind_text (statement, 2, fact->value);
      if (!insert (db, statement, error))
        return FALSE;
    }
  return statement != NULL;
}

static gboolean
fill_axes (SfDatabase *db, const SfSweep *sweep, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = sf_database_prepare (db, "INSERT INTO axis VALUES (?, ?, ?, ?)", error);

  for (guint i = 0; statement != NULL && i < sweep->axes->len; i++)
    {
      const SfSweepAxis *axis = sf_sweep_axis (sweep, i);

      sqlite3_bind_int64 (statement, 1, i);
      bind_text (statement, 2, axis->path);
      bind_text (statement, 3, axis->title != NULL ? sf_wording_in (axis->title, NULL) : axis->path);
      bind_text (statement, 4, sf_unit_name (axis->unit));
      if (!insert (db, statement, error))
        return FALSE;
    }
  return statement != NULL;
}

/* Fills table `value`. NAN becomes NULL. */
static gboolean
fill_values (SfDatabase *db, const SfSweep *sweep, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = sf_database_prepare (db, "INSERT INTO value VALUES (?, ?, ?, ?)", error);

  for (guint i = 0; statement != NULL && i < sweep->axes->len; i++)
    {
      const SfSweepAxis *axis = sf_sweep_axis (sweep, i);

      for (guint k = 0; k < axis->texts->len; k++)
        {
          sqlite3_bind_int64 (statement, 1, i);
          sqlite3_bind_int64 (statement, 2, k);
          bind_text (statement, 3, g_ptr_array_index (axis->texts, k));
          sqlite3_bind_double (statement, 4, axis->numbers != NULL ? axis->numbers[k] : NAN);
          if (!insert (db, statement, error))
            return FALSE;
        }
    }
  return statement != NULL;
}

static gboolean
fill_measures (SfDatabase *db, const SfSweep *sweep, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = sf_database_prepare (db, "INSERT INTO measure VALUES (?, ?, ?, ?, ?)", error);

  for (guint i = 0; statement != NULL && i < sweep->measures->len; i++)
    {
      const SfMeasure *measure = sf_sweep_measure_at (sweep, i);

      sqlite3_bind_int64 (statement, 1, i);
      bind_text (statement, 2, measure->name);
      bind_text (statement, 3, measure->title != NULL ? sf_wording_in (measure->title, NULL) : measure->name);
      bind_text (statement, 4, sf_unit_name (measure->unit));
      bind_text (statement, 5, kind_name (measure->kind));
      if (!insert (db, statement, error))
        return FALSE;
    }
  return statement != NULL;
}

static gboolean
fill_points (SfDatabase *db, const SfSweep *sweep, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("INSERT INTO point VALUES (?");
  g_autoptr (sqlite3_stmt) statement = NULL;

  for (guint i = 0; i < sweep->axes->len; i++)
    g_string_append (sql, ", ?");
  g_string_append (sql, ")");
  statement = sf_database_prepare (db, sql->str, error);
  for (guint point = 0; statement != NULL && point < sf_sweep_n_points (sweep); point++)
    {
      sqlite3_bind_int64 (statement, 1, point);
      for (guint i = 0; i < sweep->axes->len; i++)
        sqlite3_bind_int64 (statement, 2 + (int) i, sf_sweep_value (sweep, point, i));
      if (!insert (db, statement, error))
        return FALSE;
    }
  return statement != NULL;
}

gboolean
sf_tables_make (SfDatabase *db, const SfSweep *sweep, const char *version, guint shard, guint n_shards, GError **error)
{
  g_autoptr (GArray) facts = facts_of (sweep, version, shard, n_shards);

  return make_tables (db, sweep, error) && fill_sweep (db, facts, error) && fill_axes (db, sweep, error)
         && fill_values (db, sweep, error) && fill_measures (db, sweep, error) && fill_points (db, sweep, error);
}

/* --- reading --- */

char *
sf_tables_get (SfDatabase *db, const char *key, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = sf_database_prepare (db, "SELECT value FROM sweep WHERE key = ?", error);
  int result;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_text (statement, 1, key, -1, SQLITE_STATIC);
  result = sf_database_step (db, statement, error);
  if (result == SQLITE_ROW && sqlite3_column_type (statement, 0) == SQLITE_TEXT)
    return g_strdup ((const char *) sqlite3_column_text (statement, 0));
  if (result == SQLITE_ROW || result == SQLITE_DONE)
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_DAMAGED, _ ("'%s' is damaged: it does not say '%s'"), db->path,
                 key);
  return NULL;
}

/* Reads the number of `key`, written in base `base`. */
static gboolean
get_number (SfDatabase *db, const char *key, guint base, guint64 *ret_number, GError **error)
{
  g_autofree char *text = sf_tables_get (db, key, error);

  if (text == NULL)
    return FALSE;
  if (g_ascii_string_to_unsigned (text, base, 0, G_MAXUINT64, ret_number, NULL))
    return TRUE;
  g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_DAMAGED, _ ("'%s' is damaged: its '%s' is no number"), db->path,
               key);
  return FALSE;
}

gboolean
sf_tables_get_number (SfDatabase *db, const char *key, guint64 *ret_number, GError **error)
{
  return get_number (db, key, 10, ret_number, error);
}

gboolean
sf_tables_get_wide (SfDatabase *db, const char *key, guint64 *ret_number, GError **error)
{
  return get_number (db, key, 16, ret_number, error);
}

gboolean
sf_tables_set_wide (SfDatabase *db, const char *key, guint64 number, GError **error)
{
  g_autofree char *text = wide (number);

  return sf_tables_set (db, key, text, error);
}

gboolean
sf_tables_set (SfDatabase *db, const char *key, const char *value, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = sf_database_prepare (db, "UPDATE sweep SET value = ? WHERE key = ?", error);

  if (statement == NULL)
    return FALSE;
  bind_text (statement, 1, value);
  bind_text (statement, 2, key);
  return sf_database_step (db, statement, error) == SQLITE_DONE;
}

gboolean
sf_tables_check (SfDatabase *db, gboolean *ret_empty, GError **error)
{
  gint64 n_tables, application, form;

  if (!sf_database_number (db, "SELECT count(*) FROM sqlite_master", &n_tables, error)
      || !sf_database_number (db, "PRAGMA application_id", &application, error)
      || !sf_database_number (db, "PRAGMA user_version", &form, error))
    return FALSE;
  *ret_empty = n_tables == 0 && application == 0;
  if (*ret_empty)
    return TRUE;
  if (application != SF_TABLES_APPLICATION)
    {
      g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_DAMAGED, _ ("'%s' does not hold results of a sweep"),
                   db->path);
      return FALSE;
    }
  if (form != SF_TABLES_FORM)
    {
      g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_DAMAGED, _ ("'%s' is of another version of the program"),
                   db->path);
      return FALSE;
    }
  return TRUE;
}

gboolean
sf_tables_check_pages (SfDatabase *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = sf_database_prepare (db, "PRAGMA quick_check (1)", error);

  if (statement == NULL || sf_database_step (db, statement, error) != SQLITE_ROW)
    return FALSE;
  if (strcmp ((const char *) sqlite3_column_text (statement, 0), "ok") == 0)
    return TRUE;
  g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_DAMAGED, _ ("'%s' is damaged"), db->path);
  return FALSE;
}

/* --- comparing --- */

/* Sets `error` to say that `fact` differs in the file, which has `there`. */
static void
fail_with_fact (SfDatabase *db, const Fact *fact, const char *there, GError **error)
{
  gboolean brief = strlen (there) <= SHORT && strlen (fact->value) <= SHORT && strchr (there, '\n') == NULL
                   && strchr (fact->value, '\n') == NULL;

  if (brief)
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_OTHER_SWEEP,
                 _ ("'%s' holds results of another sweep: %s is '%s' there, and '%s' here"), db->path, _ (fact->name),
                 there, fact->value);
  else
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_OTHER_SWEEP,
                 _ ("'%s' holds results of another sweep: %s is not the same"), db->path, _ (fact->name));
}

gboolean
sf_tables_compare (SfDatabase *db, const SfSweep *sweep, const char *version, guint shard, guint n_shards,
                   GError **error)
{
  g_autoptr (GArray) facts = facts_of (sweep, version, shard, n_shards);

  for (guint i = 0; i < facts->len; i++)
    {
      const Fact *fact = &g_array_index (facts, Fact, i);
      g_autofree char *there = sf_tables_get (db, fact->key, error);

      if (there == NULL)
        return FALSE;
      if (fact->name != NULL && strcmp (there, fact->value) != 0)
        {
          fail_with_fact (db, fact, there, error);
          return FALSE;
        }
    }
  return TRUE;
}

/* --- finishing --- */

/* Offsets in the header of a SQLite file at which it counts its commits (https://sqlite.org/fileformat.html, sections
 * 1.3.7 and 1.3.14). Their number depends on timing. Both are set to a value above any real count, so that programs
 * that hold pages in memory notice the change. */
static const gint64 counts_at[] = { 24, 92 };
static const guint8 many[4] = { 0x80 };

static gboolean
is_sealed (sqlite3_file *file)
{
  for (guint i = 0; i < G_N_ELEMENTS (counts_at); i++)
    {
      guint8 count[sizeof many];

      if (file->pMethods->xRead (file, count, sizeof count, counts_at[i]) != SQLITE_OK
          || memcmp (count, many, sizeof many) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
seal (SfDatabase *db, sqlite3_file *file, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (counts_at); i++)
    {
      int result = file->pMethods->xWrite (file, many, sizeof many, counts_at[i]);

      if (result != SQLITE_OK)
        {
          g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED, _ ("cannot write '%s': %s"), db->path,
                       sqlite3_errstr (result));
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
sf_tables_seal (SfDatabase *db, GError **error)
{
  sqlite3_file *file = NULL;
  gboolean ok;

  sqlite3_file_control (db->sqlite, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (is_sealed (file))
    return TRUE;
  if (!sf_database_do (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  ok = seal (db, file, error);
  return sf_database_do (db, "ROLLBACK", ok ? error : NULL) && ok;
}
