/* SPDX-License-Identifier: MIT */
#include "base/source_file.h"

#include "base/gettext.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Reads `file` and closes it. Reads at most one byte more than the limit, enough to see that the file is too large. */
static SfSource *
read_source (FILE *file, const char *name, SfDiagnostics *diag)
{
  const gsize most = SF_SOURCE_MAX_BYTES + 1;
  g_autofree char *text = g_malloc (most);
  gsize len = fread (text, 1, most, file);
  int error = ferror (file) ? errno : 0;

  fclose (file);
  if (error == 0)
    return sf_source_new (name, text, len);
  sf_error_of_file (diag, name, _ ("can not be read: %s"), g_strerror (error));
  return NULL;
}

SfSource *
sf_source_read (const char *path, const char *name, SfDiagnostics *diag)
{
  FILE *file = fopen (path, "re");

  if (file != NULL)
    return read_source (file, name, diag);
  sf_error_of_file (diag, name, _ ("can not be read: %s"), g_strerror (errno));
  return NULL;
}

/* Returns what is wrong with file `fd`; NULL if it is a regular file of acceptable size. */
static const char *
complaint (int fd)
{
  struct stat st;

  if (fd < 0)
    return errno == ELOOP ? _ ("is a symbolic link") : errno == ENOENT ? _ ("is missing") : g_strerror (errno);
  if (fstat (fd, &st) != 0)
    return g_strerror (errno);
  if (!S_ISREG (st.st_mode))
    return _ ("is no file");
  return st.st_size > SF_SUBMITTED_MAX_BYTES ? _ ("is larger than 64 KiB") : NULL;
}

SfSource *
sf_source_read_inside (const char *folder, const char *name, SfDiagnostics *diag)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  /* O_NONBLOCK: opening a pipe without a writer would wait for ever. */
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  const char *wrong = complaint (fd);

  if (wrong == NULL)
    return read_source (fdopen (fd, "r"), name, diag);
  if (fd >= 0)
    close (fd);
  sf_error_of_file (diag, name, "%s", wrong);
  return NULL;
}
