import { expect, test } from 'vitest'
import { fenceProblems } from './fences'

const NODES = ['manager1', 'worker1']
const problems = (text: string) => fenceProblems('1.md', text, NODES)

test.each([
  '```sh node=worker1\ndocker ps\n```',
  '   ```sh copy node=manager1\n   docker ps\n   ```',
  '~~~sh node=worker1\ndocker ps\n~~~',
  '```sh\ndocker node ls --filter node=worker9\n```',
  'A plain node=worker9, and `sh node=worker9`.',
])('%j has no flaw', (text) => {
  expect(problems(text)).toEqual([])
})

test.each([
  ['```sh node=worker9\ndocker ps\n```', 1, 12],
  ['One.\n\n1. Two:\n\n   ```sh copy node=worker9\n   docker ps\n   ```', 5, 20],
])('the node of %j is named with its line and those that there are', (text, line, column) => {
  expect(problems(text)).toEqual([
    {
      file: '1.md',
      line,
      column,
      message: 'There is no node called "worker9".',
      help: 'The nodes are manager1, worker1.',
      severity: 'error',
    },
  ])
})
