import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type LockHolder, tryLock, withLock } from './lock'
import { startTimeOf } from './processes'

/** Larger than any number of a process. */
const NOBODY = 2 ** 31 - 1

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'capstan-lock-'))
  path = join(folder, 'deep', 'app.lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function mustLock(at = path) {
  const { lock } = tryLock(at)
  if (!lock) throw new Error('somebody holds it')
  return lock
}

/** A lock as another process would have left it. */
function leave(content: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

test('one holder at a time, also in one process, and a lock that is given back is free', () => {
  const lock = mustLock()
  expect(tryLock(path)).toEqual({ lock: null, holder: { pid: process.pid } })
  lock.release()
  mustLock().release()
  expect(readdirSync(join(folder, 'deep'))).toEqual([])
})

test('a lock that is given back twice does not take it from the next holder', () => {
  const first = mustLock()
  first.release()
  const second = mustLock()
  first.release()
  expect(tryLock(path).lock).toBeNull()
  second.release()
})

test('a file that was removed by hand and belongs to somebody else now is left alone', () => {
  const lock = mustLock()
  writeFileSync(path, '1')
  lock.release()
  expect(readFileSync(path, 'utf8')).toBe('1')
})

test.each([
  ['a process that has ended', `${NOBODY} 1 token`],
  ['an older version, with a process that has ended', `${NOBODY}`],
  ['nobody, because it is empty', ''],
  ['nobody, because it is not a lock', 'half a wor'],
  ['an earlier process with our own number', `${process.pid} 1 token`],
  ['an older version, with our own number', `${process.pid}`],
])('the lock of %s is taken over', (_whose, content) => {
  leave(content)
  const lock = mustLock()
  expect(readFileSync(path, 'utf8')).toContain(`${process.pid} `)
  expect(tryLock(path).lock).toBeNull()
  lock.release()
  expect(readdirSync(join(folder, 'deep'))).toEqual([])
})

test('the lock of an older version is respected while its process lives', () => {
  // Process 1 always lives.
  leave('1')
  expect(tryLock(path).holder).toEqual({ pid: 1 })
})

test.skipIf(startTimeOf(1) === null)('a number that was given to another process is not the holder', () => {
  leave(`1 ${startTimeOf(1)} token`)
  expect(tryLock(path).holder).toEqual({ pid: 1 })
  leave('1 999999999999 token')
  mustLock().release()
})

test('a takeover that a dead process left unfinished is finished', () => {
  leave(`${NOBODY} 1 token`)
  writeFileSync(`${path}.taking`, `${NOBODY} 1 other`)
  mustLock().release()
  expect(readdirSync(join(folder, 'deep'))).toEqual([])
})

test('while somebody takes over, that process counts as the holder', () => {
  leave(`${NOBODY} 1 token`)
  writeFileSync(`${path}.taking`, '1')
  expect(tryLock(path).holder).toEqual({ pid: 1 })
})

describe('waiting', () => {
  test('work begins when the holder has given the lock back', async () => {
    const lock = mustLock()
    const order: string[] = []
    const waiting = withLock(path, async () => void order.push('second'))
    await Promise.resolve()
    order.push('first')
    lock.release()
    await waiting
    expect(order).toEqual(['first', 'second'])
  })

  test('the lock is given back when the work fails', async () => {
    await expect(withLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(existsSync(path)).toBe(false)
  })

  test('the limit ends it, and names the holder', async () => {
    const lock = mustLock()
    const waiting = withLock(path, () => Promise.resolve(), { limitMs: 1 })
    await expect(waiting).rejects.toMatchObject({
      code: 'engine-timeout',
      message: expect.stringContaining(`process ${process.pid}`),
      help: expect.stringContaining('end process'),
    })
    lock.release()
  })

  test('the signal ends it with its own reason, and the work is not begun', async () => {
    const lock = mustLock()
    const abort = new AbortController()
    const reason = new Error('given up')
    let isBegun = false
    const waiting = withLock(
      path,
      async () => {
        isBegun = true
      },
      { signal: abort.signal },
    )
    abort.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    lock.release()
    expect(isBegun).toBe(false)
  })
})

/**
 * Takes the lock that a line of its stdin names, at the moment that the line names, and answers with "won" or the
 * number of the holder.
 */
const TAKER = `
import { createInterface } from 'node:readline'
import { tryLock } from './lock.js'
for await (const line of createInterface({ input: process.stdin })) {
  const [moment, path] = line.split(' ')
  while (Date.now() < Number(moment));
  const { lock, holder } = tryLock(path)
  console.log(lock ? 'won' : holder.pid)
}
`
/** Adds one to a number in a file, so many times, each under the lock. */
const ADDER = `
import { readFileSync, writeFileSync } from 'node:fs'
import { withLock } from './lock.js'
const [, , lock, file, times] = process.argv
for (let time = 0; time < Number(times); time++) {
  await withLock(lock, async () => {
    const number = Number(readFileSync(file, 'utf8'))
    await new Promise((resolve) => setImmediate(resolve))
    writeFileSync(file, String(number + 1))
  })
}
`

describe('between processes', () => {
  let programs: string
  let takers: Taker[] = []

  interface Taker {
    readonly child: ChildProcessWithoutNullStreams
    readonly lines: Interface
  }

  beforeAll(async () => {
    programs = mkdtempSync(join(tmpdir(), 'capstan-lock-programs-'))
    const entry = fileURLToPath(new URL('lock.ts', import.meta.url))
    await build({
      configFile: false,
      logLevel: 'silent',
      build: { ssr: entry, outDir: programs, rollupOptions: { output: { entryFileNames: 'lock.js' } } },
    })
    writeFileSync(join(programs, 'package.json'), '{"type":"module"}')
    writeFileSync(join(programs, 'taker.js'), TAKER)
    writeFileSync(join(programs, 'adder.js'), ADDER)
  })
  afterEach(async () => {
    await Promise.all(takers.map(end))
    takers = []
  })
  afterAll(() => rmSync(programs, { recursive: true, force: true }))

  function openTaker(): Taker {
    const child = spawn(process.execPath, [join(programs, 'taker.js')])
    child.stderr.pipe(process.stderr)
    const taker = { child, lines: createInterface({ input: child.stdout }) }
    takers.push(taker)
    return taker
  }

  async function ask({ child, lines }: Taker, at: string, moment = 0): Promise<string> {
    const answer = once(lines, 'line')
    child.stdin.write(`${moment} ${at}\n`)
    return String((await answer)[0])
  }

  async function end({ child }: Taker): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }

  test('the holder is named, and what it leaves when it is killed is taken over', async () => {
    const taker = openTaker()
    expect(await ask(taker, path)).toBe('won')
    const holder: LockHolder = { pid: taker.child.pid ?? 0 }
    expect(tryLock(path)).toEqual({ lock: null, holder })
    await end(taker)
    mustLock().release()
  })

  test('of many that meet a dead lock at once, exactly one takes it over', async () => {
    const all = Array.from({ length: 4 }, openTaker)
    // As soon as each has answered once, all are listening.
    await Promise.all(all.map((taker, index) => ask(taker, join(folder, `round-0${index}`))))
    for (let round = 1; round <= 150; round++) {
      const at = join(folder, `round-${round}`)
      writeFileSync(at, `${NOBODY} 1 token`)
      const answers = await Promise.all(all.map((taker) => ask(taker, at, Date.now() + 5)))
      const winners = all.filter((_taker, index) => answers[index] === 'won')
      expect(winners).toHaveLength(1)
      const winner = String(winners[0]?.child.pid)
      expect(readFileSync(at, 'utf8')).toMatch(new RegExp(`^${winner} `))
    }
    expect(readdirSync(folder).filter((name) => !/^round-\d+$/.test(name))).toEqual([])
  }, 30_000)

  test('work of several processes never overlaps', async () => {
    const file = join(folder, 'number')
    writeFileSync(file, '0')
    const [processes, times] = [3, 8]
    const adders = Array.from({ length: processes }, () =>
      spawn(process.execPath, [join(programs, 'adder.js'), path, file, String(times)], {
        stdio: ['ignore', 'inherit', 'inherit'],
      }),
    )
    const codes = await Promise.all(adders.map(async (adder) => (await once(adder, 'exit'))[0]))
    expect(codes).toEqual([0, 0, 0])
    expect(readFileSync(file, 'utf8')).toBe(String(processes * times))
  }, 30_000)
})
