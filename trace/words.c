/* SPDX-License-Identifier: MIT */
#include "trace/words.h"

#include "base/gettext.h"
#include "models/names.h"

#include <string.h>

/* Appends `value` / `unit` without trailing zeros. `unit` is 10^digits. */
static void
append_decimal (GString *out, SfTime value, SfTime unit, int digits)
{
  SfTime rest = value % unit;

  g_string_append_printf (out, "%" G_GINT64_FORMAT, value / unit);
  if (rest == 0)
    return;
  g_string_append_printf (out, ".%0*" G_GINT64_FORMAT, digits, rest);
  while (out->str[out->len - 1] == '0')
    g_string_truncate (out, out->len - 1);
}

void
sf_words_duration (GString *out, SfTime duration)
{
  static const struct
  {
    SfTime unit;
    int digits;
    const char *name;
  } units[] = { { SF_SEC, 9, "s" }, { SF_MSEC, 6, "ms" }, { SF_USEC, 3, "us" }, { SF_NSEC, 0, "ns" } };
  guint i = 0;

  if (duration == 0)
    {
      g_string_append (out, "0 s");
      return;
    }
  while (duration < units[i].unit)
    i++;
  append_decimal (out, duration, units[i].unit, units[i].digits);
  g_string_append_printf (out, " %s", units[i].name);
}

void
sf_words_instant (GString *out, SfTime t)
{
  append_decimal (out, t, SF_SEC, 9);
  g_string_append (out, " s");
}

typedef struct
{
  const char *text;
  gboolean final; /* the segment goes no further */
  gboolean has_until;
} FateRow;

static const FateRow fates[] = {
  [SF_FATE_DROPPED_BY_FAULT] = { N_ ("dropped"), TRUE, FALSE },
  [SF_FATE_LOST] = { N_ ("lost"), TRUE, FALSE },
  [SF_FATE_QUEUE_FULL] = { N_ ("queue full"), TRUE, FALSE },
  [SF_FATE_LINK_DOWN] = { N_ ("link down"), TRUE, FALSE },
  [SF_FATE_NO_ROUTE] = { N_ ("no route"), TRUE, FALSE },
  [SF_FATE_HOST_DOWN] = { N_ ("host down"), TRUE, FALSE },
  [SF_FATE_DELAYED] = { N_ ("delayed"), FALSE, TRUE },
  [SF_FATE_HELD] = { N_ ("held"), FALSE, TRUE },
  [SF_FATE_RELEASED] = { N_ ("released"), FALSE, FALSE },
  [SF_FATE_CORRUPTED] = { N_ ("corrupted"), FALSE, FALSE },
  [SF_FATE_COPIED] = { N_ ("copied"), FALSE, FALSE },
  [SF_FATE_INJECTED] = { N_ ("forged: no host has sent it"), FALSE, FALSE },
};

gboolean
sf_fate_is_final (SfFate fate)
{
  return fates[fate].final;
}

void
sf_words_fate (GString *out, const SfTrace *trace, const SfRecord *record, gboolean more, const char *lang)
{
  const FateRow *row = &fates[record->fate.fate];
  gint32 rule = record->fate.rule;

  g_string_append (out, tr (lang, row->text));
  if (rule >= 0)
    g_string_append_printf (out, tr (lang, " by fault %d"), rule + 1);
  else if (more && record->fate.link < trace->links->len)
    g_string_append_printf (out, tr (lang, " on link %s"), sf_trace_link_name (trace, record->fate.link));
  if (row->has_until && record->fate.until > record->head.t && record->fate.until != SF_NEVER)
    {
      g_autoptr (GString) time = g_string_new (NULL);

      sf_words_instant (time, record->fate.until);
      g_string_append_printf (out, tr (lang, " until %s"), time->str);
    }
  if (more && rule >= 0 && (guint) rule < trace->faults->len)
    g_string_append_printf (out, " (%s)", g_array_index (trace->faults, SfTraceFault, rule).text);
}

