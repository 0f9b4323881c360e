/* SPDX-License-Identifier: MIT
 *
 * Profiles against machines that others have learned from real stacks, and against what Linux 6.18 answered to the same
 * words: tests/reference/learned/, a word (inputs, the last of which is tested) and its answer in each line.
 *
 * Inputs are calls and segments. V of a sequence number is what the endpoint has acknowledged last, a fresh number
 * where there is no connection; V of an acknowledgment is the number behind the last that the endpoint has used, 0
 * where there is no connection. In answers NEXT is that number, CURRENT one less; of acknowledgments, CURRENT is what
 * was acknowledged last, NEXT one more. A RST in either direction forgets all that. The machine of FreeBSD shows one
 * exception: behind a bare RST that answered a SYN-ACK it says NEXT, which who has forgotten cannot. One blocking call
 * waits at a time.
 *
 * Usage: learned [--differences MACHINE PROFILE]
 */
#include "models/net.h"
#include "models/tcp/tcb.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define PEER_ADDR 0xc0000202u
#define ENDPOINT_ADDR (PEER_ADDR - 1)
#define PEER_PORT 20000
#define ENDPOINT_PORT 10000
#define WINDOW 8192
#define PACE (300 * SF_MSEC)    /* between inputs */
#define TOGETHER (30 * SF_MSEC) /* of answers within this time after the first the last one counts */
#define MAX_HEARD 64
#define SILENCE "TIMEOUT"

typedef enum
{
  NOTHING_WAITS,
  CONNECT_WAITS,
  ACCEPT_WAITS,
  RECEIVE_WAITS,
} Waiting;

/* The numbers of the conversation as the peer knows them. */
typedef struct
{
  gboolean has_next, has_acked;
  guint32 next;  /* the number behind the last that the endpoint has used */
  guint32 acked; /* what the endpoint has acknowledged last */
} Numbers;

typedef struct
{
  SfPlan *plan;
  SfNet *net;
  guint32 conn, listener;
  gboolean is_server, is_closed, has_connected;
  gboolean remembers, answers_syn_ack; /* a RST that answers a SYN-ACK is not forgotten for: see above */
  Waiting waiting;
  Numbers numbers;
  guint32 fresh;
  guint64 heard[MAX_HEARD]; /* kind and number of what must not be heard twice */
  guint n_heard;
  SfTime first_answer; /* SF_NEVER: none yet */
  char *answer;
  guint64 next_id;
} Talk;

/* --- what the endpoint says --- */

/* TRUE if the SYN, the FIN or the text of `seg` has been heard before. */
static gboolean
is_repeated (Talk *talk, const SfSegment *seg)
{
  guint64 kind = seg->flags & (SF_SYN | SF_FIN) ? seg->flags & (SF_SYN | SF_FIN | SF_ACK) : 0x100;
  guint64 key = kind << 32 | seg->seq.v;

  if (sf_segment_space (seg) == 0)
    return FALSE;
  for (guint i = 0; i < talk->n_heard; i++)
    if (talk->heard[i] == key)
      return TRUE;
  g_assert_cmpuint (talk->n_heard, <, MAX_HEARD);
  talk->heard[talk->n_heard++] = key;
  return FALSE;
}

static const char *
class_of_seq (const Numbers *numbers, guint32 seq)
{
  if (numbers->has_next && seq == numbers->next)
    return "NEXT";
  if (numbers->has_next && seq == numbers->next - 1)
    return "CURRENT";
  return seq == 0 ? "ZERO" : "FRESH";
}

static const char *
class_of_ack (const Numbers *numbers, guint32 ack)
{
  if (numbers->has_acked && ack == numbers->acked)
    return "CURRENT";
  if (numbers->has_acked && ack == numbers->acked + 1)
    return "NEXT";
  return ack == 0 ? "ZERO" : "FRESH";
}

