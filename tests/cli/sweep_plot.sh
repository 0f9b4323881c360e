#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Graphs of sweeps from outside: the files, the text in them, and the marks for all kinds of points.
# Usage: sweep_plot.sh SYNFIN
. "$(dirname "$0")/../support/check.sh"

if ! command -v gnuplot >/dev/null; then
  echo '1..0 # SKIP no gnuplot'
  exit 0
fi

files() { [[ $(cd "$1" && echo *) == "$2" ]]; }

# Prints a scenario of the handshake with a variant; standard input becomes its section `sweep`.
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
all="cdf-time.svg heatmap-time-1.svg heatmap-time-2.svg histogram-time.svg line-errors.svg line-time-2.svg"
all+=' line-time.svg'

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
    variant: [standard, standard, two-way]
  sample: list
  replications: 5
  measure:
    - handshake-time
    - {expect: it takes one round trip, name: short}
  plot: [{kind: line, y: handshake-time}, {kind: heatmap, z: handshake-time}, {kind: line, y: short}]
END
run "$synfin" sweep list.yaml --db list.sqlite --out list
check 'points of a list' status_is 0
check 'are a map for each word' \
  files list 'heatmap-handshake-time-1.svg heatmap-handshake-time-2.svg line-handshake-time.svg line-short.svg'
check 'which divides a graph, too' says list/line-short.svg 'variant two-way'
check 'numbers do not' eval '! says list/line-short.svg "delay 60ms"'
check 'a fraction is in percent' says list/line-short.svg '(%)'
check 'and its interval is that of fractions' says list/line-short.svg 'Wilson'

sweep >sample.yaml <<'END'
  vary:
    links.0.loss: {from: 0%, to: 20%}
    links.0.delay: {from: 5ms, to: 60ms}
  sample: {latin-hypercube: 30}
  measure: [{metric: handshake-time, host: client, name: time}]
  plot: [{kind: line, y: time, theory: x + 2 * y}, {kind: line, y: time, theory: 3 * x}]
END
# Prints the number of lines with at least 10 points.
long_lines() { tr -d '\n' <"$1" | grep -oE "d='M[^']*'" | grep -cE 'M[^M]*(L[^ML]*){9}'; }
run "$synfin" sweep sample.yaml --db sample.sqlite --out sample
check 'points of a sample are not joined' eval '[[ $(long_lines sample/line-time.svg) == 0 ]]'
check 'and theory in both numbers is points as well' says sample/line-time.svg '>theory<'
check 'theory in one is a line' eval '[[ $(long_lines sample/line-time-2.svg) == 1 ]]'

sweep >many.yaml <<'END'
  vary:
    links.0.loss: {from: 0%, to: 20%, step: 10%}
    links.0.delay: {from: 1ms, to: 30ms, step: 1ms}
  measure: [{metric: handshake-time, host: client, name: time}, {error: any, name: time-2}]
  plot:
    - {kind: line, y: time, theory: y, theory-title: rule}
    - {kind: line, y: time, x: links.0.delay}
    - {kind: line, y: time-2, x: links.0.delay}
END
run "$synfin" sweep many.yaml --db many.sqlite --out many
check 'many lines are on pages, whose names no other graph has' \
  files many 'line-time-1.svg line-time-2-2.svg line-time-2.svg line-time-3.svg line-time.svg'
check 'which say so' says many/line-time-2.svg 'page 2 of 3 · 24 of 30 lines'
check 'the last line is there' says many/line-time-3.svg '>delay 30ms<'
check 'and theory on each page' says many/line-time-3.svg '>rule<'

sweep >rate.yaml <<'END'
  vary: {links.0.delay: {values: [4ms, 20ms], title: time between them}}
  measure: [{metric: handshake-time, host: client, name: time}]
  plot:
    - {kind: line, y: time, x-as: rate, theory: 2 * x}
    - {kind: line, y: time, x-as: rate, x-scale: log, x-title: {en: how often, zh: 次数}}
END
run "$synfin" sweep rate.yaml --db rate.sqlite --out rate
check 'times as rates' status_is 0
check 'of which the axis has the unit' says rate/line-time.svg '>1 / time between them (1/s)<'
check 'and a title that goes with it' says rate/line-time-2.svg '>how often (1/s)<'
check 'and 250 a second near its end' \
  eval 'says rate/line-time.svg ">250<" && says rate/line-time.svg ">50<" && ! says rate/line-time.svg ">300<"'

run "$synfin" sweep grid.yaml --db lost.sqlite --out lost --vary links.0.loss=0%,100% \
  --plot '{kind: line, y: time, x: links.0.delay}'
check 'a line without a value is named' says lost/line-time-3.svg '>loss 100%, variant two-way (no value)<'

run "$synfin" sweep list.yaml --db one.sqlite --out one --vary links.0.loss=100% --vary links.0.delay=50ms \
  --vary variant=standard -n 1
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
