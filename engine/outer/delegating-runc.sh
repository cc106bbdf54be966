#!/bin/sh
# Runs runc, and gives a new container in a user namespace what Docker does not give it.
#
# Its own cgroup: root in the container could not make the cgroups of the containers in it. Only the files are handed
# over that put processes into cgroups. The limits of the container itself stay with the engine.
#
# A second sysfs, where its image has a folder for one: the kernel lets a user namespace mount a sysfs only while it
# sees a writable one, and /sys is read-only. `ip netns` unmounts that one and mounts its own.
sysfs=/opt/capstan/sysfs

pid_file=
bundle=
creates=
previous=
for word in "$@"; do
  [ "$previous" = --pid-file ] && pid_file=$word
  [ "$previous" = --bundle ] && bundle=$word
  [ "$word" = create ] && creates=yes
  previous=$word
done

config=$bundle/config.json
if [ -n "$creates" ] && grep -q '"uidMappings"' "$config" 2>/dev/null; then
  root=$(sed -n 's/.*"root":{"path":"\([^"]*\)".*/\1/p' "$config")
  mount='{"destination":"'$sysfs'","type":"sysfs","source":"sysfs","options":["nosuid","noexec","nodev"]}'
  [ ! -d "$root$sysfs" ] || sed -i 's|"mounts":\[|&'"$mount"',|' "$config"
fi

runc "$@" || exit $?
[ -n "$creates" ] && [ -n "$pid_file" ] || exit 0

pid=$(cat "$pid_file")
# The maps name the host's user and group that are root in the container. Without a user namespace that is root itself.
read -r _ user _ < "/proc/$pid/uid_map"
read -r _ group _ < "/proc/$pid/gid_map"
[ "$user" -ne 0 ] || exit 0
set --
while IFS=: read -r _ controllers path; do
  folder=/sys/fs/cgroup/${controllers#name=}$path
  [ -n "$controllers" ] || [ -f "$folder/cgroup.controllers" ] || folder=/sys/fs/cgroup/unified$path
  # A process outside of our own cgroups would hand over somebody else's.
  case $path in /capstan/*) ;; *) continue ;; esac
  for file in "$folder" "$folder/cgroup.procs" "$folder/tasks" "$folder/cgroup.threads" "$folder/cgroup.subtree_control"; do
    [ ! -e "$file" ] || set -- "$@" "$file"
  done
done < "/proc/$pid/cgroup"
# One program for all files: a program takes longer than its work.
[ $# -eq 0 ] || chown "$user:$group" "$@"
