#!/bin/bash
# Boots a kernel in user mode, in namespaces of its own: it ends with them, and nothing of this computer changes.
#
#   boot.sh KERNEL ENGINE DISK MEMORY CGROUP
#
# KERNEL and ENGINE are folders of unpacked packages, DISK is an ext4 image with the engine's data, MEMORY is in MiB,
# CGROUP is the version of the control groups. The console goes to standard output.
set -eu
kernel=$1 engine=$2 disk=$3 memory=$4 cgroup=$5
here=$(cd "$(dirname "$0")" && pwd)
libraries=lib/x86_64-linux-gnu

# The memory of the machine is a file, so it needs a file system in memory that may hold programs. The files that the
# machine begins with lie beside it. The folder is one that nobody needs here.
case "$kernel:$engine:$disk:$here" in */mnt/*) base=/media ;; *) base=/mnt ;; esac
mount -t tmpfs -o "mode=700,size=$((memory + 512))m" capstan $base
root=$base/root
mkdir -p $base/memory $root/{dev,etc,home,lib/modules,mnt/docker,opt/engine,opt/kernel,proc,root,run,sys,tmp,var}

# show FOLDER AT: shows a folder of this computer in the machine, which cannot write there.
show() {
  mount --bind "$1" "$2"
  mount -o remount,bind,ro "$2"
}

# The programs are those of this computer.
for folder in usr bin sbin lib64; do
  if [ -L /$folder ]; then
    cp -P /$folder $root/
  elif [ -d /$folder ]; then
    mkdir $root/$folder
    show /$folder $root/$folder
  fi
done
# Its own modules are not.
for entry in /lib/*; do
  [ "$entry" = /lib/modules ] || ln -s "/usr$entry" $root/lib/
done
show "$kernel/usr/lib/uml/modules" $root/lib/modules
show "$kernel" $root/opt/kernel
show "$engine" $root/opt/engine
cp "$here/init" $root/init
printf 'root:x:0:0:root:/root:/bin/bash\n' > $root/etc/passwd
printf 'root:x:0:\ntty:x:5:\n' > $root/etc/group
printf '127.0.0.1 localhost complete\n' > $root/etc/hosts
: > $root/etc/resolv.conf

ip link set lo up
ip tuntap add dev tap0 mode tap
ip addr add 10.99.0.1/30 dev tap0
ip link set tap0 up

# The kernel is newer than this computer's C library may be. Nothing else is started here after this, and a static
# program mounts both files, because they only work together.
for library in ld-linux-x86-64.so.2 libc.so.6; do
  "$kernel/usr/bin/busybox" mount --bind "$kernel/usr/$libraries/$library" "/$libraries/$library"
done
export TMPDIR=$base/memory
[ ! -e "$kernel/wide-registers.so" ] || export LD_PRELOAD=$kernel/wide-registers.so
exec "$kernel/usr/bin/linux.uml" mem="${memory}M" root=/dev/root rootfstype=hostfs rootflags=$root rw init=/init \
  ubd0="$disk" vec0:transport=tap,ifname=tap0,depth=128,gro=1 con=null con0=null,fd:1 con1=null \
  capstan_cgroup="$cgroup" < /dev/null
