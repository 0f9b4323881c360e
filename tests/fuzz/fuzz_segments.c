/* SPDX-License-Identifier: MIT
 *
 * Any segments at any moment: two hosts with TCP and a link, driven by a stream of small commands that the input
 * spells
 * (time goes on, an application calls, a segment comes in whose numbers count from those of a connection that is
 * there, so that
 * they get past the first check). After every command the invariants hold, and at the end nothing is left behind.
 */
#include "models/tcp/invariants.h"
#include "models/tcp/listener.h"

#include <stdlib.h>

#define MAX_SOCKETS 16
#define MAX_EVENTS 2000

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

typedef struct
{
  const guint8 *at, *end;
} Input;

typedef struct
{
  SfNet *net;
  Input input;
  guint32 conns[MAX_SOCKETS]; /* open sockets; 0: none */
  guint32 listeners[MAX_SOCKETS];
} World;

static guint
take (Input *input)
{
  return input->at < input->end ? *input->at++ : 0;
}

/* A byte is a small number of either sign, or one of those around which bugs live. */
static guint32
take_delta (Input *input)
{
  static const guint32 far_ones[] = {
    0x7fffffff,      0x80000000,       0x80000001, 65535,      65536,      1460,  2920, 536,
    (guint32) -1460, (guint32) -65535, 1000000,    0x40000000, 0xc0000000, 30000, 100,  131072,
  };
  guint byte = take (input);

  return byte >= 240 ? far_ones[byte - 240] : byte >= 120 ? (guint32) (120 - (gint) byte) : byte;
}

static guint32
take_size (Input *input)
{
  static const guint32 sizes[] = {
    0, 1, 2, 10, 100, 535, 536, 537, 1448, 1460, 1461, 3000, 10000, 65495, 65536, 300000
  };

  return sizes[take (input) % G_N_ELEMENTS (sizes)];
}

static SfTime
take_time (Input *input)
{
  static const SfTime times[] = {
    1,          SF_USEC,     SF_MSEC,     10 * SF_MSEC, 40 * SF_MSEC,  200 * SF_MSEC,       500 * SF_MSEC, SF_SEC,
    3 * SF_SEC, 10 * SF_SEC, 60 * SF_SEC, 240 * SF_SEC, 7200 * SF_SEC, 30 * 86400 * SF_SEC, 5 * SF_MSEC,   100 * SF_SEC
  };

  return times[take (input) % G_N_ELEMENTS (times)];
}

/* --- the world --- */

static void
draw_profile (Input *input, SfProfile *profile)
{
  guint bits = take (input), choice = take (input);

  *profile = *sf_profile_find (bits & 1 ? "linux" : "rfc9293");
  profile->syn_cookies = bits >> 1 & 3 ? (bits >> 1 & 3) - 1 : profile->syn_cookies;
  if (bits & 8)
    profile->receive_buffer = profile->send_buffer = 3000;
  if (bits & 16)
    profile->time_wait = 0;
  if (bits & 32)
    profile->syn_queue = 1;
  if (bits & 64)
    profile->challenge_ack = FALSE;
  if (bits & 128)
    profile->reset_on_unread_close = FALSE;
  profile->time_wait_reuse = choice % 3;
  profile->handshake = (choice >> 2) % 8 == 7;
  profile->rfc1337 = choice >> 5 & 1;
  profile->accept_overflow = choice >> 6 & 1;
  if (choice >> 7)
    profile->mutants = 1u << take (input) % SF_N_MUTANTS;
}

static SfNet *
new_world (void)
{
  static SfPlan *plan;

  plan = sf_plan_new ();
  sf_plan_add_host (plan, "a", 0x0a000001, 1, NULL);
  sf_plan_add_host (plan, "b", 0x0a000002, 1, NULL);
  sf_plan_add_link (plan, 0, 1, &(SfDirectionPlan){ .delay = 5 * SF_MSEC });
  sf_plan_finish (plan);
  return sf_net_new (plan, (SfSeed){ 1, 0 });
}

static void
describe (const SfNet *net, guint32 conn)
{
  const SfTcb *tcb = sf_tcb (net, conn);

  if (tcb->serial != 0)
    g_printerr ("%s%u: %s flags %x iss %u una +%u nxt +%u max +%u wnd %u, irs %u nxt +%u wnd %u\n",
                sf_tcb_complaint (net, conn) != NULL ? "* " : "  ", conn, sf_state_name (tcb->state), tcb->flags,
                tcb->iss.v, tcb->snd_una.v - tcb->iss.v, tcb->snd_nxt.v - tcb->iss.v, tcb->snd_max.v - tcb->iss.v,
                tcb->snd_wnd, tcb->irs.v, tcb->rcv_nxt.v - tcb->irs.v, sf_tcb_rcv_wnd (tcb));
}

