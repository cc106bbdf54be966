import { expect, test } from 'vitest'
import { created, met, opened } from './open-file'

const ONE = { content: 'one', version: 'v1' }
const TWO = { content: 'two', version: 'v2' }
const edited = { ...opened('/a', ONE), text: 'mine' }

test('a file that has not changed stays as it is', () => {
  expect(met(edited, ONE)).toBe(edited)
})

test('a text that was not changed becomes what the node has', () => {
  expect(met(opened('/a', ONE), TWO)).toEqual({ ...opened('/a', TWO), revision: 1 })
})

test('unsaved text stays beside what the node has', () => {
  const both = met(edited, TWO)
  expect(both).toEqual({ ...edited, theirs: TWO })
  expect(met(both, TWO)).toBe(both)
  expect(met(both, ONE)).toEqual(edited)
})

test('the same text on both sides is saved', () => {
  expect(met({ ...edited, text: 'two' }, TWO)).toMatchObject({ saved: 'two', version: 'v2', theirs: null })
})

test('the text of a file that was deleted is unsaved, and saving makes the file', () => {
  expect(met(opened('/a', ONE), null)).toMatchObject({ text: 'one', saved: null, version: 'none' })
  expect(met(created('/a'), null)).toEqual(created('/a'))
})
