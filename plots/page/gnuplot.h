/* SPDX-License-Identifier: MIT
 *
 * Pictures through gnuplot: SVG, PNG, PDF. A page is a size, a description for those who cannot see it, and a script
 * that draws it. Everything that depends on the format (terminal, fonts, output) is done here, so the same script
 * serves all three.
 *
 * The same pages give the same bytes: dates and versions that gnuplot and cairo write are replaced. In SVG, text stays
 * text, and `title` and `desc` are the page's own.
 *
 * A script may rely on this: all settings have gnuplot's defaults, the encoding is UTF-8, and text is not interpreted
 * ("noenhanced"). `lw 1` is a line of 1 point. `dt (dash (6, LW), dash (3, LW))` is a line of dashes of 6 points and
 * gaps of 3, if LW is its width. `ps mark (1)` is a mark of the same size in all formats, if the variable `letters` is
 * the size of the terminal's font (10, unless the script sets another). The variables `width` and `height` are the size
 * of the canvas in points. The canvas is the page; in a PDF it is as large as the largest page, and the page is its
 * upper left part.
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
  char *title, *desc;   /* `desc`: description in words; NULL: nothing but the title */
  GString *script;      /* gnuplot commands that end with a plot; names of data blocks may repeat on other pages */
} SfPage;

/* Returns a page with an empty script; strings are copied. `desc` may be NULL. */
SfPage *sf_page_new (double width, double height, const char *title, const char *desc);
void sf_page_free (SfPage *page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfPage, sf_page_free)

/* The font of all pictures. */
#define SF_PICTURE_FONT "DejaVu Sans"

/* Appends `text` to a script as a string on one line that gnuplot takes literally. Not for labels of tics: gnuplot uses
 * these as formats of printf. */
void sf_gnuplot_string (GString *script, const char *text);

/* Appends `number` to a script with at most `decimals` (0 to 9) decimal places, in the C locale. */
void sf_gnuplot_number (GString *script, double number, guint decimals);

/* Errors of running gnuplot. */
#define SF_GNUPLOT_ERROR (sf_gnuplot_error_quark ())
typedef enum
{
  SF_GNUPLOT_ERROR_MISSING, /* there is no program gnuplot */
  SF_GNUPLOT_ERROR_FAILED,  /* it ran and reported an error */
} SfGnuplotError;
GQuark sf_gnuplot_error_quark (void);

/* Draws `pages` (SfPage, at least one) with one run of gnuplot. Returns the finished files as GBytes: one per page, but
 * for PDF a single one with all pages; NULL with `error` set. Blocks until gnuplot is done. */
GPtrArray *sf_gnuplot_draw (const GPtrArray *pages, SfPictureFormat format, GError **error);

/* Returns the distance between marks on an axis of length `span`: the smallest 1, 2 or 5 times a power of ten that
 * gives at most `n` marks. */
double sf_gnuplot_step (double span, guint n);
