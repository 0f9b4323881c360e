/* SPDX-License-Identifier: MIT */
#include "tests/support/endpoint.h"

#include "models/names.h"
#include "models/segment_text.h"
#include "models/tcp/tcb.h"

#include <stdio.h>
#include <string.h>

#define ISN_TICK (4 * SF_USEC)

/* --- what the endpoint does --- */

static void
append (GString *list, const char *separator)
{
  if (list->len > 0)
    g_string_append (list, separator);
}

static void
on_send (Endpoint *endpoint, const SfSegment *seg)
{
  gint32 seq = (gint32) (seg->seq.v - ENDPOINT_ISS), ack = (gint32) (seg->ack.v - ENDPOINT_IRS);
  gboolean to_nothing = (seg->flags & (SF_RST | SF_ACK)) == (SF_RST | SF_ACK) && seg->seq.v == 0;

  append (endpoint->sent, "; ");
  sf_segment_flags_text (endpoint->sent, seg->flags);
  if (to_nothing)
    g_string_append_printf (endpoint->sent, " SEQ=0(%u)", seg->len);
  else
    g_string_append_printf (endpoint->sent, " %d:%d(%u)", seq, seq + (gint32) seg->len, seg->len);
  if (seg->flags & SF_ACK)
    g_string_append_printf (endpoint->sent, " ack %d", ack);
  if (seg->flags & SF_URG)
    g_string_append_printf (endpoint->sent, " urg %u", seg->urg);
  if (seg->flags & SF_ACK && !(seg->flags & SF_RST))
    endpoint->sent_edge = (guint32) ack + seg->wnd;
}

/* Options that belong on a SYN stand on no other segment. */
static void
assert_options_allowed (const SfSegment *seg)
{
  for (guint i = 0; i < SF_N_SEGMENT_OPTIONS; i++)
    if (seg->options >> i & 1)
      g_assert_true (seg->flags & SF_SYN || !sf_segment_option (i)->syn_only);
}

static void
on_record (gpointer user, const SfRecordHead *head)
{
  const SfRecord *record = (gconstpointer) head;
  Endpoint *endpoint = user;

  if (head->kind == SF_RECORD_SEND && record->host == 0)
    {
      assert_options_allowed (&record->send);
      on_send (endpoint, &record->send);
    }
  else if (head->kind == SF_RECORD_STATE)
    {
      g_assert_true (sf_state_may_follow (record->state.from, record->state.to));
      endpoint->state_segment = record->state.segment;
    }
  else if (head->kind == SF_RECORD_TIMER && record->timer.timer == SF_TIMER_RETRANSMIT)
    endpoint->n_rto_expired++;
  else if (head->kind == SF_RECORD_TIMER && record->timer.timer == SF_TIMER_2MSL
           && record->timer.action != SF_TIMER_EXPIRED)
    {
      append (endpoint->timers, " ");
      g_string_append (endpoint->timers, record->timer.action == SF_TIMER_STARTED ? "started" : "restarted");
    }
}

char *
endpoint_take_sent (Endpoint *endpoint)
{
  char *sent = g_strdup (endpoint->sent->len > 0 ? endpoint->sent->str : "-");

  g_string_truncate (endpoint->sent, 0);
  return sent;
}

/* --- the world --- */

SfProfile
endpoint_profile (void)
{
  SfProfile profile = *sf_profile_find ("rfc9293");

  profile.isn = SF_ISN_CLOCK;
  profile.receive_buffer = ENDPOINT_WINDOW;
  return profile;
}

void
endpoint_start (Endpoint *endpoint, const SfProfile *profile)
{
  SfDirectionPlan direction = { .delay = 0 };
  guint16 link;

  *endpoint = (Endpoint){ .plan = sf_plan_new (), .sent = g_string_new (NULL), .timers = g_string_new (NULL) };
  sf_plan_add_host (endpoint->plan, "endpoint", ENDPOINT_PEER_ADDR - 1, 1, profile);
  sf_plan_add_host (endpoint->plan, "peer", ENDPOINT_PEER_ADDR, 1, NULL);
  link = sf_plan_add_link (endpoint->plan, 0, 1, &direction);
  g_array_index (endpoint->plan->links, SfLinkPlan, link).down = TRUE;
  sf_plan_finish (endpoint->plan);
  endpoint->net = sf_net_new (endpoint->plan, (SfSeed){ 1, 0 });
  sf_net_listen (endpoint->net, on_record, endpoint);
  endpoint_run_until (endpoint, ENDPOINT_ISS * ISN_TICK); /* when the clock of RFC 9293 §3.4.1 gives ENDPOINT_ISS */
}

