/* SPDX-License-Identifier: MIT
 *
 * What code prints, for tests of it: from capture_begin() on, what goes to a file descriptor goes to a file.
 */
#pragma once

#include <glib.h>

typedef struct
{
  int fd;   /* that is captured */
  int kept; /* where it went before */
  int file;
} Capture;

/* Begins to capture `fd`: STDOUT_FILENO or STDERR_FILENO. */
void capture_begin (Capture *capture, int fd);

/* Ends it; returns what was printed. */
char *capture_end (Capture *capture);

/* Lets `fd` be `other`, which is closed, until capture_end(), whose result is then meaningless and to be freed. */
void capture_into (Capture *capture, int fd, int other);

/* A terminal of `columns` columns for `fd`; returns its other end. To be ended with capture_end(), too. */
int capture_terminal (Capture *capture, int fd, unsigned short columns);

/* Returns what has been printed on the terminal whose other end is `master` so far. */
char *capture_read (int master);

/* `text` says `part`; else it is shown. */
void assert_says (const char *text, const char *part);
