/* SPDX-License-Identifier: MIT
 *
 * Makes the JSON Schema from the tables.
 */
#include "lab/language/schema.h"

#include "base/json.h"
#include "lab/language/charts.h"
#include "lab/language/keys.h"
#include "lab/language/limits.h"
#include "models/names.h"
#include "models/tcp/profile.h"
#include "models/tcp/state.h"

/* Pattern of the keys of a link that hold overrides of one direction. */
#define TOWARD "^to "

/* --- pieces, as lab/language/types.inc calls them --- */

/* clang-format off */
#define TYPE(id) type_reference (SF_TYPE_##id)
#define KEYS(id) keys_reference (SF_KEYS_##id)
#define NUMBER(n) json_integer (n)
#define TEXT(text) json_string (text)
#define TEXTS(...) texts ((const char *const[]){ __VA_ARGS__, NULL })
#define LIST(...) list ((json_t *const[]){ __VA_ARGS__, NULL })
#define OBJECT(...) object (__VA_ARGS__, NULL)
#define CONST(text) OBJECT ("const", TEXT (text))
#define ENUM(...) OBJECT ("enum", TEXTS (__VA_ARGS__))
#define ANY(...) OBJECT ("anyOf", LIST (__VA_ARGS__))
#define REQUIRED(...) OBJECT ("required", TEXTS (__VA_ARGS__))
#define NOTHING OBJECT ("type", TEXT ("null"))
#define ARRAY_OF(items) OBJECT ("type", TEXT ("array"), "items", items)
#define PAIR_OF(items) OBJECT ("type", TEXT ("array"), "items", items, "minItems", NUMBER (2), "maxItems", NUMBER (2))
/* clang-format on */

/* Returns an object: pairs of name and value (json_t *, taken over), ended by NULL, in this order. */
static json_t *G_GNUC_NULL_TERMINATED
object (const char *first, ...)
{
  json_t *json = json_object ();
  va_list args;

  va_start (args, first);
  for (const char *name = first; name != NULL; name = va_arg (args, const char *))
    json_object_set_new (json, name, va_arg (args, json_t *));
  va_end (args);
  return json;
}

static json_t *
texts (const char *const *names)
{
  json_t *json = json_array ();

  for (guint i = 0; names[i] != NULL; i++)
    json_array_append_new (json, json_string (names[i]));
  return json;
}

/* Returns a list of `items` (ended by NULL), and takes them over. */
static json_t *
list (json_t *const *items)
{
  json_t *json = json_array ();

  for (guint i = 0; items[i] != NULL; i++)
    json_array_append_new (json, items[i]);
  return json;
}

/* Returns the schema of a whole number. There is no maximum if `max` is the largest number. */
static json_t *
integer_schema (gint64 min, gint64 max)
{
  json_t *json = OBJECT ("type", TEXT ("integer"), "minimum", NUMBER (min));

  if (max != G_MAXINT64)
    json_object_set_new (json, "maximum", NUMBER (max));
  return json;
}

static json_t *
enum_schema (const char *const *names)
{
  return OBJECT ("enum", texts (names));
}

/* --- references --- */

/* The name of the definition of each type. A type that is a section uses the definition of its keys. */
static const struct
{
  const char *id;
  gboolean is_section;
} types[] = {
#define SF_TYPE(id, schema) { #id, FALSE },
#define SF_READ(id, reader, min, max, schema) { #id, FALSE },
#define SF_INTEGER(id, min, max) { #id, FALSE },
#define SF_CHOICE(id, ...) { #id, FALSE },
#define SF_ALIAS(id, type, reader) { #type, FALSE },
#define SF_SECTION(id) { #id, TRUE },
#include "lab/language/types.inc"
#undef SF_TYPE
#undef SF_READ
#undef SF_INTEGER
#undef SF_CHOICE
#undef SF_ALIAS
#undef SF_SECTION
};

