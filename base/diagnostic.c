/* SPDX-License-Identifier: MIT
 *
 * Sources and diagnostics: collected, and written as a compiler writes them.
 */
#include "base/diagnostic.h"

#include "base/gettext.h"

#include <string.h>

/* Number of characters of a source line that are shown on each side of the place. */
#define SHOWN_BEFORE 70
#define SHOWN_AFTER 50

struct SfSource
{
  char *name;
  char *text;
  gsize len;
  gboolean option;
  gatomicrefcount refs;
};

struct SfDiagnostics
{
  SfDiagnostic *error;
  GPtrArray *warnings; /* SfDiagnostic */
};

SfSource *
sf_source_new (const char *name, const char *text, gsize len)
{
  SfSource *source = g_new0 (SfSource, 1);

  source->name = g_strdup (name);
  source->text = g_malloc (len + 1);
  memcpy (source->text, text, len);
  source->text[len] = '\0';
  source->len = len;
  g_atomic_ref_count_init (&source->refs);
  return source;
}

SfSource *
sf_source_ref (SfSource *source)
{
  g_atomic_ref_count_inc (&source->refs);
  return source;
}

void
sf_source_unref (SfSource *source)
{
  if (source == NULL || !g_atomic_ref_count_dec (&source->refs))
    return;
  g_free (source->name);
  g_free (source->text);
  g_free (source);
}

const char *
sf_source_name (const SfSource *source)
{
  return source->name;
}

const char *
sf_source_text (const SfSource *source, gsize *ret_len)
{
  *ret_len = source->len;
  return source->text;
}

gboolean
sf_source_is_file (const SfSource *source)
{
  return !source->option;
}

void
sf_source_set_option (SfSource *source)
{
  source->option = TRUE;
}

char *
sf_source_line (const SfSource *source, guint line)
{
  const char *at = source->text, *end = source->text + source->len, *newline;

  if (line == 0)
    return NULL;
  for (guint i = 1; i < line; i++)
    {
      newline = memchr (at, '\n', end - at);
      if (newline == NULL)
        return NULL;
      at = newline + 1;
    }
  newline = memchr (at, '\n', end - at);
  if (newline != NULL)
    end = newline;
  if (end > at && end[-1] == '\r')
    end--;
  return g_strndup (at, end - at);
}

/* Bytes of a message that are kept. Messages quote input, which may be long. */
#define MAX_MESSAGE 500

char *
sf_printable (const char *text, gboolean tabs)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\t' && tabs)
        g_string_append_c (out, '\t');
      else if (g_unichar_iscntrl (c))
        g_string_append_c (out, ' ');
      else
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static void
diagnostic_free (gpointer data)
{
  SfDiagnostic *diagnostic = data;

  if (diagnostic == NULL)
    return;
  g_free (diagnostic->file);
  g_free (diagnostic->message);
  g_free (diagnostic->text);
  g_free (diagnostic);
}

static SfDiagnostic *diagnostic_new (SfSeverity severity, const SfPlace *place, const char *format, va_list args)
  G_GNUC_PRINTF (3, 0);

static SfDiagnostic *
diagnostic_new (SfSeverity severity, const SfPlace *place, const char *format, va_list args)
{
  SfDiagnostic *diagnostic = g_new0 (SfDiagnostic, 1);
  g_autofree char *message = g_strdup_vprintf (format, args);

  diagnostic->severity = severity;
  diagnostic->message = sf_printable (message, FALSE);
  if (strlen (diagnostic->message) > MAX_MESSAGE)
    strcpy (g_utf8_find_prev_char (diagnostic->message, diagnostic->message + MAX_MESSAGE - 4), "…");
  if (place == NULL || place->source == NULL)
    return diagnostic;

  diagnostic->file = sf_printable (place->source->name, FALSE);
  if (!place->source->option && place->line > 0)
    {
      g_autofree char *line = sf_source_line (place->source, place->line);

      diagnostic->line = place->line;
      diagnostic->column = place->column;
      diagnostic->text = line == NULL ? NULL : sf_printable (line, TRUE);
    }
  return diagnostic;
}

SfDiagnostics *
sf_diagnostics_new (void)
{
  SfDiagnostics *diag = g_new0 (SfDiagnostics, 1);

  diag->warnings = g_ptr_array_new_with_free_func (diagnostic_free);
  return diag;
}

