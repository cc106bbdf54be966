import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tryLock, withLock } from './lock'
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
