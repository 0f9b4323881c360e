/* SPDX-License-Identifier: MIT
 *
 * Finds the language of the environment, and the catalogs.
 */
#include "cli/shared/language.h"

#include "base/catalog.h"
#include "base/diagnostic.h"
#include "base/gettext.h"
#include "base/wording.h"

#include <string.h>

/* File name of every catalog. Each is in the folder of its language. */
#define CATALOG "synfin.mo"

/* English, and what po/LINGUAS lists. */
const char *const sf_language_names[] = { SF_DEFAULT_LANG, SYNFIN_LANGUAGES NULL };

char *
sf_language_complaint (const char *text)
{
  g_autofree char *names = sf_one_of (sf_language_names);

  return g_strdup_printf (_ ("--lang is %s, not '%s'"), names, text);
}

const char *
sf_language_find (const char *text)
{
  for (guint i = 0; sf_language_names[i] != NULL; i++)
    {
      const char *name = sf_language_names[i];
      gsize len = strlen (name);

      if (strncmp (text, name, len) == 0 && (text[len] == '\0' || strchr ("_-.@", text[len]) != NULL))
        return name;
    }
  return NULL;
}

/* Returns the locale of `category`, "LC_MESSAGES", by the rules of POSIX. */
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

  /* As in every program, the C locale is English, whatever LANGUAGE says. */
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

/* Returns the path of the catalog of `lang`: the installed one, or that of the build. It is relative to the program, so
 * that an installation can be moved. */
static char *
find_catalog (const char *lang)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self != NULL ? self : ".");
  g_autofree char *installed = g_canonicalize_filename (SYNFIN_LOCALEDIR, folder);
  char *built = g_build_filename (folder, "..", "po", lang, "LC_MESSAGES", CATALOG, NULL);

  if (g_file_test (built, G_FILE_TEST_EXISTS))
    return built;
  g_free (built);
  return g_build_filename (installed, lang, "LC_MESSAGES", CATALOG, NULL);
}

void
sf_language_speak (const char *lang)
{
  g_autofree char *catalog = find_catalog (lang);

  /* Without its catalogs the program speaks English. */
  if (strcmp (lang, SF_DEFAULT_LANG) != 0)
    sf_catalog_open (lang, catalog, NULL);
  sf_catalog_speak (lang);
}

const char *
sf_language_spoken (void)
{
  return sf_catalog_spoken ();
}