static char *
answer_text (const Numbers *numbers, const SfSegment *seg)
{
  static const struct
  {
    guint flag;
    const char *name;
  } names[] = { { SF_ACK, "ACK" }, { SF_FIN, "FIN" }, { SF_PSH, "PSH" }, { SF_RST, "RST" }, { SF_SYN, "SYN" } };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (seg->flags & names[i].flag)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "+" : "", names[i].name);
  g_string_append_printf (text, "(%s,%s,%u)", class_of_seq (numbers, seg->seq.v),
                          seg->flags & SF_ACK ? class_of_ack (numbers, seg->ack.v) : "ZERO", seg->len);
  return g_string_free (text, FALSE);
}

/* Keeps what `seg` says of the numbers. */
static void
learn (Numbers *numbers, const SfSegment *seg)
{
  numbers->has_next = TRUE;
  numbers->next = seg->seq.v + sf_segment_space (seg);
  if (seg->flags & SF_ACK)
    {
      numbers->has_acked = TRUE;
      numbers->acked = seg->ack.v;
    }
}

static void
on_record (gpointer user, const SfRecordHead *head)
{
  const SfRecord *record = (gconstpointer) head;
  const SfSegment *seg = &record->send;
  Talk *talk = user;

  if (head->kind != SF_RECORD_SEND || record->host != 0 || seg->dport != PEER_PORT || seg->sport != ENDPOINT_PORT
      || is_repeated (talk, seg))
    return;
  if (talk->first_answer == SF_NEVER)
    talk->first_answer = talk->net->sim.now;
  if (talk->net->sim.now - talk->first_answer <= TOGETHER)
    {
      g_free (talk->answer);
      talk->answer = answer_text (&talk->numbers, seg);
    }
  if (!(seg->flags & SF_RST))
    learn (&talk->numbers, seg);
  else if (!talk->remembers || !talk->answers_syn_ack || seg->flags & SF_ACK)
    talk->numbers = (Numbers){ 0 };
}

/* --- calls --- */

/* Lets the call that waits go on, if it can. */
static void
poll_call (Talk *talk)
{
  int error = 0;
  guint32 conn;

  switch (talk->waiting)
    {
    case CONNECT_WAITS:
      if (talk->conn == 0 || sf_tcp_connected (talk->net, talk->conn) != EAGAIN)
        talk->waiting = NOTHING_WAITS;
      break;
    case ACCEPT_WAITS:
      conn = sf_tcp_accept (talk->net, talk->listener, 0, &error);
      if (conn != 0)
        {
          talk->conn = conn;
          talk->waiting = NOTHING_WAITS;
        }
      break;
    case RECEIVE_WAITS:
      if (sf_tcp_receive (talk->net, talk->conn, 1000, &error) > 0 || error != EAGAIN)
        talk->waiting = NOTHING_WAITS;
      break;
    case NOTHING_WAITS:
      break;
    }
}

static void
call_connect (Talk *talk)
{
  SfSocketOptions options = { .set = 1 << SF_SO_BIND_PORT };
  int error;

  if (talk->is_closed || talk->has_connected || talk->waiting != NOTHING_WAITS)
    return;
  options.value[SF_SO_BIND_PORT] = ENDPOINT_PORT;
  talk->conn = sf_tcp_connect (talk->net, 0, PEER_ADDR, PEER_PORT, &options, 0, &error);
  g_assert_cmpuint (talk->conn, !=, 0);
  talk->has_connected = TRUE;
  talk->waiting = CONNECT_WAITS;
}

static void
call_listen (Talk *talk)
{
  SfSocketOptions options = { .set = 1 << SF_SO_REUSEADDR };
  int error;

  options.value[SF_SO_REUSEADDR] = 1;
  if (!talk->is_closed && talk->listener == 0)
    talk->listener = sf_tcp_listen (talk->net, 0, ENDPOINT_PORT, 1, &options, 0, &error);
}

static void
close_connection (Talk *talk)
{
  if (talk->conn != 0)
    sf_tcp_close (talk->net, talk->conn);
  talk->conn = 0;
  talk->waiting = NOTHING_WAITS;
}

static void
close_listener (Talk *talk)
{
  if (talk->listener != 0)
    sf_tcp_stop_listening (talk->net, talk->listener);
  talk->listener = 0;
  talk->waiting = NOTHING_WAITS;
}

