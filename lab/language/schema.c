/* SPDX-License-Identifier: MIT */
#include "lab/language/schema.h"

#include "base/json.h"
#include "base/units.h"
#include "lab/language/keys.h"
#include "models/names.h"
#include "models/tcp/profile.h"
#include "models/tcp/state.h"

#include <string.h>

/* A key of a link that holds what goes for one direction. */
#define TOWARD "^to "

static const struct
{
  const char *name;
  const char *json;
} types[] = {
#define SF_TYPE(name, json) { name, json },
#include "lab/language/types.inc"
#undef SF_TYPE
};

/* --- pieces --- */

static void
append_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

static void
append_reference (GString *out, const char *type)
{
  g_string_append_printf (out, "{\"$ref\": \"#/definitions/%s\"}", type);
}

static gboolean
is_type (const char *name)
{
  static const char *const made_here[] = { "tcp", "profile", "state", "metric", "call", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strcmp (types[i].name, name) == 0)
      return TRUE;
  return g_strv_contains (made_here, name);
}

/* The reference for the type of a key: a type of its own, or the keys of the section of that name. */
static void
append_type (GString *out, const char *type)
{
  g_autofree char *keys = g_strconcat ("keys-", type, NULL);

  append_reference (out, is_type (type) ? type : keys);
}

/* Appends `json` of lab/language/types.inc: quotes are quotes, and %name% is a reference. */
static void
append_expanded (GString *out, const char *json)
{
  for (const char *p = json; *p != '\0'; p++)
    {
      const char *end = *p == '%' && g_ascii_isalpha (p[1]) ? strchr (p + 1, '%') : NULL;

      if (end != NULL)
        {
          g_autofree char *name = g_strndup (p + 1, end - p - 1);

          append_reference (out, name);
          p = end;
        }
      else
        g_string_append_c (out, *p == '\'' ? '"' : *p);
    }
}

/* Appends `"name": ` and takes care of the comma before it. */
static void
begin_member (GString *out, const char *name)
{
  if (out->str[out->len - 1] != '{')
    g_string_append (out, ", ");
  append_string (out, name);
  g_string_append (out, ": ");
}

static void
append_enum (GString *out, const char *const *names)
{
  g_string_append (out, "{\"enum\": [");
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_string_append (out, i > 0 ? ", " : "");
      append_string (out, names[i]);
    }
  g_string_append (out, "]}");
}

/* A property with a description; draft 7 ignores what stands beside a $ref, hence the allOf. */
static void
begin_property (GString *out, const char *name, const char *doc)
{
  begin_member (out, name);
  g_string_append (out, "{\"description\": ");
  append_string (out, doc);
  g_string_append (out, ", \"allOf\": [");
}

static void
end_property (GString *out)
{
  g_string_append (out, "]}");
}

/* --- sections --- */

static void
append_required (GString *out, const SfKeyInfo *rows, guint n)
{
  gboolean first = TRUE;

  for (guint i = 0; i < n; i++)
    if (rows[i].required)
      {
        if (first)
          begin_member (out, "required");
        g_string_append (out, first ? "[" : ", ");
        append_string (out, rows[i].name);
        first = FALSE;
      }
  if (!first)
    g_string_append_c (out, ']');
}

/* The members of the object schema of `section`, without the braces. */
static void
append_section_members (GString *out, SfSection section)
{
  guint n;
  const SfKeyInfo *rows = sf_section_rows (section, &n);

  begin_member (out, "description");
  append_string (out, sf_section_doc (section));
  begin_member (out, "type");
  append_string (out, "object");
  begin_member (out, "properties");
  g_string_append_c (out, '{');
  for (guint i = 0; i < n; i++)
    {
      begin_property (out, rows[i].name, rows[i].doc);
      append_type (out, rows[i].type);
      end_property (out);
    }
  g_string_append_c (out, '}');
  if (section == SF_KEYS_LINK)
    {
      begin_member (out, "patternProperties");
      g_string_append (out, "{\"" TOWARD "\": ");
      append_reference (out, "keys-direction");
      g_string_append_c (out, '}');
    }
  append_required (out, rows, n);
  begin_member (out, "additionalProperties");
  g_string_append (out, "false");
}

