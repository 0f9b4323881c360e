/* SPDX-License-Identifier: MIT
 *
 * Round-trip time and retransmission timeout: RFC 6298.
 */
#pragma once

#include "models/tcp/tcb.h"

/* Initializes `rtt`: no sample, and the initial RTO (2.1). */
void sf_rtt_init (SfRtt *rtt, const SfProfile *profile);

/* Takes a sample (ns) and computes RTO from it (2.2, 2.3). This also ends a back-off (the last note of section 5). The
 * sample must not be of a retransmitted segment, unless a timestamp gives it (section 3, Karn's algorithm). */
void sf_rtt_sample (SfRtt *rtt, const SfProfile *profile, SfTime sample);

/* Doubles RTO, up to its maximum (5.5). */
void sf_rtt_back_off (SfRtt *rtt, const SfProfile *profile);

/* Sets the RTO for data after a handshake whose SYN was retransmitted, if there is no sample (5.7). */
void sf_rtt_after_syn_loss (SfRtt *rtt, const SfProfile *profile);
