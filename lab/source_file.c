/* SPDX-License-Identifier: MIT */
#include "lab/source_file.h"

#include "lab/document.h"

#include <errno.h>
#include <stdio.h>

/* Reads at most one byte more than a document may have: enough to see that there is too much. NULL: see errno. */
static char *
read_file (const char *path, gsize *ret_len)
{
  const gsize most = SF_DOCUMENT_MAX_BYTES + 1;
  FILE *file = fopen (path, "re");
  g_autofree char *text = NULL;
  gsize len;
  int error;

  if (file == NULL)
    return NULL;
  text = g_malloc (most);
  len = fread (text, 1, most, file);
  error = ferror (file) ? errno : 0;
  fclose (file);
  if (error != 0)
    {
      errno = error;
      return NULL;
    }
  *ret_len = len;
  return g_realloc (g_steal_pointer (&text), MAX (len, 1));
}

SfSource *
sf_source_read (const char *path, const char *name, SfDiagnostics *diag)
{
  gsize len = 0;
  g_autofree char *text = read_file (path, &len);

  if (text != NULL)
    return sf_source_new (name, text, len);
  sf_error_of_file (diag, name, "can not be read: %s", g_strerror (errno));
  return NULL;
}
