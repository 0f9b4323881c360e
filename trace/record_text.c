/* SPDX-License-Identifier: MIT */
#include "trace/record_text.h"

#include "base/gettext.h"
#include "base/units.h"
#include "models/names.h"
#include "models/segment_text.h"

void
sf_instant_text (GString *out, SfTime t)
{
  SfTime rest = t % SF_SEC;

  g_string_append_printf (out, "%" G_GINT64_FORMAT ".", t / SF_SEC);
  if (rest % SF_MSEC == 0)
    g_string_append_printf (out, "%03d", (int) (rest / SF_MSEC));
  else if (rest % SF_USEC == 0)
    g_string_append_printf (out, "%06d", (int) (rest / SF_USEC));
  else
    g_string_append_printf (out, "%09d", (int) rest);
}

static void
add_time (GString *out, const char *before, SfTime t)
{
  g_autofree char *text = sf_print_time (t);

  g_string_append_printf (out, "%s%s", before, text);
}

static void
add_segment (GString *out, const SfTrace *trace, const SfSegment *seg)
{
  sf_segment_text (out, seg, sf_trace_host_name (trace, seg->from), sf_trace_host_name (trace, seg->to), SF_TEXT_FULL);
}

/* Appends the notation of segment `id`, which was sent before record `i`. */
static void
add_segment_of_id (GString *out, const SfTrace *trace, guint64 id, guint i)
{
  guint shows = sf_trace_segment_before (trace, id, i);

  if (shows != SF_NO_RECORD)
    add_segment (out, trace, sf_record_segment (sf_trace_record (trace, shows)));
  else
    g_string_append_printf (out, "segment %" G_GUINT64_FORMAT, id);
}

static void
add_fate (GString *out, const SfTrace *trace, guint i, const char *lang)
{
  const SfRecord *record = sf_trace_record (trace, i);

  if (record->fate.fate == SF_FATE_COPIED || record->fate.fate == SF_FATE_INJECTED)
    add_segment (out, trace, &record->fate.copy);
  else
    add_segment_of_id (out, trace, record->fate.id, i);
  g_string_append_printf (out, " -- %s", sf_fate_name (record->fate.fate));
  if (record->fate.rule >= 0 && (guint) record->fate.rule < trace->faults->len)
    {
      const SfTraceFault *fault = &g_array_index (trace->faults, SfTraceFault, record->fate.rule);

      g_string_append_printf (out, tr (lang, " by the fault in line %u"), fault->line);
    }
}

static void
add_state (GString *out, const SfTrace *trace, const SfRecord *record, const char *lang)
{
  g_string_append_printf (out, "%s: %s -> %s", sf_trace_host_name (trace, record->host),
                          sf_state_name (record->state.from), sf_state_name (record->state.to));
  if (record->state.why == SF_WHY_TIMER)
    g_string_append_printf (out, tr (lang, " (%s timer)"), sf_timer_name (record->state.timer));
  else if (record->state.why != SF_WHY_SEGMENT)
    g_string_append_printf (out, " (%s)", sf_why_name (record->state.why));
}

static void
add_timer (GString *out, const SfTrace *trace, const SfRecord *record, const char *lang)
{
  g_string_append_printf (out, tr (lang, "%s: %s timer %s"), sf_trace_host_name (trace, record->host),
                          sf_timer_name (record->timer.timer), sf_timer_action_name (record->timer.action));
  if (record->timer.action == SF_TIMER_EXPIRED)
    add_time (out, tr (lang, " after "), record->timer.until);
  else
    add_time (out, tr (lang, " until "), record->timer.until);
}

