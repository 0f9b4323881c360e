#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Sweeps on a cluster, which is a real Slurm of three nodes that this test starts and stops.
# Usage: slurm.sh SYNFIN
. "$(dirname "$0")/../support/check.sh"
. "$support/slurm.sh"

missing=$(slurm_missing)
if [[ -n $missing ]]; then
  echo "1..0 # SKIP no sweeps on a cluster are tested: $missing"
  exit
fi

trap 'slurm_stop "$dir/slurm"; rm -rf "$dir"' EXIT

# Records that an element begins. Kills it if there is a file for it in always, or in kill, where the file is removed.
cat >prolog <<END
#!/bin/sh
echo "\$SLURM_ARRAY_TASK_ID" >>$dir/begun
echo "\$SLURMD_NODENAME" >$dir/node-"\$SLURM_ARRAY_TASK_ID"
while [ -e $dir/wait ]; do sleep 0.1; done
[ ! -e $dir/always/"\$SLURM_ARRAY_TASK_ID" ] || kill -KILL \$PPID
! rm $dir/kill/"\$SLURM_ARRAY_TASK_ID" 2>/dev/null || kill -KILL \$PPID
END
chmod a+x prolog . # munged wants to reach its folder
mkdir kill always
slurm_configure "$dir/slurm" "TaskProlog=$dir/prolog"
if ! slurm_start "$dir/slurm" 2>why; then
  echo "not ok 1 - Slurm starts"
  sed 's/^/# /' why
  echo "1..1"
  exit 1
fi

cp "$support/handshake.yaml" s.yaml
sweep=(sweep s.yaml --vary links.0.loss=0%,20% --measure '{metric: handshake-time, host: client, name: handshake}')

begun() { [[ $(grep -cx "$1" begun) == "$2" ]]; }
idle() { [[ -z $(squeue --noheader) ]]; }

# until_so CONDITION...: waits up to 30 s until it holds.
until_so() {
  local i
  for ((i = 0; i < 300; i++)); do
    ! "$@" 2>/dev/null || return 0
    sleep 0.1
  done
  return 1
}

"$synfin" "${sweep[@]}" --replications 500 --db here.sqlite --csv here.csv >here 2>err

run "$synfin" "${sweep[@]}" --replications 500 --db all.sqlite --slurm --shards 3 --csv all.csv
check 'a sweep on a cluster' status_is 0
check 'is quiet where there is no terminal' silent err
check 'it prints the same as one that was done here' same here out
check 'and exports the same' same here.csv all.csv
check 'its database is the same' same here.sqlite all.sqlite
check 'each shard was run once' eval 'begun 1 1 && begun 2 1 && begun 3 1'
check 'nothing is left over' eval '[[ ! -e all.sqlite.slurm ]] && idle'

: >begun
touch kill/2
run "$synfin" "${sweep[@]}" --replications 500 --db again.sqlite --slurm --shards 3
check 'a failed element does not spoil it' status_is 0
check 'it is told' grep -qE 'shard 2 of 3 failed \(job [0-9]+_2: FAILED, exit code 0:9\); submitting it again' err
check 'only that one is submitted again' eval 'begun 1 1 && begun 2 2 && begun 3 1'
check 'the results are the same' same here.sqlite again.sqlite
check 'nothing is left over then' eval '[[ ! -e again.sqlite.slurm ]] && idle'

: >begun
touch always/1
run "$synfin" "${sweep[@]}" --replications 500 --db never.sqlite --slurm --shards 2
check 'an element that always fails is given up' status_is 3
check 'after some tries' begun 1 3
check 'the others are kept' says err '--resume goes on'
check 'and there are no results' test ! -e never.sqlite
run "$synfin" "${sweep[@]}" --replications 500 --db never.sqlite --slurm --shards 2
check 'nothing is begun anew' eval 'status_is 2 && says err "--resume goes on with them"'
run "$synfin" "${sweep[@]}" --replications 501 --db never.sqlite --slurm --resume
check 'another sweep does not go on with it' eval 'status_is 2 && says err "another sweep"'
rm always/1
: >begun
run "$synfin" "${sweep[@]}" --replications 500 --db never.sqlite --slurm --resume
check 'the cause removed, the sweep goes on' status_is 0
check 'with the shard that was missing' eval 'begun 1 1 && begun 2 0'
check 'to the same results' same here.sqlite never.sqlite

