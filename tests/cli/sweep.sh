#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Sweeps from outside: exit statuses and messages, exports, interrupted and divided sweeps that end in the same results,
# and replays.
# Usage: sweep.sh SYNFIN
. "$(dirname "$0")/../support/check.sh"

lines() { [[ $(wc -l <"$2") == "$1" ]]; }

# differing_keys FILE PAGE: prints the keys that only one of them has, the table `sweep` of FILE or the table of PAGE.
differing_keys() {
  python3 - "$@" <<'END'
import re, sqlite3, sys
keys = {key for key, in sqlite3.connect(sys.argv[1]).execute("SELECT key FROM sweep")}
section = open(sys.argv[2]).read().split("\n## What is swept\n")[1].split("\n## ")[0]
named = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", section, re.M)))
print(keys ^ set(named))
END
}

# A lost SYN costs 1 s, 3 s, 7 s, … more.
cp "$support/handshake.yaml" s.yaml
vary=(--vary links.0.loss=0%,20% --measure '{metric: handshake-time, host: client, name: handshake}')

# A sweep.

run "$synfin" sweep s.yaml "${vary[@]}" --replications 50 --db a.sqlite --csv a.csv --jsonl a.jsonl --stats stats.csv
check 'a sweep' status_is 0
check 'is quiet where there is no terminal' silent err
check 'the table has its title' says out 'A handshake on a lossy link'
check 'the points' says out '2 points, 50 runs each, seed 1'
check 'the unit in the title of the measure' grep -qE 'handshake.*, in s$' out
check 'a point with all that is asked' grep -qE '^ *0% +50 +0\.100 +0\.000 +0\.100 +0\.100 +0\.100 +0\.000$' out
check 'within 100 columns' eval '! grep -qE ".{101}" out'
check 'the database is there' test -s a.sqlite
check 'CSV: a heading, and a line per run' lines 101 a.csv
check 'CSV: the heading' eval '[[ $(head -n 1 a.csv) == row,point,replication,links.0.loss,handshake ]]'
check 'CSV: the first run' eval '[[ $(sed -n 2p a.csv) == 1,0,0,0,100000000 ]]'
check 'CSV: the first run of the second point' grep -qE '^51,1,0,0\.2,[0-9]*$' a.csv
check 'JSON: a line per run' lines 100 a.jsonl
check 'JSON: the first run' eval '[[ $(head -n 1 a.jsonl) == \
  "{\"row\":1,\"point\":0,\"replication\":0,\"links.0.loss\":0,\"handshake\":100000000}" ]]'
check 'statistics: a line per point and measure' lines 3 stats.csv
check 'statistics: the heading' \
  says stats.csv 'point,links.0.loss,measure,unit,n,missing,mean,sd,median,p5,p95,low,high'
check 'statistics: no loss, no deviation' \
  says stats.csv '0,0,handshake,ns,50,0,100000000,0,100000000,100000000,100000000,100000000,100000000'
check 'all lines of JSON are JSON' python3 -c 'import json; [json.loads(line) for line in open("a.jsonl")]'
check 'the page on the file has every key of it, and no other' \
  eval '[[ $(differing_keys a.sqlite "$root/docs/sweeps-db.md") == "set()" ]]'
check 'SQLite can read it' eval '[[ $(python3 -c "
import sqlite3
print(sqlite3.connect(\"a.sqlite\").execute(\"SELECT count(*), min(handshake) FROM run\").fetchone())") \
  == "(100, 100000000)" ]]'
cp out table
run "$synfin" sweep a.sqlite
check 'results are shown again' status_is 0
check 'the same table' same table out
run "$synfin" sweep a.sqlite --csv -
check 'standard output instead of the table' same a.csv out
run "$synfin" sweep a.sqlite --stats stats.jsonl
check 'statistics as JSON' \
  says stats.jsonl '{"point":0,"links.0.loss":0,"measure":"handshake","unit":"ns","n":50,"missing":0,"mean":100000000,'
