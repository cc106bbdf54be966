/** What a link to a playground asks for, and the link that asks for it. Nothing is started by reading a link. */
import type { PlaygroundChoice } from '../../../main/api'

export interface Wish {
  readonly managers: number
  readonly workers: number
  readonly swarm: boolean
  readonly engine: string | null
  readonly name: string | null
  /** The packed compose file; null without one. */
  readonly compose: string | null
  /** An address that the link names in the place of a file. Nobody fetches it. */
  readonly address: string | null
}

const ENGINE = /^\d{1,3}\.\d{1,3}(\.\d{1,3})?$/
const LONGEST_NAME = 60
/** A link may ask for more than fits; the page says then why it does not. */
const MOST = 99

/** @param query of the page's address, without the question mark. @returns null when it asks for nothing */
export function wishOf(query: string): Wish | null {
  const asked = new URLSearchParams(query)
  if (asked.size === 0) return null
  const compose = asked.get('compose')
  const isAddress = compose !== null && /^[a-z][a-z+.-]*:|^\/\//i.test(compose)
  const engine = asked.get('engine')
  return {
    managers: countIn(asked.get('managers'), 1),
    workers: countIn(asked.get('workers'), 0),
    swarm: asked.get('swarm') !== '0',
    engine: engine !== null && ENGINE.test(engine) ? engine : null,
    name: nameIn(asked.get('name')),
    compose: isAddress ? null : compose,
    address: isAddress ? compose : null,
  }
}

/** The route of a playground, with its compose file packed. */
export function routeTo(
  { managers, workers, swarm, engine, name }: PlaygroundChoice,
  packed: string | null,
): string {
  const query = new URLSearchParams({
    managers: `${managers}`,
    workers: `${workers}`,
    swarm: swarm ? '1' : '0',
  })
  if (engine) query.set('engine', engine)
  query.set('name', name)
  if (packed) query.set('compose', packed)
  return `/playground?${query}`
}

function countIn(text: string | null, usual: number): number {
  if (text === null || !/^\d{1,2}$/.test(text)) return usual
  return Math.min(MOST, Number(text))
}

/** Controls, and what turns the direction of text around, could make a name look like something else. */
function nameIn(text: string | null): string | null {
  const name = (text ?? '').replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '').trim()
  return name.slice(0, LONGEST_NAME) || null
}
