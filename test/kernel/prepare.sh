#!/bin/bash
# An engine on this computer's own kernel, which is fast: what it makes is then used on the complete kernel. It has
# namespaces of its own and a network in user mode, as the private engine has, but no user namespaces, because an
# engine that remaps users keeps its data elsewhere.
#
#   prepare.sh FOLDER
#
# Its data is in FOLDER/data and its socket is FOLDER/engine.sock. At SIGTERM it ends in order.
set -u
cd "$1" || exit 1
case $PWD in /mnt/*)
  echo "The folder $PWD cannot be used, because the data is mounted at /mnt. Set CAPSTAN_ENGINE to another one." >&2
  exit 1 ;;
esac
rm -f engine.sock docker.pid ready go
mkfifo go
printf 'nameserver 10.0.2.3\n' > resolv.conf
setpriv --pdeathsig KILL unshare --net --mount --pid --fork --mount-proc --propagation private --kill-child=SIGKILL bash -c '
  exec 3<> go
  read -r -t 30 _ <&3 || exit 1
  exec 3>&-
  mount --bind resolv.conf /etc/resolv.conf
  # The path of the data is part of the data, so it is the one that the other kernel has.
  mount -t tmpfs capstan /mnt
  mkdir /mnt/docker /mnt/exec
  mount --bind data /mnt/docker
  exec tini -- dockerd --data-root /mnt/docker --exec-root /mnt/exec --pidfile /mnt/docker.pid \
    --host "unix://$PWD/engine.sock" --bip 10.213.0.1/24 --default-address-pool base=10.214.0.0/16,size=24 \
    --dns 10.0.2.3 --cgroup-parent /capstan-kernel
' > engine.log 2>&1 &
engine=$!
trap 'for child in $(cat /proc/$engine/task/$engine/children); do kill -TERM "$child"; done' TERM INT
while kill -0 $engine && [ "$(readlink /proc/$engine/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
setpriv --pdeathsig KILL slirp4netns --configure --mtu=65520 --disable-host-loopback --ready-fd=4 $engine tap0 \
  4> ready >> engine.log 2>&1 &
network=$!
until [ -s ready ] || ! kill -0 $network; do sleep 0.05; done
# Opened for both directions: it does not wait for a child that is gone.
exec 5<> go
echo >&5
# The trap interrupts the first wait.
wait $engine
while kill -0 $engine 2>/dev/null; do wait $engine; done
kill -KILL $network
rm -f engine.sock ready go
