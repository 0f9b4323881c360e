/* SPDX-License-Identifier: MIT
 *
 * Writes to standard output, and finds out what the terminal can show.
 */
#include "cli/shared/output.h"

#include "base/gettext.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define MIN_WIDTH 40
#define DEFAULT_WIDTH 100

static gboolean
terminal_has_color (void)
{
  const char *term = g_getenv ("TERM");
  const char *no_color = g_getenv ("NO_COLOR"); /* https://no-color.org */

  return isatty (STDOUT_FILENO) && (no_color == NULL || *no_color == '\0')
         && (term == NULL || strcmp (term, "dumb") != 0);
}

gboolean
sf_output_color (SfColor when)
{
  return when == SF_COLOR_ALWAYS || (when == SF_COLOR_AUTO && terminal_has_color ());
}

gboolean
sf_output_needs_ascii (void)
{
  return isatty (STDOUT_FILENO) && !g_get_charset (NULL);
}

guint
sf_output_width (void)
{
  struct winsize size;

  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return MAX (size.ws_col, MIN_WIDTH);
  return DEFAULT_WIDTH;
}

guint
sf_output_text_width (void)
{
  return MIN (sf_output_width (), DEFAULT_WIDTH);
}

void
sf_output (SfOutput *output, const GString *text)
{
  gsize done = 0;

  while (output->error == 0 && done < text->len)
    {
      gssize n = write (STDOUT_FILENO, text->str + done, text->len - done);

      if (n >= 0)
        done += (gsize) n;
      else if (errno != EINTR)
        output->error = errno;
    }
}

SfExit
sf_output_finish (SfOutput *output, SfExit status)
{
  if (close (STDOUT_FILENO) != 0 && output->error == 0)
    output->error = errno;
  if (output->error == 0 || output->error == EPIPE)
    return status;
  return sf_fatal_error (_ ("cannot write to standard output: %s"), g_strerror (output->error));
}

SfExit
sf_output_all (const GString *text, SfExit status)
{
  SfOutput output = { 0 };

  sf_output (&output, text);
  return sf_output_finish (&output, status);
}

void
sf_print_diagnostics (const SfDiagnostics *diag)
{
  for (guint i = 0; i < sf_diagnostics_n_warnings (diag); i++)
    {
      g_autofree char *text = sf_diagnostic_format (sf_diagnostics_warning (diag, i));

      fputs (text, stderr);
    }
  if (sf_diagnostics_error (diag) != NULL)
    {
      g_autofree char *text = sf_diagnostic_format (sf_diagnostics_error (diag));

      fputs (text, stderr);
    }
}
