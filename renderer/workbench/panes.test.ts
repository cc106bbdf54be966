import { expect, test } from 'vitest'
import { nextPane } from './panes'

test('panes are visited in a circle, both ways', () => {
  expect([0, 1, 2].map((pane) => nextPane(pane, { count: 3, backwards: false }))).toEqual([1, 2, 0])
  expect([0, 1, 2].map((pane) => nextPane(pane, { count: 3, backwards: true }))).toEqual([2, 0, 1])
})

test('without focus the circle begins at its start or end', () => {
  expect(nextPane(-1, { count: 2, backwards: false })).toBe(0)
  expect(nextPane(-1, { count: 2, backwards: true })).toBe(1)
})
