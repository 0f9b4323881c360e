/* SPDX-License-Identifier: MIT
 *
 * SEGMENT ARRIVES (RFC 9293 §3.10.7): every state × every kind of segment. The rows are in
 * tests/models/tcp/grid/<STATE>.seg, where they can be compared with the RFC. A row is a test.
 * tests/models/tcp/grid/kinds lists the rows that each state must have. Columns:
 *
 *   arriving segment  as tests/support/endpoint.h reads it. A segment before ">>" arrives first, and is not checked.
 *                     n/a: the case cannot occur; the last column gives the reason
 *   state             the state afterwards, "=": the same
 *   answer            exactly these segments at once, and none for 0.5 s after; "~": within 0.5 s (MUST-40); "-": none
 *   variables         new values of SND.UNA (una), SND.WND (wnd), RCV.NXT (rcv); the others, and SND.NXT, must not
 *                     change. 2msl: the 2MSL timer was restarted
 *   application       +n: it can read n bytes more; end: end of the stream; urgent: it is told of urgent data; or the
 *                     error of its next call; no-error: the connection is deleted, without an error
 */
#include "models/names.h"
#include "tests/support/endpoint.h"

#include <errno.h>
#include <string.h>

typedef enum
{
  KIND,
  SEGMENT,
  STATE,
  ANSWER,
  VARIABLES,
  APPLICATION,
  SECTION,
  N_COLUMNS
} Column;

typedef struct
{
  SfState state;
  gboolean passive;
  char *column[N_COLUMNS];
} Row;

static const char *const files[] = {
  "CLOSED",      "LISTEN",     "SYN-SENT",   "SYN-RECEIVED-passive", "SYN-RECEIVED-active",
  "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT",           "CLOSING",
  "LAST-ACK",    "TIME-WAIT",
};

static gboolean
is_na (const Row *row)
{
  return g_str_equal (row->column[SEGMENT], "n/a");
}

/* --- one cell --- */

static SfState
expected_state (const Row *row, SfState before)
{
  SfState state = before;

  if (!g_str_equal (row->column[STATE], "="))
    g_assert_true (sf_state_from_name (row->column[STATE], &state));
  return state;
}

static char *
variables_text (const SfTcpStatus *status)
{
  return g_strdup_printf ("una %d nxt %d wnd %u rcv %d", (gint32) (status->snd_una.v - ENDPOINT_ISS),
                          (gint32) (status->snd_nxt.v - ENDPOINT_ISS), status->snd_wnd,
                          (gint32) (status->rcv_nxt.v - ENDPOINT_IRS));
}

/* Returns `before` with the changes of the row. */
static SfTcpStatus
expected_variables (const Row *row, const SfTcpStatus *before)
{
  g_auto (GStrv) words = g_strsplit (row->column[VARIABLES], " ", -1);
  SfTcpStatus status = *before;

  for (guint i = 0; words[i] != NULL && words[i + 1] != NULL; i += 2)
    {
      gint32 value = (gint32) g_ascii_strtoll (words[i + 1], NULL, 10);

      if (g_str_equal (words[i], "una"))
        status.snd_una = sf_seq (ENDPOINT_ISS + (guint32) value);
      else if (g_str_equal (words[i], "rcv"))
        status.rcv_nxt = sf_seq (ENDPOINT_IRS + (guint32) value);
      else if (g_str_equal (words[i], "wnd"))
        status.snd_wnd = (guint32) value;
      else
        g_assert_not_reached ();
    }
  return status;
}

/* Returns the right edge of the receive window, relative to WIRE_IRS. */
static guint32
edge_of (const SfTcpStatus *status)
{
  return status->rcv_nxt.v - ENDPOINT_IRS + status->rcv_wnd;
}

