/* SPDX-License-Identifier: MIT
 *
 * Formulas, for the theory that graphs show: `0.1 + 2 * x / (1 - x)`.
 *
 * A formula has numbers, names, `+ - * / **` (`**` is "to the power of"), `< <= > >=` and `&& ||` (1 or 0), `a ? b :
 * c`, parentheses, pi, and the functions abs, ceil, exp, floor, lgamma, log, log10, sqrt, min (a, b), max (a, b), and
 * sum (k, from, to, term), which adds up the term for k = from, from + 1, … to.
 */
#pragma once

#include <glib.h>

/* Computes formula `text`, in which `names` (NULL-terminated) have `values`. FALSE if it is no formula;
 * `*ret_complaint` then says why ("'(' is not closed"). A result that does not exist (1 / 0) is not finite. */
gboolean sf_formula (const char *text, const char *const *names, const double *values, double *ret_value,
                     char **ret_complaint);
