/* SPDX-License-Identifier: MIT
 *
 * Which plural a number takes. A language says so by an expression of C in the header of its catalog, as
 * https://www.gnu.org/software/gettext/manual/html_node/Plural-forms.html has it: `n != 1`,
 * `n%10==1 && n%100!=11 ? 0 : 1`.
 */
#pragma once

#include <glib.h>

/* Returns what `rule`, which ends at a ';', a newline or its end, gives for `n`: the number of the form, from 0.
 * Division by zero gives 0. */
gulong sf_plural_form (const char *rule, gulong n);

/* TRUE if `rule` is such an expression. */
gboolean sf_plural_is_rule (const char *rule);
