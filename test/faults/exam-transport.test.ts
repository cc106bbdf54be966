import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Attempt, apply, everyItem, type Item, wholeItems } from '../../exam'
import { Random } from '../../exam/form/random'
import { loadBank } from '../../main/services'
import { ROOT } from '../e2e/serve'
import { type Act, attemptOf, beganOf, journalOf, send, withoutEngine } from './exam-fixture'
import { openPage, type Page, type ServedApp, serveApp, temporaryFolder } from './host'

/** A frame that crossed the socket, with the items that had ended before it. */
interface Crossed {
  readonly text: string
  readonly direction: 'in' | 'out'
  readonly over: ReadonlySet<string>
}

let items: ReadonlyMap<string, Item>
let app: ServedApp
let folder: Awaited<ReturnType<typeof temporaryFolder>>
let page: Page
let frames: Crossed[] = []
let over: ReadonlySet<string> = new Set()

beforeAll(async () => {
  const { bank } = await loadBank(ROOT)
  items = new Map(wholeItems(bank, everyItem(bank)).map((item) => [item.id, item]))
  folder = await temporaryFolder()
  await withoutEngine(folder.path)
  app = await serveApp(folder.path)
})
afterAll(async () => {
  await app?.end('SIGKILL')
  await folder?.remove()
})
afterEach(() => {
  page.close()
  frames = []
  over = new Set()
})

async function record(): Promise<void> {
  page = await openPage(app.url, (text, direction) => frames.push({ text, direction, over }))
}

/** The texts of an item that may be shown only after it has ended, as JSON writes them. */
function secretsOf({ explanation, options }: Item): string[] {
  const texts = [explanation, ...options.flatMap(({ why }) => why ?? [])]
  return texts.map((text) => JSON.stringify(text.trim()).slice(1, -1))
}

/**
 * The bank's secret texts without those that are also an open text of some item, because the two could not be told
 * apart.
 */
function bankSecrets(): Set<string> {
  const open = [...items.values()]
    .map(({ stem, options, exhibits }) => JSON.stringify([stem, options.map(({ text }) => text), exhibits]))
    .join('\n')
  const all = new Set([...items.values()].flatMap(secretsOf))
  const told = new Set([...all].filter((secret) => !open.includes(secret)))
  expect(told.size).toBeGreaterThan(0.99 * all.size)
  return told
}

/** The names of fields that contain a key or its reason. */
const TELLING = /"(key|right|why|explanation|order|picked|source|proof)":/

/** Takes every item to its end. @param onClosed closes a classic item of a practice */
async function sit(id: string, { reveals }: { reveals: boolean }): Promise<Attempt> {
  const random = new Random(7)
  let attempt = attemptOf(beganOf(await journalOf(folder.path, id)), [])
  const act = async (one: Act) => {
    attempt = apply(attempt, { ...one, at: 0 })
    const { form, items: states } = attempt
    if (reveals) over = new Set(form.items.filter((_item, at) => states[at]?.closed).map((item) => item.id))
    await send(page.api, id, one)
  }
  for (const [item, { delivery, order, key }] of attempt.form.items.entries()) {
    await act({ kind: 'moved', item })
    if (delivery === 'classic') {
      await act({ kind: 'chose', item, options: order.filter(() => random.below(2) === 0) })
      if (reveals) await act({ kind: 'revealed', item })
    }
    while (delivery === 'domc' && !attempt.items[item]?.closed) {
      const option = order[attempt.items[item]?.decisions.length ?? 0] ?? 0
      const yes = random.below(4) === 0 ? random.below(2) === 0 : key.includes(option)
      await act({ kind: 'decided', item, option, yes })
    }
  }
  return attempt
}

/** After the end everything may be sent, and everything is sent. */
async function expectAllTold(id: string, { form }: Attempt): Promise<void> {
  await page.api.call('exam.end', { attemptId: id })
  frames = []
  const result = await page.api.call('exam.result', { attemptId: id })
  const told = frames.map(({ text }) => text).join('\n')
  for (const one of form.items) {
    const item = items.get(one.id)
    expect(item).toBeDefined()
    for (const secret of item ? secretsOf(item) : []) expect(told).toContain(secret)
  }
  expect(
    result.items.map(({ options }) => options.filter(({ right }) => right).map((one) => one.id)),
  ).toEqual(form.items.map(({ order, key }) => order.filter((option) => key.includes(option))))
}

test('no key, no explanation and no reason crosses the socket before the end of a real exam', async () => {
  const secrets = bankSecrets()
  await record()
  const { attemptId: id } = await page.api.call('exam.start', { mode: 'real' })
  page.api.subscribe('exam.watch', { attemptId: id }, { onItem: () => undefined })
  const attempt = await sit(id, { reveals: false })
  expect(new Set(attempt.form.items.map(({ delivery }) => delivery))).toEqual(new Set(['classic', 'domc']))
  // Calls that a dishonest page could make too early.
  await page.api.call('exam.list', {})
  await expect(page.api.call('exam.result', { attemptId: id })).rejects.toMatchObject({
    code: 'session-state',
  })
  await expect(page.api.call('exam.reveal', { attemptId: id, item: 0 })).rejects.toMatchObject({
    code: 'session-state',
  })
  const said = frames.filter(({ direction }) => direction === 'in').map(({ text }) => text)
  expect(said.length).toBeGreaterThan(200)
  for (const text of said) expect(text).not.toMatch(TELLING)
  const wire = frames.map(({ text }) => text).join('\n')
  expect([...secrets].filter((secret) => wire.includes(secret))).toEqual([])
  await expectAllTold(id, attempt)
}, 120_000)

test('in practice what is told of an item crosses the socket when it is over, and of no other', async () => {
  const known = bankSecrets()
  await record()
  const { attemptId: id } = await page.api.call('exam.start', { mode: 'practice', length: 24 })
  page.api.subscribe('exam.watch', { attemptId: id }, { onItem: () => undefined })
  const attempt = await sit(id, { reveals: true })
  const said = frames.filter(({ direction }) => direction === 'in')
  let revealed = 0
  for (const { text, over: allowed } of said) {
    const form = attempt.form.items.flatMap((one) => items.get(one.id) ?? [])
    const may = new Set(form.filter((item) => allowed.has(item.id)).flatMap(secretsOf))
    const secrets = form.filter((item) => !allowed.has(item.id)).flatMap(secretsOf)
    expect(secrets.filter((one) => known.has(one) && !may.has(one) && text.includes(one))).toEqual([])
    const { out } = JSON.parse(text)
    const { current, ...rest } = out ?? {}
    expect(JSON.stringify(rest)).not.toMatch(TELLING)
    if (!current?.revealed) expect(text).not.toMatch(TELLING)
    else {
      expect(allowed).toContain(attempt.form.items[current.index]?.id)
      revealed += 1
    }
  }
  expect(revealed).toBeGreaterThanOrEqual(24)
  await expectAllTold(id, attempt)
}, 120_000)
