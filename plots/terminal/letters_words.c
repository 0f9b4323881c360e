/* SPDX-License-Identifier: MIT */
#include "plots/terminal/letters_words.h"

#include "base/gettext.h"
#include "models/names.h"

#include <string.h>

/* --- the post --- */

static const struct
{
  const char *text;
  gboolean has_until;
} fates[] = {
  [SF_FATE_DROPPED_BY_FAULT] = { N_ ("the post loses it"), FALSE },
  [SF_FATE_LOST] = { N_ ("the post loses it"), FALSE },
  [SF_FATE_QUEUE_FULL] = { N_ ("the mail bag is full: the letter is left behind, and lost"), FALSE },
  [SF_FATE_LINK_DOWN] = { N_ ("the road is closed: the letter is lost"), FALSE },
  [SF_FATE_NO_ROUTE] = { N_ ("no road leads there: the letter is lost"), FALSE },
  [SF_FATE_HOST_DOWN] = { N_ ("nobody is at home to take it in: the letter is lost"), FALSE },
  [SF_FATE_DELAYED] = { N_ ("the post is slow with it"), TRUE },
  [SF_FATE_HELD] = { N_ ("the post keeps it back"), TRUE },
  [SF_FATE_RELEASED] = { N_ ("the post lets it go on"), FALSE },
  [SF_FATE_CORRUPTED] = { N_ ("rain smudges it"), FALSE },
  [SF_FATE_COPIED] = { N_ ("the post makes a copy of it"), FALSE },
  [SF_FATE_INJECTED] = { N_ ("a stranger has forged it"), FALSE },
};

void
sf_letters_fate (GString *out, const SfRecord *record, const char *lang)
{
  gboolean until = fates[record->fate.fate].has_until && record->fate.until > record->head.t
                   && record->fate.until != SF_NEVER;
  g_autoptr (GString) time = g_string_new (NULL);

  g_string_append (out, tr (lang, fates[record->fate.fate].text));
  sf_words_instant (time, until ? record->fate.until : 0);
  if (until)
    g_string_append_printf (out, tr (lang, " until %s"), time->str);
  if (record->fate.rule >= 0)
    g_string_append_printf (out, tr (lang, " (fault %d)"), record->fate.rule + 1);
}

/* --- the letters --- */

GString *
sf_letters_next (GString *out)
{
  gunichar before = out->len > 0 ? g_utf8_get_char (g_utf8_prev_char (out->str + out->len)) : 0;

  if (before != 0 && !(g_unichar_iswide (before) && g_unichar_ispunct (before)))
    g_string_append_c (out, ' ');
  return out;
}

static void
add_greeting (GString *out, const SfSegment *seg, const char *to, const char *lang)
{
  guint number = sf_seq_distance (seg->seq_base, seg->seq);

  if (seg->flags & SF_ACK)
    g_string_append_printf (
      sf_letters_next (out),
      tr (lang, "Dear %s, gladly, if I may write to you as well. I count my pages from %u, which is this one."), to,
      number);
  else
    g_string_append_printf (sf_letters_next (out),
                            tr (lang, "Dear %s, may I write to you? I count my pages from %u, which is this one."), to,
                            number);
}

static void
add_pages (GString *out, const SfSegment *seg, const char *lang)
{
  guint first = sf_seq_distance (seg->seq_base, seg->seq) + ((seg->flags & SF_SYN) != 0);

  if (seg->len == 1)
    g_string_append_printf (sf_letters_next (out), tr (lang, "Here is my page %u."), first);
  else if (seg->len > 1)
    g_string_append_printf (sf_letters_next (out), tr (lang, "Here are my pages %u to %u."), first,
                            first + seg->len - 1);
  if (seg->flags & SF_URG)
    g_string_append_printf (sf_letters_next (out), tr (lang, "All up to page %u is urgent."), first + seg->urg - 1);
  if (seg->flags & SF_FIN)
    g_string_append_printf (sf_letters_next (out), tr (lang, "With page %u I have said all that I had to say."),
                            first + seg->len);
}

static void
add_thanks (GString *out, const SfSegment *seg, const char *lang)
{
  guint next = sf_seq_distance (seg->ack_base, seg->ack);

  if (sf_segment_space (seg) == 0)
    g_string_append_printf (sf_letters_next (out), tr (lang, "Thank you; the next page that I expect of you is %u."),
                            next);
  else
    g_string_append_printf (sf_letters_next (out), tr (lang, "The next page that I expect of you is %u."), next);
}

