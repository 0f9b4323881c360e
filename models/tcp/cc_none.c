/* SPDX-License-Identifier: MIT
 *
 * No congestion control: only the receiver's window limits the sender. For lessons about flow control and for tests.
 */
#include "models/tcp/cc.h"

static void
open_wide (const SfCcView *view)
{
  view->cc->cwnd = view->cc->ssthresh = G_MAXINT32;
}

static void
ignore_ack (const SfCcView *view G_GNUC_UNUSED, guint32 acked G_GNUC_UNUSED)
{
}

static void
ignore_timeout (const SfCcView *view G_GNUC_UNUSED, gboolean first G_GNUC_UNUSED)
{
}

const SfCcAlgorithm sf_cc_none = {
  .init = open_wide,
  .on_ack = ignore_ack,
  .on_loss = open_wide,
  .on_timeout = ignore_timeout,
  .on_idle = open_wide,
};
