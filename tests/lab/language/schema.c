/* SPDX-License-Identifier: MIT
 *
 * The shipped schema is the one made from the tables of the loader, and each of its references has a target. Every key
 * is in docs/scenario.md, where its section is described. `schema --print` prints the schema.
 */
#include "lab/language/schema.h"

#include "lab/judge/metrics.h"
#include "lab/language/keys.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define REFERENCE "#/definitions/"

/* There are at least this many keys. */
#define N_KEYS 290

static char *
doc_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "..", "docs", name, NULL);
}

static char *
read_doc (const char *name)
{
  g_autofree char *path = doc_path (name);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
test_shipped (void)
{
  g_autofree char *expected = sf_schema_text (sf_metric_names ()), *shipped = read_doc ("scenario.schema.json");

  if (strcmp (shipped, expected) != 0)
    g_error ("docs/scenario.schema.json is out of date: run 'build/tests/test-lab_language_schema --print "
             ">docs/scenario.schema.json'");
}

/* Returns the number of references in `json`. */
static guint
check_references (json_t *json, const json_t *definitions)
{
  const char *reference = json_string_value (json_object_get (json, "$ref"));
  const char *name;
  guint n = reference != NULL ? 1 : 0;
  size_t i;
  json_t *part;

  if (reference != NULL)
    {
      g_assert_true (g_str_has_prefix (reference, REFERENCE));
      if (json_object_get (definitions, reference + strlen (REFERENCE)) == NULL)
        g_error ("no definition of '%s'", reference);
    }
  json_object_foreach (json, name, part) n += check_references (part, definitions);
  json_array_foreach (json, i, part) n += check_references (part, definitions);
  return n;
}

static void
test_references (void)
{
  g_autofree char *text = sf_schema_text (sf_metric_names ());
  json_auto_t *schema = json_loads (text, JSON_REJECT_DUPLICATES, NULL);

  g_assert_nonnull (schema);
  g_assert_cmpuint (check_references (schema, json_object_get (schema, "definitions")), >=, N_KEYS);
}

/* A passage of docs/scenario.md that describes keys. It begins below `heading`, at the first line that begins with
 * `mark`. It is a row of a table, an item of a list, or else all lines up to the next empty one. In a whole table only
 * the first cell of each row counts. */
typedef struct
{
  const char *heading;
  const char *mark;
} Passage;

#define MATCHER                     \
  {                                 \
    "### Which segments", "| key |" \
  }
#define TOLERANCE                       \
  {                                     \
    "## expect", "Numbers are compared" \
  }
#define CHANCE                              \
  {                                         \
    "## faults", "Every action on segments" \
  }

static const Passage passages[SF_N_SECTIONS][3] = {
  [SF_KEYS_TOP] = { { "## Top level", "| key |" } },
  [SF_KEYS_RUN] = { { "## Top level", "| key of `run` |" } },
  [SF_KEYS_HOST] = { { "## hosts", "| key |" } },
  [SF_KEYS_ROUTER] = { { "### Routers that translate", "| key |" } },
  [SF_KEYS_LINK] = { { "## links", "| key |" } },
  [SF_KEYS_DIRECTION] = { { "## links", "| key |" } },
  [SF_KEYS_JITTER] = { { "### jitter", "| distribution |" } },
  [SF_KEYS_LOSS] = { { "## links", "In the Gilbert–Elliott model" } },
  [SF_KEYS_GILBERT_ELLIOTT] = { { "## links", "In the Gilbert–Elliott model" } },
  [SF_KEYS_REORDER] = { { "## links", "| `reorder` |" } },
  [SF_KEYS_QUEUE] = { { "## links", "| `queue` |" } },
  [SF_KEYS_WHEN] = { { "### Which segments", "| `when` |" } },
  [SF_KEYS_MATCH] = { MATCHER },
  [SF_KEYS_FAULT] = { { "## faults", "faults:" } },
  [SF_KEYS_FAULT_DROP] = { { "## faults", "  - drop:" }, CHANCE },
  [SF_KEYS_FAULT_DELAY] = { { "## faults", "  - delay:" }, CHANCE },
  [SF_KEYS_FAULT_DUPLICATE] = { { "## faults", "  - duplicate:" }, CHANCE },
  [SF_KEYS_FAULT_CORRUPT] = { { "## faults", "  - corrupt:" }, CHANCE },
  [SF_KEYS_FAULT_HOLD] = { { "## faults", "  - hold:" }, CHANCE },
  [SF_KEYS_FAULT_REPLAY] = { { "## faults", "  - replay:" }, CHANCE },
  [SF_KEYS_FAULT_LINK_DOWN] = { { "## faults", "  - link-down:" } },
  [SF_KEYS_FAULT_LINK_UP] = { { "## faults", "  - link-up:" } },
  [SF_KEYS_FAULT_CRASH] = { { "## faults", "  - crash:" } },
  [SF_KEYS_FAULT_REBOOT] = { { "## faults", "  - reboot:" } },
  [SF_KEYS_FAULT_INJECT] = { { "## faults", "  - inject:" } },
  [SF_KEYS_INJECT] = { { "## faults", "`inject` forges" } },
  [SF_KEYS_PROCESS] = { { "## script", "| key of a process |" } },
  [SF_KEYS_STEP] = { { "## script", "| step |" } },
  [SF_KEYS_LISTEN] = { { "## script", "| `listen: 80`" } },
  [SF_KEYS_CONNECT] = { { "## script", "| `connect: {to" } },
  [SF_KEYS_SEND] = { { "## script", "| `send: {text" } },
  [SF_KEYS_OPTION] = { { "## script", "| socket option |" } },
  [SF_KEYS_REPEAT] = { { "## script", "| `repeat:" } },
  [SF_KEYS_VARIANT] = { { "## variants", "variants:" }, { "## variants", "A variant is the document" } },
  [SF_KEYS_CHECK] = { { "## expect", "| check |" }, { "## expect", "A list of checks" } },
  [SF_KEYS_CHECK_STATES] = { { "## expect", "| `states` |" } },
  [SF_KEYS_CHECK_STATE] = { { "## expect", "| `state` |" }, TOLERANCE },
  [SF_KEYS_CHECK_SEGMENTS] = { { "## expect", "| `segments` |" }, TOLERANCE, MATCHER },
  [SF_KEYS_CHECK_DELIVERED] = { { "## expect", "| `delivered` |" } },
  [SF_KEYS_CHECK_ERROR] = { { "## expect", "| `error` |" }, TOLERANCE },
  [SF_KEYS_CHECK_ERRORS] = { { "## expect", "| `errors` |" } },
  [SF_KEYS_CHECK_METRIC] = { { "## expect", "| `metric` |" } },
  [SF_KEYS_CHECK_ENDS] = { { "## expect", "| `ends` |" }, TOLERANCE },
  [SF_KEYS_PREDICT] = { { "## predict", "| key |" }, { "## predict", "Each is a mapping" } },
  [SF_KEYS_PREDICT_STATE] = { { "## predict", "| `state` |" } },
  [SF_KEYS_PREDICT_FINAL] = { { "## predict", "| `final` |" } },
  [SF_KEYS_PREDICT_SEGMENTS] = { { "## predict", "| `segments` |" }, MATCHER },
  [SF_KEYS_PREDICT_NEXT] = { { "## predict", "| `next` |" } },
  [SF_KEYS_PREDICT_ERROR] = { { "## predict", "| `error` |" } },
  [SF_KEYS_SWEEP] = { { "## sweep", "| key of `sweep` |" } },
  [SF_KEYS_SWEEP_AXIS] = { { "### What varies", "| key |" } },
  [SF_KEYS_SWEEP_SAMPLE] = { { "## sweep", "| `sample` |" } },
  [SF_KEYS_SWEEP_PRECISION] = { { "## sweep", "| `precision` |" } },
  [SF_KEYS_SWEEP_MEASURE] = { { "### What is measured", "| measure |" }, { "### What is measured", "`name` is" } },
  [SF_KEYS_SWEEP_PLOT] = { { "### Plots", "| key |" } },
};

/* Returns the first line, from `from` on, that begins with `mark`; NULL if there is none before a line that begins with
 * `end` (`end` may be NULL). */
static const char *
find_line (const char *from, const char *mark, const char *end)
{
  while (from != NULL && !g_str_has_prefix (from, mark))
    {
      const char *next = strchr (from, '\n');

      from = next != NULL && (end == NULL || !g_str_has_prefix (next + 1, end)) ? next + 1 : NULL;
    }
  return from;
}

/* Returns the end of the passage that begins at `start` with `mark`. */
static const char *
end_of (const char *start, const char *mark)
{
  const char *end = g_str_has_prefix (mark, "| `") ? "\n" : g_str_has_prefix (mark, "  - ") ? "\n  - " : "\n\n";
  const char *next = strstr (start, end), *blank = strstr (start, "\n\n");

  return next != NULL && next < blank ? next : blank;
}

/* Appends the first cell of each row of the table `text`. */
static void
append_first_cells (GString *out, const char *text)
{
  g_auto (GStrv) rows = g_strsplit (text, "\n", -1);

  for (guint i = 0; rows[i] != NULL; i++)
    g_string_append_printf (out, "%.*s\n", (int) strcspn (rows[i] + 1, "|"), rows[i] + 1);
}

/* Appends the text of `passage`, which must be there. */
static void
append_passage (GString *out, const char *page, const Passage *passage)
{
  g_autofree char *heading = g_strconcat (passage->heading, "\n", NULL), *text = NULL;
  const char *below = find_line (page, heading, NULL), *start;

  if (below == NULL)
    g_error ("docs/scenario.md has no heading '%s'", passage->heading);
  start = find_line (below + strlen (heading), passage->mark, "#");
  if (start == NULL)
    g_error ("'%s' of docs/scenario.md has no line that begins with '%s'", passage->heading, passage->mark);
  text = g_strndup (start, end_of (start, passage->mark) - start);
  if (g_str_has_prefix (text, "| ") && strchr (text, '\n') != NULL)
    append_first_cells (out, text);
  else
    g_string_append_printf (out, "%s\n", text);
}

/* TRUE if `text` has `key` in backquotes, or with a value: "key: ". */
static gboolean
names_key (const char *text, const char *key)
{
  g_autofree char *name = g_regex_escape_string (key, -1);
  g_autofree char *pattern = g_strdup_printf ("`%s`|(?<![\\w-])%s: ", name, name);

  return g_regex_match_simple (pattern, text, 0, 0);
}

/* Checks that the page describes all keys of `section`; returns their number. */
static guint
check_documented (const char *page, SfSection section)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n;
  const SfKey *keys = sf_section_rows (section, &n);

  for (guint i = 0; i < G_N_ELEMENTS (passages[section]) && passages[section][i].heading != NULL; i++)
    append_passage (text, page, &passages[section][i]);
  for (guint i = 0; i < n; i++)
    if (!names_key (text->str, keys[i].name))
      g_error ("docs/scenario.md does not say what '%s' of %s is, here: %s", keys[i].name, sf_section_name (section),
               text->str);
  return n;
}

