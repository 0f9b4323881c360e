/* SPDX-License-Identifier: MIT
 *
 * Formulas, for theory that is drawn into graphs: `0.1 + 2 * x / (1 - x)`.
 *
 * Numbers, names, `+ - * / **` (`**` is "to the power of"), `< <= > >=` and `&& ||` (1 or 0), `a ? b : c`, parentheses,
 * pi, and the functions abs, ceil, exp, floor, lgamma, log, log10, sqrt, min (a, b), max (a, b), and sum (k, from, to,
 * term): of the term for k = from, from + 1, … to.
 */
#pragma once

#include <glib.h>

/* Computes `text` with the values of `names` (NULL-terminated). FALSE if it is no formula: `*ret_complaint` then says
 * why, in words ("'(' is not closed"). What has no value (1 / 0) is not finite. */
gboolean sf_formula (const char *text, const char *const *names, const double *values, double *ret_value,
                     char **ret_complaint);
