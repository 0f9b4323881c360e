/* SPDX-License-Identifier: MIT
 *
 * The letters: there is a sentence for everything that the diagram has words for, in every language; and the letters of
 * a whole trace.
 */
#include "plots/terminal/letters.h"
#include "models/names.h"
#include "plots/terminal/letters_words.h"
#include "tests/support/catalogs.h"
#include "tests/support/trace_maker.h"

#include <errno.h>
#include <string.h>

/* Checks a sentence in `lang`: it has no unfilled `%`, and in Chinese it has a Chinese character. */
static void
check_sentence (const char *lang, const char *text)
{
  gboolean chinese = FALSE;

  g_assert_nonnull (text);
  g_assert_cmpstr (text, !=, "");
  g_assert_null (strchr (text, '%'));
  for (; *text != '\0'; text = g_utf8_next_char (text))
    chinese = chinese || g_unichar_get_script (g_utf8_get_char (text)) == G_UNICODE_SCRIPT_HAN;
  g_assert_cmpint (chinese, ==, strcmp (lang, "zh") == 0);
}

static void
check_states (const char *lang)
{
  for (SfState state = SF_CLOSED; state <= SF_TIME_WAIT; state++)
    {
      g_autofree char *name = g_strdup_printf ("(%s)", sf_state_name (state));

      check_sentence (lang, sf_letters_state (state, SF_WHY_SEGMENT, lang));
      g_assert_nonnull (strstr (sf_letters_state (state, SF_WHY_SEGMENT, lang), name));
    }
  check_sentence (lang, sf_letters_state (SF_CLOSED, SF_WHY_CRASH, lang));
}

static void
check_discards (const char *lang)
{
  for (SfDiscard reason = SF_DISCARD_CHECKSUM; reason <= SF_DISCARD_MUTANT; reason++)
    for (gboolean answered = FALSE; answered <= TRUE; answered++)
      check_sentence (lang, sf_letters_narration.discard (reason, answered, lang));
  check_sentence (lang, sf_letters_narration.old_reset (lang));
}

static void
check_timers (const char *lang)
{
  for (SfTimer timer = 0; timer < SF_N_TIMERS; timer++)
    for (SfTimerAction action = SF_TIMER_STARTED; action <= SF_TIMER_EXPIRED; action++)
      for (SfState state = SF_FIN_WAIT_2; state <= SF_TIME_WAIT; state++)
        {
          SfRecord record = { .head.kind = SF_RECORD_TIMER };
          g_autoptr (GString) text = g_string_new (NULL);

          record.timer.timer = timer;
          record.timer.action = action;
          record.timer.until = 7 * SF_SEC;
          record.timer.count = 3;
          sf_letters_narration.timer (text, &record, state, lang);
          check_sentence (lang, text->str);
          g_assert_nonnull (strstr (text->str, "7 s"));
          g_assert_cmpint (strchr (text->str, '3') != NULL, ==, action == SF_TIMER_EXPIRED);
        }
}

static void
check_fates (const char *lang)
{
  for (SfFate fate = SF_FATE_DROPPED_BY_FAULT; fate <= SF_FATE_INJECTED; fate++)
    {
      SfRecord record = { .head.kind = SF_RECORD_FATE };
      g_autoptr (GString) text = g_string_new (NULL);

      record.fate.fate = fate;
      record.fate.rule = 4;
      record.fate.until = 7 * SF_SEC;
      sf_letters_fate (text, &record, lang);
      check_sentence (lang, text->str);
      g_assert_nonnull (strchr (text->str, '5'));
      g_assert_cmpint (strstr (text->str, "7 s") != NULL, ==, fate == SF_FATE_DELAYED || fate == SF_FATE_HELD);
    }
}

/* Checks that there is a sentence for a call exactly if the diagram has words for it. */
static void
check_calls (const char *lang)
{
  TraceMaker m;
  g_autoptr (SfTrace) trace = NULL;
  guint32 conn;

  maker_init (&m, "Calls");
  conn = maker_connect (&m, MAKER_CLIENT, 49152);
  for (SfOp op = SF_OP_END; op <= SF_OP_REPEAT; op++)
    {
      maker_call (&m, conn, op, 100, 0);
      maker_call (&m, conn, op, 0, ECONNRESET);
    }
  maker_send_waits (&m, conn, 30, 70, 4);
  trace = maker_finish (&m, SF_END_IDLE);
  for (guint i = 1; i < sf_trace_n_records (trace); i++)
    for (gboolean resumed = FALSE; resumed <= TRUE; resumed++)
      {
        g_autoptr (GString) plain = g_string_new (NULL);
        g_autoptr (GString) letter = g_string_new (NULL);

        sf_plain_narration.call (plain, trace, sf_trace_record (trace, i), resumed, lang);
        sf_letters_narration.call (letter, trace, sf_trace_record (trace, i), resumed, lang);
        g_assert_cmpint (plain->len > 0, ==, letter->len > 0);
        if (letter->len > 0)
          check_sentence (lang, letter->str);
      }
}

