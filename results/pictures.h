/* SPDX-License-Identifier: MIT
 *
 * Pictures of runs: which there are, their pages, and the files they go to.
 */
#pragma once

#include "plots/graph/graph.h"
#include "plots/page/gnuplot.h"
#include "plots/sequence/sequence.h"
#include "trace/trace.h"

typedef enum
{
  SF_PICTURE_SEQUENCE,
  SF_PICTURE_COMPARE,
  SF_PICTURE_GRAPHS, /* the first of the graphs, in the order of SfGraphKind */
  SF_N_PICTURES = SF_PICTURE_GRAPHS + SF_N_GRAPHS
} SfPictureKind;

/* "sequence", "compare" … */
const char *sf_picture_name (SfPictureKind kind);

/* ".svg", ".png", ".pdf". */
const char *sf_picture_suffix (SfPictureFormat format);

/* Finds the format called `name` ("svg"); FALSE if there is none. */
gboolean sf_picture_format_find (const char *name, SfPictureFormat *ret_format);

#define SF_N_PICTURE_FORMATS (SF_PICTURE_PDF + 1)

/* A sequence diagram or comparison has at most so many pages unless a person asks for more. */
#define SF_PICTURE_MAX_PAGES 12

/* One picture to be written. */
typedef struct
{
  char *stem, *suffix; /* its file is STEMSUFFIX; of several pages STEM-1SUFFIX and so on, but for PDF */
  GPtrArray *pages;    /* SfPage */
} SfPicture;

/* Returns an empty list of pictures. */
GPtrArray *sf_pictures_new (void);

/* Adds a picture; takes `pages` over. */
void sf_pictures_add (GPtrArray *pictures, const char *stem, const char *suffix, GPtrArray *pages);

/* Returns the pages (SfPage) of a sequence diagram or, if `right` is not NULL, of a comparison. Stores in
 * `*ret_left_out` how many more there would be. */
GPtrArray *sf_picture_diagram (const SfTrace *left, const SfTrace *right, const SfSequenceOptions *options,
                               guint *ret_left_out);

/* Draws the pictures, with as few runs of gnuplot as can be, and writes them. Appends the names of the files to `names`
 * (char *), unless that is NULL. */
gboolean sf_pictures_write (const GPtrArray *pictures, SfPictureFormat format, GPtrArray *names, GError **error);

/* The pictures of all runs of a scenario, in the formats that were asked for. */
typedef struct
{
  GPtrArray *pictures[SF_N_PICTURE_FORMATS]; /* SfPicture; NULL: not in this format */
  SfTrace *first;                            /* the run that the others are compared with; NULL: none yet */
  guint left_out;                            /* pages beyond SF_PICTURE_MAX_PAGES */
} SfPictureSet;

/* Returns an empty picture set for `formats` ("svg", "png,pdf", "none"), NULL if that is nothing of the kind. */
SfPictureSet *sf_picture_set_new (const char *formats);
void sf_picture_set_free (SfPictureSet *picture_set);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfPictureSet, sf_picture_set_free)

/* Adds `pages` (SfPage) as DIR/NAME in every format; takes them over. */
void sf_picture_set_add_pages (SfPictureSet *picture_set, const char *dir, const char *name, GPtrArray *pages);

/* Adds the pictures of a run that it has data for, for directory `dir`, and, if it is not the first, its comparison
 * with the first for directory `top`. Words of scenarios are in `lang`. Takes `trace` over. */
void sf_picture_set_add (SfPictureSet *picture_set, SfTrace *trace, const char *dir, const char *top, const char *lang);

/* Draws and writes all of them. */
gboolean sf_picture_set_write (const SfPictureSet *picture_set, GError **error);
