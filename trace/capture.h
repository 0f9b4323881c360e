/* SPDX-License-Identifier: MIT
 *
 * A trace as a capture in the pcapng format, for Wireshark and its kin.
 *
 * What is captured: every host captures what it sends, on an interface of its own that carries its name. So each
 * segment is there once, at the time it was sent, whether it arrived or not. Copies that the network or a fault made,
 * and forged segments, are there as well, at the time they were made, on the interface of the host that they claim to
 * come from. An analyzer therefore sees an ACK half a round trip before its receiver does, and may call a fast
 * retransmission "out of order". A comment says what befell a segment that did not simply arrive.
 *
 * Time 0 of the simulation is SF_CAPTURE_EPOCH.
 * Packets are bare IPv4 (LINKTYPE_RAW); checksums are right, except that a corrupted segment's TCP checksum is wrong.
 */
#pragma once

#include "trace/trace.h"

/* 2000-01-01T00:00:00Z, in seconds since 1970. */
#define SF_CAPTURE_EPOCH G_GINT64_CONSTANT (946684800)

/* Appends the capture of `trace` (indexed) to `out`. */
void sf_capture_write (GByteArray *out, const SfTrace *trace);