static void
check_letters (const char *lang)
{
  const SfSegment letters[] = {
    { .flags = SF_SYN, .wnd = 1 },
    { .flags = SF_SYN | SF_ACK, .wnd = 1 },
    { .flags = SF_ACK, .wnd = 1 },
    { .flags = SF_ACK, .wnd = 0 },
    { .flags = SF_ACK | SF_PSH, .len = 1, .wnd = 1 },
    { .flags = SF_ACK | SF_PSH | SF_URG | SF_FIN, .len = 100, .urg = 50, .wnd = 1 },
    { .flags = SF_RST },
    { .flags = SF_RST | SF_ACK, .conn = 1 },
    { .wnd = 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      sf_letters_text (text, &letters[i], "server", FALSE, lang);
      check_sentence (lang, text->str);
    }
  g_assert_cmpstr (sf_letters_narration.power (TRUE, lang), !=, sf_letters_narration.power (FALSE, lang));
  check_sentence (lang, sf_letters_narration.power (TRUE, lang));
}

static void
test_sentences (gconstpointer data)
{
  catalogs_open ("zh");
  check_states (data);
  check_discards (data);
  check_timers (data);
  check_fates (data);
  check_calls (data);
  check_letters (data);
}

/* Returns a trace in which the first letter is lost and the second arrives. */
static SfTrace *
lost_letter (void)
{
  TraceMaker m;
  guint32 conn;

  maker_init (&m, "Lost");
  conn = maker_connect (&m, MAKER_CLIENT, 49152);
  maker_state (&m, conn, SF_SYN_SENT, SF_WHY_CALL);
  maker_fate (&m, maker_send (&m, conn, (MakerSegment){ .flags = SF_SYN }), SF_FATE_LOST, -1, 0);
  m.t = SF_SEC;
  maker_timer (&m, conn, SF_TIMER_RETRANSMIT, SF_TIMER_EXPIRED, SF_SEC, 1);
  maker_send (&m, conn, (MakerSegment){ .flags = SF_SYN, .marks = SF_SEG_RETRANSMIT });
  m.t = SF_SEC + 50 * SF_MSEC;
  maker_arrive (&m, 2);
  return maker_finish (&m, SF_END_UNTIL);
}

static void
test_whole (void)
{
  g_autoptr (SfTrace) trace = lost_letter ();
  g_autoptr (GString) out = g_string_new (NULL);
  SfTimelineOptions options = { .voice = SF_VOICE_LETTERS, .width = 200 };

  sf_timeline (out, trace, &options);
  g_assert_cmpstr (
    out->str, ==,
    "0 s     client wishes to write to server:80 (connect). client waits for an answer (SYN-SENT).\n"
    "        client writes to server: \"Dear server, may I write to you? I count my pages from 0, which is this one.\" "
    "[S 0:0(0)] But the post loses it.\n"
    "\n"
    "        ... 1 s go by ...\n"
    "\n"
    "1 s     client has had no answer for 1 s (RTO).\n"
    "        client writes to server once more: \"Dear server, may I write to you? I count my pages from 0, which is "
    "this one.\" [S 0:0(0)]\n"
    "\n"
    "1.05 s  The letter of client comes to server: [S 0:0(0)].\n"
    "        Here the scenario ends.\n");
}

/* Only what happened between the requested times. */
static void
test_part (void)
{
  g_autoptr (SfTrace) trace = lost_letter ();
  g_autoptr (GString) out = g_string_new (NULL);
  SfTimelineOptions options = { .voice = SF_VOICE_LETTERS, .width = 72, .from = SF_SEC, .to = SF_SEC };

  sf_timeline (out, trace, &options);
  g_assert_true (g_str_has_prefix (out->str, "1 s     client has had no answer"));
  g_assert_null (strstr (out->str, "1.05 s"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/letters/sentences/en", "en", test_sentences);
  g_test_add_data_func ("/letters/sentences/zh", "zh", test_sentences);
  g_test_add_func ("/letters/whole", test_whole);
  g_test_add_func ("/letters/part", test_part);
  return g_test_run ();
}
