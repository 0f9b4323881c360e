/* SPDX-License-Identifier: MIT
 *
 * A trace made by hand that has something for every check: the first SYN is lost, 100 bytes are delivered, the network
 * copies a segment, the server crashes, the client's FIN gets no answer and receive() fails.
 */
#pragma once

#include "trace/trace.h"

/* Returns the trace. Its records, with their lines in trace.jsonl:
 *
 *    2  0s     server listener 1, CLOSED -> LISTEN (3)
 *    4  0s     client connection 2
 *    5  0s     client CLOSED -> SYN-SENT
 *    6  0s     client > server: S 0:0(0)                 lost by fault rule 0 (7)
 *    8  1s     client > server: S 0:0(0)                 retransmission
 *    9  1.05s  it arrives; server connection 3 (10), LISTEN -> SYN-RECEIVED (11)
 *   12  1.05s  server > client: S. 0:0(0) ack 1
 *   13  1.1s   it arrives; client SYN-SENT -> ESTABLISHED (14)
 *   15  1.1s   client > server: . 1:1(0) ack 1
 *   16  1.1s   connect() returns; send() of "0123456789" (17)
 *   18  1.1s   client > server: P. 1:11(10) ack 1
 *   19  1.15s  15 arrives; server SYN-RECEIVED -> ESTABLISHED (20)
 *   21  1.15s  18 arrives; the application reads 10 B (22)
 *   23  1.2s   the network copies 18; the copy arrives (24) and is discarded as an old duplicate (25)
 *   26  2s     client ESTABLISHED -> FIN-WAIT-1
 *   27  2s     client > server: F. 11:11(0) ack 1
 *   28  2.02s  server crashes; its connection is deleted (29)
 *   30  2.05s  27 is lost at the server
 *   31  3s     client: receive() fails with ETIMEDOUT; FIN-WAIT-1 -> CLOSED (32); deleted (33) */
SfTrace *lost_syn_trace (void);
