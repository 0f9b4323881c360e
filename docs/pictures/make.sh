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

# graph NAME SWEEP GRAPH: NAME.svg is the graph GRAPH of `synfin sweep SWEEP`.
graph() {
  dir=$(mktemp -d)
  "$synfin" sweep "$2" --lang en --db "$dir/sweep.sqlite" --out "$dir" >/dev/null
  cp "$dir/$3.svg" "$1.svg"
  rm -r "$dir"
}

graph request-in-time ../examples/request.yaml line-in-time
graph request-handshake ../examples/request.yaml cdf-handshake
graph handshake-loss handshake-loss line-handshake-time
graph why-2 why-2 line-foreign
graph useless-connections useless-connections line-useless
graph useless-map useless-connections heatmap-useless-1
graph last-ack last-ack line-error
graph ports-rate ports-rate line-connections
graph flood-rate flood-rate line-served
