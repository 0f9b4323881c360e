/* SPDX-License-Identifier: MIT
 *
 * Text for people, broken into lines that fit.
 */
#pragma once

#include "base/text_style.h"

/* Appends `text` after `head`, broken (base/line_break.h) so that no line is wider than `width` columns (0: never)
 * unless a word is; all lines but the first begin with `indent`. A newline in the text is kept. Ends in a newline. */
void sf_paragraph (GString *out, const char *head, const char *indent, const char *text, guint width);

/* Appends a longer text as its author laid it out: an empty line ends a paragraph, a line that begins with a label and
 * a gap ("1.05s The server ...") or with another indentation begins one, and what follows it under the text belongs to
 * it. */
void sf_paragraphs (GString *out, const char *text, guint width);

/* Appends a line in bold. */
void sf_paragraph_title (GString *out, const char *title, const SfTextStyle *style);

/* Appends `text` behind `label`, or, if that is not to be shown, where it would stand behind it. */
void sf_paragraph_labeled (GString *out, const char *label, gboolean shown, const char *text, const SfTextStyle *style);
