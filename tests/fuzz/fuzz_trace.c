/* SPDX-License-Identifier: MIT
 *
 * Any bytes as a trace: reading ends in a trace or one error, the same by both ways of reading. A trace is written and
 * read again, and everything that is made of traces is made of it; in diagrams no label lies on another or leaves the
 * page.
 */
#include "plots/graph/graph.h"
#include "plots/page/gnuplot_scene.h"
#include "plots/sequence/compare.h"
#include "plots/terminal/letters.h"
#include "trace/capture.h"
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
draw (const SfTrace *trace)
{
  for (guint paper = SF_PAPER_FREE; paper <= SF_PAPER_SLIDE; paper++)
    for (guint linear = 0; linear < 2; linear++)
      {
        SfSequenceOptions options = { .paper = paper, .linear = linear, .max_pages = MAX_PAGES, .lang = "zh" };

        check_pages (sf_sequence (trace, &options, NULL));
        check_pages (sf_compare (trace, trace, &options, NULL));
      }
  for (guint kind = 0; kind < SF_N_GRAPHS; kind++)
    sf_page_free (sf_graph (kind, trace, NULL));
}

static void
tell (const SfTrace *trace)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GByteArray) capture = g_byte_array_new ();

  sf_timeline (text, trace, NULL);
  sf_letters (text, trace, NULL);
  sf_capture_write (capture, trace);
}

static void
write_and_read (const SfTrace *trace)
{
  g_autoptr (GString) first = g_string_new (NULL), second = g_string_new (NULL);
  g_autoptr (SfTrace) again = NULL;

  sf_trace_write (first, trace, "fuzz");
  again = sf_trace_read (first->str, first->len, "fuzz.jsonl", NULL);
  g_assert (again != NULL);
  sf_trace_write (second, again, "fuzz");
  g_assert (g_string_equal (first, second));
}

/* A line that begins with a space is read by the parser of JSON, and means the same. */
static void
read_spaced (const guint8 *data, size_t size, const SfTrace *trace)
{
  g_autoptr (GString) spaced = g_string_sized_new (size), first = g_string_new (NULL), second = g_string_new (NULL);
  g_autoptr (SfTrace) other = NULL;

  for (size_t i = 0; i < size; i++)
    {
      if (data[i] == '{' && i > 0 && data[i - 1] == '\n')
        g_string_append_c (spaced, ' ');
      g_string_append_c (spaced, (char) data[i]);
    }
  other = sf_trace_read (spaced->str, spaced->len, "fuzz.jsonl", NULL);
  g_assert ((trace == NULL) == (other == NULL));
  if (trace == NULL)
    return;
  sf_trace_write (first, trace, "fuzz");
  sf_trace_write (second, other, "fuzz");
  g_assert (g_string_equal (first, second));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfTrace) trace = sf_trace_read ((const char *) data, size, "fuzz.jsonl", &error);

  g_assert ((trace == NULL) == (error != NULL));
  read_spaced (data, size, trace);
  if (trace == NULL)
    return 0;
  write_and_read (trace);
  tell (trace);
  draw (trace);
  return 0;
}
