#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Grading: the example in docs/, points, reports, and everything that students may hand in by mistake or on purpose.
# Usage: grade.sh SYNFIN
. "$(dirname "$0")/../support/check.sh"
example=$root/docs/examples/grading
export SYNFIN_LESSONS=$root/scenarios

# json EXPRESSION: is true; `r` is the JSON in out.
json() { python3 -c "import json, sys; r = json.load(open('out')); sys.exit(not ($1))"; }

# The example. In it, the first SYN-ACK is lost. The client's RTO of one second ends at 1 s, the server's at 1.05 s,
# when the second SYN arrives; so there are two SYNs, and the client's ACK at 1.1 s is the first segment after 1.05 s.
# Ada knows all that; Ben knows two of four. Ada loses two SYNs, at 0 s and 1 s, so that the third at 3 s opens the
# connection at 3.1 s; Ben's link is not his to change, and his one lost SYN only delays it to 1.1 s: he has the checks
# of weight 1 and 1, not that of weight 2.

run "$synfin" grade "$example/submissions"
check 'somebody has lost a point' status_is 1
check 'Ada has all points' says out 'ada  10 of 10 points'
check 'Ben has half of each' says out 'ben  5 of 10 points'
check 'what was not his to change is noted' says out 'note: slow.yaml:5: links.0.delay may not be changed'
check 'the right answers are not told' eval '! says out "client > server: ."'
cp out once
run "$synfin" grade "$example/submissions"
check 'grading twice gives the same bytes' same once out
run "$synfin" grade --lang zh "$example/submissions"
check 'in the language of the person' says out '让握手超过三秒'

run "$synfin" grade "$example/submissions/ada" --assignment "$example/assignment.yaml"
check 'one student with all points' status_is 0
check 'has no table' eval '[[ $(grep -c "^ada" out) == 1 ]]'

# Reports.

run "$synfin" grade "$example/submissions" --format gradescope
check 'Gradescope: a class is an object by student' json 'sorted(r) == ["ada", "ben"]'
check 'its scores are sums' json 'all(s["score"] == sum(t["score"] for t in s["tests"]) for s in r.values())'
check 'Ben has 2 of 4 and 3 of 6' \
  json '[(t["score"], t["max_score"], t["status"]) for t in r["ben"]["tests"]] == [(2, 4, "failed"), (3, 6, "failed")]'
check 'tests are visible' json 'all(t["visibility"] == "visible" for t in r["ada"]["tests"])'
run "$synfin" grade "$example/submissions" --format gradescope --out results
check 'with --out, a file per student' test -s results/ada.json -a -s results/ben.json -a ! -s out
run "$synfin" grade "$example/submissions/ben" --student me --assignment "$example/assignment.yaml" -f gradescope \
  --lang zh
check 'one student is results.json itself, in English' \
  json 'r["score"] == 5 and r["tests"][0]["name"] == "Say what will happen"'
run "$synfin" grade "$example/submissions" --format json
check 'JSON has all students' \
  json '[(s["student"], s["points"]) for s in r["students"]] == [("ada", 10), ("ben", 5)] and r["max_points"] == 10'
run "$synfin" grade "$example/submissions" --format junit
check 'JUnit is XML, with a suite per student' python3 -c "
import xml.etree.ElementTree as e
r = e.parse('out').getroot()
assert [(s.get('name'), s.get('tests'), s.get('failures')) for s in r] == [('ada', '7', '0'), ('ben', '7', '3')]"
run "$synfin" grade "$example/submissions" --format xml
check 'an unknown format' refused "unknown format 'xml'"

# Points: two of three checks of one point.

cat >assignment.yaml <<END
synfin-assignment: 1
title: Points
tasks:
  - name: thirds
    points: 1
    scenario: own.yaml
    hosts: [client, server]
    limits: {max-events: 2000}
    expect:
      - {name: right, errors: none}
      - {name: right too, state: {host: client, is: ESTABLISHED, at-end: yes}}
      - {name: wrong, segments: {from: client, flags: S, count: 9}}
END
mkdir -p class/eve
cat >class/eve/own.yaml <<END
synfin: 1
title: Mine
hosts: {client: {}, server: {}}
links: [{between: [client, server], delay: 50ms}]
script:
  server: [listen: 80, accept, wait: 1min]
  client: [connect: server:80, wait: 1min]
run: {until: 10s}
END
cp class/eve/own.yaml good.yaml
run "$synfin" grade class
check 'two thirds of a point are rounded down' says out 'eve  0.66 of 1 points'
run "$synfin" grade class --format json
check 'exactly so in JSON' says out '"points": 0.66,'

