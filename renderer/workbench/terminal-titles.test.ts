import { expect, test } from 'vitest'
import type { TerminalView } from '../../main/api'
import { terminalsFor, titleOf } from './terminal-titles'

const terminal = (id: string, node: string | null, exitCode: number | null = null): TerminalView => ({
  id,
  sessionId: 's1',
  node,
  title: node ?? 'this computer',
  exitCode,
})
const [a, b, c] = [terminal('a', 'node1'), terminal('b', 'node2'), terminal('c', 'node1')]

test('terminals are numbered only where a title is there twice', () => {
  expect([a, b, c].map((one) => titleOf(one, [a, b, c]))).toEqual(['node1 1', 'node2', 'node1 2'])
  expect([a, b].map((one) => titleOf(one, [a, b]))).toEqual(['node1', 'node2'])
})

test.each([
  ['the active one first, when it is on the node', 'node1', c, ['c', 'a']],
  ['those of the node in their order, when the active one is elsewhere', 'node1', b, ['a', 'c']],
  ['none, when none is on the node', 'node3', a, []],
] as const)('code goes to %s', (_what, node, active, ids) => {
  expect(terminalsFor(node, active, [a, b, c]).map(({ id }) => id)).toEqual(ids)
})

test('code never goes to a shell on this computer, nor to a terminal that has ended', () => {
  const host = terminal('h', null)
  const ended = terminal('x', 'node1', 0)
  expect(terminalsFor('node1', host, [host, ended])).toEqual([])
})
