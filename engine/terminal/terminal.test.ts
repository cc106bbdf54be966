import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FakeShell } from './fake-shell.test-kit'
import { HIGH_MARK, LOW_MARK } from './flow'
import { Terminal } from './terminal'
import type { TerminalFrame } from './watchers'

const size = { cols: 40, rows: 5 }

function open(): { shell: FakeShell; terminal: Terminal } {
  const shell = new FakeShell()
  return { shell, terminal: new Terminal({ shell, size, node: 'node1', title: 'node1' }) }
}

/** Draws the frames as a page does, and returns the text lines of its screen. */
async function drawn(frames: readonly TerminalFrame[]): Promise<string[]> {
  const { shell, terminal } = open()
  for (const frame of frames) if (frame.kind !== 'exit') shell.print(frame.data)
  return await linesOf(terminal)
}

async function linesOf(terminal: Terminal): Promise<string[]> {
  await untilSnapshot(terminal, [])
  return await terminal.lastLines(1_000)
}

async function untilSnapshot(terminal: Terminal, frames: TerminalFrame[]) {
  let done: () => void = () => undefined
  const snapshot = new Promise<void>((resolve) => {
    done = resolve
  })
  const attachment = terminal.attach((frame) => {
    frames.push(frame)
    if (frame.kind === 'snapshot') done()
  })
  await snapshot
  return attachment
}

test('a page that comes late gets screen and scrollback, then what follows', async () => {
  const { shell, terminal } = open()
  for (let line = 1; line <= 20; line++) shell.print(`line ${line}\r\n`)
  const frames: TerminalFrame[] = []
  await untilSnapshot(terminal, frames)
  shell.print('after')
  expect(frames.map(({ kind }) => kind)).toEqual(['snapshot', 'data'])
  expect(frames[0]).toMatchObject({ cols: 40, rows: 5, data: expect.stringContaining('line 1\r\n') })
  expect(frames[1]).toEqual({ kind: 'data', data: 'after' })
  await terminal.close()
})

test('wherever a page attaches, it shows what the terminal shows', async () => {
  const piece = fc.constantFrom(
    'hello ',
    '\u001b[31mred\u001b[0m',
    'line\r\n',
    'é✓',
    '\u001b[2D',
    '\u001b]0;t\u0007',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 20 }), fc.nat(), fc.nat(), async (pieces, cut, step) => {
      const bytes = Buffer.from(pieces.join(''))
      const attachAt = cut % (bytes.length + 1)
      const { shell, terminal } = open()
      const frames: TerminalFrame[] = []
      const stride = 1 + (step % 7)
      for (let at = 0; at < attachAt; at += stride) {
        shell.print(bytes.subarray(at, Math.min(at + stride, attachAt)))
      }
      const attached = untilSnapshot(terminal, frames)
      for (let at = attachAt; at < bytes.length; at += stride) shell.print(bytes.subarray(at, at + stride))
      await attached
      await terminal.close()
      expect(await drawn(frames)).toEqual(await plainly(bytes))
    }),
    { numRuns: 60 },
  )
})

async function plainly(bytes: Buffer): Promise<string[]> {
  const { shell, terminal } = open()
  shell.print(bytes)
  return await linesOf(terminal)
}

test('a page that falls behind makes the shell wait, until it has caught up', async () => {
  const { shell, terminal } = open()
  const frames: TerminalFrame[] = []
  const attachment = await untilSnapshot(terminal, frames)
  shell.print('x'.repeat(HIGH_MARK))
  expect(shell.isPaused).toBe(false)
  shell.print('y')
  expect(shell.isPaused).toBe(true)
  attachment.acknowledge(HIGH_MARK - LOW_MARK)
  expect(shell.isPaused).toBe(true)
  await expect.poll(() => frames.length).toBeGreaterThan(2)
  attachment.acknowledge(2)
  await expect.poll(() => shell.isPaused).toBe(false)
  await terminal.close()
})

test('a page that leaves holds nothing up any more', async () => {
  const { shell, terminal } = open()
  const attachment = await untilSnapshot(terminal, [])
  shell.print('x'.repeat(HIGH_MARK + 1))
  expect(shell.isPaused).toBe(true)
  attachment.detach()
  await expect.poll(() => shell.isPaused).toBe(false)
  await terminal.close()
})

test('with no page the shell goes on', async () => {
  const { shell, terminal } = open()
  for (let turn = 0; turn < 20; turn++) shell.print('x'.repeat(100_000))
  await expect.poll(() => shell.isPaused).toBe(false)
  await terminal.close()
})