run "$synfin" sweep a.sqlite --lang zh
check 'in Chinese, too' grep -q '种子' out
run "$synfin" sweep s.yaml "${vary[@]}" --replications 50 --db a.sqlite
check 'results are not overwritten' refused 'a.sqlite'
run "$synfin" sweep s.yaml "${vary[@]}" --replications 50 --db a.sqlite --resume
check 'nothing is left to do' status_is 0
check 'so the table is the same' same table out
run "$synfin" sweep s.yaml --vary links.0.loss=0%,20% --measure expectations --replications 50 --db e.sqlite
check 'a fraction' grep -qE ', in %$' out
check 'with the interval of Wilson' grep -qE '^ *0% +50 +100\.0 +92\.9 … 100\.0$' out
check 'the last part of a path' grep -qE '^ *loss +n +share' out
# 3.8415 / (n + 3.8415) is 0.0128 %: an interval always has a width, and two digits of half of it.
run "$synfin" sweep s.yaml --vary links.0.loss=0% --measure expectations --replications 30000 --db wide.sqlite
check 'many runs, many digits' grep -qE '^ *0% +30000 +100\.0000 +99\.9872 … 100\.0000$' out
run "$synfin" sweep s.yaml --vary links.0.loss=0% --vary links.0.delay=5ms --vary hosts.client.tcp.msl=1s,2s \
  --vary hosts.server.tcp.msl=1s --replications 2 --db names.sqlite
check 'names that are alike are longer' grep -qE '^ *loss +delay +client\.tcp\.msl +server\.tcp\.msl +n' out
mkdir folder
(cd folder && "$synfin" sweep ../s.yaml "${vary[@]}" --replications 3) >out 2>err
check 'the default database' test -s folder/out/sweep.sqlite

# The same results, however they were made.

run "$synfin" sweep s.yaml "${vary[@]}" --replications 2000 --jobs 1 --db one.sqlite --csv one.csv
check 'one thread' status_is 0
run "$synfin" sweep s.yaml "${vary[@]}" --replications 2000 --jobs 3 --db three.sqlite --csv three.csv
check 'three threads give the same' same one.csv three.csv
check 'to the byte' same one.sqlite three.sqlite
for k in 1 2 3; do
  run "$synfin" sweep s.yaml "${vary[@]}" --replications 2000 --shard $k/3 --db shard$k.sqlite
  check "shard $k of 3" status_is 0
  check "shard $k prints nothing" eval 'silent out && silent err'
done
run "$synfin" sweep-merge -o merged.sqlite shard1.sqlite shard2.sqlite shard3.sqlite
check 'shards are joined' status_is 0
check 'to the same bytes' same one.sqlite merged.sqlite
check 'which is all there is' eval '"$synfin" sweep merged.sqlite 2>&1 >/dev/null | cmp -s - /dev/null'
run "$synfin" sweep shard2.sqlite
check 'a shard by itself is shown' eval 'status_is 0 && says out "2 points"'
check 'with a warning' says err 'warning: shard2.sqlite is shard 2 of 3'
check 'that says what to do' says err "'synfin sweep-merge' joins all of them"
run "$synfin" sweep-merge -o again.sqlite shard3.sqlite shard1.sqlite shard2.sqlite
check 'in any order' same one.sqlite again.sqlite

# Random points and a graph that only the command line asks for.

random=(--vary links.0.loss=0%:50% --vary links.0.delay=1ms:1s:log --sample latin-hypercube:9
  --plot '{kind: cdf, of: handshake-time}')
run "$synfin" sweep s.yaml "${random[@]}" -n 5 --db random.sqlite --csv random.csv --out graphs
check 'points at random' status_is 0
check 'as many as were asked for' lines 46 random.csv
check 'each has a value of its own' eval '[[ $(tail -n +2 random.csv | cut -d, -f4 | sort -u | wc -l) == 9 ]]'
check 'the graph is there, and no other' eval '[[ $(ls graphs) == cdf-handshake-time.svg ]]'
for k in 1 2; do
  "$synfin" sweep s.yaml "${random[@]}" -n 5 --shard $k/2 --db random$k.sqlite
done
run "$synfin" sweep-merge -o random-merged.sqlite random1.sqlite random2.sqlite
check 'shards of them are joined' cmp random.sqlite random-merged.sqlite
run "$synfin" sweep random.sqlite --csv again.csv
check 'the results know them' cmp random.csv again.csv
run "$synfin" sweep s.yaml "${random[@]}" -n 5 --sample latin-hypercube:8 --db random.sqlite --resume
check 'other points are another sweep' refused 'holds results of another sweep'
run "$synfin" sweep random.sqlite --sample list
check 'results have points already' refused 'holds results'
# 2000 points, one of which is wrong: it takes both of its values.
run "$synfin" sweep s.yaml --vary run.time-limit=2000s,999s --vary run.until=1s:1000s:1s --db wrong.sqlite
check 'a mistake of two values together' refused "'1000s' lies after the time limit (999s)"
check 'nothing has run' eval '[[ ! -e wrong.sqlite ]]'

# stored FILE: prints the number of committed runs.
stored() {
  python3 - "$1" 2>/dev/null <<'END'
import sqlite3, sys
database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
print(database.execute("SELECT count(*) FROM run").fetchone()[0])
END
}

