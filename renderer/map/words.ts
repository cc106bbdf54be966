/** The words and the colours of the things on the map. Pure. */
import type { MapContainerView, MapMemberView, MapNodeView, MapPortView, MapTaskView } from '../../main/api'

/** How a sign is drawn. The word says the same. */
export type Tone = 'plain' | 'good' | 'attention' | 'bad'

export interface Sign {
  readonly word: string
  readonly tone: Tone
}

const STATE_SIGNS: Readonly<Record<MapNodeView['state'], Sign>> = {
  starting: { word: 'starting', tone: 'attention' },
  running: { word: 'running', tone: 'good' },
  stopped: { word: 'stopped', tone: 'bad' },
  killed: { word: 'killed', tone: 'bad' },
  cut: { word: 'cut off', tone: 'attention' },
  gone: { word: 'gone', tone: 'bad' },
}

const AVAILABILITY: Readonly<Record<string, Sign>> = {
  pause: { word: 'paused', tone: 'attention' },
  drain: { word: 'drained', tone: 'attention' },
}

/** What stands beside the name of a node: its role, its state, and everything that is not as usual. */
export function signsOf(node: MapNodeView): readonly Sign[] {
  return [...rolesOf(node), STATE_SIGNS[node.state], ...oddities(node)]
}

function rolesOf({ member, swarm, isManager }: MapNodeView): Sign[] {
  if (member) return [{ word: roleOf(member), tone: 'plain' }]
  if (swarm === null || swarm === 'inactive') return []
  return [{ word: isManager ? 'manager' : 'member of a swarm', tone: 'plain' }]
}

export function roleOf({ isLeader, role }: MapMemberView): string {
  return isLeader ? 'leader' : role
}

function oddities({ member, swarm }: MapNodeView): Sign[] {
  const signs: Sign[] = []
  if (swarm === 'locked') signs.push({ word: 'locked', tone: 'bad' })
  if (swarm === 'error' || swarm === 'pending') signs.push({ word: `swarm: ${swarm}`, tone: 'bad' })
  if (!member) return signs
  const availability = AVAILABILITY[member.availability]
  if (availability) signs.push(availability)
  if (member.state !== 'ready') signs.push({ word: `${member.state} for the swarm`, tone: 'bad' })
  if (member.reachability && member.reachability !== 'reachable')
    signs.push({ word: member.reachability, tone: 'bad' })
  return signs
}

const GOOD_STATES = new Set(['running', 'complete'])
const BAD_STATES = new Set(['dead', 'failed', 'rejected', 'orphaned', 'unhealthy'])

/** The state of a container or of a task, with its health. */
export function stateOf({
  state,
  health = null,
}: Pick<MapContainerView, 'state'> & { health?: string | null }): Sign {
  const word = health && health !== 'healthy' ? `${state}, ${health}` : state
  if (BAD_STATES.has(state) || health === 'unhealthy') return { word, tone: 'bad' }
  return { word, tone: GOOD_STATES.has(state) ? 'good' : 'attention' }
}

/** The name that is drawn: tasks are known by service and slot. */
export function nameOf({ name, task }: MapContainerView): string {
  return task?.slot ?? name
}

/** A task of a dead node goes on in the manager's list until it is replaced. */
export function taskState({ state, node }: MapTaskView): string {
  return state === 'running' && node ? 'running when last seen' : state
}

/** "8080 → 80", with the protocol where it is not TCP. */
export function portWords({ published, target, protocol }: MapPortView): string {
  return `${published} → ${target}${protocol === 'tcp' ? '' : `/${protocol}`}`
}

const COLOURS = 6

/** One of the colours of the map, the same for the same name. The name stands beside it. */
export function colourOf(name: string): number {
  let sum = 0
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003
  return sum % COLOURS
}

/** Where a text points to. */
export function isPointed(pointed: string | null, kind: string, name: string, service?: string): boolean {
  return pointed === `${kind}:${name}` || (service !== undefined && pointed === `service:${service}`)
}
