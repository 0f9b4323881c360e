/* SPDX-License-Identifier: MIT
 *
 * Sequence diagrams and comparisons of every lesson, in every variant and on every paper: no two labels overlap, none
 * leaves the page, and every segment that is sent has an arrow.
 */
#include "base/files.h"
#include "lab/report/run.h"
#include "plots/sequence/compare.h"
#include "tests/support/trace_maker.h"
#include "tests/support/traces.h"

#include <string.h>

typedef struct
{
  const char *name;
  SfSequenceOptions options;
  gboolean complete; /* at most one label in MOST_LEFT_OUT is left out */
} Form;

/* One label in this many may be left out where most have room. */
#define MOST_LEFT_OUT 10

static const Form forms[] = {
  { "free", { .paper = SF_PAPER_FREE }, TRUE },
  { "A4", { .paper = SF_PAPER_A4 }, TRUE },
  { "slide", { .paper = SF_PAPER_SLIDE, .absolute = TRUE }, FALSE },
  { "linear", { .linear = TRUE }, FALSE },
  { "some of it", { .from = 70 * SF_MSEC, .to = 1060 * SF_MSEC }, FALSE },
  { "some of it, linear", { .from = 70 * SF_MSEC, .to = 1060 * SF_MSEC, .linear = TRUE }, FALSE },
  { "linear A4", { .paper = SF_PAPER_A4, .linear = TRUE, .lang = "zh" }, FALSE },
};

static const SfLabel *
label_at (const SfScene *page, guint i)
{
  return &g_array_index (page->labels, SfLabel, i);
}

static void
complain (const char *where, const SfLabel *label, const char *what)
{
  g_test_message ("%s: \"%s\" at %.1f, %.1f %s", where, label->text, label->x, label->y, what);
  g_test_fail ();
}

static void
check_on_page (const char *where, const SfScene *page, const SfLabel *label, const SfLabelBox *box)
{
  for (guint i = 0; i < 4; i++)
    if (box->x[i] < 0 || box->x[i] > page->width || box->y[i] < 0 || box->y[i] > page->height)
      {
        complain (where, label, "leaves the page");
        return;
      }
}

/* Returns the number of labels of arrows that are left out on `page`. */
static guint
count_left_out (const SfScene *page)
{
  guint n = 0;

  for (guint i = 0; i < page->labels->len; i++)
    if (strstr (label_at (page, i)->text, "left out") != NULL)
      n += (guint) g_ascii_strtoull (label_at (page, i)->text, NULL, 10);
  return n;
}

static void
check_labels (const char *where, const SfScene *page)
{
  guint n = page->labels->len;
  g_autofree SfLabelBox *boxes = g_new (SfLabelBox, n + 1);

  for (guint i = 0; i < n; i++)
    {
      boxes[i] = sf_label_box (label_at (page, i));
      g_assert_true (g_utf8_validate (label_at (page, i)->text, -1, NULL));
      check_on_page (where, page, label_at (page, i), &boxes[i]);
      for (guint k = 0; k < i; k++)
        if (sf_label_boxes_overlap (&boxes[i], &boxes[k]))
          complain (where, label_at (page, i), label_at (page, k)->text);
    }
}

/* Returns the number of arrows, or parts of arrows, on `page`. */
static guint
count_arrows (const SfScene *page)
{
  guint n = 0;

  for (guint i = 0; i < page->shapes->len; i++)
    {
      const SfShape *shape = &g_array_index (page->shapes, SfShape, i);

      n += (shape->kind == SF_SHAPE_LINE || shape->kind == SF_SHAPE_ARROW)
           && (shape->ink == SF_INK_RIGHT || shape->ink == SF_INK_LEFT);
    }
  return n;
}

/* Returns the number of transits in `trace`: segments sent, copied, forged, released. */
static guint
count_flights (const SfTrace *trace)
{
  guint n = 0;

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);

      n += record->head.kind == SF_RECORD_SEND
           || (record->head.kind == SF_RECORD_FATE
               && (record->fate.fate == SF_FATE_COPIED || record->fate.fate == SF_FATE_INJECTED
                   || record->fate.fate == SF_FATE_RELEASED));
    }
  return n;
}

