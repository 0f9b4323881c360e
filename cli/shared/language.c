/* SPDX-License-Identifier: MIT */
#include "cli/shared/language.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

#define DOMAIN "synfin"

const char *
sf_language_find (const char *text)
{
  static const char *const languages[] = { "en", "zh" };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      gsize len = strlen (languages[i]);

      if (strncmp (text, languages[i], len) == 0 && (text[len] == '\0' || strchr ("_-.@", text[len]) != NULL))
        return languages[i];
    }
  return NULL;
}

/* Returns the locale for `category`, "LC_MESSAGES", as POSIX finds it. */
static const char *
locale_of_environment (const char *category)
{
  const char *const names[] = { "LC_ALL", category, "LANG" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = g_getenv (names[i]);

      if (value != NULL && *value != '\0')
        return value;
    }
  return "";
}

const char *
sf_language_of_environment (void)
{
  const char *locale = locale_of_environment ("LC_MESSAGES");
  const char *list = g_getenv ("LANGUAGE");
  g_auto (GStrv) wishes = NULL;

  /* The C locale is English whatever LANGUAGE says, as for every program. */
  if (strcmp (locale, "C") == 0 || strcmp (locale, "POSIX") == 0)
    return "en";
  wishes = g_strsplit (list != NULL && *list != '\0' ? list : locale, ":", -1);
  for (guint i = 0; wishes[i] != NULL; i++)
    {
      const char *lang = sf_language_find (wishes[i]);

      if (lang != NULL)
        return lang;
    }
  return "en";
}

gboolean
sf_language_is_utf8 (void)
{
  g_autofree char *locale = g_ascii_strdown (locale_of_environment ("LC_CTYPE"), -1);

  return g_str_has_suffix (locale, ".utf-8") || g_str_has_suffix (locale, ".utf8");
}

/* Returns the folder with the catalogs: that of the installed program, or that of the build. Both are found from where
 * the program is, so that it can be moved. */
static char *
find_catalogs (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self != NULL ? self : ".");
  g_autofree char *built = g_canonicalize_filename ("../po", folder);
  g_autofree char *catalog = g_build_filename (built, "zh", "LC_MESSAGES", DOMAIN ".mo", NULL);

  if (g_file_test (catalog, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&built);
  return g_canonicalize_filename (SYNFIN_LOCALEDIR, folder);
}

void
sf_language_speak (const char *lang)
{
  g_autofree char *catalogs = find_catalogs ();

  g_setenv ("LANGUAGE", lang, TRUE);
  /* The language is that of LANGUAGE in any locale but "C". This one is there even where no other is installed. */
  setlocale (LC_MESSAGES, strcmp (lang, "en") == 0 ? "C" : "C.UTF-8");
  /* This also makes gettext forget what it has looked up in another language. */
  bindtextdomain (DOMAIN, catalogs);
  bind_textdomain_codeset (DOMAIN, "UTF-8");
  textdomain (DOMAIN);
}

const char *
sf_language_spoken (void)
{
  const char *lang = g_getenv ("LANGUAGE");

  return lang != NULL ? sf_language_find (lang) : NULL;
}
