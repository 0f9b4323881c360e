/* SPDX-License-Identifier: MIT
 *
 * A quantity is read as a decimal fraction: all its digits as one integer, and the number of digits after the point.
 * Multiplied by the unit's size and divided by that power of ten, it is an exact integer, or refused.
 */
#include "base/units.h"

#include "base/gettext.h"

#include <arpa/inet.h>
#include <math.h>
#include <string.h>

__extension__ typedef unsigned __int128 Wide;

#define MAX_DIGITS 19

typedef struct
{
  const char *name;
  guint64 size;
} Unit;

/* Of units of equal size the first is printed. */
static const Unit time_units[] = {
  { "ns", 1 },
  { "us", 1000 },
  { "µs", 1000 }, /* U+00B5 */
  { "μs", 1000 }, /* U+03BC */
  { "ms", 1000 * 1000 },
  { "s", 1000 * 1000 * 1000 },
  { "min", G_GUINT64_CONSTANT (60) * 1000 * 1000 * 1000 },
  { "h", G_GUINT64_CONSTANT (3600) * 1000 * 1000 * 1000 },
  { NULL, 0 },
};

static const Unit msl_units[] = { { "msl", 1000 }, { "MSL", 1000 }, { NULL, 0 } };

static const Unit rate_units[] = {
  { "bit/s", 1 },
  { "kbit/s", 1000 },
  { "Mbit/s", 1000 * 1000 },
  { "Gbit/s", 1000 * 1000 * 1000 },
  { "Tbit/s", G_GUINT64_CONSTANT (1000) * 1000 * 1000 * 1000 },
  { NULL, 0 },
};

/* clang-format off */
static const Unit byte_units[] = {
  { "B", 1 },
  { "kB", 1000 },
  { "KiB", 1 << 10 },
  { "MB", 1000 * 1000 },
  { "MiB", 1 << 20 },
  { "GB", 1000 * 1000 * 1000 },
  { "GiB", 1 << 30 },
  { "bytes", 1 },
  { "byte", 1 },
  { "", 1 },
  { NULL, 0 },
};
/* clang-format on */

static const Unit segment_units[] = { { "segments", 1 }, { "segment", 1 }, { NULL, 0 } };

/* TRUE if `text` begins with a word that is one of `units` (which end at one without a name). */
static gboolean
begins_with (const char *text, const Unit *units)
{
  for (; units->name != NULL; units++)
    if (*units->name != '\0' && g_str_has_prefix (text, units->name) && !g_ascii_isalnum (text[strlen (units->name)]))
      return TRUE;
  return FALSE;
}

gboolean
sf_begins_with_unit (const char *text)
{
  static const Unit *const tables[] = { time_units, msl_units, rate_units, byte_units, segment_units };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (begins_with (text, tables[i]))
      return TRUE;
  return FALSE;
}

/* The parts of "12.5 ms": the integer 125 with 1 digit after the point, and "ms". */
typedef struct
{
  guint64 digits;
  guint decimals;
  const char *unit;
} Decimal;

/* Reads the digits at `p` into `*ret_decimal`. Zeros at the end of a fraction are left out. */
static SfUnits
read_digits (const char *p, Decimal *ret_decimal)
{
  guint64 digits = 0;
  guint n = 0, decimals = 0, zeros = 0;
  gboolean point = FALSE;

  for (; g_ascii_isdigit (*p) || (*p == '.' && !point && g_ascii_isdigit (p[1])); p++)
    {
      if (*p == '.')
        {
          point = TRUE;
          continue;
        }
      if (point && *p == '0')
        {
          zeros++;
          continue;
        }
      for (; zeros > 0 && n < MAX_DIGITS; zeros--, decimals++, n += n == 0 ? 0 : 1)
        digits *= 10;
      if (n >= MAX_DIGITS)
        return point ? SF_UNITS_TOO_FINE : SF_UNITS_TOO_LARGE;
      digits = digits * 10 + g_ascii_digit_value (*p);
      n += digits > 0;
      decimals += point;
    }
  while (*p == ' ')
    p++;
  *ret_decimal = (Decimal){ digits, decimals, p };
  return SF_UNITS_OK;
}

static SfUnits
read_decimal (const char *text, Decimal *ret_decimal)
{
  if (*text == '-' && g_ascii_isdigit (text[1]))
    return SF_UNITS_NEGATIVE;
  if (!g_ascii_isdigit (*text))
    return SF_UNITS_NOT_A_NUMBER;
  return read_digits (text, ret_decimal);
}

