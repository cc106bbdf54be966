import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type LockHolder, tryLock } from './lock'

/** Larger than any number of a process. */
const NOBODY = 2 ** 31 - 1

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'capstan-lock-'))
  path = join(folder, 'app.lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

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

test('the holder is named, and the lock that it leaves when it is killed is taken over', async () => {
  const taker = openTaker()
  expect(await ask(taker, path)).toBe('won')
  const holder: LockHolder = { pid: taker.child.pid ?? 0 }
  expect(tryLock(path)).toEqual({ lock: null, holder })
  await end(taker)
  const { lock } = tryLock(path)
  expect(lock).not.toBeNull()
  lock?.release()
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
