/* SPDX-License-Identifier: MIT
 *
 * Routers that translate addresses and ports: two hosts behind one of them, and one outside.
 */
#include "models/nat.h"

#include "tests/support/network.h"

#define OUTSIDE 0xcb007109u /* 203.0.113.9 */

/* The segments that have arrived, as text. */
typedef struct
{
  guint16 a, b, server, nat;
  const SfNatPlan *mapping; /* NULL: the defaults */
  GString *arrivals;
} Place;

static void
log_arrival (gpointer user, const SfRecordHead *head)
{
  const SfRecord *record = (const SfRecord *) head;
  const SfSegment *seg = &record->arrive;
  Place *place = user;

  if (head->kind == SF_RECORD_ARRIVE)
    g_string_append_printf (place->arrivals, "%u: %08x:%u > %08x:%u; ", record->host, seg->src, seg->sport, seg->dst,
                            seg->dport);
  else if (head->kind == SF_RECORD_FATE)
    g_string_append_printf (place->arrivals, "lost at %u; ", record->host);
}

static void
build (Network *network, Place *place)
{
  place->a = network_add_host (network);
  place->b = network_add_host (network);
  place->server = network_add_host (network);
  place->nat = sf_plan_add_nat (network->plan, "nat", OUTSIDE, place->mapping);
  sf_plan_put_behind (network->plan, place->a, place->nat);
  sf_plan_put_behind (network->plan, place->b, place->nat);
  for (guint16 host = 0; host < place->nat; host++)
    sf_plan_add_link (network->plan, host, place->nat, &(SfDirectionPlan){ .delay = SF_MSEC });
  network_start (network);
  place->arrivals = g_string_new (NULL);
  sf_net_listen (network->net, log_arrival, place);
}

/* Returns a SYN from `from` to `to`, with their own addresses. */
static SfSegment
segment (const Network *network, guint16 from, guint16 to)
{
  SfSegment seg = network_segment (from, to, 0);

  seg.src = sf_plan_host (network->plan, from)->addr;
  seg.dst = sf_plan_host (network->plan, to)->addr;
  seg.flags = SF_SYN;
  return seg;
}

/* Sends a segment from `from` to `to`, with destination `dst` (0: its own address), and runs. */
static void
send (Network *network, guint16 from, guint16 sport, guint16 to, guint32 dst, guint16 dport)
{
  SfSegment seg = segment (network, from, to);

  seg.sport = sport;
  seg.dport = dport;
  if (dst != 0)
    seg.dst = dst;
  network_send (network->net, network->net->sim.now, &seg);
  sf_net_run (network->net, SF_NEVER, 1000);
}

static void
assert_arrivals (Place *place, const char *expected)
{
  g_assert_cmpstr (place->arrivals->str, ==, expected);
  g_string_truncate (place->arrivals, 0);
}

static void
finish (Place *place)
{
  g_string_free (place->arrivals, TRUE);
}

/* RFC 3022 section 2.2, RFC 5382 REQ-1: each pair of address and port inside has one port outside, the same for all
 * peers. Answers to it reach the pair. */
static void
test_translation (Network *network, gconstpointer data)
{
  Place place = { 0 };

  (void) data;
  build (network, &place);
  send (network, place.a, 5000, place.server, 0, 80);
  assert_arrivals (&place, "2: cb007109:1024 > c0000203:80; ");
  send (network, place.b, 5000, place.server, 0, 80); /* the same port, another host */
  assert_arrivals (&place, "2: cb007109:1025 > c0000203:80; ");
  send (network, place.a, 5000, place.server, 0, 81); /* the same pair, another destination */
  assert_arrivals (&place, "2: cb007109:1024 > c0000203:81; ");
  send (network, place.server, 80, place.b, OUTSIDE, 1025);
  assert_arrivals (&place, "1: c0000203:80 > c0000202:5000; ");
  finish (&place);
}

/* Segments between the two hosts inside are not translated. */
static void
test_inside (Network *network, gconstpointer data)
{
  Place place = { 0 };

  (void) data;
  build (network, &place);
  send (network, place.a, 5000, place.b, 0, 80);
  assert_arrivals (&place, "1: c0000201:5000 > c0000202:80; ");
  g_assert_cmpuint (network->net->mappings.live, ==, 0);
  finish (&place);
}

