#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Impossible options of a sweep, and the line on a terminal.
# Usage: sweep_options.sh SYNFIN
. "$(dirname "$0")/../support/check.sh"

cp "$support/handshake.yaml" s.yaml
cp s.yaml kept.yaml
sweep=("$synfin" sweep s.yaml --vary links.0.loss=0%,20% -n 5)

# Numbers.

for n_runs in 0 -1 1e6 1000000001; do
  run "${sweep[@]}" -n "$n_runs" --db no.sqlite
  check "$n_runs runs" refused "--replications is a number from 1 to 1000000000, not '$n_runs'"
done
run "${sweep[@]}" --jobs 5000 --db no.sqlite
check 'more threads than anybody has' refused "--jobs is a number from 1 to 1024, not '5000'"

# Files.

run "${sweep[@]}" --db no.sqlite --csv no.sqlite
check 'not over the results' refused "'no.sqlite' can not be both --db and --csv"
run "${sweep[@]}" --db no.sqlite --stats ./x/../no.sqlite
check 'whatever way one takes' refused 'both --db and --stats'
run "${sweep[@]}" --db no.sqlite --csv same --jsonl same
check 'not two into one' refused "'same' can not be both --csv and --jsonl"
run "${sweep[@]}" --db no.sqlite --csv s.yaml
check 'not over the scenario' refused "'s.yaml' can not be both FILE and --csv"
check 'which is as it was' same s.yaml kept.yaml
check 'nothing was run' test ! -e no.sqlite
run "${sweep[@]}" --db a.sqlite
check 'a sweep' status_is 0
cp a.sqlite kept.sqlite
ln a.sqlite link.sqlite
run "$synfin" sweep a.sqlite --jsonl link.sqlite
check 'not over results that are shown' refused "'link.sqlite' can not be both FILE and --jsonl"
check 'which are as they were' same a.sqlite kept.sqlite
mkdir out-of-the-way
run "$synfin" sweep a.sqlite --csv out-of-the-way/a.csv --jsonl /dev/null --stats /dev/null
check 'but into any others' status_is 0

# Files and graphs that cannot be written are reported before anything runs. Missing folders are made, also for --db.

for option in --csv --jsonl --stats --out; do
  run "${sweep[@]}" --db no.sqlite "$option" s.yaml/x
  check "$option below a file" eval 'status_is 3 && silent out && says err "s.yaml" && says err "Not a directory"'
done
for option in --csv --jsonl --stats; do
  run "${sweep[@]}" --db no.sqlite "$option" out-of-the-way
  check "$option that is a folder" \
    eval 'status_is 3 && silent out && says err "cannot write '"'out-of-the-way': Is a directory"'"'
done
run "${sweep[@]}" --db no.sqlite --out s.yaml
check '--out that is a file' eval 'status_is 3 && silent out && says err s.yaml'
if [[ $(id -u) != 0 ]]; then
  mkdir closed
  chmod a-w closed
  for where in '--csv closed/a.csv' '--stats closed/a.csv' '--out closed'; do
    # shellcheck disable=SC2086
    run "${sweep[@]}" --db no.sqlite $where
    check "$where, where one may not write" eval 'status_is 3 && silent out && says err "Permission denied"'
  done
fi
check 'still nothing was run' test ! -e no.sqlite
run "${sweep[@]}" --db new.sqlite --csv new/csv/a.csv --jsonl new/jsonl/a.jsonl --stats new/stats/a.csv --out new/graphs
check 'folders are made' \
  eval 'status_is 0 && [[ -s new/csv/a.csv && -s new/jsonl/a.jsonl && -s new/stats/a.csv && -d new/graphs ]]'
check 'with nothing else in them' eval '[[ $(ls new/csv new/jsonl new/stats | grep -c "^a") == 3 \
  && $(find new/csv new/jsonl new/stats -type f | wc -l) == 3 ]]'
run "$synfin" sweep a.sqlite --jsonl shown/a.jsonl --stats s.yaml/x
check 'also of results that are shown' eval 'status_is 3 && [[ ! -e shown/a.jsonl ]]'
mkfifo pipe
wc -l <pipe >counted &
run "${sweep[@]}" --db piped.sqlite --csv pipe
wait $!
check 'a pipe is opened only once' eval 'status_is 0 && [[ $(cat counted) == 11 ]]'

"$synfin" sweep a.sqlite --csv - >/dev/full 2>err
status=$?
check 'standard output that is full is called so' eval 'status_is 3 && says err "cannot write to standard output"'

# The scenario has measures and graphs of its own.

run "$synfin" sweep handshake-loss -n 5 --measure segments --precision handshake-time:50% --db own.sqlite
check 'one more measure' status_is 0
check 'beside the others' eval 'says out "time of the handshake, in s" && grep -qx segments out'
check 'parameters keep their titles' \
  eval '"$synfin" sweep handshake-loss -n 5 --vary links.0.loss=0%,5% --db title.sqlite | grep -qE "^  loss +n"'

# The line on a terminal.

cat >terminal.py <<'PYTHON'
# Runs argv[2:] on a terminal of argv[1] columns for a while, and prints each state of its line.
import fcntl, os, pty, select, signal, struct, sys, termios, time
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(2, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))
    os.execvp(sys.argv[2], sys.argv[2:])
shown, end = b"", time.monotonic() + 60
try:
    while shown.count(b"\x1b[K") < 4 and time.monotonic() < end:
        if select.select([terminal], [], [], 1)[0]:
            shown += os.read(terminal, 65536)
except OSError:
    pass
os.kill(pid, signal.SIGTERM)
os.waitpid(pid, 0)
print("\n".join(shown.decode().split("\r\x1b[K")[1:-1]))
PYTHON
long=(sweep s.yaml --vary 'links.0.loss=0%,20%' -n 1000000000 --jobs 1)
run python3 terminal.py 80 "$synfin" "${long[@]}" --db 80.sqlite
check 'how far it is' grep -qE '^[0-9]+ of 2000000000 runs \(0 %\), [0-9]+ a second, .* left$' out
run python3 terminal.py 40 "$synfin" "${long[@]}" --db 40.sqlite
check 'without the numbers of runs where there is no room' grep -qE '^0 %, [0-9]+ a second, .* left$' out
check 'and never wider than the terminal' eval '! grep -qE ".{40}" out'
run python3 terminal.py 12 "$synfin" "${long[@]}" --db 12.sqlite
check 'however narrow it is' eval 'grep -qE "^0 %, [0-9]+" out && ! grep -qE ".{12}" out'

echo "1..$n"
