/* SPDX-License-Identifier: MIT */
#include "tests/support/wire.h"

#include "models/segment_text.h"

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
on_send (Wire *wire, const SfSegment *seg)
{
  gint32 seq = (gint32) (seg->seq.v - WIRE_ISS), ack = (gint32) (seg->ack.v - WIRE_IRS);
  gboolean to_nothing = (seg->flags & (SF_RST | SF_ACK)) == (SF_RST | SF_ACK) && seg->seq.v == 0;

  append (wire->sent, "; ");
  sf_segment_flags_text (wire->sent, seg->flags);
  if (to_nothing)
    g_string_append_printf (wire->sent, " SEQ=0(%u)", seg->len);
  else
    g_string_append_printf (wire->sent, " %d:%d(%u)", seq, seq + (gint32) seg->len, seg->len);
  if (seg->flags & SF_ACK)
    g_string_append_printf (wire->sent, " ack %d", ack);
  if (seg->flags & SF_URG)
    g_string_append_printf (wire->sent, " urg %u", seg->urg);
  if (seg->flags & SF_ACK && !(seg->flags & SF_RST))
    wire->sent_edge = (guint32) ack + seg->wnd;
}

static void
on_record (gpointer user, const SfRecordHead *head)
{
  const SfRecord *record = (gconstpointer) head;
  Wire *wire = user;

  if (head->kind == SF_RECORD_SEND && record->host == 0)
    on_send (wire, &record->send);
  else if (head->kind == SF_RECORD_STATE)
    g_assert_true (sf_state_may_follow (record->state.from, record->state.to));
  else if (head->kind == SF_RECORD_TIMER && record->timer.timer == SF_TIMER_RETRANSMIT)
    wire->n_rto_expired++;
  else if (head->kind == SF_RECORD_TIMER && record->timer.timer == SF_TIMER_2MSL
           && record->timer.action != SF_TIMER_EXPIRED)
    {
      append (wire->timers, " ");
      g_string_append (wire->timers, record->timer.action == SF_TIMER_STARTED ? "started" : "restarted");
    }
}

char *
wire_take_sent (Wire *wire)
{
  char *sent = g_strdup (wire->sent->len > 0 ? wire->sent->str : "-");

  g_string_truncate (wire->sent, 0);
  return sent;
}

/* --- the world --- */

SfProfile
wire_profile (void)
{
  SfProfile profile = *sf_profile_find ("rfc9293");

  profile.isn = SF_ISN_CLOCK;
  profile.receive_buffer = WIRE_WINDOW;
  return profile;
}

void
wire_start (Wire *wire, const SfProfile *profile)
{
  SfDirectionPlan direction = { .delay = 0 };
  guint16 link;

  *wire = (Wire){ .plan = sf_plan_new (), .sent = g_string_new (NULL), .timers = g_string_new (NULL) };
  sf_plan_add_host (wire->plan, "endpoint", WIRE_PEER_ADDR - 1, 1, profile);
  sf_plan_add_host (wire->plan, "peer", WIRE_PEER_ADDR, 1, NULL);
  link = sf_plan_add_link (wire->plan, 0, 1, &direction);
  g_array_index (wire->plan->links, SfLinkPlan, link).down = TRUE;
  sf_plan_finish (wire->plan);
  wire->net = sf_net_new (wire->plan, (SfSeed){ 1, 0 });
  sf_net_listen (wire->net, on_record, wire);
  wire_run_until (wire, WIRE_ISS * ISN_TICK); /* when the clock of RFC 9293 §3.4.1 says WIRE_ISS */
}

void
wire_stop (Wire *wire)
{
  sf_net_free (wire->net);
  sf_plan_free (wire->plan);
  g_string_free (wire->sent, TRUE);
  g_string_free (wire->timers, TRUE);
}

void
wire_run_until (Wire *wire, SfTime until)
{
  if (sf_net_run (wire->net, until, G_MAXUINT64) == SF_STOP_IDLE)
    wire->net->sim.now = until;
}

void
wire_run (Wire *wire, SfTime duration)
{
  wire_run_until (wire, wire->net->sim.now + duration);
}

/* --- the peer --- */

/* The letters stand for the bits in their order: F for 0x01, W (CWR) for 0x80. */
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

/* The number after `word` in `text`; `otherwise` if the word is not there. */
static gint64
number_after (const char *text, const char *word, gint64 otherwise)
{
  const char *found = strstr (text, word);

  return found != NULL ? g_ascii_strtoll (found + strlen (word), NULL, 10) : otherwise;
}

