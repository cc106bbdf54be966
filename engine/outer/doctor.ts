/** The report on the engine: what was found, what is missing, and how to fix it. */
import { isCapstanError } from '../../shared/errors'
import { type TimeFactor, timeFactor } from '../../shared/time-limits'
import { MORE_KEYS } from '../docker'
import type { Capabilities } from './capabilities'
import type { KernelKeys } from './kernel-keys'
import type { EngineSource, OuterEngine } from './outer-engine'
import { type Tried, triedBefore } from './tried'

export interface DoctorReport {
  readonly ok: boolean
  readonly engine: {
    readonly source: EngineSource
    readonly endpoint: string
    readonly version: string
    /** The Docker context that names it. */
    readonly context?: string
  } | null
  readonly capabilities: Record<string, boolean | number | string>
  readonly problems: readonly { readonly message: string; readonly help: string }[]
  /** How far all time limits are stretched, and who says so. */
  readonly timeLimits: TimeFactor
  /** Where an engine was looked for, in this order, and what was found there. */
  readonly tried: readonly Tried[]
}

type Examined = Pick<OuterEngine, 'source' | 'context' | 'endpoint' | 'version' | 'capabilities' | 'tried'>

/** MiB. A node needs about 40; course containers and a browser need the rest. */
const LITTLE_MEMORY = 2_000

const ABSENCES: readonly { name: keyof Capabilities; message: string; help: string }[] = [
  {
    name: 'ipvs',
    message:
      'The kernel has no IPVS: service VIPs and the routing mesh do not work; labs that need them are left out.',
    help: 'Run `modprobe ip_vs`, or use an engine on a kernel that has it.',
  },
  {
    name: 'esp',
    message:
      'The kernel has no IPsec ESP: encrypted overlay networks do not work; labs that need them are left out.',
    help: 'Run `modprobe esp4`, or use an engine on a kernel that has it.',
  },
  {
    name: 'vxlan',
    message: 'The kernel has no VXLAN: overlay networks do not work.',
    help: 'Run `modprobe vxlan`, or use an engine on a kernel that has it.',
  },
  {
    name: 'userns',
    message:
      'A lab runs as root on this computer: the engine gives its nodes no user namespaces, so a hostile lab could take the computer over.',
    help: 'Start only labs that you trust. Or use the private engine on Linux, Docker without root, or a virtual machine.',
  },
]

/** Keys that an idle node holds; each container in it holds one more. Measured with Docker 26.1 on 6.18. */
const KEYS_OF_A_NODE = 2
/** With fewer left, a swarm of five nodes may not start. */
const FEW_KEYS = 10
/** MiB that a node and its containers take. */
const NODE_MEMORY = 256
const CONTAINERS_OF_A_NODE = 2

export interface Circumstances {
  /** What was tried before a failure, where that does not know it. */
  readonly tried?: readonly Tried[] | undefined
  /** The keys of the kernel that nodes can have, where they could be read. */
  readonly keys?: KernelKeys | null
}

/** Reports on an engine that was found, or on why there is none. An engine that lacks features is still ok. */
export function doctor(found: Examined | Error, { tried: before, keys }: Circumstances = {}): DoctorReport {
  if (found instanceof Error) {
    const help = (isCapstanError(found) && found.help) || 'Start a Docker Engine and try again.'
    const problems = [{ message: found.message, help }]
    return {
      ok: false,
      engine: null,
      capabilities: {},
      problems,
      timeLimits: timeFactor(),
      tried: before ?? triedBefore(found),
    }
  }
  const { source, context, endpoint, version, capabilities, tried } = found
  const problems = ABSENCES.filter(({ name }) => !capabilities[name]).map(({ message, help }) => ({
    message,
    help,
  }))
  if (capabilities.memory < LITTLE_MEMORY) {
    problems.push({
      message: `The engine has only ${capabilities.memory} MiB of memory.`,
      help: 'Give it 4 GiB or more.',
    })
  }
  if (keys) problems.push(...keyProblems(keys, capabilities.memory))
  const engine = { source, endpoint, version, ...(context !== null && { context }) }
  return {
    ok: true,
    engine,
    capabilities: { ...capabilities, ...(keys && { keys: keys.most }) },
    problems,
    timeLimits: timeFactor(),
    tried: [...tried],
  }
}

/** Keys are told of where they end before the memory does. */
function keyProblems({ used, most }: KernelKeys, memory: number): { message: string; help: string }[] {
  if (most - used < FEW_KEYS) {
    const message = `Nodes and their containers hold ${used} of ${most} keys of the kernel: the next ones may not start.`
    return [{ message, help: MORE_KEYS }]
  }
  const nodes = Math.floor(most / (KEYS_OF_A_NODE + CONTAINERS_OF_A_NODE))
  if (memory / NODE_MEMORY <= nodes) return []
  const message = `Nodes and their containers can hold ${most} keys of the kernel together. They are used up at about ${nodes} nodes, before the memory is.`
  return [{ message, help: MORE_KEYS }]
}
