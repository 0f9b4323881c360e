/* SPDX-License-Identifier: MIT
 *
 * Congestion control: how much may be in flight. An algorithm is a file with a table of hooks, and a row of cc.inc. It
 * gets a small view of the connection, never the connection itself. recovery.c detects losses.
 */
#pragma once

#include "models/tcp/tcb.h"

/* The part of a connection that an algorithm knows. */
typedef struct
{
  SfCc *cc;
  const SfProfile *profile;
  SfTime now, srtt;
  guint32 mss;    /* SMSS, bytes */
  guint32 flight; /* FlightSize before the event, bytes */
} SfCcView;

typedef struct
{
  /* The connection is established: set cwnd and ssthresh. */
  void (*init) (const SfCcView *view);

  /* An ACK outside recovery has acknowledged `acked` new bytes. */
  void (*on_ack) (const SfCcView *view, guint32 acked);

  /* Duplicate ACKs have shown a loss: set ssthresh and cwnd for fast recovery. recovery.c inflates cwnd afterwards. */
  void (*on_loss) (const SfCcView *view);

  /* The retransmission timer has expired, for the `first` time for this segment. */
  void (*on_timeout) (const SfCcView *view, gboolean first);

  /* Nothing was sent for longer than the RTO. */
  void (*on_idle) (const SfCcView *view);
} SfCcAlgorithm;

#define SF_CC(id, symbol, name) extern const SfCcAlgorithm sf_cc_##symbol;
#include "models/tcp/cc.inc"
#undef SF_CC

/* Returns the algorithm of `profile`. */
const SfCcAlgorithm *sf_cc_algorithm (const SfProfile *profile);

/* Returns the initial window in bytes: that of RFC 5681 §3.1, or the number of segments that the profile sets. */
guint32 sf_cc_initial_window (const SfProfile *profile, guint32 mss);