static const struct
{
  const char *text;
  const char *answered; /* if it answers at once; NULL: the same */
} discards[] = {
  [SF_DISCARD_CHECKSUM] = { N_ ("wrong checksum: thrown away unread"), NULL },
  [SF_DISCARD_NO_CONNECTION] = { N_ ("nobody here knows this connection, and nobody answers"),
                                 N_ ("nobody here knows this connection: RST") },
  [SF_DISCARD_LISTEN] = { N_ ("LISTEN has no use for it"), N_ ("LISTEN takes only a SYN: RST") },
  [SF_DISCARD_SEQUENCE] = { N_ ("not in the window: not taken"),
                            N_ ("not in the window: not taken, answered with an ACK") },
  [SF_DISCARD_OLD_DUPLICATE] = { N_ ("old: before what the receiver expects"),
                                 N_ ("old: before what the receiver expects; answered with an ACK") },
  [SF_DISCARD_PAWS] = { N_ ("its timestamp is too old (PAWS): not taken"),
                        N_ ("its timestamp is too old (PAWS): not taken, answered with an ACK") },
  [SF_DISCARD_NO_TIMESTAMP] = { N_ ("has no timestamp: not taken"), NULL },
  [SF_DISCARD_RST] = { N_ ("RST not exactly at RCV.NXT: not believed"),
                       N_ ("RST not exactly at RCV.NXT: not believed, answered with a challenge ACK") },
  [SF_DISCARD_SYN] = { N_ ("SYN in a synchronized state: not taken"),
                       N_ ("SYN in a synchronized state: not taken, answered with a challenge ACK") },
  [SF_DISCARD_ACK] = { N_ ("acknowledges what was never sent: not taken"),
                       N_ ("acknowledges what was never sent: not taken, and answered") },
  [SF_DISCARD_NO_ACK] = { N_ ("has no ACK bit: not taken"), NULL },
  [SF_DISCARD_BACKLOG] = { N_ ("the queue of the listener is full: not taken"), NULL },
  [SF_DISCARD_STATE] = { N_ ("this state has no use for it"), NULL },
  [SF_DISCARD_AFTER_CLOSE] = { N_ ("data for an application that has closed"),
                               N_ ("data for an application that has closed: RST") },
  [SF_DISCARD_WINDOW] = { N_ ("no room for it in the window"),
                          N_ ("no room for it in the window: answered with an ACK") },
  [SF_DISCARD_MUTANT] = { N_ ("ignored: a rule was taken away"), N_ ("treated otherwise: a rule was taken away") },
};

const char *
sf_words_discard (SfDiscard reason, gboolean answered, const char *lang)
{
  return tr (lang, answered && discards[reason].answered != NULL ? discards[reason].answered : discards[reason].text);
}

const char *
sf_words_old_reset (const char *lang)
{
  return tr (lang, "a RST with an old number: ignored");
}

static const SfTimerWords timers[SF_N_TIMERS] = {
#define SF_TIMER(id, name, function, started, restarted, expired) { started, restarted, expired },
#include "models/timers.inc"
#undef SF_TIMER
};

/* The 2MSL timer also limits FIN-WAIT-2. */
static const SfTimerWords fin_wait_2 = { N_ ("FIN-WAIT-2 is limited, until %s"),
                                         N_ ("FIN-WAIT-2 is limited anew, until %s"),
                                         N_ ("FIN-WAIT-2 has lasted long enough: %s") };

void
sf_words_fill (GString *out, const char *text, const char *what)
{
  const char *place = strstr (text, "%s");

  if (place == NULL)
    {
      g_string_append (out, text);
      return;
    }
  g_string_append_len (out, text, place - text);
  g_string_append (out, what);
  g_string_append (out, place + 2);
}

void
sf_words_timer_by (GString *out, const SfRecord *record, const SfTimerWords *words, const char *lang)
{
  gboolean expired = record->timer.action == SF_TIMER_EXPIRED;
  g_autoptr (GString) time = g_string_new (NULL);

  if (expired)
    sf_words_duration (time, record->timer.until);
  else
    sf_words_instant (time, record->timer.until);
  sf_words_fill (out,
                 tr (lang, expired                                    ? words->expired
                           : record->timer.action == SF_TIMER_STARTED ? words->started
                                                                      : words->restarted),
                 time->str);
  if (expired && record->timer.count > 1)
    g_string_append_printf (out, trn (lang, ", %u time in a row", ", %u times in a row", record->timer.count),
                            record->timer.count);
}

void
sf_words_timer (GString *out, const SfRecord *record, SfState state, const char *lang)
{
  gboolean limits = record->timer.timer == SF_TIMER_2MSL && state == SF_FIN_WAIT_2;

  sf_words_timer_by (out, record, limits ? &fin_wait_2 : &timers[record->timer.timer], lang);
}

/* The words for calls that succeed. %s: how many bytes. Calls without a row need no words: other rows show the states
 * after LISTEN and CONNECT, and the result of waiting. */
static const char *const calls[] = {
  [SF_OP_ACCEPT] = N_ ("accept returns"),
  [SF_OP_EACH] = N_ ("accept returns"),
  [SF_OP_SEND] = N_ ("send %s"),
  [SF_OP_RECEIVE] = N_ ("receive returns %s"),
  [SF_OP_RECEIVE_SOME] = N_ ("receive returns %s"),
  [SF_OP_RECEIVE_EOF] = N_ ("receive %s until the end"),
  [SF_OP_SHUTDOWN] = N_ ("shutdown"),
  [SF_OP_CLOSE] = N_ ("close"),
  [SF_OP_ABORT] = N_ ("abort"),
  [SF_OP_STOP_LISTEN] = N_ ("stop listening"),
  [SF_OP_REPEAT] = NULL,
};

/* The words for a process that ends with something open. */
static const char *
words_of_end (SfOp op)
{
  return op == SF_OP_CLOSE         ? N_ ("ends, and closes")
         : op == SF_OP_STOP_LISTEN ? N_ ("ends, and stops listening")
                                   : NULL;
}