/* Appends the text of a RST: a host with a connection breaks it off, a host without one knows nobody. */
static void
add_reset (GString *out, const SfSegment *seg, const char *lang)
{
  g_string_append (sf_letters_next (out), seg->conn != 0
                                            ? tr (lang, "I break off our correspondence. Do not answer this.")
                                            : tr (lang, "Sir, I do not know you. Pray do not write again."));
}

static void
add_room (GString *out, const SfSegment *seg, gboolean room_again, const char *lang)
{
  if (seg->wnd == 0)
    g_string_append (sf_letters_next (out), tr (lang, "My desk is full: send me no pages until I write again."));
  else if (room_again)
    g_string_append (sf_letters_next (out), tr (lang, "There is room on my desk again."));
}

void
sf_letters_text (GString *out, const SfSegment *seg, const char *to, gboolean room_again, const char *lang)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (seg->flags & SF_RST)
    add_reset (text, seg, lang);
  else
    {
      if (seg->flags & SF_SYN)
        add_greeting (text, seg, to, lang);
      add_pages (text, seg, lang);
      if (seg->flags & SF_ACK)
        add_thanks (text, seg, lang);
      add_room (text, seg, room_again, lang);
    }
  if (text->len == 0)
    g_string_append (text, tr (lang, "(an empty sheet)"));
  g_string_append (out, text->str);
}

/* --- the correspondents --- */

static const char *const states[] = {
  [SF_CLOSED] = N_ ("puts the pen away (CLOSED)"),
  [SF_LISTEN] = N_ ("waits for whoever may write (LISTEN)"),
  [SF_SYN_SENT] = N_ ("waits for an answer (SYN-SENT)"),
  [SF_SYN_RECEIVED] = N_ ("has agreed, and waits to hear that this has arrived (SYN-RECEIVED)"),
  [SF_ESTABLISHED] = N_ ("takes the correspondence for open (ESTABLISHED)"),
  [SF_FIN_WAIT_1] = N_ ("has written the last page, and waits to hear that it has arrived (FIN-WAIT-1)"),
  [SF_FIN_WAIT_2] = N_ ("knows that the last page has arrived, and waits for that of the other (FIN-WAIT-2)"),
  [SF_CLOSE_WAIT] = N_ ("has the last page of the other, and may still write (CLOSE-WAIT)"),
  [SF_CLOSING] = N_ ("has the last page of the other, but no word that the own one has arrived (CLOSING)"),
  [SF_LAST_ACK] = N_ ("has written the last page too, and waits to hear that it has arrived (LAST-ACK)"),
  [SF_TIME_WAIT] = N_ (
    "has the last page of the other, and knows that the own one has arrived; stays near the letter box, in case the "
    "last letter was lost (TIME-WAIT)"),
};

const char *
sf_letters_state (SfState state, SfWhy why, const char *lang)
{
  return why == SF_WHY_CRASH ? tr (lang, "has forgotten the correspondence (CLOSED)") : tr (lang, states[state]);
}

