/* SPDX-License-Identifier: MIT */
#include "lab/judge/comparison.h"

#include "base/gettext.h"
#include "base/units.h"

#include <string.h>

/* Maximum number of instants in a text; nobody would read more. */
#define MAX_TIMES 20

/* An operator that begins with another stands before it. */
static const struct
{
  const char *sign;
  SfComparisonKind kind;
} signs[] = {
  { "!=", SF_COMPARE_NE }, { "<=", SF_COMPARE_LE }, { ">=", SF_COMPARE_GE }, { "==", SF_COMPARE_EQ },
  { "=", SF_COMPARE_EQ },  { "<", SF_COMPARE_LT },  { ">", SF_COMPARE_GT },
};

const char *
sf_unit_name (SfUnit unit)
{
  switch (unit)
    {
    case SF_UNIT_COUNT:
      return "";
    case SF_UNIT_TIME:
      return "ns";
    case SF_UNIT_BYTES:
      return "B";
    case SF_UNIT_RATE:
      return "bit/s";
    case SF_UNIT_MEAN:
      return "millionths";
    }
  g_return_val_if_reached ("");
}

static SfUnits
parse_rate (const char *text, gint64 *ret_rate)
{
  guint64 rate;
  SfUnits result = sf_parse_rate (text, &rate);

  if (result == SF_UNITS_OK)
    *ret_rate = (gint64) MIN (rate, (guint64) G_MAXINT64);
  return result;
}

static SfUnits
parse_mean (const char *text, gint64 *ret_millionths)
{
  SfQuantity quantity;
  SfUnits result = sf_parse_quantity (text, &quantity);

  if (result == SF_UNITS_OK && quantity.kind != SF_QUANTITY_NUMBER)
    return SF_UNITS_UNKNOWN_UNIT;
  if (result == SF_UNITS_OK)
    *ret_millionths = quantity.value;
  return result;
}

static const struct
{
  const char *what;
  SfUnits (*parse) (const char *text, gint64 *ret_value);
} units[] = {
  [SF_UNIT_COUNT] = { N_ ("a whole number"), sf_parse_count },
  [SF_UNIT_TIME] = { N_ ("a time such as 30s"), sf_parse_time },
  [SF_UNIT_BYTES] = { N_ ("an amount such as 100 B"), sf_parse_bytes },
  [SF_UNIT_RATE] = { N_ ("a rate such as 10Mbit/s"), parse_rate },
  [SF_UNIT_MEAN] = { N_ ("a number such as 1.5"), parse_mean },
};

static gboolean
load_value (const SfNode *node, const char *text, SfUnit unit, SfDiagnostics *diag, gint64 *ret_value)
{
  SfUnits result = units[unit].parse (text, ret_value);

  if (result == SF_UNITS_OK)
    return TRUE;
  return sf_node_error (node, diag, _ ("'%s' %s: expected %s, optionally after =, !=, <, <=, > or >=, or [MIN, MAX]"),
                        text, sf_units_complaint (result), _ (units[unit].what));
}

static gboolean
load_within (const SfNode *node, SfUnit unit, SfDiagnostics *diag, SfComparison *ret_comparison)
{
  SfComparison comparison = { .kind = SF_COMPARE_WITHIN };
  const char *text[2];

  if (sf_node_n (node) != 2)
    return sf_node_error (node, diag, _ ("expected [MIN, MAX], found %u values"), sf_node_n (node));
  if (!sf_node_text (sf_node_item (node, 0), diag, &text[0]) || !sf_node_text (sf_node_item (node, 1), diag, &text[1])
      || !load_value (sf_node_item (node, 0), text[0], unit, diag, &comparison.a)
      || !load_value (sf_node_item (node, 1), text[1], unit, diag, &comparison.b))
    return FALSE;
  if (comparison.a > comparison.b)
    return sf_node_error (node, diag, _ ("[%s, %s]: the first is larger than the second"), text[0], text[1]);
  *ret_comparison = comparison;
  return TRUE;
}

gboolean
sf_comparison_load (const SfNode *node, SfUnit unit, SfDiagnostics *diag, SfComparison *ret_comparison)
{
  SfComparison comparison = { .kind = SF_COMPARE_EQ };
  const char *text;

  if (node == NULL)
    return TRUE;
  if (node->kind == SF_NODE_LIST)
    return load_within (node, unit, diag, ret_comparison);
  if (!sf_node_text (node, diag, &text))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (text, signs[i].sign))
      {
        comparison.kind = signs[i].kind;
        text += strlen (signs[i].sign);
        break;
      }
  while (*text == ' ')
    text++;
  if (!load_value (node, text, unit, diag, &comparison.a))
    return FALSE;
  *ret_comparison = comparison;
  return TRUE;
}

