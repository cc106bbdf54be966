/** The report on the engine: what was found, what is missing, and how to fix it. */
import { isCapstanError } from '../../shared/errors'
import { type TimeFactor, timeFactor } from '../../shared/time-limits'
import type { Capabilities } from './capabilities'
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

/**
 * Reports on an engine that was found, or on why there is none. An engine that lacks features is still ok.
 * @param before what was tried before a failure, where that does not know it
 */
export function doctor(found: Examined | Error, before: readonly Tried[] = triedBefore(found)): DoctorReport {
  if (found instanceof Error) {
    const help = (isCapstanError(found) && found.help) || 'Start a Docker Engine and try again.'
    const problems = [{ message: found.message, help }]
    return { ok: false, engine: null, capabilities: {}, problems, timeLimits: timeFactor(), tried: before }
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
  const engine = { source, endpoint, version, ...(context !== null && { context }) }
  return {
    ok: true,
    engine,
    capabilities: { ...capabilities },
    problems,
    timeLimits: timeFactor(),
    tried: [...tried],
  }
}
