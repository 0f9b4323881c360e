/* SPDX-License-Identifier: MIT
 *
 * Streams: a file is complete or does not appear, and closing the stream reports errors.
 */
#include "base/stream.h"
#include "tests/support/capture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *dir, *path; /* of a folder, and of a file in it that does not exist yet */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("stream-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->dir, "file", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_unlink (fixture->path);
  /* Fails if another file was left there. */
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_free (fixture->dir);
  g_free (fixture->path);
}

static SfStream *
open_stream (const char *path)
{
  g_autoptr (GError) error = NULL;
  SfStream *stream = sf_stream_open (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (stream);
  return stream;
}

static void
add (SfStream *stream, const char *text)
{
  g_autoptr (GString) string = g_string_new (text);

  sf_stream_add (stream, string);
}

static void
assert_holds (const char *path, const char *expected)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_complete (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  SfStream *stream = open_stream (fixture->path);

  add (stream, "one\n");
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  add (stream, "");
  add (stream, "two\n");
  g_assert_true (sf_stream_close (stream, TRUE, &error));
  g_assert_no_error (error);
  assert_holds (fixture->path, "one\ntwo\n");
}

/* A stream that is given up leaves what there was: nothing, or the old file. */
static void
test_incomplete (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  SfStream *stream = open_stream (fixture->path);

  add (stream, "half");
  g_assert_true (sf_stream_close (stream, FALSE, NULL));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  stream = open_stream (fixture->path);
  add (stream, "half");
  g_assert_true (sf_stream_close (stream, FALSE, NULL));
  assert_holds (fixture->path, "old");
  stream = open_stream (fixture->path);
  add (stream, "new");
  g_assert_true (sf_stream_close (stream, TRUE, NULL));
  assert_holds (fixture->path, "new");
}

static void
test_check (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_true (sf_stream_check (fixture->path, NULL));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  g_assert_true (sf_stream_check (fixture->path, NULL));
  assert_holds (fixture->path, "old");
  g_assert_true (sf_stream_check ("-", NULL));
  g_assert_true (sf_stream_check ("/dev/null", NULL));
}

/* `error` has this code, and its message contains `part`. */
static void
assert_error (GError *error, GFileError code, const char *part)
{
  g_autofree char *message = error != NULL ? g_strdup (error->message) : NULL;

  g_assert_error (error, G_FILE_ERROR, (int) code);
  assert_says (message, part);
}

static void
test_refused (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *nowhere = g_build_filename (fixture->dir, "no", "file", NULL);
  g_autoptr (GError) none = NULL, check = NULL, folder = NULL;

  g_assert_null (sf_stream_open (nowhere, &none));
  assert_error (none, G_FILE_ERROR_NOENT, nowhere);
  g_assert_false (sf_stream_check (nowhere, &check));
  assert_error (check, G_FILE_ERROR_NOENT, "cannot write '");
  g_assert_false (sf_stream_check (fixture->dir, &folder));
  assert_error (folder, G_FILE_ERROR_ISDIR, fixture->dir);
}

/* A device is written directly. Closing reports that the disk is full. */
static void
test_device (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  SfStream *stream = open_stream ("/dev/null");

  add (stream, "text");
  g_assert_true (sf_stream_close (stream, TRUE, NULL));
  stream = open_stream ("/dev/full");
  add (stream, "text");
  g_assert_false (sf_stream_close (stream, TRUE, &error));
  assert_error (error, G_FILE_ERROR_NOSPC, "cannot write '/dev/full'");
}

static void
test_stdout (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  Capture capture;
  SfStream *stream;
  gboolean ok;
  g_autofree char *text = NULL;

  capture_begin (&capture, STDOUT_FILENO);
  stream = sf_stream_open ("-", NULL);
  add (stream, "one\n");
  ok = sf_stream_close (stream, TRUE, NULL);
  /* Standard output is still open. */
  ok = ok && write (STDOUT_FILENO, "two\n", 4) == 4;
  text = capture_end (&capture);
  g_assert_true (ok);
  g_assert_cmpstr (text, ==, "one\ntwo\n");
}

/* Writes a text to standard output, which is `fd` for that time. */
static gboolean
write_to (int fd, GError **error)
{
  Capture capture;
  SfStream *stream;
  gboolean ok;

  capture_into (&capture, STDOUT_FILENO, fd);
  stream = sf_stream_open ("-", NULL);
  add (stream, "text\n");
  ok = sf_stream_close (stream, TRUE, error);
  g_free (capture_end (&capture));
  return ok;
}

/* It is no error if nobody reads any more. A full disk is one. */
static void
test_stdout_errors (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  int ends[2];

  signal (SIGPIPE, SIG_IGN);
  g_assert_cmpint (pipe (ends), ==, 0);
  close (ends[0]);
  g_assert_true (write_to (ends[1], &error));
  g_assert_no_error (error);
  g_assert_false (write_to (open ("/dev/full", O_WRONLY), &error));
  assert_error (error, G_FILE_ERROR_NOSPC, "cannot write to standard output");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/base/stream/complete", test_complete },
    { "/base/stream/incomplete", test_incomplete },
    { "/base/stream/check", test_check },
    { "/base/stream/refused", test_refused },
    { "/base/stream/device", test_device },
    { "/base/stream/stdout", test_stdout },
    { "/base/stream/stdout-errors", test_stdout_errors },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
