#!/bin/bash
# SPDX-License-Identifier: MIT
#
# The program from outside: exit statuses, what goes where, and that the same command gives the same bytes.
# Usage: cli.sh SYNFIN
. "$(dirname "$0")/../support/check.sh"
scenarios=$root/tests/scenarios

cp "$scenarios/lost_syn_ack.yaml" good.yaml
cp "$scenarios/refused.yaml" refused.yaml
sed 's/200ms, 600ms/200ms, 700ms/' good.yaml >fails.yaml
sed 's/delay: 50ms/dellay: 50ms/' good.yaml >bad.yaml
sed '/^expect:/,$d' good.yaml >nothing.yaml
sed 's/^expect:/run: {time-limit: 1s}\nexpect:/' good.yaml >endless.yaml
sed 's/from: server, flags: S., nth: 1/from: server, flags: R, nth: 1/' nothing.yaml >idle.yaml

# The program itself.

run "$synfin"
check 'no command is wrong usage' refused 'Usage: synfin COMMAND'
run "$synfin" --help
check '--help' status_is 0
check '--help lists the commands' says out 'run scenarios as tests'
run "$synfin" --version
check '--version' grep -qxE 'synfin [0-9]+\.[0-9]+\.[0-9]+' out
for arguments in '--help --lang zh' '--lang=zh --help' 'help --lang zh' '--lang zh help'; do
  # shellcheck disable=SC2086
  run "$synfin" $arguments
  check "$arguments" eval 'status_is 0 && says out "--version" && silent err'
done
run "$synfin" help
check 'help is --help' says out 'run scenarios as tests'
run "$synfin" run --help
cp out run.help
run "$synfin" help run
check 'help of a command' cmp out run.help
run "$synfin" --lang zh run --help
cp out zh
run "$synfin" run --lang zh --help
check 'a language before the command is one behind it' cmp out zh
run "$synfin" --lang zh --version
check '--version in any language' grep -qxE 'synfin [0-9]+\.[0-9]+\.[0-9]+' out
run "$synfin" --lang fr --help
check 'a language that nobody speaks here' refused "--lang is en or zh, not 'fr'"
run "$synfin" --lang
check 'no language' refused 'Missing argument for --lang'
run "$synfin" --quiet run
check 'an option of a command before it' refused 'Unknown option --quiet'
run "$synfin" help chekc
check 'help of an unknown command' refused "did you mean 'check'?"
run "$synfin" chekc
check 'an unknown command has a suggestion' refused "did you mean 'check'?"
for command in run check knobs; do
  run "$synfin" $command --help
  check "$command --help" eval 'status_is 0 && says out "synfin $command" && silent err'
  run "$synfin" $command --nonsense
  check "$command --nonsense" refused 'Unknown option --nonsense'
done

# run

run "$synfin" run good.yaml
check 'run: all holds' status_is 0
check 'run: nothing on standard error' silent err
check 'run: the question' says out 'What happens if the second of the three segments is lost?'
check 'run: the timeline' says out 'client > server: S 0:0(0)'
check 'run: the verdicts' says out '7 of 7 expectations hold'
check 'run: the variant' says out 'Variant impatient: the same with an initial RTO of 200 ms'
check 'run: what it sets' says out 'with hosts.client.tcp.rto-initial: 200ms'
check 'run: no colour in a file' eval '! grep -q "$(printf "\033")" out'
cp out first
run "$synfin" run good.yaml
check 'run: the same bytes twice' cmp out first
run "$synfin" run --out blocked "$scenarios/blocked_send.yaml"
check 'run: a send that waits has its text, and is no error' status_is 0
check 'run: the timeline says that it waits' says out 'send "abcdefghijklmnopqrstuvwxyz" waits: 4 B taken'
check 'run: the capture has its text' grep -qaF 'efgh' blocked/capture.pcapng
run "$synfin" run --out self "$scenarios/model/self.yaml"
check 'run: of a host that talks to itself, the first SYN arrives where no connection is' \
  grep -q '"kind":"arrive","host":"one","conn":0,"segment":{"id":1,' self/trace.jsonl
# On a terminal of 160 columns: the width of the widest line of the diagram, and of the question.
cat >terminal.py <<'END'
import fcntl, os, pty, struct, sys, termios
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 160, 0, 0))
    os.execvp(sys.argv[1], sys.argv[1:])
text = b""
try:
    while chunk := os.read(fd, 65536):
        text += chunk
except OSError:
    pass
