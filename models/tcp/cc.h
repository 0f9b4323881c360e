/* SPDX-License-Identifier: MIT
 *
 * Congestion control: how much may be in flight. An algorithm is a file with a table of hooks and a row of
 * cc.inc. It sees a small view of the connection, never the connection; loss detection is recovery.c's business.
 */
#pragma once

#include "models/tcp/tcb.h"

/* What an algorithm may know. */
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

  /* Loss was seen by duplicate ACKs: set ssthresh and cwnd for recovery (without the inflation, which recovery.c
   * does). */
  void (*on_loss) (const SfCcView *view);

  /* The retransmission timer has expired; `first` unless the same segment is sent again and again. */
  void (*on_timeout) (const SfCcView *view, gboolean first);

  /* Nothing was sent for longer than the RTO. */
  void (*on_idle) (const SfCcView *view);
} SfCcAlgorithm;

#define SF_CC(id, symbol, name) extern const SfCcAlgorithm sf_cc_##symbol;
#include "models/tcp/cc.inc"
#undef SF_CC

/* Returns the algorithm of `profile`. */
const SfCcAlgorithm *sf_cc_algorithm (const SfProfile *profile);

/* Initial window in bytes: RFC 5681 §3.1, or the number of segments that the profile says. */
guint32 sf_cc_initial_window (const SfProfile *profile, guint32 mss);
