/* SPDX-License-Identifier: MIT
 *
 * A recursive-descent parser that computes while it reads.
 */
#include "base/plural.h"

#include <string.h>

/* Maximum nesting of expressions, so that a broken catalog cannot exhaust the stack. */
#define MAX_DEPTH 50

typedef struct
{
  const char *at; /* the rest of the expression */
  gulong n;
  guint depth;
  gboolean wrong; /* the expression is not valid */
} Reader;

/* Precedence of operators, from weak to strong. */
enum
{
  CHOICE,
  OR,
  AND,
  EQUALITY,
  ORDER,
  SUM,
  PRODUCT,
};

/* An operator that begins with another stands before it. */
static const struct
{
  const char *sign;
  int strength;
} operators[] = {
  { "||", OR },     { "&&", AND },    { "==", EQUALITY }, { "!=", EQUALITY }, { "<=", ORDER },
  { ">=", ORDER },  { "<", ORDER },   { ">", ORDER },     { "+", SUM },       { "-", SUM },
  { "*", PRODUCT }, { "/", PRODUCT }, { "%", PRODUCT },
};

static gulong
apply (const char *sign, gulong a, gulong b)
{
  switch (sign[0])
    {
    case '|':
      return a != 0 || b != 0;
    case '&':
      return a != 0 && b != 0;
    case '=':
      return a == b;
    case '!':
      return a != b;
    case '<':
      return sign[1] == '=' ? a <= b : a < b;
    case '>':
      return sign[1] == '=' ? a >= b : a > b;
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b != 0 ? a / b : 0;
    case '%':
      return b != 0 ? a % b : 0;
    default:
      g_return_val_if_reached (0);
    }
}

/* Skips blanks, and `sign` if it is next. */
static gboolean
skip (Reader *reader, const char *sign)
{
  while (*reader->at == ' ' || *reader->at == '\t')
    reader->at++;
  if (!g_str_has_prefix (reader->at, sign))
    return FALSE;
  reader->at += strlen (sign);
  return TRUE;
}

static gulong read_from (Reader *reader, int strength);

static gulong
read_operand (Reader *reader)
{
  gulong value = 0;

  if (skip (reader, "!"))
    return !read_operand (reader);
  if (skip (reader, "n"))
    return reader->n;
  if (skip (reader, "("))
    {
      value = read_from (reader, CHOICE);
      reader->wrong = !skip (reader, ")") || reader->wrong;
      return value;
    }
  reader->wrong = !g_ascii_isdigit (*reader->at) || reader->wrong;
  for (; g_ascii_isdigit (*reader->at); reader->at++)
    value = 10 * value + (gulong) (*reader->at - '0');
  return value;
}

/* Skips an operator of at least precedence `strength` and returns it; NULL if none is next. */
static const char *
read_operator (Reader *reader, int strength, int *ret_strength)
{
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (operators[i].strength >= strength && skip (reader, operators[i].sign))
      {
        *ret_strength = operators[i].strength;
        return operators[i].sign;
      }
  return NULL;
}

/* Reads the rest of `condition ? a : b`, and returns the chosen value. */
static gulong
read_choice (Reader *reader, gulong condition)
{
  gulong yes, no;

  yes = read_from (reader, CHOICE);
  reader->wrong = !skip (reader, ":") || reader->wrong;
  no = read_from (reader, CHOICE);
  return condition != 0 ? yes : no;
}

/* Reads an expression of operators of at least precedence `strength`, and returns its value. */
static gulong
read_from (Reader *reader, int strength)
{
  gulong value = 0;
  const char *sign;
  int found;

  if (++reader->depth > MAX_DEPTH)
    reader->wrong = TRUE;
  if (!reader->wrong)
    value = read_operand (reader);
  while (!reader->wrong && (sign = read_operator (reader, MAX (strength, OR), &found)) != NULL)
    value = apply (sign, value, read_from (reader, found + 1));
  if (!reader->wrong && strength == CHOICE && skip (reader, "?"))
    value = read_choice (reader, value);
  reader->depth--;
  return value;
}

gulong
sf_plural_form (const char *rule, gulong n)
{
  Reader reader = { .at = rule, .n = n };

  return read_from (&reader, CHOICE);
}

gboolean
sf_plural_is_rule (const char *rule)
{
  Reader reader = { .at = rule };

  read_from (&reader, CHOICE);
  skip (&reader, "");
  return !reader.wrong && (*reader.at == ';' || *reader.at == '\n' || *reader.at == '\0');
}
