/* SPDX-License-Identifier: MIT
 *
 * synfin lessons: lists all lessons with their questions, or shows one lesson.
 */
#include "cli/command.h"
#include "cli/shared/lessons_folder.h"

#include "base/gettext.h"
#include "base/paragraph.h"
#include "cli/shared/language.h"
#include "lab/language/lessons.h"
#include "lab/report/scenario_text.h"

#include <stdio.h>
#include <string.h>

/* On a narrower screen, a question stands below the name of its lesson, not beside it. */
#define MIN_WIDTH_BESIDE 60

/* Appends `label`, and `text` from column `column` on; below the label if there is no room. */
static void
add_entry (GString *out, const char *label, const char *text, guint column, const SfTextStyle *style)
{
  gboolean beside = style->width == 0 || style->width >= MIN_WIDTH_BESIDE;
  g_autofree char *indent = g_strnfill (beside ? column : 6, ' ');
  g_autofree char *head = g_strdup_printf ("  %-*s", (int) column - 2, label);

  if (!beside)
    g_string_append_printf (out, "  %s\n", label);
  sf_paragraph (out, beside ? head : indent, indent, text, style->width);
}

/* --- the list --- */

/* Loads the scenario of lesson `name`. NULL after a diagnostic. */
static SfScenario *
load_lesson (const char *folder, const char *name, SfDiagnostics *diag)
{
  g_autofree char *path = sf_lesson_find (folder, name);

  if (path != NULL)
    return sf_scenario_load (path, name, NULL, NULL, 0, diag);
  sf_error_of_file (diag, name, "%s lists this lesson, but there is none in %s", SF_COURSE_FILE, folder);
  return NULL;
}

/* Returns the column at which questions begin. */
static guint
question_column (const SfCourse *course)
{
  guint widest = 0;

  for (guint i = 0; i < course->topics->len; i++)
    {
      const SfTopic *topic = sf_course_topic (course, i);

      for (guint k = 0; k < topic->lessons->len; k++)
        widest = MAX (widest, (guint) strlen (g_ptr_array_index (topic->lessons, k)));
    }
  return widest + 4;
}

static gboolean
add_topic (GString *out, const char *folder, const SfTopic *topic, guint column, const SfTextStyle *style,
           SfDiagnostics *diag)
{
  sf_paragraph_title (out, sf_wording_in (topic->title, style->lang), style);
  g_string_append_c (out, '\n');
  for (guint i = 0; i < topic->lessons->len; i++)
    {
      const char *name = g_ptr_array_index (topic->lessons, i);
      g_autoptr (SfScenario) scenario = load_lesson (folder, name, diag);

      if (scenario == NULL)
        return FALSE;
      add_entry (out, name, sf_wording_in (scenario->asks != NULL ? scenario->asks : scenario->title, style->lang),
                 column, style);
    }
  g_string_append_c (out, '\n');
  return TRUE;
}

static SfExit
list_all (const char *folder, const SfTextStyle *style)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfCourse) course = sf_course_load (folder, diag);
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean ok = course != NULL;

  for (guint i = 0; ok && i < course->topics->len; i++)
    ok = add_topic (out, folder, sf_course_topic (course, i), question_column (course), style, diag);
  if (!ok)
    {
      sf_print_diagnostics (diag);
      return SF_EXIT_INPUT;
    }
  sf_paragraph (
    out, "", "",
    _ (
      "'synfin run LESSON' runs one, 'synfin quiz LESSON' lets you say first what will happen, 'synfin lessons LESSON' "
      "tells all about it."),
    style->width);
  return sf_output_all (out, SF_EXIT_OK);
}

/* --- one lesson --- */

static void
add_variants (GString *out, const GPtrArray *variants, const SfTextStyle *style)
{
  guint column = 0;

  if (variants->len == 0)
    return;
  for (guint i = 0; i < variants->len; i++)
    column = MAX (column, (guint) strlen (((const SfVariantInfo *) g_ptr_array_index (variants, i))->name) + 4);
  sf_paragraph_title (out, _ ("Variants"), style);
  for (guint i = 0; i < variants->len; i++)
    {
      const SfVariantInfo *variant = g_ptr_array_index (variants, i);
      const char *title = sf_wording_in (variant->title, style->lang),
                 *asks = sf_wording_in (variant->asks, style->lang);
      g_autofree char *text = NULL;

      text = g_strjoin ("\n", title != NULL ? title : asks != NULL ? asks : "", title != NULL ? asks : NULL, NULL);
      add_entry (out, variant->name, text, column, style);
    }
  g_string_append_c (out, '\n');
}

