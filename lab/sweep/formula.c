/* SPDX-License-Identifier: MIT
 *
 * Formulas are computed while they are parsed: a graph needs only some hundred values. `sum` parses its term again for
 * every k.
 */
#include "lab/sweep/formula.h"

#include "base/gettext.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

/* Limits that no sensible formula reaches: nesting of parentheses, signs and powers; numbers and names read in all. */
#define MAX_DEPTH 50
#define MAX_STEPS 1000000

/* The variable of a sum; `outer` is that of the enclosing sum. */
typedef struct Variable Variable;
struct Variable
{
  const Variable *outer;
  const char *name;
  gsize len;
  double value;
};

typedef struct
{
  const char *at;
  const char *const *names;
  const double *values;
  const Variable *variables;
  guint depth, steps;
  char *complaint; /* NULL: no error so far */
} Reader;

static double choice (Reader *reader);

/* --- words --- */

static double complain (Reader *reader, const char *format, ...) G_GNUC_PRINTF (2, 3);

static double
complain (Reader *reader, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (reader->complaint == NULL)
    reader->complaint = g_strdup_vprintf (format, args);
  va_end (args);
  return (double) NAN;
}

static void
skip_spaces (Reader *reader)
{
  while (g_ascii_isspace (*reader->at))
    reader->at++;
}

/* Skips `word` if it comes next. FALSE if it does not. */
static gboolean
take (Reader *reader, const char *word)
{
  skip_spaces (reader);
  if (reader->complaint != NULL || !g_str_has_prefix (reader->at, word))
    return FALSE;
  reader->at += strlen (word);
  return TRUE;
}

static void
need (Reader *reader, const char *word)
{
  if (take (reader, word))
    return;
  if (*reader->at == '\0')
    complain (reader, _ ("it ends where '%s' was expected"), word);
  else
    complain (reader, _ ("expected '%s' before '%s'"), word, reader->at);
}

/* Returns the length of the name that comes next, 0 if none comes. */
static gsize
name_length (Reader *reader)
{
  gsize len = 0;

  skip_spaces (reader);
  if (g_ascii_isalpha (*reader->at))
    while (g_ascii_isalnum (reader->at[len]) || reader->at[len] == '_')
      len++;
  return len;
}

static gboolean
is_name (const char *at, gsize len, const char *name)
{
  return strlen (name) == len && strncmp (at, name, len) == 0;
}

/* --- functions --- */

static double
least (double a, double b)
{
  return fmin (a, b);
}

static double
most (double a, double b)
{
  return fmax (a, b);
}

/* Returns the logarithm of the gamma function. lgamma() is not used: it writes the sign into a global variable. */
static double
logarithm_of_gamma (double x)
{
  return x > 0 ? gsl_sf_lngamma (x) : (double) NAN;
}

/* clang-format off */
static const struct
{
  const char *name;
  double (*of_one) (double);
  double (*of_two) (double, double);
} functions[] = {
  { "abs", fabs, NULL },    { "ceil", ceil, NULL }, { "exp", exp, NULL },
  { "floor", floor, NULL }, { "log", log, NULL },
  { "lgamma", logarithm_of_gamma, NULL },
  { "log10", log10, NULL }, { "max", NULL, most },  { "min", NULL, least },   { "sqrt", sqrt, NULL },
};
/* clang-format on */

static double
call (Reader *reader, guint i)
{
  double a, b = 0;

  need (reader, "(");
  a = choice (reader);
  if (functions[i].of_two != NULL)
    {
      need (reader, ",");
      b = choice (reader);
    }
  need (reader, ")");
  return functions[i].of_one != NULL ? functions[i].of_one (a) : functions[i].of_two (a, b);
}

/* Computes what follows "sum". The term is parsed for every k; if there is no k, once, to find its end. */
static double
sum (Reader *reader)
{
  Variable k = { .outer = reader->variables };
  double from, to, total = 0;
  const char *term;

  need (reader, "(");
  k.len = name_length (reader);
  k.name = reader->at;
  if (k.len == 0)
    return complain (reader, _ ("expected the name of a variable after 'sum ('"));
  reader->at += k.len;
  need (reader, ",");
  from = choice (reader);
  need (reader, ",");
  to = choice (reader);
  need (reader, ",");
  reader->variables = &k;
  term = reader->at;
  k.value = from;
  do
    {
      double value;

      reader->at = term;
      value = choice (reader);
      if (k.value <= to)
        total += value;
      k.value++;
    }
  while (k.value <= to && reader->complaint == NULL);
  reader->variables = k.outer;
  need (reader, ")");
  return total;
}