/* Stores `decimal` times `size` in `*ret_value`. */
static SfUnits
scale (const Decimal *decimal, guint64 size, gint64 *ret_value)
{
  Wide value = (Wide) decimal->digits * size;

  for (guint i = 0; i < decimal->decimals; i++)
    {
      if (value % 10 != 0)
        return SF_UNITS_TOO_FINE;
      value /= 10;
    }
  if (value > G_MAXINT64)
    return SF_UNITS_TOO_LARGE;
  *ret_value = (gint64) value;
  return SF_UNITS_OK;
}

/* Parses a quantity in one of `units` as a whole number of the smallest unit. */
static SfUnits
parse (const char *text, const Unit *units, gint64 *ret_value)
{
  Decimal decimal;
  SfUnits result = read_decimal (text, &decimal);

  if (result != SF_UNITS_OK)
    return result;
  for (; units->name != NULL; units++)
    if (strcmp (decimal.unit, units->name) == 0)
      return scale (&decimal, units->size, ret_value);
  return *decimal.unit == '\0' ? SF_UNITS_NO_UNIT : SF_UNITS_UNKNOWN_UNIT;
}

SfUnits
sf_parse_time (const char *text, SfTime *ret_time)
{
  SfTime time;
  SfUnits result;

  if (strcmp (text, "0") == 0)
    {
      *ret_time = 0;
      return SF_UNITS_OK;
    }
  result = parse (text, time_units, &time);
  if (result != SF_UNITS_OK)
    return result;
  /* The last instant means "never". */
  if (time == SF_NEVER)
    return SF_UNITS_TOO_LARGE;
  *ret_time = time;
  return SF_UNITS_OK;
}

SfUnits
sf_parse_duration (const char *text, SfTime *ret_time)
{
  gint64 thousandths;
  SfUnits result = parse (text, msl_units, &thousandths);

  if (result == SF_UNITS_UNKNOWN_UNIT || result == SF_UNITS_NO_UNIT)
    return sf_parse_time (text, ret_time);
  if (result == SF_UNITS_OK)
    *ret_time = -thousandths;
  return result;
}

SfUnits
sf_parse_rate (const char *text, guint64 *ret_rate)
{
  gint64 rate;
  SfUnits result;

  if (strcmp (text, "infinite") == 0)
    {
      *ret_rate = 0;
      return SF_UNITS_OK;
    }
  result = parse (text, rate_units, &rate);
  if (result == SF_UNITS_OK)
    *ret_rate = rate;
  return result;
}

SfUnits
sf_parse_bytes (const char *text, gint64 *ret_bytes)
{
  return parse (text, byte_units, ret_bytes);
}

SfUnits
sf_parse_segments (const char *text, gint64 *ret_segments)
{
  return parse (text, segment_units, ret_segments);
}

SfUnits
sf_parse_count (const char *text, gint64 *ret_count)
{
  gboolean negative = *text == '-';
  Decimal decimal;
  gint64 count;
  SfUnits result = read_decimal (text + negative, &decimal);

  if (result != SF_UNITS_OK)
    return result;
  if (*decimal.unit != '\0')
    return SF_UNITS_UNKNOWN_UNIT;
  result = scale (&decimal, 1, &count);
  if (result == SF_UNITS_OK)
    *ret_count = negative ? -count : count;
  return result;
}

static const Unit number_units[] = { { "", 1000 * 1000 }, { NULL, 0 } };
static const Unit percent_units[] = { { "%", 1000 * 1000 }, { NULL, 0 } };

/* Indexed by SfQuantityKind. The first kind whose units fit is taken; a quantity without a unit is a number. */
static const Unit *const quantity_units[] = {
  [SF_QUANTITY_NUMBER] = number_units,    [SF_QUANTITY_PERCENT] = percent_units, [SF_QUANTITY_TIME] = time_units,
  [SF_QUANTITY_MSL] = msl_units,          [SF_QUANTITY_RATE] = rate_units,       [SF_QUANTITY_BYTES] = byte_units,
  [SF_QUANTITY_SEGMENTS] = segment_units,
};