static void
check_variables (const Endpoint *endpoint, const Row *row, const SfTcpStatus *before, SfState state)
{
  SfTcpStatus now = endpoint_status (endpoint), expected = expected_variables (row, before);
  g_autofree char *now_text = NULL, *expected_text = NULL;

  g_assert_cmpstr (endpoint->timers->str, ==,
                   strstr (row->column[VARIABLES], "2msl") != NULL       ? "restarted"
                   : state == SF_TIME_WAIT && row->state != SF_TIME_WAIT ? "started"
                                                                         : "");
  if (state == SF_CLOSED || state == SF_LISTEN)
    return;
  if (row->state == SF_LISTEN)
    {
      expected.snd_una = sf_seq (ENDPOINT_ISS);
      expected.snd_nxt = sf_seq (ENDPOINT_ISS + 1);
      expected.snd_wnd = now.snd_wnd;
    }
  now_text = variables_text (&now);
  expected_text = variables_text (&expected);
  g_assert_cmpstr (now_text, ==, expected_text);
  if (row->state == SF_SYN_SENT || row->state == SF_LISTEN)
    g_assert_cmpuint (state == SF_SYN_SENT ? ENDPOINT_WINDOW : edge_of (&now) + ENDPOINT_IRS - now.irs.v - 1, ==,
                      ENDPOINT_WINDOW);
  else
    g_assert_cmpuint (edge_of (&now), ==, edge_of (before));
}

/* Checks the segments sent: those at once, and those in the next half second. */
static void
check_answer (Endpoint *endpoint, const Row *row)
{
  const char *expected = row->column[ANSWER];
  gboolean may_wait = g_str_has_prefix (expected, "~ ");
  SfTcpStatus status;

  if (may_wait)
    {
      endpoint_run (endpoint, SF_MSEC * 500);
      endpoint_expect (endpoint, expected + 2);
    }
  else
    {
      endpoint_expect (endpoint, expected);
      endpoint_run (endpoint, SF_MSEC * 500);
      endpoint_expect (endpoint, "-");
    }
  status = endpoint_status (endpoint);
  if (status.serial != 0 && status.state > SF_SYN_SENT && strstr (expected, " ack ") != NULL)
    g_assert_cmpuint (endpoint->sent_edge, ==, edge_of (&status));
}

/* Returns what the application learns, in the words of the table. */
static char *
application_text (const Endpoint *endpoint, const SfTcpStatus *before, SfState before_state, SfState state)
{
  GString *text = g_string_new (NULL);
  guint64 got = 0, n;
  int error = 0;

  if (endpoint->conn == 0 || state == SF_LISTEN || !(state == SF_CLOSED || state > SF_SYN_RECEIVED))
    return g_string_free (text, FALSE);
  if (endpoint_status (endpoint).urgent > 0)
    g_string_append (text, " urgent");
  while ((n = sf_tcp_receive (endpoint->net, endpoint->conn, G_MAXUINT32, &error)) > 0)
    got += n;
  if (error != 0 && error != EAGAIN)
    g_string_append_printf (text, " %s", sf_errno_name (error));
  else if (state == SF_CLOSED)
    g_string_append (text, " no-error");
  else if (error == 0 && before_state <= SF_FIN_WAIT_2)
    g_string_append (text, " end");
  if (state != SF_CLOSED && got != before->unread)
    {
      g_autofree char *amount = g_strdup_printf (" +%d", (int) (got - before->unread));

      g_string_prepend (text, amount);
    }
  if (text->len > 0)
    g_string_erase (text, 0, 1);
  return g_string_free (text, FALSE);
}

/* Lets the segment before ">>" arrive, and waits until its delayed ACK is sent. Returns the text behind ">>". */
static const char *
prepare (Endpoint *endpoint, const char *segment)
{
  const char *cut = strstr (segment, " >> ");
  g_autofree char *first = NULL;

  if (cut == NULL)
    return segment;
  first = g_strndup (segment, (gsize) (cut - segment));
  endpoint_inject (endpoint, first);
  endpoint_run (endpoint, SF_MSEC * 200);
  g_string_truncate (endpoint->sent, 0);
  g_string_truncate (endpoint->timers, 0);
  return cut + strlen (" >> ");
}

static void
test_cell (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *told = NULL;
  SfProfile profile = endpoint_profile ();
  SfTcpStatus before;
  SfState before_state, state;
  const char *segment;
  Endpoint endpoint;

  if (is_na (row))
    {
      g_test_skip (row->column[SECTION]);
      return;
    }
  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, row->state, row->passive);
  segment = prepare (&endpoint, row->column[SEGMENT]);
  before = endpoint_status (&endpoint);
  before_state = endpoint_state (&endpoint);
  endpoint_inject (&endpoint, segment);
  state = expected_state (row, before_state);
  endpoint_assert_state (&endpoint, state);
  if (endpoint_state (&endpoint) == state)
    {
      check_variables (&endpoint, row, &before, state);
      check_answer (&endpoint, row);
      told = application_text (&endpoint, &before, before_state, state);
      g_assert_cmpstr (told, ==, row->column[APPLICATION]);
    }
  endpoint_stop (&endpoint);
}

