#!/bin/bash
# SPDX-License-Identifier: MIT
#
# `synfin plot`, and the pictures of `synfin run --out`, from outside.
# Usage: plot.sh SYNFIN
. "$(dirname "$0")/../support/check.sh"
scenarios=$root/tests/scenarios
lessons=$root/scenarios

begins() { [[ $(head -c "${#2}" "$1") == "$2" ]]; }

cp "$scenarios/lost_syn_ack.yaml" good.yaml
cp "$scenarios/refused.yaml" refused.yaml
cp "$lessons/data/one-lost-segment.yaml" "$lessons/data/reordering.yaml" .
sed 's/delay: 50ms/dellay: 50ms/' good.yaml >bad.yaml

# Wrong usage, and wrong input.

run "$synfin" plot
check 'no kind' refused 'which kind of picture'
run "$synfin" plot sequenc good.yaml
check 'an unknown kind has a suggestion' refused "did you mean 'sequence'?"
run "$synfin" plot sequence
check 'no file' refused 'which scenario or trace?'
run "$synfin" plot sequence good.yaml refused.yaml
check 'two files' refused "'compare' takes two"
run "$synfin" plot sequence none.yaml
check 'no such file' refused 'none.yaml'
run "$synfin" plot rtt bad.yaml
check 'a wrong scenario' refused "bad.yaml:14:33: error: unknown key 'dellay' in link; did you mean 'delay'?"
run "$synfin" plot rtt good.yaml --format gif
check 'an unknown format' refused "--format is one of svg, png, pdf, txt, not 'gif'"
run "$synfin" plot rtt good.yaml --format txt
check 'a graph is no text' refused "only 'sequence' can be text"
run "$synfin" plot rtt good.yaml --scale linear
check 'an option of another kind' refused "--scale means nothing for 'rtt' as svg"
run "$synfin" plot sequence good.yaml --paper letter
check 'an unknown paper' refused "--paper is one of free, a4, slide, not 'letter'"
run "$synfin" plot sequence good.yaml --pages some
check 'pages are a number' refused "--pages is a number from 0, not 'some'"
run "$synfin" plot sequence good.yaml --from 2s --to 1s
check 'from behind to' refused '--from lies behind --to'
run "$synfin" plot sequence good.yaml --format txt --from 1s
check 'from without to: no end' eval 'status_is 0 && silent err && says out "TIME-WAIT"'
run "$synfin" plot sequence good.yaml --format txt --from 1s --to 1s
check 'one instant' eval 'status_is 0 && silent err'
run "$synfin" plot sequence good.yaml --from 2
check 'a time without a unit' refused "--from: '2'"
run "$synfin" plot rtt good.yaml --conn 1
check 'a connection needs its host' refused '--host is missing'
run "$synfin" plot rtt good.yaml --host clinet
check 'an unknown host has a suggestion' refused "there is no host 'clinet'; did you mean 'client'?"
run "$synfin" plot rtt good.yaml --host client --conn 7
check 'a connection that is not there' refused "host 'client' has no connection 7"
run "$synfin" plot rtt good.yaml --variant impatiens
check 'an unknown variant' refused "did you mean 'impatient'?"
run "$synfin" plot compare refused.yaml
check 'nothing to compare with' refused 'has no variants to compare with'
run "$synfin" plot compare good.yaml refused.yaml --against impatient
check 'a second file or a variant' refused 'either a second file or --against'

# Traces.

run "$synfin" run --quiet --out made --pictures none good.yaml
check 'run --pictures none draws nothing' eval 'status_is 0 && [[ -z $(find made -name "*.svg") ]]'
trace=made/standard/trace.jsonl
run "$synfin" plot states "$trace" --seed 2
check 'a trace has its seed already' refused 'is a trace: --variant, --set and --seed are for scenarios'
run "$synfin" plot compare "$trace"
check 'a trace holds one run' refused 'give a second file'
head -n 3 "$trace" | sed '3s/"t_ns"/"t"/' >cut.jsonl
run "$synfin" plot states cut.jsonl
check 'a broken trace' refused 'cut.jsonl:3:1: error: "t_ns" is missing'
head -c 3000 "$trace" >half.jsonl
run "$synfin" plot sequence half.jsonl
check 'half a trace' eval 'status_is 2 && silent out && grep -qE "^half.jsonl:[0-9]+:[0-9]+: error: " err'

# Text needs no gnuplot, pictures do.

run "$synfin" plot sequence good.yaml --format txt
check 'the timeline' eval 'status_is 0 && says out "client > server: S 0:0(0)" && silent err'
cp out timeline
"$synfin" plot sequence /dev/stdin --format txt < <(cat good.yaml) >out 2>err
status=$?
check 'a scenario from a pipe' eval 'status_is 0 && cmp out timeline'
run "$synfin" plot sequence good.yaml --format txt --ascii
check 'the timeline in ASCII' eval 'status_is 0 && ! LC_ALL=C grep -q "[^ -~]" out'
run "$synfin" plot sequence good.yaml -o line.txt
check 'the ending of a file says the format' \
  eval 'status_is 0 && silent out && says line.txt "client > server: S 0:0(0)"'
