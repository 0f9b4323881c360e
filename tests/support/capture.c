/* SPDX-License-Identifier: MIT */
#include "tests/support/capture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

void
capture_into (Capture *capture, int fd, int other)
{
  fflush (NULL);
  *capture = (Capture){ .fd = fd, .kept = dup (fd), .file = -1 };
  g_assert_cmpint (capture->kept, >=, 0);
  g_assert_cmpint (other, >=, 0);
  g_assert_cmpint (dup2 (other, fd), ==, fd);
  close (other);
}

void
capture_begin (Capture *capture, int fd)
{
  g_autofree char *path = NULL;
  int file = g_file_open_tmp ("capture-XXXXXX", &path, NULL);

  g_assert_cmpint (file, >=, 0);
  g_unlink (path);
  capture_into (capture, fd, dup (file));
  capture->file = file;
}

int
capture_terminal (Capture *capture, int fd, unsigned short columns)
{
  const struct winsize size = { .ws_row = 24, .ws_col = columns };
  int master, slave;

  g_assert_cmpint (openpty (&master, &slave, NULL, NULL, &size), ==, 0);
  capture_into (capture, fd, slave);
  return master;
}

char *
capture_read (int master)
{
  GString *text = g_string_new (NULL);
  char buffer[4096];
  gssize n;

  fflush (NULL);
  g_assert_cmpint (fcntl (master, F_SETFL, O_NONBLOCK), ==, 0);
  while ((n = read (master, buffer, sizeof buffer)) > 0)
    g_string_append_len (text, buffer, n);
  return g_string_free (text, FALSE);
}

char *
capture_end (Capture *capture)
{
  GString *text = g_string_new (NULL);
  char buffer[4096];
  gssize n;

  fflush (NULL);
  g_assert_cmpint (dup2 (capture->kept, capture->fd), ==, capture->fd);
  close (capture->kept);
  if (capture->file >= 0)
    {
      lseek (capture->file, 0, SEEK_SET);
      while ((n = read (capture->file, buffer, sizeof buffer)) > 0)
        g_string_append_len (text, buffer, n);
      close (capture->file);
    }
  return g_string_free (text, FALSE);
}

void
assert_says (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("'%s' does not say '%s'", text, part);
}
