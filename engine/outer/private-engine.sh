#!/bin/bash
# Runs the private engine in namespaces of its own, and ends it when nobody needs it any more.
#
#   private-engine.sh HOME SOCKET [SECONDS]
#
# SECONDS is how long containers may take to end, 15 by default.
#
# Network: user-mode, so that the host's firewall and bridges stay as they are. Processes: everything the
# engine starts is in its PID namespace and ends with it. Users: root in a container is nobody outside, where the
# kernel can do that.
set -u
home=$1
socket=$2
containers_seconds=${3:-15}
here=$(cd "$(dirname "$0")" && pwd)
cd "$home" || exit 1
idle_limit=600
# The log is copied away when it is larger than this, in bytes. Two of them are kept.
log_limit=8388608

# Everything of one engine has this lock open: this script, the engine and all that it starts. The kernel frees it when
# the last of them is gone, so no second engine can begin on the same data.
exec 9>> data.lock
if ! flock --nonblock 9; then
  echo "Another engine still runs on $home/data." >&2
  exit 1
fi

# A number of a process in these files means nothing to the next engine, and could stop it.
rm -f go ready docker.pid exec/containerd/containerd.pid "$socket"
mkfifo go
printf 'nameserver 10.0.2.3\n' > resolv.conf

# The trap only takes a note, and each loop looks at it. A second `trap` would be a moment without any.
stopping=
trap 'stopping=yes' TERM INT

# Whether the kernel lets root of a user namespace mount an overlay, as the engine of a node does. Whether a node is then
# complete is tried in a container, once there is an image for it (capabilities.ts).
user_namespace_works() {
  [ -f /etc/subuid ] && [ -f /etc/subgid ] && [ "$(id -nu 65534)" = nobody ] || return 1
  unshare --user --map-root-user --mount sh -c '
    mount -t tmpfs try /mnt && cd /mnt && mkdir lower upper work merged &&
      mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work,userxattr merged
  '
}

# Before the engine runs there is nothing to shut down in order.
go_on_or_give_up() {
  [ -z "$stopping" ] && kill -0 "$1" 2>/dev/null && return
  kill -KILL $(jobs -p) 2>/dev/null
  rm -f go ready
  exit 1
}

# On control groups of version 1 a group may allow itself any device that its parent has. With this list in the parent of
# all containers, which is what Docker allows each, none of them comes to a disk.
mkdir -p /sys/fs/cgroup/devices/capstan 2>/dev/null &&
  echo a > /sys/fs/cgroup/devices/capstan/devices.deny &&
  for rule in 'c *:* m' 'b *:* m' 'c 1:3 rwm' 'c 1:5 rwm' 'c 1:7 rwm' 'c 1:8 rwm' 'c 1:9 rwm' 'c 5:0 rwm' 'c 5:1 rwm' \
    'c 5:2 rwm' 'c 136:* rwm' 'c 10:200 rwm'; do
    echo "$rule" > /sys/fs/cgroup/devices/capstan/devices.allow
  done

# The addresses of this computer are no business of the nodes: they would reach its services through slirp4netns, which
# passes IPv4 only. Addresses that come later, as with a VPN, are kept from the nodes too. One that goes may soon belong
# to another computer.
kept_away=
keep_own_addresses_away() {
  local all now address
  all=$(ip -4 -o addr show) || return
  now=$(awk '$4 !~ /^127\./ { sub("/.*", "", $4); print $4 }' <<< "$all" | sort -u)
  [ "$now" != "$kept_away" ] || return 0
  for address in $now; do
    nsenter --target $engine --net ip route replace unreachable "$address" || return
  done
  for address in $kept_away; do
    grep -qxF "$address" <<< "$now" || nsenter --target $engine --net ip route del unreachable "$address"
  done
  kept_away=$now
}

# The users of the containers. The range is beyond those of accounts and of other engines' containers. It is long
# enough for an engine in a node that remaps its users once more.
users=2000000000
if user_namespace_works; then remap="--userns-remap 65534:65534"; else remap=; fi
echo "user namespaces: ${remap:-none}"