void
endpoint_stop (Endpoint *endpoint)
{
  sf_net_free (endpoint->net);
  sf_plan_free (endpoint->plan);
  g_string_free (endpoint->sent, TRUE);
  g_string_free (endpoint->timers, TRUE);
}

void
endpoint_run_until (Endpoint *endpoint, SfTime until)
{
  if (sf_net_run (endpoint->net, until, G_MAXUINT64) == SF_STOP_IDLE)
    endpoint->net->sim.now = until;
}

void
endpoint_run (Endpoint *endpoint, SfTime duration)
{
  endpoint_run_until (endpoint, endpoint->net->sim.now + duration);
}

/* --- the peer --- */

/* Returns the flags of `letters`. Letters stand for bits in order: F for 0x01 to W (CWR) for 0x80. */
static guint8
flags_of (const char *letters)
{
  static const char known[] = "FSRP.UEW";
  guint8 flags = 0;

  if (g_str_equal (letters, "-"))
    return 0;
  for (; *letters != '\0'; letters++)
    {
      const char *found = strchr (known, *letters);

      g_assert_nonnull (found);
      flags |= (guint8) (1 << (found - known));
    }
  return flags;
}

/* Returns the number after `word` in `text`, `otherwise` if the word is not there. */
static gint64
number_after (const char *text, const char *word, gint64 otherwise)
{
  const char *found = strstr (text, word);

  return found != NULL ? g_ascii_strtoll (found + strlen (word), NULL, 10) : otherwise;
}

static SfSegment
segment_of (const Endpoint *endpoint, const char *text)
{
  gint64 mss = number_after (text, " mss ", 0);
  char letters[9];
  int seq, end;
  guint len;

  g_assert_cmpint (sscanf (text, "%8s %d:%d(%u)", letters, &seq, &end, &len), ==, 4);
  g_assert_cmpint (end, ==, seq + (int) len);
  return (SfSegment){
    .src = ENDPOINT_PEER_ADDR,
    .dst = ENDPOINT_PEER_ADDR - 1,
    .sport = ENDPOINT_PEER_PORT,
    .dport = ENDPOINT_PORT,
    .from = 1,
    .to = 0,
    .sent_at = endpoint->net->sim.now,
    .arrives_at = endpoint->net->sim.now,
    .seq = sf_seq (ENDPOINT_IRS + (guint32) seq),
    .seq_base = sf_seq (ENDPOINT_IRS),
    .ack = sf_seq (ENDPOINT_ISS + (guint32) number_after (text, " ack ", 0)),
    .ack_base = sf_seq (ENDPOINT_ISS),
    .stream = G_MAXUINT32,
    .conn = G_MAXUINT32,
    .len = len,
    .offset = (guint64) MAX (seq - 1, 0),
    .wnd = (guint16) number_after (text, " win ", ENDPOINT_WINDOW),
    .urg = (guint16) number_after (text, " urg ", 0),
    .flags = flags_of (letters),
    .via = SF_NO_DIRECTION,
    .mss = (guint16) mss,
    .options = mss != 0 ? SF_OPT_MSS : 0,
    .marks = strstr (text, " corrupt") != NULL ? SF_SEG_CORRUPT : 0,
  };
}

void
endpoint_inject (Endpoint *endpoint, const char *text)
{
  SfSegment seg = segment_of (endpoint, text);

  seg.id = G_MAXUINT32 + ++endpoint->next_id;
  endpoint->net->cause = seg.id;
  sf_tcp_input (endpoint->net, 0, &seg);
  endpoint->net->cause = 0;
  if (endpoint->conn == 0)
    endpoint->conn = sf_tcp_end_conn (endpoint->net, 0, &seg);
  endpoint_run (endpoint, 0);
}

SfState
endpoint_state (const Endpoint *endpoint)
{
  SfSegment seg = segment_of (endpoint, ". 0:0(0)");

  return sf_tcp_end_state (endpoint->net, 0, &seg);
}

SfTcpStatus
endpoint_status (const Endpoint *endpoint)
{
  SfTcpStatus status = { 0 };

  if (endpoint->conn != 0)
    sf_tcp_status (endpoint->net, endpoint->conn, &status);
  return status;
}

/* Appends " word" for each bit in `set`. */
static void
append_words (GString *out, guint set, const char *const *words, guint n)
{
  for (guint i = 0; i < n; i++)
    if (set & 1u << i)
      g_string_append_printf (out, " %s", words[i]);
}