static void
add_call (GString *out, const SfTrace *trace, const SfRecord *record, const char *lang)
{
  g_string_append_printf (out, "%s: %s() ", sf_trace_host_name (trace, record->host), sf_op_name (record->call.op));
  if (record->call.error != 0)
    g_string_append_printf (out, tr (lang, "fails with %s"), sf_errno_name (record->call.error));
  else if (record->call.waiting > 0)
    {
      g_autofree char *taken = sf_print_bytes (record->call.amount);
      g_autofree char *all = sf_print_bytes (record->call.amount + (gint64) record->call.waiting);

      g_string_append_printf (out, tr (lang, "waits, %s of %s taken"), taken, all);
    }
  else
    g_string_append (out, tr (lang, "returns"));
  if (record->call.line > 0)
    g_string_append_printf (out, tr (lang, " (line %u)"), record->call.line);
}

static void
add_deliver (GString *out, const SfTrace *trace, const SfRecord *record, const char *lang)
{
  g_string_append_printf (out, tr (lang, "%s: the application reads %u B"), sf_trace_host_name (trace, record->host),
                          record->deliver.len);
  if (record->deliver.foreign && record->deliver.stream == 0)
    g_string_append (out, tr (lang, " that no connection wrote"));
  else if (record->deliver.foreign)
    g_string_append_printf (out, tr (lang, " that connection %u wrote, not this peer"), record->deliver.stream);
}

static void
add_what (GString *out, const SfTrace *trace, guint i, const char *lang)
{
  const SfRecord *record = sf_trace_record (trace, i);
  const char *host = sf_trace_host_name (trace, record->host);

  switch ((SfRecordKind) record->head.kind)
    {
    case SF_RECORD_CONN:
      g_string_append_printf (out,
                              record->born.rport == 0 ? tr (lang, "%s: listener %u begins")
                                                      : tr (lang, "%s: connection %u begins"),
                              host, record->conn);
      break;
    case SF_RECORD_STATE:
      add_state (out, trace, record, lang);
      break;
    case SF_RECORD_GONE:
      g_string_append_printf (out, tr (lang, "%s: connection %u is deleted"), host, record->conn);
      break;
    case SF_RECORD_SEND:
      add_segment (out, trace, &record->send);
      break;
    case SF_RECORD_FATE:
      add_fate (out, trace, i, lang);
      break;
    case SF_RECORD_ARRIVE:
      add_segment (out, trace, &record->arrive);
      g_string_append (out, tr (lang, " -- arrives"));
      break;
    case SF_RECORD_DISCARD:
      add_segment_of_id (out, trace, record->discard.id, i);
      g_string_append_printf (out, tr (lang, " -- discarded by %s: %s"), host,
                              sf_discard_text (record->discard.reason));
      break;
    case SF_RECORD_TIMER:
      add_timer (out, trace, record, lang);
      break;
    case SF_RECORD_CALL:
      add_call (out, trace, record, lang);
      break;
    case SF_RECORD_DELIVER:
      add_deliver (out, trace, record, lang);
      break;
    case SF_RECORD_CWND:
      g_string_append_printf (out, tr (lang, "%s: cwnd %u, ssthresh %u, flight %u"), host, record->cwnd.cwnd,
                              record->cwnd.ssthresh, record->cwnd.flight);
      break;
    case SF_RECORD_RTT:
      g_string_append_printf (out, "%s:", host);
      add_time (out, " RTT ", record->rtt.sample);
      add_time (out, ", RTO ", record->rtt.rto);
      break;
    case SF_RECORD_LINK:
      g_string_append_printf (out, record->link.up ? tr (lang, "link %s goes up") : tr (lang, "link %s goes down"),
                              sf_trace_link_name (trace, record->link.link));
      break;
    case SF_RECORD_HOST:
      g_string_append_printf (out, record->power.up ? tr (lang, "%s reboots") : tr (lang, "%s crashes"), host);
      break;
    }
}

char *
sf_record_text (const SfTrace *trace, guint i, const char *lang)
{
  GString *out = g_string_new (NULL);

  sf_instant_text (out, sf_trace_record (trace, i)->head.t);
  g_string_append_c (out, ' ');
  add_what (out, trace, i, lang);
  return g_string_free (out, FALSE);
}
