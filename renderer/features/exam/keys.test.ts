import fc from 'fast-check'
import { expect, test } from 'vitest'
import { intentOf, type Pressed, type Situation } from './keys'

const press = (key: string, part: Partial<Pressed> = {}): Pressed => ({
  ...{ key, ctrlKey: false, altKey: false, metaKey: false, repeat: false, focus: 'none' },
  ...part,
})
const classic: Situation = {
  delivery: 'classic',
  closed: false,
  options: 4,
  practice: false,
  reviewing: false,
}
const domc: Situation = { ...classic, delivery: 'domc', options: 1 }

test.each([
  ['y', true],
  ['N', false],
])('%s answers an option that asks, and does nothing anywhere else', (key, yes) => {
  expect(intentOf(press(key), domc)).toEqual({ kind: 'decide', yes })
  expect(intentOf(press(key), classic)).toBeNull()
  expect(intentOf(press(key), { ...domc, closed: true })).toBeNull()
  expect(intentOf(press(key), { ...domc, reviewing: true })).toBeNull()
})

test('arrows go through the items, but not past an option that asks, nor while they scroll', () => {
  expect(intentOf(press('ArrowRight'), classic)).toEqual({ kind: 'next' })
  expect(intentOf(press('ArrowRight'), { ...domc, closed: true })).toEqual({ kind: 'next' })
  expect(intentOf(press('ArrowRight'), domc)).toBeNull()
  expect(intentOf(press('ArrowLeft'), domc)).toEqual({ kind: 'previous' })
  expect(intentOf(press('ArrowRight', { focus: 'scroller' }), classic)).toBeNull()
  expect(intentOf(press('ArrowLeft', { focus: 'scroller' }), { ...classic, reviewing: true })).toBeNull()
  expect(intentOf(press('ArrowLeft'), { ...classic, reviewing: true })).toEqual({ kind: 'previous' })
})

test('digits choose options that are there, until the item is closed', () => {
  expect(intentOf(press('4'), classic)).toEqual({ kind: 'pick', at: 3 })
  expect(intentOf(press('5'), classic)).toBeNull()
  expect(intentOf(press('0'), classic)).toBeNull()
  expect(intentOf(press('1'), { ...classic, closed: true })).toBeNull()
  expect(intentOf(press('1'), domc)).toBeNull()
})

test('Enter goes on, in practice after the check; a focused button keeps its own Enter', () => {
  const practice = { ...classic, practice: true }
  expect(intentOf(press('Enter'), practice)).toEqual({ kind: 'check' })
  expect(intentOf(press('Enter'), { ...practice, closed: true })).toEqual({ kind: 'next' })
  expect(intentOf(press('Enter', { focus: 'control' }), practice)).toBeNull()
  expect(intentOf(press('Enter'), classic)).toEqual({ kind: 'next' })
  expect(intentOf(press('Enter'), domc)).toBeNull()
})

test('the review screen takes no answers', () => {
  const reviewing = { ...domc, reviewing: true }
  expect(intentOf(press('y'), reviewing)).toBeNull()
  expect(intentOf(press('n'), reviewing)).toBeNull()
  expect(intentOf(press('p'), reviewing)).toEqual({ kind: 'previous' })
})

test('no key acts with a modifier, while it is held down, or while somebody types', () => {
  const mute = fc.constantFrom<Partial<Pressed>>(
    { ctrlKey: true },
    { altKey: true },
    { metaKey: true },
    { repeat: true },
    { focus: 'text' },
  )
  const keys = fc.constantFrom(...'ynpfirt123456789', 'Enter', 'ArrowLeft', 'ArrowRight')
  const situations = fc.record<Situation>({
    delivery: fc.constantFrom('classic', 'domc'),
    closed: fc.boolean(),
    options: fc.nat(9),
    practice: fc.boolean(),
    reviewing: fc.boolean(),
  })
  fc.assert(
    fc.property(keys, mute, situations, (key, part, situation) => {
      expect(intentOf(press(key, part), situation)).toBeNull()
    }),
  )
})