static void
check (const World *world)
{
  const char *complaint = sf_tcp_complaint (world->net);

  if (complaint == NULL)
    return;
  g_printerr ("not so: %s\n", complaint);
  for (guint32 conn = 1; conn <= world->net->tcbs.used; conn++)
    describe (world->net, conn);
  abort (); /* and not g_error(), whose signal libFuzzer does not know */
}

/* --- segments --- */

static void
inject (World *world, guint16 host, SfSegment *seg)
{
  seg->id = ++world->net->next_segment;
  seg->from = (guint16) (1 - host);
  seg->to = host;
  seg->dst = host == 0 ? 0x0a000001 : 0x0a000002;
  seg->src = host == 0 ? 0x0a000002 : 0x0a000001;
  seg->sent_at = seg->arrives_at = world->net->sim.now;
  sf_tcp_input (world->net, host, seg);
}

/* Returns the n-th connection that is alive (counted round), 0 if there is none. */
static guint32
pick (const SfNet *net, guint n)
{
  for (guint32 i = 0; i < net->tcbs.used; i++)
    {
      guint32 conn = 1 + (n + i) % net->tcbs.used;

      if (sf_tcb (net, conn)->serial != 0 && sf_tcb (net, conn)->state != SF_CLOSED)
        return conn;
    }
  return 0;
}

static void
fill_segment (Input *input, SfSegment *seg)
{
  guint rest = take (input);

  seg->flags = (guint16) (take (input) & 0x3f);
  if (rest & 1)
    seg->len = MIN (take_size (input), 65495);
  seg->wnd = rest & 2 ? (guint16) take_delta (input) : 65535;
  if (rest & 4)
    {
      seg->options = (guint16) (take (input) & SF_ALL_SEGMENT_OPTIONS);
      seg->mss = (guint16) take_size (input);
      seg->wscale = (guint8) take (input);
    }
  if (rest & 8)
    seg->urg = (guint16) take_delta (input);
  if (rest & 16)
    seg->marks = SF_SEG_CORRUPT;
  seg->offset = rest & 32 ? take_delta (input) : 0;
}

/* A segment for a connection that is there. */
static void
inject_relative (World *world)
{
  Input *input = &world->input;
  guint32 conn = pick (world->net, take (input));
  const SfTcb *tcb;
  SfSegment seg = { 0 };

  if (conn == 0)
    return;
  tcb = sf_tcb (world->net, conn);
  fill_segment (input, &seg);
  seg.seq = sf_seq_add (tcb->state == SF_SYN_SENT ? sf_seq (1000) : tcb->rcv_nxt, take_delta (input));
  seg.ack = sf_seq_add (tcb->snd_max, take_delta (input));
  seg.sport = tcb->rport;
  seg.dport = tcb->lport;
  seg.stream = tcb->peer_stream;
  if (tcb->flags & SF_TCB_TS)
    {
      seg.options ^= SF_OPT_TS;
      seg.tsval = tcb->ts_recent + take_delta (input);
      seg.tsecr = take_delta (input);
    }
  inject (world, tcb->host, &seg);
}

/* A segment from nowhere: for a listener, or nobody. */
static void
inject_absolute (World *world)
{
  Input *input = &world->input;
  guint where = take (input);
  SfSegment seg = { .sport = 5000 + (where >> 2 & 3), .dport = 80 + (where >> 1 & 1) };

  fill_segment (input, &seg);
  seg.seq = sf_seq (take_delta (input));
  seg.ack = sf_seq (take_delta (input));
  inject (world, where & 1, &seg);
}

/* --- applications --- */

static void
keep (guint32 *sockets, guint32 socket)
{
  for (guint i = 0; i < MAX_SOCKETS && socket != 0; i++)
    if (sockets[i] == 0)
      {
        sockets[i] = socket;
        return;
      }
  g_assert (socket == 0);
}

static guint
count (const guint32 *sockets)
{
  guint n = 0;

  for (guint i = 0; i < MAX_SOCKETS; i++)
    n += sockets[i] != 0;
  return n;
}

