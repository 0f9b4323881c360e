#!/bin/bash
# SPDX-License-Identifier: MIT
#
# The shipped lessons: each is complete, is listed in their README, and notices a wrong run: every variant must fail
# the expectations of the standard run.
# (That their expectations hold is the test `lessons`: synfin check.)
# Usage: scenarios.sh SYNFIN
. "$(dirname "$0")/../support/check.sh"
lessons=$root/scenarios

# Removes the expectations of the variants, so that those of the standard run apply to them.
without_expectations_of_variants() {
  awk '/^variants:/ { variants = 1 }
       variants && /^    expect:/ { skip = 1; next }
       skip && /^      / { next }
       { skip = 0; print }' "$1"
}

# Every lesson.

has_all_parts() {
  local key
  for key in title asks rfc explain expect; do
    grep -q "^$key:" "$1" || return 1
  done
}

# Prints the variants of the file.
variants() { "$synfin" check --format tap "$1" | sed -nE 's/^(not )?ok [0-9]+ - .* \(([a-z0-9-]+)\)$/\2/p'; }

bent=0
while IFS= read -r file; do
  name=${file#"$lessons"/}
  rm -f out
  check "$name has a title, a question, sections, an explanation and expectations" has_all_parts "$file"
  [[ $name == sweeps/* ]] || check "$name is in the README" says "$lessons/README.md" "($name)"
  while IFS= read -r variant; do
    without_expectations_of_variants "$file" >bent.yaml
    "$synfin" run --quiet --variant "$variant" bent.yaml >out 2>&1
    status=$?
    check "$name: $variant does not do what the standard run does" status_is 1
    bent=$((bent + 1))
  done < <(variants "$file")
done < <(find "$lessons" -name '*.yaml' | sort)
some lessons 0
check 'there are variants' test "$bent" -gt 0

# The order of lessons is the same in the course, on the page, and on the page in Chinese.

# The files in the tables of a page.
on_page() { grep -o '([a-z]*/[a-z0-9-]*\.yaml) |$' "$1"; }

# The files of the course, in the same form.
in_course() { awk '/^  - name:/ { topic = $3 } /^      - / { print "(" topic "/" $2 ".yaml) |" }' "$1"; }

in_course "$lessons/course.yml" >out
check 'the course has lessons' test -s out
rm out
check 'the course and the README have the same lessons in the same order' \
  diff <(in_course "$lessons/course.yml") <(on_page "$lessons/README.md")
check 'so has the README in Chinese' diff <(on_page "$lessons/README.md") <(on_page "$lessons/README.zh.md")

# A wrong expectation.

sed 's/is: SYN-RECEIVED, entered: 50ms, left: 150ms/is: SYN-RECEIVED, entered: 50ms, left: 151ms/' \
  "$lessons/handshake/three-way.yaml" >wrong.yaml
"$synfin" check wrong.yaml >out 2>&1
status=$?
check 'a wrong time fails' status_is 1
check 'the check that fails is named' says out 'FAIL  the server is unsure from 50 ms to 150 ms'
check 'what was expected is shown' grep -qE 'expected .*151 ?ms' out
check 'and what was seen beside it' grep -qE 'seen .*150 ?ms' out
check 'with the reason' says out 'because   RFC 9293 section 3.10.7.2'
check 'the other checks hold' says out '4 of 5'

sed 's/client: \[CLOSED, SYN-SENT, ESTABLISHED\]/client: [CLOSED, SYN-SENT, SYN-RECEIVED]/' \
  "$lessons/handshake/three-way.yaml" >wrong.yaml
"$synfin" check wrong.yaml >out 2>&1
status=$?
check 'a wrong path of states fails' status_is 1
check 'the path that was expected is shown' grep -q 'expected .*SYN-SENT, SYN-RECEIVED' out
check 'and the path that was seen beside it' grep -q 'seen .*SYN-SENT, ESTABLISHED' out

sed 's/1:1(0) ack 1"$/1:2(1) ack 1"/' "$lessons/handshake/three-way.yaml" >wrong.yaml
"$synfin" check wrong.yaml >out 2>&1
status=$?
check 'a wrong segment fails' status_is 1
check 'the segment that was expected is shown' grep -q 'expected .*1:2(1) ack 1' out
check 'and the segment that was seen beside it' grep -q 'seen .*1:1(0) ack 1' out

"$synfin" check --format tap wrong.yaml >out 2>&1
check 'the TAP report has a failure' grep -q '^not ok' out

echo "1..$n"
