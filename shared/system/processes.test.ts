import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  hasEndedIn,
  isAlive,
  isNamedAlive,
  processesWith,
  processName,
  startTimeIn,
  startTimeOf,
} from './processes'

const hasProc = existsSync('/proc/self/stat')

test('this process and the first one live, an ended one does not', async () => {
  expect(isAlive(process.pid)).toBe(true)
  // Process 1 belongs to root; where this user may not signal it, it lives all the same.
  expect(isAlive(1)).toBe(true)
  const child = spawn(process.execPath, ['-e', ''])
  const { pid = 0 } = child
  await once(child, 'exit')
  expect(isAlive(pid)).toBe(false)
})

test('a process has ended when its first thread is a zombie and no other thread is left', () => {
  const stat = (state: string, threads: number) => `7 (a) Z b) ${state} ${'0 '.repeat(16)}${threads} 0 4711 0`
  expect(hasEndedIn(stat('Z', 1))).toBe(true)
  expect(hasEndedIn(stat('Z', 3))).toBe(false)
  expect(hasEndedIn(stat('S', 1))).toBe(false)
})

test('the start time is found whatever the name of the process is', () => {
  const fields = Array.from({ length: 30 }, (_one, index) => `f${index + 1}`)
  const stat = (name: string) => [...fields.slice(0, 1), `(${name})`, ...fields.slice(2)].join(' ')
  for (const name of ['node', 'a b', 'x) S 1 (y', '']) expect(startTimeIn(stat(name))).toBe('f22')
  expect(startTimeIn('1 (node) S')).toBeNull()
})

test.skipIf(!hasProc)('a process keeps its start time, and another one has its own', async () => {
  const own = startTimeOf(process.pid)
  expect(own).toMatch(/^\d+$/)
  expect(startTimeOf(process.pid)).toBe(own)
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'])
  await once(child, 'spawn')
  expect(Number(startTimeOf(child.pid ?? 0))).toBeGreaterThan(Number(own))
  child.stdin.end()
  await once(child, 'exit')
  expect(startTimeOf(child.pid ?? 0)).toBeNull()
})

test.each([0, -1, 1.5, Number.NaN, 2 ** 30])('%s is the number of no process', (pid) => {
  expect(isAlive(pid)).toBe(false)
})

test.skipIf(!hasProc)(
  'a name fits one process, and neither a later one with its number nor one of another boot',
  () => {
    const name = processName()
    expect(isNamedAlive(name)).toBe(true)
    const [pid, startTime, boot] = name.split('.')
    expect(isNamedAlive(`${pid}.${Number(startTime) + 1}.${boot}`)).toBe(false)
    expect(isNamedAlive(`${pid}.${startTime}.another-boot`)).toBe(false)
    // A system without /proc and an older version know the number alone.
    expect(isNamedAlive(`${pid}..`)).toBe(true)
    expect(isNamedAlive(`${pid}`)).toBe(true)
    for (const nonsense of ['', 'x', '-1.1.b', '0..', `${2 ** 30}..`])
      expect(isNamedAlive(nonsense)).toBe(false)
  },
)

test.skipIf(!hasProc)('the processes that have a file open are found', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'capstan-open-'))
  const path = join(folder, 'file')
  writeFileSync(path, '')
  expect(processesWith(path)).toEqual([])
  const file = openSync(path, 'r')
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'ignore', file],
  })
  await once(child, 'spawn')
  expect(processesWith(path).sort()).toEqual([process.pid, child.pid].sort())
  closeSync(file)
  expect(processesWith(path)).toEqual([child.pid])
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(processesWith(path)).toEqual([])
  expect(processesWith(join(folder, 'nothing'))).toEqual([])
  rmSync(folder, { recursive: true })
})
