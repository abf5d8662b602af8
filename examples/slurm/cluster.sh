#!/usr/bin/env bash
# A Slurm cluster of one node in a folder of its own, for a try on one machine; it needs neither root nor systemd.
#   cluster.sh start FOLDER    writes FOLDER/slurm.conf and starts munged, slurmctld and slurmd
#   cluster.sh crash FOLDER    kills the node daemon and all its jobs
#   cluster.sh down FOLDER     reports the node as lost, as a health check does; slurmctld itself needs about 20 seconds
#   cluster.sh restore FOLDER  starts the node daemon again
#   cluster.sh stop FOLDER     ends all jobs and daemons
# To use it: export SLURM_CONF=FOLDER/slurm.conf
set -euo pipefail
[ $# = 2 ] || { echo 'usage: cluster.sh start|crash|down|restore|stop FOLDER' >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
export PATH="$PATH:/usr/sbin:/sbin"
for program in munged slurmctld slurmd sbatch; do
  command -v "$program" > /dev/null || { echo "cluster.sh: $program: command not found (apt-get install slurm-wlm munge)" >&2; exit 3; }
done
mkdir -p "$2"
folder=$(cd "$2" && pwd)
export SLURM_CONF="$folder/slurm.conf"

free_port() {
  node -e 'const server = net.createServer().listen(0, "127.0.0.1", () => { console.log(server.address().port); server.close() })'
}

write_configuration() {
  local name user
  name=$(hostname -s) user=$(id -un)
  cat > "$SLURM_CONF" << END
ClusterName=one-node
SlurmctldHost=$name(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
# A requeued job starts again after cred_expire seconds (default: 120).
AuthInfo=socket=$folder/munge/socket,cred_expire=5
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,sched_interval=1
MpiDefault=none
# A node that was lost comes back by itself, and its jobs are queued again.
ReturnToService=2
SlurmdTimeout=5
BatchStartTimeout=2
KillWait=2
JobRequeue=1
# Two jobs at a time, whatever the machine has.
SlurmdParameters=config_overrides
NodeName=$name NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
}

wait_for() { # COMMAND…: until it succeeds, for at most a minute
  local attempt
  for ((attempt = 0; attempt < 300; attempt++)); do
    "$@" && return
    sleep 0.2
  done
  echo "cluster.sh: $*: not within a minute (see $folder/*.log)" >&2
  return 3
}
is_up() { sinfo -h -o %T 2> /dev/null | grep -Eq '^(idle|mixed|allocated)$'; }
# A node that was reported as lost is not taken back by itself; slurmctld refuses RESUME for one that is back already.
is_up_again() { is_up || { scontrol update NodeName="$(hostname -s)" State=RESUME 2> /dev/null || true; is_up; }; }
is_empty() { local jobs; jobs=$(squeue -h 2> /dev/null) && [ -z "$jobs" ]; }
has_ended() { ! kill -0 "$1" 2> /dev/null; }

# Daemons of jobs do not belong to slurmd's tree; they know the cluster by their environment.
job_daemons() {
  local process
  for process in /proc/[0-9]*; do
    [ "$(cat "$process/comm" 2> /dev/null)" = slurmstepd ] || continue
    tr '\0' '\n' 2> /dev/null < "$process/environ" | grep -Fxq "SLURM_CONF=$SLURM_CONF" && echo "${process#/proc/}"
  done
  true
}

start() {
  mkdir -p "$folder/munge" "$folder/state" "$folder/spool"
  chmod 700 "$folder/munge"
  head -c 1024 /dev/urandom > "$folder/munge/key"
  chmod 600 "$folder/munge/key"
  munged --force --key-file="$folder/munge/key" --socket="$folder/munge/socket" --pid-file="$folder/munge/pid" \
    --log-file="$folder/munge/log" --seed-file="$folder/munge/seed" 2> "$folder/munge/warnings"
  write_configuration
  slurmctld -c
  slurmd
  wait_for is_up
}

crash() {
  local daemons
  mapfile -t daemons < <(cat "$folder/slurmd.pid" 2> /dev/null; job_daemons)
  [ ${#daemons[@]} = 0 ] || "$here/../fleet/kill-tree.sh" "${daemons[@]}"
}

stop() {
  local file pid
  scancel --user="$(id -un)" 2> /dev/null || true
  wait_for is_empty || true
  crash
  for file in "$folder/slurmctld.pid" "$folder/munge/pid"; do
    pid=$(cat "$file" 2> /dev/null) || continue
    kill "$pid" 2> /dev/null || true
    wait_for has_ended "$pid" || kill -KILL "$pid" 2> /dev/null || true
  done
}

case $1 in
  start | crash | stop) "$1" ;;
  down) scontrol update NodeName="$(hostname -s)" State=DOWN Reason=lost ;;
  restore)
    slurmd
    wait_for is_up_again
    ;;
  *) echo "cluster.sh: $1: not start, crash, down, restore or stop" >&2; exit 2 ;;
esac
