import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isAlive, startTimeIn, startTimeOf } from './processes'

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
