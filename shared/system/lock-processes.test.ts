import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { tryLock } from './lock'
import { isAlive } from './processes'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'capstan-lock-'))
  path = join(folder, 'app.lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/**
 * Takes the lock that a line of its stdin names, at the moment that the line names. It answers with "won", the number
 * of the holder, or the error.
 */
const TAKER = `
import { createInterface } from 'node:readline'
import { tryLock } from './lock.js'
const answer = (path) => {
  try {
    const { lock, holder } = tryLock(path)
    return lock ? 'won' : String(holder.pid)
  } catch ({ code, message }) {
    return code + ' ' + message
  }
}
for await (const line of createInterface({ input: process.stdin })) {
  const [moment, path] = line.split(' ')
  while (Date.now() < Number(moment));
  console.log(answer(path))
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
/** Takes the lock and gives it back, and kills itself before the call to the system that the argument numbers. */
const KILLED = `
import fs from 'node:fs'
import processes from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
const [, , path, last] = process.argv
let calls = 0
let isCounting = false
for (const [module, names] of [
  [fs, ['mkdirSync', 'openSync', 'fstatSync', 'statSync', 'ftruncateSync', 'writeSync', 'closeSync']],
  [processes, ['spawnSync']],
]) {
  for (const name of names) {
    const original = module[name]
    module[name] = (...args) => {
      if (isCounting && calls++ === Number(last)) process.kill(process.pid, 'SIGKILL')
      return original(...args)
    }
  }
}
syncBuiltinESMExports()
const { tryLock } = await import('./lock.js')
isCounting = true
tryLock(path).lock.release()
isCounting = false
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
    ssr: { noExternal: true },
    build: { ssr: entry, outDir: programs, rollupOptions: { output: { entryFileNames: 'lock.js' } } },
  })
  writeFileSync(join(programs, 'package.json'), '{"type":"module"}')
  writeFileSync(join(programs, 'taker.js'), TAKER)
  writeFileSync(join(programs, 'adder.js'), ADDER)
  writeFileSync(join(programs, 'killed.js'), KILLED)
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

function mustBeFree(at = path): void {
  const { lock, holder } = tryLock(at)
  expect(holder).toBeNull()
  lock?.release()
}

test('the holder is named, and its lock is free when it is killed', async () => {
  const taker = openTaker()
  expect(await ask(taker, path)).toBe('won')
  expect(tryLock(path)).toMatchObject({ lock: null, holder: { pid: taker.child.pid } })
  await end(taker)
  mustBeFree()
})

test('a process that is stopped keeps its lock', async () => {
  const taker = openTaker()
  expect(await ask(taker, path)).toBe('won')
  taker.child.kill('SIGSTOP')
  expect(tryLock(path).holder).toMatchObject({ pid: taker.child.pid })
})

test('a process that is killed before any of its steps leaves a lock that is free', async () => {
  let kills = 0
  for (;;) {
    const child = spawn(process.execPath, [join(programs, 'killed.js'), path, String(kills)], {
      stdio: 'inherit',
    })
    const [, signal] = await once(child, 'exit')
    mustBeFree()
    if (signal === null) break
    expect(signal).toBe('SIGKILL')
    kills++
  }
  // Make the folder, open, look, flock, look, look, and so on to the close: fewer would mean that none was counted.
  expect(kills).toBeGreaterThanOrEqual(9)
}, 60_000)

test.skipIf(process.platform !== 'linux')('a zombie holds nothing', async () => {
  // The shell becomes a program that never asks for the end of its child.
  const script = `"$0" "$1" & exec sleep 60`
  const parent = spawn('sh', ['-c', script, process.execPath, join(programs, 'holder.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  writeFileSync(
    join(programs, 'holder.js'),
    `import { tryLock } from './lock.js'\ntryLock(${JSON.stringify(path)})\nconsole.log(process.pid)\nsetInterval(() => undefined, 1_000)\n`,
  )
  const pid = Number((await once(createInterface({ input: parent.stdout }), 'line'))[0])
  expect(tryLock(path).holder).toMatchObject({ pid })
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => isAlive(pid)).toBe(false)
  // Its number is still taken: it has ended, and nobody has asked for its end.
  expect(process.kill(pid, 0)).toBe(true)
  mustBeFree()
  const ended = once(parent, 'exit')
  parent.kill('SIGKILL')
  await ended
})

test('of many that come at once, exactly one takes it, also over a file that a dead one left', async () => {
  const all = Array.from({ length: 4 }, openTaker)
  // As soon as each has answered once, all are listening.
  await Promise.all(all.map((taker, index) => ask(taker, join(folder, `round-0${index}`))))
  for (let round = 1; round <= 30; round++) {
    const at = join(folder, `round-${round}`)
    if (round % 2 === 0) writeFileSync(at, '1')
    const answers = await Promise.all(all.map((taker) => ask(taker, at, Date.now() + 5)))
    const winners = all.filter((_taker, index) => answers[index] === 'won')
    expect(winners).toHaveLength(1)
    expect(tryLock(at).holder).toMatchObject({ pid: winners[0]?.child.pid })
  }
}, 60_000)

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
}, 60_000)

/** Mounting needs root. It happens in a namespace of its own, so nothing of the machine changes. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0

/** Mounts a small disk at DISK in a namespace of its own, prepares it with a script, and lets a taker try twice. */
function onDisk(options: string, between: string): string[] {
  const script = `
    mount -t tmpfs -o ${options} disk "$DISK"
    node() { echo "0 $DISK/app.lock" | "$NODE" "$TAKER"; }
    ${between}
  `
  const env = { ...process.env, DISK: folder, NODE: process.execPath, TAKER: join(programs, 'taker.js') }
  return execFileSync('unshare', ['--mount', 'sh', '-ec', script], { env, encoding: 'utf8' })
    .trim()
    .split('\n')
}

test.skipIf(!canMount)(
  'a full disk is an error that says so, and blocks nobody when there is room (needs root)',
  () => {
    const [full, free] = onDisk('size=1m,nr_inodes=2', 'touch "$DISK/one"; node; rm "$DISK/one"; node')
    expect(full).toMatch(/^no-space The disk is full: /)
    expect(free).toBe('won')
  },
)

test.skipIf(!canMount)('a disk with no room for a word locks all the same (needs root)', () => {
  const fill = 'touch "$DISK/app.lock"; dd if=/dev/zero of="$DISK/fill" bs=4k 2>/dev/null || true'
  expect(onDisk('size=64k', `${fill}; node`)).toEqual(['won'])
})

test.skipIf(!canMount)('a disk for reading only is an error that names the way out (needs root)', () => {
  const [answer] = onDisk('size=64k', 'mount -o remount,ro "$DISK"; node')
  expect(answer).toMatch(/^bad-input .*app\.lock cannot be locked: EROFS/)
})