static const Unit *
find_unit (const char *name, SfQuantityKind *ret_kind)
{
  for (guint kind = 0; kind < G_N_ELEMENTS (quantity_units); kind++)
    for (const Unit *unit = quantity_units[kind]; unit->name != NULL; unit++)
      if (strcmp (unit->name, name) == 0)
        {
          *ret_kind = kind;
          return unit;
        }
  return NULL;
}

SfUnits
sf_parse_quantity (const char *text, SfQuantity *ret_quantity)
{
  SfQuantity quantity = { 0 };
  Decimal decimal;
  SfUnits result = read_decimal (text, &decimal);
  const Unit *unit = result == SF_UNITS_OK ? find_unit (decimal.unit, &quantity.kind) : NULL;

  if (result != SF_UNITS_OK)
    return result;
  if (unit == NULL)
    return SF_UNITS_UNKNOWN_UNIT;
  quantity.unit = unit->name;
  quantity.size = (gint64) unit->size;
  quantity.whole = decimal.decimals == 0;
  result = scale (&decimal, unit->size, &quantity.value);
  if (result == SF_UNITS_OK)
    *ret_quantity = quantity;
  return result;
}

/* Reads a number that may be a fraction. `*ret_end` becomes the text after it. */
static SfUnits
read_number (const char *text, double *ret_number, const char **ret_end)
{
  char *end;
  double number;
  const char *digit = *text == '-' ? text + 1 : text;

  /* Refuses what g_ascii_strtod() would also accept: "inf", "nan", hexadecimal. */
  if (!g_ascii_isdigit (*digit) || (digit[0] == '0' && g_ascii_tolower (digit[1]) == 'x'))
    return SF_UNITS_NOT_A_NUMBER;
  number = g_ascii_strtod (text, &end);
  if (!isfinite (number))
    return SF_UNITS_TOO_LARGE;
  while (*end == ' ')
    end++;
  *ret_number = number;
  *ret_end = end;
  return SF_UNITS_OK;
}

SfUnits
sf_parse_number (const char *text, double *ret_number)
{
  double number;
  const char *end;
  SfUnits result = read_number (text, &number, &end);

  if (result != SF_UNITS_OK)
    return result;
  if (*end != '\0')
    return SF_UNITS_UNKNOWN_UNIT;
  *ret_number = number;
  return SF_UNITS_OK;
}

SfUnits
sf_parse_probability (const char *text, double *ret_probability)
{
  double number;
  const char *end;
  SfUnits result = read_number (text, &number, &end);

  if (result != SF_UNITS_OK)
    return result;
  if (number < 0)
    return SF_UNITS_NEGATIVE;
  if (*end != '\0' && strcmp (end, "%") != 0)
    return SF_UNITS_UNKNOWN_UNIT;
  *ret_probability = *end == '%' ? number / 100 : number;
  return SF_UNITS_OK;
}

gboolean
sf_parse_bool (const char *text, gboolean *ret_bool)
{
  static const char *const words[] = { "no", "yes", "false", "true", "off", "on" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i]) == 0)
      {
        *ret_bool = i % 2;
        return TRUE;
      }
  return FALSE;
}

gboolean
sf_parse_address (const char *text, guint32 *ret_addr)
{
  struct in_addr addr;

  if (inet_pton (AF_INET, text, &addr) != 1)
    return FALSE;
  *ret_addr = g_ntohl (addr.s_addr);
  return TRUE;
}

const char *
sf_units_complaint (SfUnits result)
{
  switch (result)
    {
    case SF_UNITS_OK:
      return _ ("is right");
    case SF_UNITS_NOT_A_NUMBER:
      return _ ("is not a number");
    case SF_UNITS_NO_UNIT:
      return _ ("has no unit");
    case SF_UNITS_UNKNOWN_UNIT:
      return _ ("has a wrong unit");
    case SF_UNITS_TOO_FINE:
      return _ ("is too finely divided");
    case SF_UNITS_TOO_LARGE:
      return _ ("is too large");
    case SF_UNITS_NEGATIVE:
      return _ ("is negative");
    }
  g_return_val_if_reached ("");
}

/* Prints `value` in `unit` as a decimal fraction without trailing zeros. */
static char *
print_in (guint64 value, const Unit *unit, const char *space)
{
  guint64 rest = value % unit->size, part = unit->size;
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "%" G_GUINT64_FORMAT, value / unit->size);
  if (rest > 0)
    g_string_append_c (out, '.');
  while (rest > 0)
    {
      part /= 10;
      g_string_append_c (out, (char) ('0' + rest / part));
      rest %= part;
    }
  g_string_append_printf (out, "%s%s", space, unit->name);
  return g_string_free (out, FALSE);
}

