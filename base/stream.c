/* SPDX-License-Identifier: MIT
 *
 * A file written under another name and renamed at the end, or written directly.
 */
#include "base/stream.h"

#include "base/gettext.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct SfStream
{
  FILE *file;
  char *path;
  char *aside; /* name under which it is written until it is complete; NULL: written directly */
  int error;   /* errno, 0: none */
};

static void
free_stream (SfStream *stream)
{
  g_free (stream->path);
  g_free (stream->aside);
  g_free (stream);
}

static void
set_error (GError **error, const char *path, int number)
{
  const int code = (int) g_file_error_from_errno (number);

  if (strcmp (path, "-") == 0)
    g_set_error (error, G_FILE_ERROR, code, _ ("cannot write to standard output: %s"), g_strerror (number));
  else
    g_set_error (error, G_FILE_ERROR, code, _ ("cannot write '%s': %s"), path, g_strerror (number));
}

/* TRUE for a pipe or a device, which must not be replaced by a file. */
static gboolean
is_special (const char *path)
{
  struct stat st;

  return stat (path, &st) == 0 && !S_ISREG (st.st_mode);
}

static FILE *
open_aside (SfStream *stream)
{
  int fd;

  stream->aside = g_strdup_printf ("%s.XXXXXX", stream->path);
  fd = g_mkstemp_full (stream->aside, O_WRONLY | O_CLOEXEC, 0666);
  return fd >= 0 ? fdopen (fd, "w") : NULL;
}

/* Checks a pipe or device without opening it: the reader of a pipe would take the closing for the end. */
static gboolean
check_special (const char *path, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    errno = EISDIR;
  else if (g_access (path, W_OK) == 0)
    return TRUE;
  set_error (error, path, errno);
  return FALSE;
}

gboolean
sf_stream_check (const char *path, GError **error)
{
  SfStream *stream;

  if (strcmp (path, "-") == 0)
    return TRUE;
  if (is_special (path))
    return check_special (path, error);
  stream = sf_stream_open (path, error);
  return stream != NULL && sf_stream_close (stream, FALSE, error);
}

SfStream *
sf_stream_open (const char *path, GError **error)
{
  SfStream *stream = g_new0 (SfStream, 1);

  stream->path = g_strdup (path);
  if (strcmp (path, "-") == 0)
    stream->file = fdopen (dup (STDOUT_FILENO), "w");
  else if (is_special (path))
    stream->file = fopen (path, "we");
  else
    stream->file = open_aside (stream);
  if (stream->file != NULL)
    return stream;
  set_error (error, path, errno);
  free_stream (stream);
  return NULL;
}

void
sf_stream_add (SfStream *stream, const GString *text)
{
  if (stream->error == 0 && fwrite (text->str, 1, text->len, stream->file) != text->len)
    stream->error = errno;
}

/* Renames the finished file to its final name. */
static void
put_in_place (SfStream *stream, gboolean complete)
{
  if (stream->aside == NULL)
    return;
  if (complete && stream->error == 0 && g_rename (stream->aside, stream->path) != 0)
    stream->error = errno;
  if (!complete || stream->error != 0)
    g_unlink (stream->aside);
}

gboolean
sf_stream_close (SfStream *stream, gboolean complete, GError **error)
{
  gboolean ok;

  if (fflush (stream->file) != 0 && stream->error == 0)
    stream->error = errno;
  if (stream->aside != NULL && fsync (fileno (stream->file)) != 0 && stream->error == 0)
    stream->error = errno;
  if (fclose (stream->file) != 0 && stream->error == 0)
    stream->error = errno;
  put_in_place (stream, complete);
  ok = stream->error == 0 || (stream->error == EPIPE && strcmp (stream->path, "-") == 0);
  if (!ok)
    set_error (error, stream->path, stream->error);
  free_stream (stream);
  return ok;
}
