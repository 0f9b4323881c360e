/* SPDX-License-Identifier: MIT
 *
 * A run told as a correspondence by letters, event by event: the hosts are correspondents, segments are letters,
 * sequence numbers are numbers of pages, and the network is the post. The same facts as in the text diagram, at the
 * same times; each letter is followed by its notation.
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