static SfSegment
segment_of (const Wire *wire, const char *text)
{
  gint64 mss = number_after (text, " mss ", 0);
  char letters[9];
  int seq, end;
  guint len;

  g_assert_cmpint (sscanf (text, "%8s %d:%d(%u)", letters, &seq, &end, &len), ==, 4);
  g_assert_cmpint (end, ==, seq + (int) len);
  return (SfSegment){
    .src = WIRE_PEER_ADDR, .dst = WIRE_PEER_ADDR - 1, .sport = WIRE_PEER_PORT, .dport = WIRE_PORT,
    .from = 1, .to = 0, .sent_at = wire->net->sim.now, .arrives_at = wire->net->sim.now,
    .seq = sf_seq (WIRE_IRS + (guint32) seq), .seq_base = sf_seq (WIRE_IRS),
    .ack = sf_seq (WIRE_ISS + (guint32) number_after (text, " ack ", 0)), .ack_base = sf_seq (WIRE_ISS),
    .stream = G_MAXUINT32, .conn = G_MAXUINT32, .len = len, .offset = (guint64) MAX (seq - 1, 0),
    .wnd = (guint16) number_after (text, " win ", WIRE_WINDOW), .urg = (guint16) number_after (text, " urg ", 0),
    .flags = flags_of (letters), .via = SF_NO_WAY, .mss = (guint16) mss, .options = mss != 0 ? SF_OPT_MSS : 0,
    .marks = strstr (text, " corrupt") != NULL ? SF_SEG_CORRUPT : 0,
  };
}

void
wire_inject (Wire *wire, const char *text)
{
  SfSegment seg = segment_of (wire, text);

  seg.id = G_MAXUINT32 + ++wire->next_id;
  wire->net->cause = seg.id;
  sf_tcp_input (wire->net, 0, &seg);
  wire->net->cause = 0;
  if (wire->conn == 0)
    wire->conn = sf_tcp_end_conn (wire->net, 0, &seg);
  wire_run (wire, 0);
}

SfState
wire_state (const Wire *wire)
{
  SfSegment seg = segment_of (wire, ". 0:0(0)");

  return sf_tcp_end_state (wire->net, 0, &seg);
}

SfTcpStatus
wire_status (const Wire *wire)
{
  SfTcpStatus status = { 0 };

  if (wire->conn != 0)
    sf_tcp_status (wire->net, wire->conn, &status);
  return status;
}

/* --- fixtures --- */

void
wire_connect (Wire *wire)
{
  SfSocketOptions options = { .set = 1 << SF_SO_BIND_PORT };
  int error;

  options.value[SF_SO_BIND_PORT] = WIRE_PORT;
  wire->conn = sf_tcp_connect (wire->net, 0, WIRE_PEER_ADDR, WIRE_PEER_PORT, &options, 0, &error);
  g_assert_cmpuint (wire->conn, !=, 0);
}

void
wire_listen (Wire *wire)
{
  SfSocketOptions options = { .set = 1 << SF_SO_REUSEADDR };
  int error;

  options.value[SF_SO_REUSEADDR] = 1;
  wire->listener = sf_tcp_listen (wire->net, 0, WIRE_PORT, 8, &options, 0, &error);
  g_assert_cmpuint (wire->listener, !=, 0);
}

void
wire_send (Wire *wire, guint64 len)
{
  guint64 offset;
  int error;

  g_assert_cmpuint (sf_tcp_send (wire->net, wire->conn, len, FALSE, &offset, &error), ==, len);
}

static void
establish (Wire *wire)
{
  wire_connect (wire);
  wire_inject (wire, "S. 0:0(0) ack 1");
  wire_inject (wire, "P. 1:21(20) ack 1");
  wire_send (wire, 100);
  wire_inject (wire, ". 21:21(0) ack 41");
}

static void
reach_synchronized (Wire *wire, SfState state)
{
  establish (wire);
  if (state == SF_CLOSE_WAIT || state == SF_LAST_ACK)
    wire_inject (wire, "F. 21:21(0) ack 41");
  if (state != SF_ESTABLISHED && state != SF_CLOSE_WAIT)
    g_assert_cmpint (sf_tcp_shutdown (wire->net, wire->conn), ==, 0);
  if (state == SF_CLOSING)
    wire_inject (wire, "F. 21:21(0) ack 41");
  if (state == SF_FIN_WAIT_2 || state == SF_TIME_WAIT)
    wire_inject (wire, ". 21:21(0) ack 102");
  if (state == SF_TIME_WAIT)
    wire_inject (wire, "F. 21:21(0) ack 102");
}

void
wire_reach (Wire *wire, SfState state, gboolean passive)
{
  if (state == SF_LISTEN || (state == SF_SYN_RECEIVED && passive))
    wire_listen (wire);
  else if (state == SF_SYN_SENT || state == SF_SYN_RECEIVED)
    wire_connect (wire);
  else if (state != SF_CLOSED)
    reach_synchronized (wire, state);
  if (state == SF_SYN_RECEIVED)
    wire_inject (wire, "S 0:0(0)");
  wire_run (wire, 0);
  wire_assert_state (wire, state);
  g_string_truncate (wire->sent, 0);
  g_string_truncate (wire->timers, 0);
}
