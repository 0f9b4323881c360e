/* SPDX-License-Identifier: MIT */
#include "tests/support/network.h"

#include "models/apps/process.h"

FakeTcp *
fake_tcp (const SfNet *net)
{
  if (net->demux == NULL)
    ((SfNet *) net)->demux = (gpointer) g_new0 (FakeTcp, 1);
  return (gpointer) net->demux;
}

/* The endpoint. */

void
sf_tcp_clear (SfNet *net)
{
  g_free (net->demux);
}

void
sf_tcp_reset (SfNet *net)
{
  *fake_tcp (net) = (FakeTcp){ 0 };
}

void
sf_tcp_copy (SfNet *copy, const SfNet *net)
{
  *fake_tcp (copy) = *fake_tcp (net);
}

void
sf_tcp_input (SfNet *net, guint16 host, const SfSegment *seg)
{
  g_assert_cmpuint (host, ==, seg->to);
  g_assert_cmpint (seg->arrives_at, ==, net->sim.now);
  fake_tcp (net)->n_inputs++;
  fake_tcp (net)->last_cause = net->cause;
}

/* The timer event stands for a segment that is due to be sent. */
void
sf_tcp_timer_event (SfSim *sim, guint32 segment)
{
  SfNet *net = (SfNet *) sim;

  sf_net_send (net, sf_net_segment (net, segment)->from, segment);
}

SfState
sf_tcp_end_state (const SfNet *net, guint16 host, const SfSegment *seg)
{
  (void) seg;
  return fake_tcp (net)->state[host];
}

guint32
sf_tcp_receiving_conn (const SfNet *net, guint16 host, const SfSegment *seg)
{
  return sf_tcp_end_conn (net, host, seg);
}

guint32
sf_tcp_end_conn (const SfNet *net, guint16 host, const SfSegment *seg)
{
  (void) seg;
  return fake_tcp (net)->status[host].serial != 0 ? host + 1u : 0;
}

void
sf_tcp_status (const SfNet *net, guint32 conn, SfTcpStatus *ret_status)
{
  *ret_status = fake_tcp (net)->status[conn - 1];
}

void
sf_tcp_host_crashed (SfNet *net, guint16 host)
{
  g_assert_true (net->hosts[host].down);
  fake_tcp (net)->crashes++;
}

/* Stubs: there are no processes. */

void
sf_process_start_all (SfNet *net)
{
  (void) net;
}

void
sf_process_start_event (SfSim *sim, guint32 process)
{
  (void) sim;
  (void) process;
}

void
sf_process_wake_event (SfSim *sim, guint32 process)
{
  (void) sim;
  (void) process;
}

void
sf_process_host_crashed (SfNet *net, guint16 host)
{
  (void) host;
  fake_tcp (net)->process_crashes++;
}

void
sf_process_host_rebooted (SfNet *net, guint16 host)
{
  g_assert_false (net->hosts[host].down);
  fake_tcp (net)->process_reboots++;
}

/* The log. */

static const char *const fate_names[] = {
  [SF_FATE_DROPPED_BY_FAULT] = "dropped", [SF_FATE_LOST] = "lost",         [SF_FATE_QUEUE_FULL] = "full",
  [SF_FATE_LINK_DOWN] = "link-down",      [SF_FATE_NO_ROUTE] = "no-route", [SF_FATE_HOST_DOWN] = "host-down",
  [SF_FATE_DELAYED] = "delayed",          [SF_FATE_HELD] = "held",         [SF_FATE_RELEASED] = "released",
  [SF_FATE_CORRUPTED] = "corrupted",      [SF_FATE_COPIED] = "copied",     [SF_FATE_INJECTED] = "injected",
};

static double
usec (SfTime t)
{
  return (double) t / SF_USEC;
}

static void
write_segment (GString *log, const char *what, const SfSegment *seg, SfTime t)
{
  g_string_append_printf (log, "%s %" G_GUINT64_FORMAT "%s@%.15g", what, seg->id,
                          seg->marks & SF_SEG_CORRUPT ? "!" : "", usec (t));
}