/* Returns the head of the first lifeline of `page`: the first rectangle of its color; NULL if there is none. */
static const SfShape *
first_head (const SfScene *page)
{
  for (guint i = 0; i < page->shapes->len; i++)
    {
      const SfShape *shape = &g_array_index (page->shapes, SfShape, i);

      if (shape->kind == SF_SHAPE_RECT && shape->ink == SF_INK_STATE + SF_CLOSED)
        return shape;
    }
  return NULL;
}

/* On a page that continues another, states that go on are named between the heads and the first instant: the rules of
 * instants leave half the height of a head. Returns the number of rules. */
static guint
check_instants (const char *where, const SfScene *page)
{
  const SfShape *head = first_head (page);
  guint n = 0;

  g_assert_nonnull (head);
  for (guint i = 0; i < page->shapes->len; i++)
    {
      const SfShape *shape = &g_array_index (page->shapes, SfShape, i);

      if (shape->kind != SF_SHAPE_LINE || shape->ink != SF_INK_STATE + SF_LISTEN)
        continue;
      n++;
      if (shape->y1 < head->y2 + (head->y2 - head->y1) / 2)
        {
          g_test_message ("%s: an instant at %.1f, the heads end at %.1f", where, shape->y1, head->y2);
          g_test_fail ();
        }
    }
  return n;
}

/* Checks all pages. `n_flights` is the number of transits, -1 if only a part of the run is shown. */
static void
check_pages (const char *where, const GPtrArray *pages, int n_flights, gboolean complete)
{
  guint n = 0, left_out = 0, n_instants = 0;

  g_assert_cmpuint (pages->len, >, 0);
  for (guint i = 0; i < pages->len; i++)
    {
      const SfScene *page = g_ptr_array_index (pages, i);
      g_autofree char *place = g_strdup_printf ("%s, page %u", where, i + 1);

      g_assert_nonnull (page->title);
      g_assert_nonnull (page->desc);
      check_labels (place, page);
      if (i > 0)
        n_instants += check_instants (place, page);
      left_out += count_left_out (page);
      n += count_arrows (page);
    }
  g_assert_true (pages->len == 1 || n_instants > 0);
  if (complete && left_out * MOST_LEFT_OUT > n)
    {
      g_test_message ("%s: %u of %u labels are left out", where, left_out, n);
      g_test_fail ();
    }
  if (n_flights >= 0 && ((int) n < n_flights || (pages->len == 1 && (int) n != n_flights)))
    {
      g_test_message ("%s: %u arrows for %d segments", where, n, n_flights);
      g_test_fail ();
    }
}

static void
check_trace (const char *name, const SfTrace *trace, const SfTrace *standard)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *where = g_strdup_printf ("%s, %s", name, forms[i].name);
      g_autoptr (GPtrArray) pages = sf_sequence (trace, &forms[i].options, NULL);

      check_pages (where, pages, forms[i].options.to == 0 ? (int) count_flights (trace) : -1, forms[i].complete);
      if (standard != NULL)
        {
          g_autofree char *both = g_strdup_printf ("%s, compared", where);
          g_autoptr (GPtrArray) compared = sf_compare (standard, trace, &forms[i].options, NULL);

          check_pages (both, compared,
                       forms[i].options.to == 0 ? (int) (count_flights (trace) + count_flights (standard)) : -1,
                       forms[i].complete);
        }
    }
}

static void
check_lesson (const char *path)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (GPtrArray) runs = sf_runs_load (path, &(SfRunOptions){ 0 }, diag);
  g_autoptr (SfOutcome) standard = NULL;

  g_assert_nonnull (runs);
  for (guint i = 0; i < runs->len; i++)
    {
      const SfRun *run = g_ptr_array_index (runs, i);
      g_autofree char *name = g_strdup_printf ("%s, %s", path, run->scenario->variant);
      SfOutcome *outcome = sf_run_do (run);

      check_trace (name, outcome->trace, standard != NULL ? standard->trace : NULL);
      if (standard == NULL)
        standard = outcome;
      else
        sf_outcome_free (outcome);
    }
}

