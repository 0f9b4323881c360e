/* SPDX-License-Identifier: MIT
 *
 * Text for people, broken into lines that fit.
 */
#pragma once

#include "base/text_style.h"

/* Appends `text` after `head`, broken (base/line_break.h) into lines of at most `width` columns (0: unlimited); only a
 * longer word exceeds it. All lines but the first begin with `indent`. Newlines in `text` are kept. Ends in a
 * newline. */
void sf_paragraph (GString *out, const char *head, const char *indent, const char *text, guint width);

/* Appends a longer text as its author arranged it. A paragraph ends at an empty line. A new one also begins at a line
 * that begins with a label and a gap ("1.05s The server ...") or has another indentation. Lines below the text of a
 * label belong to its paragraph. */
void sf_paragraphs (GString *out, const char *text, guint width);

/* Appends a line in bold. */
void sf_paragraph_title (GString *out, const char *title, const SfTextStyle *style);

/* Appends `text` after `label`. Unless `shown`, blanks take the place of the label. */
void sf_paragraph_labeled (GString *out, const char *label, gboolean shown, const char *text, const SfTextStyle *style);
