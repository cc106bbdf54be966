import type { Duplex } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connection } from '../docker/testing/connection.test-kit'
import { DiskGauge, spaceOf } from './disk-gauge'

/** The shell in the mirror, whose answers are up to the test. */
let answer: string | null
let pipes: Duplex[]
const execs = {
  openPipe: async (): Promise<Duplex> => {
    const [ours, theirs] = connection()
    theirs.on('data', () => answer !== null && theirs.write(answer))
    pipes.push(theirs)
    return ours
  },
}
// The gauge opens pipes only.
const docker = { execs } as unknown as ConstructorParameters<typeof DiskGauge>[0]

let gauge: DiskGauge
beforeEach(() => {
  pipes = []
  answer = '1000 4096 5000\n900 4096 5000\n\n'
  gauge = new DiskGauge(docker, [{ container: 'mirror' }])
})
afterEach(() => gauge.close())

test('the fuller of two disks counts', () => {
  expect(spaceOf('20 512 40\n3 1024 8\n\n')).toEqual({ free: 3072, total: 8192 })
  expect(spaceOf('stat: not found\n\n')).toBeNull()
})

test('one shell answers all looks', async () => {
  for (const _turn of [1, 2, 3]) expect(await gauge.look()).toEqual({ free: 900 * 4096, total: 5000 * 4096 })
  expect(pipes).toHaveLength(1)
})

test('a shell that ends during a look is an error, and the next look begins another', async () => {
  answer = null
  const look = gauge.look()
  await expect.poll(() => pipes.length).toBe(1)
  pipes[0]?.end()
  await expect(look).rejects.toMatchObject({ code: 'engine-gone' })
  answer = '1 1 2\n\n'
  expect(await gauge.look()).toEqual({ free: 1, total: 2 })
})

test.each(['no figures\n\n', 'x'.repeat(2_000)])('the answer "%.20s" is refused', async (text) => {
  answer = text
  await expect(gauge.look()).rejects.toMatchObject({ code: 'engine-refused' })
})

test('without a mirror nothing can look', async () => {
  await expect(new DiskGauge(docker, []).look()).rejects.toMatchObject({ code: 'not-found' })
})
