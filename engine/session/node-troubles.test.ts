import { expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import type { NodeUse } from '../topology'
import { FakeNode } from './fakes.test-kit'
import { isOwnMemoryLimit, NodeTroubles, outOfDisk, outOfMemory } from './node-troubles'

const GIB = 2 ** 30
const node: NodeUse = { containerId: 'c', topologyId: 't', name: 'web', bytes: 9 * GIB, limit: 8 * GIB }

test('the student is told which node, which limit, and what to do', () => {
  expect(outOfMemory('web', 384).text).toMatch(/^web reached its memory limit of 384 MiB.*restart web/)
  expect(outOfMemory('web', null).text).toContain('its memory limit,')
  expect(outOfDisk({ node, why: 'limit' }).text).toMatch(
    /^web was stopped, because it held 9.0 GiB on the disk, and its limit is 8.0 GiB\..*start it.*reset the lab/,
  )
  expect(outOfDisk({ node, why: 'floor' }).text).toMatch(
    /disk of the Docker engine was almost full.*9\.0 GiB/,
  )
  const countless = { ...node, bytes: Number.POSITIVE_INFINITY }
  expect(outOfDisk({ node: countless, why: 'floor' }).text).toContain('more files than can be counted')
})

test.each([
  ['low 0\nhigh 0\nmax 4\noom 1\noom_kill 0\n', true],
  ['low 0\nhigh 0\nmax 0\noom 0\noom_kill 0\n', false],
  ['', true],
])('with the events %j it is the limit of the node itself: %s', async (stdout, expected) => {
  const fake = new FakeNode('web')
  fake.result = { exitCode: 0, stdout, stderr: '' }
  expect(await isOwnMemoryLimit(fake)).toBe(expected)
})

test('a node that is gone because of the disk is explained, and other failures are not', () => {
  const troubles = new NodeTroubles()
  const gone = new CapstanError('node-gone', 'The node web has stopped.')
  expect(troubles.explain(gone)).toBe(gone)
  troubles.set('web', outOfMemory('web', 384))
  expect(troubles.explain(gone)).toBe(gone)
  troubles.set('web', outOfDisk({ node, why: 'limit' }))
  expect(troubles.explain(gone)).toMatchObject({ code: 'no-space', cause: gone })
  const other = new CapstanError('lab-invalid', 'A link.')
  expect(troubles.explain(other)).toBe(other)
})

test('troubles are forgotten one by one, or all together', () => {
  const troubles = new NodeTroubles()
  troubles.set('web', outOfMemory('web', 384))
  troubles.set('db', outOfDisk({ node: { ...node, name: 'db' }, why: 'floor' }))
  expect([troubles.kindOf('web'), troubles.kindOf('db')]).toEqual(['memory', 'disk'])
  troubles.forget('web')
  expect(troubles.texts()).toEqual([expect.stringMatching(/^db/)])
  troubles.forget()
  expect(troubles.texts()).toEqual([])
})
