/** How fast an engine is: the time that a throwaway container takes there decides how far limits are stretched. */
import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { within } from '../../shared/system/wait'
import { writeWhole } from '../../shared/system/whole-file'
import { LARGEST_FACTOR, setTimeFactor } from '../../shared/time-limits'
import type { DockerClient } from '../docker'

/**
 * Milliseconds of a container on a usual machine: created, started, ended. Two cores under Linux took 300 to 450, and
 * the same kernel as a user-mode Linux, eight to ten times slower, took 3,400 to 4,000.
 */
const USUAL_MS = 350
/** Limits have room for a machine that needs this much longer: with 1,000 ms they stay as they are. */
const ROOM_MS = 650
/** The quickest of these counts, so that a busy moment does not. A quick first one ends the measurement. */
const TRIES = 3
/** The slowest of these decides, so that a lucky moment does not shrink limits that the machine needs. */
const KEPT = 3
/** A machine that is quick is measured once a day, and a slow one at every start: there it costs the least. */
const FRESH_MS = 86_400_000
const RUN_LIMIT_MS = 60_000

const Paces = z.object({
  paces: z.array(z.object({ ms: z.number().nonnegative(), at: z.iso.datetime() })).max(KEPT),
})
type Paces = z.infer<typeof Paces>['paces']

export interface PaceOptions {
  /** Where the engine listens. The way to it takes time too. */
  readonly endpoint: string
  /** Folder in which measurements are kept. */
  readonly home: string
}

export interface MeasureOptions extends PaceOptions {
  readonly docker: Pick<DockerClient, 'containers'>
  /** An image with a program `true`. */
  readonly image: string
  readonly signal?: AbortSignal | undefined
  readonly now?: () => Date
  /** Milliseconds of a clock that never goes back. */
  readonly clock?: () => number
}

/** The factor for time limits on an engine that takes this many milliseconds for a container. */
export function factorOf(ms: number): number {
  return Math.min(LARGEST_FACTOR, Math.max(1, Math.round((ms - ROOM_MS) / USUAL_MS)))
}

/** Stretches limits by what is known of the engine at an endpoint. Of one that was never met, nothing is known. */
export async function recallPace(options: PaceOptions): Promise<void> {
  stretchBy(await readPaces(fileOf(options)))
}

/** Measures the engine, unless it was found quick not long ago, and stretches limits by what is known of it. */
export async function measurePace(options: MeasureOptions): Promise<void> {
  const { home, now = () => new Date() } = options
  const path = fileOf(options)
  const known = await readPaces(path)
  if (isFresh(known, now())) return stretchBy(known)
  stretchBy(known)
  const ms = Math.round(await quickestRun(options))
  const paces = [{ ms, at: now().toISOString() }, ...known].slice(0, KEPT)
  stretchBy(paces)
  await mkdir(join(home, 'pace'), { recursive: true })
  await writeWhole(path, JSON.stringify({ paces } satisfies z.infer<typeof Paces>))
}

function fileOf({ home, endpoint }: PaceOptions): string {
  return join(home, 'pace', `${createHash('sha256').update(endpoint).digest('hex').slice(0, 16)}.json`)
}

/** @returns the latest first; none where nothing is kept, or nothing that can be read: then it is measured again */
async function readPaces(path: string): Promise<Paces> {
  try {
    return Paces.parse(JSON.parse(await readFile(path, 'utf8'))).paces
  } catch {
    return []
  }
}

function stretchBy(paces: Paces): void {
  const slowest = Math.max(...paces.map(({ ms }) => ms))
  setTimeFactor('measured', paces.length > 0 ? factorOf(slowest) : null)
}

/** A date in the future is that of a clock that was wrong. */
function isFresh([latest, ...before]: Paces, now: Date): boolean {
  if (!latest || [latest, ...before].some(({ ms }) => factorOf(ms) > 1)) return false
  const age = now.getTime() - Date.parse(latest.at)
  return age >= 0 && age < FRESH_MS
}

async function quickestRun(options: MeasureOptions): Promise<number> {
  let quickest = Number.POSITIVE_INFINITY
  for (let tries = 0; tries < TRIES && factorOf(quickest) > 1; tries++) {
    quickest = Math.min(quickest, await timeOfRun(options))
  }
  return quickest
}

async function timeOfRun({
  docker: { containers },
  image,
  signal,
  clock = () => performance.now(),
}: MeasureOptions): Promise<number> {
  signal?.throwIfAborted()
  const begin = clock()
  const spec = { Image: image, Entrypoint: ['true'], Cmd: [], Labels: { 'capstan.kind': 'builder' } }
  const id = await containers.create(spec)
  try {
    await containers.start(id)
    const ended = () => containers.wait(id, RUN_LIMIT_MS)
    await within(ended, { limitMs: RUN_LIMIT_MS, waitsFor: 'a container that measures the engine', signal })
    return clock() - begin
  } finally {
    await containers.remove(id)
  }
}
