import { afterEach, expect, test, vi } from 'vitest'
import { EscapeGuard } from '../../shared/screen'
import { everyCsi, everyDcs, everyOsc, randomCsi } from '../../shared/screen/every-sequence.test-kit'
import { code } from './screen-thread?thread'
import { Screens } from './screens'

const size = { cols: 40, rows: 5, scrollback: 100, onDrawn: () => undefined }
const patience = { timeout: 10_000 }
const heartbeat = { everyMs: 50, missed: 40 }

/** The real thread, which also hangs and dies when it is told to. */
const FRAGILE = async () => `${code}
;require('node:worker_threads').parentPort.on('message', ({ text = '' }) => {
  if (text.includes('HANG')) for (;;);
  if (text.includes('DIE')) process.exit(1)
})`

const openPorts = () => process.getActiveResourcesInfo().filter((kind) => kind === 'MessagePort').length
const PORTS_AT_REST = openPorts()

let all: Screens
afterEach(() => all.dispose())

test('a screen is kept with its colours, and its last lines as plain text', async () => {
  all = new Screens()
  const screen = all.open(size)
  screen.write('one\r\n\u001b[31mtwo\u001b[0m\r\n\r\n')
  expect(await screen.lastLines(1)).toEqual(['two'])
  expect(await screen.snapshot()).toMatchObject({
    cols: 40,
    rows: 5,
    text: expect.stringContaining('\u001b[31mtwo'),
  })
  await vi.waitUntil(() => screen.behind === 0, patience)
})

test('an app does not stay open because of its screens', async () => {
  all = new Screens()
  await all.open(size).snapshot()
  // The thread of the test before this one may still be ending.
  await vi.waitUntil(() => openPorts() === PORTS_AT_REST, patience)
})

test.each(['HANG', 'DIE'])(
  'when one screen makes the thread %s, it begins empty and the others are drawn again',
  { timeout: 30_000 },
  async (word) => {
    all = new Screens({ code: FRAGILE, heartbeat })
    const [guilty, other] = [all.open(size), all.open(size)]
    other.write('kept\r\n')
    guilty.write('gone\r\n')
    await Promise.all([other.snapshot(), guilty.snapshot()])
    await vi.waitUntil(() => other.behind === 0 && guilty.behind === 0, patience)
    guilty.write(word)
    const [lines] = await guilty.lastLines(10)
    expect(lines).toContain('this screen was lost')
    expect(await other.lastLines(10)).toEqual(['kept'])
    guilty.write('it goes on')
    expect(await guilty.lastLines(1)).toEqual(['it goes on'])
    await vi.waitUntil(() => guilty.behind === 0, patience)
  },
)

test('a screen that is drawn again has its new size', async () => {
  all = new Screens({ code: FRAGILE, heartbeat })
  const [guilty, other] = [all.open(size), all.open(size)]
  other.resize({ cols: 100, rows: 30 })
  await other.snapshot()
  guilty.write('DIE')
  await guilty.snapshot()
  expect(await other.snapshot()).toMatchObject({ cols: 100, rows: 30 })
})

test('without a thread nothing is shown, and nothing waits', async () => {
  all = new Screens({ code: async () => 'process.exit(1)', heartbeat })
  const onDrawn = vi.fn()
  const screen = all.open({ ...size, onDrawn })
  screen.write('text')
  expect(await screen.snapshot()).toMatchObject({ text: '' })
  await vi.waitUntil(() => screen.behind === 0, patience)
  screen.write('more')
  await vi.waitUntil(() => screen.behind === 0, patience)
  expect(await screen.lastLines(1)).toEqual([])
})

test('a screen that was closed answers nothing', async () => {
  all = new Screens()
  const screen = all.open(size)
  const asked = screen.snapshot()
  screen.close()
  expect((await asked).text).toBe('')
  expect((await screen.snapshot()).text).toBe('')
})

const SEED = Math.floor(Math.random() * 2 ** 32)

// Its time limit is a part of the test: a count that nobody cuts keeps the thread for hours.
test.each([
  ['OSC', everyOsc],
  ['CSI', () => everyCsi()],
  ['DCS', everyDcs],
  [`CSI with random numbers (seed ${SEED})`, () => randomCsi(SEED)],
])('the thread outlives every %s', { timeout: 60_000 }, async (_, sequences) => {
  all = new Screens()
  const screen = all.open({ ...size, cols: 80, rows: 24 })
  const guard = new EscapeGuard()
  for (const sequence of sequences()) screen.write(guard.push(sequence, { cols: 80, rows: 24 }))
  screen.write('\u001bcit lives')
  expect(await screen.lastLines(1_000)).toEqual(['it lives'])
})

/** What a page shows that draws the snapshot. */
async function drawnAgain(text: string, cols: number): Promise<string[]> {
  all = new Screens()
  const [screen, page] = [all.open({ ...size, cols }), all.open({ ...size, cols })]
  screen.write(text)
  page.write((await screen.snapshot()).text)
  expect((await page.snapshot()).text).toBe((await screen.snapshot()).text)
  return await page.lastLines(10)
}

test.each([
  ['a line that goes on with an empty cell', '好好好好好好\ba', 10, ['好好好好好', ' a']],
  ['an empty line that a wide letter has left', '好\u001b[1Ja', 2, ['a']],
  ['half of a wide letter at the margin', '\u001b[41m\u001b[?7l好好好好好好', 10, ['好好好好好']],
  ['a wide letter that does not fit', 'aaaaaaaaa好', 10, ['aaaaaaaaa', '好']],
  ['a line that goes on', 'aaaaaaaaaaaab', 10, ['aaaaaaaaaa', 'aab']],
])('%s is drawn again as it was', async (_, text, cols, lines) => {
  expect(await drawnAgain(text, cols)).toEqual(lines)
})

test('a line that goes on still does so in a snapshot, and is laid out again with another width', async () => {
  all = new Screens()
  const [screen, page] = [all.open({ ...size, cols: 10 }), all.open({ ...size, cols: 10 })]
  screen.write('aaaaaaaaaaaab\r\nnext')
  page.write((await screen.snapshot()).text)
  await page.snapshot()
  page.resize({ cols: 20, rows: 5 })
  expect(await page.lastLines(10)).toEqual(['aaaaaaaaaaaab', 'next'])
})
