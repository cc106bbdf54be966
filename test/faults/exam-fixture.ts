/**
 * Parts that the fault tests of exams share: a host without an engine, random acts, and the state that they must lead
 * to.
 */
import { randomInt } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { type Attempt, apply, canLookAt, fold, shownOption } from '../../exam'
import type { AttemptEvent } from '../../exam/attempt'
import type { Random } from '../../exam/form/random'
import type { AttemptView, Client, Contract } from '../../main/api'
import { DEFAULT_SETTINGS } from '../../main/store'
import { type ServedApp, serveApp, temporaryFolder } from './host'

export type Act = DistributiveOmit<Extract<AttemptEvent, { item: number }>, 'at'>
type DistributiveOmit<T, K extends keyof never> = T extends unknown ? Omit<T, K> : never
export type Began = Extract<AttemptEvent, { kind: 'began' }>

/** Starts hosts without an engine for the tests of one file. After each test it ends those that still run. */
export function examHosts() {
  const cleanUps: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
  })
  const atEnd = (cleanUp: () => Promise<void>) => void cleanUps.push(cleanUp)
  const dataFolder = async (): Promise<string> => {
    const folder = await temporaryFolder()
    atEnd(folder.remove)
    await withoutEngine(folder.path)
    return folder.path
  }
  const open = async (folder: string): Promise<ServedApp> => {
    const app = await serveApp(folder)
    atEnd(() => app.end('SIGKILL'))
    return app
  }
  const begin = async (folder: string): Promise<{ app: ServedApp; id: string; began: Began }> => {
    const app = await open(folder)
    const { attemptId: id } = await app.api.call('exam.start', { mode: 'real' })
    return { app, id, began: beganOf(await journalOf(folder, id)) }
  }
  return { atEnd, dataFolder, open, begin }
}

/** Runs a test with a random seed. A failure names the seed, which is enough to repeat it. */
export async function seeded(work: (seed: number) => Promise<void>): Promise<void> {
  const seed = Number(process.env.CAPSTAN_SEED ?? randomInt(2 ** 31))
  try {
    await work(seed)
  } catch (error) {
    throw new Error(`With CAPSTAN_SEED=${seed}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    })
  }
}

/** These settings name an engine that does not exist, so the host does not look for another one and starts none. */
export async function withoutEngine(folder: string): Promise<void> {
  const engine = { mode: 'custom', endpoint: `unix://${join(folder, 'none.sock')}`, tlsDirectory: '' }
  await mkdir(folder, { recursive: true })
  const settings = { version: 1, settings: { ...DEFAULT_SETTINGS, engine } }
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings))
}

/** Reads the events of a journal on disk. Half a line at its end is not an event. */
export async function journalOf(folder: string, id: string): Promise<AttemptEvent[]> {
  const text = await readFile(join(folder, 'attempts', `${id}.jsonl`), 'utf8')
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line).event)
}

export function beganOf([first]: readonly AttemptEvent[]): Began {
  if (first?.kind !== 'began') throw new Error('The journal does not begin with a beginning.')
  return first
}

/** The content of an event without its time. */
export function actsOf(events: readonly AttemptEvent[]): Act[] {
  return events.flatMap((event) => {
    if (!('item' in event)) return []
    const { at: _at, ...act } = event
    return [act as Act]
  })
}

/** The attempt that acts lead to according to the reducer alone. */
export function attemptOf(began: Began, acts: readonly Act[]): Attempt {
  return acts.reduce((attempt, act) => apply(attempt, { ...act, at: 0 }), fold([began]))
}

/** The view that a page must get of an attempt, without texts and time. */
export function expectedView(attempt: Attempt) {
  const { form, items, current } = attempt
  const [item, state] = [form.items[current], items[current]]
  if (!item || !state) throw new Error(`There is no item ${current}.`)
  const shown = shownOption(item, state)
  return {
    items: form.items.map(({ delivery }, index) => ({
      delivery,
      answered: (items[index]?.chosen.length ?? 0) + (items[index]?.decisions.length ?? 0) > 0,
      flagged: items[index]?.flagged,
      closed: items[index]?.closed,
      open: canLookAt(attempt, index),
      // A real exam tells nothing before its end.
      outcome: null,
    })),
    current: {
      index: current,
      chosen: state.chosen,
      decided: state.decisions.length,
      options: item.delivery === 'classic' ? item.order : shown === null ? [] : [shown],
    },
  }
}

/** The same parts of a view that a page got. */
export function comparable({ items, current }: AttemptView) {
  const { index, chosen, decided, options } = current
  return { items, current: { index, chosen, decided, options: options.map(({ id }) => id) } }
}

/** Chooses an act that a page could send now. Sometimes it is one that a page could not send. */
export function randomAct(attempt: Attempt, random: Random): Act {
  const { form, items } = attempt
  const index = random.below(4) === 0 ? attempt.current : random.below(form.items.length)
  const [item, state] = [form.items[index], items[index]]
  if (!item || !state) throw new Error(`There is no item ${index}.`)
  const kind = random.below(5)
  if (kind === 0) return { kind: 'flagged', item: index, on: random.below(2) === 0 }
  if (kind === 1) return { kind: 'moved', item: index }
  if (item.delivery === 'classic')
    return { kind: 'chose', item: index, options: item.order.filter(() => random.below(2) === 0) }
  const shown = shownOption(item, state) ?? item.order[0] ?? 0
  const option = random.below(8) === 0 ? (item.order.at(-1) ?? 0) : shown
  // A good candidate answers right, so that items take several decisions.
  const yes = random.below(5) === 0 ? random.below(2) === 0 : item.key.includes(option)
  return { kind: 'decided', item: index, option, yes }
}

/** Sends the act over the contract. */
export async function send(api: Client<Contract>, attemptId: string, act: Act): Promise<AttemptView> {
  const { item } = act
  switch (act.kind) {
    case 'moved':
      return await api.call('exam.move', { attemptId, item })
    case 'chose':
      return await api.call('exam.choose', { attemptId, item, options: act.options })
    case 'decided':
      return await api.call('exam.decide', { attemptId, item, option: act.option, yes: act.yes })
    case 'flagged':
      return await api.call('exam.flag', { attemptId, item, on: act.on })
    case 'revealed':
      return await api.call('exam.reveal', { attemptId, item })
    case 'ran':
      return await api.call('exam.judge', { attemptId, item })
  }
}

/** The attempt as a page gets it that opens now. */
export async function shown(api: Client<Contract>, attemptId: string): Promise<AttemptView> {
  return await new Promise((resolve, reject) => {
    const stop = api.subscribe(
      'exam.watch',
      { attemptId },
      {
        onItem: (view) => {
          setImmediate(() => stop())
          resolve(view)
        },
        onError: reject,
      },
    )
  })
}