lines = text.decode().splitlines()
print(*(max(len(line) for line in lines if mark in line) for mark in ("│", "why")))
END
sed "s/^asks: .*/asks: $(printf 'why %.0s' {1..60})/; /^expect:/,\$d" good.yaml >long.yaml
LC_ALL=C.UTF-8 run python3 terminal.py "$synfin" run --color never long.yaml
read -r diagram text <out
check 'run: the diagram grows with the terminal' test "$diagram" -gt 120
check 'run: text stays readable' test "$text" -le 100
run "$synfin" run --color always good.yaml
check 'run --color always' grep -q "$(printf '\033')" out
run "$synfin" run --ascii good.yaml
check 'run --ascii' eval '! LC_ALL=C grep -q "[^ -~]" out'
run "$synfin" run --variant impatient good.yaml
check 'run --variant' eval 'status_is 0 && says out "2 of 2" && ! says out "7 of 7"'
run "$synfin" run --variant standard good.yaml
check 'run --variant standard' eval 'status_is 0 && says out "7 of 7" && ! says out "2 of 2"'
run "$synfin" run --variant impatiens good.yaml
check 'run: an unknown variant' refused "did you mean 'impatient'?"
run "$synfin" run --no-timeline good.yaml
check 'run --no-timeline' eval 'status_is 0 && says out "7 of 7" && ! says out "│"'
run "$synfin" run --quiet good.yaml
check 'run --quiet' eval 'status_is 0 && silent out && silent err'
run "$synfin" run --set hosts.client.tcp.rto-initial=3s --variant standard good.yaml
check 'run --set' eval 'status_is 1 && says out "2 segments, sent at 0s, 1s"'
run "$synfin" run --set hosts.client.tcp.rto-initial=3 good.yaml
check 'run: a wrong --set' refused 'error: '
run "$synfin" run --set nonsense good.yaml
check 'run: a --set without =' refused 'error: '
run "$synfin" run --seed x good.yaml
check 'run: a wrong --seed' refused '--seed is a number'
run "$synfin" run --color sometimes good.yaml
check 'run: a wrong --color' refused '--color is auto'
run "$synfin" run --to 5 good.yaml
check 'run: a wrong --to' refused "--to: '5'"
run "$synfin" run good.yaml refused.yaml
check 'run: two files' refused 'one scenario at a time'
run "$synfin" run
check 'run: no file' refused 'which scenario?'
run "$synfin" run none.yaml
check 'run: no such file' refused 'none.yaml'
run "$synfin" run bad.yaml
check 'run: a wrong scenario' refused "bad.yaml:14:33: error: unknown key 'dellay' in link; did you mean 'delay'?"
check 'run: its line is shown' says err '{between: [client, server], dellay: 50ms}'
run "$synfin" run fails.yaml
check 'run: an expectation fails' status_is 1
check 'run: what was seen' says out '3 segments, sent at 0s, 200ms, 600ms'
run "$synfin" run nothing.yaml
check 'run: nothing is expected' eval 'status_is 0 && says out "nothing is expected of this run"'
{
  sed '/^script:/,$d' good.yaml
  echo 'run: {max-events: 1000}'
  echo 'script: {client: [forever: [option: {nodelay: yes}]]}'
} | sed '/^faults:/,/^[a-z]/{/^faults:/d; /^ /d}' >busy.yaml
run "$synfin" run --no-timeline --out busy busy.yaml
check 'a program that never waits comes to the limit on events' status_is 1
check 'which is said' says out '1000 events (run: max-events)'
check 'and not much later than others' test "$(wc -l <busy/trace.jsonl)" -le 1100

{
  cat nothing.yaml
  echo 'variants:'
  for ((i = 0; i <= 1000; i++)); do echo "  v$i: {}"; done
} >many.yaml
run "$synfin" check many.yaml
check 'too many variants are wrong' eval 'status_is 2 && says err "more than 1000 variants"'

run "$synfin" run endless.yaml
check 'run: a limit is a failure' eval 'status_is 1 && says out "the run comes to its end" && says out "time-limit"'
run "$synfin" run idle.yaml
check 'run: a fault that finds nothing is a warning' eval 'status_is 0 && says err "idle.yaml:" && says err "warning: "'

run "$synfin" run --out '' good.yaml
check 'run: --out without a name is wrong usage' refused '--out needs the name of a directory'
run "$synfin" run --from 2s --to 1s good.yaml
check 'run: an empty part of the timeline is wrong usage' refused '--from lies behind --to'

# File names that are not UTF-8.

cp good.yaml $'caf\xe9 \e[31m.yaml'
run "$synfin" check --format json $'caf\xe9 \e[31m.yaml'
check 'check: JSON of a file whose name is not UTF-8' python3 -c 'import json
assert all(r["file"] == "caf\ufffd  [31m.yaml" for r in json.load(open("out", encoding="utf-8"))["results"])'
run "$synfin" check $'caf\xe9 \e[31m.yaml'
check 'check: no name of a file drives the terminal' eval 'status_is 0 && ! grep -q $(printf "\033") out'
run "$synfin" run -q --out latin $'caf\xe9 \e[31m.yaml'
check 'run: nor are its files anything but UTF-8' \
  iconv -f UTF-8 -t UTF-8 -o /dev/null latin/standard/{trace.jsonl,summary.json}

