#!/bin/bash
# SPDX-License-Identifier: MIT
#
# The documentation is right: its scenarios hold, its fragments load, messages and timelines come out as quoted, and
# links lead somewhere.
# Usage: docs.sh SYNFIN
. "$(dirname "$0")/../support/check.sh"

loads() { [[ $status == 0 || $status == 1 ]]; }

# shown BLOCK LEFT-OUT: the output has every line of BLOCK, except commands and lines that match the pattern LEFT-OUT.
shown() {
  local line compared=0
  while IFS= read -r line; do
    # shellcheck disable=SC2053
    [[ $line == '$ '* || $line == $2 ]] && continue
    says out "$line" || return 1
    compared=$((compared + 1))
  done <"$1"
  [[ $compared -gt 0 ]]
}

# blocks FILE LANGUAGE: writes each fenced block of the page to its own file, named by its line.
blocks() {
  awk -v language="$2" -v page="$(basename "$1" .md)" '
    /^```/ { inside = !inside; wanted = inside && $0 == "```" language
             file = sprintf("%s-%03d.block", page, NR + 1); next }
    wanted { print >file }' "$1"
}

# Completes a fragment with the sections that it does not have.
complete() {
  echo 'synfin: 1'
  grep -q '^title:' "$1" || echo 'title: A fragment of the documentation'
  grep -q '^hosts:' "$1" || echo 'hosts: {client: {}, server: {}}'
  if grep -q '\[r, server\]' "$1"; then
    echo 'routers: [r]'
  elif grep -q '^  buggy:' "$1"; then
    echo 'links: [{between: [client, server]}, {between: [buggy, server]}]'
  else
    echo 'links: [{between: [client, server], name: uplink, delay: 50ms}]'
  fi
  cat "$1"
}

# Scenarios and fragments.

for page in docs/scenario.md docs/writing-scenarios.md README.md README.zh.md; do
  blocks "$root/$page" yaml
done
whole=0 fragments=0
for block in *.block; do
  grep -q '^[a-z]' "$block" || continue
  if grep -q '^synfin:' "$block"; then
    cp "$block" whole.yaml
    run "$synfin" check whole.yaml
    check "$block is a scenario that holds" status_is 0
    check "$block draws no warning" test ! -s err
    whole=$((whole + 1))
  else
    complete "$block" >fragment.yaml
    run "$synfin" check fragment.yaml
    check "$block loads" loads
    fragments=$((fragments + 1))
  fi
done
check 'there are scenarios and fragments' test "$whole" -gt 0 -a "$fragments" -gt 0

# The assignment of the page on grading, with a submission that has the answers of the page.

blocks "$root/docs/grading.md" yaml
mkdir -p submission
cp "$(grep -l '^synfin-assignment:' grading-*.block)" assignment.yaml
cp "$(grep -l '^synfin-answers:' grading-*.block)" submission/three-way.yaml
run "$synfin" grade submission --student somebody --assignment assignment.yaml
check 'the assignment of the page is one, and so are its answers' says out 'somebody'

# The guide grows one scenario, block by block.

for part in asks variants predict; do
  cat "$(grep -l "^$part:" writing-scenarios-*.block)"
done >request.yaml
run "$synfin" check request.yaml
check 'the scenario of the guide and its variants hold' status_is 0
sed 's/delay:/dealy:/' "$(grep -l '^title: The request is lost' writing-scenarios-*.block | head -n 1)" >request.yaml
run "$synfin" run request.yaml
check 'the diagnostic of the guide is what comes out' says err \
  "$(grep -m 1 '^request.yaml:' "$root/docs/writing-scenarios.md")"

# The example of the page on sweeps.

blocks "$root/docs/sweeps.md" yaml
check 'the scenario of the page on sweeps is the example' \
  diff "$(grep -l '^synfin:' sweeps-*.block)" "$root/docs/examples/request.yaml"
run "$synfin" sweep "$root/docs/examples/request.yaml" --db sweep.sqlite
check 'it can be swept' status_is 0
blocks "$root/docs/sweeps.md" ''
check 'every line of its table comes out' \
  shown "$(grep -l '^\$ build/cli/synfin sweep' sweeps-*.block)" '@(*…*…|* … |  …)'

