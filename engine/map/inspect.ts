/** What `docker inspect` shows of one thing on the map, as text. */
import { CapstanError } from '../../shared/errors'
import type { Json } from '../docker'
import type { MapEngine } from './pictures'

/** Characters of a text that are shown. */
const LONGEST = 200_000
const LIMIT_MS = 5_000

export type MapKind = 'engine' | 'node' | 'container' | 'service' | 'task' | 'network' | 'volume'

interface Kind {
  /** In the engine's API. Ids and names have no slashes. */
  readonly path: (id: string) => string
  /** The command that shows the same. */
  readonly command: (id: string) => string
}

const KINDS: Readonly<Record<MapKind, Kind>> = {
  engine: { path: () => '/info', command: () => "docker info --format '{{json .}}'" },
  node: { path: (id) => `/nodes/${id}`, command: (id) => `docker node inspect ${id}` },
  container: { path: (id) => `/containers/${id}/json`, command: (id) => `docker container inspect ${id}` },
  service: { path: (id) => `/services/${id}`, command: (id) => `docker service inspect ${id}` },
  task: { path: (id) => `/tasks/${id}`, command: (id) => `docker inspect --type task ${id}` },
  network: { path: (id) => `/networks/${id}`, command: (id) => `docker network inspect ${id}` },
  volume: { path: (id) => `/volumes/${id}`, command: (id) => `docker volume inspect ${id}` },
}

export interface Inspected {
  /** The command that shows the same in a terminal. */
  readonly command: string
  readonly text: string
}

/** Asks an engine for everything about one thing. @throws CapstanError `not-found` for what is no longer there */
export async function inspect(engine: MapEngine, kind: MapKind, id: string): Promise<Inspected> {
  const { path, command } = KINDS[kind]
  if (!/^[A-Za-z0-9][\w.-]{0,254}$/.test(id))
    throw new CapstanError('bad-input', `"${id.slice(0, 40)}" is not the name of a ${kind}.`)
  return { command: command(id), text: textOf(await engine.get(path(id), LIMIT_MS)) }
}

/** As the command prints it: a list with one thing in it. */
function textOf(answer: Json): string {
  const text = JSON.stringify([answer], null, 4)
  if (text.length <= LONGEST) return text
  return `${text.slice(0, LONGEST)}\n… cut after ${LONGEST} of ${text.length} characters.`
}
