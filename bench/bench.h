/* SPDX-License-Identifier: MIT
 *
 * What the benchmarks share: the meter and the line that each prints.
 */
#pragma once

#include "models/net.h"

/* Adds up what the code between bench_go() and bench_halt() costs. */
typedef struct
{
  gint64 started; /* microseconds */
  double seconds;
  int counter; /* file descriptor of the counter of instructions, -1 where there is none */
} BenchMeter;

/* A named number of a line. */
typedef struct
{
  const char *name;
  double value;
} BenchNumber;

/* A line of the output; lists end with a NULL name. */
typedef struct
{
  const char *name;
  BenchNumber parameters[4];
  double result;
  const char *unit;
  BenchNumber also[6]; /* further results, the unit in the name */
} BenchLine;

/* Prepares `meter`, which reads nothing yet. */
void bench_meter_init (BenchMeter *meter);
void bench_meter_clear (BenchMeter *meter);

void bench_go (BenchMeter *meter);
void bench_halt (BenchMeter *meter);

/* Prints `line` with what `meter` has added up, as one JSON object on one line. */
void bench_print (const BenchLine *line, const BenchMeter *meter);

/* Returns a plan of two hosts, "client" (0) and "server" (1) with `n_servers` addresses, joined by a link
 * with `delay` one way and `rate` bit/s (0: infinite). */
SfPlan *bench_two_hosts (const SfProfile *profile, guint32 n_servers, SfTime delay, guint64 rate);

/* Returns address number `i` of the server of bench_two_hosts(). */
guint32 bench_server (guint32 i);

/* The groups of benchmarks. `quick` asks for sizes that show only that they work. FALSE: what was simulated is
 * not what was meant to be, and the figures say nothing; a message is on standard error. */
gboolean bench_queue (gboolean quick);
gboolean bench_bulk (gboolean quick);
gboolean bench_connections (gboolean quick);
gboolean bench_runs (gboolean quick);
gboolean bench_sweep (gboolean quick);
