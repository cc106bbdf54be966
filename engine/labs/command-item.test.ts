import { expect, test } from 'vitest'
import { commandLab } from './command-item'

const GONE = {
  name: 'The volume is gone',
  query: { api: '/volumes', select: 'length(Volumes)' },
  expect: 0,
}
const command = (checks: readonly unknown[]) => ({
  id: 'command_1',
  title: 'A command',
  command: {
    setup: 'docker volume create data',
    checks,
    solution: 'docker volume rm data',
    mistakes: [{ run: 'docker volume prune -f', why: 'It removes others.' }],
  },
})

test('a command item is a lab of one node and one step, with the set-up and the checks', () => {
  const { lab, problem } = commandLab(command([GONE]))
  expect(problem).toBeNull()
  expect(lab?.kind).toBe('command')
  expect(lab?.nodes.map(({ name }) => name)).toEqual(['node1'])
  expect(lab?.setup).toEqual([{ on: 'node1', file: 'setup', text: 'docker volume create data' }])
  expect(lab?.steps.map(({ checks }) => checks.map(({ name, on }) => [name, on]))).toEqual([
    [['The volume is gone', 'node1']],
  ])
})

test.each<[string, readonly unknown[], RegExp]>([
  ['a check of no kind', [{ name: 'It walks', walk: 'far' }], /^check 1: /],
  ['a check without words', [{ ...GONE, name: '' }], /^check 1: /],
  ['no check', [], /\S/],
  ['another node', [{ ...GONE, on: 'node2' }], /no node called "node2", only node1/],
  ['two checks of one name', [GONE, { ...GONE, expect: 1 }], /two checks are called "The volume is gone"/],
  ['guards only', [{ ...GONE, guard: true }], /guards/],
  ['a pattern that does not compile', [{ ...GONE, expect: '/(/' }], /compile/],
])('%s is told', (_name, checks, message) => {
  const { lab, problem } = commandLab(command(checks))
  expect(lab).toBeNull()
  expect(problem).toMatch(message)
})
