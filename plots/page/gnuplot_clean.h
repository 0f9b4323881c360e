/* SPDX-License-Identifier: MIT
 *
 * What gnuplot and cairo have written, made to say what the page says: titles, and no dates.
 */
#pragma once

#include "plots/page/gnuplot.h"

/* Returns the finished file of page number `i` of `pages` (SfPage; of a PDF: of all of them), made of the `len`
 * bytes `data` that gnuplot has written. */
GBytes *sf_gnuplot_clean (const char *data, gsize len, const GPtrArray *pages, guint i, SfPictureFormat format);
