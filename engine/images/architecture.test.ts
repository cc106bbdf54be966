import { expect, test } from 'vitest'
import { architectureOf, bootstrapFlags, foreignTo } from './architecture'

const engine = (Architecture?: string) => ({ info: async () => ({ Architecture }) })

test.each([
  ['x86_64', 'amd64', 'arm64'],
  ['amd64', 'amd64', 'arm64'],
  ['aarch64', 'arm64', 'amd64'],
  ['arm64', 'arm64', 'amd64'],
  [undefined, 'amd64', 'arm64'],
])('an engine that says %s is of %s', async (name, own, foreign) => {
  expect(await architectureOf(engine(name))).toBe(own)
  expect(foreignTo(await architectureOf(engine(name)))).toBe(foreign)
})

test.each(['riscv64', 'armv7l', 'toString', ''])('an engine that says %j has no images', async (name) => {
  await expect(architectureOf(engine(name))).rejects.toMatchObject({
    code: 'capability-missing',
    message: expect.stringContaining(`(${name})`),
    help: expect.stringContaining('x86-64'),
  })
})

test('Debian is made for the machine of the engine, which needs no words where it is this one', () => {
  expect(bootstrapFlags('amd64', 'x64')).toEqual([])
  expect(bootstrapFlags('arm64', 'arm64')).toEqual([])
  expect(bootstrapFlags('arm64', 'x64')).toEqual(['--architectures=arm64', '--skip=check/qemu'])
  expect(bootstrapFlags('amd64', 'arm64')).toEqual(['--architectures=amd64', '--skip=check/qemu'])
})
