/* SPDX-License-Identifier: MIT */
#include "tests/support/mistakes.h"

#include <stdio.h>
#include <string.h>

#define COMPLAIN(...) (g_test_message (__VA_ARGS__), g_test_fail ())

void
mistakes_check_words (const char *message, const char *words)
{
  g_auto (GStrv) all = g_strsplit (words, "|", -1);

  for (char **word = all; *word != NULL; word++)
    if (strstr (message, *word) == NULL)
      COMPLAIN ("expected \"%s\" in \"%s\"", *word, message);
}

void
mistakes_check (const SfDiagnostic *error, const char *file, const Mistake *mistake)
{
  g_autofree char *place = NULL;

  if (error == NULL)
    {
      COMPLAIN ("no error, but expected \"%s\" in\n%s", mistake->words, mistake->text);
      return;
    }
  mistakes_check_words (error->message, mistake->words);
  if (error->line != 0)
    place = g_strdup_printf ("%u:%u", error->line, error->column);
  if (g_strcmp0 (error->file, file) != 0 || g_strcmp0 (place, mistake->place) != 0)
    COMPLAIN ("expected at %s:%s, but it is at %s:%s: \"%s\" in\n%s", file, mistake->place, error->file, place,
              error->message, mistake->text);
}

gboolean
mistakes_are_wanted (int argc, char **argv)
{
  return argc == 2 && strcmp (argv[1], "--print") == 0;
}

static void
print (const char *text)
{
  fputs (text, stdout);
  putchar ('\0');
}

int
mistakes_print (const Mistake *mistakes, guint n)
{
  for (guint i = 0; i < n; i++)
    print (mistakes[i].text);
  return ferror (stdout) != 0;
}

void
mistakes_print_section (const char *key, const char *value)
{
  g_autofree char *text = g_strconcat ("synfin: 1\ntitle: t\nhosts: {client: {}, server: {}}\n"
                                       "links: [{between: [client, server]}]\n",
                                       key, value, "\n", NULL);

  print (text);
}
