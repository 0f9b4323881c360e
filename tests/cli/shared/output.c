/* SPDX-License-Identifier: MIT
 *
 * Standard output: its width and color, and errors in writing to it.
 */
#include "cli/shared/output.h"

#include "tests/support/capture.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* --- width --- */

static const struct
{
  unsigned short columns; /* of the terminal; 0: not known */
  guint width, text_width;
} widths[] = {
  { 80, 80, 80 }, { 100, 100, 100 }, { 101, 101, 100 }, { 300, 300, 100 },
  { 40, 40, 40 }, { 20, 40, 40 },    { 0, 100, 100 },
};

static void
test_width (void)
{
  Capture capture;
  guint width, text_width;

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      int master = capture_terminal (&capture, STDOUT_FILENO, widths[i].columns);

      width = sf_output_width ();
      text_width = sf_output_text_width ();
      g_free (capture_end (&capture));
      close (master);
      g_assert_cmpuint (width, ==, widths[i].width);
      g_assert_cmpuint (text_width, ==, widths[i].text_width);
    }
  capture_begin (&capture, STDOUT_FILENO);
  width = sf_output_width ();
  g_free (capture_end (&capture));
  g_assert_cmpuint (width, ==, 100);
}

/* --- color --- */

static const struct
{
  SfColor when;
  gboolean terminal;
  const char *term, *no_color;
  gboolean color;
} colors[] = {
  { SF_COLOR_AUTO, TRUE, "xterm", NULL, TRUE },   { SF_COLOR_AUTO, TRUE, NULL, NULL, TRUE },
  { SF_COLOR_AUTO, FALSE, "xterm", NULL, FALSE }, { SF_COLOR_AUTO, TRUE, "dumb", NULL, FALSE },
  { SF_COLOR_AUTO, TRUE, "xterm", "1", FALSE },   { SF_COLOR_AUTO, TRUE, "xterm", "", TRUE },
  { SF_COLOR_ALWAYS, FALSE, "dumb", "1", TRUE },  { SF_COLOR_NEVER, TRUE, "xterm", NULL, FALSE },
};

static void
set (const char *name, const char *value)
{
  if (value != NULL)
    g_setenv (name, value, TRUE);
  else
    g_unsetenv (name);
}

static void
test_color (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
    {
      Capture out;
      gboolean color;
      int master = -1;

      set ("TERM", colors[i].term);
      set ("NO_COLOR", colors[i].no_color);
      if (colors[i].terminal)
        master = capture_terminal (&out, STDOUT_FILENO, 80);
      else
        capture_begin (&out, STDOUT_FILENO);
      color = sf_output_color (colors[i].when);
      g_free (capture_end (&out));
      if (master >= 0)
        close (master);
      g_assert_cmpint (color, ==, colors[i].color);
    }
}

/* --- writing --- */

/* Writes two texts to `fd` as standard output and ends with `status`. Returns the message. */
static char *
write_all (int fd, SfExit status, SfExit *ret_status)
{
  g_autoptr (GString) one = g_string_new ("one\n"), two = g_string_new ("two\n");
  SfOutput output = { 0 };
  Capture out, err;
  char *said;

  capture_into (&out, STDOUT_FILENO, fd);
  capture_begin (&err, STDERR_FILENO);
  sf_output (&output, one);
  sf_output (&output, two);
  *ret_status = sf_output_finish (&output, status);
  said = capture_end (&err);
  g_free (capture_end (&out));
  return said;
}

static void
test_write (void)
{
  g_autofree char *fine = NULL, *full = NULL, *closed = NULL;
  char seen[16] = "";
  SfExit status;
  int ends[2];

  signal (SIGPIPE, SIG_IGN);
  g_assert_cmpint (pipe (ends), ==, 0);
  fine = write_all (ends[1], SF_EXIT_FAILED, &status);
  g_assert_cmpint (read (ends[0], seen, sizeof seen), ==, 8);
  g_assert_cmpstr (seen, ==, "one\ntwo\n");
  g_assert_cmpint (status, ==, SF_EXIT_FAILED);
  g_assert_cmpstr (fine, ==, "");
  close (ends[0]);
  /* A closed pipe is no fault. */
  g_assert_cmpint (pipe (ends), ==, 0);
  close (ends[0]);
  closed = write_all (ends[1], SF_EXIT_FAILED, &status);
  g_assert_cmpint (status, ==, SF_EXIT_FAILED);
  g_assert_cmpstr (closed, ==, "");
  full = write_all (open ("/dev/full", O_WRONLY), SF_EXIT_OK, &status);
  g_assert_cmpint (status, ==, SF_EXIT_FAULT);
  g_assert_true (g_str_has_prefix (full, "synfin: cannot write to standard output: "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/shared/output/width", test_width);
  g_test_add_func ("/cli/shared/output/color", test_color);
  g_test_add_func ("/cli/shared/output/write", test_write);
  return g_test_run ();
}