static void
call_close (Talk *talk)
{
  talk->is_closed = TRUE;
  if (talk->is_server)
    close_listener (talk);
  else
    close_connection (talk);
}

static void
call_send (Talk *talk)
{
  guint64 offset;
  int error;

  if (talk->conn != 0)
    sf_tcp_send (talk->net, talk->conn, 1, FALSE, &offset, &error);
}

static gboolean
call (Talk *talk, const char *name)
{
  if (g_str_equal (name, "CONNECT"))
    call_connect (talk);
  else if (g_str_equal (name, "LISTEN"))
    call_listen (talk);
  else if (g_str_equal (name, "CLOSE"))
    call_close (talk);
  else if (g_str_equal (name, "CLOSECONNECTION"))
    close_connection (talk);
  else if (g_str_equal (name, "SEND"))
    call_send (talk);
  else if (g_str_equal (name, "ACCEPT"))
    {
      if (talk->waiting == NOTHING_WAITS && talk->listener != 0)
        talk->waiting = ACCEPT_WAITS;
    }
  else if (g_str_equal (name, "RCV"))
    {
      if (talk->waiting == NOTHING_WAITS && talk->conn != 0)
        talk->waiting = RECEIVE_WAITS;
    }
  else
    return FALSE;
  return TRUE;
}

/* --- segments --- */

static guint
flags_of (const char *text)
{
  static const struct
  {
    const char *name;
    guint flag;
  } names[] = { { "ACK", SF_ACK }, { "FIN", SF_FIN }, { "PSH", SF_PSH }, { "RST", SF_RST }, { "SYN", SF_SYN } };
  guint flags = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strstr_len (text, strchr (text, '(') - text, names[i].name) != NULL)
      flags |= names[i].flag;
  return flags;
}

static void
inject (Talk *talk, const char *text)
{
  Numbers *numbers = &talk->numbers;
  guint32 len = (guint32) g_ascii_strtoull (strrchr (text, ',') + 1, NULL, 10);
  SfSegment seg = {
    .src = PEER_ADDR,
    .dst = ENDPOINT_ADDR,
    .sport = PEER_PORT,
    .dport = ENDPOINT_PORT,
    .from = 1,
    .sent_at = talk->net->sim.now,
    .arrives_at = talk->net->sim.now,
    .stream = G_MAXUINT32,
    .conn = G_MAXUINT32,
    .len = len,
    .wnd = WINDOW,
    .flags = (guint16) flags_of (text),
    .via = SF_NO_DIRECTION,
    .id = G_MAXUINT32 + ++talk->next_id,
  };

  g_assert_nonnull (strstr (text, "(V,V,"));
  talk->answers_syn_ack = (seg.flags & (SF_SYN | SF_ACK)) == (SF_SYN | SF_ACK);
  if (!numbers->has_acked)
    {
      numbers->acked = talk->fresh += 0x1234567;
      numbers->has_acked = seg.flags & SF_RST ? FALSE : TRUE;
    }
  seg.seq = sf_seq (numbers->acked);
  seg.ack = sf_seq (numbers->has_next ? numbers->next : 0);
  if (seg.flags & SF_RST)
    *numbers = (Numbers){ 0 };
  talk->net->cause = seg.id;
  sf_tcp_input (talk->net, 0, &seg);
  talk->net->cause = 0;
  if (!numbers->has_next) /* nobody has answered: there is no connection */
    numbers->has_acked = FALSE;
}

/* --- words --- */

static void
start (Talk *talk, const SfProfile *profile, const char *machine)
{
  SfDirectionPlan direction = { .delay = 0 };
  guint16 link;

  *talk = (Talk){
    .plan = sf_plan_new (),
    .is_server = g_str_has_suffix (machine, "server"),
    .remembers = g_str_has_prefix (machine, "freebsd"),
    .first_answer = SF_NEVER,
  };
  sf_plan_add_host (talk->plan, "endpoint", ENDPOINT_ADDR, 1, profile);
  sf_plan_add_host (talk->plan, "peer", PEER_ADDR, 1, NULL);
  link = sf_plan_add_link (talk->plan, 0, 1, &direction);
  g_array_index (talk->plan->links, SfLinkPlan, link).down = TRUE;
  sf_plan_finish (talk->plan);
  talk->net = sf_net_new (talk->plan, (SfSeed){ 1, 0 });
  sf_net_listen (talk->net, on_record, talk);
}