long() { run "$synfin" sweep s.yaml "${vary[@]}" --replications 100000 "$@"; }

# killed SIGNAL OPTION...: begins the long sweep, or resumes it, and kills it with the signal when it has stored
# something.
killed() {
  local pid before now
  before=$(stored long.sqlite)
  interruptible "$synfin" sweep s.yaml "${vary[@]}" --replications 100000 --jobs 1 --db long.sqlite "${@:2}" \
    >out 2>err &
  pid=$!
  while now=$(stored long.sqlite); [[ ${now:-0} -le ${before:-0} ]] && kill -0 "$pid" 2>/dev/null; do :; done
  kill -s "$1" "$pid"
  wait "$pid" 2>/dev/null
  status=$?
}

long --jobs 2 --db whole.sqlite --csv whole.csv
mv out whole
killed KILL
check 'a killed sweep' status_is 137
killed INT --resume
check 'is resumed, and interrupted: it ends by the signal' status_is 130
check 'and says how to go on' says err '--resume does the rest'
killed TERM --resume
check 'so does one that is told to end' status_is 143
long --db long.sqlite --resume --csv long.csv
check 'the rest is done' status_is 0
check 'with the same results' same whole.csv long.csv
check 'to the byte' same whole.sqlite long.sqlite
check 'and the same table' same whole out

# Replays.

row=$(awk -F, 'NR > 1 && $5 > 100000000 { print $1; exit }' a.csv)
replication=$(awk -F, -v row="$row" '$1 == row { print $3 }' a.csv)
time=$(awk -F, -v row="$row" '$1 == row { print $5 }' a.csv)
run "$synfin" run --replay "a.sqlite:$row" --out replay --pictures none
check 'a replay' eval 'status_is 1'
check 'says which run it is' says out "links.0.loss = 20%, replication $replication"
check 'it is that run' eval 'grep -q "\"replication\": *$replication[,}]" replay/trace.jsonl'
check 'as its summary says' eval 'grep -q "\"replication\": $replication,\?$" replay/summary.json'
check 'with what was measured' says out "$(python3 -c "print($time / 1e9)")s"
mv s.yaml moved.yaml
run "$synfin" run --replay "a.sqlite:1" --no-timeline
check 'without the scenario, which is in the database' status_is 0
mv moved.yaml s.yaml
run "$synfin" run --replay a.sqlite:1
cp out replayed
run "$synfin" run s.yaml --set links.0.loss=0%
check 'the first replication is what the scenario does by itself' \
  eval 'diff <(grep -v "^with" replayed | cat -s) <(cat -s out) >/dev/null'
run "$synfin" plot sequence --replay "a.sqlite:$row" -f txt
check 'a picture of it' says out 'SYN-SENT'
run "$synfin" run --replay a.sqlite:101
check 'a row that is not there' refused '101'
run "$synfin" run --replay a.sqlite
check 'no row' refused 'the number of a row'
run "$synfin" run --replay nowhere.sqlite:1
check 'no database' refused 'nowhere.sqlite'
run "$synfin" run --replay a.sqlite:1 --seed 2
check 'another seed' refused '--replay has its own'
run "$synfin" run s.yaml --replay a.sqlite:1
check 'a scenario, too' refused 'either a scenario or --replay'

# Wrong use.

