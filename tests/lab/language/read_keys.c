/* SPDX-License-Identifier: MIT
 *
 * The rows of keys agree with the loader and the schema. For every key with a range, a scenario is loaded with the
 * values at the ends of the range and beyond them. Every field can hold its range, and the schema has the same range.
 */
#include "lab/language/read_keys.h"

#include "base/source_file.h"
#include "lab/language/scenario.h"
#include "lab/language/schema.h"

#include <jansson.h>
#include <string.h>

#define HOSTS "synfin: 1\ntitle: t\nhosts: {a: {}, b: {}}\n"
#define LINKS HOSTS "links: [{between: [a, b]}]\n"
#define STEP LINKS "script:\n  a:\n    - connect: b:80\n    - "

/* A scenario for each section with ranges. '@' is replaced by the key that is tried and by `others`, the keys that the
 * section needs. */
static const struct
{
  SfSection section;
  const char *scenario;
  const char *others[6];
} places[] = {
  { SF_KEYS_RUN, LINKS "run: {@}\n", { "time-limit: 31536000s" } },
  { SF_KEYS_HOST,
    "synfin: 1\ntitle: t\nhosts: {a: {@}, b: {}}\nlinks: [{between: [a, b]}]\n",
    { "address: 10.0.0.1" } },
  { SF_KEYS_ROUTER,
    HOSTS "routers: [{name: r, translates: [a], @}]\nlinks: [{between: [a, r]}, {between: [r, b]}]\n",
    { NULL } },
  { SF_KEYS_LINK, HOSTS "links: [{between: [a, b], @}]\n", { NULL } },
  { SF_KEYS_DIRECTION, HOSTS "links: [{between: [a, b], to b: {@}}]\n", { NULL } },
  { SF_KEYS_REORDER, HOSTS "links: [{between: [a, b], reorder: {@}}]\n", { "probability: 1%", "by: 1s" } },
  { SF_KEYS_QUEUE, HOSTS "links: [{between: [a, b], queue: {@}}]\n", { NULL } },
  { SF_KEYS_MATCH, LINKS "faults: [drop: {@}]\n", { NULL } },
  { SF_KEYS_FAULT_DELAY, LINKS "faults: [{@}]\n", { "delay: {}", "by: 1s" } },
  { SF_KEYS_FAULT_DUPLICATE, LINKS "faults: [{@}]\n", { "duplicate: {}" } },
  { SF_KEYS_FAULT_HOLD, LINKS "faults: [{@}]\n", { "hold: {}", "until: 1s" } },
  { SF_KEYS_FAULT_REPLAY, LINKS "faults: [{@}]\n", { "replay: {}", "at: 1s" } },
  { SF_KEYS_FAULT_LINK_DOWN, LINKS "faults: [{@}]\n", { "link-down: a-b", "at: 1s" } },
  { SF_KEYS_FAULT_LINK_UP, LINKS "faults: [{@}]\n", { "link-up: a-b", "at: 1s" } },
  { SF_KEYS_FAULT_CRASH, LINKS "faults: [{@}]\n", { "crash: a", "at: 1s" } },
  { SF_KEYS_FAULT_REBOOT, LINKS "faults: [{@}]\n", { "reboot: a", "at: 1s" } },
  { SF_KEYS_FAULT_INJECT,
    LINKS "faults: [{@}]\n",
    { "inject: {from: a, to: b, sport: 1, dport: 2, flags: S}", "at: 1s" } },
  { SF_KEYS_INJECT,
    LINKS "faults: [{at: 1s, inject: {@}}]\n",
    { "from: a", "to: b", "sport: 1", "dport: 2", "flags: S" } },
  { SF_KEYS_PROCESS, LINKS "script: [{@}]\n", { "host: a", "steps: [accept]" } },
  { SF_KEYS_STEP, STEP "@\n", { NULL } },
  { SF_KEYS_LISTEN, STEP "listen: {@}\n", { "port: 80" } },
  { SF_KEYS_CONNECT, STEP "connect: {@}\n", { "to: b:81" } },
  { SF_KEYS_SEND, STEP "send: {@}\n", { NULL } },
  { SF_KEYS_OPTION, STEP "option: {@}\n", { NULL } },
  { SF_KEYS_REPEAT, STEP "repeat: {@}\n", { "times: 1", "steps: [close]" } },
};