static void
test_lessons (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "scenarios", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = sf_files_find (folder, ".yaml", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (files->len, >, 0);
  for (guint i = 0; i < files->len; i++)
    if (strstr (g_ptr_array_index (files, i), "/sweeps/") == NULL) /* hundreds of pages that nobody reads */
      check_lesson (g_ptr_array_index (files, i));
}

/* Three hosts and hundreds of pages: states of neighbors continue on the next page, and instants are divided between
 * pages. */
static void
test_many_pages (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "scenarios", "sweeps", "flood-rate.yaml", NULL);
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (GPtrArray) runs = sf_runs_load (path, &(SfRunOptions){ .variant = SF_STANDARD }, diag);
  g_autoptr (SfOutcome) outcome = NULL;

  g_assert_nonnull (runs);
  outcome = sf_run_do (g_ptr_array_index (runs, 0));
  for (guint paper = SF_PAPER_A4; paper <= SF_PAPER_SLIDE; paper++)
    {
      g_autoptr (GPtrArray)
        pages = sf_sequence (outcome->trace,
                             &(SfSequenceOptions){ .paper = paper, .absolute = paper == SF_PAPER_SLIDE }, NULL);

      g_assert_cmpuint (pages->len, >, 100);
      check_pages ("many pages", pages, (int) count_flights (outcome->trace), FALSE);
    }
}

/* Traces that no TCP would produce: three hosts, all fates and timers. */
static void
test_traces_by_hand (void)
{
  for (guint i = 0; test_traces[i].name != NULL; i++)
    {
      g_autoptr (SfTrace) trace = test_traces[i].make ();

      check_trace (test_traces[i].name, trace, NULL);
    }
}

/* A trace in which nothing happens, and a part of a trace in which nothing happens. */
static void
test_nothing (void)
{
  g_autoptr (SfTrace) empty = NULL, trace = test_traces[0].make ();
  TraceMaker maker;

  maker_init (&maker, "nothing");
  empty = maker_finish (&maker, SF_END_IDLE);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      SfSequenceOptions late = forms[i].options;
      g_autoptr (GPtrArray) pages = sf_sequence (empty, &forms[i].options, NULL);
      g_autoptr (GPtrArray) compared = sf_compare (empty, trace, &forms[i].options, NULL);
      g_autoptr (GPtrArray) afterwards = NULL;

      late.from = 1000000 * SF_SEC;
      late.to = late.from + SF_SEC;
      afterwards = sf_sequence (trace, &late, NULL);
      check_pages ("nothing", pages, 0, TRUE);
      check_pages ("nothing compared", compared, -1, FALSE);
      check_pages ("afterwards", afterwards, 0, TRUE);
    }
}

/* No more pages than were asked for. */
static void
test_max_pages (void)
{
  g_autoptr (SfTrace) trace = test_traces[0].make ();
  guint left_out, none;
  g_autoptr (GPtrArray) all = sf_sequence (trace, &(SfSequenceOptions){ .paper = SF_PAPER_SLIDE }, &none);
  g_autoptr (GPtrArray)
    one = sf_sequence (trace, &(SfSequenceOptions){ .paper = SF_PAPER_SLIDE, .max_pages = 1 }, &left_out);

  g_assert_cmpuint (none, ==, 0);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpuint (left_out, ==, all->len - 1);
}

static gboolean
has_label (const SfScene *page, const char *text)
{
  for (guint i = 0; i < page->labels->len; i++)
    if (strcmp (label_at (page, i)->text, text) == 0)
      return TRUE;
  return FALSE;
}

