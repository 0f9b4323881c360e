/* SPDX-License-Identifier: MIT
 *
 * Cleans what gnuplot and cairo wrote: dates are removed, titles become the page's own.
 */
#pragma once

#include "plots/page/gnuplot.h"

/* Returns the finished file of page number `i` of `pages` (SfPage), or for PDF of all pages. `data` are the `len` bytes
 * that gnuplot wrote. */
GBytes *sf_gnuplot_clean (const char *data, gsize len, const GPtrArray *pages, guint i, SfPictureFormat format);
