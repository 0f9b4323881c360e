#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Graphs of sweeps from outside: which files there are, what is written on them, and what becomes of all kinds of points.
# Usage: sweep_plot.sh SYNFIN
set -u
synfin=$(realpath "$1")
support=$(realpath "$(dirname "$0")/../support")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
n=0

. "$support/check.sh"

if ! command -v gnuplot >/dev/null; then
  echo '1..0 # SKIP no gnuplot'
  exit 0
fi

files() { [[ $(cd "$1" && echo *) == "$2" ]]; }

# Prints the handshake, with a variant and a section `sweep` that is what is read.
sweep() {
  cat "$support/handshake.yaml"
  printf 'variants: {two-way: {set: {tcp.handshake: two-way}}}\nsweep:\n'
  cat
}

sweep >grid.yaml <<'END'
  vary:
    links.0.loss: {values: [0%, 10%, 20%], title: {en: loss, zh: 丢失率}}
    links.0.delay: {values: [50ms, 100ms], title: delay}
    variant: [standard, two-way]
  replications: 20
  measure:
    - {metric: handshake-time, host: client, name: time, title: time of the handshake}
    - {error: any, name: errors}
  plot:
    - {kind: line, y: time, theory: 2 * y, title: {en: In English, zh: 中文}}
    - {kind: line, y: time, x: variant}
    - {kind: line, y: errors, x-scale: log, y-scale: log}
    - {kind: heatmap, x: links.0.loss, y: links.0.delay, z: time}
    - {kind: histogram, of: time}
    - {kind: cdf, of: time, x-scale: log}
END
all='cdf-time.svg heatmap-time-1.svg heatmap-time-2.svg histogram-time.svg line-errors.svg line-time-2.svg line-time.svg'

run "$synfin" sweep grid.yaml --db grid.sqlite --out graphs
check 'a sweep with graphs' status_is 0
check 'has a file for each, two for two maps' files graphs "$all"
check 'the title is there' says graphs/line-time.svg 'In English'
check 'and what the axes show' says graphs/line-time.svg 'loss (%)'
check 'and how many runs there were' says graphs/line-time.svg '20 runs at each point'
check 'a line has the values of the other parameters' says graphs/line-time.svg 'delay 50ms, variant two-way'
check 'theory is called so' says graphs/line-time.svg 'theory'
check 'names are an axis, too' says graphs/line-time-2.svg 'two-way'
check 'a map says which combination it is of' says graphs/heatmap-time-2.svg 'variant two-way'
check 'of many distributions some are shown' says graphs/cdf-time.svg '8 of 12 points'

run "$synfin" sweep grid.sqlite --out again
check 'results are drawn again, the same' diff -r graphs again
run "$synfin" sweep grid.sqlite --out chinese --lang zh --pictures png,svg
check 'in Chinese, if it is asked for' says chinese/line-time.svg '丢失率 (%)'
check 'in several formats' test -s chinese/line-time.png -a -s chinese/heatmap-time-2.png
run env LC_ALL=zh_CN.UTF-8 "$synfin" sweep grid.sqlite --out locale
check 'but not by the locale' diff -r graphs locale

sweep >list.yaml <<'END'
  vary:
    links.0.loss: [20%, 0%, 10%]
    links.0.delay: [50ms, 60ms, 70ms]
  sample: list
  replications: 5
  measure:
    - handshake-time
    - {expect: it takes one round trip, name: short}
  plot: [{kind: line, y: handshake-time}, {kind: heatmap, z: handshake-time}, {kind: line, y: short}]
END
run "$synfin" sweep list.yaml --db list.sqlite --out list
check 'points of a list are one line' status_is 0
check 'and one map' files list 'heatmap-handshake-time.svg line-handshake-time.svg line-short.svg'
check 'a fraction is in percent' says list/line-short.svg '(%)'
check 'and its interval is that of fractions' says list/line-short.svg 'Wilson'

run "$synfin" sweep list.yaml --db one.sqlite --out one --vary links.0.loss=100% --vary links.0.delay=50ms -n 1
check 'runs without a value' status_is 0
check 'are a graph that says so' says one/line-handshake-time.svg 'no run has a value'

run "$synfin" sweep grid.yaml --db none.sqlite --pictures png
check '--pictures without --out' refused '--out, which is missing'
run "$synfin" sweep grid.yaml --db none.sqlite --out none --pictures gif
check 'no such format' refused "not 'gif'"
check 'and nothing has been run' test ! -e none.sqlite
run "$synfin" sweep grid.yaml --db none.sqlite --out none --shard 1/2
check 'a shard has no graphs' refused 'a shard is not the whole'

mkdir empty
run env PATH="$dir/empty" "$synfin" sweep grid.sqlite --out nowhere
check 'without gnuplot there is a warning' says err 'no pictures'
check 'and the table' says out 'time of the handshake'
check 'which is no failure' status_is 0

echo "1..$n"
