import { expect, test } from 'vitest'
import { pointerProblems } from './pointers'

const NODES = ['manager1', 'worker1']
const problems = (text: string) => pointerProblems('1.md', text, NODES)

test.each([
  'See [manager1](#map=node:manager1) and [`web`](#map=service:web).',
  '[a](#map=container:web.1) [b](#map=network:front_end) [c](#map=volume:data-1)',
  'A [page](https://docs.docker.com/#map=x) and plain #map=words.',
])('%j has no flaw', (text) => {
  expect(problems(text)).toEqual([])
})

test('a node that the lab does not have is named with its line and those that there are', () => {
  expect(problems('One.\n\nTwo [it](#map=node:manager9).')).toEqual([
    {
      file: '1.md',
      line: 3,
      column: 8,
      message: 'There is no node called "manager9".',
      help: 'The nodes are manager1, worker1.',
      severity: 'error',
    },
  ])
})

test.each(['secret:key', 'node:', 'node', '', 'service:a/b', `service:${'x'.repeat(65)}`])(
  '"%s" is not a kind and a name',
  (target) => {
    expect(problems(`[it](#map=${target})`)).toEqual([
      expect.objectContaining({ line: 1, message: expect.stringContaining('points to nothing') }),
    ])
  },
)
