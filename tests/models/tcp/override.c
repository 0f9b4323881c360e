/* SPDX-License-Identifier: MIT
 *
 * Every counterfactual override and every mutant: what it changes, and that it changes nothing in a connection that it
 * does not concern. A row is a script. It is run at an endpoint of the standard profile, and at one with the override:
 *
 *   STATE           reach it (endpoint.h); "+" behind it: by a passive OPEN
 *   > SEGMENT       arrives
 *   3000            ms pass
 *   forget          ignore the segments sent so far
 *   shutdown, close, accept
 *   read            read all data
 *
 * The result is what was sent and the state at the end.
 */
#include "models/tcp/tcb.h"
#include "tests/support/endpoint.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *override; /* a mutant, or "knob=number" */
  const char *script;
  const char *standard;
  const char *changed;
} Row;

/* LISTEN to TIME-WAIT with the listener still there. */
#define SERVED "LISTEN; > S 0:0(0); > . 1:1(0) ack 1; accept; shutdown; > . 1:1(0) ack 2; > F. 1:1(0) ack 2; forget"

static const Row rows[] = {
  { "time-wait-no-ack", "TIME-WAIT; > F. 21:21(0) ack 102", ". 102:102(0) ack 22 TIME-WAIT", "- TIME-WAIT" },
  { "time-wait-no-restart", "TIME-WAIT; 100000; > F. 21:21(0) ack 102; 140000", ". 102:102(0) ack 22 TIME-WAIT",
    ". 102:102(0) ack 22 CLOSED" },
  { "last-ack-any-ack", "LAST-ACK; > . 22:22(0) ack 101", "- LAST-ACK", "- CLOSED" },
  { "fin-seq-plus-one", "FIN-WAIT-1; > . 21:21(0) ack 101; 1000", "F. 101:101(0) ack 21 FIN-WAIT-1",
    "F. 102:102(0) ack 21 FIN-WAIT-1" },
  { "fin-no-retransmit", "FIN-WAIT-1; > . 21:21(0) ack 101; 1000", "F. 101:101(0) ack 21 FIN-WAIT-1", "- FIN-WAIT-1" },
  { "syn-ack-forever", "SYN-RECEIVED+; 1000000; forget; 60000", "- LISTEN", "S. 0:0(0) ack 1 SYN-RECEIVED" },
  { "syn-sent-drops-syn", "SYN-SENT; > S 0:0(0)", "S. 0:0(0) ack 1 SYN-RECEIVED", "- SYN-SENT" },
  { "closing-loses-fin", "CLOSING; > . 22:22(0) ack 102", "- TIME-WAIT", "- FIN-WAIT-2" },
  { "close-cuts-time-wait", "TIME-WAIT; close", "- TIME-WAIT", "- CLOSED" },
  { "time-wait-refuses-syn", SERVED "; > S 100000:100000(0)", "S. 65538:65538(0) ack 100001 SYN-RECEIVED",
    ". 2:2(0) ack 2 TIME-WAIT" },
  { "time-wait-takes-any-syn", SERVED "; > S -100:-100(0)", ". 2:2(0) ack 2 TIME-WAIT",
    "S. 65538:65538(0) ack -99 SYN-RECEIVED" },
  { "handshake=1", "LISTEN; > S 0:0(0)", "S. 0:0(0) ack 1 SYN-RECEIVED", "S. 0:0(0) ack 1 ESTABLISHED" },
  { "handshake=1", "SYN-SENT; > S. 0:0(0) ack 1", ". 1:1(0) ack 1 ESTABLISHED", "- ESTABLISHED" },
  { "handshake=1", "CLOSED; > S. 0:0(0) ack 1", "R 1:1(0) CLOSED", "- CLOSED" },
  { "retransmit-syn-ack=0", "SYN-RECEIVED+; 1000", "S. 0:0(0) ack 1 SYN-RECEIVED", "- SYN-RECEIVED" },
  { "retransmit-data=0", "ESTABLISHED; 1000", "P. 41:101(60) ack 21 ESTABLISHED", "- ESTABLISHED" },
  { "retransmit-fin=0", "FIN-WAIT-1; > . 21:21(0) ack 101; 1000", "F. 101:101(0) ack 21 FIN-WAIT-1", "- FIN-WAIT-1" },
  { "rst-to-unacceptable=0", "CLOSED; > . 5:5(0) ack 9", "R 9:9(0) CLOSED", "- CLOSED" },
  { "challenge-ack=0", "ESTABLISHED; > R 30:30(0)", ". 101:101(0) ack 21 ESTABLISHED", "- CLOSED" },
  { "time-wait=0", "FIN-WAIT-2; > F. 21:21(0) ack 102", ". 102:102(0) ack 22 TIME-WAIT", ". 102:102(0) ack 22 CLOSED" },
  { "ack-in-time-wait=0", "TIME-WAIT; > F. 21:21(0) ack 102", ". 102:102(0) ack 22 TIME-WAIT", "- TIME-WAIT" },
  { "rfc1337=1", "TIME-WAIT; > R 22:22(0)", "- CLOSED", "- TIME-WAIT" },
  { "time-wait-reuse=0", SERVED "; > S 100000:100000(0)", "S. 65538:65538(0) ack 100001 SYN-RECEIVED",
    ". 2:2(0) ack 2 TIME-WAIT" },
  { "verify-checksum=0", "ESTABLISHED; read; forget; > P. 21:31(10) ack 101 corrupt; 200", "- ESTABLISHED",
    ". 101:101(0) ack 31 ESTABLISHED" },
  /* close() resets the connection if any data is unread. Held text does not count as unread. */
  { "discard-duplicates=0", "ESTABLISHED; read; > . 31:41(10) ack 101; forget; > . 1:21(20) ack 101; close",
    ". 101:101(0) ack 21; F. 101:101(0) ack 21 FIN-WAIT-1", ". 101:101(0) ack 21; R 101:101(0) CLOSED" },
  { "reset-on-unread-close=0", "ESTABLISHED; close", "R 101:101(0) CLOSED", "F. 101:101(0) ack 21 FIN-WAIT-1" },
};