/* --- operands --- */

static double
name (Reader *reader, gsize len)
{
  const char *at = reader->at;

  reader->at += len;
  for (const Variable *k = reader->variables; k != NULL; k = k->outer)
    if (k->len == len && strncmp (k->name, at, len) == 0)
      return k->value;
  for (guint i = 0; reader->names[i] != NULL; i++)
    if (is_name (at, len, reader->names[i]))
      return reader->values[i];
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (is_name (at, len, functions[i].name))
      return call (reader, i);
  if (is_name (at, len, "sum"))
    return sum (reader);
  if (is_name (at, len, "pi"))
    return G_PI;
  return complain (reader, _ ("unknown name '%.*s'"), (int) len, at);
}

static double
number (Reader *reader)
{
  char *end;
  double value = g_ascii_strtod (reader->at, &end);

  reader->at = end;
  return value;
}

static double
operand (Reader *reader)
{
  gsize len = name_length (reader);
  double value;

  if (reader->complaint != NULL)
    return (double) NAN;
  if (++reader->steps > MAX_STEPS)
    return complain (reader, _ ("it is too long to compute"));
  if (len > 0)
    return name (reader, len);
  if (g_ascii_isdigit (*reader->at) || *reader->at == '.')
    return number (reader);
  if (take (reader, "("))
    {
      value = choice (reader);
      need (reader, ")");
      return value;
    }
  if (*reader->at == '\0')
    return complain (reader, _ ("it ends where a number, a name or '(' was expected"));
  return complain (reader, _ ("expected a number, a name or '(' before '%s'"), reader->at);
}

/* --- operators, from those that bind most to those that bind least --- */

static double signed_operand (Reader *reader);

/* Computes powers: 2 ** 3 ** 2 is 2 ** 9, and -2 ** 2 is -4. */
static double
power (Reader *reader)
{
  double base = operand (reader);

  return take (reader, "**") ? pow (base, signed_operand (reader)) : base;
}

static double
signed_operand (Reader *reader)
{
  double value;

  if (++reader->depth > MAX_DEPTH)
    return complain (reader, _ ("it is nested too deeply"));
  if (take (reader, "-"))
    value = -signed_operand (reader);
  else if (take (reader, "+"))
    value = signed_operand (reader);
  else
    value = power (reader);
  reader->depth--;
  return value;
}

static double
product (Reader *reader)
{
  double value = signed_operand (reader);

  for (;;)
    if (take (reader, "*"))
      value *= signed_operand (reader);
    else if (take (reader, "/"))
      value /= signed_operand (reader);
    else
      return value;
}

static double
sum_of_products (Reader *reader)
{
  double value = product (reader);

  for (;;)
    if (take (reader, "+"))
      value += product (reader);
    else if (take (reader, "-"))
      value -= product (reader);
    else
      return value;
}

static double
comparison (Reader *reader)
{
  double value = sum_of_products (reader);

  if (take (reader, "<="))
    return value <= sum_of_products (reader);
  if (take (reader, ">="))
    return value >= sum_of_products (reader);
  if (take (reader, "<"))
    return value < sum_of_products (reader);
  if (take (reader, ">"))
    return value > sum_of_products (reader);
  return value;
}

static double
conjunction (Reader *reader)
{
  double value = comparison (reader);

  while (take (reader, "&&"))
    value = (comparison (reader) != 0) & (value != 0);
  return value;
}

static double
disjunction (Reader *reader)
{
  double value = conjunction (reader);

  while (take (reader, "||"))
    value = (conjunction (reader) != 0) | (value != 0);
  return value;
}

static double
choice (Reader *reader)
{
  double value, yes, no;

  if (++reader->depth > MAX_DEPTH)
    return complain (reader, _ ("it is nested too deeply"));
  value = disjunction (reader);
  if (take (reader, "?"))
    {
      yes = choice (reader);
      need (reader, ":");
      no = choice (reader);
      value = value != 0 ? yes : no;
    }
  reader->depth--;
  return value;
}

gboolean
sf_formula (const char *text, const char *const *names, const double *values, double *ret_value, char **ret_complaint)
{
  Reader reader = { .at = text, .names = names, .values = values };
  double value = choice (&reader);

  skip_spaces (&reader);
  if (*reader.at != '\0')
    complain (&reader, _ ("expected an operator before '%s'"), reader.at);
  *ret_value = value;
  *ret_complaint = reader.complaint;
  return reader.complaint == NULL;
}
