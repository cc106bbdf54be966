/** What a node may do on the outer kernel: everything is dropped, then these are added back, each for a reason. */

/** Capability → what an inner engine needs it for. Found by leaving each out and running the feature tests. */
const NEEDED = {
  SYS_ADMIN: 'mounts, overlay file systems and namespaces for inner containers; writing the cgroup tree',
  NET_ADMIN: 'bridges, veth pairs, addresses, routes and iptables rules',
  NET_RAW: 'ping, and iptables matches that open raw sockets',
  NET_BIND_SERVICE: 'ports below 1024 published by the inner engine',
  CHOWN: 'unpacking layers with their owners',
  DAC_OVERRIDE: 'reading and writing layers that belong to other users',
  FOWNER: 'setting modes and times on files that belong to other users',
  FSETID: 'keeping set-user-id bits while unpacking',
  MKNOD: 'the default devices of inner containers, such as /dev/null; no device of the host is allowed',
  SETGID: 'the group of an inner process',
  SETUID: 'the user of an inner process',
  SETPCAP: 'dropping capabilities for inner containers',
  SETFCAP: 'file capabilities in layers',
  SYS_CHROOT: 'pivoting into an inner container',
  KILL: 'signals to inner processes of other users',
  AUDIT_WRITE: 'in the default set of inner containers: runc cannot give what a node lacks',
  SYS_PTRACE: 'entering the namespaces of inner processes with nsenter',
  DAC_READ_SEARCH: 'opening layers by handle while they are taken apart',
} as const

export const NODE_CAPABILITIES: readonly string[] = Object.keys(NEEDED)