# run --out

run "$synfin" run --out files --quiet good.yaml
check 'run --out' status_is 0
for file in trace.jsonl capture.pcapng summary.json timeline.txt; do
  check "run --out: standard/$file" test -s "files/standard/$file"
  check "run --out: impatient/$file" test -s "files/impatient/$file"
done
run "$synfin" run --out again --quiet good.yaml
check 'run --out: the same bytes twice' diff -r files again
run "$synfin" run --out one --variant impatient good.yaml
check 'run --out: one variant needs no folder' test -s one/summary.json
run "$synfin" run --out bad bad.yaml
check 'run --out: wrong input writes nothing' test ! -e bad
run "$synfin" run --out good.yaml/x good.yaml
check 'run --out: a place that cannot be' status_is 3

# The line numbers of a verdict are those of the trace.
line=$(sed -n 's/.*"line": \([0-9]*\),.*/\1/p' files/standard/summary.json | sed -n 2p)
check 'the lines of a verdict are in the trace' \
  eval "sed -n ${line}p files/standard/trace.jsonl | grep -q 'client > server: S 0:0(0)'"

# check

mkdir -p tree/b tree/a
cp good.yaml tree/b/1.yaml
cp refused.yaml tree/a/2.yaml
cp refused.yaml tree/z.yaml
run "$synfin" check tree
check 'check: all holds' eval 'status_is 0 && silent err && says out "4 of 4 runs as expected"'
check 'check: in the order of the names' \
  eval '[[ $(grep -o "tree/[^ ]*.yaml" out | uniq | tr "\n" " ") == "tree/a/2.yaml tree/b/1.yaml tree/z.yaml " ]]'
for format in human tap junit json; do
  run "$synfin" check --format $format --jobs 1 tree fails.yaml
  check "check --format $format: a failure" status_is 1
  cp out first
  run "$synfin" check --format $format --jobs 4 tree fails.yaml
  check "check --format $format: the same whatever --jobs is" cmp out first
  run "$synfin" check --format $format fails.yaml bad.yaml tree
  check "check --format $format: wrong input weighs more" status_is 2
  check "check --format $format: its diagnostic" says err 'bad.yaml:14:33: error: '
  check "check --format $format: the others are run" says out 'z.yaml'
done
{
  cat good.yaml
  echo 'sweep: {vary: {links.0.lss: [1%]}}'
} >sweep.yaml
run "$synfin" check sweep.yaml
check 'check: what would be swept must be right, too' eval 'status_is 2 && says err "unknown key '"'lss'"' in link"'
run "$synfin" run sweep.yaml
check 'run: but it is not run' status_is 0
run "$synfin" check -j2 -f tap tree
check 'check: short options with and without a blank' eval 'status_is 0 && says out "TAP version 14"'
run "$synfin" check -- tree
check 'check: --' status_is 0
run "$synfin" check --format xml tree
check 'check: an unknown format' refused "unknown format 'xml'"
run "$synfin" check --jobs 0 tree
check 'check: no jobs' refused '--jobs'
run "$synfin" check
check 'check: no file' refused 'which scenarios?'
mkdir empty
run "$synfin" check empty
check 'check: an empty directory' refused "no scenario (*.yaml) in 'empty'"

# Output that cannot be written.

run bash -c '"$0" run good.yaml >/dev/full' "$synfin"
check 'a full disk' eval 'status_is 3 && says err "No space left on device"'
run bash -c '"$0" --help >/dev/full' "$synfin"
check 'a full disk, --help' status_is 3
run bash -c '"$0" run --help >/dev/full' "$synfin"
check 'a full disk, run --help' status_is 3
run bash -c '"$0" knobs >/dev/full' "$synfin"
check 'a full disk, knobs' status_is 3
run bash -c '"$0" run good.yaml >&-' "$synfin"
check 'no standard output' status_is 3
run bash -c 'set -o pipefail; "$0" run good.yaml | true' "$synfin"
check 'a closed pipe is no fault' eval 'status_is 0 && silent err'

# knobs

sed 's/delay: 50ms/delay: 60ms/' "$scenarios/../../scenarios/handshake/lost-syn.yaml" >later.yaml
run "$synfin" check later.yaml
check 'check: a segment that comes at another time is shown with its time' \
  says out 'number 3: 1.060 server > client: S. 0:0(0)'

run "$synfin" knobs
check 'knobs' eval 'status_is 0 && says out "rto-initial" && says out "time-wait-no-ack"'

echo "1..$n"