test('a question to the terminal is left to the page to answer', async () => {
  const { shell, terminal } = open()
  const frames: TerminalFrame[] = []
  await untilSnapshot(terminal, frames)
  shell.print('\u001b[c\u001b[6n')
  await expect.poll(() => frames.length).toBe(2)
  expect(shell.typed).toEqual([])
  await terminal.close()
})

test('a prompt reports how the command has ended', async () => {
  const { shell, terminal } = open()
  const prompts: (number | null)[] = []
  let continuations = 0
  terminal.onPrompt(({ exitCode }) => prompts.push(exitCode))
  terminal.onContinuation(() => continuations++)
  shell.print('\u001b]133;D;0\u0007\u001b]133;A\u0007# ')
  expect(terminal.atPrompt).toBe(true)
  shell.print('\u001b]133;P;k=c\u0007> ')
  shell.print('\u001b]133;C\u0007')
  expect(terminal.atPrompt).toBe(false)
  shell.print('\u001b]133;D;7\u0007\u001b]133;A\u0007# ')
  shell.print('\u001b]133;D;7\u0007\u001b]133;A\u0007# ')
  expect(prompts).toEqual([null, 7, null])
  expect(continuations).toBe(1)
  await terminal.close()
})

test('the exit is the last frame, also for a page that comes afterwards', async () => {
  const { shell, terminal } = open()
  const frames: TerminalFrame[] = []
  await untilSnapshot(terminal, frames)
  shell.print('bye')
  shell.exit(3)
  expect(await terminal.exited).toBe(3)
  expect(frames.slice(1)).toEqual([
    { kind: 'data', data: 'bye' },
    { kind: 'exit', code: 3 },
  ])
  const late: TerminalFrame[] = []
  await untilSnapshot(terminal, late)
  expect(late.at(-1)).toEqual({ kind: 'exit', code: 3 })
  await terminal.close()
})

test('a prompt that is drawn again is no new prompt', async () => {
  const { shell, terminal } = open()
  const prompts: (number | null)[] = []
  let continuations = 0
  terminal.onPrompt(({ exitCode }) => prompts.push(exitCode))
  terminal.onContinuation(() => continuations++)
  const draw = (number: number) => shell.print(`\u001b]133;D;0\u0007\u001b]133;A;prompt=${number}\u0007# `)
  draw(1)
  draw(1)
  for (const turn of [2, 2, 3]) shell.print(`\u001b]133;P;k=c;prompt=${turn}\u0007> `)
  draw(4)
  draw(4)
  expect(terminal.atPrompt).toBe(true)
  shell.print('\u001b]133;C\u0007')
  draw(5)
  expect(prompts).toEqual([null, null, 0])
  expect(continuations).toBe(2)
  await terminal.close()
})

test('a new size reaches the shell and the snapshot', async () => {
  const { shell, terminal } = open()
  await terminal.resize({ cols: 100, rows: 30 })
  const frames: TerminalFrame[] = []
  await untilSnapshot(terminal, frames)
  expect(shell.sizes).toEqual([{ cols: 100, rows: 30 }])
  expect(frames[0]).toMatchObject({ cols: 100, rows: 30 })
  await terminal.close()
})

test.each([
  [3, 7],
  [0, 4],
  [undefined, 20],
])('with a scrollback of %s a snapshot holds the last %i of 20 lines', async (scrollback, count) => {
  const shell = new FakeShell()
  const terminal = new Terminal({ shell, size, node: 'node1', title: 'node1', scrollback })
  for (let line = 1; line <= 20; line++) shell.print(`line ${line}\r\n`)
  const frames: TerminalFrame[] = []
  await untilSnapshot(terminal, frames)
  const [snapshot] = frames
  const kept = snapshot?.kind === 'snapshot' ? snapshot.data.match(/line \d+/g) : null
  expect(kept).toEqual(Array.from({ length: count }, (_, index) => `line ${21 - count + index}`))
  await terminal.close()
})

test('a listener that has stopped hears no more output', async () => {
  const { shell, terminal } = open()
  const heard: string[] = []
  const stop = terminal.onText((text) => heard.push(text))
  terminal.onText((text) => heard.push(text.toUpperCase()))
  shell.print('a')
  stop()
  shell.print('b')
  expect(heard).toEqual(['a', 'A', 'B'])
  await terminal.close()
})

test('the start of a command is announced, and its end is reported once', async () => {
  const { shell, terminal } = open()
  const events: string[] = []
  terminal.onCommand(() => events.push('command'))
  terminal.onPrompt(({ exitCode }) => events.push(`prompt ${exitCode}`))
  shell.print('\u001b]133;C\u0007')
  shell.print('\u001b]133;D;1\u0007\u001b]133;A\u0007')
  shell.print('\u001b]133;A\u0007')
  expect(events).toEqual(['command', 'prompt 1', 'prompt null'])
  await terminal.close()
})