void
sf_words_bytes (GString *out, const guint8 *data, gsize len)
{
  for (gsize i = 0; i < len; i++)
    if (data[i] == '\n')
      g_string_append (out, "\\n");
    else if (data[i] == '\t')
      g_string_append (out, "\\t");
    else if (data[i] == '\\' || data[i] == '"')
      g_string_append_printf (out, "\\%c", data[i]);
    else if (g_ascii_isprint ((char) data[i]))
      g_string_append_c (out, (char) data[i]);
    else
      g_string_append_printf (out, "\\x%02x", data[i]);
}

void
sf_words_amount (GString *out, const SfTrace *trace, const SfRecord *record)
{
  const char *text = record->call.op == SF_OP_SEND && record->call.text > 0 && record->call.text <= trace->texts->len
                       ? g_ptr_array_index (trace->texts, record->call.text - 1)
                       : NULL;

  if (text != NULL)
    {
      g_string_append_c (out, '"');
      sf_words_bytes (out, (const guint8 *) text, strlen (text));
      g_string_append_c (out, '"');
    }
  else
    g_string_append_printf (out, "%" G_GINT64_FORMAT " B",
                            (gint64) ((guint64) record->call.amount + record->call.waiting));
}

void
sf_words_call (GString *out, const SfTrace *trace, const SfRecord *record, gboolean resumed, const char *lang)
{
  const char *text = record->call.op >= G_N_ELEMENTS (calls) ? NULL
                     : record->call.line == 0                ? words_of_end (record->call.op)
                                                             : calls[record->call.op];
  gboolean at_end = record->call.op == SF_OP_RECEIVE_EOF && record->call.amount == 0;
  g_autofree char *taken = g_strdup_printf ("%" G_GINT64_FORMAT " B", record->call.amount);
  g_autoptr (GString) amount = g_string_new (NULL);

  if (record->call.error != 0)
    g_string_append_printf (out, tr (lang, "%s fails: %s"), sf_op_name (record->call.op),
                            sf_errno_name (record->call.error));
  else if (at_end)
    g_string_append (out, tr (lang, "receive: the end of the stream"));
  else if (resumed)
    g_string_append_printf (out, tr (lang, "%s returns: %s taken"), sf_op_name (record->call.op), taken);
  else if (text != NULL && strstr (text, "%s") != NULL)
    {
      sf_words_amount (amount, trace, record);
      sf_words_fill (out, tr (lang, text), amount->str);
      if (record->call.waiting > 0)
        g_string_append_printf (out, tr (lang, " waits: %s taken"), taken);
    }
  else if (text != NULL)
    g_string_append (out, tr (lang, text));
}

const char *
sf_words_title (const SfTrace *trace, const char *lang)
{
  return sf_wording_in (trace->lesson != NULL ? trace->lesson : trace->title, lang);
}

char *
sf_words_variant (const SfTrace *trace, const char *lang)
{
  if (trace->variant == NULL || strcmp (trace->variant, "standard") == 0)
    return NULL;
  if (trace->lesson == NULL || trace->title == NULL)
    return g_strdup (trace->variant);
  return g_strdup_printf ("%s: %s", trace->variant, sf_wording_in (trace->title, lang));
}

void
sf_words_foreign (GString *out, const SfTrace *trace, const GArray *content, const SfRecord *record, const char *lang)
{
  const SfTraceConn *writer = sf_trace_conn (trace, record->deliver.stream);
  g_autofree guint8 *data = g_malloc (record->deliver.len);

  sf_content_fill (content, record->deliver.stream, record->deliver.offset, record->deliver.len, data);
  g_string_append_printf (out,
                          trn (lang, "%u foreign byte delivered: \"", "%u foreign bytes delivered: \"",
                               record->deliver.len),
                          record->deliver.len);
  sf_words_bytes (out, data, MIN (record->deliver.len, SF_WORDS_SHOWN));
  g_string_append (out, record->deliver.len > SF_WORDS_SHOWN ? "\"..." : "\"");
  if (writer != NULL && writer->nth > 0)
    g_string_append_printf (out, tr (lang, " of connection %u of %s"), writer->nth,
                            sf_trace_host_name (trace, writer->host));
  else
    g_string_append (out, tr (lang, " of no connection"));
}

void
sf_words_born (GString *out, const SfRecord *record, const char *place, const char *lang)
{
  if (place == NULL)
    g_string_append_printf (out, tr (lang, "listen on port %u"), record->born.lport);
  else
    g_string_append_printf (out, tr (lang, "connect to %s"), place);
}

void
sf_words_link (GString *out, const char *name, gboolean up, const char *lang)
{
  g_string_append_printf (out, up ? tr (lang, "link %s goes up") : tr (lang, "link %s goes down"), name);
}

const char *
sf_words_power (gboolean up, const char *lang)
{
  return up ? tr (lang, "reboots: it knows of no connection") : tr (lang, "crashes");
}

const SfNarration sf_plain_narration = {
  .call = sf_words_call,
  .born = sf_words_born,
  .timer = sf_words_timer,
  .discard = sf_words_discard,
  .old_reset = sf_words_old_reset,
  .foreign = sf_words_foreign,
  .link = sf_words_link,
  .power = sf_words_power,
};