static void
stop (Talk *talk)
{
  sf_net_free (talk->net);
  sf_plan_free (talk->plan);
  g_free (talk->answer);
}

/* Lets the time until the next input pass; calls that wait go on as soon as they can. */
static void
wait_for_answer (Talk *talk)
{
  SfTime until = talk->net->sim.now + PACE;

  while (talk->net->sim.now < until)
    {
      SfTime next = MIN (until, talk->net->sim.now + SF_MSEC);

      poll_call (talk);
      if (sf_net_run (talk->net, next, G_MAXUINT64) == SF_STOP_IDLE)
        talk->net->sim.now = next;
    }
}

static void
give (Talk *talk, const char *input)
{
  talk->first_answer = SF_NEVER;
  g_clear_pointer (&talk->answer, g_free);
  if (!call (talk, input))
    inject (talk, input);
  wait_for_answer (talk);
}

/* Returns the answer of `profile` to the last input of `word`. The caller frees it. */
static char *
answer_to (const char *word, const SfProfile *profile, const char *machine)
{
  g_auto (GStrv) inputs = g_strsplit (word, " ", -1);
  char *answer;
  Talk talk;

  start (&talk, profile, machine);
  for (guint i = 0; inputs[i] != NULL; i++)
    give (&talk, inputs[i]);
  answer = g_strdup (talk.answer != NULL ? talk.answer : SILENCE);
  stop (&talk);
  return answer;
}

/* --- machines --- */

/* Makes the acknowledgment of an answer without ACK the word for none, since it is not compared. */
static char *
comparable (const char *answer)
{
  g_auto (GStrv) parts = NULL;

  if (strchr (answer, ',') == NULL || g_str_has_prefix (answer, "ACK"))
    return g_strdup (answer);
  parts = g_strsplit (answer, ",", 3);
  return g_strdup_printf ("%s,ZERO,%s", parts[0], parts[2]);
}

/* Returns the lines of the machine called `name`. */
static GStrv
load (const char *name)
{
  g_autofree char *base = g_strconcat (name, ".tsv", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "reference", "learned", base, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_strsplit (g_strchomp (text), "\n", -1);
}

/* Returns how many answers of machine `name` the profile gives, too, and of how many. */
static guint
count_same (const char *name, const SfProfile *profile, gboolean prints, guint *ret_n)
{
  g_auto (GStrv) lines = load (name);
  guint same = 0;

  *ret_n = 0;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", 2);
      g_autofree char *expected = NULL, *got = NULL;

      if (lines[i][0] == '#')
        continue;
      expected = comparable (fields[1]);
      got = answer_to (fields[0], profile, name);
      same += g_str_equal (expected, got);
      ++*ret_n;
      if (prints && !g_str_equal (expected, got))
        printf ("%s\n    expected %s, got %s\n", fields[0], expected, got);
    }
  return same;
}

static const struct
{
  const char *machine, *profile;
  guint n, goal;
} goals[] = {
  { "linux-6.18-client", "linux", 150, 150 },
  { "linux-6.18-server", "linux", 684, 684 },
  { "freebsd-10.2-server", "freebsd", 715, 711 },
  { "windows-8-server", "windows", 494, 488 },
};

static void
test_machine (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data), n,
        same = count_same (goals[i].machine, sf_profile_find (goals[i].profile), FALSE, &n);

  g_test_message ("%s: profile %s agrees in %u of %u transitions", goals[i].machine, goals[i].profile, same, n);
  g_assert_cmpuint (n, ==, goals[i].n);
  g_assert_cmpuint (same, >=, goals[i].goal);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc == 4 && g_str_equal (argv[1], "--differences"))
    {
      guint n, same = count_same (argv[2], sf_profile_find (argv[3]), TRUE, &n);

      printf ("%u of %u\n", same, n);
      return 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (goals); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tcp/learned/%s", goals[i].machine);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_machine);
    }
  return g_test_run ();
}
