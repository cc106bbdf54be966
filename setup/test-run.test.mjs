import { describe, expect, it } from 'vitest'
import { chosenParts, PARTS } from './test-parts.mjs'
import { runParts, summaryLines, verdict } from './test-run.mjs'

const counts = (passed, failed, skipped, more = {}) => ({ passed, failed, skipped, ...more })

describe('chosenParts', () => {
  it('are all parts without --only', () => {
    expect(chosenParts([])).toEqual(Object.keys(PARTS))
  })

  it('are the named ones, in the order in which they are named', () => {
    expect(chosenParts(['--only', 'unit,lint'])).toEqual(['unit', 'lint'])
  })

  it.each([
    [['--only', 'unit,nothing'], /^There is no part nothing\. The parts are lint, /],
    [['--only'], /^--only needs names of parts\. /],
    [['--only', ''], /^--only needs names of parts\. /],
  ])('are refused for %j', (args, message) => {
    expect(() => chosenParts(args)).toThrow(message)
  })
})

describe('runParts', () => {
  it('runs a part after the other, and goes on after one that throws', async () => {
    const order = []
    const parts = {
      first: async () => {
        order.push('first')
        throw new Error('broken')
      },
      second: () => {
        order.push('second')
        return counts(1, 0, 0)
      },
    }
    const results = await runParts(['first', 'second'], parts)
    expect(order).toEqual(['first', 'second'])
    expect(results.map(({ counts: { passed, failed } }) => [passed, failed])).toEqual([
      [0, 1],
      [1, 0],
    ])
  })
})

describe('the end of a run', () => {
  const results = [
    { name: 'unit', counts: counts(5, 0, 1, { reasons: ['needs node-pty'] }), seconds: 12.4 },
    { name: 'e2e', counts: counts(2, 1, 0), seconds: 60 },
  ]

  it('has a line for each part, and the reasons of what was skipped', () => {
    expect(summaryLines(results)).toEqual([
      '✓ unit         5 passed, 0 failed, 1 skipped  (12 s)',
      '    skipped: needs node-pty',
      '✗ e2e          2 passed, 1 failed, 0 skipped  (60 s)',
    ])
  })

  it('names what has failed, each on one line', () => {
    const failures = [
      'a › adds:\n  \u001b[31mexpected\u001b[39m 1',
      ...Array.from({ length: 21 }, () => 'x'.repeat(999)),
    ]
    const [, first, second, ...more] = summaryLines([
      { name: 'unit', counts: counts(0, 22, 0, { failures }), seconds: 1 },
    ])
    expect(first).toBe('    failed: a › adds: expected 1')
    expect(second).toHaveLength(412)
    expect(more).toHaveLength(19)
    expect(more.at(-1)).toBe('    failed: 2 more')
  })

  it('has the sum in its last line and fails when a test failed', () => {
    expect(verdict(results)).toEqual({ line: '7 passed, 1 failed, 1 skipped', exitCode: 1 })
    expect(verdict(results.slice(0, 1))).toEqual({ line: '5 passed, 0 failed, 1 skipped', exitCode: 0 })
  })
})
