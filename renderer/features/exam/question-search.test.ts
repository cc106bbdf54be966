import { expect, test } from 'vitest'
import { resultItem } from '../../testing/exam-samples.test-kit'
import { matches } from './question-search'

const question = {
  ...resultItem({ stem: 'Which network has DNS?', explanation: 'A user-defined bridge.' }),
  mark: { bookmarked: false, note: 'ask Ann' },
  missed: 0,
}

test.each([
  ['', true],
  ['dns', true],
  ['BRIDGE which', true],
  ['ann', true],
  ['it lists images', true],
  ['overlay', false],
  ['dns overlay', false],
])('"%s": %s', (wanted, found) => {
  expect(matches(question, wanted)).toBe(found)
})
