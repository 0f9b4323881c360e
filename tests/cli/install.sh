#!/bin/bash
# SPDX-License-Identifier: MIT
#
# An installation works without the source and the build, and after it was moved.
# Usage: install.sh BUILD
build=$(realpath "$1")
. "$(dirname "$0")/../support/check.sh"

unset SYNFIN_LESSONS
run meson install -C "$build" --no-rebuild --destdir "$dir/stage"
check 'it is installed' status_is 0
program=$(find stage -path '*/bin/synfin')
mv "${program%/bin/synfin}" moved
synfin=$dir/moved/bin/synfin

run "$synfin" run --quiet three-way
check 'a lesson is found by its name' status_is 0
run "$synfin" check late-data --format tap
check 'and checked under it' says out 'late-data'
run "$synfin" run thre-way
check 'a name that is nearly one has a suggestion' says err "did you mean 'three-way'?"
check 'which is wrong input' status_is 2
run "$synfin" lessons
check 'the lessons are listed' says out 'three-way'
run "$synfin" lessons three-way
check 'the file shown is the installed one' says out "$dir/moved/share/synfin/scenarios/handshake/three-way.yaml"
run env LC_ALL=C.UTF-8 "$synfin" lessons --lang zh
check 'in Chinese, too' says out '建立连接'
check 'the completion for bash is there' test -f moved/share/bash-completion/completions/synfin

mkdir -p mine/topic
cp moved/share/synfin/scenarios/handshake/three-way.yaml mine/topic/own.yaml
run env SYNFIN_LESSONS="$dir/mine" "$synfin" run --quiet own
check 'SYNFIN_LESSONS names other lessons' status_is 0
run env SYNFIN_LESSONS="$dir/nowhere" "$synfin" run own
check 'a folder that is not there is named' says err "$dir/nowhere"

echo "1..$n"
