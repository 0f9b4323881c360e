/* SPDX-License-Identifier: MIT
 *
 * Formulas: precedence, functions, sums, and the words for errors.
 */
#include "lab/sweep/formula.h"

#include <math.h>
#include <string.h>

static const char *const names[] = { "x", "y", NULL };
static const double values[] = { 0.5, 3 };

static void
test_values (void)
{
  static const struct
  {
    const char *text;
    double value;
  } table[] = {
    { "1", 1 },
    { " .25 + 1e2 ", 100.25 },
    { "2 + 3 * 4", 14 },
    { "(2 + 3) * 4", 20 },
    { "10 - 4 - 3", 3 },
    { "16 / 4 / 2", 2 },
    { "2 ** 3 ** 2", 512 },
    { "-2 ** 2", -4 },
    { "2 ** -1", 0.5 },
    { "2 * -y", -6 },
    { "x < 1 ? 7 : 8", 7 },
    { "x >= 1 ? 7 : y <= 3 ? 8 : 9", 8 },
    { "x < 1 && y > 5", 0 },
    { "x < 1 || y > 5", 1 },
    { "min (x, y) + max (x, y) * 10", 30.5 },
    { "floor (2.5) + ceil (2.5) + abs (-1)", 6 },
    { "sqrt (16) + log (exp (2)) + log10 (1000)", 9 },
    { "sum (k, 1, 4, k)", 10 },
    { "sum (k, 1, 4, k) + 1", 11 },
    { "sum (k, 1, 0, k) + 5", 5 },
    { "sum (k, 0, 2, sum (i, 0, k, 10 ** i))", 1 + 11 + 111 },
    { "sum (x, 1, 2, x) + x", 3.5 },
    { "4 * pi", 4 * G_PI },
    { "exp (lgamma (6))", 120 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *complaint = NULL;
      double value;

      if (!sf_formula (table[i].text, names, values, &value, &complaint))
        g_error ("%s: %s", table[i].text, complaint);
      g_assert_cmpfloat_with_epsilon (value, table[i].value, 1e-9);
    }
}

static void
test_no_value (void)
{
  g_autofree char *complaint = NULL;
  double value;

  g_assert_true (sf_formula ("1 / (x - 0.5)", names, values, &value, &complaint));
  g_assert_false (isfinite (value));
}

static void
test_complaints (void)
{
  static const struct
  {
    const char *text, *complaint;
  } table[] = {
    { "", "it ends where a number, a name or '(' was expected" },
    { "1 +", "it ends where a number, a name or '(' was expected" },
    { "(1", "it ends where ')' was expected" },
    { "z + 1", "unknown name 'z'" },
    { "system (1)", "unknown name 'system'" },
    { "1 2", "expected an operator before '2'" },
    { "1 \"a\"", "expected an operator before '\"a\"'" },
    { "`ls`", "expected a number, a name or '(' before '`ls`'" },
    { "min (1)", "expected ',' before ')'" },
    { "x ? 1", "it ends where ':' was expected" },
    { "sum (1, 2, 3, 4)", "expected the name of a variable after 'sum ('" },
    { "sum (k, 1, 1e9, k)", "it is too long to compute" },
    { "k + sum (k, 1, 2, k)", "unknown name 'k'" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *complaint = NULL;
      double value;

      g_assert_false (sf_formula (table[i].text, names, values, &value, &complaint));
      g_assert_cmpstr (complaint, ==, table[i].complaint);
    }
}

static void
test_deep (void)
{
  static const char *const signs[] = { "(", "-", "1 ** ", "sum (k, 1, 2, ", "1 ? " };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *complaint = NULL;
      double value;

      for (guint k = 0; k < 100000; k++)
        g_string_append (text, signs[i]);
      g_assert_false (sf_formula (text->str, names, values, &value, &complaint));
      g_assert_cmpstr (complaint, ==, "it is nested too deeply");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formula/values", test_values);
  g_test_add_func ("/formula/no value", test_no_value);
  g_test_add_func ("/formula/complaints", test_complaints);
  g_test_add_func ("/formula/deep", test_deep);
  return g_test_run ();
}
