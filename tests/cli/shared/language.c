/* SPDX-License-Identifier: MIT
 *
 * The language that the environment asks for.
 */
#include "cli/shared/language.h"

static const struct
{
  const char *text, *found;
} names[] = {
  { "en", "en" },      { "zh", "zh" },       { "zh_CN.UTF-8", "zh" }, { "zh_TW", "zh" },   { "en_GB@euro", "en" },
  { "zh-Hans", "zh" }, { "zh.UTF-8", "zh" }, { "de", NULL },          { "zhx", NULL },     { "e", NULL },
  { "", NULL },        { "C", NULL },        { "ZH", NULL },          { "english", NULL },
};

static void
test_find (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (sf_language_find (names[i].text), ==, names[i].found);
}

/* NULL: the variable is not set. */
static const struct
{
  const char *lc_all, *lc_messages, *lang, *language;
  const char *expected;
} environments[] = {
  { NULL, NULL, NULL, NULL, "en" },
  { NULL, NULL, "zh_CN.UTF-8", NULL, "zh" },
  { NULL, "zh_CN.UTF-8", "en_US.UTF-8", NULL, "zh" },
  { "en_US.UTF-8", "zh_CN.UTF-8", "zh_CN.UTF-8", NULL, "en" },
  { "", "", "zh_CN", NULL, "zh" }, /* an empty one counts as not set */
  { NULL, NULL, "de_DE.UTF-8", NULL, "en" },
  /* LANGUAGE is a list. The first language with a catalog is taken. */
  { NULL, NULL, "en_US.UTF-8", "zh", "zh" },
  { NULL, NULL, "en_US.UTF-8", "de:zh:en", "zh" },
  { NULL, NULL, "zh_CN.UTF-8", "de:fr", "en" },
  { NULL, NULL, "zh_CN.UTF-8", "", "zh" },
  /* But the C locale is English. */
  { NULL, NULL, "C", "zh", "en" },
  { "POSIX", "zh_CN", "zh_CN", "zh", "en" },
  { NULL, NULL, "C.UTF-8", "zh", "zh" },
};

static void
set (const char *name, const char *value)
{
  if (value != NULL)
    g_setenv (name, value, TRUE);
  else
    g_unsetenv (name);
}

static void
test_environment (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (environments); i++)
    {
      set ("LC_ALL", environments[i].lc_all);
      set ("LC_MESSAGES", environments[i].lc_messages);
      set ("LANG", environments[i].lang);
      set ("LANGUAGE", environments[i].language);
      if (g_strcmp0 (sf_language_of_environment (), environments[i].expected) != 0)
        g_error ("row %u: %s", i, sf_language_of_environment ());
    }
}

static const struct
{
  const char *lc_all, *lc_ctype, *lang;
  gboolean utf8;
} charsets[] = {
  { NULL, NULL, NULL, FALSE },           { NULL, NULL, "zh_CN.UTF-8", TRUE }, { NULL, NULL, "zh_CN.utf8", TRUE },
  { NULL, NULL, "zh_CN.GB2312", FALSE }, { NULL, NULL, "C", FALSE },          { NULL, "C", "zh_CN.UTF-8", FALSE },
  { "C.UTF-8", "C", "C", TRUE },
};

static void
test_utf8 (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      set ("LC_ALL", charsets[i].lc_all);
      set ("LC_CTYPE", charsets[i].lc_ctype);
      set ("LANG", charsets[i].lang);
      g_assert_cmpint (sf_language_is_utf8 (), ==, charsets[i].utf8);
    }
}

static void
test_speak (void)
{
  sf_language_speak ("zh");
  g_assert_cmpstr (sf_language_spoken (), ==, "zh");
  sf_language_speak ("en");
  g_assert_cmpstr (sf_language_spoken (), ==, "en");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/shared/language/find", test_find);
  g_test_add_func ("/cli/shared/language/environment", test_environment);
  g_test_add_func ("/cli/shared/language/utf8", test_utf8);
  g_test_add_func ("/cli/shared/language/speak", test_speak);
  return g_test_run ();
}
