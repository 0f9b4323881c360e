/* SPDX-License-Identifier: MIT
 *
 * Runs the benchmarks, measures them and prints their results.
 */
#include "bench/bench.h"

#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SERVER_ADDR 0xc6336401 /* 198.51.100.1 */
#define CLIENT_ADDR 0xc0000201 /* 192.0.2.1 */

/* clang-format off */
static const struct
{
  const char *name;
  gboolean (*run) (gboolean quick);
} groups[] = {
  { "queue", bench_queue },
  { "bulk", bench_bulk },
  { "connections", bench_connections },
  { "runs", bench_runs },
  { "sweep", bench_sweep },
};
/* clang-format on */

/* Returns the file descriptor of a counter of this thread's instructions in user space, -1 if the machine has none or
 * forbids it. */
static int
open_instruction_counter (void)
{
  struct perf_event_attr attr = {
    .type = PERF_TYPE_HARDWARE,
    .size = sizeof attr,
    .config = PERF_COUNT_HW_INSTRUCTIONS,
    .disabled = 1,
    .exclude_kernel = 1,
    .exclude_hv = 1,
  };

  return (int) syscall (SYS_perf_event_open, &attr, 0, -1, -1, 0);
}

void
bench_meter_init (BenchMeter *meter)
{
  *meter = (BenchMeter){ .counter = open_instruction_counter () };
}

void
bench_meter_clear (BenchMeter *meter)
{
  if (meter->counter >= 0)
    close (meter->counter);
}

void
bench_go (BenchMeter *meter)
{
  if (meter->counter >= 0)
    ioctl (meter->counter, PERF_EVENT_IOC_ENABLE, 0);
  meter->started = g_get_monotonic_time ();
}

void
bench_halt (BenchMeter *meter)
{
  meter->seconds += (double) (g_get_monotonic_time () - meter->started) / G_USEC_PER_SEC;
  if (meter->counter >= 0)
    ioctl (meter->counter, PERF_EVENT_IOC_DISABLE, 0);
}

static void
print_numbers (const char *name, const BenchNumber *numbers)
{
  printf (", \"%s\": {", name);
  for (guint i = 0; numbers[i].name != NULL; i++)
    printf ("%s\"%s\": %.10g", i > 0 ? ", " : "", numbers[i].name, numbers[i].value);
  printf ("}");
}

void
bench_print (const BenchLine *line, const BenchMeter *meter)
{
  guint64 instructions;

  printf ("{\"name\": \"%s\"", line->name);
  print_numbers ("parameters", line->parameters);
  printf (", \"result\": %.6g, \"unit\": \"%s\"", line->result, line->unit);
  print_numbers ("also", line->also);
  printf (", \"seconds\": %.6f, \"instructions\": ", meter->seconds);
  if (meter->counter >= 0 && read (meter->counter, &instructions, sizeof instructions) == sizeof instructions)
    printf ("%" G_GUINT64_FORMAT "}\n", instructions);
  else
    printf ("null}\n");
  fflush (stdout);
}

SfPlan *
bench_two_hosts (const SfProfile *profile, guint32 n_servers, SfTime delay, guint64 rate)
{
  SfPlan *plan = sf_plan_new ();
  SfDirectionPlan both = { .rate = rate, .delay = delay };
  guint16 client = sf_plan_add_host (plan, "client", CLIENT_ADDR, 1, profile);
  guint16 server = sf_plan_add_host (plan, "server", SERVER_ADDR, n_servers, profile);

  sf_plan_add_link (plan, client, server, &both);
  return plan;
}

guint32
bench_server (guint32 i)
{
  return SERVER_ADDR + i;
}

/* Runs the group called `only`, NULL: all groups. Returns the exit status. */
static int
run_groups (const char *only, gboolean quick)
{
  gboolean found = FALSE, sound = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (only == NULL || strcmp (only, groups[i].name) == 0)
      {
        found = TRUE;
        sound = groups[i].run (quick) && sound;
      }
  if (!found)
    {
      fprintf (stderr, "bench: there is no benchmark called '%s'; there are:", only);
      for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
        fprintf (stderr, " %s", groups[i].name);
      fprintf (stderr, "\n");
      return 2;
    }
  return sound ? 0 : 1;
}

int
main (int argc, char **argv)
{
  gboolean quick = FALSE;
  g_autofree char *only = NULL;
  const GOptionEntry options[] = {
    { "quick", 'q', 0, G_OPTION_ARG_NONE, &quick, "Small sizes: only to see that all of it works", NULL },
    { "only", 'o', 0, G_OPTION_ARG_STRING, &only, "Run one group: queue, bulk, connections, runs, sweep", "NAME" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- how fast synfin is; a line of JSON each");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "bench: %s\n", error->message);
      return 2;
    }
  return run_groups (only, quick);
}
