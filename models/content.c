/* SPDX-License-Identifier: MIT */
#include "models/content.h"

#include <string.h>

#define CELL 16

/* Writes the last `width` decimal digits of `n` to `at`, with leading zeros. */
static void
put_digits (guint8 *at, guint width, guint64 n)
{
  while (width-- > 0)
    {
      at[width] = (guint8) ('0' + n % 10);
      n /= 10;
    }
}

static guint
count_digits (guint32 n)
{
  guint digits = 1;

  for (; n >= 10; n /= 10)
    digits++;
  return digits;
}

/* Makes the cell of `stream` that begins at `offset`: "c", the stream, ":", as many digits of the offset as
 * fit, and a newline. */
static void
make_cell (guint32 stream, guint64 offset, guint8 cell[CELL])
{
  guint digits = count_digits (stream);

  cell[0] = 'c';
  put_digits (cell + 1, digits, stream);
  cell[1 + digits] = ':';
  put_digits (cell + 2 + digits, CELL - 3 - digits, offset);
  cell[CELL - 1] = '\n';
}

static void
fill_pattern (guint32 stream, guint64 offset, gsize len, guint8 *buffer)
{
  while (len > 0)
    {
      guint8 cell[CELL];
      gsize skip = offset % CELL;
      gsize n = MIN (CELL - skip, len);

      make_cell (stream, offset - skip, cell);
      memcpy (buffer, cell + skip, n);
      buffer += n;
      offset += n;
      len -= n;
    }
}

/* Overwrites the pattern with the part of `text` that lies within the `len` bytes from `offset` on. */
static void
overwrite_text (const SfContentText *text, guint64 offset, gsize len, guint8 *buffer)
{
  guint64 first = MAX (text->offset, offset);
  guint64 end = MIN (text->offset + text->len, offset + len);

  if (first < end)
    memcpy (buffer + (first - offset), text->text + (first - text->offset), end - first);
}

void
sf_content_fill (const GArray *texts, guint32 stream, guint64 offset, gsize len, guint8 *buffer)
{
  fill_pattern (stream, offset, len, buffer);
  for (guint i = 0; texts != NULL && i < texts->len; i++)
    {
      const SfContentText *text = &g_array_index (texts, SfContentText, i);

      if (text->stream == stream)
        overwrite_text (text, offset, len, buffer);
    }
}
