import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { holderText, tryLock, withLock } from './lock'
import { currentWaits } from './wait'

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

/** A file at the lock's place, as any program could have left it. */
function leave(content: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

test('one holder at a time, also in one process, and a lock that is given back is free', () => {
  const lock = mustLock()
  expect(tryLock(path)).toMatchObject({ lock: null, holder: { pid: process.pid } })
  lock.release()
  mustLock().release()
})

test('a lock that is given back twice does not take it from the next holder', () => {
  const first = mustLock()
  first.release()
  const second = mustLock()
  first.release()
  expect(tryLock(path).lock).toBeNull()
  second.release()
})

test.each([
  ['is empty', ''],
  ['names a process that lives, in the form of an older version', '1'],
  ['names itself, in the form of an older version', `${process.pid} 1 token`],
  [
    'names a living holder in the form of today',
    JSON.stringify({ pid: 1, host: 'here', program: 'x', since: '2026-01-01T00:00:00.000Z' }),
  ],
  ['is no text at all', '\0\u{fffd}half a wor'],
])('a file that nobody has open never blocks: it %s', (_what, content) => {
  leave(content)
  const lock = mustLock()
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid })
  lock.release()
  expect(readFileSync(path, 'utf8')).toBe('')
})

test('a file that is open without a lock does not block', () => {
  leave('')
  const descriptor = openSync(path, 'r+')
  mustLock().release()
  closeSync(descriptor)
})

test('after the file was removed by hand a new holder has a file with a name', () => {
  const lost = mustLock()
  rmSync(path)
  const lock = mustLock()
  expect(tryLock(path).lock).toBeNull()
  lock.release()
  lost.release()
})

test.each([
  ['a folder', () => mkdirSync(path, { recursive: true })],
  [
    'a link, whose target would be overwritten',
    () => {
      leave('')
      rmSync(path)
      writeFileSync(join(folder, 'precious'), 'precious')
      symlinkSync(join(folder, 'precious'), path)
    },
  ],
])('%s in the place of the lock is an error that names it', (_what, make) => {
  make()
  expect(() => tryLock(path)).toThrow(
    expect.objectContaining({ code: 'bad-input', message: expect.stringContaining(path) }),
  )
})

describe('the holder', () => {
  test('is named by process, program and moment', () => {
    const lock = mustLock()
    const { holder } = tryLock(path)
    expect(holder && holderText(holder)).toMatch(
      new RegExp(`^process ${process.pid} \\(.+\\), since \\d\\d:\\d\\d:\\d\\d on \\d+ \\p{L}+$`, 'u'),
    )
    lock.release()
  })

  test.each([
    ['nothing', ''],
    ['no JSON', '12 34'],
    ['no number of a process', '{"pid":-1,"host":"h","program":"p","since":"2026-01-01T00:00:00Z"}'],
    ['no moment', '{"pid":1,"host":"h","program":"p","since":"now"}'],
    [
      'too much',
      JSON.stringify({ pid: 1, host: 'h', program: 'p'.repeat(9_999), since: '2026-01-01T00:00:00Z' }),
    ],
  ])('is unknown when the file says %s', (_what, content) => {
    const lock = mustLock()
    writeFileSync(path, content)
    const { holder } = tryLock(path)
    expect(holder && holderText(holder)).toBe('another program, which did not say its name')
    lock.release()
  })

  test('on another machine is named with it, and control characters are taken out', () => {
    const lock = mustLock()
    const entry = { pid: 1, host: 'elsewhere', program: 'a\u001b]0;x\u0007b', since: '2026-01-01T00:00:00Z' }
    writeFileSync(path, JSON.stringify(entry))
    const { holder } = tryLock(path)
    expect(holder && holderText(holder)).toContain('process 1 on elsewhere (a ]0;x b)')
    lock.release()
  })
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
    mustLock().release()
  })

  test('it is told once for whom it waits, and this process knows for what', async () => {
    const lock = mustLock()
    const told: string[] = []
    const waiting = withLock(path, async () => undefined, { onWait: (words) => told.push(words) })
    expect(currentWaits()).toContain(`the lock ${path}`)
    await expect.poll(() => told).toHaveLength(1)
    expect(told[0]).toContain(`Waiting for process ${process.pid}`)
    lock.release()
    await waiting
    expect(told).toHaveLength(1)
    expect(currentWaits()).toEqual([])
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