/* --- cases that are no row: a listener, and a connection in TIME-WAIT --- */

/* §3.6.1, MAY-2: a newer SYN opens the connection again, with an ISS greater than all sequence numbers used before. */
static void
test_reopen (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, SF_TIME_WAIT, FALSE);
  endpoint_listen (&endpoint);
  endpoint_inject (&endpoint, "S 21:21(0)"); /* the number of the old FIN */
  endpoint_expect (&endpoint, ". 102:102(0) ack 22");
  endpoint_assert_state (&endpoint, SF_TIME_WAIT);
  endpoint_inject (&endpoint, "S 22:22(0)");
  endpoint_expect (&endpoint, "S. 65638:65638(0) ack 23");
  endpoint_assert_state (&endpoint, SF_SYN_RECEIVED);
  endpoint_stop (&endpoint);
}

/* MAY-2: such a SYN is treated as in LISTEN, so it is dropped if the listener has no room for it. */
static void
test_reopen_without_room (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  profile.syn_queue = 0;
  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, SF_TIME_WAIT, FALSE);
  endpoint_listen (&endpoint);
  endpoint_inject (&endpoint, "S 22:22(0)");
  endpoint_expect (&endpoint, "-");
  endpoint_assert_state (&endpoint, SF_TIME_WAIT);
  endpoint_stop (&endpoint);
}

/* Reaches TIME-WAIT, with a listener on the port; a newer SYN arrives `after` TIME-WAIT has begun. The ISS of the
 * answer is the clock that ticks every 4 us (§3.4.1), as it was for the first connection. */
static void
reopen (Endpoint *endpoint, const SfProfile *profile, SfTime after)
{
  guint iss = (guint) (after / (4 * SF_USEC));
  g_autofree char *answer = g_strdup_printf ("S. %u:%u(0) ack 23", iss, iss);

  endpoint_start (endpoint, profile);
  endpoint_reach (endpoint, SF_TIME_WAIT, FALSE);
  endpoint_listen (endpoint);
  endpoint_run (endpoint, after);
  endpoint_inject (endpoint, "S 22:22(0)");
  endpoint_expect (endpoint, answer);
}

/* MAY-2 (2): "returns to TIME-WAIT state if the SYN turns out to be an old duplicate". The 2MSL timer was not stopped.
 * */
static void
test_reopen_by_old_duplicate (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  reopen (&endpoint, &profile, SF_SEC);
  endpoint_inject (&endpoint, "R 23:23(0)"); /* the peer has no such connection */
  endpoint_expect (&endpoint, "-");
  endpoint_assert_state (&endpoint, SF_TIME_WAIT);
  endpoint_inject (&endpoint, "F. 21:21(0) ack 102"); /* the old FIN is still answered as by the old connection */
  endpoint_expect (&endpoint, ". 102:102(0) ack 22");
  endpoint_run (&endpoint, SF_SEC * 240 - 1);
  endpoint_assert_state (&endpoint, SF_TIME_WAIT);
  endpoint_run (&endpoint, 1);
  endpoint_assert_state (&endpoint, SF_LISTEN);
  endpoint_stop (&endpoint);
}

/* The SYN was no old duplicate: the handshake is completed, and TIME-WAIT ends. */
static void
test_reopen_completed (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  reopen (&endpoint, &profile, SF_SEC);
  endpoint_inject (&endpoint, ". 23:23(0) ack 250001");
  endpoint_assert_state (&endpoint, SF_ESTABLISHED);
  endpoint_inject (&endpoint, "R 23:23(0)");
  endpoint_assert_state (&endpoint, SF_LISTEN);
  endpoint_stop (&endpoint);
}

/* 2MSL end before it is known whether the SYN is an old duplicate: there is no TIME-WAIT to return to. */
static void
test_reopen_at_the_end (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  reopen (&endpoint, &profile, SF_SEC * 240 - SF_MSEC);
  endpoint_run (&endpoint, SF_MSEC);
  endpoint_assert_state (&endpoint, SF_SYN_RECEIVED);
  endpoint_inject (&endpoint, "R 23:23(0)");
  endpoint_assert_state (&endpoint, SF_LISTEN);
  endpoint_stop (&endpoint);
}