static const struct
{
  const char *text;
  const char *answered; /* if it answers at once; NULL: the same */
} discards[] = {
  [SF_DISCARD_CHECKSUM] = { N_ ("cannot read the smudged letter, and throws it away"), NULL },
  [SF_DISCARD_NO_CONNECTION] = { N_ ("knows of no such correspondence, and does not answer"),
                                 N_ ("knows of no such correspondence, and says so") },
  [SF_DISCARD_LISTEN] = { N_ ("waits for somebody to introduce himself, and has no use for this letter"),
                          N_ ("waits for somebody to introduce himself, and takes no other letter") },
  [SF_DISCARD_SEQUENCE] = { N_ ("finds that these are no pages that could come now, and does not take them"),
                            N_ ("finds that these are no pages that could come now, does not take them, and says what "
                                "it expects") },
  [SF_DISCARD_OLD_DUPLICATE] = { N_ ("has had this long ago"), N_ ("has had this long ago, and says what it expects") },
  [SF_DISCARD_PAWS] = { N_ ("sees by the date that the letter is an old one, and does not take it"),
                        N_ ("sees by the date that the letter is an old one, does not take it, and says what it "
                            "expects") },
  [SF_DISCARD_NO_TIMESTAMP] = { N_ ("finds no date on the letter, and does not take it"), NULL },
  [SF_DISCARD_RST] = { N_ ("does not believe that all is to be broken off: the number of the page is not the next one"),
                       N_ ("does not believe that all is to be broken off: the number of the page is not the next one; "
                           "asks whether "
                           "it was meant") },
  [SF_DISCARD_SYN] = { N_ ("does not begin again what has long begun"),
                       N_ ("does not begin again what has long begun, and asks whether that was meant") },
  [SF_DISCARD_ACK] = { N_ ("is thanked for pages that it has never written, and does not take the letter"),
                       N_ ("is thanked for pages that it has never written, does not take the letter, and says so") },
  [SF_DISCARD_NO_ACK] = { N_ ("does not take a letter that does not say what has arrived"), NULL },
  [SF_DISCARD_BACKLOG] = { N_ ("has too many people waiting at the door, and does not take the letter"), NULL },
  [SF_DISCARD_STATE] = { N_ ("has no use for this letter now"), NULL },
  [SF_DISCARD_AFTER_CLOSE] = { N_ ("gets pages for a reader who has left"),
                               N_ ("gets pages for a reader who has left, and says so") },
  [SF_DISCARD_WINDOW] = { N_ ("has no room on the desk for these pages"),
                          N_ ("has no room on the desk for these pages, and says so") },
  [SF_DISCARD_MUTANT] = { N_ ("ignores the letter, since a rule was taken away"),
                          N_ ("treats the letter otherwise, since a rule was taken away") },
};

static const char *
discard (SfDiscard reason, gboolean answered, const char *lang)
{
  return tr (lang, answered && discards[reason].answered != NULL ? discards[reason].answered : discards[reason].text);
}

static const char *
old_reset (const char *lang)
{
  return tr (lang, "does not believe a letter that breaks off what is long past");
}

/* The words for what happens to a timer. A timer without a row has the plain ones. */
static const SfTimerWords timers[SF_N_TIMERS] = {
  [SF_TIMER_RETRANSMIT] = { N_ ("gives the answer time until %s"), N_ ("gives the answer time again, until %s"),
                            N_ ("has had no answer for %s (RTO)") },
  [SF_TIMER_PERSIST] = { N_ ("lets the other tidy its desk until %s"),
                         N_ ("lets the other tidy its desk again, until %s"),
                         N_ ("has waited %s for room on the desk of the other (persist timer)") },
  [SF_TIMER_DELAYED_ACK] = { N_ ("puts the thanks off until %s"), N_ ("puts the thanks off again, until %s"),
                             N_ ("has put the thanks off for %s (delayed ACK)") },
  [SF_TIMER_KEEPALIVE] = { N_ ("waits for a sign of life until %s"), N_ ("waits for a sign of life again, until %s"),
                           N_ ("has heard nothing for %s, and wonders whether the other is still there (keepalive)") },
  [SF_TIMER_2MSL] = { N_ ("will stay near the letter box until %s"), N_ ("begins to wait anew, until %s"),
                      N_ ("has stayed near the letter box for %s") },
};

/* The 2MSL timer also limits FIN-WAIT-2. */
static const SfTimerWords fin_wait_2 = { N_ ("will wait for the last page of the other until %s"),
                                         N_ ("will wait for the last page of the other anew, until %s"),
                                         N_ ("has waited %s for the last page of the other, which is long enough") };

static void
timer (GString *out, const SfRecord *record, SfState state, const char *lang)
{
  const SfTimerWords *words = record->timer.timer == SF_TIMER_2MSL && state == SF_FIN_WAIT_2
                                ? &fin_wait_2
                                : &timers[record->timer.timer];

  if (words->started != NULL)
    sf_words_timer_by (out, record, words, lang);
  else
    sf_words_timer (out, record, state, lang);
}

/* The words for calls that succeed. %s: how many bytes. */
static const char *const calls[] = {
  [SF_OP_ACCEPT] = N_ ("hears that there is somebody to write to (accept)"),
  [SF_OP_EACH] = N_ ("hears that there is somebody to write to (accept)"),
  [SF_OP_SEND] = N_ ("has something to say: %s (send)"),
  [SF_OP_RECEIVE] = N_ ("reads %s (receive)"),
  [SF_OP_RECEIVE_SOME] = N_ ("reads %s (receive)"),
  [SF_OP_RECEIVE_EOF] = N_ ("reads %s, to the last page of the other (receive)"),
  [SF_OP_SHUTDOWN] = N_ ("has nothing more to say, but goes on reading (shutdown)"),
  [SF_OP_CLOSE] = N_ ("has nothing more to say (close)"),
  [SF_OP_ABORT] = N_ ("wants no more of it (abort)"),
  [SF_OP_STOP_LISTEN] = N_ ("takes the letter box off the door (stop listening)"),
  [SF_OP_REPEAT] = NULL,
};