run env PATH=/nowhere "$synfin" plot sequence good.yaml -o never.svg
check 'no gnuplot: what to install' eval 'status_is 3 && says err "gnuplot-nox" && [[ ! -e never.svg ]]'
check 'no gnuplot: what works without' says err '--format txt'
run env PATH=/nowhere "$synfin" run --quiet --out poor good.yaml
check 'run without gnuplot: one warning' \
  eval 'status_is 0 && [[ $(grep -c gnuplot err) == 1 && -s poor/standard/trace.jsonl ]]'

if ! command -v gnuplot >/dev/null; then
  echo "1..$n # no gnuplot: pictures are not tested"
  exit 0
fi

# Pictures.

for kind in sequence compare stevens window rtt states; do
  for file in good one-lost-segment reordering; do
    run "$synfin" plot $kind $file.yaml
    check "$kind of $file" eval 'status_is 0 && silent err && begins out "<?xml" && says out "</svg>"'
  done
done
for kind in sequence states rtt; do
  run "$synfin" plot $kind good.yaml -o scenario.svg
  run "$synfin" plot $kind "$trace" -o trace.svg
  check "$kind: the trace gives the same picture" cmp scenario.svg trace.svg
done
run "$synfin" plot compare "$trace" made/impatient/trace.jsonl -o traces.svg
run "$synfin" plot compare good.yaml -o variants.svg
check 'compare: two traces give the same picture' cmp traces.svg variants.svg
for format in svg png pdf; do
  run "$synfin" plot window one-lost-segment.yaml --format $format
  cp out first
  run "$synfin" plot window one-lost-segment.yaml -o second.$format
  check "$format: the same bytes, on standard output and in a file" eval 'status_is 0 && cmp first second.$format'
done
check 'a PDF' begins second.pdf %PDF
run "$synfin" plot stevens one-lost-segment.yaml --variant others-follow --absolute
check 'the title of the lesson' says out '<text>Sequence numbers over time: A segment with data is lost</text>'
check 'the title of the variant' says out 'others-follow: the same with more segments behind the lost one'
run "$synfin" plot rtt one-lost-segment.yaml --host server --conn 1
check 'another connection' says out 'server, connection 1, port 80 to port 49152'
run "$synfin" plot stevens one-lost-segment.yaml --lang zh
check 'in another language' eval 'status_is 0 && ! says out "Sequence numbers over time"'
run "$synfin" run --quiet --out spoken --pictures none --variant standard one-lost-segment.yaml
run "$synfin" plot sequence spoken/trace.jsonl --lang zh
check 'a trace knows its title in other languages' eval 'status_is 0 && silent err && says out 一个带数据的报文段丢失'
run "$synfin" plot sequence one-lost-segment.yaml --variant others-follow --paper slide -o page.svg
check 'several pages are several files' \
  eval '[[ -s page-1.svg && -s page-2.svg && ! -e page.svg ]] && says err "wrote page-2.svg"'
run "$synfin" plot sequence one-lost-segment.yaml --variant others-follow --paper slide -o -
check 'which standard output does not take' refused 'pages do not go to standard output as svg'
run "$synfin" plot sequence one-lost-segment.yaml --variant others-follow --paper slide --pages 1
check 'pages that are left out are told of' eval 'status_is 0 && says out "</svg>" && says err "left out; see --pages"'
run "$synfin" plot sequence one-lost-segment.yaml --variant others-follow --paper slide --format pdf -o pages.pdf
check 'a PDF has all pages' eval 'silent err && [[ -s pages.pdf ]]'
run "$synfin" plot rtt good.yaml -o nowhere/rtt.svg
check 'a folder that is not there' eval 'status_is 3 && says err nowhere/rtt.svg'

run "$synfin" run --quiet --out full good.yaml
check 'run --out draws' eval 'status_is 0 && silent err'
check 'run: sequence and states of each run' test -s full/standard/sequence.svg -a -s full/impatient/states.svg
check 'run: the comparison' test -s full/compare-impatient.svg
run "$synfin" run --quiet --out formats --pictures png,pdf --variant others-follow one-lost-segment.yaml
check 'run --pictures' test -s formats/stevens.png -a -s formats/stevens.pdf -a ! -e formats/stevens.svg
run "$synfin" run --quiet --out formats --pictures gif good.yaml
check 'run --pictures of an unknown kind' refused '--pictures is svg, png, pdf'
run "$synfin" run --pictures svg good.yaml
check 'run --pictures without --out' refused '--out'

echo "1..$n"
