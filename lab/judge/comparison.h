/* SPDX-License-Identifier: MIT
 *
 * What a number is compared with: `3`, `">= 2"`, `[1, 3]`, `"< 30s"`; and the tolerance of a time: `10ms`, `5%`.
 */
#pragma once

#include "lab/language/node.h"

typedef enum
{
  SF_UNIT_COUNT,
  SF_UNIT_TIME, /* ns */
  SF_UNIT_BYTES,
  SF_UNIT_RATE, /* bit/s */
  SF_UNIT_MEAN, /* millionths: an average of a count */
} SfUnit;

/* Returns the unit in which values of `unit` are stored, "" for a count. The names are for files that programs read,
 * and not translated. */
const char *sf_unit_name (SfUnit unit);

typedef enum
{
  SF_COMPARE_EQ,
  SF_COMPARE_NE,
  SF_COMPARE_LT,
  SF_COMPARE_LE,
  SF_COMPARE_GT,
  SF_COMPARE_GE,
  SF_COMPARE_WITHIN, /* a … b, inclusive */
} SfComparisonKind;

typedef struct
{
  SfComparisonKind kind;
  gint64 a, b;
} SfComparison;

/* How far a time may be off: either tolerance is enough. */
typedef struct
{
  SfTime time;
  double part; /* as a part of the expected time */
} SfTolerance;

gboolean sf_comparison_load (const SfNode *node, SfUnit unit, SfDiagnostics *diag, SfComparison *ret_comparison);
gboolean sf_comparison_holds (const SfComparison *comparison, gint64 value);

/* Append "at least 30s" or "from 1 to 3"; and a value, which is the same in all languages. */
void sf_comparison_text (GString *out, const SfComparison *comparison, SfUnit unit, const char *lang);
void sf_value_text (GString *out, gint64 value, SfUnit unit);

/* TRUE if a noun after the comparison is singular: "at least 1 segment". */
static inline gboolean
sf_comparison_is_singular (const SfComparison *comparison)
{
  return comparison->kind != SF_COMPARE_WITHIN && comparison->a == 1;
}

/* Reads a tolerance. If `node` is NULL, the tolerance is unchanged, as in lab/language/node.h. */
gboolean sf_tolerance_load (const SfNode *node, SfDiagnostics *diag, SfTolerance *ret_tolerance);
gboolean sf_tolerance_holds (const SfTolerance *tolerance, SfTime expected, SfTime seen);

/* Reads one time or a list of times (SfTime). `*ret_times` becomes a new array; it stays NULL if `node` is NULL. */
gboolean sf_times_load (const SfNode *node, SfDiagnostics *diag, GArray **ret_times);

/* Appends "0s, 1s, 3s"; "never" for none. Of many, only the first. */
void sf_times_text (GString *out, const GArray *times, const char *lang);

/* TRUE if the times `seen` equal the times `expected`, in order, within the tolerance. */
gboolean sf_times_hold (const GArray *expected, const GArray *seen, const SfTolerance *tolerance);
