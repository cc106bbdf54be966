import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderWith } from './folder.test-kit.mjs'
import { ROOT } from './run.mjs'
import { countClaims, countPlaywright, countProofs, countVitest, sum } from './test-counts.mjs'

function fileWith(report) {
  const text = typeof report === 'string' ? report : JSON.stringify(report)
  return join(folderWith({ 'report.json': text }), 'report.json')
}

const VITEST = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1 }
const READERS = [
  ['countVitest', countVitest, VITEST],
  ['countPlaywright', countPlaywright, { stats: { expected: 5, unexpected: 0, flaky: 0, skipped: 2 } }],
  ['countProofs', countProofs, { labs: [{ id: 'a', ok: true, skipped: null, steps: [] }] }],
  ['countClaims', countClaims, { items: [{ id: 'a', state: 'proven', message: '' }] }],
]

describe.each(READERS)('%s', (_name, count, good) => {
  it('counts no failure in a good report', () => {
    expect(count(fileWith(good), 0).failed).toBe(0)
  })

  it('counts a failure when the runner ended badly without a failed test', () => {
    expect(count(fileWith(good), 1).failed).toBe(1)
  })

  it('counts a failure when there is no report', () => {
    expect(count(join(folderWith(), 'none.json'), 0)).toMatchObject({ passed: 0, failed: 1, skipped: 0 })
  })

  it.each(['', ' ', '{"half'])('counts a failure when the report is cut off: %j', (text) => {
    expect(count(fileWith(text), 0).failed).toBe(1)
  })
})

describe('countVitest', () => {
  it('counts tests that wait to be written as skipped', () => {
    expect(countVitest(fileWith(VITEST), 0)).toMatchObject({ passed: 5, failed: 0, skipped: 2 })
  })

  it('names what was skipped, once each', () => {
    const test = (status, fullName) => ({ status, fullName })
    const report = {
      ...VITEST,
      testResults: [
        { assertionResults: [test('passed', 'works'), test('skipped', 'needs node-pty')] },
        { assertionResults: [test('skipped', 'needs node-pty')] },
      ],
    }
    expect(countVitest(fileWith(report), 0).reasons).toEqual(['needs node-pty'])
  })

  it('names what has failed: tests, and files that cannot be loaded', () => {
    const failed = { status: 'failed', fullName: 'adds', failureMessages: ['expected 1 to be 2'] }
    const report = {
      ...VITEST,
      testResults: [
        { name: join(ROOT, 'exam/a.test.ts'), status: 'failed', assertionResults: [failed] },
        { name: join(ROOT, 'exam/b.test.ts'), status: 'failed', message: 'no module', assertionResults: [] },
        { name: join(ROOT, 'exam/c.test.ts'), status: 'passed', message: '', assertionResults: [] },
      ],
    }
    expect(countVitest(fileWith(report), 1).failures).toEqual([
      'exam/a.test.ts › adds: expected 1 to be 2',
      'exam/b.test.ts: no module',
    ])
  })
})

describe('countPlaywright', () => {
  it('counts a flaky spec as failed', () => {
    const stats = { expected: 3, unexpected: 1, flaky: 2, skipped: 4 }
    expect(countPlaywright(fileWith({ stats }), 1)).toMatchObject({ passed: 3, failed: 3, skipped: 4 })
  })

  it('finds the reasons of skipped specs in nested suites, once each', () => {
    const skip = (description) => ({ tests: [{ annotations: [{ type: 'skip', description }] }] })
    const suites = [
      { specs: [skip('no display')], suites: [{ specs: [skip('no display'), skip('no GPU')] }] },
    ]
    expect(countPlaywright(fileWith({ stats: {}, suites }), 0).reasons).toEqual(['no display', 'no GPU'])
  })
})

describe('the failures of Playwright', () => {
  it('are named with their file and their message, also in nested suites', () => {
    const test = (status, message) => ({ status, results: [{}, { error: { message } }] })
    const spec = (title, ...tests) => ({ file: 'a.spec.ts', title, tests })
    const suites = [
      {
        specs: [spec('opens', test('expected', ''))],
        suites: [{ specs: [spec('closes', test('unexpected', 'no page'), test('flaky', 'late'))] }],
      },
    ]
    expect(countPlaywright(fileWith({ stats: {}, suites }), 1).failures).toEqual([
      'a.spec.ts › closes: no page',
      'a.spec.ts › closes: late',
    ])
  })
})

describe('countProofs', () => {
  const problem = { kind: 'mistake-passes', message: 'only-one.sh' }
  const labs = [
    { id: 'good', ok: true, skipped: null, steps: [{ id: 'one', problems: [] }] },
    { id: 'bad', ok: false, skipped: null, steps: [{ id: 'one', problems: [problem] }] },
    { id: 'other', ok: true, skipped: 'needs vxlan', steps: [] },
  ]

  it('does not count a skipped lab as passed', () => {
    expect(countProofs(fileWith({ labs }), 1)).toMatchObject({ passed: 1, failed: 1, skipped: 1 })
  })

  it('says what is wrong with which step, and why a lab is skipped', () => {
    const { failures, reasons } = countProofs(fileWith({ labs }), 1)
    expect(failures).toEqual(['bad one: mistake-passes: only-one.sh'])
    expect(reasons).toEqual(['other: needs vxlan'])
  })
})

describe('countClaims', () => {
  it('counts items by their state, and gives each reason once', () => {
    const item = (state, message = '') => ({ id: 'a', state, message })
    const items = [
      item('proven'),
      item('failed', 'It is 2.'),
      item('unprovable', 'Swarm'),
      item('unprovable', 'Swarm'),
    ]
    expect(countClaims(fileWith({ items }), 1)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 2,
      reasons: ['Swarm'],
      failures: ['a: It is 2.'],
    })
  })
})

describe('sum', () => {
  it('adds the counts of all parts', () => {
    const parts = [
      { passed: 1, failed: 2, skipped: 3, reasons: ['x'] },
      { passed: 10, failed: 20, skipped: 30 },
    ]
    expect(sum(parts)).toEqual({ passed: 11, failed: 22, skipped: 33 })
    expect(sum([])).toEqual({ passed: 0, failed: 0, skipped: 0 })
  })
})