void
sf_diagnostics_free (SfDiagnostics *diag)
{
  if (diag == NULL)
    return;
  diagnostic_free (diag->error);
  g_ptr_array_unref (diag->warnings);
  g_free (diag);
}

gboolean
sf_error (SfDiagnostics *diag, const SfPlace *place, const char *format, ...)
{
  va_list args;

  if (diag->error != NULL)
    return FALSE;
  va_start (args, format);
  diag->error = diagnostic_new (SF_SEVERITY_ERROR, place, format, args);
  va_end (args);
  return FALSE;
}

void
sf_warning (SfDiagnostics *diag, const SfPlace *place, const char *format, ...)
{
  va_list args;

  if (diag->warnings->len > SF_MAX_WARNINGS)
    return;
  if (diag->warnings->len == SF_MAX_WARNINGS)
    {
      place = NULL;
      format = _ ("there are further warnings");
    }
  va_start (args, format);
  g_ptr_array_add (diag->warnings, diagnostic_new (SF_SEVERITY_WARNING, place, format, args));
  va_end (args);
}

gboolean
sf_error_of_file (SfDiagnostics *diag, const char *file, const char *format, ...)
{
  va_list args;

  if (diag->error != NULL)
    return FALSE;
  va_start (args, format);
  diag->error = diagnostic_new (SF_SEVERITY_ERROR, NULL, format, args);
  va_end (args);
  diag->error->file = sf_printable (file, FALSE);
  return FALSE;
}

void
sf_diagnostics_take (SfDiagnostics *diag, SfDiagnostics *from)
{
  if (diag->error == NULL)
    diag->error = g_steal_pointer (&from->error);
}

void
sf_diagnostics_note (SfDiagnostics *diag, const char *note)
{
  g_autofree char *said = g_steal_pointer (&diag->error->message);
  g_autofree char *more = sf_printable (note, FALSE);

  diag->error->message = g_strconcat (said, more, NULL);
}

const SfDiagnostic *
sf_diagnostics_error (const SfDiagnostics *diag)
{
  return diag->error;
}

guint
sf_diagnostics_n_warnings (const SfDiagnostics *diag)
{
  return diag->warnings->len;
}

const SfDiagnostic *
sf_diagnostics_warning (const SfDiagnostics *diag, guint i)
{
  return g_ptr_array_index (diag->warnings, i);
}

/* Appends the source line, cut to the part near the column, and a caret under the column. */
static void
append_source_line (GString *out, const SfDiagnostic *diagnostic)
{
  glong n = g_utf8_strlen (diagnostic->text, -1);
  glong column = CLAMP ((glong) diagnostic->column - 1, 0, n);
  glong first = column > SHOWN_BEFORE ? column - SHOWN_BEFORE : 0;
  glong last = MIN (n, column + SHOWN_AFTER);
  g_autofree char *shown = g_utf8_substring (diagnostic->text, first, last);
  const char *p = shown;

  g_string_append_printf (out, "  %s%s%s\n  ", first > 0 ? "…" : "", shown, last < n ? "…" : "");
  if (first > 0)
    g_string_append_c (out, ' ');
  for (glong i = first; i < column; i++, p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\t')
        g_string_append_c (out, '\t');
      else if (!g_unichar_iszerowidth (c))
        g_string_append (out, g_unichar_iswide (c) ? "  " : " ");
    }
  g_string_append (out, "^\n");
}

char *
sf_diagnostic_format (const SfDiagnostic *diagnostic)
{
  GString *out = g_string_new (NULL);

  if (diagnostic->file != NULL)
    g_string_append_printf (out, "%s:", diagnostic->file);
  if (diagnostic->line > 0)
    g_string_append_printf (out, "%u:%u:", diagnostic->line, diagnostic->column);
  if (out->len > 0)
    g_string_append_c (out, ' ');
  g_string_append_printf (out, "%s: %s\n", diagnostic->severity == SF_SEVERITY_ERROR ? _ ("error") : _ ("warning"),
                          diagnostic->message);
  if (diagnostic->text != NULL)
    append_source_line (out, diagnostic);
  return g_string_free (out, FALSE);
}