/* A silence is folded, and its length is written. */
static void
test_silence (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "scenarios", "close", "lost-final-ack.yaml", NULL);
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (GPtrArray) runs = sf_runs_load (path, &(SfRunOptions){ .variant = SF_STANDARD }, diag);
  g_autoptr (SfOutcome) outcome = sf_run_do (g_ptr_array_index (runs, 0));
  g_autoptr (GPtrArray) pages = sf_sequence (outcome->trace, NULL, NULL);
  g_autoptr (GPtrArray) linear = sf_sequence (outcome->trace, &(SfSequenceOptions){ .linear = TRUE }, NULL);

  g_assert_cmpuint (pages->len, ==, 1);
  /* The last segment arrives at 2.15 s, TIME-WAIT ends at 242.1 s. */
  g_assert_true (has_label (g_ptr_array_index (pages, 0), "239.95 s"));
  g_assert_true (has_label (g_ptr_array_index (pages, 0), "TIME-WAIT"));
  g_assert_false (has_label (g_ptr_array_index (linear, 0), "239.95 s"));
}

/* A host with many addresses shows the first and the last; only the first where both are too wide. */
static void
test_addresses (void)
{
  static const guint n_others[] = { 0, 5 };

  for (guint i = 0; i < G_N_ELEMENTS (n_others); i++)
    {
      TraceMaker maker;
      g_autoptr (SfTrace) trace = NULL;
      g_autoptr (GPtrArray) pages = NULL;
      const SfScene *page;

      maker_init (&maker, "many addresses");
      g_array_index (maker.trace->hosts, SfTraceHost, MAKER_CLIENT).n_addrs = 100;
      maker_send (&maker, maker_connect (&maker, MAKER_CLIENT, 49152), (MakerSegment){ .flags = SF_SYN });
      for (guint k = 0; k < n_others[i]; k++)
        {
          guint16 host = maker_host (&maker, "other", 0xcb007101u + k);

          maker_send (&maker, maker_connect (&maker, host, 49152), (MakerSegment){ .flags = SF_SYN });
        }
      trace = maker_finish (&maker, SF_END_IDLE);
      pages = sf_sequence (trace, &(SfSequenceOptions){ .paper = SF_PAPER_A4 }, NULL);
      page = g_ptr_array_index (pages, 0);
      g_assert_true (has_label (page, n_others[i] == 0 ? "192.0.2.1\xe2\x80\x93"
                                                         "192.0.2.100"
                                                       : "192.0.2.1"));
    }
}

/* Returns the number of bars of state `state` on `page`. */
static guint
count_bars (const SfScene *page, SfState state)
{
  guint n = 0;

  for (guint i = 0; i < page->shapes->len; i++)
    {
      const SfShape *shape = &g_array_index (page->shapes, SfShape, i);

      n += shape->kind == SF_SHAPE_RECT && shape->ink == SF_INK_STATE + state;
    }
  return n;
}

/* A diagram that begins in the middle shows the states from before, and a segment that was in flight. */
static void
test_from (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "scenarios", "close", "lost-final-ack.yaml", NULL);
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (GPtrArray) runs = sf_runs_load (path, &(SfRunOptions){ .variant = SF_STANDARD }, diag);
  g_autoptr (SfOutcome) outcome = sf_run_do (g_ptr_array_index (runs, 0));
  /* The FIN leaves at 1 s and arrives at 1.05 s, nothing else happens. */
  SfSequenceOptions options = { .from = 1020 * SF_MSEC, .to = 1049 * SF_MSEC };
  g_autoptr (GPtrArray) nothing = sf_sequence (outcome->trace, &options, NULL);
  g_autoptr (GPtrArray) arrival = NULL;

  options.to = 1050 * SF_MSEC;
  arrival = sf_sequence (outcome->trace, &options, NULL);
  /* The bar, and the rectangle of its name. */
  g_assert_cmpuint (count_bars (g_ptr_array_index (nothing, 0), SF_FIN_WAIT_1), ==, 2);
  g_assert_cmpuint (count_bars (g_ptr_array_index (nothing, 0), SF_ESTABLISHED), ==, 2);
  g_assert_true (has_label (g_ptr_array_index (nothing, 0), "FIN-WAIT-1"));
  g_assert_true (has_label (g_ptr_array_index (arrival, 0), "F. 1:1(0) ack 1"));
}

/* With time to scale, more segments than a page has room for: only one arrow is drawn on a spot, and the page says how
 * many are not drawn. */
