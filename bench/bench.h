/* SPDX-License-Identifier: MIT
 *
 * What benchmarks share: the meter, and the line that each prints.
 */
#pragma once

#include "models/net.h"

/* Adds up what the code between bench_go() and bench_halt() costs. */
typedef struct
{
  gint64 started; /* microseconds */
  double seconds;
  int counter; /* file descriptor of the instruction counter, -1 if there is none */
} BenchMeter;

/* A named number in a line. */
typedef struct
{
  const char *name;
  double value;
} BenchNumber;

/* A line of the output. Lists end with a NULL name. */
typedef struct
{
  const char *name;
  BenchNumber parameters[4];
  double result;
  const char *unit;
  BenchNumber also[6]; /* further results, the unit in the name */
} BenchLine;

/* Initializes `meter` to 0. */
void bench_meter_init (BenchMeter *meter);
void bench_meter_clear (BenchMeter *meter);

void bench_go (BenchMeter *meter);
void bench_halt (BenchMeter *meter);

/* Prints `line` with the sums of `meter` as one JSON object on one line. */
void bench_print (const BenchLine *line, const BenchMeter *meter);

/* Returns a plan of two hosts, "client" (0) and "server" (1) with `n_servers` addresses, joined by a link
 * with `delay` one way and `rate` bit/s (0: infinite). */
SfPlan *bench_two_hosts (const SfProfile *profile, guint32 n_servers, SfTime delay, guint64 rate);

/* Returns address number `i` of the server of bench_two_hosts(). */
guint32 bench_server (guint32 i);

/* The groups of benchmarks. With `quick`, sizes are small: only to see that they work. FALSE, with a message on
 * standard error, if the simulation did not do what it should, so that the figures mean nothing. */
gboolean bench_queue (gboolean quick);
gboolean bench_bulk (gboolean quick);
gboolean bench_connections (gboolean quick);
gboolean bench_runs (gboolean quick);
gboolean bench_sweep (gboolean quick);
