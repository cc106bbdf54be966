import { expect, test } from 'vitest'
import { keysOfRoot, readKernelKeys } from './kernel-keys'

const MIRROR = [{ container: 'mirror' }]
const answering = (stdout: string) => ({
  execs: { run: async () => ({ exitCode: 0, stdout, stderr: '' }) },
})

test.each([
  ['in a user namespace', '    0:    24 24/24 24/200 1680/20000\n', { used: 24, most: 200 }],
  [
    'beside other users',
    '    0:     9 8/8 3/1000000 40/25000000\n 1000:   4 4/4 4/200 90/20000\n',
    { used: 3, most: 1_000_000 },
  ],
  ['without a line of root', ' 1000:   4 4/4 4/200 90/20000\n', null],
  ['on a kernel without keys', 'cat: /proc/key-users: No such file or directory\n', null],
])('the keys of root %s', (_where, text, keys) => {
  expect(keysOfRoot(text)).toEqual(keys)
})

test('a mirror reads them, and without one nothing is known', async () => {
  expect(await readKernelKeys(answering('    0:    24 24/24 24/200 1680/20000'), MIRROR)).toMatchObject({
    used: 24,
  })
  expect(await readKernelKeys(answering(''), [])).toBeNull()
})

test('a mirror that cannot be asked is no failure of the report', async () => {
  const run = async () => Promise.reject(new Error('it has gone'))
  expect(await readKernelKeys({ execs: { run } }, MIRROR)).toBeNull()
})
