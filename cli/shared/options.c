/* SPDX-License-Identifier: MIT
 *
 * Option tables: made into GOption's, parsed, freed, and complained about.
 */
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

/* Sets the text above the options, which is not known before the language is. */
static void
set_summary (GOptionContext *context, const SfUsage *usage)
{
  g_autofree char *more = usage->describe_more != NULL ? usage->describe_more () : NULL;
  g_autofree char *all = more != NULL ? g_strconcat (_ (usage->description), "\n\n", more, NULL) : NULL;

  g_option_context_set_summary (context, all != NULL ? all : usage->description);
}

/* Prints the help of GOption. GOption itself would exit, and not notice that it cannot write. */
static SfExit
print_help (GOptionContext *context, const SfUsage *usage)
{
  g_autofree char *help = NULL;
  g_autoptr (GString) text = NULL;

  set_summary (context, usage);
  help = g_option_context_get_help (context, TRUE, NULL);
  text = g_string_new (help);

  g_string_truncate (text, strlen (g_strchomp (text->str)));
  /* Translates the headings of GLib, whose catalogs need not be installed. */
  g_string_replace (text, "Usage:", _ ("Usage:"), 1);
  g_string_replace (text, "\nOptions:", _ ("\nOptions:"), 1);
  g_string_append_c (text, '\n');
  return sf_output_all (text, SF_EXIT_OK);
}

/* --- from rows to GOption --- */

const SfOptionValues sf_languages = { .choices = sf_language_names };

const SfOptionValues sf_color_choices = { .choices = (const char *const[]){ "auto", "always", "never", NULL },
                                          .complaint = N_ ("--color is auto, always or never, not '%s'") };

const SfOptionValues sf_voice_choices = { .choices = (const char *const[]){ "plain", "letters", NULL },
                                          .complaint = N_ ("--voice is plain or letters, not '%s'") };

const SfOptionValues sf_format_choices = { .choices = (const char *const[]){ "svg", "png", "pdf", "none", NULL } };

/* Returns the address of the field of `row` in `options`. */
static gpointer
field_of (const SfOption *row, gconstpointer options)
{
  return (char *) options + row->offset;
}

static GOptionArg
argument_type (const SfOption *row)
{
  switch (row->type)
    {
    case SF_OPTION_FLAG:
      return G_OPTION_ARG_NONE;
    case SF_OPTION_FILE:
      return G_OPTION_ARG_FILENAME;
    case SF_OPTION_LIST:
      return G_OPTION_ARG_STRING_ARRAY;
    case SF_OPTION_INT:
      return G_OPTION_ARG_INT;
    case SF_OPTION_TEXT:
    case SF_OPTION_OPTIONAL_TEXT:
    case SF_OPTION_COUNT:
    case SF_OPTION_SEED:
    case SF_OPTION_INSTANT:
    case SF_OPTION_CHOICE:
      break;
    }
  return G_OPTION_ARG_STRING; /* the text of an SfArgument is its first field */
}

static void
add_entries (GOptionContext *context, const SfOption *rows, gpointer options)
{
  for (; rows->name != NULL; rows++)
    {
      const GOptionEntry entries[] = {
        { rows->name, rows->short_name, rows->help != NULL ? 0 : G_OPTION_FLAG_HIDDEN, argument_type (rows),
          field_of (rows, options), rows->help, rows->argument },
        G_OPTION_ENTRY_NULL,
      };

      g_option_context_add_main_entries (context, entries, NULL);
    }
}

/* TRUE if `argument` is a short option joined with its value, as "-j4", which GOption does not know. */
static gboolean
is_joined (const char *argument, const SfOption *rows)
{
  if (argument[0] != '-' || argument[1] == '-' || argument[1] == '\0' || argument[2] == '\0')
    return FALSE;
  for (; rows->name != NULL; rows++)
    if (rows->short_name == argument[1])
      return rows->type != SF_OPTION_FLAG;
  return FALSE;
}

/* TRUE if `argument` is the name of an option whose text is omitted. */
static gboolean
is_without_text (const char *argument, const SfOption *rows)
{
  for (; rows->name != NULL; rows++)
    if (rows->type == SF_OPTION_OPTIONAL_TEXT && g_str_has_prefix (argument, "--")
        && strcmp (argument + 2, rows->name) == 0)
      return TRUE;
  return FALSE;
}

/* Returns a copy of the arguments in the form that GOption understands. */
static char **
copy_arguments (int argc, char **argv, const SfOption *rows)
{
  char **copy = g_new0 (char *, 2 * argc + 1);
  gboolean options = TRUE;
  guint n = 0;

  for (int i = 0; i < argc; i++)
    {
      options = options && strcmp (argv[i], "--") != 0;
      if (options && is_joined (argv[i], rows))
        {
          copy[n++] = g_strndup (argv[i], 2);
          copy[n++] = g_strdup (argv[i] + 2);
        }
      else
        copy[n++] = g_strconcat (argv[i], options && is_without_text (argv[i], rows) ? "=" : NULL, NULL);
    }
  return copy;
}

