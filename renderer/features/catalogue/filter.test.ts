import { expect, test } from 'vitest'
import type { LabSummary } from '../../../main/api'
import { domainsOf, matchesFilter, NO_FILTER } from './filter'

const lab: LabSummary = {
  id: 'published-ports',
  title: 'Ports and the rules behind them',
  summary: 'Publish, look, understand.',
  domain: 'networking',
  objectives: ['NET-05'],
  difficulty: 'medium',
  minutes: 20,
  requires: [],
  engine: null,
  missing: [],
  nodes: ['node1'],
  stepCount: 5,
  stepsDone: 0,
  completedAt: null,
  continueAt: null,
  sessionId: null,
  consent: null,
  problem: null,
}

test.each([
  ['', true],
  ['ports', true],
  ['net-05', true],
  ['rules publish', true],
  ['volume', false],
])('searching for "%s"', (text, shown) => {
  expect(matchesFilter(lab, { ...NO_FILTER, text })).toBe(shown)
})

test('the words of its objectives are searched too', () => {
  expect(matchesFilter(lab, { ...NO_FILTER, text: 'firewall' }, ['Find the firewall'])).toBe(true)
})

test('filters are combined', () => {
  expect(
    matchesFilter(lab, { ...NO_FILTER, domain: 'networking', difficulty: 'medium', status: 'new' }),
  ).toBe(true)
  expect(matchesFilter(lab, { ...NO_FILTER, domain: 'networking', difficulty: 'easy' })).toBe(false)
})

test('domains come in the order of the exam', () => {
  expect(domainsOf([lab, { ...lab, domain: 'zoo' }, { ...lab, domain: 'images' }])).toEqual([
    'images',
    'networking',
    'zoo',
  ])
})
