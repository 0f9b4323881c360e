#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a bulk transfer gets through a bottleneck, by loss and buffer, end to end.

The table goodput.csv beside this file is what came out when it was written, and was then held against theory as here: a
change of it is no mistake by itself, but has to be explained. goodput.py --write SYNFIN writes it anew.

Usage: goodput.py [--write] SYNFIN
"""
import csv
import subprocess
import sys
import tempfile
from math import sqrt
from pathlib import Path

TABLE = Path(__file__).with_name("goodput.csv")

RATE = 10e6  # bit/s
RTT = 0.04  # s, without waiting
RTO = 1  # s, at least
MSS = 1460  # bytes, of 1500 of a packet

SCENARIO = """
synfin: 1
title: A bulk transfer through a bottleneck
hosts:
  client: {tcp: {window-scale: yes, send-buffer: 1 MiB, receive-buffer: 1 MiB}}
  server: {tcp: {window-scale: yes, receive-buffer: 1 MiB}}
links:
  - {between: [client, server], rate: 10Mbit/s, delay: 20ms}
script:
  server: [listen: 80, accept, receive: eof, close]
  client: [connect: server:80, send: 4 MB, close]
sweep:
  vary:
    links.0.loss: [0%, 0.1%, 1%, 3%]
    links.0.queue: [5 segments, 20 segments, 100 segments]
  replications: 20
  measure: [{metric: goodput, host: server, name: goodput}]
"""


def simulate(synfin):
    """The rows of the table: loss, segments of the buffer, goodput in bit/s."""
    with tempfile.TemporaryDirectory() as folder:
        scenario, stats = Path(folder, "goodput.yaml"), Path(folder, "stats.csv")
        scenario.write_text(SCENARIO, encoding="utf-8")
        subprocess.run([synfin, "sweep", scenario, "--db", Path(folder, "sweep.sqlite"), "--stats", stats],
                       stdout=subprocess.DEVNULL, check=True)
        with stats.open(encoding="utf-8", newline="") as file:
            return [(float(row["links.0.loss"]), int(row["links.0.queue"]), round(float(row["mean"])))
                    for row in csv.DictReader(file)]


def read():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [(float(loss), int(queue), int(goodput)) for loss, queue, goodput in list(csv.reader(file))[1:]]


def write(rows):
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("loss", "queue in segments", "goodput in bit/s"), *rows])


def at(rows, loss):
    return [goodput for row_loss, _, goodput in rows if row_loss == loss]


def mathis(loss):
    """What random loss leaves to Reno without timeouts and delayed ACKs (Mathis et al., 1997): nobody gets more."""
    return sqrt(3 / 2) * MSS * 8 / (RTT * sqrt(loss))


def padhye(loss):
    """With both, if a loss takes all that follows in its window along (Padhye et al., 1998): independent losses leave
    more."""
    pace = RTT * sqrt(4 * loss / 3)
    timeouts = RTO * min(1, 3 * sqrt(6 * loss / 8)) * loss * (1 + 32 * loss**2)
    return MSS * 8 / (pace + timeouts)


def checks(rows):
    much = (0.01, 0.03)
    yield "there are 4 losses and 3 buffers", len({row[:2] for row in rows}) == 12
    yield "nothing exceeds the rate of the link without headers", all(row[2] <= RATE * MSS / (MSS + 40) for row in rows)
    yield "with 1 % and 3 % loss, it is between two theories", all(
        padhye(loss) <= goodput <= mathis(loss) for loss in much for goodput in at(rows, loss))
    yield "then the buffer does not matter: it is hardly used", all(
        max(at(rows, loss)) < 1.15 * min(at(rows, loss)) for loss in much)
    yield "more loss costs", all(a > b for less, more in ((0.001, 0.01), (0.01, 0.03))
                                 for a, b in zip(at(rows, less), at(rows, more)))
    # Slow start overshoots by the buffer and more, and without SACK one hole is repaired in a round trip; a random loss
    # ends slow start early. So no loss is not always the best, nor is the largest buffer: but a third of the link is
    # always used.
    yield "without loss, a third of the link is used at least", all(goodput > RATE / 3 for goodput in at(rows, 0))
    yield "the table is what it was (else see above)", rows == read()


def main():
    rows = simulate(sys.argv[-1])
    if sys.argv[1] == "--write":
        write(rows)
        return
    n = 0
    for n, (name, good) in enumerate(checks(rows), 1):
        print("ok" if good else "not ok", n, "-", name)
    for row in sorted(set(rows) - set(read())):
        print("#", *row)
    print(f"1..{n}")


main()
