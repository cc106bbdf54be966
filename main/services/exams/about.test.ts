import { expect, test } from 'vitest'
import type { Attempt, Blueprint, Purpose } from '../../../exam'
import { aboutOf } from './about'

const BLUEPRINT: Pick<Blueprint, 'domains' | 'objectives'> = {
  domains: ['Networking', 'Storage', 'Security'].map((title) => ({
    id: title.toLowerCase(),
    prefix: title.slice(0, 3).toUpperCase(),
    title,
    weight: 30,
  })),
  objectives: ['NET-05', 'NET-06'].map((id) => ({ id, title: `Words of ${id}`, source: '', hands: true })),
}

type Items = readonly { readonly domain: string; readonly objectives: readonly string[] }[]
const about = (mode: Attempt['mode'], items: Items) => aboutOf({ mode, form: { items } }, BLUEPRINT)
const net = (...objectives: string[]) => ({ domain: 'networking', objectives })

const THREE_DOMAINS: Items = [
  net(),
  { domain: 'storage', objectives: [] },
  { domain: 'security', objectives: [] },
]

test.each<[string, Items, string | null]>([
  ['one objective, in words', [net('NET-05'), net('NET-05', 'NET-06')], 'Words of NET-05 (NET-05)'],
  [
    'two objectives, in words',
    [net('NET-05', 'NET-06')],
    'Words of NET-05 (NET-05); Words of NET-06 (NET-06)',
  ],
  ['an objective that is no longer known', [net('NET-99')], 'NET-99'],
  ['a domain', [net('NET-05'), net('NET-06')], 'Networking'],
  ['two domains', [net('NET-05'), { domain: 'storage', objectives: [] }], 'Networking, Storage'],
  ['many domains', THREE_DOMAINS, 'Networking, Storage and 1 more'],
])('a drill is about %s', (_what, items, expected) => {
  expect(about('drill', items)).toBe(expected)
})

test('a mock exam is about everything', () => {
  expect(about('real', [net('NET-05')])).toBeNull()
})

test('a practice of many domains is a mix of the exam', () => {
  expect(about('practice', THREE_DOMAINS)).toBeNull()
})

test('items that were chosen one by one say why, whatever they share', () => {
  const of = (purpose: Purpose, mode: Attempt['mode'] = 'drill') =>
    aboutOf({ mode, form: { purpose, items: [net('NET-05')] } }, BLUEPRINT)
  expect(of('missed')).toBe('Questions you missed')
  expect(of('reviews')).toBe('Reviews')
  expect(of('placement', 'practice')).toBeNull()
})