# Steps of a script: the codes in the first column of their table.

sed -n '/^| step |/,/^$/p' "$root/docs/scenario.md" | awk -F'|' 'NR > 2 { print $2 }' | grep -o '`[^`]*`' | tr -d '`' |
  while IFS= read -r step; do
    case $step in
      accept | shutdown | close | abort | stop-listening) echo "$step" ;;
      *'[steps]') echo "${step/\[steps\]/[receive: eof, close]}" ;;
      *) echo "$step" ;;
    esac
  done >steps
before=$n
while IFS= read -r step; do
  {
    echo 'synfin: 1'
    echo 'title: One step'
    echo 'hosts: {client: {}, server: {}}'
    echo 'links: [{between: [client, server], delay: 50ms}]'
    echo 'run: {until: 10s}'
    echo 'script:'
    echo '  client:'
    echo "    - $step"
  } >step.yaml
  run "$synfin" run --quiet step.yaml
  check "the step '$step' loads" loads
done <steps
some steps "$before"

# Quoted messages.

message() { grep -m 1 -F -- "$1" "$root/docs/scenario.md"; }

sed 's/{msl: 30s}/{mls: 30s}/' "$(grep -l '^title: The SYN-ACK is lost' scenario-*.block)" >lost.yaml
run "$synfin" run lost.yaml
check 'the diagnostic of the page is what comes out' says err "$(message 'lost.yaml:')"
sed -i 's/mls:/msl:/' lost.yaml
run "$synfin" run --set hosts.server.tcp.mls=30s lost.yaml
check 'so is that of --set' says err "$(message "--set hosts.server.tcp.mls=30s: error")"

# The timelines of the front pages: after `$` the command, below it lines of its output.

for page in README README.zh; do
  blocks "$root/$page.md" ''
  timeline=$(grep -l '^\$ build/cli/synfin run' "$page"-*.block)
  read -r -a command < <(sed -n "s|^\$ build/cli/synfin ||; s|scenarios/|$root/&|p" "$timeline")
  run "$synfin" "${command[@]}"
  check "every line of the timeline in $page.md comes out" shown "$timeline" '*…*'
done

# Lessons that the pages for classes name: after a command, or in the last column of a table.

for page in tutorial instructors; do
  before=$n
  while read -r lesson; do
    run "$synfin" lessons "$lesson"
    check "docs/$page.md names a lesson: $lesson" status_is 0
  done < <({
    grep -oP 'synfin (quiz|run|lessons) \K[a-z0-9]+(-[a-z0-9]+)*(?![.a-z0-9-])' "$root/docs/$page.md"
    grep -oE '\| [a-z0-9]+(-[a-z0-9]+)*(, [a-z0-9-]+)*(: [^|]*)? \|$' "$root/docs/$page.md" |
      sed 's/: .*//; s/[|,]/ /g' | tr -s ' ' '\n'
  } | grep -vE '^(lessons?)?$' | sort -u)
  some "lessons in docs/$page.md" "$before"
done

# The first ten minutes: what the front page tells a newcomer to do to a lesson.

cp "$root/scenarios/handshake/lost-syn.yaml" mine.yaml
run "$synfin" check mine.yaml
check 'the lesson of the first ten minutes holds' status_is 0
sed -i 's/nth: 1/nth: [1, 2]/' mine.yaml
run "$synfin" check mine.yaml
check 'and one changed number changes its verdict' status_is 1
check 'which says what came instead' says out 'seen      3 segments, sent at 0s, 1s, 3s'

# Links between the pages.

before=$n
for page in $(cd "$root" && echo *.md docs/*.md scenarios/*.md models/tcp/*.md); do
  while IFS= read -r target; do
    check "$page leads to $target" test -e "$root/$(dirname "$page")/${target%%#*}"
  done < <(cd "$root" && grep -o '](\([^)#:]*\)[^):]*)' "$page" | sed 's/^](//; s/)$//; s/#.*//; /^$/d' | sort -u)
done
some links "$before"

echo "1..$n"
