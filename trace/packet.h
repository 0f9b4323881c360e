/* SPDX-License-Identifier: MIT
 *
 * A segment as the bytes of an IPv4 packet.
 */
#pragma once

#include "models/content.h"
#include "models/segment.h"

/* Appends the IPv4 packet of `seg` to `out`. `texts` (SfContentText) are the literal parts of the payload, see
 * sf_content_fill(). With `corrupt` one bit of the TCP checksum is wrong. */
void sf_packet_write (GByteArray *out, const SfSegment *seg, const GArray *texts, gboolean corrupt);
