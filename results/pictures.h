/* SPDX-License-Identifier: MIT
 *
 * Pictures of runs: their kinds, their pages, and their files.
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

/* Returns the name of `kind`: "sequence", "compare", … */
const char *sf_picture_name (SfPictureKind kind);

/* Returns what it shows, a line for people that is to be translated. */
const char *sf_picture_doc (SfPictureKind kind);

/* Returns ".svg", ".png" or ".pdf". */
const char *sf_picture_suffix (SfPictureFormat format);

/* Finds the format called `name` ("svg"); FALSE if there is none. */
gboolean sf_picture_format_find (const char *name, SfPictureFormat *ret_format);

#define SF_N_PICTURE_FORMATS (SF_PICTURE_PDF + 1)

/* Pages of a sequence diagram or comparison, at most, unless a person asks for more. */
#define SF_PICTURE_MAX_PAGES 12

/* A picture to be written. */
typedef struct
{
  char *stem, *suffix; /* its file is STEMSUFFIX; with several pages, STEM-1SUFFIX and so on, except in PDF */
  GPtrArray *pages;    /* SfPage */
} SfPicture;

/* Returns an empty list of pictures. */
GPtrArray *sf_pictures_new (void);

/* Adds a picture. Takes ownership of `pages`. */
void sf_pictures_add (GPtrArray *pictures, const char *stem, const char *suffix, GPtrArray *pages);

/* Returns the pages (SfPage) of a sequence diagram or, if `right` is not NULL, of a comparison. Stores in
 * `*ret_left_out` how many more there would be. */
GPtrArray *sf_picture_diagram (const SfTrace *left, const SfTrace *right, const SfSequenceOptions *options,
                               guint *ret_left_out);

/* Draws the pictures, with as few runs of gnuplot as possible, and writes them. Appends the names of the files to
 * `names` (char *), unless it is NULL. FALSE with `error`. */
gboolean sf_pictures_write (const GPtrArray *pictures, SfPictureFormat format, GPtrArray *names, GError **error);

/* The pictures of all runs of a scenario, in the requested formats. */
typedef struct
{
  GPtrArray *pictures[SF_N_PICTURE_FORMATS]; /* SfPicture; NULL: not in this format */
  SfTrace *first;                            /* the run that the others are compared with; NULL: none yet */
  guint left_out;                            /* pages beyond SF_PICTURE_MAX_PAGES */
} SfPictureSet;

/* Returns an empty picture set for `formats` ("svg", "png,pdf", "none"), NULL if it names no formats. */
SfPictureSet *sf_picture_set_new (const char *formats);
void sf_picture_set_free (SfPictureSet *picture_set);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfPictureSet, sf_picture_set_free)

/* Adds `pages` (SfPage) as DIR/NAME in every format. Takes ownership of them. */
void sf_picture_set_add_pages (SfPictureSet *picture_set, const char *dir, const char *name, GPtrArray *pages);

/* Adds those pictures of a run that have data, for directory `dir`. If it is not the first run, adds its comparison
 * with the first one, for directory `top`. Words are in `lang`. Takes ownership of `trace`. */
void sf_picture_set_add (SfPictureSet *picture_set, SfTrace *trace, const char *dir, const char *top, const char *lang);

/* Draws and writes all pictures. FALSE with `error`. */
gboolean sf_picture_set_write (const SfPictureSet *picture_set, GError **error);
