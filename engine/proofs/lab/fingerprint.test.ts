import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ExecResult } from '../../docker'
import { differences, fingerprint } from './fingerprint'

interface World {
  readonly state?: string
  readonly changes?: readonly string[]
  readonly sums?: string
}

async function pictureOf({ state = '', changes = [], sums = '' }: World) {
  const commands: (readonly string[])[] = []
  const answer = (stdout: string): ExecResult => ({ exitCode: 0, stdout, stderr: '' })
  const node = {
    name: 'node1',
    containerId: 'c1',
    script: async () => answer(state),
    exec: async (cmd: readonly string[]) => {
      commands.push(cmd)
      return answer(sums)
    },
  }
  const containers = { changes: async () => changes.map((Path) => ({ Path, Kind: 0 as const })) }
  return { lines: await fingerprint(containers, node), commands }
}

test('the lines of the state carry the name of the node', async () => {
  const { lines } = await pictureOf({ state: 'container web nginx running\n\nvolume data\n' })
  expect(lines).toEqual(['node1: container web nginx running', 'node1: volume data'])
})

test('changed files are described by their checksums, in order', async () => {
  const { lines, commands } = await pictureOf({
    changes: ['/root/b', '/root/a'],
    sums: '22  /root/b\n11  /root/a\n',
  })
  expect(commands[0]?.slice(-2)).toEqual(['/root/a', '/root/b'])
  expect(lines).toEqual(['node1: 11  /root/a', 'node1: 22  /root/b'])
})

test('a path that looks like an option or a command is only ever a path', async () => {
  const { commands } = await pictureOf({ changes: ['/root/$(reboot)'] })
  expect(commands[0]?.slice(0, 2)).toEqual(['sh', '-c'])
  expect(commands[0]?.slice(3)).toEqual(['sh', '/root/$(reboot)'])
})

test.each([
  '/run/docker.sock',
  '/var/lib/docker/volumes',
  '/var',
  '/tmp/x',
  '/etc',
  '/etc/hosts',
  '/etc/docker/key.json',
  '/root/.bash_history',
  '/root/.docker/config.json',
  '/opt/capstan',
])('%s is written by the node itself and left out', async (path) => {
  expect((await pictureOf({ changes: [path] })).commands).toEqual([])
})

test.each([
  '/root/site',
  '/etc/docker/daemon.json',
  '/etc/hosts.allow',
  '/home/a',
  '/variable',
  '/usr/local/bin/x',
])('%s is looked at', async (path) => {
  expect((await pictureOf({ changes: [path] })).commands[0]?.at(-1)).toBe(path)
})

test('differences name what is new and what is missing', () => {
  expect(differences(['a', 'b'], ['b', 'c'])).toEqual([
    'new after the reset: c',
    'missing after the reset: a',
  ])
})

const lines = fc.uniqueArray(fc.string())

test('equal states do not differ, in whatever order their lines are', () => {
  fc.assert(
    fc.property(lines, (before) => {
      expect(differences(before, [...before].reverse())).toEqual([])
    }),
  )
})

test('every line that only one state has is a difference', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const inBoth = before.filter((line) => after.includes(line)).length
      expect(differences(before, after)).toHaveLength(before.length + after.length - 2 * inBoth)
    }),
  )
})
