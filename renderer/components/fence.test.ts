import { expect, test } from 'vitest'
import { readFence } from './fence'

test.each([
  ['sh', '', { runs: true, node: null }],
  ['bash', '', { runs: true, node: null }],
  ['sh', 'copy', { runs: false, node: null }],
  ['sh', 'node=worker1', { runs: true, node: 'worker1' }],
  ['yaml', '', { runs: false, node: null }],
  ['', '', { runs: false, node: null }],
])('%s %s', (language, meta, expected) => {
  expect(readFence(language, meta)).toEqual({ language, ...expected })
})
