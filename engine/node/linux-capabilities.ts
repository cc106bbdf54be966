/** The Linux capabilities of a node: all are dropped, then these are added back, each for a reason. */

/**
 * Docker's own default set for a container. An inner container gets it too, and runc refuses to start one that
 * asks for what its node lacks ("unable to apply caps"), so none of it can go.
 */
const OF_INNER_CONTAINERS = {
  AUDIT_WRITE: 'nothing in the node itself; inner containers ask for it',
  CHOWN: 'the group of the engine socket; unpacking layers with their owners',
  DAC_OVERRIDE: 'reading and writing layers and volumes that belong to other users',
  FOWNER: 'setting modes and times on files that belong to other users',
  FSETID: 'keeping set-user-id bits while unpacking',
  KILL: 'signals to inner processes of other users: docker stop and docker kill',
  MKNOD: 'the default devices of inner containers, such as /dev/null; no device of the host is allowed',
  NET_BIND_SERVICE: 'ports below 1024 published by the inner engine',
  NET_RAW: 'ping, in the node and in inner containers',
  SETFCAP: 'file capabilities in layers',
  SETGID: 'the groups of an inner process',
  SETPCAP: 'dropping capabilities for inner containers',
  SETUID: 'the user of an inner process',
  SYS_CHROOT: 'docker cp and unpacking, which change root; entering the mount namespace of a container',
} as const

/** The engine in the node needs these too. */
const OF_THE_ENGINE = {
  NET_ADMIN: 'bridges, veth pairs, addresses, routes and iptables rules',
  SYS_ADMIN: 'mounts, overlay file systems and namespaces; writing the cgroup tree',
  SYS_PTRACE: 'entering the namespaces of inner processes of other users with nsenter; --cap-add SYS_PTRACE',
} as const

/**
 * The list was found by leaving each out and running 45 commands of the course in the node (images, limits, published
 * ports, builds, namespaces by hand, volumes, macvlan, swarm with an overlay). With this list all of them work.
 * DAC_READ_SEARCH is left out because it opens any file of the host's disk by its handle. SYS_RESOURCE, SYS_MODULE,
 * SYS_TIME, SYS_RAWIO and the like are left out because nothing needed them. Without them Docker 20.10 in a node refuses
 * `docker run --privileged`; later versions give such a container the rights of the node.
 */
export const NODE_CAPABILITIES: readonly string[] = Object.keys({ ...OF_INNER_CONTAINERS, ...OF_THE_ENGINE })