run "$synfin" sweep
check 'no scenario' refused 'which scenario?'
run "$synfin" sweep s.yaml --vary links.0.los=0%,1% --measure handshake-time --db x.sqlite
check 'a wrong path' refused "did you mean 'loss'?"
run "$synfin" sweep s.yaml --vary links.0.loss=0%:200%:50% --measure handshake-time --db x.sqlite
check 'a wrong value' refused '%'
check 'nothing was written' test ! -e x.sqlite
run "$synfin" sweep s.yaml "${vary[@]}" --replications 0
check 'no replications' refused '--replications is a number from 1'
run "$synfin" sweep s.yaml "${vary[@]}" --shard 4/3
check 'a shard that is not' refused '--shard is K/N'
run "$synfin" sweep s.yaml "${vary[@]}" --shard 1/3 --csv x.csv
check 'exports of a shard' refused 'synfin sweep-merge'
run "$synfin" sweep s.yaml "${vary[@]}" --replications 60 --db a.sqlite --resume
check 'another sweep is not resumed' refused 'a.sqlite'
run "$synfin" sweep a.sqlite --replications 60
check 'results are not swept' refused 'only shown'
run "$synfin" sweep-merge -o x.sqlite shard1.sqlite shard3.sqlite
check 'a shard is missing' refused 'shard'
run "$synfin" sweep-merge -o x.sqlite shard1.sqlite shard2.sqlite shard2.sqlite
check 'a shard is there twice' refused 'shard'
run "$synfin" sweep-merge -o x.sqlite shard1.sqlite shard2.sqlite a.sqlite
check 'a shard of another sweep' refused 'a.sqlite'
run "$synfin" sweep-merge -o new/x.sqlite shard1.sqlite nowhere.sqlite shard3.sqlite
check 'a shard that is not there' refused "synfin: there is no 'nowhere.sqlite'"
check 'for which no folder is made' test ! -e new
run "$synfin" sweep-merge shard1.sqlite
check 'nowhere to go' refused '--output is missing'
check 'none of these wrote anything' test ! -e x.sqlite
head -c 5000 a.sqlite >cut.sqlite
run "$synfin" sweep cut.sqlite
check 'a damaged database' refused 'cut.sqlite'
cp a.sqlite flipped.sqlite
printf 'garbage' | dd of=flipped.sqlite bs=1 seek=4200 conv=notrunc 2>/dev/null
run "$synfin" sweep s.yaml "${vary[@]}" --replications 50 --db cut.sqlite --resume
check 'is not gone on with' refused 'cut.sqlite'

# A value that was changed afterwards.

# change FILE: adds a segment to row 5.
change() {
  python3 - "$1" <<'END'
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
database.execute("UPDATE run SET segments = segments + 1 WHERE row = 5")
database.commit()
END
}

counted=(s.yaml --vary links.0.loss=0%,20% --measure segments -n 5)
"$synfin" sweep "${counted[@]}" --db changed.sqlite >out 2>err
"$synfin" run --replay changed.sqlite:6 >as-it-was 2>err
change changed.sqlite
run "$synfin" sweep changed.sqlite
check 'a changed row: the table' refused "'changed.sqlite' is damaged"
run "$synfin" sweep changed.sqlite --stats -
check 'statistics of it' refused "'changed.sqlite' is damaged"
for export in --csv --jsonl; do
  run "$synfin" sweep changed.sqlite "$export" changed.lines
  check "$export of it" refused "'changed.sqlite' is damaged"
  check 'which is not left behind' eval '! ls | grep -q "^changed.lines"'
  run "$synfin" sweep changed.sqlite "$export" -
  check "$export to standard output" eval 'status_is 2 && says err "'"'changed.sqlite' is damaged"'"'
done
run "$synfin" sweep "${counted[@]}" --db changed.sqlite --resume
check 'going on with it' refused "'changed.sqlite' is damaged"
run "$synfin" run --replay changed.sqlite:5
check 'a replay of that row' \
  refused "the run of 'changed.sqlite:5' does not give what is stored there: the file is damaged"
run "$synfin" run --replay changed.sqlite:6
check 'one of another row is as it was' same out as-it-was
for k in 1 2; do
  "$synfin" sweep "${counted[@]}" --shard $k/2 --db counted$k.sqlite
done
change counted1.sqlite
run "$synfin" sweep-merge -o x.sqlite counted1.sqlite counted2.sqlite
check 'a shard that was changed' refused "'counted1.sqlite' is damaged"
check 'is not joined' test ! -e x.sqlite

if [[ -w /dev/full ]]; then
  run "$synfin" sweep a.sqlite --csv /dev/full
  check 'a full disk' eval 'status_is 3 && says err "No space left"'
fi
run "$synfin" sweep s.yaml "${vary[@]}" --db /dev/null/x.sqlite
check 'a folder that cannot be' eval 'status_is 3 && silent out'
run "$synfin" sweep s.yaml "${vary[@]}" --slurm --shard 1/2
check 'Slurm makes shards itself' refused 'not with --shard'
run "$synfin" sweep s.yaml "${vary[@]}" --shards 3
check 'shards are for Slurm' refused '--shards is for --slurm'

# On a terminal a line shows the progress.

python3 - "$synfin" "${vary[@]}" >out 2>err <<'END'
import os, pty, sys

def read(fd):
    data = os.read(fd, 1024)
    return data

os.environ["TERM"] = "xterm"
pty.spawn([sys.argv[1], "sweep", "s.yaml", *sys.argv[2:], "--replications", "100000", "--jobs", "1",
           "--db", "pty.sqlite"], read)
END
check 'progress on a terminal' grep -qE '[0-9]+ of 200000 runs \([0-9]+ %\), [0-9]+ a second, [0-9]+ s left' out

echo "1..$n"
