import { expect, test } from 'vitest'
import type { TerminalView } from '../../main/api'
import { terminalFor, titleOf } from './terminal-titles'

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
  ['the active one, when no node is named', null, b, [a, b], 'b'],
  ['the active one, when it is on the node', 'node1', c, [a, b, c], 'c'],
  ['the first of the node, when the active one is elsewhere', 'node1', b, [a, b, c], 'a'],
  ['the first, when none is active', null, undefined, [a, b], 'a'],
  ['none, when none is on the node', 'node3', a, [a, b], undefined],
  ['none, when there is none', null, undefined, [], undefined],
] as const)('code goes to %s', (_what, node, active, all, id) => {
  expect(terminalFor(node, active, all)?.id).toBe(id)
})

test('code of a lab never goes to a shell on this computer, even when that is the one that is shown', () => {
  const host = terminal('h', null)
  expect(terminalFor(null, host, [host, b])?.id).toBe('b')
  expect(terminalFor(null, host, [host])).toBeUndefined()
})

test('code never goes to a terminal that has ended', () => {
  const ended = terminal('x', 'node1', 0)
  expect(terminalFor(null, ended, [ended, b])?.id).toBe('b')
  expect(terminalFor('node1', ended, [ended, b])).toBeUndefined()
})