/* Returns the index of `section` in `places`; it must be there. */
static guint
place_of (SfSection section)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i].section == section)
      return i;
  g_error ("the ranges of %s are tried nowhere", sf_section_name (section));
}

static gboolean
is_time (const SfKey *key)
{
  return key->type == SF_TYPE_TIME;
}

/* Returns `value` + `further` (-1, 0 or 1) as YAML; the sum may be above G_MAXINT64. */
static char *
print_value (const SfKey *key, gint64 value, int further)
{
  g_autofree char *number = further > 0 ? g_strdup_printf ("%" G_GUINT64_FORMAT, (guint64) value + 1)
                                        : g_strdup_printf ("%" G_GINT64_FORMAT, value + further);

  return g_strconcat (number, is_time (key) ? "ns" : "", NULL);
}

/* Returns the scenario that has `value` at `key`. */
static char *
scenario_with (guint place, const SfKey *key, const char *value)
{
  g_autoptr (GString) keys = g_string_new (NULL);
  g_autofree char *own = g_strconcat (key->name, ":", NULL);
  g_auto (GStrv) parts = g_strsplit (places[place].scenario, "@", 2);

  g_string_printf (keys, key->type == SF_TYPE_TS ? "%s: [%s, 0]" : "%s: %s", key->name, value);
  for (guint i = 0; i < G_N_ELEMENTS (places[place].others) && places[place].others[i] != NULL; i++)
    if (!g_str_has_prefix (places[place].others[i], own))
      g_string_append_printf (keys, ", %s", places[place].others[i]);
  return g_strconcat (parts[0], keys->str, parts[1], NULL);
}

/* Loads the scenario with `value` at `key`, which must be accepted if `taken`, else refused with a message about it. */
static void
try_value (SfSection section, const SfKey *key, const char *value, gboolean taken)
{
  g_autofree char *text = scenario_with (place_of (section), key, value);
  g_autofree char *quoted = g_strdup_printf ("'%s'", value);
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfScenario) scenario = sf_scenario_parse (text, strlen (text), "t", NULL, NULL, 0, diag);
  const SfDiagnostic *error = sf_diagnostics_error (diag);

  if ((scenario != NULL) != taken)
    g_error ("%s: %s of %s is %s: %s", text, key->name, sf_section_name (section), taken ? "refused" : "taken",
             error != NULL ? error->message : "");
  if (!taken && !g_str_has_prefix (error->message, quoted))
    g_error ("%s: %s", text, error->message);
}

static void
try_range (SfSection section, const SfKey *key, gint64 min, gint64 max)
{
  g_autofree char *lowest = print_value (key, min, 0), *below = print_value (key, min, -1);
  g_autofree char *highest = print_value (key, max, 0), *above = print_value (key, max, 1);

  try_value (section, key, lowest, TRUE);
  try_value (section, key, highest, TRUE);
  try_value (section, key, below, FALSE);
  try_value (section, key, above, FALSE);
}

/* Checks a range; returns TRUE if it compared something. */
typedef gboolean (*RangeCheck) (SfSection section, const SfKey *key, gint64 min, gint64 max);

/* Calls `check` for every key that is read by its row and has a range; returns how many calls compared something. */
static guint
for_each_range (RangeCheck check)
{
  guint n_checked = 0, n;

  for (guint section = 0; section < SF_N_SECTIONS; section++)
    {
      const SfKey *keys = sf_section_rows (section, &n);

      for (guint i = 0; i < n; i++)
        {
          gint64 min, max;

          if (keys[i].size == 0 || !sf_key_range (&keys[i], &min, &max))
            continue;
          n_checked += check (section, &keys[i], min, max);
        }
    }
  return n_checked;
}

/* Tries the range in a scenario. Skips matchers of checks and questions: lab/judge/ reads them by the same rows. */
static gboolean
try_in_loader (SfSection section, const SfKey *key, gint64 min, gint64 max)
{
  if (section == SF_KEYS_CHECK_SEGMENTS || section == SF_KEYS_PREDICT_SEGMENTS)
    return FALSE;
  try_range (section, key, min, max);
  return TRUE;
}

