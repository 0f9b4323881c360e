/* SPDX-License-Identifier: MIT
 *
 * Any bytes as a trace: reading ends in a story or one error, the same by both ways of reading. A story is written and read
 * again, and everything that is made of stories is made of it; in diagrams no label lies on another or leaves the page.
 */
#include "trace/capture.h"
#include "plots/sequence/compare.h"
#include "plots/page/gnuplot_scene.h"
#include "plots/graph/graph.h"
#include "plots/terminal/letters.h"
#include "trace/jsonl.h"

#include <stddef.h>

#define MAX_PAGES 3

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
check_page (const SfScene *scene)
{
  for (guint i = 0; i < scene->labels->len; i++)
    {
      SfLabelBox box = sf_label_box (&g_array_index (scene->labels, SfLabel, i));

      for (guint k = 0; k < i; k++)
        {
          SfLabelBox other = sf_label_box (&g_array_index (scene->labels, SfLabel, k));

          g_assert (!sf_label_boxes_overlap (&box, &other));
        }
    }
}

static void
check_pages (GPtrArray *pages)
{
  g_assert (pages->len >= 1 && pages->len <= MAX_PAGES);
  for (guint i = 0; i < pages->len; i++)
    check_page (g_ptr_array_index (pages, i));
  g_ptr_array_unref (pages);
}

static void
draw (const SfStory *story)
{
  for (guint paper = SF_PAPER_FREE; paper <= SF_PAPER_SLIDE; paper++)
    for (guint linear = 0; linear < 2; linear++)
      {
        SfSequenceOptions options = { .paper = paper, .linear = linear, .max_pages = MAX_PAGES, .lang = "zh" };

        check_pages (sf_sequence (story, &options, NULL));
        check_pages (sf_compare (story, story, &options, NULL));
      }
  for (guint kind = 0; kind < SF_N_GRAPHS; kind++)
    sf_page_free (sf_graph (kind, story, NULL));
}

static void
tell (const SfStory *story)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GByteArray) capture = g_byte_array_new ();

  sf_timeline (text, story, NULL);
  sf_letters (text, story, NULL);
  sf_capture_write (capture, story);
}

static void
write_and_read (const SfStory *story)
{
  g_autoptr (GString) first = g_string_new (NULL), second = g_string_new (NULL);
  g_autoptr (SfStory) again = NULL;

  sf_trace_write (first, story, "fuzz");
  again = sf_trace_read (first->str, first->len, "fuzz.jsonl", NULL);
  g_assert (again != NULL);
  sf_trace_write (second, again, "fuzz");
  g_assert (g_string_equal (first, second));
}

/* A line that begins with a space is read by the parser of JSON, and means the same. */
static void
read_spaced (const guint8 *data, size_t size, const SfStory *story)
{
  g_autoptr (GString) spaced = g_string_sized_new (size), first = g_string_new (NULL), second = g_string_new (NULL);
  g_autoptr (SfStory) other = NULL;

  for (size_t i = 0; i < size; i++)
    {
      if (data[i] == '{' && i > 0 && data[i - 1] == '\n')
        g_string_append_c (spaced, ' ');
      g_string_append_c (spaced, (char) data[i]);
    }
  other = sf_trace_read (spaced->str, spaced->len, "fuzz.jsonl", NULL);
  g_assert ((story == NULL) == (other == NULL));
  if (story == NULL)
    return;
  sf_trace_write (first, story, "fuzz");
  sf_trace_write (second, other, "fuzz");
  g_assert (g_string_equal (first, second));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfStory) story = sf_trace_read ((const char *) data, size, "fuzz.jsonl", &error);

  g_assert ((story == NULL) == (error != NULL));
  read_spaced (data, size, story);
  if (story == NULL)
    return 0;
  write_and_read (story);
  tell (story);
  draw (story);
  return 0;
}