static void
write_fate (GString *log, const SfRecord *record)
{
  g_string_append_printf (log, "%s %" G_GUINT64_FORMAT, fate_names[record->fate.fate], record->fate.id);
  if (record->fate.fate == SF_FATE_COPIED)
    {
      g_assert_cmpuint (record->fate.copy.copy_of, ==, record->fate.id);
      g_assert_cmpint (record->fate.copy.sent_at, ==, record->head.t);
      g_assert_true (record->fate.copy.marks & SF_SEG_COPY);
      g_string_append_printf (log, "=%" G_GUINT64_FORMAT, record->fate.copy.id);
    }
  g_string_append_printf (log, "@%.15g", usec (record->head.t));
  if (record->fate.until != 0)
    g_string_append_printf (log, ">%.15g", usec (record->fate.until));
  if (record->fate.rule >= 0)
    g_string_append_printf (log, "/%d", record->fate.rule);
}

static void
on_record (gpointer user, const SfRecordHead *head)
{
  GString *log = user;
  const SfRecord *record = (gconstpointer) head;

  if (log->len > 0)
    g_string_append (log, "; ");
  if (head->kind == SF_RECORD_SEND)
    write_segment (log, "send", &record->send, head->t);
  else if (head->kind == SF_RECORD_ARRIVE)
    write_segment (log, "arrive", &record->arrive, head->t);
  else if (head->kind == SF_RECORD_FATE)
    write_fate (log, record);
  else if (head->kind == SF_RECORD_LINK)
    g_string_append_printf (log, "link %u %s@%.15g", record->link.link, record->link.up ? "up" : "down",
                            usec (head->t));
  else if (head->kind == SF_RECORD_HOST)
    g_string_append_printf (log, "host %u %s@%.15g", record->host, record->power.up ? "up" : "down", usec (head->t));
  else
    g_assert_not_reached ();
}

void
network_log (SfNet *net, GString *log)
{
  sf_net_listen (net, on_record, log);
}

/* The fixture. */

void
network_setup (Network *network, gconstpointer data)
{
  (void) data;
  network->plan = sf_plan_new ();
  network->net = NULL;
  network->log = g_string_new (NULL);
}

void
network_teardown (Network *network, gconstpointer data)
{
  (void) data;
  g_clear_pointer (&network->net, sf_net_free);
  sf_plan_free (network->plan);
  g_string_free (network->log, TRUE);
}

guint16
network_add_host (Network *network)
{
  guint n = network->plan->hosts->len;
  char name[2] = { (char) ('a' + n % 26), '\0' };

  return sf_plan_add_host (network->plan, name, 0xc0000201 + n, 1, NULL);
}

void
network_start (Network *network)
{
  sf_plan_finish (network->plan);
  network->net = sf_net_new (network->plan, (SfSeed){ 1, 0 });
  network_log (network->net, network->log);
}

SfSegment
network_segment (guint16 from, guint16 to, guint32 len)
{
  return (SfSegment){ .from = from, .to = to, .len = len, .flags = SF_ACK };
}

void
network_send (SfNet *net, SfTime at, const SfSegment *seg)
{
  guint32 handle = sf_pool_take (&net->segments);

  *sf_net_segment (net, handle) = *seg;
  sf_queue_add (&net->sim.queue, at, SF_EVENT_TCP_TIMER, handle);
}

void
network_send_some (SfNet *net, SfTime at, guint16 from, guint16 to, guint32 len, guint n)
{
  SfSegment seg = network_segment (from, to, len);

  for (guint i = 0; i < n; i++)
    network_send (net, at, &seg);
}

void
network_assert_log (Network *network, const char *expected)
{
  sf_net_run (network->net, SF_NEVER, G_MAXUINT64);
  g_assert_cmpstr (network->log->str, ==, expected);
  g_assert_cmpuint (network->net->segments.live, ==, 0);
  g_string_truncate (network->log, 0);
}

void
network_add_test (const char *path, void (*test) (Network *, gconstpointer))
{
  g_test_add (path, Network, NULL, network_setup, test, network_teardown);
}