/* Returns the sentence for a call that did not fail, NULL if other rows show it. */
static const char *
call_text (const SfRecord *record)
{
  if (record->call.op >= G_N_ELEMENTS (calls))
    return NULL;
  if (record->call.line > 0)
    return calls[record->call.op];
  return record->call.op == SF_OP_CLOSE ? N_ ("goes, having nothing more to say (ends, and closes)")
         : record->call.op == SF_OP_STOP_LISTEN
           ? N_ ("goes, and takes the letter box off the door (ends, and stops listening)")
           : NULL;
}

static void
call (GString *out, const SfTrace *trace, const SfRecord *record, gboolean resumed, const char *lang)
{
  const char *text = call_text (record);
  g_autofree char *taken = g_strdup_printf ("%" G_GINT64_FORMAT " B", record->call.amount);
  g_autoptr (GString) amount = g_string_new (NULL);

  sf_words_amount (amount, trace, record);
  if (record->call.error != 0)
    g_string_append_printf (out, tr (lang, "hears that nothing comes of it: %s fails (%s)"),
                            sf_op_name (record->call.op), sf_errno_name (record->call.error));
  else if (record->call.op == SF_OP_RECEIVE_EOF && record->call.amount == 0)
    g_string_append (out, tr (lang, "reads that there is nothing more to come (receive: the end of the stream)"));
  else if (resumed)
    g_string_append_printf (out, tr (lang, "has handed in all: %s (send returns)"), taken);
  else if (text != NULL)
    sf_words_fill (out, tr (lang, text), amount->str);
  if (record->call.waiting > 0)
    g_string_append_printf (out, tr (lang, "; only %s found room on the own desk so far"), taken);
}

static void
born (GString *out, const SfRecord *record, const char *place, const char *lang)
{
  if (place == NULL)
    g_string_append_printf (out, tr (lang, "hangs out a letter box, number %u (listen)"), record->born.lport);
  else
    g_string_append_printf (out, tr (lang, "wishes to write to %s (connect)"), place);
}

static void
foreign (GString *out, const SfTrace *trace, const GArray *content, const SfRecord *record, const char *lang)
{
  const SfTraceConn *writer = sf_trace_conn (trace, record->deliver.stream);
  g_autofree guint8 *data = g_malloc (record->deliver.len);
  g_autoptr (GString) shown = g_string_new (NULL);

  sf_content_fill (content, record->deliver.stream, record->deliver.offset, record->deliver.len, data);
  sf_words_bytes (shown, data, MIN (record->deliver.len, SF_WORDS_SHOWN));
  if (record->deliver.len > SF_WORDS_SHOWN)
    g_string_append (shown, "...");
  g_string_append_printf (out,
                          trn (lang, "reads %u page that is not of this correspondence: \"%s\"",
                               "reads %u pages that are not of this correspondence: \"%s\"", record->deliver.len),
                          record->deliver.len, shown->str);
  if (writer != NULL && writer->nth > 0)
    g_string_append_printf (out, tr (lang, " of connection %u of %s"), writer->nth,
                            sf_trace_host_name (trace, writer->host));
  else
    g_string_append (out, tr (lang, " of no connection"));
}

static void
road (GString *out, const char *name, gboolean up, const char *lang)
{
  g_string_append_printf (out, up ? tr (lang, "The road %s is open again.") : tr (lang, "The road %s is closed."),
                          name);
}

static const char *
power (gboolean up, const char *lang)
{
  return up ? tr (lang, "wakes, and remembers no correspondence (reboots)")
            : tr (lang, "falls silent in the middle of it all (crashes)");
}

const SfNarration sf_letters_narration = {
  .call = call,
  .born = born,
  .timer = timer,
  .discard = discard,
  .old_reset = old_reset,
  .foreign = foreign,
  .link = road,
  .power = power,
  .apart = TRUE,
};
