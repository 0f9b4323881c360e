/* SPDX-License-Identifier: MIT
 *
 * The bytes of a payload: the pattern that models/content.h describes, from any offset on, and literal text.
 */
#include "models/content.h"

#include <string.h>

static void
assert_content (const GArray *texts, guint32 stream, guint64 offset, const char *expected)
{
  char buffer[128];
  gsize len = strlen (expected);

  g_assert_cmpuint (len + 1, <, sizeof buffer);
  memset (buffer, '#', sizeof buffer);
  sf_content_fill (texts, stream, offset, len, (guint8 *) buffer);
  g_assert_cmpmem (buffer, len, expected, len);
  g_assert_cmpint (buffer[len], ==, '#');
}

/* The example of models/content.h, and the smallest and largest streams and offsets. A cell has 14 characters for both;
 * only the last digits of the offset fit. */
static void
test_cells (void)
{
  assert_content (NULL, 12, 480, "c12:00000000480\n");
  assert_content (NULL, 0, 0, "c0:000000000000\nc0:000000000016\n");
  assert_content (NULL, G_MAXUINT32, 16 * 63, "c4294967295:008\n");
  assert_content (NULL, 3, G_GUINT64_CONSTANT (1234567890123456), "c3:567890123456\n");
}

static void
test_any_place (void)
{
  assert_content (NULL, 12, 481, "12:00000000480\nc12:0000");
  assert_content (NULL, 12, 495, "\nc");
  assert_content (NULL, 12, 480, "");
}

/* Bytes filled one by one are the same as those filled at once. */
static void
test_pieces (void)
{
  guint8 whole[200];

  sf_content_fill (NULL, 7, 5, sizeof whole, whole);
  for (guint i = 0; i < sizeof whole; i++)
    {
      guint8 byte;

      sf_content_fill (NULL, 7, 5 + i, 1, &byte);
      g_assert_cmpuint (byte, ==, whole[i]);
    }
}

static void
test_texts (void)
{
  g_autoptr (GArray) texts = g_array_new (FALSE, FALSE, sizeof (SfContentText));
  const SfContentText all[] = {
    { .stream = 1, .offset = 4, .text = "GET /", .len = 5 },
    { .stream = 2, .offset = 0, .text = "not here", .len = 8 },
    { .stream = 1, .offset = 30, .text = "far", .len = 3 },
  };

  g_array_append_vals (texts, all, G_N_ELEMENTS (all));
  assert_content (texts, 1, 0, "c1:0GET /000000\nc1:00000000001");
  assert_content (texts, 1, 6, "T /000");
  assert_content (texts, 1, 0, "c1:0GE");
  assert_content (texts, 1, 29, "1far1:00");
  assert_content (texts, 1, 9, "000000\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/content/cells", test_cells);
  g_test_add_func ("/content/any-place", test_any_place);
  g_test_add_func ("/content/pieces", test_pieces);
  g_test_add_func ("/content/texts", test_texts);
  return g_test_run ();
}
