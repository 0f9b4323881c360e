/* SPDX-License-Identifier: MIT
 *
 * Pictures through gnuplot: SVG, PNG, PDF. A page is a size, words for those who cannot see it, and a script
 * that draws it; all that depends on the format (terminal, fonts, output) is done here, so the same script does for all three.
 *
 * The same pages give the same bytes: what gnuplot and cairo write of dates and of themselves is replaced.
 * In SVG, text stays text, and `title` and `desc` are the page's own.
 */
#pragma once

#include <gio/gio.h>

typedef enum
{
  SF_PICTURE_SVG,
  SF_PICTURE_PNG,
  SF_PICTURE_PDF,
} SfPictureFormat;

typedef struct
{
  double width, height; /* in points */
  char *title, *desc;   /* `desc`: what can be seen, in words */
  GString *script;      /* gnuplot commands that end with a plot; data in data blocks whose names may repeat on other pages */
} SfPage;

SfPage *sf_page_new (double width, double height, const char *title, const char *desc);
void sf_page_free (SfPage *page);

/* No gnuplot on this machine, or it failed. */
#define SF_GNUPLOT_ERROR (sf_gnuplot_error_quark ())
typedef enum
{
  SF_GNUPLOT_ERROR_MISSING, /* there is no program gnuplot */
  SF_GNUPLOT_ERROR_FAILED,  /* it ran and complained */
} SfGnuplotError;
GQuark sf_gnuplot_error_quark (void);

/* Draws `pages` (SfPage) with one run of gnuplot. Returns the finished files as GBytes: one a page, or for PDF a single one with
 * all pages; NULL with `error` set. Blocks until gnuplot is done. */
GPtrArray *sf_gnuplot_draw (const GPtrArray *pages, SfPictureFormat format, GError **error);
