import { expect, test } from 'vitest'
import { isolationOf } from './isolation'

test.each([
  [true, 'user-namespace'],
  [false, 'host-root'],
])('with user namespaces %s, nodes are kept apart by %s', (userns, isolation) => {
  expect(isolationOf({ userns })).toBe(isolation)
})
