/* SPDX-License-Identifier: MIT
 *
 * A trace as a capture in the pcapng format, for Wireshark and similar tools.
 *
 * Every host captures what it sends, on an interface that has the host's name. So each segment is there once, at the
 * time it was sent, whether it arrived or not. (Behind a router that translates addresses it is there a second time,
 * where it arrives.) Copies made by the network or a fault, and forged segments, are there as well: at the time they
 * were made, on the interface of the host they claim to come from. An analyzer therefore sees an ACK half a round trip
 * before its receiver does, and may call a fast retransmission "out of order". A packet comment says what happened to a
 * segment that did not simply arrive.
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