static void
test_crowd (void)
{
  const guint n = 3000;
  TraceMaker maker;
  guint32 conn;
  g_autoptr (SfTrace) trace = NULL;
  g_autoptr (GPtrArray) pages = NULL;
  g_autofree char *words = NULL;
  const SfScene *page;
  guint n_arrows = 0, n_words = 0;

  maker_init (&maker, "a crowd");
  conn = maker_connect (&maker, MAKER_CLIENT, 0);
  for (guint i = 0; i < n; i++, maker.t += SF_USEC)
    maker_send (&maker, conn, (MakerSegment){ .flags = SF_ACK, .seq = 1, .len = 1 });
  for (guint i = 0; i < n; i++, maker.t += SF_USEC)
    maker_arrive (&maker, i + 1);
  trace = maker_finish (&maker, SF_END_IDLE);
  pages = sf_sequence (trace, &(SfSequenceOptions){ .linear = TRUE }, NULL);
  page = g_ptr_array_index (pages, 0);
  for (guint i = 0; i < page->shapes->len; i++)
    n_arrows += g_array_index (page->shapes, SfShape, i).kind == SF_SHAPE_ARROW;
  words = g_strdup_printf ("%u arrows would lie on others", n - n_arrows);
  for (guint i = 0; i < page->labels->len; i++)
    n_words += g_str_has_prefix (label_at (page, i)->text, words);
  g_assert_cmpuint (n_arrows, <, 4 * page->height);
  g_assert_cmpuint (n_arrows, >, 100);
  g_assert_cmpuint (n_words, ==, 1);
}

/* From the first to the last possible instant. */
static void
test_eternity (void)
{
  TraceMaker maker;
  guint32 conn;
  g_autoptr (SfTrace) trace = NULL;

  maker_init (&maker, "eternity");
  conn = maker_connect (&maker, MAKER_CLIENT, 0);
  maker_arrive (&maker, maker_send (&maker, conn, (MakerSegment){ .flags = SF_SYN }));
  maker.t = SF_NEVER - 1;
  maker_send (&maker, conn, (MakerSegment){ .flags = SF_SYN });
  maker_arrive (&maker, maker_send (&maker, conn, (MakerSegment){ .flags = SF_SYN }));
  trace = maker_finish (&maker, SF_END_IDLE);
  check_trace ("eternity", trace, NULL);
}

/* A host that connects to itself. */
static void
test_to_itself (void)
{
  TraceMaker maker;
  guint32 conn;
  guint64 id;
  g_autoptr (SfTrace) trace = NULL;
  SfRecord *sent;

  maker_init (&maker, "to itself");
  conn = maker_connect (&maker, MAKER_CLIENT, 0);
  id = maker_send (&maker, conn, (MakerSegment){ .flags = SF_SYN });
  maker.t += SF_MSEC;
  maker_arrive (&maker, id);
  trace = maker_finish (&maker, SF_END_IDLE);
  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      sent = &g_array_index (trace->records, SfRecord, i);
      if (sent->head.kind == SF_RECORD_SEND)
        sent->send.to = MAKER_CLIENT;
      else if (sent->head.kind == SF_RECORD_ARRIVE)
        {
          sent->arrive.to = MAKER_CLIENT;
          sent->host = MAKER_CLIENT;
        }
    }
  check_trace ("to itself", trace, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sequence/from", test_from);
  g_test_add_func ("/sequence/lessons", test_lessons);
  g_test_add_func ("/sequence/many-pages", test_many_pages);
  g_test_add_func ("/sequence/traces-by-hand", test_traces_by_hand);
  g_test_add_func ("/sequence/nothing", test_nothing);
  g_test_add_func ("/sequence/max-pages", test_max_pages);
  g_test_add_func ("/sequence/silence", test_silence);
  g_test_add_func ("/sequence/addresses", test_addresses);
  g_test_add_func ("/sequence/crowd", test_crowd);
  g_test_add_func ("/sequence/eternity", test_eternity);
  g_test_add_func ("/sequence/to-itself", test_to_itself);
  return g_test_run ();
}