# What students cannot decide.

cat >>class/eve/own.yaml <<END
expect:
  - {name: nothing, segments: {from: client, count: 999}}
predict: [{nonsense: yes}]
variants: {broken: {set: {hosts: []}}}
END
sed -i 's/^run: .*/run: {until: 10s, max-events: 1, time-limit: 1ms}/' class/eve/own.yaml
run "$synfin" grade class
check "a student's expectations, questions, variants and limits do not count" says out 'eve  0.66 of 1 points'

# Wrong files in place of the right ones.

# worth POINTS MESSAGE: the grade of the file in class/eve.
worth() { status_is 1 && says out "eve  $1 of 1 points" && says out "$2" && silent err; }

rm class/eve/own.yaml
run "$synfin" grade class
check 'nothing' worth 0 'own.yaml: error: is missing'
echo 'a: [' >class/eve/own.yaml
run "$synfin" grade class
check 'no YAML' worth 0 'own.yaml:'
: >class/eve/own.yaml
run "$synfin" grade class
check 'an empty file' worth 0 'nothing in it'
echo '- 1' >class/eve/own.yaml
run "$synfin" grade class
check 'no mapping' worth 0 'found a list'
head -c 5000000 /dev/zero | tr '\0' '#' >class/eve/own.yaml
run "$synfin" grade class
check 'a huge file' worth 0 'own.yaml: error: is larger than 64 KiB'
printf 'synfin: 1\ntitle: \xff\n' >class/eve/own.yaml
run "$synfin" grade class
check 'no UTF-8' worth 0 'UTF-8'
sed 's/server: {}/sever: {}/; s/, server\]/, sever]/; s/server:80/sever:80/; s/  server: \[/  sever: [/' good.yaml \
  >class/eve/own.yaml
run "$synfin" grade class
check 'a host of another name' worth 0 "asks for a host 'server'"
sed 's/^run: .*/run: 5/' good.yaml >class/eve/own.yaml
run "$synfin" grade class
check 'a run that is no mapping' worth 0 'error'
sed 's/wait: 1min\]$/forever: [wait: 1us]]/; /^run:/d' good.yaml >class/eve/own.yaml
run "$synfin" grade class
check 'a run without an end' worth 0 'does not come to its end'
sed 's/connect: server:80, wait: 1min/forever: [option: {nodelay: yes}]/; /^run:/d' good.yaml >class/eve/own.yaml
run "$synfin" grade class
check 'a process that never waits' eval 'status_is 1'
rm class/eve/own.yaml
ln -s ../../good.yaml class/eve/own.yaml
run "$synfin" grade class
check 'a link to a file of somebody else' worth 0 'is a symbolic link'
rm class/eve/own.yaml
mkfifo class/eve/own.yaml
run "$synfin" grade class
check 'a pipe' worth 0 'is no file'
rm class/eve/own.yaml
mkdir class/eve/own.yaml
run "$synfin" grade class
check 'a folder' worth 0 'own.yaml: error'
rmdir class/eve/own.yaml
cp good.yaml class/eve/own.yaml
ln -s eve class/mallory
mkdir class/.git
run "$synfin" grade class
check 'a link to the folder of another student is no student' eval '! says out mallory'
check 'nor is a hidden folder' eval '! says out .git'
rm class/mallory
printf '%s\n' 'synfin-assignment: 1' 'title: t' \
  'tasks: [{name: x, points: 0, scenario: own.yaml, hosts: [client], expect: [errors: none]}]' \
  >class/eve/assignment.yaml
run "$synfin" grade class
check 'an assignment of the student does not count' says out 'eve  0.66 of 1 points'
run "$synfin" grade class/eve
check 'not even if their folder is graded alone' eval 'status_is 2 || says out "0.66 of 1"'

# Answers.

cat >assignment.yaml <<END
synfin-assignment: 1
title: Answers
tasks:
  - {name: q, points: 1, quiz: $example/handshake.yaml, answers: a.yaml, show-answers: yes}