/* Fifth, TIME-WAIT: only "a retransmission of the remote FIN" restarts 2MSL. A FIN with another sequence number is not
 * acceptable. */
static void
test_other_fin (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, SF_TIME_WAIT, FALSE);
  endpoint_run (&endpoint, SF_SEC);
  endpoint_inject (&endpoint, "F. 15:15(0) ack 102");
  endpoint_expect (&endpoint, ". 102:102(0) ack 22");
  endpoint_run (&endpoint, SF_SEC * 239 - 1);
  endpoint_assert_state (&endpoint, SF_TIME_WAIT);
  endpoint_run (&endpoint, 1);
  endpoint_assert_state (&endpoint, SF_CLOSED);
  endpoint_stop (&endpoint);
}

/* --- the tables --- */

static char **
read_lines (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "models", "tcp", "grid", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_strsplit (g_strchomp (text), "\n", -1);
}

static Row *
row_new (const char *file, const char *line)
{
  g_auto (GStrv) cells = g_strsplit (line, "|", N_COLUMNS);
  g_autofree char *state = g_strdup (file);
  Row *row = g_new0 (Row, 1);

  g_assert_cmpuint (g_strv_length (cells), ==, N_COLUMNS);
  for (guint i = 0; i < N_COLUMNS; i++)
    row->column[i] = g_strdup (g_strstrip (cells[i]));
  row->passive = g_str_has_suffix (file, "-passive");
  if (row->passive || g_str_has_suffix (file, "-active"))
    *strrchr (state, '-') = '\0';
  g_assert_true (sf_state_from_name (state, &row->state));
  return row;
}

static void
row_free (gpointer data)
{
  Row *row = data;

  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (row->column[i]);
  g_free (row);
}

/* The rows of a state are those of the file `kinds`, in the same order, and each has a reference to the RFC. */
static void
test_complete (gconstpointer data)
{
  const GPtrArray *rows = data;
  g_auto (GStrv) kinds = read_lines ("kinds");
  guint n = 0;

  for (guint i = 0; kinds[i] != NULL; i++)
    {
      const Row *row;

      if (kinds[i][0] == '#')
        continue;
      g_assert_cmpuint (n, <, rows->len);
      row = rows->pdata[n++];
      g_assert_cmpstr (row->column[KIND], ==, kinds[i]);
      g_assert_cmpstr (row->column[SECTION], !=, "");
      if (!is_na (row))
        for (Column column = SEGMENT; column <= ANSWER; column++)
          g_assert_cmpstr (row->column[column], !=, "");
    }
  g_assert_cmpuint (n, ==, rows->len);
}

static GPtrArray *
add_state (const char *name)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);
  g_autofree char *file = g_strconcat (name, ".seg", NULL), *whole = g_strdup_printf ("/tcp/grid/%s/every kind", name);
  g_auto (GStrv) lines = read_lines (file);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *path = NULL;
      Row *row;

      if (lines[i][0] == '#' || lines[i][0] == '\0')
        continue;
      row = row_new (name, lines[i]);
      g_ptr_array_add (rows, row);
      path = g_strdup_printf ("/tcp/grid/%s/%s", name, row->column[KIND]);
      g_test_add_data_func (path, row, test_cell);
    }
  g_test_add_data_func (whole, rows, test_complete);
  return rows;
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions (); /* report all errors of a row, and run all rows */
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_ptr_array_add (states, add_state (files[i]));
  g_test_add_func ("/tcp/grid/TIME-WAIT beside a listener", test_reopen);
  g_test_add_func ("/tcp/grid/TIME-WAIT beside a listener without room", test_reopen_without_room);
  g_test_add_func ("/tcp/grid/TIME-WAIT and another FIN", test_other_fin);
  g_test_add_func ("/tcp/grid/TIME-WAIT and an old duplicate", test_reopen_by_old_duplicate);
  g_test_add_func ("/tcp/grid/TIME-WAIT and a new connection", test_reopen_completed);
  g_test_add_func ("/tcp/grid/TIME-WAIT ends beside a SYN", test_reopen_at_the_end);
  return g_test_run ();
}