static void
test_documented (void)
{
  g_autofree char *page = read_doc ("scenario.md");
  guint n_checked = 0;

  for (guint section = 0; section < SF_N_SECTIONS; section++)
    n_checked += check_documented (page, section);
  g_assert_cmpuint (n_checked, >=, N_KEYS);
}

static void
test_metrics_documented (void)
{
  static const Passage table = { "### Metrics", "| metric |" };
  g_autofree char *page = read_doc ("scenario.md");
  g_autoptr (GString) text = g_string_new (NULL);
  const char *const *metrics = sf_metric_names ();
  guint i;

  append_passage (text, page, &table);
  for (i = 0; metrics[i] != NULL; i++)
    if (!names_key (text->str, metrics[i]))
      g_error ("docs/scenario.md does not say what metric '%s' is", metrics[i]);
  g_assert_cmpuint (i, >, 0);
}

int
main (int argc, char **argv)
{
  if (argc == 2 && strcmp (argv[1], "--print") == 0)
    {
      g_autofree char *text = sf_schema_text (sf_metric_names ());

      return fputs (text, stdout) < 0;
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/shipped", test_shipped);
  g_test_add_func ("/schema/references", test_references);
  g_test_add_func ("/schema/documented", test_documented);
  g_test_add_func ("/schema/metrics-documented", test_metrics_documented);
  return g_test_run ();
}
