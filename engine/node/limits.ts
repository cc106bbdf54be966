/** What a node may use of its machine. */

/** The machine that the outer engine runs on. */
export interface Machine {
  /** MiB. */
  readonly memory: number
  readonly cores: number
}

/** What a lab needs. */
export interface NodeNeed {
  /** The number of nodes that run together. */
  readonly nodes: number
  /** MiB for each node. Without it, a node gets the default. */
  readonly memory?: number | undefined
  /** MiB of the disk for each node. Without it, a node gets the default. */
  readonly disk?: number | undefined
}

export interface NodeLimits {
  /** MiB, without swap: a node that swaps would slow the whole machine down. */
  readonly memory: number
  readonly processes: number
  /** Share of the processors where they are not enough for all. A container without a limit has 1024. */
  readonly cpuShares: number
  /** No more than an engine has that was started by hand: only a machine with every right can raise it. */
  readonly openFiles: number
  /** MiB of the largest file. A file can be given its whole size at once, before anybody sees the disk get full. */
  readonly fileSize: number
  /** MiB of everything that it writes. No engine keeps this limit: whoever runs the node watches it (decision 40). */
  readonly disk: number
}

/**
 * MiB. Measured peaks, pulls included: 124 at the start of a node, 348 for a swarm with a database, a cache and three web
 * servers, 686 for a database that sorts a million rows, 1543 for a build that unpacks a hundred packages with apt. Most
 * of that is page cache, which the kernel takes back.
 */
const USUAL_MEMORY = 2048
/** MiB. A node with so much starts, runs containers, and survives one that takes all of it. */
const LEAST_MEMORY = 384
/** All nodes of a lab together get no more than this part of the machine, so that the host keeps the rest. */
const SHARE_OF_MEMORY = 0.75

/** MiB. A choice, not a measurement: course images are a link, so most of it is left for what a student pulls or builds. */
const USUAL_DISK = 8192

/** The limits of each node of a lab on a machine. A machine of unknown size counts as large enough. */
export function limitsOf(
  { nodes, memory = USUAL_MEMORY, disk = USUAL_DISK }: NodeNeed,
  machine: Machine,
): NodeLimits {
  const share = Math.floor((machine.memory * SHARE_OF_MEMORY) / Math.max(1, nodes))
  const room = machine.memory > 0 ? Math.max(LEAST_MEMORY, share) : memory
  return {
    memory: Math.min(memory, room),
    processes: 4096,
    cpuShares: 512,
    openFiles: 16_384,
    fileSize: 4096,
    disk,
  }
}

const MIB = 2 ** 20

/** The log of a node's first process is a file outside of the node, so the node could fill the disk through it. */
const LOG = {
  Type: 'json-file',
  Config: { 'max-size': '1m', 'max-file': '2' },
}

/** The limits in the words of Docker's API. */
export function hostConfigOf(limits: NodeLimits) {
  return {
    LogConfig: LOG,
    Memory: limits.memory * MIB,
    MemorySwap: limits.memory * MIB,
    PidsLimit: limits.processes,
    CpuShares: limits.cpuShares,
    Ulimits: [
      { Name: 'nofile', Soft: limits.openFiles, Hard: limits.openFiles },
      { Name: 'fsize', Soft: limits.fileSize * MIB, Hard: limits.fileSize * MIB },
    ],
  }
}
