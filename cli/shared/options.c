/* SPDX-License-Identifier: MIT */
#include "cli/shared/options.h"

#include "base/gettext.h"
#include "base/units.h"
#include "cli/shared/language.h"
#include "cli/shared/output.h"

#include <stdio.h>
#include <string.h>

SfExit
sf_usage_error (const char *command, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  fprintf (stderr, _ ("synfin %s: %s\nTry 'synfin %s --help'.\n"), command, message, command);
  return SF_EXIT_INPUT;
}

SfExit
sf_fatal_error (const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  fprintf (stderr, "synfin: %s\n", message);
  return SF_EXIT_FAULT;
}

/* Prints the help of GOption ourselves: it would exit, and not notice that it cannot write. */
static SfExit
print_help (GOptionContext *context)
{
  g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
  g_autoptr (GString) text = g_string_new (help);

  g_string_truncate (text, strlen (g_strchomp (text->str)));
  /* Headings of GLib, whose catalogs need not be installed. */
  g_string_replace (text, "Usage:", _ ("Usage:"), 1);
  g_string_replace (text, "\nOptions:", _ ("\nOptions:"), 1);
  g_string_append_c (text, '\n');
  return sf_output_all (text, SF_EXIT_OK);
}

/* TRUE if `argument` is a short option with its value behind it, as in "-j4", which GOption does not know. */
static gboolean
is_joined (const char *argument, const GOptionEntry *entries)
{
  if (argument[0] != '-' || argument[1] == '-' || argument[1] == '\0' || argument[2] == '\0')
    return FALSE;
  for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++)
    if (entry->short_name == argument[1])
      return entry->arg != G_OPTION_ARG_NONE;
  return FALSE;
}

/* Returns a copy of the arguments as GOption wants them. */
static char **
copy_arguments (int argc, char **argv, const GOptionEntry *entries)
{
  char **copy = g_new0 (char *, 2 * argc + 1);
  gboolean options = TRUE;
  guint n = 0;

  for (int i = 0; i < argc; i++)
    {
      options = options && strcmp (argv[i], "--") != 0;
      if (options && is_joined (argv[i], entries))
        {
          copy[n++] = g_strndup (argv[i], 2);
          copy[n++] = g_strdup (argv[i] + 2);
        }
      else
        copy[n++] = g_strdup (argv[i]);
    }
  return copy;
}

/* Returns where a command wants to have what --lang says, NULL if it does not ask. */
static char **
find_lang (const GOptionEntry *entries)
{
  for (; entries->long_name != NULL; entries++)
    if (strcmp (entries->long_name, "lang") == 0)
      return entries->arg_data;
  return NULL;
}

static const char *
translate (const char *text, gpointer user G_GNUC_UNUSED)
{
  return *text != '\0' ? _ (text) : text;
}

/* Speaks the language that was asked for, if one was. */
static gboolean
speak (const char *command, const char *text)
{
  const char *lang = text != NULL ? sf_language_find (text) : NULL;

  if (lang != NULL)
    sf_language_speak (lang);
  else if (text != NULL)
    sf_usage_error (command, _ ("--lang is en or zh, not '%s'"), text);
  return lang != NULL || text == NULL;
}

gboolean
sf_lang_check_ascii (const char *command, gboolean ascii, const char *lang)
{
  if (!ascii || strcmp (sf_language_spoken (), SF_DEFAULT_LANG) == 0)
    return TRUE;
  if (lang != NULL)
    return sf_usage_error (command, _ ("ASCII characters cannot write what --lang asks for")), FALSE;
  sf_language_speak (SF_DEFAULT_LANG);
  return TRUE;
}

gboolean
sf_options_parse (int argc, char **argv, const GOptionEntry *entries, const char *arguments, const char *description,
                  char ***ret_rest, SfExit *ret_exit)
{
  gboolean help = FALSE;
  g_autofree char *own_lang = NULL;
  char **lang = find_lang (entries);
  const GOptionEntry own[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_ ("Print this help"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  const GOptionEntry lang_entry[] = { SF_LANG_ENTRY (&own_lang), G_OPTION_ENTRY_NULL };
  g_autofree char *program = g_strdup_printf ("synfin %s", argv[0]);
  g_autoptr (GOptionContext) context = g_option_context_new (arguments);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) rest = copy_arguments (argc, argv, entries);

  g_set_prgname (program);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, description);
  g_option_context_add_main_entries (context, own, NULL);
  if (lang == NULL)
    {
      lang = &own_lang;
      g_option_context_add_main_entries (context, lang_entry, NULL);
    }
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_translate_func (context, translate, NULL, NULL);
  g_option_group_set_translate_func (g_option_context_get_main_group (context), translate, NULL, NULL);

  if (!g_option_context_parse_strv (context, &rest, &error))
    {
      *ret_exit = sf_usage_error (argv[0], "%s", error->message);
      return FALSE;
    }
  if (!speak (argv[0], *lang))
    {
      *ret_exit = SF_EXIT_INPUT;
      return FALSE;
    }
  if (help)
    {
      *ret_exit = print_help (context);
      return FALSE;
    }
  *ret_rest = g_strdupv (rest + 1 + (g_strcmp0 (rest[1], "--") == 0));
  return TRUE;
}

gboolean
sf_seed_parse (const char *command, const char *text, SfRunOptions *ret_options)
{
  g_autofree char *most = g_strdup_printf ("%" G_GINT64_FORMAT, G_MAXINT64);
  guint64 seed;

  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &seed, NULL))
    {
      sf_usage_error (command, _ ("--seed is a number from 0 to %s, not '%s'"), most, text);
      return FALSE;
    }
  ret_options->has_seed = TRUE;
  ret_options->seed = seed;
  return TRUE;
}

gboolean
sf_option_instant (const char *command, const char *option, const char *text, SfTime *ret_time)
{
  SfUnits result = text != NULL ? sf_parse_time (text, ret_time) : SF_UNITS_OK;

  if (result == SF_UNITS_OK)
    return TRUE;
  sf_usage_error (command, "%s: '%s' %s", option, text, sf_units_complaint (result));
  return FALSE;
}

static void
clear_override (gpointer data)
{
  g_free ((char *) ((SfOverride *) data)->path);
}

GArray *
sf_sets_parse (char **sets)
{
  g_autoptr (GArray) overrides = g_array_new (FALSE, FALSE, sizeof (SfOverride));
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();

  g_array_set_clear_func (overrides, clear_override);
  for (guint i = 0; sets != NULL && sets[i] != NULL; i++)
    {
      char *path;
      SfOverride override = { 0 };

      if (!sf_override_split (sets[i], &path, &override.value, diag))
        {
          sf_print_diagnostics (diag);
          return NULL;
        }
      override.path = path;
      g_array_append_val (overrides, override);
    }
  return g_steal_pointer (&overrides);
}
