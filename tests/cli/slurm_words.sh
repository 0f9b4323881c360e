#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Sweeps on a fake cluster: programs of the same names print what Slurm prints in other versions, at other sites and at
# bad moments.
# Usage: slurm_words.sh SYNFIN
. "$(dirname "$0")/../support/check.sh"

mkdir bin
export PATH=$dir/bin:$PATH

# The folder $FAKE has the input of these programs, and what they record of their calls.

# sbatch runs the jobs at once and prints their number, between the files banner and suffix. If lose/N has lines,
# element N does not run, and the file loses a line. If there is a file slow, all elements wait in the queue and no
# number is printed. A file meanwhile becomes the scenario.
cat >bin/sbatch <<'END2'
#!/bin/bash
echo "$*" >>"$FAKE/calls"
script=${*: -1}
for option; do [[ $option != --array=* ]] || array=${option#--array=}; done
id=$(($(wc -l <"$FAKE/calls") + 10))
elements=()
IFS=, read -ra ranges <<<"${array%\%*}"
for range in "${ranges[@]}"; do elements+=($(seq "${range%-*}" "${range#*-}")); done
if [[ -e $FAKE/slow ]]; then
  for i in "${elements[@]}"; do echo "$id|$i|PENDING|Priority|$script"; done >>"$FAKE/queue"
  echo 'sbatch: error: Batch job submission failed: Socket timed out on send/recv operation' >&2
  exit 1
fi
for i in "${elements[@]}"; do
  if [[ -s $FAKE/lose/$i ]]; then
    sed -i 1d "$FAKE/lose/$i"
  else
    SLURM_ARRAY_TASK_ID=$i sh "$script"
  fi
done >/dev/null 2>&1
[[ -n ${array:-} ]] || sh "$script" >/dev/null 2>&1
[[ ! -e $FAKE/meanwhile ]] || mv "$FAKE/meanwhile" "$FAKE/s.yaml"
cat "$FAKE/banner" 2>/dev/null
echo "$id$(cat "$FAKE/suffix" 2>/dev/null)"
END2

# squeue prints the queue, then runs its elements.
cat >bin/squeue <<'END2'
#!/bin/bash
echo "squeue $*" >>"$FAKE/asked"
[[ -z ${SQUEUE_STATES:-} && $* == *--all* ]] || exit 0
[[ -e $FAKE/queue ]] || exit 0
cat "$FAKE/queue"
while IFS='|' read -r _ i _ _ script; do
  SLURM_ARRAY_TASK_ID=$i sh "$script" >/dev/null 2>&1 </dev/null
done <"$FAKE/queue"
rm "$FAKE/queue"
END2

# scontrol and sacct print the files of their names, @ being the number of the array. Without a file they fail.
cat >bin/scontrol <<'END2'
#!/bin/bash
echo "scontrol $*" >>"$FAKE/asked"
if [[ $* == *config* ]]; then echo 'MaxArraySize            = 6'; exit; fi
[[ -e $FAKE/scontrol ]] || exit 1
sed "s/@/${*: -1}/g" "$FAKE/scontrol"
END2
cat >bin/sacct <<'END2'
#!/bin/bash
[[ -e $FAKE/sacct ]] || { echo 'Slurm accounting storage is disabled' >&2; exit 1; }
sed "s/@/${*: -1}/g" "$FAKE/sacct"
END2
printf '#!/bin/sh\necho "$*" >>"$FAKE/canceled"\n' >bin/scancel
chmod a+x bin/*

cat >s.yaml <<'END2'
synfin: 1
title: A handshake on a lossy link
hosts:
  client: {}
  server: {}
links:
  - {between: [client, server], delay: 50ms}
script:
  server: [listen: 80, accept, receive: eof, close]
  client: [connect: server:80, close]
END2
sweep=(sweep s.yaml --vary links.0.loss=0%,20% --measure '{metric: handshake-time, host: client, name: handshake}'
  --replications 20)

arrays() { [[ $(grep -c -- --array= calls) == "$1" ]]; }

# Begins a cluster in the current folder.
cluster() {
  export FAKE=$PWD
  mkdir lose
  cp ../s.yaml .
}

# on_cluster DATABASE [SBATCH-OPTIONS [OPTION...]]
on_cluster() {
  rm -f calls asked canceled
  run "$synfin" "${sweep[@]}" --shards 3 --db "$1" --slurm="${2:-}" "${@:3}"
}

"$synfin" "${sweep[@]}" --db here.sqlite >here 2>err

# is_here DATABASE: has the same results as without a cluster.
is_here() { status_is 0 && same ../here.sqlite "$1"; }

words_of_sbatch() {
  cluster
  on_cluster plain.sqlite
  check 'a sweep' eval 'is_here plain.sqlite && same ../here out'
  check 'is one array, and a job behind it' eval 'arrays 1 && grep -q -- --dependency=afterany:11 calls'

  echo ';east' >suffix
  echo 'Welcome to the cluster: 3 news' >banner
  on_cluster east.sqlite '--partition=a --clusters=east,west'
  check 'sbatch may say on which of several clusters' is_here east.sqlite
  check 'that one is asked from then on' \
    eval 'grep -q "squeue --clusters=east " asked && ! grep -v config asked | grep -qv -- --clusters=east'
  check 'and gets the next job' eval 'tail -n 1 calls | grep -q -- "--clusters=east "'
  echo 'none today' >suffix
  on_cluster none.sqlite
  check 'no number is an error' eval 'status_is 3 && says err "has no number of a job"'
  check 'nothing is left then' test ! -e none.sqlite.slurm
}

environment_of_squeue() {
  cluster
  run env SQUEUE_STATES=RUNNING "$synfin" "${sweep[@]}" --shards 3 --db states.sqlite --slurm
  check 'what squeue is told in the environment does not count' is_here states.sqlite
}

slow_controller() {
  cluster
  touch slow
  on_cluster "it's slow.sqlite"
  check 'a controller that is slow to answer' eval 'status_is 3 && says err "Socket timed out"'
  check 'may have the jobs: that is told' says err --resume
  rm slow
  for i in 1 2 3; do echo "77|$i|PENDING|Priority|$PWD/it's slow.sqlite.slurm/shard.sh"; done >queue
  on_cluster "it's slow.sqlite" '' --resume
  check 'they are known by their script' eval '[[ ! -e calls ]] && is_here "it'\''s slow.sqlite"'
}

element_that_times_out() {
  cluster
  echo >lose/2
  echo 'JobId=15 ArrayJobId=@ ArrayTaskId=2 JobName=s JobState=TIMEOUT Reason=TimeLimit ExitCode=0:15' >scontrol
  on_cluster time.sqlite
  check 'TIMEOUT' eval 'says err "_2: TIMEOUT, exit code 0:15); submitting it again" && is_here time.sqlite'
  check 'only that one is submitted again' eval 'grep -q -- "--array=2 " calls && arrays 2'
}

node_that_fails() {
  cluster
  printf '\n\n\n' >lose/1
  echo 'JobId=15 ArrayJobId=@ ArrayTaskId=1 JobName=s JobState=NODE_FAIL Reason=NodeDown ExitCode=0:0' >scontrol
  on_cluster node.sqlite
  check 'nodes may fail more often than elements' eval 'arrays 4 && is_here node.sqlite'
}

several_that_end() {
  cluster
  echo >lose/1
  echo >lose/3
  echo '@_[1-3:2]|CANCELLED by 0|0:0' >sacct
  on_cluster ended.sqlite
  check 'where only accounts know how several have ended' \
    eval 'status_is 3 && arrays 1 && [[ $(grep -c CANCELLED err) == 2 ]]'
  on_cluster ended.sqlite '' --resume
  check 'one --resume is enough' eval 'arrays 1 && is_here ended.sqlite'
}

scenario_that_changes() {
  cluster
  echo >lose/3
  echo 'JobId=15 ArrayJobId=@ ArrayTaskId=3 JobName=s JobState=FAILED Reason=NonZeroExitCode ExitCode=1:0' >scontrol
  echo 'nonsense' >meanwhile
  on_cluster text.sqlite
  check 'the scenario may change meanwhile' eval 'says err FAILED && says s.yaml nonsense && is_here text.sqlite'
}

options_of_sbatch() {
  cluster
  mkdir mine.sqlite.slurm
  echo 1 >mine.sqlite.slurm/notes
  on_cluster mine.sqlite --array=%2
  check 'how many elements at a time' eval 'status_is 0 && grep -q -- "--array=1-3%2 " calls'
  check 'the files of others stay' test -e mine.sqlite.slurm/notes

  for option in --array=1-3 -a1 --wait -W --test-only --wrap=true; do
    on_cluster refused.sqlite "$option"
    check "$option is refused" eval 'status_is 2 && says err "$option" && [[ ! -e calls && ! -e refused.sqlite.slurm ]]'
  done
  on_cluster blank.sqlite ' '
  check 'blank options are none' status_is 0
  run "$synfin" "${sweep[@]}" --shards 6 --db many.sqlite --slurm
  check 'more shards than an array has' \
    eval 'status_is 2 && says err "at most 5 elements" && [[ ! -e many.sqlite.slurm ]]'
}

# Most of them wait to ask Slurm again.
together words_of_sbatch environment_of_squeue slow_controller element_that_times_out node_that_fails several_that_end \
  scenario_that_changes options_of_sbatch
echo "1..$n"
