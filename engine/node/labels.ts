/** The labels on everything that Capstan creates. They say what it belongs to, so that it can be found and removed. */
import { processName } from '../../shared/system/processes'

export const TOPOLOGY = 'capstan.topology'
export const OWNER = 'capstan.owner'
/** Name of the process that made it (`processName`). Until a session takes it, only that process looks after it. */
export const PROCESS = 'capstan.process'
/** A node's or a network's name in its lab. */
export const NAME = 'capstan.name'
export const KIND = 'capstan.kind'
/** MiB of memory that a node may use. */
export const MEMORY = 'capstan.memory'
/** MiB of the disk that a node may use. */
export const DISK = 'capstan.disk'

export type Kind = 'node' | 'network' | 'volume' | 'builder' | 'template' | 'mirror'

export interface Belonging {
  readonly topologyId: string
  /** Id of the store that owns it. */
  readonly owner: string
}

export function labelsOf(kind: Kind, { topologyId, owner }: Belonging): Record<string, string> {
  return { [KIND]: kind, [TOPOLOGY]: topologyId, [OWNER]: owner, [PROCESS]: processName() }
}