# A follower that ends leaves its jobs alone; another one takes them over. Until then they are held.

: >begun
interruptible "$synfin" "${sweep[@]}" --replications 500 --db left.sqlite --slurm=--hold --shards 2 >out 2>err &
pid=$!
# shellcheck disable=SC2317  # until_so calls it
submitted() { grep -q '^merge=' left.sqlite.slurm/state; }
until_so submitted
kill -INT "$pid"
wait "$pid" 2>/dev/null
status=$?
check 'who follows may go' status_is 130
check 'the jobs stay' grep -qE "'scancel [0-9]+ [0-9]+' ends them" err
sed -n "s/.*'scancel \([0-9 ]*\)'.*/\1/p" err | xargs -n 1 scontrol release
"$synfin" "${sweep[@]}" --replications 500 --db left.sqlite --slurm --resume >out2 2>err2 &
pid=$!
until_so grep -q " $pid " /proc/locks # it has locked what it follows
run "$synfin" "${sweep[@]}" --replications 500 --db left.sqlite --slurm --resume
check 'but not two at once' eval 'status_is 2 && says err "follows the jobs"'
wait "$pid"
status=$?
check 'somebody else follows them' status_is 0
check 'no shard is run twice' eval 'begun 1 1 && begun 2 1'
check 'the results are the same again' same here.sqlite left.sqlite
run "$synfin" "${sweep[@]}" --replications 500 --db left.sqlite --slurm --resume
check 'what is complete is only shown' eval 'status_is 0 && same here out && begun 1 1'

run "$synfin" "${sweep[@]}" --replications 501 --db left.sqlite --slurm --resume
check 'unless it is of another sweep' eval 'status_is 2 && silent out && says err left.sqlite'

# A node goes down while elements run on it. Slurm must not start them again itself; others are held.

: >begun
touch wait
"$synfin" "${sweep[@]}" --replications 500 --db node.sqlite --slurm=--no-requeue --shards 3 >out 2>err &
pid=$!
until_so eval 'begun 1 1 && begun 2 1 && begun 3 1'
scontrol update nodename="$(<node-1)" state=down reason=test
until_so grep -q NODE_FAIL err # else it could end before it is killed
rm wait
wait "$pid"
status=$?
check 'a node that goes down does not spoil it' eval 'status_is 0 && same here.sqlite node.sqlite'
check 'that is told' says err NODE_FAIL
check 'its element is begun again' begun 1 2

: >begun
"$synfin" "${sweep[@]}" --replications 500 --db held.sqlite --slurm=--hold --shards 2 >out 2>err &
pid=$!
until_so says err 'is held'
check 'a job that is held is told' says err "'scontrol release"
scontrol release "$(sed -n 's/^1=//p' held.sqlite.slurm/state)" "$(sed -n 's/^merge=//p' held.sqlite.slurm/state)"
wait "$pid"
status=$?
check 'and goes on' eval 'status_is 0 && begun 1 1 && begun 2 1 && same here.sqlite held.sqlite'

# An element that somebody has canceled is not started again.

: >begun
"$synfin" "${sweep[@]}" --replications 500 --db ended.sqlite --slurm=--hold --shards 2 >out 2>err &
pid=$!
submitted() { grep -q '^merge=' ended.sqlite.slurm/state; }
until_so submitted
scancel "$(sed -n 's/^1=//p' ended.sqlite.slurm/state)"
wait "$pid"
status=$?
check 'cancelled elements end the sweep' status_is 3
check 'as such' says err CANCELLED
check 'they are not submitted again' silent begun
until_so idle

run "$synfin" "${sweep[@]}" --replications 20 --db few.sqlite --slurm
check 'few runs need no shards' eval 'status_is 0 && begun 1 1 && begun 2 0'
run "$synfin" "${sweep[@]}" --db bad.sqlite --slurm=--partition=nowhere
check 'what sbatch complains of is told' eval 'status_is 3 && says err partition'
run "$synfin" "${sweep[@]}" --db quote.sqlite "--slurm='--time"
check 'options that cannot be read' eval 'status_is 2 && says err "--slurm:"'
run env PATH=/nowhere "$synfin" "${sweep[@]}" --db none.sqlite --slurm
check 'no Slurm' eval 'status_is 3 && says err "there is no '\''sbatch'\''"'

echo "1..$n"
