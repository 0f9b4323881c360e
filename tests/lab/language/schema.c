/* SPDX-License-Identifier: MIT
 *
 * The schema that ships is the one that the tables of the loader make, each of its references leads somewhere, and
 * every key is in the reference for people too. `schema --print` prints it.
 */
#include "lab/language/schema.h"

#include "lab/judge/metrics.h"
#include "lab/language/keys.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define REFERENCE "#/definitions/"

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
    g_error (
      "docs/scenario.schema.json is out of date: run 'build/tests/test-lab_schema --print >docs/scenario.schema.json'");
}

static void
check_references (json_t *json, const json_t *definitions)
{
  const char *reference = json_string_value (json_object_get (json, "$ref"));
  const char *name;
  size_t i;
  json_t *part;

  if (reference != NULL)
    {
      g_assert_true (g_str_has_prefix (reference, REFERENCE));
      if (json_object_get (definitions, reference + strlen (REFERENCE)) == NULL)
        g_error ("no definition of '%s'", reference);
    }
  json_object_foreach (json, name, part) check_references (part, definitions);
  json_array_foreach (json, i, part) check_references (part, definitions);
}

static void
test_references (void)
{
  g_autofree char *text = sf_schema_text (sf_metric_names ());
  json_auto_t *schema = json_loads (text, JSON_REJECT_DUPLICATES, NULL);

  g_assert_nonnull (schema);
  check_references (schema, json_object_get (schema, "definitions"));
}

static void
test_documented (void)
{
  g_autofree char *page = read_doc ("scenario.md");

  for (guint section = 0; section < SF_N_SECTIONS; section++)
    for (const char *const *key = sf_section_keys (section); *key != NULL; key++)
      {
        g_autofree char *alone = g_strdup_printf ("`%s`", *key);
        g_autofree char *with_value = g_strdup_printf ("%s: ", *key);

        if (strstr (page, alone) == NULL && strstr (page, with_value) == NULL)
          g_error ("key '%s' of %s is not in docs/scenario.md", *key, sf_section_name (section));
      }
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
  return g_test_run ();
}
