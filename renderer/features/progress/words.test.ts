import { expect, test } from 'vitest'
import { basis, excerpt, importWords, until, verdict } from './words'

const estimate = { percent: 60, low: 50, high: 70, items: 100, labs: 2, pass: 0.3 }

test.each([
  [{ ...estimate, items: 3, labs: 0 }, 'unknown'],
  [{ ...estimate, high: 64.9 }, 'low'],
  [estimate, 'open'],
  [{ ...estimate, low: 65 }, 'good'],
] as const)('what %j means for a pass mark of 65 is %s', (one, tone) => {
  expect(verdict(one, 65).tone).toBe(tone)
})

test.each([
  [0.01, 'most likely fail'],
  [0.06, 'about once in 10 times'],
  [0.3, 'about 3 times in 10'],
  [0.5, 'every other time'],
  [0.94, 'about 9 times in 10'],
  [0.99, 'almost certainly pass'],
])('a chance of %d in words', (pass, words) => {
  expect(verdict({ ...estimate, pass }, 65).chance).toContain(words)
})

test('what an estimate rests on', () => {
  expect(basis({ items: 1, labs: 0 })).toBe('1 item')
  expect(basis({ items: 216, labs: 3 })).toBe('216 items and 3 labs')
  expect(basis({ items: 0, labs: 0 })).toBe('nothing yet')
})

test('how long until', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  const after = (hours: number) => until(new Date(now.getTime() + hours * 3_600_000).toISOString(), now)
  expect([-1, 0.2, 1, 30, 72].map(after)).toEqual([
    'now',
    'in 12 minutes',
    'in 1 hour',
    'in 30 hours',
    'in 3 days',
  ])
})

test('a stem on one line, cut between words, without its code blocks', () => {
  expect(excerpt('Which?\n```sh\ndocker ps\n```\nSay.')).toBe('Which? … Say.')
  expect(excerpt('one two three', 9)).toBe('one two …')
})

test('a stem is never cut within its code', () => {
  expect(excerpt('All have: `docker service create --replicas 6` and', 30)).toBe('All have: …')
  expect(excerpt('All have `docker ps` and more', 24)).toBe('All have `docker ps` and …')
  expect(excerpt('`docker service create --replicas 6` does', 24)).toBe('`docker service create …`')
})

test('what came in with an import', () => {
  const none = { added: 0, known: 0, leftOut: 0 }
  const words = (part: Partial<Parameters<typeof importWords>[0]>) =>
    importWords({ attempts: none, handsOn: none, labs: 0, marks: 0, ...part })
  expect(words({})).toBe('There was nothing new in the file.')
  expect(words({ labs: 1 })).toBe('Imported: 1 lab.')
  const some = { attempts: { added: 3, known: 1, leftOut: 0 }, handsOn: { added: 1, known: 1, leftOut: 1 } }
  expect(words({ ...some, marks: 2 })).toBe(
    'Imported: 3 attempts, 1 hands-on exam and 2 marks. Here already: 2 attempts. ' +
      'Left out, because they are damaged or of a newer Capstan: 1 attempt.',
  )
})
