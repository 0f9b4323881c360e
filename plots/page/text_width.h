/* SPDX-License-Identifier: MIT
 *
 * The width of text in pictures, by the advance widths of DejaVu Sans. Fonts that viewers are likely to use instead are
 * narrower. Chinese characters are as wide as the font is high.
 */
#pragma once

#include <glib.h>

/* Height of a line per size of its font: ascenders and descenders, no space between lines. */
#define SF_TEXT_HEIGHT 1.17

/* Returns an upper bound of the width of `text` (UTF-8, one line) in a font of `size` points, in points. */
double sf_text_width (const char *text, double size, gboolean bold);

/* Returns `text` as lines (char *) of at most `width` points. Lines break by the rules of base/line_break.h, inside a
 * word only if it is too long for a line. No line begins or ends with a space. */
GPtrArray *sf_text_fold (const char *text, double size, gboolean bold, double width);

/* The same with lines of about equal length, but not more of them, so that no word stands alone in the last one. If all
 * lines can end at a comma, they do. */
GPtrArray *sf_text_fold_even (const char *text, double size, gboolean bold, double width);

/* Returns `text`, or the longest beginning of it that fits into `width` points with an ellipsis. */
char *sf_text_cut (const char *text, double size, gboolean bold, double width);
