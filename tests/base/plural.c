/* SPDX-License-Identifier: MIT
 *
 * Plural forms: rules of languages as their catalogs have them, and texts that are no rule.
 */
#include "base/plural.h"

#include <string.h>

#define ENGLISH "n != 1;"
#define FRENCH "(n > 1);\n"
#define RUSSIAN "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
#define ARABIC "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;"

static void
test_languages (void)
{
  /* The plural forms of 0, 1, 2, …. */
  static const struct
  {
    const char *rule, *forms;
  } rows[] = {
    { "0;", "0000000000" },       { ENGLISH, "1011111111" },
    { FRENCH, "0011111111" },     { RUSSIAN, "201112222222222222222011122" },
    { ARABIC, "01233333333444" },
  };
  guint n_compared = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_true (sf_plural_is_rule (rows[i].rule));
      for (guint n = 0; rows[i].forms[n] != '\0'; n++, n_compared++)
        g_assert_cmpuint (sf_plural_form (rows[i].rule, n), ==, (gulong) (rows[i].forms[n] - '0'));
    }
  g_assert_cmpuint (sf_plural_form (RUSSIAN, 111), ==, 2);
  g_assert_cmpuint (sf_plural_form (ARABIC, 100), ==, 5);
  g_assert_cmpuint (n_compared, ==, 10 + 10 + 10 + 27 + 14);
}

/* Operators have the precedence of C. */
static void
test_operators (void)
{
  static const struct
  {
    const char *rule;
    gulong n, value;
  } rows[] = {
    { "1 + 2 * 3", 0, 7 },
    { "10 - 3 - 2", 0, 5 },
    { "(10 - (3 - 2))", 0, 9 },
    { "17 / 5 % 2", 0, 1 },
    { "7 / n", 0, 0 },
    { "7 % n", 0, 0 },
    { "!n + 1", 0, 2 },
    { "!(n + 1)", 0, 0 },
    { "1 < 2 == 2 > 1", 0, 1 },
    { "n <= 3 != (n >= 3)", 3, 0 },
    { "1 || 0 && 0", 0, 1 },
    { "n ? 0 ? 1 : 2 : 3", 1, 2 },
    { "n ? 0 ? 1 : 2 : 3", 0, 3 },
    { "\t n", 5, 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].rule);
      g_assert_true (sf_plural_is_rule (rows[i].rule));
      g_assert_cmpuint (sf_plural_form (rows[i].rule, rows[i].n), ==, rows[i].value);
    }
}

static void
test_refused (void)
{
  static const char *const rules[] = {
    "", ";", "n n", "n ! 1", "(n", "n)", "n ? 1", "n ? 1 : ", "n = 1", "m", "+ n", "n & 1", "n != 1 EXPRESSION",
  };
  g_autoptr (GString) deep = g_string_new ("n");

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_test_message ("%s", rules[i]);
      g_assert_false (sf_plural_is_rule (rules[i]));
    }
  for (guint i = 0; i < 100000; i++)
    g_string_prepend_c (deep, '(');
  g_assert_false (sf_plural_is_rule (deep->str));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plural/languages", test_languages);
  g_test_add_func ("/plural/operators", test_operators);
  g_test_add_func ("/plural/refused", test_refused);
  return g_test_run ();
}
