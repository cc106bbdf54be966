import { describe, expect, test } from 'vitest'
import { aStep } from './labs.test-kit'
import { solutionParts, solutionText } from './solution'

const part = (on: string, text: string, file = 'solution.sh') => ({ on, file, text })
const kill = { on: 'node2', action: 'kill' as const }

describe('the parts of a solution', () => {
  test('each have their node, in their order', () => {
    const solution = [part('node1', 'docker ps\n'), kill]
    expect(solutionParts(aStep('one', { solution }))).toEqual([
      { kind: 'code', node: 'node1', text: 'docker ps\n', runs: true },
      { kind: 'action', node: 'node2', action: 'kill' },
    ])
  })

  test('are those for a person, where the lab has them; one that is no script does not run', () => {
    const step = aStep('one', {
      solution: [part('node1', 'until true; do sleep 1; done')],
      shown: [part('node1', 'docker swarm join --token …', 'join.txt')],
    })
    expect(solutionParts(step)).toEqual([
      { kind: 'code', node: 'node1', text: 'docker swarm join --token …', runs: false },
    ])
  })
})

describe('a solution as text', () => {
  test('of one script is the script', () => {
    expect(solutionText(aStep('one', { solution: [part('node1', 'docker ps')] }))).toBe('docker ps')
  })

  test('of several parts names the node of each, and what to do in its menu', () => {
    const solution = [part('node1', 'docker ps\n'), kill, part('node2', 'ls')]
    expect(solutionText(aStep('one', { solution }))).toBe(
      '# on node1\ndocker ps\n\n# kill this node from its menu: node2\n\n# on node2\nls',
    )
  })

  test('of one switch alone still names the node', () => {
    expect(solutionText(aStep('one', { solution: [{ on: 'node1', action: 'cut' }] }))).toContain(': node1')
  })
})