const char *
sf_option_help (const char *text)
{
  g_autoptr (GString) help = g_string_new (_ (text));
  g_autofree char *languages = sf_one_of (sf_language_names);

  g_string_replace (help, "%s", languages, 1);
  return g_intern_string (help->str);
}

static const char *
translate (const char *text, gpointer user G_GNUC_UNUSED)
{
  return *text != '\0' ? sf_option_help (text) : text;
}

/* Switches to the language `text`, if it is not NULL. FALSE after a message. */
static gboolean
speak (const char *command, const char *text)
{
  const char *lang = text != NULL ? sf_language_find (text) : NULL;

  if (lang != NULL)
    sf_language_speak (lang);
  else if (text != NULL)
    {
      g_autofree char *complaint = sf_language_complaint (text);

      sf_usage_error (command, "%s", complaint);
    }
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

/* --- values --- */

gboolean
sf_option_choose (const char *command, const char *option, const char *text, const SfOptionValues *values,
                  gint64 *ret_index)
{
  g_autofree char *list = NULL, *hint = NULL;
  g_autoptr (GString) complaint = NULL;

  for (guint i = 0; values->choices[i] != NULL; i++)
    if (strcmp (values->choices[i], text) == 0)
      {
        *ret_index = i;
        return TRUE;
      }
  if (values->complaint != NULL)
    {
      complaint = g_string_new (_ (values->complaint));
      g_string_replace (complaint, "%s", text, 0);
      return sf_usage_error (command, "%s", complaint->str), FALSE;
    }
  list = g_strjoinv (", ", (char **) values->choices);
  hint = sf_did_you_mean (text, values->choices);
  return sf_usage_error (command, _ ("%s is one of %s, not '%s'%s"), option, list, text, hint), FALSE;
}

static gboolean
read_count (const char *command, const char *option, SfArgument *argument, const SfOptionValues *values)
{
  guint64 most = values->most > 0 ? (guint64) values->most : G_MAXINT32, count;
  g_autofree char *last = g_strdup_printf ("%" G_GUINT64_FORMAT, most);

  if (g_ascii_string_to_unsigned (argument->text, 10, (guint64) values->least, most, &count, NULL))
    argument->value = (gint64) count;
  else if (values->most > 0)
    return sf_usage_error (command, _ ("%s is a number from 1 to %s, not '%s'"), option, last, argument->text), FALSE;
  else
    return sf_usage_error (command, _ ("%s is a number from %u, not '%s'"), option, (guint) values->least,
                           argument->text),
           FALSE;
  return TRUE;
}

static gboolean
read_seed (const char *command, SfArgument *argument)
{
  g_autofree char *most = g_strdup_printf ("%" G_GINT64_FORMAT, G_MAXINT64);
  guint64 seed;

  if (!g_ascii_string_to_unsigned (argument->text, 10, 0, G_MAXINT64, &seed, NULL))
    return sf_usage_error (command, _ ("--seed is a number from 0 to %s, not '%s'"), most, argument->text), FALSE;
  argument->value = (gint64) seed;
  return TRUE;
}

static gboolean
read_instant (const char *command, const char *option, SfArgument *argument)
{
  SfUnits result = sf_parse_time (argument->text, &argument->value);

  if (result == SF_UNITS_OK)
    return TRUE;
  return sf_usage_error (command, "%s: '%s' %s", option, argument->text, sf_units_complaint (result)), FALSE;
}

/* Reads the value that was given for `row`, if any. FALSE after a message if it is wrong. */
static gboolean
read_value (const char *command, const SfOption *row, gpointer options)
{
  g_autofree char *option = g_strdup_printf ("--%s", row->name);
  SfArgument *argument;

  if (row->type < SF_OPTION_COUNT)
    return TRUE;
  argument = field_of (row, options);
  if (argument->text == NULL)
    return TRUE;
  if (row->type == SF_OPTION_COUNT)
    return read_count (command, option, argument, row->values);
  if (row->type == SF_OPTION_SEED)
    return read_seed (command, argument);
  if (row->type == SF_OPTION_INSTANT)
    return read_instant (command, option, argument);
  return sf_option_choose (command, option, argument->text, row->values, &argument->value);
}

static gboolean
read_values (const char *command, const SfOption *rows, gpointer options)
{
  for (; rows->name != NULL; rows++)
    if (!read_value (command, rows, options))
      return FALSE;
  return TRUE;
}

/* --- parsing --- */

/* The options of every command. `lang` is used only if the command does not list it itself. */
typedef struct
{
  gboolean help;
  char *choices; /* the name of an option */
  char *lang;
} Common;

static const SfOption common_rows[] = {
  { "help", 'h', SF_OPTION_FLAG, offsetof (Common, help), N_ ("Print this help"), NULL, NULL },
  /* For the completion of command lines. */
  { "choices", 0, SF_OPTION_TEXT, offsetof (Common, choices), NULL, "NAME", NULL },
  SF_OPTION_END,
};

static const SfOption lang_rows[] = { SF_LANG_ROW (Common), SF_OPTION_END };

static const SfOption *
find_row (const SfOption *rows, const char *name)
{
  while (rows->name != NULL && strcmp (rows->name, name) != 0)
    rows++;
  return rows->name != NULL ? rows : NULL;
}

/* Prints the choices of an option, one word a line. */
static SfExit
print_choices (const SfOption *row)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0;
       row != NULL && row->values != NULL && row->values->choices != NULL && row->values->choices[i] != NULL; i++)
    g_string_append_printf (out, "%s\n", row->values->choices[i]);
  return sf_output_all (out, SF_EXIT_OK);
}

