/* SPDX-License-Identifier: MIT
 *
 * Files that appear complete or not at all: they are written under another name, then renamed. Anything but a regular
 * file (a pipe, /dev/stdout) is written directly. Also: listing what is in folders.
 */
#pragma once

#include <glib.h>

/* Writes `len` bytes of `data` to file `path`. */
gboolean sf_file_write (const char *path, const void *data, gsize len, GError **error);

/* Renames file `aside` to `path`, in the same directory, and syncs both, so that the result survives a power cut. */
gboolean sf_file_replace (const char *path, const char *aside, GError **error);

/* Makes directory `path` and its missing parents. */
gboolean sf_directory_make (const char *path, GError **error);

/* TRUE if the file at `path` can be read and begins with the `len` bytes of `begin`. */
gboolean sf_file_begins (const char *path, const char *begin, gsize len);

/* Sorts `names` (char *) by their bytes. */
void sf_names_sort (GPtrArray *names);

/* Returns the sorted names in directory `path`, without those that begin with a dot. NULL with `error`
 * (G_FILE_ERROR). */
GPtrArray *sf_directory_list (const char *path, GError **error);

/* Returns `path` if it is a file. If it is a directory, returns all files below it whose names end in `suffix`, sorted
 * by name, files and folders alike, so that the order is the same on every machine. Names that begin with a dot are
 * left out. */
GPtrArray *sf_files_find (const char *path, const char *suffix, GError **error);