/* Returns `prefix` and `id` in lower case with '-' for '_': "keys-fault-drop" of "keys-" and FAULT_DROP, "count-range"
 * of "" and COUNT_RANGE. To be freed. */
static char *
definition_name (const char *prefix, const char *id)
{
  g_autofree char *lower = g_ascii_strdown (id, -1);

  return g_strconcat (prefix, g_strdelimit (lower, "_", '-'), NULL);
}

static json_t *
reference (const char *prefix, const char *id)
{
  g_autofree char *name = definition_name (prefix, id);
  g_autofree char *path = g_strconcat ("#/definitions/", name, NULL);

  return OBJECT ("$ref", TEXT (path));
}

static json_t *
type_reference (SfType type)
{
  return reference (types[type].is_section ? "keys-" : "", types[type].id);
}

static json_t *
keys_reference (SfSection section)
{
  g_autofree char *id = sf_section_id (section);

  return reference ("keys-", id);
}

/* Returns the schema of a kind of graph: one of those of this shape. */
static json_t *
charts_of (SfChartShape shape)
{
  const char *const *names = sf_sweep_chart_names ();
  const char *found[SF_N_SWEEP_CHARTS + 1] = { NULL };
  guint n = 0;

  for (guint i = 0; names[i] != NULL; i++)
    if (sf_sweep_chart_shape ((SfSweepChart) i) == shape)
      found[n++] = names[i];
  return n == 1 ? CONST (found[0]) : enum_schema (found);
}

/* Returns the list that requires one of the checks: all keys of an expectation but its texts. */
static json_t *
check_list (void)
{
  guint n;
  const SfKey *rows = sf_section_rows (SF_KEYS_CHECK, &n);
  json_t *checks = json_array ();

  for (guint i = 0; i < n; i++)
    if (rows[i].type != SF_TYPE_WORDING)
      json_array_append_new (checks, REQUIRED (rows[i].name));
  return checks;
}

/* Returns the list of the schemas of all faults. */
static json_t *
fault_list (void)
{
  json_t *const keys[] = {
#define SF_FAULT(id) KEYS (FAULT_##id),
#define SF_TIMED_FAULT(id) KEYS (FAULT_##id),
#include "models/faults.inc"
#undef SF_FAULT
#undef SF_TIMED_FAULT
    NULL
  };

  return list (keys);
}

/* Adds a definition; takes `schema` over. */
static void
define (json_t *definitions, const char *prefix, const char *id, json_t *schema)
{
  g_autofree char *name = definition_name (prefix, id);

  json_object_set_new (definitions, name, schema);
}

/* Returns a property with a description; takes `schema` over. The allOf is needed because draft 7 ignores keys beside a
 * $ref. */
static json_t *
property (const char *doc, json_t *schema)
{
  return OBJECT ("description", TEXT (doc), "allOf", LIST (schema));
}

/* --- TCP --- */

static json_t *
choices_schema (const SfKnob *knob)
{
  g_auto (GStrv) names = g_strsplit (knob->choices, " ", -1);

  return enum_schema ((const char *const *) names);
}

static json_t *
knob_schema (const SfKnob *knob)
{
  switch (knob->kind)
    {
    case SF_KNOB_TIME:
      return TYPE (TIME);
    case SF_KNOB_MSL:
      return TYPE (DURATION);
    case SF_KNOB_COUNT:
      return integer_schema (knob->min, knob->max);
    case SF_KNOB_BYTES:
      return TYPE (BYTES);
    case SF_KNOB_FLAG:
      return TYPE (BOOL);
    case SF_KNOB_CHOICE:
      return choices_schema (knob);
    }
  g_return_val_if_reached (NULL);
}

static json_t *
mutants_schema (void)
{
  const SfMutantInfo *mutants = sf_profile_mutants ();
  json_t *each = json_array ();

  for (guint i = 0; i < SF_N_MUTANTS; i++)
    json_array_append_new (each, OBJECT ("const", TEXT (mutants[i].name), "description", TEXT (mutants[i].doc)));
  return ARRAY_OF (OBJECT ("oneOf", each));
}

