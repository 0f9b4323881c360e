/* SPDX-License-Identifier: MIT
 *
 * Ranges of values. Everything is computed in integers, in the smallest unit of a quantity, so that 0% to 30% by 1% are
 * exactly these 31 values. Only logarithmic scales use floating point, and are rounded to four digits.
 */
#include "lab/sweep/load.h"

#include "base/gettext.h"

#include <math.h>
#include <string.h>

__extension__ typedef __int128 Wide;

/* Significant digits of a value on a logarithmic scale. */
#define LOG_DIGITS 4

/* A parsed range. */
typedef struct
{
  SfQuantity from, to;
  SfQuantity like; /* the unit and kind in which values are written */
  gint64 grain;    /* values are multiples of this, unless there is a step */
} Bounds;

static const char *const kind_names[] = {
  [SF_QUANTITY_NUMBER] = N_ ("a number"),
  [SF_QUANTITY_PERCENT] = N_ ("a percentage"),
  [SF_QUANTITY_TIME] = N_ ("a time"),
  [SF_QUANTITY_MSL] = N_ ("a multiple of the MSL"),
  [SF_QUANTITY_RATE] = N_ ("a rate"),
  [SF_QUANTITY_BYTES] = N_ ("an amount of bytes"),
  [SF_QUANTITY_SEGMENTS] = N_ ("an amount of segments"),
};

static gboolean
parse (const SfSweepText *written, SfDiagnostics *diag, SfQuantity *ret_quantity)
{
  SfUnits result = sf_parse_quantity (written->text, ret_quantity);

  return result == SF_UNITS_OK
         || sf_error (diag, &written->place, _ ("'%s' %s; expected a quantity such as 10, 1%%, 50ms or 2msl"),
                      written->text, sf_units_complaint (result));
}

/* Gives `quantity` the kind of `other`: a bare 0 may be of any kind. FALSE after a diagnostic if they differ. */
static gboolean
agree (SfQuantity *quantity, const SfSweepText *written, const SfQuantity *other, const SfSweepText *other_written,
       SfDiagnostics *diag)
{
  if (quantity->kind == other->kind)
    return TRUE;
  if (quantity->kind == SF_QUANTITY_NUMBER && quantity->value == 0)
    {
      *quantity = *other;
      quantity->value = 0;
      return TRUE;
    }
  return sf_error (diag, &written->place, _ ("'%s' is %s, but '%s' is %s"), written->text,
                   _ (kind_names[quantity->kind]), other_written->text, _ (kind_names[other->kind]));
}

static gboolean
read_bounds (const SfSweepRange *range, SfDiagnostics *diag, Bounds *bounds)
{
  if (!parse (&range->from, diag, &bounds->from) || !parse (&range->to, diag, &bounds->to)
      || !agree (&bounds->from, &range->from, &bounds->to, &range->to, diag))
    return FALSE;
  if (bounds->from.value >= bounds->to.value)
    return sf_error (diag, &range->to.place, _ ("the range ends at '%s', which is not above '%s', where it begins"),
                     range->to.text, range->from.text);
  if (range->log && bounds->from.value == 0)
    return sf_error (diag, &range->from.place, _ ("a logarithmic scale can not begin at 0"));
  bounds->like = bounds->to;
  /* Whole numbers stay whole. */
  bounds->grain = bounds->to.kind == SF_QUANTITY_NUMBER && bounds->from.whole && bounds->to.whole ? bounds->to.size : 1;
  return TRUE;
}

static void
add (SfSweepAxis *axis, gint64 value, const Bounds *bounds, const SfSweepRange *range)
{
  g_autofree char *text = sf_print_quantity (value, &bounds->like);

  sf_sweep_axis_add (axis, text, &range->place);
}

/* --- by a step --- */

static gboolean
fill_by_step (SfSweepAxis *axis, const SfSweepRange *range, Bounds *bounds, SfDiagnostics *diag)
{
  gint64 from = bounds->from.value, to = bounds->to.value, n;
  SfQuantity step;

  if (!parse (&range->step, diag, &step) || !agree (&step, &range->step, &bounds->to, &range->to, diag))
    return FALSE;
  if (step.value == 0)
    return sf_error (diag, &range->step.place, _ ("a step of 0 leads nowhere"));
  bounds->like = step;
  n = (to - from) / step.value;
  if (n >= SF_MOST_VALUES)
    return sf_error (diag, &range->step.place, _ ("more than %d values from '%s' to '%s' by '%s'"), SF_MOST_VALUES,
                     range->from.text, range->to.text, range->step.text);
  if (from + n * step.value != to)
    {
      g_autofree char *last = sf_print_quantity (from + n * step.value, &step);

      return sf_error (diag, &range->step.place, _ ("steps of '%s' from '%s' lead to '%s', and not to '%s'"),
                       range->step.text, range->from.text, last, range->to.text);
    }
  for (gint64 i = 0; i <= n; i++)
    add (axis, from + i * step.value, bounds, range);
  return TRUE;
}

/* --- by number, or one of each part --- */

static gint64
round_to (double value, gint64 grain)
{
  return (gint64) llround (value / (double) grain) * grain;
}