static GOptionContext *
make_context (const SfUsage *usage, gpointer options, Common *common)
{
  GOptionContext *context = g_option_context_new (usage->arguments);

  g_option_context_set_help_enabled (context, FALSE);
  add_entries (context, common_rows, common);
  if (find_row (usage->options, "lang") == NULL)
    add_entries (context, lang_rows, common);
  add_entries (context, usage->options, options);
  g_option_context_set_translate_func (context, translate, NULL, NULL);
  g_option_group_set_translate_func (g_option_context_get_main_group (context), translate, NULL, NULL);
  return context;
}

/* Switches the language, and handles options that end a command before it begins. FALSE with `*ret_exit` set if one
 * did. */
static gboolean
begin (const char *command, const SfUsage *usage, gpointer options, const Common *common, GOptionContext *context,
       SfExit *ret_exit)
{
  const SfOption *lang = find_row (usage->options, "lang"), *asked;

  if (!speak (command, lang != NULL ? *(char **) field_of (lang, options) : common->lang))
    *ret_exit = SF_EXIT_INPUT;
  else if (common->choices != NULL)
    {
      asked = find_row (usage->options, common->choices);
      *ret_exit = print_choices (asked != NULL ? asked : find_row (lang_rows, common->choices));
    }
  else if (common->help)
    *ret_exit = print_help (context, usage);
  else if (!read_values (command, usage->options, options))
    *ret_exit = SF_EXIT_INPUT;
  else
    return TRUE;
  return FALSE;
}

gboolean
sf_options_parse (int argc, char **argv, const SfUsage *usage, gpointer options, char ***ret_rest, SfExit *ret_exit)
{
  Common common = { 0 };
  g_autofree char *program = g_strdup_printf ("synfin %s", argv[0]);
  g_autoptr (GOptionContext) context = make_context (usage, options, &common);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) rest = copy_arguments (argc, argv, usage->options);
  gboolean goes_on = FALSE;

  g_set_prgname (program);
  if (g_option_context_parse_strv (context, &rest, &error))
    goes_on = begin (argv[0], usage, options, &common, context, ret_exit);
  else
    *ret_exit = sf_usage_error (argv[0], "%s", error->message);
  if (goes_on)
    *ret_rest = g_strdupv (rest + 1 + (g_strcmp0 (rest[1], "--") == 0));
  sf_options_clear (common_rows, &common);
  sf_options_clear (lang_rows, &common);
  return goes_on;
}

void
sf_options_clear (const SfOption *rows, gpointer options)
{
  for (; rows->name != NULL; rows++)
    if (rows->type == SF_OPTION_LIST)
      g_clear_pointer ((char ***) field_of (rows, options), g_strfreev);
    else if (rows->type != SF_OPTION_FLAG && rows->type != SF_OPTION_INT)
      g_clear_pointer ((char **) field_of (rows, options), g_free);
}

SfExit
sf_options_run (int argc, char **argv, const SfUsage *usage, gpointer options, SfCommandFunc run)
{
  g_auto (GStrv) rest = NULL;
  SfExit status;

  if (sf_options_parse (argc, argv, usage, options, &rest, &status))
    status = run (argv[0], rest, options);
  sf_options_clear (usage->options, options);
  return status;
}

/* --- what was given --- */

char **
sf_options_given (const SfOption *rows, gconstpointer options, const char *const *names)
{
  GPtrArray *given = g_ptr_array_new ();

  for (; *names != NULL; names++)
    {
      const SfOption *row = find_row (rows, *names);
      char *one[] = { *(char **) field_of (row, options), NULL };
      char **all = row->type == SF_OPTION_LIST ? *(char ***) field_of (row, options) : one;

      for (; all != NULL && *all != NULL; all++)
        g_ptr_array_add (given, g_strdup_printf ("--%s=%s", row->name, *all));
    }
  g_ptr_array_add (given, NULL);
  return (char **) g_ptr_array_free (given, FALSE);
}

void
sf_option_set_seed (const SfArgument *seed, SfRunOptions *run_options)
{
  run_options->has_seed = seed->text != NULL;
  run_options->seed = (guint64) seed->value;
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
