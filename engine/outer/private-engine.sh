#!/bin/bash
# Runs the private engine in namespaces of its own, and ends it when nobody needs it any more.
#
#   private-engine.sh HOME SOCKET
#
# Network: user-mode, so that the host's firewall and bridges stay as they are. Processes: everything the
# engine starts is in its PID namespace and ends with it.
set -u
home=$1
socket=$2
cd "$home" || exit 1
idle_limit=600

rm -f go docker.pid "$socket"
mkfifo go
printf 'nameserver 10.0.2.3\n' > resolv.conf

# The trap only takes a note, and each loop looks at it. A second `trap` would be a moment without any.
stopping=
trap 'stopping=yes' TERM INT

# Before the engine runs there is nothing to shut down in order.
go_on_or_give_up() {
  [ -z "$stopping" ] && kill -0 "$1" 2>/dev/null && return
  kill -KILL $(jobs -p) 2>/dev/null
  rm -f supervisor.pid go ready
  exit 1
}

# The pipe is opened for both directions, because opening it for reading alone waits for a writer. The wait has an end,
# the same as START_LIMIT_MS of private-engine.ts: a supervisor that is killed right after the fork cannot take its child
# with it.
unshare --net --mount --pid --fork --mount-proc --propagation private --kill-child=SIGKILL bash -c '
  exec 3<> "$1/go"
  read -r -t 30 _ <&3 || exit 1
  exec 3>&-
  mount --bind "$1/resolv.conf" /etc/resolv.conf
  exec tini -- dockerd --data-root "$1/data" --exec-root "$1/exec" --pidfile "$1/docker.pid" --host "unix://$2" \
    --bip 10.213.0.1/24 --default-address-pool base=10.214.0.0/16,size=24 --dns 10.0.2.3 --cgroup-parent /capstan
' bash "$home" "$socket" &
engine=$!

# Waits until the new network namespace is there before anything is put into it.
while [ "$(readlink /proc/$engine/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do
  go_on_or_give_up $engine
  sleep 0.01
done
slirp4netns --configure --mtu=65520 --disable-host-loopback --ready-fd=4 $engine tap0 4> ready &
network=$!
until [ -s ready ]; do
  go_on_or_give_up $network
  sleep 0.01
done
# Opened for both directions too: it does not wait for a child that is gone.
exec 5<> go
echo >&5

idle=0
asked=0
while kill -0 $engine 2>/dev/null; do
  # wait is interrupted by the trap, sleep alone is not.
  sleep 2 & wait $! 2>/dev/null
  alive=
  for lease in leases/*; do
    [ -e "$lease" ] || continue
    # A lease is called PID.NUMBER.
    pid=${lease##*/}
    if kill -0 "${pid%%.*}" 2>/dev/null; then alive=yes; else rm -f "$lease"; fi
  done
  if [ -n "$alive" ]; then idle=0; else idle=$((idle + 2)); fi
  [ $idle -lt $idle_limit ] || stopping=yes
  if [ -n "$stopping" ]; then
    # Twice, because the first process ignores the signal until it has become tini. At a third one dockerd would give
    # up its orderly end.
    if [ $asked -lt 2 ]; then
      for child in $(cat /proc/$engine/task/$engine/children 2>/dev/null); do kill -TERM "$child"; done
    fi
    asked=$((asked + 1))
    [ $asked -lt 13 ] || kill -KILL $engine
  fi
done
# A process that a student has paused does not take a SIGKILL until it is thawed (cgroup v1).
find /sys/fs/cgroup/freezer/capstan -mindepth 2 -name freezer.state 2>/dev/null | while read -r state; do echo THAWED > "$state"; done
kill -KILL $network 2>/dev/null
rm -f supervisor.pid go ready docker.pid "$socket"