/* A segment from outside without a mapping is lost, for every destination. */
static void
test_unknown (Network *network, gconstpointer data)
{
  Place place = { 0 };

  (void) data;
  build (network, &place);
  send (network, place.server, 80, place.a, OUTSIDE, 1024);
  assert_arrivals (&place, "lost at 3; ");
  send (network, place.a, 5000, place.server, 0, 80);
  assert_arrivals (&place, "2: cb007109:1024 > c0000203:80; ");
  send (network, place.server, 80, place.a, OUTSIDE, 1023);
  send (network, place.server, 80, place.a, OUTSIDE, 1025);
  send (network, place.server, 80, place.a, 0, 5000); /* to the address inside */
  assert_arrivals (&place, "lost at 3; lost at 3; lost at 3; ");
  finish (&place);
}

/* The addresses and ports that a segment has on arrival, outside and inside. */
static void
test_view (Network *network, gconstpointer data)
{
  SfSegment out, in;
  Place place = { 0 };

  (void) data;
  build (network, &place);
  send (network, place.a, 5000, place.server, 0, 80);
  out = segment (network, place.a, place.server);
  out.sport = 5000;
  sf_nat_view (network->net, place.server, &out);
  g_assert_cmphex (out.src, ==, OUTSIDE);
  g_assert_cmpuint (out.sport, ==, 1024);
  sf_nat_view (network->net, place.server, &out); /* no change: it is translated already */
  g_assert_cmpuint (out.sport, ==, 1024);

  in = segment (network, place.server, place.a);
  in.dst = OUTSIDE;
  in.dport = 1024;
  sf_nat_view (network->net, place.a, &in);
  g_assert_cmphex (in.dst, ==, sf_plan_host (network->plan, place.a)->addr);
  g_assert_cmpuint (in.dport, ==, 5000);
  finish (&place);
}

/* A world and its copy have the same mappings; a reset world has none. */
static void
test_copy (Network *network, gconstpointer data)
{
  SfNet *clone;
  Place place = { 0 };

  (void) data;
  build (network, &place);
  send (network, place.a, 5000, place.server, 0, 80);
  clone = sf_net_clone (network->net);
  g_assert_cmphex (sf_net_hash (clone), ==, sf_net_hash (network->net));
  send (network, place.b, 5000, place.server, 0, 80);
  g_assert_cmphex (sf_net_hash (clone), !=, sf_net_hash (network->net));
  sf_net_free (clone);
  sf_net_reset (network->net, (SfSeed){ 1, 0 });
  g_string_truncate (place.arrivals, 0);
  send (network, place.b, 5000, place.server, 0, 80);
  assert_arrivals (&place, "2: cb007109:1024 > c0000203:80; ");
  finish (&place);
}

/* RFC 5382 REQ-5: an idle mapping ends after the time-out of its state; only a SYN makes it again, with the next port.
 * Without a mapping a segment from inside is lost, and here answered with a RST. */
static void
test_timeouts (Network *network, gconstpointer data)
{
  static const SfNatPlan mapping = { .established = 10 * SF_SEC, .transitory = 2 * SF_SEC, .unmapped = SF_NAT_RESET };
  Place place = { .mapping = &mapping };
  SfSegment seg;

  (void) data;
  build (network, &place);
  send (network, place.a, 5000, place.server, 0, 80);
  send (network, place.server, 80, place.a, OUTSIDE, 1024);
  assert_arrivals (&place, "2: cb007109:1024 > c0000203:80; 0: c0000203:80 > c0000201:5000; ");
  seg = segment (network, place.a, place.server);
  seg.flags = SF_ACK;
  seg.sport = 5000;
  seg.dport = 80;
  network_send (network->net, 10 * SF_SEC, &seg); /* 9.998 s later: in time */
  network_send (network->net, 25 * SF_SEC, &seg); /* too late */
  sf_net_run (network->net, SF_NEVER, 1000);
  assert_arrivals (&place, "2: cb007109:1024 > c0000203:80; lost at 3; 0: c0000203:80 > c0000201:5000; ");
  send (network, place.a, 5000, place.server, 0, 80);
  assert_arrivals (&place, "2: cb007109:1025 > c0000203:80; ");
  finish (&place);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  network_add_test ("/nat/translation-rfc3022-2.2", test_translation);
  network_add_test ("/nat/inside", test_inside);
  network_add_test ("/nat/unknown", test_unknown);
  network_add_test ("/nat/timeouts-rfc5382-req-5", test_timeouts);
  network_add_test ("/nat/view", test_view);
  network_add_test ("/nat/copy", test_copy);
  return g_test_run ();
}