/* Returns `value` rounded to LOG_DIGITS digits, and at least to multiples of `grain`. */
static gint64
round_digits (double value, gint64 grain)
{
  int digits = (int) floor (log10 (value)) + 1 - LOG_DIGITS;
  double coarse = digits > 0 ? pow (10, digits) : 1;

  return round_to (value, MAX (grain, (gint64) coarse));
}

/* Returns the value at `part` / `whole` of the range: 0 is its beginning. */
static gint64
value_at (const Bounds *bounds, const SfSweepRange *range, gint64 part, gint64 whole)
{
  gint64 from = bounds->from.value, to = bounds->to.value, grain = bounds->grain;
  Wide exact;

  if (part == 0)
    return from;
  if (part == whole)
    return to;
  if (range->log)
    return CLAMP (round_digits ((double) from * pow ((double) to / (double) from, (double) part / (double) whole),
                                grain),
                  from, to);
  exact = (Wide) (to - from) * part;
  return from + (gint64) ((exact + (Wide) whole * grain / 2) / ((Wide) whole * grain)) * grain;
}

static gboolean
fill_by_number (SfSweepAxis *axis, const SfSweepRange *range, const Bounds *bounds, SfDiagnostics *diag)
{
  gint64 before = -1;

  for (guint i = 0; i < range->steps; i++)
    {
      gint64 value = value_at (bounds, range, i, range->steps - 1);

      if (value <= before)
        return sf_error (diag, &range->place, _ ("there are not %u different values from '%s' to '%s'"), range->steps,
                         range->from.text, range->to.text);
      add (axis, value, bounds, range);
      before = value;
    }
  return TRUE;
}

gboolean
sf_sweep_range_fill (SfSweepAxis *axis, const SfSweepRange *range, SfDiagnostics *diag)
{
  Bounds bounds;

  if (!read_bounds (range, diag, &bounds))
    return FALSE;
  return range->steps > 0 ? fill_by_number (axis, range, &bounds, diag) : fill_by_step (axis, range, &bounds, diag);
}

gboolean
sf_sweep_range_draw (SfSweepAxis *axis, const SfSweepRange *range, guint n, guint64 seed, SfDiagnostics *diag)
{
  const gint64 fine = G_GINT64_CONSTANT (1) << 32; /* random places in a part */
  g_autofree char *name = g_strdup_printf ("sweep.part %s", axis->path);
  SfRandom random = { sf_random_stream (name, 0), 0 };
  const SfSeed of_sweep = { seed, 0 };
  Bounds bounds;

  if (!read_bounds (range, diag, &bounds))
    return FALSE;
  for (guint i = 0; i < n; i++)
    add (axis, value_at (&bounds, range, i * fine + (gint64) sf_random_below (&random, &of_sweep, fine), n * fine),
         &bounds, range);
  return TRUE;
}

/* --- what numbers the values are --- */

/* Returns the number of smallest parts in a base unit of `kind`, and stores the unit. */
static double
base_of (SfQuantityKind kind, SfUnit *ret_unit)
{
  *ret_unit = SF_UNIT_COUNT;
  switch (kind)
    {
    case SF_QUANTITY_NUMBER:
      return 1e6;
    case SF_QUANTITY_PERCENT:
      return 1e8;
    case SF_QUANTITY_TIME:
      *ret_unit = SF_UNIT_TIME;
      return 1;
    case SF_QUANTITY_MSL:
      return 1e3;
    case SF_QUANTITY_RATE:
      *ret_unit = SF_UNIT_RATE;
      return 1;
    case SF_QUANTITY_BYTES:
      *ret_unit = SF_UNIT_BYTES;
      return 1;
    case SF_QUANTITY_SEGMENTS:
      return 1;
    }
  g_return_val_if_reached (1);
}

/* Finds the common kind of all values of `axis`, as the first value other than 0 is written. FALSE if they have none.
 */
static gboolean
find_kind (const SfSweepAxis *axis, SfQuantity *ret_like)
{
  gboolean found = FALSE, known;
  SfQuantity like = { 0 };

  for (guint i = 0; i < axis->texts->len; i++)
    {
      SfQuantity quantity;

      known = sf_parse_quantity (g_ptr_array_index (axis->texts, i), &quantity) == SF_UNITS_OK;
      if (!known || (found && quantity.value != 0 && quantity.kind != like.kind))
        return FALSE;
      if (!found && (quantity.value != 0 || i == 0 || like.kind == SF_QUANTITY_NUMBER))
        like = quantity;
      found = found || quantity.value != 0;
    }
  *ret_like = like;
  return axis->texts->len > 0;
}

void
sf_sweep_axis_number (SfSweepAxis *axis)
{
  SfQuantity like = { 0 };
  double base;

  axis->numbers = g_new (double, MAX (axis->texts->len, 1));
  axis->numeric = find_kind (axis, &like);
  base = base_of (like.kind, &axis->unit);
  axis->scale = axis->numeric ? (double) like.size / base : 1;
  axis->scale_name = g_strdup (!axis->numeric ? "" : like.kind == SF_QUANTITY_MSL ? "MSL" : like.unit);
  for (guint i = 0; i < axis->texts->len; i++)
    {
      SfQuantity quantity = { 0 };

      if (axis->numeric)
        sf_parse_quantity (g_ptr_array_index (axis->texts, i), &quantity);
      axis->numbers[i] = axis->numeric ? (double) quantity.value / base : NAN;
    }
}
