/* SPDX-License-Identifier: MIT
 *
 * Round-trip time and retransmission timeout: RFC 6298.
 */
#pragma once

#include "models/tcp/tcb.h"

/* No sample yet: RTO is the initial one (2.1). */
void sf_rtt_init (SfRtt *rtt, const SfProfile *profile);

/* Takes a sample (ns) that does not come from a retransmitted segment, or comes from a timestamp (section 3, Karn),
 * and computes RTO anew, which is also what ends a back-off (2.2, 2.3; the last note of section 5). */
void sf_rtt_sample (SfRtt *rtt, const SfProfile *profile, SfTime sample);

/* Doubles RTO, up to its maximum (5.5). */
void sf_rtt_back_off (SfRtt *rtt, const SfProfile *profile);

/* The handshake is over and its SYN was retransmitted, so there is no sample: (5.7). */
void sf_rtt_after_syn_loss (SfRtt *rtt, const SfProfile *profile);
