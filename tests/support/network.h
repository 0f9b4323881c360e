/* SPDX-License-Identifier: MIT
 *
 * A network without TCP: the simulation of models/net.h with an endpoint (network.c) that takes every segment, answers
 * none, and reports connections as the test wants. Everything is written to a log, a word per record:
 *
 *   send 1@0; copied 1=2@3000/0; arrive 1@10000; lost 3@20000
 *
 * Here segment 1 was sent at 0, segment 2 made as its copy after 3000 µs by fault rule 0, and so on. "arrive 1!" is an
 * arrival with a wrong checksum, "delayed 1@0>3000" a delay with a known release or arrival.
 */
#pragma once

#include "models/net.h"
#include "models/tcp/tcp.h"

#define FAKE_HOSTS 8

/* The data of the endpoint, where TCP would have its table of connections. */
typedef struct
{
  guint64 n_inputs;
  guint64 last_cause;             /* net->cause during the last input */
  SfState state[FAKE_HOSTS];      /* of the end at each host */
  SfTcpStatus status[FAKE_HOSTS]; /* of the connection at each host; serial 0: there is none */
  guint64 crashes, process_crashes, process_reboots;
} FakeTcp;

typedef struct
{
  SfPlan *plan;
  SfNet *net;
  GString *log;
} Network;

FakeTcp *fake_tcp (const SfNet *net);

/* Sets the fixture up: an empty plan and log. The test builds the plan, then calls network_start(). */
void network_setup (Network *network, gconstpointer data);
void network_teardown (Network *network, gconstpointer data);

/* Adds a host (a, b, … at 192.0.2.1, 192.0.2.2, …). */
guint16 network_add_host (Network *network);

/* Finishes the plan and makes a simulation with seed 1 that writes to the log. */
void network_start (Network *network);

/* Makes `net` write to `log`. */
void network_log (SfNet *net, GString *log);

/* Returns a segment from `from` to `to` with `len` bytes of payload, 40 bytes of headers, and ACK as its only flag. */
SfSegment network_segment (guint16 from, guint16 to, guint32 len);

/* Sends segment `seg` at the instant `at`. */
void network_send (SfNet *net, SfTime at, const SfSegment *seg);

/* Sends `n` segments of `len` bytes from `from` to `to` at the instant `at`. */
void network_send_some (SfNet *net, SfTime at, guint16 from, guint16 to, guint32 len, guint n);

/* Runs until nothing is left to do. Asserts that the log since the last call is `expected`, and that no segment is
 * left. */
void network_assert_log (Network *network, const char *expected);

/* Adds a test with the fixture. */
void network_add_test (const char *path, void (*test) (Network *, gconstpointer));
