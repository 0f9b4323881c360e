/* SPDX-License-Identifier: MIT
 *
 * Pictures of runs: which there are, their pages, and the files they go to.
 */
#pragma once

#include "models/story.h"
#include "plots/gnuplot.h"
#include "plots/graph.h"

typedef enum
{
  SF_PICTURE_SEQUENCE,
  SF_PICTURE_COMPARE,
  SF_PICTURE_STEVENS, /* from here on the graphs, in the order of SfGraphKind */
  SF_PICTURE_WINDOW,
  SF_PICTURE_RTT,
  SF_PICTURE_STATES,
  SF_N_PICTURES
} SfPictureKind;

/* "sequence", "compare" … */
const char *sf_picture_name (SfPictureKind kind);

/* ".svg", ".png", ".pdf". */
const char *sf_picture_suffix (SfPictureFormat format);

/* Finds the format called `name` ("svg"); FALSE if there is none. */
gboolean sf_picture_format_find (const char *name, SfPictureFormat *ret_format);

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

/* Returns the pages (SfPage) of a sequence diagram or, if `right` is not NULL, of a comparison. Stores in `*ret_left_out` how many
 * more there would be. */
GPtrArray *sf_picture_diagram (const SfStory *left, const SfStory *right, const SfSequenceOptions *options, guint *ret_left_out);

/* Adds the pictures of one run that it has data for to `pictures`, for directory `dir`, in language `lang`. */
void sf_pictures_add_run (GPtrArray *pictures, const SfStory *story, const char *dir, SfPictureFormat format, const char *lang);

/* Adds the comparison of two runs as "compare-VARIANT". */
void sf_pictures_add_compare (GPtrArray *pictures, const SfStory *left, const SfStory *right, const char *dir,
                              SfPictureFormat format, const char *lang);

/* Draws the pictures, with as few runs of gnuplot as can be, and writes them. Appends the names of the files to `names` (char *),
 * unless that is NULL. */
gboolean sf_pictures_write (const GPtrArray *pictures, SfPictureFormat format, GPtrArray *names, GError **error);