static void
add_sections (GString *out, const GPtrArray *rfc, const SfTextStyle *style)
{
  if (rfc->len == 0)
    return;
  sf_paragraph_title (out, _ ("Decided by"), style);
  for (guint i = 0; i < rfc->len; i++)
    sf_paragraph (out, "  ", "    ", g_ptr_array_index (rfc, i), style->width);
  g_string_append_c (out, '\n');
}

static void
add_commands (GString *out, const SfScenario *scenario, const char *name, const char *path, const SfTextStyle *style)
{
  sf_paragraph_title (out, _ ("How to run it"), style);
  g_string_append_printf (out, "  synfin run %s\n", name);
  if (scenario->variants->len > 0)
    g_string_append_printf (out, "  synfin run %s --variant %s\n", name,
                            ((const SfVariantInfo *) g_ptr_array_index (scenario->variants, 0))->name);
  if (scenario->predict != NULL)
    g_string_append_printf (out, "  synfin quiz %s\n", name);
  g_string_append_printf (out, _ ("The file: %s\n"), path);
}

static SfExit
show_one (const char *name, const SfTextStyle *style)
{
  g_autofree char *path = sf_scenario_find (name);
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfScenario) scenario = path != NULL ? sf_scenario_load (path, name, NULL, NULL, 0, diag) : NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  sf_print_diagnostics (diag);
  if (scenario == NULL)
    return SF_EXIT_INPUT;
  sf_paragraph_title (out, sf_wording_in (scenario->title, style->lang), style);
  if (scenario->asks != NULL)
    sf_paragraph (out, "", "", sf_wording_in (scenario->asks, style->lang), style->width);
  g_string_append_c (out, '\n');
  if (scenario->explain != NULL)
    {
      sf_paragraphs (out, sf_wording_in (scenario->explain, style->lang), style->width);
      g_string_append_c (out, '\n');
    }
  add_variants (out, scenario->variants, style);
  add_sections (out, scenario->rfc, style);
  add_commands (out, scenario, name, path, style);
  return sf_output_all (out, SF_EXIT_OK);
}

/* --- names, for the completion of a shell --- */

static SfExit
print_names (const char *folder)
{
  g_auto (GStrv) names = sf_lesson_names (folder);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (out, "%s\n", names[i]);
  return sf_output_all (out, SF_EXIT_OK);
}

typedef struct
{
  SfArgument color;
  gboolean names;
} Options;

static const SfOption rows[] = {
  { "names", 0, SF_OPTION_FLAG, offsetof (Options, names), N_ ("Print only the names, one a line"), NULL, NULL },
  SF_COLOR_ROW (Options),
  SF_OPTION_END,
};

static SfExit
lessons (const char *command, char **arguments, gconstpointer user)
{
  const Options *options = user;
  g_autofree char *folder = sf_lessons_folder ();
  SfTextStyle style = { .width = sf_output_text_width (),
                        .color = sf_output_color ((SfColor) options->color.value),
                        .lang = sf_language_spoken () };

  if (arguments[0] != NULL && strcmp (arguments[0], "show") == 0 && arguments[1] != NULL)
    arguments++;
  if (arguments[0] != NULL && arguments[1] != NULL)
    return sf_usage_error (command, _ ("one lesson at a time"));
  if (options->names)
    return print_names (folder);
  return arguments[0] != NULL ? show_one (arguments[0], &style) : list_all (folder, &style);
}

static const SfUsage usage = {
  .options = rows,
  .arguments = "[LESSON]",
  .description = N_ (
    "Lists the lessons with the question that each answers; or, with the name of one, shows what it asks,\n"
    "explains and varies."),
};

SfExit
sf_command_lessons (int argc, char **argv)
{
  Options options = { 0 };

  return sf_options_run (argc, argv, &usage, &options, lessons);
}
