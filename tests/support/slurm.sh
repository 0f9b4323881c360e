# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# A Slurm cluster for tests, which source this: three nodes, all of them this machine, on the loopback interface.
# It writes to one folder only.

# slurm_missing: prints the programs that are needed and missing; nothing if all are there.
slurm_missing() {
  local program
  for program in munged slurmctld slurmd sbatch squeue scontrol scancel; do
    PATH=$PATH:/usr/sbin command -v "$program" >/dev/null || { echo "there is no $program"; return; }
  done
  [[ $(id -u) == 0 ]] || echo 'slurmd needs to be root'
}

# free_ports: prints four free TCP ports.
free_ports() {
  python3 -c 'import socket
sockets = [socket.socket() for _ in range(4)]
for s in sockets: s.bind(("127.0.0.1", 0))
print(*(s.getsockname()[1] for s in sockets))'
}

# slurm_configure FOLDER [LINE...]: writes the configuration, with LINEs at its end.
slurm_configure() {
  local folder=$1 host control first second third
  shift
  host=$(hostname -s)
  read -r control first second third <<<"$(free_ports)"
  mkdir -p "$folder/state"
  chmod a+x "$folder" # munged insists
  (umask 077 && head -c 128 /dev/urandom >"$folder/munge.key")
  cat >"$folder/slurm.conf" <<END
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$control
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
AuthType=auth/munge
AuthInfo=socket=$folder/munge.sock
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool.%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.%n.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.%n.log
MailProg=/bin/true
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
MpiDefault=none
SwitchType=switch/none
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,sched_interval=1,bf_interval=1
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$first CPUs=$(nproc) State=UNKNOWN
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$second CPUs=$(nproc) State=UNKNOWN
NodeName=n3 NodeHostname=$host NodeAddr=127.0.0.1 Port=$third CPUs=$(nproc) State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
  printf '%s\n' "$@" >>"$folder/slurm.conf"
}

# slurm_start FOLDER: starts the daemons and waits until the nodes are idle. Fails with a message on standard error.
slurm_start() {
  local folder=$1 i node
  export SLURM_CONF=$folder/slurm.conf PATH=$PATH:/usr/sbin
  munged --socket="$folder/munge.sock" --key-file="$folder/munge.key" --pid-file="$folder/munged.pid" \
    --seed-file="$folder/munged.seed" --log-file="$folder/munged.log" || return
  slurmctld -f "$SLURM_CONF" || return
  for node in n1 n2 n3; do
    slurmd -N "$node" -f "$SLURM_CONF" || return
  done
  for ((i = 0; i < 150; i++)); do
    [[ $(sinfo --noheader --format=%T 2>/dev/null) != idle ]] || return 0
    sleep 0.2
  done
  echo "the nodes did not come up: $(tail -qn 1 "$folder"/slurmd.*.log)" >&2
  return 1
}

# slurm_stop FOLDER: ends all jobs, then the daemons.
slurm_stop() {
  local folder=$1 file pids=() i
  scancel --user=root 2>/dev/null
  for file in "$folder"/{slurmd.n1,slurmd.n2,slurmd.n3,slurmctld,munged}.pid; do
    [[ ! -s $file ]] || pids+=("$(<"$file")")
  done
  [[ ${#pids[@]} -gt 0 ]] || return 0
  kill "${pids[@]}" 2>/dev/null
  for ((i = 0; i < 100; i++)); do
    kill -0 "${pids[@]}" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL "${pids[@]}" 2>/dev/null
}
