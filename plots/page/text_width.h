/* SPDX-License-Identifier: MIT
 *
 * How much room words take in a picture: by the advance widths of DejaVu Sans, which is wider than the fonts that
 * viewers are likely to put in its place. Characters of Chinese are as wide as high.
 */
#pragma once

#include <glib.h>

/* Height of a line over the size of its font: ascenders and descenders, nothing between the lines. */
#define SF_TEXT_HEIGHT 1.17

/* Returns how wide `text` (UTF-8, one line) is at most in a font of `size` points. */
double sf_text_width (const char *text, double size, gboolean bold);

/* Returns `text` as lines (char *) that are at most `width` wide: broken by the rules of
 * base/line_break.h, and elsewhere only where not even a word fits. No line begins or ends with a space. */
GPtrArray *sf_text_fold (const char *text, double size, gboolean bold, double width);

/* The same with lines as equally long as can be without there being more of them: no word stands alone in the last.
 * Where they can all end with a comma, they do. */
GPtrArray *sf_text_fold_even (const char *text, double size, gboolean bold, double width);

/* Returns `text`, or as much of its beginning as fits into `width` with an ellipsis. */
char *sf_text_cut (const char *text, double size, gboolean bold, double width);