/* --- TCP --- */

static void
append_choices (GString *out, const SfKnob *knob)
{
  g_auto (GStrv) names = g_strsplit (knob->choices, " ", -1);

  append_enum (out, (const char *const *) names);
}

static void
append_knob_type (GString *out, const SfKnob *knob)
{
  switch (knob->kind)
    {
    case SF_KNOB_TIME:
      append_reference (out, "time");
      return;
    case SF_KNOB_MSL:
      append_reference (out, "duration");
      return;
    case SF_KNOB_COUNT:
      g_string_append_printf (out, "{\"type\": \"integer\", \"minimum\": %" G_GINT64_FORMAT, knob->min);
      g_string_append_printf (out, ", \"maximum\": %" G_GINT64_FORMAT "}", knob->max);
      return;
    case SF_KNOB_BYTES:
      append_reference (out, "bytes");
      return;
    case SF_KNOB_FLAG:
      append_reference (out, "bool");
      return;
    case SF_KNOB_CHOICE:
      append_choices (out, knob);
      return;
    }
}

static void
append_mutants (GString *out)
{
  const SfMutantInfo *mutants = sf_profile_mutants ();

  begin_property (out, "mutants", "bugs that real stacks have shipped");
  g_string_append (out, "{\"type\": \"array\", \"items\": {\"oneOf\": [");
  for (guint i = 0; i < SF_N_MUTANTS; i++)
    {
      g_string_append (out, i > 0 ? ", {" : "{");
      begin_member (out, "const");
      append_string (out, mutants[i].name);
      begin_member (out, "description");
      append_string (out, mutants[i].doc);
      g_string_append_c (out, '}');
    }
  g_string_append (out, "]}}");
  end_property (out);
}

static void
append_tcp (GString *out)
{
  guint n;
  const SfKnob *knobs = sf_profile_knobs (&n);

  begin_member (out, "tcp");
  g_string_append (out, "{\"description\": \"TCP overrides\", \"type\": [\"object\", \"null\"], \"properties\": {");
  for (guint i = 0; i < n; i++)
    {
      begin_property (out, knobs[i].name, knobs[i].doc);
      append_knob_type (out, &knobs[i]);
      end_property (out);
    }
  append_mutants (out);
  g_string_append (out, "}, \"additionalProperties\": false}");
}

static void
append_states (GString *out)
{
  const char *names[SF_N_STATES + 1] = { NULL };

  for (guint i = 0; i < SF_N_STATES; i++)
    names[i] = sf_state_name (i);
  begin_member (out, "state");
  append_enum (out, names);
}

/* --- the whole --- */

static void
append_definitions (GString *out, const char *const *metrics)
{
  begin_member (out, "definitions");
  g_string_append_c (out, '{');
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      begin_member (out, types[i].name);
      append_expanded (out, types[i].json);
    }
  append_tcp (out);
  append_states (out);
  begin_member (out, "profile");
  append_enum (out, sf_profile_names ());
  begin_member (out, "metric");
  append_enum (out, metrics);
  begin_member (out, "call");
  append_enum (out, sf_call_names ());
  for (guint section = 0; section < SF_N_SECTIONS; section++)
    {
      g_autofree char *id = sf_section_id (section);
      g_autofree char *name = g_strconcat ("keys-", id, NULL);

      begin_member (out, name);
      g_string_append_c (out, '{');
      append_section_members (out, section);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, '}');
}

char *
sf_schema_text (const char *const *metrics)
{
  g_autoptr (GString) out = g_string_new ("{");
  GString *text = g_string_new (NULL);
  json_error_t error;
  json_t *json;

  begin_member (out, "$schema");
  append_string (out, "http://json-schema.org/draft-07/schema#");
  begin_member (out, "title");
  append_string (out, "synfin scenario");
  append_section_members (out, SF_KEYS_TOP);
  append_definitions (out, metrics);
  g_string_append_c (out, '}');

  json = json_loadb (out->str, out->len, JSON_REJECT_DUPLICATES, &error);
  if (json == NULL)
    g_error ("lab/language/types.inc: %s", error.text);
  sf_json_print (text, json);
  return g_string_free (text, FALSE);
}