static void
test_loader (void)
{
  g_assert_cmpuint (for_each_range (try_in_loader), >=, 50);
}

/* Returns the whole number of `size` bytes at `field`. */
static guint64
number_at (const void *field, guint size)
{
  guint64 number = 0;

  g_assert_true (size == 1 || size == 2 || size == 4 || size == 8);
  for (guint i = 0; i < size; i++)
    number |= (guint64) ((const guint8 *) field)[G_BYTE_ORDER == G_LITTLE_ENDIAN ? i : size - 1 - i] << (8 * i);
  return number;
}

/* Reads the largest value: the field must hold it, and no other byte may change. */
static gboolean
try_field (G_GNUC_UNUSED SfSection section, const SfKey *key, G_GNUC_UNUSED gint64 min, gint64 max)
{
  g_autofree char *value = print_value (key, max, 0);
  g_autofree guint8 *into = g_malloc0 (4096), *zero = g_malloc0 (4096);
  g_autoptr (SfSource) source = sf_source_new ("t", value, strlen (value));
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfDocument) doc = sf_document_parse (source, diag);
  guint at = key->base + key->at, n_fields = key->type == SF_TYPE_COUNT_RANGE ? 2 : 1;

  if (key->read != NULL)
    return FALSE;
  g_assert_true (sf_read_key (sf_document_root (doc), key, NULL, diag, into));
  for (guint i = 0; i < n_fields; i++, at += key->size)
    {
      g_assert_cmpuint (number_at (into + at, key->size), ==, (guint64) max);
      memset (into + at, 0, key->size);
    }
  if (key->seen != 0)
    {
      g_assert_cmpuint (number_at (into + key->base + key->seen, sizeof (gboolean)), ==, TRUE);
      memset (into + key->base + key->seen, 0, sizeof (gboolean));
    }
  g_assert_cmpmem (into, 4096, zero, 4096);
  return TRUE;
}

static void
test_fields (void)
{
  g_assert_cmpuint (for_each_range (try_field), >=, 60);
}

/* Returns the definition of the type of `key` in the schema. */
static const json_t *
definition_of (const json_t *schema, SfSection section, const SfKey *key)
{
  g_autofree char *id = sf_section_id (section), *name = g_strconcat ("keys-", id, NULL);
  const json_t *definitions = json_object_get (schema, "definitions");
  const json_t *property = json_object_get (json_object_get (json_object_get (definitions, name), "properties"),
                                            key->name);
  const char *reference = json_string_value (
    json_object_get (json_array_get (json_object_get (property, "allOf"), 0), "$ref"));

  g_assert_nonnull (reference);
  return json_object_get (definitions, strrchr (reference, '/') + 1);
}

/* Checks that the schema gives a whole number the range of its type, and that the range of the row is within it. */
static gboolean
check_schema (const json_t *definition, const SfKey *key)
{
  const json_t *least = json_object_get (definition, "minimum"), *most = json_object_get (definition, "maximum");
  gint64 min, max, highest = most != NULL ? json_integer_value (most) : G_MAXINT64;

  if (g_strcmp0 (json_string_value (json_object_get (definition, "type")), "integer") != 0)
    return FALSE;
  g_assert_true (sf_key_range (key, &min, &max));
  g_assert_cmpint (min, >=, json_integer_value (least));
  g_assert_cmpint (max, <=, highest);
  if (key->max == 0)
    {
      g_assert_cmpint (min, ==, json_integer_value (least));
      g_assert_cmpint (max, ==, highest);
    }
  return TRUE;
}

static void
test_schema (void)
{
  const char *const metrics[] = { "segments", NULL };
  g_autofree char *text = sf_schema_text (metrics);
  json_auto_t *schema = json_loads (text, 0, NULL);
  guint n_checked = 0, n;

  for (guint section = 0; section < SF_N_SECTIONS; section++)
    {
      const SfKey *keys = sf_section_rows (section, &n);

      for (guint i = 0; i < n; i++)
        n_checked += check_schema (definition_of (schema, section, &keys[i]), &keys[i]);
    }
  g_assert_cmpuint (n_checked, >=, 40);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/read-keys/loader", test_loader);
  g_test_add_func ("/read-keys/fields", test_fields);
  g_test_add_func ("/read-keys/schema", test_schema);
  return g_test_run ();
}