END
answers() { printf 'synfin-answers: 1\n%s\n' "$1" >class/eve/a.yaml; }
answers 'answers: [SYN_RCVD, 2 segments, "ACK", estab]'
run "$synfin" grade class
check 'flags alone do not say whose segment it is' worth 0.75 'does not say who sends to whom'
answers 'answers: [SYN_RCVD, 2 segments, client > server: ack, estab]'
run "$synfin" grade class
check 'answers are read with tolerance' eval 'status_is 0 && says out "eve  1 of 1 points"'
answers 'answers: [SYN-SENT, ~, none]'
run "$synfin" grade class
check 'show-answers tells what is right' worth 0 'expected  SYN-RECEIVED'
check 'no answer is told as such' says out 'no answer'
answers 'answers: {standard: [SYN-RECEIVED, 2]}'
run "$synfin" grade class
check 'fewer answers than questions' worth 0.5 'no answer'
answers 'answers: {standrad: [SYN-RECEIVED, 2]}'
run "$synfin" grade class
check 'answers about no run of it' worth 0 'no answer'
answers 'lesson: four-segments
answers: [SYN-RECEIVED]'
run "$synfin" grade class
check 'answers about something else' worth 0 "are about 'four-segments'"
answers 'answers: [[a]]'
run "$synfin" grade class
check 'what is no answer' worth 0 'a.yaml:2:11: error: expected an answer, found a list'
answers 'anwsers: []'
run "$synfin" grade class
check 'a wrong key' worth 0 "did you mean 'answers'?"

# Names that are not UTF-8: in a report they differ from each other, and from a name that looks like them.

mkdir $'class/zo\xeb' $'class/zo\xe8' 'class/zo\xEB' $'class/zo\a'
run "$synfin" grade class --format gradescope
check 'students whose names are not UTF-8 are in the JSON' \
  json 'sorted(r) == ["eve", "zo\\x07", "zo\\x5CxEB", "zo\\xE8", "zo\\xEB"]'
run "$synfin" grade class --format gradescope --out odd
check 'and each has a file' eval '[[ $(ls odd | wc -l) == 5 ]]'
rm -r class/zo*

# Wrong assignments.

rm assignment.yaml
run "$synfin" grade class
check 'none' refused 'There is no assignment.yaml beside'
run "$synfin" grade class --assignment nowhere.yaml
check 'one that is not there' refused 'nowhere.yaml: error: can not be read'
run "$synfin" grade nowhere
check 'no submissions' refused 'nowhere'
run "$synfin" grade
check 'no directory' refused 'which submissions?'
run "$synfin" grade class --class --student eve --assignment "$example/assignment.yaml"
check 'a class that is a student' refused 'exclude each other'

# wrong LINE MESSAGE: an assignment with these tasks is refused, with this message.
wrong() {
  printf 'synfin-assignment: 1\ntitle: t\ntasks:\n  - {%s}\n' "$1" >assignment.yaml
  run "$synfin" grade class
  check "wrong: $2" refused "$2"
}
own='name: x, points: 1, scenario: own.yaml'
wrong 'name: x, points: 1' 'assignment.yaml:4:5: error: a task has either `quiz`'
wrong "$own, hosts: [client], expct: []" "did you mean 'expect'?"
wrong "$own, hosts: [client], expect: []" 'nothing is expected'
wrong "$own, hosts: [client], expect: [{state: {host: clent, is: CLOSED, at: 0s}}]" \
  "assignment.yaml:4:87: error: unknown host 'clent'; did you mean 'client'?"
wrong "$own, hosts: [client], expect: [{errors: none, weight: 0}]" 'out of range; it must be 1 to 1000'
wrong "$own, expect: [errors: none]" 'either a `base` or a list of `hosts`'
wrong "$own, base: three-way, expect: [errors: none]" '`base` and `may-change` belong together'
wrong "$own, base: thre-way, may-change: [faults], expect: [errors: none]" "there is no lesson 'thre-way'"
wrong "$own, base: three-way, may-change: [fautls], expect: [errors: none]" "did you mean 'faults'?"
wrong 'name: x, points: 1.234, scenario: own.yaml, hosts: [client], expect: [errors: none]' \
  'expected points, such as 3, 2.5 or 0.25'
wrong 'name: x, points: -1, scenario: own.yaml, hosts: [client], expect: [errors: none]' 'expected points'
wrong 'name: x, points: 1, scenario: ../own.yaml, hosts: [client], expect: [errors: none]' \
  'is no name of a file in the folder of a student'
wrong "$own, hosts: [client], limits: {max-events: 1000000000}, expect: [errors: none]" 'out of range'
wrong "name: x, points: 1, quiz: $root/tests/scenarios/refused.yaml, answers: a.yaml" 'asks nothing'
wrong "name: x, points: 1, quiz: $example/handshake.yaml, variants: [fast], answers: a.yaml" \
  "unknown variant with questions 'fast'"
wrong "$own, hosts: [client], visibility: none, expect: [errors: none]" "unknown visibility 'none'"
wrong "$own, hosts: [client], expect: [errors: none]}
  - {$own, hosts: [client], expect: [errors: none]" "two tasks are called 'x'"

echo "1..$n"