test('a character that is cut in two arrives whole', async () => {
  const { shell, terminal } = open()
  const heard: string[] = []
  terminal.onText((text) => heard.push(text))
  const bytes = Buffer.from('é')
  shell.print(bytes.subarray(0, 1))
  shell.print(bytes.subarray(1))
  expect(heard).toEqual(['é'])
  await terminal.close()
})

test('a page that leaves before its snapshot gets nothing', async () => {
  const { shell, terminal } = open()
  const frames: TerminalFrame[] = []
  terminal.attach((frame) => frames.push(frame)).detach()
  shell.print('hello')
  await untilSnapshot(terminal, [])
  expect(frames).toEqual([])
  await terminal.close()
})

test('a terminal whose shell has ended is closed without a kill', async () => {
  const { shell, terminal } = open()
  shell.exit(3)
  await terminal.exited
  await terminal.close()
  expect(terminal.exitCode).toBe(3)
})

test('a new shell goes on where the last one ended, for the pages that watch and for those that come later', async () => {
  const { shell, terminal } = open()
  const frames: TerminalFrame[] = []
  await untilSnapshot(terminal, frames)
  shell.print('\u001b[?1049hvi\u001b[')
  shell.exit(137)
  await terminal.exited
  const next = new FakeShell()
  terminal.renew(next)
  next.print('welcome')
  terminal.write('ls')
  expect(next.typed).toEqual(['ls'])
  await expect.poll(() => frames.filter(({ kind }) => kind === 'data').length).toBeGreaterThan(1)
  expect(frames.findIndex(({ kind }) => kind === 'exit')).toBeLessThan(frames.length - 1)
  expect(await drawn(frames)).toEqual(['[a new shell]', 'welcome'])
  const late: TerminalFrame[] = []
  await untilSnapshot(terminal, late)
  expect(late.map(({ kind }) => kind)).toEqual(['snapshot'])
  expect(await drawn(late)).toEqual(['[a new shell]', 'welcome'])
  await terminal.close()
})

test('a new shell writes over nothing that the last one has written', async () => {
  const { shell, terminal } = open()
  const frames: TerminalFrame[] = []
  await untilSnapshot(terminal, frames)
  shell.print('one\r\ntwo\r\n# ')
  shell.exit(137)
  await terminal.exited
  const next = new FakeShell()
  terminal.renew(next)
  next.print('# ')
  await expect.poll(() => frames.filter(({ kind }) => kind === 'data').length).toBeGreaterThan(2)
  expect((await drawn(frames)).map((line) => line.trim())).toEqual(['one', 'two', '#', '[a new shell]', '#'])
  await terminal.close()
})

test('a new shell waits for a page that is still behind', async () => {
  const { shell, terminal } = open()
  await untilSnapshot(terminal, [])
  shell.print('x'.repeat(HIGH_MARK + 1))
  shell.exit(0)
  await terminal.exited
  const next = new FakeShell()
  terminal.renew(next)
  expect(next.isPaused).toBe(true)
  await terminal.close()
})

const PROMPT = '\u001b]133;A\u0007# '
const COMMAND = '\u001b]133;C\u0007'

test('code is typed at the prompt only, over a line that is half typed', async () => {
  const { shell, terminal } = open()
  shell.print(PROMPT)
  expect(await terminal.run('docker ps\nls')).toBe(true)
  expect(shell.typed).toEqual(['\u0005\u0015docker ps\rls\r'])
  await terminal.close()
})

test('code is never typed into a program, nor behind a line that has just been entered', async () => {
  const { shell, terminal } = open()
  shell.print(PROMPT)
  terminal.write('vi\r')
  expect(await terminal.run('ls')).toBe(false)
  shell.print(COMMAND)
  expect(await terminal.run('ls')).toBe(false)
  expect(shell.typed).toEqual(['vi\r'])
  shell.print(PROMPT)
  expect(await terminal.run('ls')).toBe(true)
  await terminal.close()
})

test('code for a shell that has just been opened waits for its first prompt', async () => {
  const { shell, terminal } = open()
  const ran = terminal.run('ls')
  expect(shell.typed).toEqual([])
  shell.print(PROMPT)
  expect(await ran).toBe(true)
  expect(shell.typed).toHaveLength(1)
  await terminal.close()
})

test('code for a shell that ends before its first prompt is not typed', async () => {
  const { shell, terminal } = open()
  const ran = terminal.run('ls')
  shell.exit(1)
  expect(await ran).toBe(false)
  expect(shell.typed).toEqual([])
})