/* A connection that no override changes: opened, used, closed by the peer, then by this end. */
static const Row healthy = { NULL, "LAST-ACK; > . 22:22(0) ack 102", "- CLOSED", "- CLOSED" };

static void
apply (SfProfile *profile, const char *override)
{
  const SfMutantInfo *mutants = sf_profile_mutants ();
  const char *equals = strchr (override, '=');
  g_autofree char *name = equals != NULL ? g_strndup (override, (gsize) (equals - override)) : NULL;

  if (name != NULL)
    {
      g_assert_nonnull (sf_profile_knob (name));
      sf_profile_set (profile, sf_profile_knob (name), atoi (equals + 1));
      return;
    }
  for (guint i = 0; i < SF_N_MUTANTS; i++)
    if (g_str_equal (mutants[i].name, override))
      profile->mutants |= 1u << i;
  g_assert_cmpuint (profile->mutants, !=, 0);
}

static void
do_step (Endpoint *endpoint, const char *step)
{
  gboolean passive = g_str_has_suffix (step, "+");
  g_autofree char *name = g_strndup (step, strlen (step) - (passive ? 1 : 0));
  SfState state;
  int error;

  if (sf_state_from_name (name, &state))
    endpoint_reach (endpoint, state, passive);
  else if (g_str_has_prefix (step, "> "))
    endpoint_inject (endpoint, step + 2);
  else if (g_str_equal (step, "forget"))
    g_free (endpoint_take_sent (endpoint));
  else if (g_str_equal (step, "accept"))
    endpoint->conn = sf_tcp_accept (endpoint->net, endpoint->listener, 0, &error);
  else if (g_str_equal (step, "shutdown"))
    g_assert_cmpint (sf_tcp_shutdown (endpoint->net, endpoint->conn), ==, 0);
  else if (g_str_equal (step, "close"))
    sf_tcp_close (endpoint->net, endpoint->conn);
  else if (g_str_equal (step, "read"))
    sf_tcp_receive (endpoint->net, endpoint->conn, G_MAXUINT32, &error);
  else
    endpoint_run (endpoint, atoi (step) * SF_MSEC);
}

static char *
play (const char *script, const char *override)
{
  SfProfile profile = endpoint_profile ();
  g_auto (GStrv) steps = g_strsplit (script, "; ", 0);
  g_autofree char *sent = NULL;
  char *result;
  Endpoint endpoint;

  if (override != NULL)
    apply (&profile, override);
  endpoint_start (&endpoint, &profile);
  for (guint i = 0; steps[i] != NULL; i++)
    do_step (&endpoint, steps[i]);
  sent = endpoint_take_sent (&endpoint);
  result = g_strdup_printf ("%s %s", sent, sf_state_name (endpoint_state (&endpoint)));
  endpoint_stop (&endpoint);
  return result;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *standard = play (row->script, NULL), *changed = play (row->script, row->override);
  g_autofree char *unchanged = play (healthy.script, row->override);

  g_assert_cmpstr (standard, ==, row->standard);
  g_assert_cmpstr (changed, ==, row->changed);
  g_assert_cmpstr (unchanged, ==, healthy.standard);
}

/* Every mutant has a row. */
static void
test_complete (void)
{
  for (guint i = 0; i < SF_N_MUTANTS; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (rows); j++)
        found |= g_str_equal (rows[j].override, sf_profile_mutants ()[i].name);
      if (!found)
        g_test_fail_printf ("no row for %s", sf_profile_mutants ()[i].name);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp/override/complete", test_complete);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tcp/override/%02u-%s", i + 1, rows[i].override);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  return g_test_run ();
}