static json_t *
tcp_schema (void)
{
  guint n;
  const SfKnob *knobs = sf_profile_knobs (&n);
  json_t *properties = json_object ();

  for (guint i = 0; i < n; i++)
    json_object_set_new (properties, knobs[i].name, property (knobs[i].doc, knob_schema (&knobs[i])));
  json_object_set_new (properties, "mutants", property ("bugs that real stacks have shipped", mutants_schema ()));
  return OBJECT ("description", TEXT ("TCP overrides"), "type", TEXTS ("object", "null"), "properties", properties,
                 "additionalProperties", json_false ());
}

static json_t *
states_schema (void)
{
  const char *names[SF_N_STATES + 1] = { NULL };

  for (guint i = 0; i < SF_N_STATES; i++)
    names[i] = sf_state_name (i);
  return enum_schema (names);
}

/* --- sections --- */

/* Returns the names of the required keys; NULL if there are none. */
static json_t *
required_keys (const SfKey *keys, guint n)
{
  json_t *names = NULL;

  for (guint i = 0; i < n; i++)
    if (keys[i].required)
      {
        names = names != NULL ? names : json_array ();
        json_array_append_new (names, TEXT (keys[i].name));
      }
  return names;
}

/* Adds the description of a mapping of `section` to `schema`. */
static void
add_section (json_t *schema, SfSection section)
{
  guint n;
  const SfKey *keys = sf_section_rows (section, &n);
  json_t *properties = json_object (), *required = required_keys (keys, n);

  for (guint i = 0; i < n; i++)
    json_object_set_new (properties, keys[i].name, property (keys[i].doc, type_reference (keys[i].type)));
  json_object_set_new (schema, "description", TEXT (sf_section_doc (section)));
  json_object_set_new (schema, "type", TEXT ("object"));
  json_object_set_new (schema, "properties", properties);
  if (section == SF_KEYS_LINK)
    json_object_set_new (schema, "patternProperties", OBJECT (TOWARD, KEYS (DIRECTION)));
  if (required != NULL)
    json_object_set_new (schema, "required", required);
  json_object_set_new (schema, "additionalProperties", json_false ());
}

/* --- the whole --- */

static void
define_types (json_t *definitions, const char *const *metrics)
{
#define SF_TYPE(id, schema) define (definitions, "", #id, schema);
#define SF_READ(id, reader, min, max, schema) define (definitions, "", #id, schema);
#define SF_INTEGER(id, min, max) define (definitions, "", #id, integer_schema (min, max));
#define SF_CHOICE(id, ...) define (definitions, "", #id, ENUM (__VA_ARGS__));
#define SF_ALIAS(id, type, reader)
#define SF_SECTION(id)
#include "lab/language/types.inc"
#undef SF_TYPE
#undef SF_READ
#undef SF_INTEGER
#undef SF_CHOICE
#undef SF_ALIAS
#undef SF_SECTION
}

static void
define_sections (json_t *definitions)
{
  for (guint section = 0; section < SF_N_SECTIONS; section++)
    {
      g_autofree char *id = sf_section_id (section);
      json_t *schema = json_object ();

      add_section (schema, section);
      define (definitions, "keys-", id, schema);
    }
}

char *
sf_schema_text (const char *const *metrics)
{
  GString *text = g_string_new (NULL);
  json_t *definitions = json_object ();
  json_t *schema = OBJECT ("$schema", TEXT ("http://json-schema.org/draft-07/schema#"), "title",
                           TEXT ("synfin scenario"));

  define_types (definitions, metrics);
  define_sections (definitions);
  add_section (schema, SF_KEYS_TOP);
  json_object_set_new (schema, "definitions", definitions);
  sf_json_print (text, schema);
  return g_string_free (text, FALSE);
}
