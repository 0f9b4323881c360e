/* SPDX-License-Identifier: MIT
 *
 * A run narrated as a correspondence, event by event. Hosts are correspondents, segments are letters, sequence numbers
 * are page numbers, and the network is the post. The facts and times are those of the text diagram. Each letter is
 * followed by the notation of its segment.
 *
 *   0 s      client wishes to write to server:80 (connect).
 *            client writes to server: "Dear server, may I write to you? ..." [S 0:0(0)] client waits for an answer
 *            (SYN-SENT).
 *   0.05 s   The post loses ...
 */
#pragma once

#include "plots/terminal/timeline.h"

/* Appends the letters of `trace` (indexed) to `out`; `options` as for sf_timeline(), NULL included. */
void sf_letters (GString *out, const SfTrace *trace, const SfTimelineOptions *options);