# The folders are bound to where every user may pass: this home is often closed to others.
case $home in /mnt/*) open_to_all=/media ;; *) open_to_all=/mnt ;; esac

# Both children die with this script, however it ends, and what the engine has started dies with its first process.
#
# The pipe is opened for both directions, because opening it for reading alone waits for a writer. The wait has an end:
# a supervisor that is killed right after the fork, before setpriv has asked for that, cannot take its child with it.
setpriv --pdeathsig KILL unshare --net --mount --pid --fork --mount-proc --propagation private --kill-child=SIGKILL bash -c '
  home=$1 socket=$2 runc=$3 users=$4 remap=$5 open_to_all=$6 containers_seconds=$7
  exec 3<> "$home/go"
  read -r -t 30 _ <&3 || exit 1
  exec 3>&-
  # Clouds answer there with the secrets of the machine.
  ip route add unreachable 169.254.0.0/16
  mount --bind "$home/resolv.conf" /etc/resolv.conf
  folders=(--data-root "$home/data" --exec-root "$home/exec")
  if [ -n "$remap" ]; then
    mount -t tmpfs -o mode=711 capstan $open_to_all
    mkdir -p "$home/data" "$home/exec" $open_to_all/data $open_to_all/exec
    mount --bind "$home/data" $open_to_all/data
    mount --bind "$home/exec" $open_to_all/exec
    install -m 755 "$runc" $open_to_all/delegating-runc
    echo "nobody:$users:1048576" > $open_to_all/ids
    mount --bind $open_to_all/ids /etc/subuid
    mount --bind $open_to_all/ids /etc/subgid
    folders=(--data-root $open_to_all/data --exec-root $open_to_all/exec)
    remap="$remap --add-runtime delegating=$open_to_all/delegating-runc --default-runtime delegating"
  fi
  # The usual iptables needs nf_tables in the kernel. Only a change tells whether it is there, because listing rules
  # succeeds on every kernel. This chain is the first one that the engine makes.
  if ! iptables --table nat --new-chain DOCKER; then
    echo "firewall: the legacy one, because the kernel has no nf_tables"
    mkdir -p "$home/legacy-firewall"
    for name in {iptables,ip6tables}{,-save,-restore}; do
      legacy=$(command -v "${name/tables/tables-legacy}") && ln -sfn "$legacy" "$home/legacy-firewall/$name"
    done
    PATH=$home/legacy-firewall:$PATH
  fi
  exec tini -- dockerd "${folders[@]}" --pidfile "$home/docker.pid" --host "unix://$socket" $remap \
    --shutdown-timeout "$containers_seconds" --bip 10.213.0.1/24 --default-address-pool base=10.214.0.0/16,size=24 --dns 10.0.2.3 --cgroup-parent /capstan
' bash "$home" "$socket" "$here/delegating-runc.sh" "$users" "$remap" "$open_to_all" "$containers_seconds" &
engine=$!

# Waits until the new network namespace is there before anything is put into it.
while [ "$(readlink /proc/$engine/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do
  go_on_or_give_up $engine
  sleep 0.01
done
setpriv --pdeathsig KILL slirp4netns --configure --mtu=65520 --disable-host-loopback --enable-sandbox --enable-seccomp \
  --ready-fd=4 $engine tap0 4> ready &
network=$!
until [ -s ready ]; do
  go_on_or_give_up $network
  sleep 0.01
done
keep_own_addresses_away
# Opened for both directions too: it does not wait for a child that is gone.
exec 5<> go
echo >&5

boot=$(cat /proc/sys/kernel/random/boot_id)
# lives PID START BOOT: whether this very process lives (proc(5): the third field is its state, the 22nd its start).
lives() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  set -- "$1" "$2" "$3" ${stat##*) }
  [ "$3" = "$boot" ] && [ "$4" != Z ] && [ "${23}" = "$2" ]
}

idle=0
asked=0
while kill -0 $engine 2>/dev/null; do
  # wait is interrupted by the trap, sleep alone is not. A sleep that outlives this script must not hold the lock.
  sleep 2 9>&- & wait $! 2>/dev/null
  keep_own_addresses_away
  alive=
  for lease in leases/*; do
    [ -e "$lease" ] || continue
    # A lease is called NUMBER.PID.START.BOOT.
    IFS=. read -r _ pid start of_boot <<< "${lease##*/}"
    if lives "$pid" "$start" "$of_boot"; then alive=yes; else rm -f "$lease"; fi
  done
  if [ "$(stat -c %s engine.log 2>/dev/null || echo 0)" -gt $log_limit ]; then
    cp engine.log engine.log.1
    : > engine.log
  fi
  if [ -n "$alive" ]; then idle=0; else idle=$((idle + 2)); fi
  [ $idle -lt $idle_limit ] || stopping=yes
  if [ -n "$stopping" ]; then
    # Twice, because the first process ignores the signal until it has become tini. At a third one dockerd would give
    # up its orderly end.
    if [ $asked -lt 2 ]; then
      for child in $(cat /proc/$engine/task/$engine/children 2>/dev/null); do kill -TERM "$child"; done
    fi
    asked=$((asked + 1))
    # Each turn takes two seconds.
    [ $((asked * 2)) -lt $((containers_seconds + 11)) ] || kill -KILL $engine
  fi
done
# A process that a student has paused does not take a SIGKILL until it is thawed (cgroup v1).
find /sys/fs/cgroup/freezer/capstan -mindepth 2 -name freezer.state 2>/dev/null | while read -r state; do echo THAWED > "$state"; done
kill -KILL $network 2>/dev/null
rm -f go ready docker.pid "$socket"