/* Opening: LISTEN, CONNECT, ACCEPT, and the end of listening. */
static void
call_open (World *world)
{
  guint byte = take (&world->input), which = byte >> 4;
  guint16 host = byte >> 2 & 1;
  guint32 addr = byte & 8 ? 0x0a000001 : 0x0a000002, *listener = &world->listeners[which];
  SfSocketOptions options = { .set = 1u << SF_SO_BIND_PORT | 1u << SF_SO_REUSEADDR };
  int error;

  options.value[SF_SO_BIND_PORT] = 1000 + which % 4;
  options.value[SF_SO_REUSEADDR] = which & 1;
  if ((byte & 3) == 0 && count (world->listeners) < MAX_SOCKETS)
    keep (world->listeners, sf_tcp_listen (world->net, host, 80 + (which & 1), 1 + which / 4, NULL, 0, &error));
  else if ((byte & 3) == 1 && count (world->conns) < MAX_SOCKETS)
    keep (world->conns,
          sf_tcp_connect (world->net, host, addr, 80 + (which & 1), which & 8 ? &options : NULL, 0, &error));
  else if ((byte & 3) == 2 && *listener != 0 && count (world->conns) < MAX_SOCKETS)
    keep (world->conns, sf_tcp_accept (world->net, *listener, 0, &error));
  else if ((byte & 3) == 3 && *listener != 0)
    {
      sf_tcp_stop_listening (world->net, *listener);
      *listener = 0;
    }
}

static void
call_transfer (World *world)
{
  Input *input = &world->input;
  guint byte = take (input);
  guint32 conn = world->conns[byte >> 4];
  guint64 offset;
  int error;

  if (conn == 0)
    return;
  if ((byte & 15) < 5)
    sf_tcp_send (world->net, conn, take_size (input), byte & 1, &offset, &error);
  else if ((byte & 15) < 10)
    sf_tcp_receive (world->net, conn, take_size (input), &error);
  else if ((byte & 15) < 13)
    sf_tcp_set_option (world->net, conn, (SfSocketOption) (take (input) % SF_N_SOCKET_OPTIONS), take_size (input) + 1);
  else
    sf_tcp_connected (world->net, conn);
}

static void
call_close (World *world)
{
  guint byte = take (&world->input);
  guint32 *conn = &world->conns[byte >> 4];

  if (*conn == 0)
    return;
  if ((byte & 15) < 6)
    sf_tcp_shutdown (world->net, *conn);
  else
    {
      if ((byte & 15) < 14)
        sf_tcp_close (world->net, *conn);
      else
        sf_tcp_abort (world->net, *conn);
      *conn = 0;
    }
}

/* --- the run --- */

static void
step (World *world)
{
  switch (take (&world->input) % 8)
    {
    case 0:
    case 1:
      inject_relative (world);
      break;
    case 2:
      inject_absolute (world);
      break;
    case 3:
      call_open (world);
      break;
    case 4:
      call_transfer (world);
      break;
    case 5:
      call_close (world);
      break;
    case 6:
      sf_net_run (world->net, world->net->sim.now + take_time (&world->input), MAX_EVENTS);
      break;
    case 7:
      sf_net_run (world->net, SF_NEVER, 1 + take (&world->input) % 8);
      break;
    }
}

/* A crash takes everything away; what then is still in a pool was lost before. */
static void
check_leaks (SfNet *net)
{
  sf_tcp_host_crashed (net, 0);
  sf_tcp_host_crashed (net, 1);
  g_assert_cmpuint (net->tcbs.live, ==, 0);
  g_assert_cmpuint (net->transfers.live, ==, 0);
  g_assert_cmpuint (net->extents.live, ==, 0);
  g_assert_cmpuint (net->listeners.live, ==, 0);
  g_assert_cmpuint (net->demux_used, ==, 0);
  sf_net_run (net, SF_NEVER, G_MAXUINT64);
  g_assert_cmpuint (net->segments.live, ==, 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  static SfNet *net;
  World world = { .input = { data, data + size } };

  if (net == NULL)
    net = new_world ();
  for (guint host = 0; host < 2; host++)
    draw_profile (&world.input, &g_array_index (net->plan->hosts, SfHostPlan, host).profile);
  sf_net_reset (net, (SfSeed){ 1, 0 });
  world.net = net;
  while (world.input.at < world.input.end)
    {
      step (&world);
      check (&world);
    }
  check_leaks (net);
  return 0;
}
