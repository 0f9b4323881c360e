/* SPDX-License-Identifier: MIT
 *
 * Writing files that appear complete or not at all: written aside, then renamed. What is not a regular file (a pipe,
 * /dev/stdout) is written to directly.
 */
#pragma once

#include <glib.h>

/* Writes `len` bytes of `data` to file `path`. */
gboolean sf_file_write (const char *path, const void *data, gsize len, GError **error);

/* Puts the file `aside`, which stands in the same directory, in the place of `path`; both lasting through a power
 * cut. */
gboolean sf_file_replace (const char *path, const char *aside, GError **error);

/* Makes directory `path` and those above it, as far as they are missing. */
gboolean sf_directory_make (const char *path, GError **error);

/* TRUE if the file at `path` can be read and begins with the `len` bytes of `begin`. */
gboolean sf_file_begins (const char *path, const char *begin, gsize len);

/* Sorts `names` (char *) by their bytes. */
void sf_names_sort (GPtrArray *names);

/* Returns the names in directory `path`, sorted; those that begin with a dot are left out. NULL with `error`
 * (G_FILE_ERROR). */
GPtrArray *sf_directory_list (const char *path, GError **error);

/* Returns `path` if it is a file, or all files below it whose names end in `suffix` if it is a directory: sorted by
 * name, files and folders alike, so that the order does not depend on the machine. Names that begin with a dot are left
 * out. */
GPtrArray *sf_files_find (const char *path, const char *suffix, GError **error);
