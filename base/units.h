/* SPDX-License-Identifier: MIT
 *
 * Quantities with units as text, parsed and printed exactly, in integers. A quantity is a decimal number, optional
 * spaces, and a unit. A quantity that cannot be kept exactly ("0.5ns", "1.5bit/s") is refused, never rounded.
 */
#pragma once

#include "sim/instant.h"

typedef enum
{
  SF_UNITS_OK,
  SF_UNITS_NOT_A_NUMBER, /* does not begin with a number */
  SF_UNITS_NO_UNIT,      /* a number without the unit that it needs */
  SF_UNITS_UNKNOWN_UNIT,
  SF_UNITS_TOO_FINE,  /* finer than the simulator counts */
  SF_UNITS_TOO_LARGE, /* more than 63 bits */
  SF_UNITS_NEGATIVE,
} SfUnits;

/* Parses "50ms", "1.5 s", "2min", "1h", "20us", "100ns" or "0"; ns. */
SfUnits sf_parse_time (const char *text, SfTime *ret_time);

/* The same, and "2msl" or "0.5msl": a negative number of thousandths of an MSL, see SF_IN_MSL(). */
SfUnits sf_parse_duration (const char *text, SfTime *ret_time);

/* Parses "10Mbit/s", "64 kbit/s", "9600bit/s" or "1Gbit/s"; bit/s. "infinite" gives 0. */
SfUnits sf_parse_rate (const char *text, guint64 *ret_rate);

/* Parses "1460 B", "64 KiB", "1 kB", "1.5 MB" or "1460". */
SfUnits sf_parse_bytes (const char *text, gint64 *ret_bytes);

/* Parses "100 segments" or "1 segment". */
SfUnits sf_parse_segments (const char *text, gint64 *ret_segments);

/* Parses a whole number: "80", "-1". */
SfUnits sf_parse_count (const char *text, gint64 *ret_count);

/* Parses a number without unit, "2.5" (for shapes of distributions and metrics; never for times). */
SfUnits sf_parse_number (const char *text, double *ret_number);

/* Parses "1.5%" or "0.015". Not checked to be at most 1. */
SfUnits sf_parse_probability (const char *text, double *ret_probability);

/* Parses yes, no, true, false, on or off in any case. FALSE if `text` is none of them. */
gboolean sf_parse_bool (const char *text, gboolean *ret_bool);

/* Parses "192.0.2.1" into host byte order. FALSE if `text` is not an IPv4 address in four decimal parts. */
gboolean sf_parse_address (const char *text, guint32 *ret_addr);

/* The kinds of quantities, and the smallest part in which sf_parse_quantity() counts each. */
typedef enum
{
  SF_QUANTITY_NUMBER,  /* millionths */
  SF_QUANTITY_PERCENT, /* millionths of a percent */
  SF_QUANTITY_TIME,    /* ns */
  SF_QUANTITY_MSL,     /* thousandths of an MSL */
  SF_QUANTITY_RATE,    /* bit/s */
  SF_QUANTITY_BYTES,
  SF_QUANTITY_SEGMENTS,
} SfQuantityKind;

typedef struct
{
  SfQuantityKind kind;
  gint64 value;     /* counted in the smallest part of its kind */
  const char *unit; /* as written: "ms", "%", "" */
  gint64 size;      /* size of the unit, in the same parts */
  gboolean whole;   /* written without a decimal point */
} SfQuantity;

/* Parses any quantity above except addresses and "infinite". Bytes need their unit. */
SfUnits sf_parse_quantity (const char *text, SfQuantity *ret_quantity);

/* Returns `value` in the unit of `like`, as short as is exact: "1.5ms". Another unit is used if a decimal fraction
 * would not be exact (a third of an hour). */
char *sf_print_quantity (gint64 value, const SfQuantity *like);

/* TRUE if `text` begins with a unit of time, rate or size that no letter or digit follows: "ms later". */
gboolean sf_begins_with_unit (const char *text);

/* Returns what is wrong, in words: "has no unit". */
const char *sf_units_complaint (SfUnits result);

/* Return the shortest exact text: "1.5s", "50ms", "2msl" (a negative duration); "10Mbit/s"; "64 KiB", "1460 B". */
char *sf_print_time (SfTime time);
char *sf_print_rate (guint64 rate);
char *sf_print_bytes (gint64 bytes);

/* Appends "192.0.2.1". `addr` is in host byte order. */
void sf_append_address (GString *out, guint32 addr);

/* Returns the number of decimals, from `least` to 9, with which `t` ≥ 0 is exact in seconds. */
int sf_count_decimals (SfTime t, int least);

/* Appends `t` ≥ 0 in seconds with `decimals` digits after the point, cut, not rounded: "1.050"; "1" with none. */
void sf_append_seconds (GString *out, SfTime t, int decimals);
