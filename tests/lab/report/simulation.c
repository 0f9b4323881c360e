/* SPDX-License-Identifier: MIT
 *
 * How runs end: when nothing happens any more, at the instant that was asked for, at a limit.
 */
#include "lab/report/simulation.h"

#include <string.h>

#define SCENARIO                                       \
  "synfin: 1\n"                                        \
  "title: t\n"                                         \
  "hosts: {client: {}, server: {}}\n"                  \
  "links: [{between: [client, server], delay: 5ms}]\n" \
  "script: {server: [listen: 80, accept, receive: eof, close], client: [connect: server:80, wait: 10s, close]}\n"

static const struct
{
  const char *run;
  SfEnd end;
} rows[] = {
  { "run: {}", SF_END_IDLE },
  { "run: {until: 1s}", SF_END_UNTIL },
  { "run: {time-limit: 1s}", SF_END_TIME_LIMIT },
  { "run: {until: 1s, time-limit: 1s}", SF_END_UNTIL },
  { "run: {max-events: 3}", SF_END_EVENT_LIMIT },
};

static void
test_ends (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strconcat (SCENARIO, rows[i].run, "\n", NULL);
      g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
      g_autoptr (SfScenario) scenario = sf_scenario_parse (text, strlen (text), "test", NULL, NULL, 0, diag);
      g_autoptr (SfTrace) trace = NULL;

      g_assert_nonnull (scenario);
      trace = sf_simulate (scenario, 0);
      g_assert_cmpstr (sf_end_name (trace->end), ==, sf_end_name (rows[i].end));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulation/ends", test_ends);
  return g_test_run ();
}
