import { mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isDiskFull, isNotThere, isThere } from './failures'

const errorOf = (code: unknown) => Object.assign(new Error('x'), { code })

test('errors of the system itself are known', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'capstan-failures-'))
  const missing = await readFile(join(folder, 'none')).catch((error: unknown) => error)
  expect([isNotThere(missing), isThere(missing), isDiskFull(missing)]).toEqual([true, false, false])
  const twice = await mkdir(folder).catch((error: unknown) => error)
  expect([isNotThere(twice), isThere(twice), isDiskFull(twice)]).toEqual([false, true, false])
  await rm(folder, { recursive: true })
})

test.runIf(process.platform === 'linux')('a full device is a full disk', async () => {
  const device = await open('/dev/full', 'w')
  const full = await device.writeFile('x').catch((error: unknown) => error)
  await device.close().catch(() => undefined)
  expect(isDiskFull(full)).toBe(true)
})

test.each([
  ['EDQUOT', true],
  ['ENOSPC', true],
  ['EIO', false],
  [28, false],
])('%s is a full disk: %s', (code, isFull) => {
  expect(isDiskFull(errorOf(code))).toBe(isFull)
})

test.each([null, undefined, 'ENOENT', { code: 'ENOENT' }, new Error('ENOENT')])(
  '%s is none of them',
  (error) => {
    expect([isDiskFull(error), isNotThere(error), isThere(error)]).toEqual([false, false, false])
  },
)
