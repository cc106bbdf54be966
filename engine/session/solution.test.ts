import { describe, expect, test } from 'vitest'
import { aStep } from './labs.test-kit'
import { solutionParts } from './solution'

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
