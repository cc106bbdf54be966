import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { Random } from '../../exam/form/random'
import type { SessionView, SetupState } from '../../main/api'
import { openEngine } from '../integration/engine-fixture'
import { examHosts, seeded } from './exam-fixture'
import { expectDisconnected, survive } from './exam-survival'
import { type ServedApp, serveApp, temporaryFolder, until } from './host'

/** How often the app is killed. `npm run faults -- --kills 1000 kills` sets it. */
const KILLS = Number(process.env.CAPSTAN_KILLS ?? 50)
/** A start of the app with an engine takes longer, so fewer of the kills are during labs. */
const LAB_KILLS = Math.max(1, Math.floor(KILLS / 5))
/** The limit of one kill in milliseconds, for a busy machine. A start takes about one second. */
const A_KILL_MS = 20_000

const hosts = examHosts()
const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** Two exams run side by side, each with its own host, because much of a start is waiting. */
test(`exams are killed ${KILLS - LAB_KILLS} times, and lose nothing`, {
  timeout: 60_000 + (KILLS * A_KILL_MS) / 2,
}, async ({ signal }) => {
  await seeded(async (seed) => {
    const abort = new AbortController()
    const rounds = [Math.ceil((KILLS - LAB_KILLS) / 2), Math.floor((KILLS - LAB_KILLS) / 2)]
    const both = rounds.map(async (count, index) => {
      try {
        const ended = AbortSignal.any([abort.signal, signal])
        await survive({ hosts, rounds: count, seed: seed + index, signal: ended })
      } catch (error) {
        abort.abort()
        throw error
      }
    })
    await Promise.allSettled(both)
    await Promise.all(both)
  })
})

const LAB = 'published-ports'
const NODE = 'node1'
/** More than one packet, so that a write that was cut would show. */
const LENGTH = 200_000
const HINTS = 2

/** What the page was told, and what it has asked for without an answer. */
interface Value<T> {
  confirmed: T
  asked: T | null
}

/** A lab that is worked on, by its answers alone. */
interface Model {
  readonly sessionId: string
  readonly stepId: string
  readonly hints: Value<number>
  readonly fontSize: Value<number>
  /** The letter of which the file consists; empty for a file that is not there. */
  readonly file: Value<string>
}

/** Asks for a value and waits for the answer, unless the app is killed before. */
async function ask<T>(value: Value<T>, next: T, work: Promise<unknown>): Promise<void> {
  value.asked = next
  await work
  value.confirmed = next
  value.asked = null
}

async function act({ api }: ServedApp, model: Model, random: Random): Promise<void> {
  const { sessionId, stepId, hints, fontSize, file } = model
  const kind = random.below(4)
  if (kind === 0 && hints.confirmed < HINTS)
    return await ask(hints, hints.confirmed + 1, api.call('session.hint', { sessionId, stepId }))
  if (kind === 1) {
    const size = 10 + random.below(10)
    const terminal = { fontSize: size, scrollback: 5_000 }
    return await ask(fontSize, size, api.call('settings.set', { terminal }))
  }
  if (kind === 2) {
    await api.call('terminal.open', { sessionId, node: NODE, cols: 80, rows: 24 })
    return
  }
  const letter = String.fromCharCode(97 + random.below(26))
  const content = letter.repeat(LENGTH)
  await ask(file, letter, api.call('file.write', { sessionId, node: NODE, path: '/root/work', content }))
}

/** Works for a while, then kills the app in the middle of an act, or between two. */
async function workAndKill(app: ServedApp, model: Model, random: Random): Promise<void> {
  for (let left = random.below(4); left > 0; left--) await act(app, model, random)
  const last = act(app, model, random).catch(expectDisconnected)
  if (random.below(4) === 0) await last
  else await sleep(random.below(40))
  await app.end('SIGKILL')
  await last
}

async function ready(folder: string): Promise<ServedApp> {
  const app = await serveApp(folder)
  cleanUps.push(() => app.end('SIGKILL'))
  await until(app.api, 'setup.watch', {}, ({ phase }: SetupState) => phase !== 'running')
  return app
}

async function runs(app: ServedApp, sessionId: string): Promise<SessionView> {
  const isSettled = ({ state }: SessionView) => state === 'running' || state === 'broken'
  const view: SessionView = await until(app.api, 'session.watch', { sessionId }, isSettled)
  expect(view.problem).toBeNull()
  return view
}

/** The value is the one that was confirmed, or the one that was asked for: then it is confirmed by being there. */
function expectKept<T>(name: string, value: Value<T>, found: T): void {
  const may = value.asked === null ? [value.confirmed] : [value.confirmed, value.asked]
  expect(may, name).toContain(found)
  value.confirmed = found
  value.asked = null
}

async function expectAllKept(app: ServedApp, model: Model): Promise<void> {
  const { sessionId } = model
  expect((await app.api.call('session.list', {})).map(({ id }) => id)).toEqual([sessionId])
  const { steps } = await runs(app, sessionId)
  expectKept('hints', model.hints, steps.find(({ id }) => id === model.stepId)?.hints.length ?? -1)
  expectKept('size', model.fontSize, (await app.api.call('settings.get', {})).terminal.fontSize)
  expectKept('file', model.file, await letterOf(app, sessionId))
}

async function letterOf(app: ServedApp, sessionId: string): Promise<string> {
  const read = app.api.call('file.read', { sessionId, node: NODE, path: '/root/work' })
  const content = await read.then(
    (file) => file.content,
    (error: unknown) => {
      expect(error).toMatchObject({ code: 'not-found' })
      return ''
    },
  )
  const [letter = ''] = content
  expect(content.length === 0 || content === letter.repeat(LENGTH), 'the whole file or none').toBe(true)
  return letter
}

test(`a lab is killed ${LAB_KILLS} times, and loses nothing`, {
  timeout: 120_000 + LAB_KILLS * A_KILL_MS,
}, async ({ signal }) => {
  await using _engine = await openEngine()
  await seeded(async (seed) => {
    const random = new Random(seed)
    const { path: folder, remove } = await temporaryFolder()
    cleanUps.push(remove)
    let app = await ready(folder)
    const { id: sessionId, currentStep: stepId } = await app.api.call('session.start', { labId: LAB })
    await runs(app, sessionId)
    const model: Model = {
      sessionId,
      stepId: stepId ?? '',
      hints: { confirmed: 0, asked: null },
      fontSize: { confirmed: 14, asked: null },
      file: { confirmed: '', asked: null },
    }
    for (let round = 0; round < LAB_KILLS && !signal.aborted; round++) {
      await workAndKill(app, model, random)
      app = await ready(folder)
      await expectAllKept(app, model)
    }
    await app.api.call('session.stop', { sessionId })
    await app.end()
  })
})