/* Returns the largest of `n` decimal units, sorted from the smallest, that is not larger than `value`. */
static const Unit *
largest_reached (guint64 value, const Unit *const *units, guint n)
{
  const Unit *unit = units[0];

  for (guint i = 1; i < n && value >= units[i]->size; i++)
    unit = units[i];
  return unit;
}

char *
sf_print_time (SfTime time)
{
  static const Unit *const units[] = { &time_units[0], &time_units[1], &time_units[4], &time_units[5] };

  if (time < 0)
    return print_in (-(guint64) time, &msl_units[0], "");
  if (time == 0)
    return g_strdup ("0s");
  return print_in (time, largest_reached (time, units, G_N_ELEMENTS (units)), "");
}

char *
sf_print_rate (guint64 rate)
{
  static const Unit *const units[] = { &rate_units[0], &rate_units[1], &rate_units[2], &rate_units[3] };

  if (rate == 0)
    return g_strdup ("infinite");
  return print_in (rate, largest_reached (rate, units, G_N_ELEMENTS (units)), "");
}

char *
sf_print_bytes (gint64 bytes)
{
  static const guint by_size[] = { 6, 5, 4, 3, 2, 1 }; /* GiB, GB, MiB, MB, KiB, kB */

  for (guint i = 0; i < G_N_ELEMENTS (by_size); i++)
    if (bytes > 0 && bytes % byte_units[by_size[i]].size == 0)
      return print_in (bytes, &byte_units[by_size[i]], " ");
  return g_strdup_printf ("%" G_GINT64_FORMAT " B", bytes);
}

void
sf_append_address (GString *out, guint32 addr)
{
  g_string_append_printf (out, "%u.%u.%u.%u", addr >> 24, addr >> 16 & 0xff, addr >> 8 & 0xff, addr & 0xff);
}

/* Digits of a second that is counted in nanoseconds. */
#define ALL_DECIMALS 9

/* Returns the value of the last of `decimals` digits after the point. */
static SfTime
last_decimal (int decimals)
{
  SfTime unit = 1;

  for (int i = decimals; i < ALL_DECIMALS; i++)
    unit *= 10;
  return unit;
}

int
sf_count_decimals (SfTime t, int least)
{
  int decimals = least;

  for (SfTime unit = last_decimal (least); t % unit != 0; unit /= 10)
    decimals++;
  return decimals;
}

void
sf_append_seconds (GString *out, SfTime t, int decimals)
{
  g_string_append_printf (out, "%" G_GINT64_FORMAT, t / SF_SEC);
  if (decimals > 0)
    g_string_append_printf (out, ".%0*" G_GINT64_FORMAT, decimals, t % SF_SEC / last_decimal (decimals));
}

/* A fraction with more digits after the point is not printed. */
#define MOST_DECIMALS 12

/* Appends `value` / `size` as a decimal fraction. FALSE if it would need more than MOST_DECIMALS digits. */
static gboolean
append_fraction (GString *out, gint64 value, gint64 size)
{
  gint64 rest = value % size;

  g_string_append_printf (out, "%" G_GINT64_FORMAT, value / size);
  if (rest > 0)
    g_string_append_c (out, '.');
  for (guint i = 0; rest > 0; i++)
    {
      if (i == MOST_DECIMALS)
        return FALSE;
      g_string_append_c (out, (char) ('0' + (int) ((Wide) rest * 10 / size)));
      rest = (gint64) ((Wide) rest * 10 % size);
    }
  return TRUE;
}

char *
sf_print_quantity (gint64 value, const SfQuantity *like)
{
  g_autoptr (GString) out = g_string_new (NULL);
  /* Unit names that are words are printed after a space. */
  gboolean apart = like->kind == SF_QUANTITY_BYTES || like->kind == SF_QUANTITY_SEGMENTS;

  if (!append_fraction (out, value, like->size))
    return like->kind == SF_QUANTITY_TIME ? sf_print_time (value) : sf_print_bytes (value);
  return g_strdup_printf ("%s%s%s", out->str, apart ? " " : "", like->unit);
}