gboolean
sf_comparison_holds (const SfComparison *comparison, gint64 value)
{
  switch (comparison->kind)
    {
    case SF_COMPARE_EQ:
      return value == comparison->a;
    case SF_COMPARE_NE:
      return value != comparison->a;
    case SF_COMPARE_LT:
      return value < comparison->a;
    case SF_COMPARE_LE:
      return value <= comparison->a;
    case SF_COMPARE_GT:
      return value > comparison->a;
    case SF_COMPARE_GE:
      return value >= comparison->a;
    case SF_COMPARE_WITHIN:
      return value >= comparison->a && value <= comparison->b;
    }
  g_return_val_if_reached (FALSE);
}

void
sf_value_text (GString *out, gint64 value, SfUnit unit)
{
  g_autofree char *text = NULL;

  switch (unit)
    {
    case SF_UNIT_COUNT:
      text = g_strdup_printf ("%" G_GINT64_FORMAT, value);
      break;
    case SF_UNIT_TIME:
      text = sf_print_time (value);
      break;
    case SF_UNIT_BYTES:
      text = sf_print_bytes (value);
      break;
    case SF_UNIT_RATE:
      /* sf_print_rate() would print 0 as infinite. */
      text = value > 0 ? sf_print_rate ((guint64) value) : g_strdup ("0bit/s");
      break;
    case SF_UNIT_MEAN:
      text = sf_print_quantity (value, &(SfQuantity){ .unit = "", .size = 1000 * 1000 });
      break;
    }
  g_string_append (out, text);
}

void
sf_comparison_text (GString *out, const SfComparison *comparison, SfUnit unit, const char *lang)
{
  static const char *const words[] = {
    [SF_COMPARE_NE] = N_ ("not "),       [SF_COMPARE_LT] = N_ ("less than "), [SF_COMPARE_LE] = N_ ("at most "),
    [SF_COMPARE_GT] = N_ ("more than "), [SF_COMPARE_GE] = N_ ("at least "),  [SF_COMPARE_WITHIN] = N_ ("from "),
  };

  if (comparison->kind != SF_COMPARE_EQ)
    g_string_append (out, tr (lang, words[comparison->kind]));
  sf_value_text (out, comparison->a, unit);
  if (comparison->kind == SF_COMPARE_WITHIN)
    {
      g_string_append (out, tr (lang, " to "));
      sf_value_text (out, comparison->b, unit);
    }
}

gboolean
sf_tolerance_load (const SfNode *node, SfDiagnostics *diag, SfTolerance *ret_tolerance)
{
  SfTolerance tolerance = { 0, 0 };
  const char *text;

  if (node == NULL)
    return TRUE;
  if (!sf_node_text (node, diag, &text))
    return FALSE;
  if (strchr (text, '%') == NULL)
    {
      if (!sf_node_time (node, 0, SF_NEVER - 1, diag, &tolerance.time))
        return FALSE;
    }
  else if (!sf_node_probability (node, diag, &tolerance.part))
    return FALSE;
  *ret_tolerance = tolerance;
  return TRUE;
}

gboolean
sf_tolerance_holds (const SfTolerance *tolerance, SfTime expected, SfTime seen)
{
  SfTime off = ABS (seen - expected);

  return off <= tolerance->time || (double) off <= tolerance->part * (double) expected;
}

gboolean
sf_times_load (const SfNode *node, SfDiagnostics *diag, GArray **ret_times)
{
  g_autoptr (GArray) times = NULL;
  guint n;

  if (node == NULL)
    return TRUE;
  n = node->kind == SF_NODE_LIST ? sf_node_n (node) : 1;
  times = g_array_sized_new (FALSE, FALSE, sizeof (SfTime), n);
  for (guint i = 0; i < n; i++)
    {
      SfTime t = 0;

      if (!sf_node_time (node->kind == SF_NODE_LIST ? sf_node_item (node, i) : node, 0, SF_NEVER - 1, diag, &t))
        return FALSE;
      g_array_append_val (times, t);
    }
  *ret_times = g_steal_pointer (&times);
  return TRUE;
}

void
sf_times_text (GString *out, const GArray *times, const char *lang)
{
  if (times->len == 0)
    g_string_append (out, tr (lang, "never"));
  for (guint i = 0; i < times->len; i++)
    {
      if (i == MAX_TIMES)
        {
          g_string_append_printf (out, tr (lang, " and %u more times"), times->len - i);
          return;
        }
      if (i > 0)
        g_string_append (out, ", ");
      sf_value_text (out, g_array_index (times, SfTime, i), SF_UNIT_TIME);
    }
}

gboolean
sf_times_hold (const GArray *expected, const GArray *seen, const SfTolerance *tolerance)
{
  if (expected->len != seen->len)
    return FALSE;
  for (guint i = 0; i < expected->len; i++)
    if (!sf_tolerance_holds (tolerance, g_array_index (expected, SfTime, i), g_array_index (seen, SfTime, i)))
      return FALSE;
  return TRUE;
}