char *
endpoint_tcb_text (const Endpoint *endpoint)
{
  static const char *const flags[] = { "passive",  "orphan",       "queued",     "ack-now", "fin-wanted",
                                       "fin-sent", "fin-received", "timestamps", "wscale",  "resyn",
                                       "opened",   "urgent-told",  "set-aside" };
  const SfTcb *tcb = sf_tcb (endpoint->net, endpoint->conn);
  GString *out = g_string_new (NULL);
  const char *timers[SF_N_TIMERS];
  guint set = 0;

  for (guint i = 0; i < SF_N_TIMERS; i++)
    {
      timers[i] = sf_timer_name ((SfTimer) i);
      set |= (guint) (tcb->deadline[i] != SF_NEVER) << i;
    }
  g_string_append_printf (out, "una %u nxt %u max %u", tcb->snd_una.v - ENDPOINT_ISS, tcb->snd_nxt.v - ENDPOINT_ISS,
                          tcb->snd_max.v - ENDPOINT_ISS);
  if (tcb->state > SF_SYN_SENT && tcb->state != SF_TIME_WAIT)
    g_string_append_printf (out, " wl %u/%u wnd %u", tcb->snd_wl1.v - ENDPOINT_IRS, tcb->snd_wl2.v - ENDPOINT_ISS,
                            tcb->snd_wnd);
  if (tcb->state > SF_SYN_SENT)
    g_string_append_printf (out, " rcv %u..%u", tcb->rcv_nxt.v - ENDPOINT_IRS, tcb->rcv_edge.v - ENDPOINT_IRS);
  g_assert_cmpuint (tcb->flags >> G_N_ELEMENTS (flags), ==, 0);
  append_words (out, tcb->flags, flags, G_N_ELEMENTS (flags));
  g_string_append_c (out, ';');
  append_words (out, set, timers, SF_N_TIMERS);
  return g_string_free (out, FALSE);
}

/* --- fixtures --- */

void
endpoint_connect (Endpoint *endpoint)
{
  SfSocketOptions options = { .set = 1 << SF_SO_BIND_PORT };
  int error;

  options.value[SF_SO_BIND_PORT] = ENDPOINT_PORT;
  endpoint->conn = sf_tcp_connect (endpoint->net, 0, ENDPOINT_PEER_ADDR, ENDPOINT_PEER_PORT, &options, 0, &error);
  g_assert_cmpuint (endpoint->conn, !=, 0);
}

void
endpoint_listen (Endpoint *endpoint)
{
  SfSocketOptions options = { .set = 1 << SF_SO_REUSEADDR };
  int error;

  options.value[SF_SO_REUSEADDR] = 1;
  endpoint->listener = sf_tcp_listen (endpoint->net, 0, ENDPOINT_PORT, 8, &options, 0, &error);
  g_assert_cmpuint (endpoint->listener, !=, 0);
}

void
endpoint_send (Endpoint *endpoint, guint64 len)
{
  guint64 offset;
  int error;

  g_assert_cmpuint (sf_tcp_send (endpoint->net, endpoint->conn, len, FALSE, &offset, &error), ==, len);
}

static void
establish (Endpoint *endpoint)
{
  endpoint_connect (endpoint);
  endpoint_inject (endpoint, "S. 0:0(0) ack 1");
  endpoint_inject (endpoint, "P. 1:21(20) ack 1");
  endpoint_send (endpoint, 100);
  endpoint_inject (endpoint, ". 21:21(0) ack 41");
}

static void
reach_synchronized (Endpoint *endpoint, SfState state)
{
  establish (endpoint);
  if (state == SF_CLOSE_WAIT || state == SF_LAST_ACK)
    endpoint_inject (endpoint, "F. 21:21(0) ack 41");
  if (state != SF_ESTABLISHED && state != SF_CLOSE_WAIT)
    g_assert_cmpint (sf_tcp_shutdown (endpoint->net, endpoint->conn), ==, 0);
  if (state == SF_CLOSING)
    endpoint_inject (endpoint, "F. 21:21(0) ack 41");
  if (state == SF_FIN_WAIT_2 || state == SF_TIME_WAIT)
    endpoint_inject (endpoint, ". 21:21(0) ack 102");
  if (state == SF_TIME_WAIT)
    endpoint_inject (endpoint, "F. 21:21(0) ack 102");
}

void
endpoint_reach (Endpoint *endpoint, SfState state, gboolean passive)
{
  if (state == SF_LISTEN || (state == SF_SYN_RECEIVED && passive))
    endpoint_listen (endpoint);
  else if (state == SF_SYN_SENT || state == SF_SYN_RECEIVED)
    endpoint_connect (endpoint);
  else if (state != SF_CLOSED)
    reach_synchronized (endpoint, state);
  if (state == SF_SYN_RECEIVED)
    endpoint_inject (endpoint, "S 0:0(0)");
  endpoint_run (endpoint, 0);
  endpoint_assert_state (endpoint, state);
  g_string_truncate (endpoint->sent, 0);
  g_string_truncate (endpoint->timers, 0);
}
