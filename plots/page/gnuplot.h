/* SPDX-License-Identifier: MIT
 *
 * Pictures through gnuplot: SVG, PNG, PDF. A page is a size, words for those who cannot see it, and a script
 * that draws it; all that depends on the format (terminal, fonts, output) is done here, so the same script does for all
 * three.
 *
 * The same pages give the same bytes: what gnuplot and cairo write of dates and of themselves is replaced.
 * In SVG, text stays text, and `title` and `desc` are the page's own.
 *
 * What a script may rely on: all settings are gnuplot's own, the encoding is UTF-8, text is not interpreted
 * ("noenhanced"), `lw 1` is a line of 1 point, and `dt (dash (6, LW), dash (3, LW))` a line broken into 6 points of ink
 * and 3 of paper if LW is its width; `ps mark (1)` is a point of the same size everywhere, if the variable `letters` is
 * the size of the terminal's font (10, unless the script sets another). The variables `width` and `height` are the size
 * in points of what can be drawn on: of the page, but in a PDF of the largest, and then the page is its upper left
 * part.
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
  char *title, *desc;   /* `desc`: what can be seen, in words; NULL: nothing but the title */
  GString
    *script; /* gnuplot commands that end with a plot; data in data blocks whose names may repeat on other pages */
} SfPage;

/* Returns a page with an empty script; strings are copied. Without `desc` (NULL) the title has to do. */
SfPage *sf_page_new (double width, double height, const char *title, const char *desc);
void sf_page_free (SfPage *page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfPage, sf_page_free)

/* The font of all pictures. */
#define SF_PICTURE_FONT "DejaVu Sans"

/* Appends `text` to a script as a string that gnuplot takes literally, on one line; not for texts of tics, which
 * gnuplot gives to printf. */
void sf_gnuplot_string (GString *script, const char *text);

/* Appends `number` to a script, with at most `decimals` (0 to 9) places, whatever the locale. */
void sf_gnuplot_number (GString *script, double number, guint decimals);

/* No gnuplot on this machine, or it failed. */
#define SF_GNUPLOT_ERROR (sf_gnuplot_error_quark ())
typedef enum
{
  SF_GNUPLOT_ERROR_MISSING, /* there is no program gnuplot */
  SF_GNUPLOT_ERROR_FAILED,  /* it ran and complained */
} SfGnuplotError;
GQuark sf_gnuplot_error_quark (void);

/* Draws `pages` (SfPage, at least one) with one run of gnuplot. Returns the finished files as GBytes: one a page, or
 * for PDF a single one with all pages; NULL with `error` set. Blocks until gnuplot is done. */
GPtrArray *sf_gnuplot_draw (const GPtrArray *pages, SfPictureFormat format, GError **error);

/* Returns the distance of marks on an axis of length `span`: 1, 2 or 5 times a power of ten, so that there are at most
 * `n`. */
double sf_gnuplot_step (double span, guint n);
