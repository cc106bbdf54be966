import { expect, test } from 'vitest'
import { bordersOf, existing, gridOf, idsIn, moved, placed, replaced, split, Tiling } from './tiling'

const rects = (tiling: Tiling) =>
  Object.fromEntries(
    placed(tiling).map(({ id, left, top, width, height }) => [id, [left, top, width, height]]),
  )

test('a split halves the place of a tile', () => {
  const beside = split([], 'a', 'b', 'right')
  expect(rects(beside)).toEqual({ a: [0, 0, 50, 100], b: [50, 0, 50, 100] })
  const below = split(beside, 'b', 'c', 'down')
  expect(rects(below)).toEqual({ a: [0, 0, 50, 50], b: [50, 0, 50, 50], c: [0, 50, 100, 50] })
  expect(rects(split(below, 'a', 'd', 'right'))).toMatchObject({ a: [0, 0, 25, 50], d: [25, 0, 25, 50] })
  expect(Tiling.parse(below)).toEqual(below)
})

test.each([
  [0, []],
  [1, []],
  [2, [2]],
  [3, [2, 1]],
  [5, [3, 2]],
  [7, [3, 3, 1]],
])('a grid of %i tiles has the rows %j', (count, rows) => {
  const ids = Array.from({ length: count }, (_, index) => `t${index}`)
  expect(gridOf(ids).map(({ tiles }) => tiles.length)).toEqual(rows)
  expect(idsIn(gridOf(ids))).toEqual(count > 1 ? ids : [])
})

test('tiles go with their tabs, and the others take their place', () => {
  const grid = gridOf(['a', 'b', 'c'])
  expect(rects(existing(grid, ['a', 'c']))).toEqual({ a: [0, 0, 100, 50], c: [0, 50, 100, 50] })
  expect(existing(grid, ['b'])).toEqual([])
})

test('a tile shows another tab', () => {
  expect(idsIn(replaced(gridOf(['a', 'b']), 'b', 'x'))).toEqual(['a', 'x'])
})

test('borders stand between tiles, and move them', () => {
  const grid = gridOf(['a', 'b', 'c'])
  expect(bordersOf(grid)).toEqual([
    { row: 0, tile: 0, left: 50, top: 0, width: 0, height: 50 },
    { row: 0, tile: null, left: 0, top: 50, width: 100, height: 0 },
  ])
  expect(rects(moved(grid, { row: 0, tile: 0 }, 10))).toMatchObject({ a: [0, 0, 60, 50], b: [60, 0, 40, 50] })
  expect(rects(moved(grid, { row: 0, tile: null }, -20))).toMatchObject({
    a: [0, 0, 50, 30],
    c: [0, 30, 100, 70],
  })
  expect(rects(moved(grid, { row: 0, tile: 0 }, 500)).a).toEqual([0, 0, 90, 50])
  expect(moved(grid, { row: 1, tile: 0 }, 10)).toEqual(grid)
})
