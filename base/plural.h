/* SPDX-License-Identifier: MIT
 *
 * Plural forms: which one a number takes. A catalog has an expression of C in its header, such as `n != 1` or `n%10==1
 * && n%100!=11 ? 0 : 1`: https://www.gnu.org/software/gettext/manual/html_node/Plural-forms.html.
 */
#pragma once

#include <glib.h>

/* Returns the value of `rule` for `n`: the number of the plural form, from 0. `rule` ends at a ';', a newline or a NUL.
 * Division by zero gives 0. */
gulong sf_plural_form (const char *rule, gulong n);

/* TRUE if `rule` is a valid expression. */
gboolean sf_plural_is_rule (const char *rule);
