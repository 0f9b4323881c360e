#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Draws the pictures of the documentation anew. To be run when diagrams look different; `./dev pictures` does.
# Usage: make.sh SYNFIN
set -eu
synfin=$(realpath "$1")
cd "$(dirname "$0")"

# draw NAME ARGUMENT...: NAME.svg is what `synfin plot ARGUMENT...` draws.
draw() {
  name=$1
  shift
  "$synfin" plot "$@" --lang en -o "$name.svg"
}

draw three-way sequence three-way
draw why-three compare stale-duplicate-syn --against two-way
draw four-segments sequence four-segments
draw lost-final-ack sequence lost-final-ack
draw late-data compare late-data --against no-time-wait
draw fast-retransmit stevens slow-start --variant fast-retransmit
draw fast-retransmit-window window slow-start --variant fast-retransmit
