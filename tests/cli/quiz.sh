#!/bin/bash
# SPDX-License-Identifier: MIT
#
# The quiz: questions, answers from a pipe and from a file, the results; and the list of lessons.
# Usage: quiz.sh SYNFIN
. "$(dirname "$0")/../support/check.sh"
export SYNFIN_LESSONS=$root/scenarios

# quiz ANSWERS ARGUMENT...: runs a quiz; the answers, one a line, come from a pipe.
quiz() {
  local answers=$1
  shift
  printf '%b' "$answers" | "$synfin" quiz "$@" >out 2>err
  status=$?
}

# See tests/cli/grade.sh for the answers.
cp "$root/docs/examples/grading/handshake.yaml" h.yaml
right='SYN-RECEIVED\n2\nclient > server: ACK\nESTABLISHED\n'

quiz "$right" h.yaml
check 'all right' status_is 0
check 'the questions are asked' says out '1. In which state is the server at 1 s?'
check 'with what an answer looks like' says out '(a state such as SYN-RECEIVED)'
check 'what happens is told before' says out 'faults  {drop: {from: server, flags: S., nth: 1}}'
check 'the run is shown' says out 'server > client: S. 0:0(0) ack 1'
line_of() { grep -n "$1" out | head -n 1 | cut -d: -f1; }
check 'after the questions' eval '(( $(line_of "ESTABLISHED │") > $(line_of "^4. In which") ))'
check 'why is told' says out 'It sent its SYN-ACK at 50 ms'
check 'and how many were right' says out '4 of 4 right'
quiz "$right" h.yaml --lang zh
check 'in Chinese, too' says out '在 1 s 时，服务器处于什么状态？'

quiz 'SYN-SENT\n\nwhat\nestab\n' h.yaml --save mine.yaml
check 'a wrong answer' status_is 1
check 'is told beside the right one' says out 'wrong: you say SYN-SENT; it is SYN-RECEIVED'
check 'so is none' says out 'not answered; it is 2'
check 'what cannot be read is wrong' says out 'you say what'
check 'one is right' says out '1 of 4 right'
run "$synfin" quiz h.yaml --answers mine.yaml
check 'what was saved can be read' says out '1 of 4 right'
check 'and nothing is asked' eval '! grep -q "^> " out'

quiz 'SYN-RECEIVED\n2\n' h.yaml
check 'the answers may end early' says out 'The answers end here.'
check 'what was answered counts' says out '2 of 4 right'
check 'but not all was right' status_is 1
quiz '' h.yaml
check 'without any answer nothing is told' eval '! says out "it is SYN-RECEIVED"'
check 'that is polite' eval '[[ $status == 1 ]] && silent err'
printf 'SYN-RECEIVED\n2' | "$synfin" quiz h.yaml --save cut.yaml >out 2>err
check 'the last line may lack its end' says out '2 of 4 right'
printf '\033[2J"\\\xff\n' | "$synfin" quiz h.yaml --save odd.yaml >out 2>err
check 'nothing typed drives the terminal' eval '! grep -q "$(printf "\033")" out'
run "$synfin" quiz h.yaml --answers odd.yaml
check 'and it can be saved and read' eval 'status_is 1 && silent err'

# Variants.

sed 's/^run: .*/&\nvariants:\n  clean:\n    title: Nothing is lost\n    set: {faults: []}\n    predict:'\
'\n      - {ask: How many SYNs now?, segments: {from: client, flags: S}}/' h.yaml >v.yaml
quiz "${right}1\n" v.yaml --save both.yaml
check 'a variant asks its own questions' says out '5 of 5 right'
check 'after its heading' says out 'Variant clean: Nothing is lost'
check 'the answers are saved by variant' says both.yaml '  clean:'
quiz '1\n' v.yaml --variant clean
check 'one variant alone' says out '1 of 1 right'

# Wrong use.

run "$synfin" quiz
check 'no scenario' refused 'which scenario?'
run "$synfin" quiz thre-way
check 'a name that is nearly one' refused "did you mean 'three-way'?"
cp "$root/tests/scenarios/refused.yaml" .
run "$synfin" quiz refused.yaml
check 'a scenario that asks nothing' refused 'asks nothing'
echo 'synfin-answers: 2' >bad.yaml
run "$synfin" quiz h.yaml --answers bad.yaml
check 'a bad file of answers' refused 'bad.yaml:1:17: error: expected 1'
run "$synfin" quiz h.yaml --answers nowhere.yaml
check 'none' refused 'nowhere.yaml: error: can not be read'
sed 's/^lesson: .*/lesson: other/' mine.yaml >other.yaml
run "$synfin" quiz h.yaml --answers other.yaml
check 'answers to other questions' refused "these answers are about 'other', not 'h.yaml'"
sed 's/^  standard:/  "two words":/' mine.yaml >words.yaml
run "$synfin" quiz h.yaml --answers words.yaml
check 'answers about what cannot be a variant' refused 'words.yaml:4:3: error: a name is made of letters'
sed 's/final: client/final: clent/' h.yaml >bad.yaml
run "$synfin" check bad.yaml
check 'a bad question is found when the scenario is loaded' says err "unknown host 'clent'; did you mean 'client'?"

# Lessons.

run "$synfin" lessons
check 'lessons are listed with their questions' grep -q '^  stale-duplicate-syn  *Why does it take three segments' out
check 'by topic' grep -qx 'Closing a connection' out
check 'within the width' eval '! grep -qE ".{101}" out'
run "$synfin" lessons --lang zh
check 'in Chinese, too' grep -qx '建立连接' out
run "$synfin" lessons late-data
check 'one lesson has its variants' says out 'no-time-wait'
check 'its sections' says out 'RFC 9293 section'
check 'and how to run it' says out 'synfin run late-data --variant'
cp out once
run "$synfin" lessons show late-data
check 'show may be said' same once out
run "$synfin" lessons laet-data
check 'an unknown lesson' refused "did you mean 'late-data'?"
run "$synfin" lessons three-way late-data
check 'two lessons' refused 'one lesson at a time'
run "$synfin" lessons --names
check 'only the names' grep -qx 'late-data' out
run env SYNFIN_LESSONS="$dir" "$synfin" lessons
check 'a folder without a course' refused 'course.yml: error: can not be read'
mkdir -p bad
printf 'synfin-course: 1\ntopics: [{name: x, titel: y, lessons: []}]\n' >bad/course.yml
run env SYNFIN_LESSONS="$dir/bad" "$synfin" lessons
check 'a bad course' refused "did you mean 'title'?"
printf 'synfin-course: 1\ntopics: [{name: x, title: y, lessons: [ghost]}]\n' >bad/course.yml
run env SYNFIN_LESSONS="$dir/bad" "$synfin" lessons
check 'a lesson that is not there' refused 'ghost: error: course.yml lists this lesson'

echo "1..$n"
