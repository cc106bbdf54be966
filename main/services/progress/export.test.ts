import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { csvOf, type ExportedProgress } from './export'

const ATTEMPT = {
  id: 'a1',
  mode: 'practice' as const,
  startedAt: '2026-01-01T00:00:00.000Z',
  length: 2,
  right: 1,
  percent: 50,
  low: 10,
  high: 90,
  passed: false,
  extraTime: 1,
}
const ANSWER = {
  itemId: 'ports',
  domain: 'networking',
  objectives: ['NET-05', 'NET-06'],
  difficulty: 'easy' as const,
  delivery: 'classic' as const,
  right: true,
  picked: [3, 1],
  shown: [1, 2, 3],
  time: 1_550,
  at: '2026-01-01T00:01:00.000Z',
}
const rowsOf = (part: Partial<Pick<ExportedProgress, 'attempts' | 'handsOn'>>): Record<string, string>[] =>
  parse(csvOf({ attempts: [], handsOn: [], ...part }), { columns: true })

test('an export without answers has a heading all the same', () => {
  expect(csvOf({ attempts: [], handsOn: [] }).trim().split(',')).toContain('objectives')
  expect(rowsOf({ attempts: [{ ...ATTEMPT, answers: [] }] })).toEqual([])
})

test('each answer is a row, with its attempt in front', () => {
  expect(rowsOf({ attempts: [{ ...ATTEMPT, answers: [ANSWER, { ...ANSWER, right: false }] }] })).toEqual([
    {
      attempt: 'a1',
      mode: 'practice',
      started: ATTEMPT.startedAt,
      percent: '50.0',
      passed: 'no',
      time: '1',
      item: 'ports',
      domain: 'networking',
      objectives: 'NET-05 NET-06',
      difficulty: 'easy',
      delivery: 'classic',
      right: 'yes',
      picked: '3 1',
      seconds: '1.6',
      answered: ANSWER.at,
    },
    expect.objectContaining({ right: 'no' }),
  ])
})

test.each(['with, comma', 'with "quotes"', 'over\ntwo lines', 'äöü'])(
  'a cell %j stays one cell',
  (domain) => {
    expect(rowsOf({ attempts: [{ ...ATTEMPT, answers: [{ ...ANSWER, domain }] }] })[0]?.domain).toBe(domain)
  },
)

test('each task of a hands-on exam is a row without difficulty and picks', () => {
  const task = {
    taskId: 't',
    title: 'T',
    domain: 'storage',
    objectives: ['STO-01'],
    opened: true,
    points: 2,
    of: 2,
  }
  const exam = {
    id: 'h1',
    examId: 'night',
    title: 'Night',
    startedAt: ATTEMPT.startedAt,
    percent: 66.66,
    passMark: 65,
    passed: true,
    extraTime: 1.5,
    tasks: [{ ...task, passed: true }],
  }
  expect(rowsOf({ handsOn: [exam] })).toMatchObject([
    {
      attempt: 'h1',
      mode: 'hands-on',
      percent: '66.7',
      passed: 'yes',
      time: '1.5',
      item: 't',
      delivery: 'task',
      difficulty: '',
      picked: '',
    },
  ])
})
