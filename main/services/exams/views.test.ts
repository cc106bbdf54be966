import { beforeEach, describe, expect, test } from 'vitest'
import {
  type Attempt,
  type AttemptEvent,
  type Blueprint,
  bankOf,
  type Form,
  fold,
  type Item,
  score,
} from '../../../exam'
import { AttemptView, BlueprintView, ResultView } from '../../api'
import { answersOf } from './answers'
import { Scores } from './scores'
import { keepExam } from './stored'
import { attemptView, blueprintView, resultView, summaryOf, type ViewContext } from './views'

const BLUEPRINT: Blueprint = {
  exam: { items: 2, minutes: 1, delivery: { classic: 1, domc: 1 }, passMark: 65, source: '' },
  domains: [
    { id: 'networking', prefix: 'NET', title: 'Networking', weight: 60 },
    { id: 'storage', prefix: 'STO', title: 'Storage', weight: 40 },
  ],
  objectives: ['NET-05', 'NET-06', 'STO-01'].map((id) => ({
    id,
    title: `On ${id}`,
    source: '',
    hands: true,
  })),
}

function item(id: string, domain: string, objectives: readonly string[]): Item {
  return {
    id,
    template: null,
    domain,
    objectives,
    kind: 'multiple',
    difficulty: 'easy',
    stem: `Stem of ${id}`,
    exhibits: [{ kind: 'output', text: 'docker ps' }],
    options: [0, 1, 2].map((option) => ({
      id: option,
      text: `${id} option ${option}`,
      right: option === 1,
      why: option === 2 ? `${id} secret why` : null,
    })),
    explanation: `${id} secret explanation`,
    source: `${id} secret source`,
    versions: null,
    enemies: [],
    prompts: [],
    command: null,
    distinct: [],
    proof: null,
    unprovable: null,
    tags: [],
    category: null,
    place: { file: 'f.yaml', index: 0 },
  }
}
const ITEMS = [item('c', 'networking', ['NET-05']), item('d', 'storage', ['STO-01'])]

const form: Form = {
  seed: 1,
  minutes: 1,
  items: ITEMS.map(({ id, domain, objectives }, index) => ({
    id,
    domain,
    objectives: [...objectives],
    difficulty: 'easy',
    kind: 'multiple',
    delivery: index === 0 ? 'classic' : 'domc',
    order: [2, 1, 0],
    key: [1],
    extra: false,
  })),
}

let context: ViewContext
beforeEach(() => {
  context = {
    blueprint: BLUEPRINT,
    items: new Map(ITEMS.map((one) => [one.id, one])),
    labs: ['one', 'two', 'three', 'four'].map((id) => ({ id, title: id, objectives: ['NET-05'] })),
  }
})

const START = new Date(0)
function attempt(mode: Attempt['mode'], ...events: AttemptEvent[]): Attempt {
  return fold([{ kind: 'began', at: 0, attemptId: 'a', mode, form, limit: 60_000 }, ...events])
}
const now = (one: Attempt, at = one.elapsed) => ({ attempt: one, startedAt: START, at })
const decide = (option: number, yes: boolean): AttemptEvent => ({
  kind: 'decided',
  at: 5,
  item: 1,
  option,
  yes,
})
const SECRET = /secret|"(key|right|why|explanation|order)":/

describe('the view of a running attempt', () => {
  test('shows all options of a classic item in the order of the form', () => {
    const view = attemptView(now(attempt('real'), 10_000), context)
    expect(AttemptView.parse(view)).toEqual(view)
    expect(view).toMatchObject({ id: 'a', mode: 'real', state: 'running', limit: 60_000, timeLeft: 50_000 })
    expect(view.current).toMatchObject({ index: 0, stem: 'Stem of c', delivery: 'classic', revealed: null })
    expect(view.current.options.map(({ id }) => id)).toEqual([2, 1, 0])
    expect(view.current.exhibits).toEqual([{ kind: 'output', text: 'docker ps' }])
  })

  test('tells how many options to choose where all are shown, and never where they come one at a time', () => {
    const classic = attemptView(now(attempt('real')), context).current
    const moved: AttemptEvent = { kind: 'moved', at: 1, item: 1 }
    const domc = attemptView(now(attempt('real', moved)), context).current
    expect(classic).toMatchObject({ kind: 'multiple', choose: 1 })
    expect(domc).toMatchObject({ kind: 'multiple', delivery: 'domc' })
    expect(JSON.stringify(domc)).not.toContain('choose')
  })

  test('shows one option of a DOMC item, and none when it is over', () => {
    const at = (...events: AttemptEvent[]) =>
      attemptView(now(attempt('real', { kind: 'moved', at: 1, item: 1 }, ...events)), context).current
    expect(at().options).toEqual([{ id: 2, text: 'd option 2' }])
    expect(at(decide(2, false)).options).toEqual([{ id: 1, text: 'd option 1' }])
    expect(at(decide(2, true))).toMatchObject({ options: [], decided: 1, closed: true })
  })

  test.each<[Attempt['mode'], boolean]>([
    ['real', false],
    ['practice', true],
    ['drill', true],
  ])('of mode %s reveals a closed item: %s', (mode, isRevealed) => {
    const closed: AttemptEvent = { kind: 'revealed', at: 2, item: 0 }
    const chose: AttemptEvent = { kind: 'chose', at: 1, item: 0, options: [1] }
    const open = attemptView(now(attempt(mode, chose)), context)
    const over = attemptView(now(attempt(mode, chose, closed)), context)
    expect(JSON.stringify(open)).not.toMatch(SECRET)
    expect(SECRET.test(JSON.stringify(over))).toBe(isRevealed)
    if (isRevealed)
      expect(over.current.revealed).toMatchObject({ right: true, explanation: 'c secret explanation' })
  })

  test('shows what is answered, flagged, closed and open of each item', () => {
    const one = attempt(
      'real',
      { kind: 'chose', at: 1, item: 0, options: [0] },
      { kind: 'flagged', at: 2, item: 1, on: true },
    )
    expect(attemptView(now(one), context).items).toEqual([
      { delivery: 'classic', answered: true, flagged: false, closed: false, open: true, outcome: null },
      { delivery: 'domc', answered: false, flagged: true, closed: false, open: true, outcome: null },
    ])
  })

  test('says so when an item or an option has left the bank', () => {
    context = { ...context, items: new Map() }
    const { current } = attemptView(now(attempt('real')), context)
    expect(current.stem).toBe('This item is no longer in the bank.')
    expect(current.options[0]).toEqual({ id: 2, text: 'This option is no longer in the bank.' })
    expect(current.exhibits).toEqual([])
  })
})

describe('the result', () => {
  const over = () =>
    attempt(
      'real',
      { kind: 'chose', at: 1_000, item: 0, options: [1] },
      { kind: 'moved', at: 2_000, item: 1 },
      decide(2, true),
      { kind: 'ended', at: 9_000, by: 'time' },
    )
  const result = () =>
    resultView(now(over()), { result: score(over(), BLUEPRINT, 65), before: null }, context)

  test('has every item with its key, what was picked and what was shown', () => {
    const view = result()
    expect(ResultView.parse(view)).toEqual(view)
    expect(view).toMatchObject({
      state: 'ended',
      endedBy: 'time',
      passMark: 65,
      passed: false,
      timeLeft: null,
    })
    expect(view.total).toMatchObject({ right: 1, of: 2, percent: 50 })
    expect(view.items.map(({ id, right, answered }) => [id, right, answered])).toEqual([
      ['c', true, true],
      ['d', false, true],
    ])
    const options = (index: number) =>
      view.items[index]?.options.map(({ id, right, picked, shown }) => [id, right, picked, shown])
    expect(options(0)).toEqual([
      [2, false, false, true],
      [1, true, true, true],
      [0, false, false, true],
    ])
    expect(options(1)).toEqual([
      [2, false, true, true],
      [1, true, false, false],
      [0, false, false, false],
    ])
  })

  test('names at most three labs that teach an objective of the item', () => {
    expect(result().items.map(({ labs }) => labs.map(({ id }) => id))).toEqual([['one', 'two', 'three'], []])
  })

  test('in the list is the same as in the result', () => {
    const scored = score(over(), BLUEPRINT, 40)
    const { items: _items, ...rest } = resultView(now(over()), { result: scored, before: null }, context)
    expect(rest).toMatchObject(summaryOf(now(over()), scored, context))
    expect(summaryOf(now(over()), scored, context)).toMatchObject({ passed: true, answered: 2, length: 2 })
    expect(summaryOf(now(attempt('real'), 30_000), null, context)).toMatchObject({
      state: 'running',
      timeLeft: 30_000,
      total: null,
      passed: null,
    })
  })
})

test('a score is made once, and again only for another pass mark', () => {
  const scores = new Scores(BLUEPRINT)
  const one = attempt('real', { kind: 'chose', at: 1, item: 0, options: [1] })
  const first = scores.of(one, 65)
  expect(scores.of(one, 65)).toBe(first)
  expect(first.passed).toBe(false)
  expect(scores.of(one, 50)).toMatchObject({ passed: true, passMark: 50, total: first.total })
  expect(scores.of(attempt('real'), 65)).not.toBe(first)
})

describe('the answers of an attempt', () => {
  const at = (seconds: number) => ({ uptime: 0, boot: '', wall: seconds * 1_000 })
  const stored = (mode: Attempt['mode'], ...events: AttemptEvent[]) => {
    const one = attempt(mode, ...events)
    const entries = events.map((event, index) => ({ event, moment: at(index + 1) }))
    return keepExam({ attempt: one, startedAt: START, lastMoment: at(9), marks: [] }, entries)
  }
  const answers = (one: ReturnType<typeof stored>) => answersOf(one, score(one.attempt, BLUEPRINT))
  const chose: AttemptEvent = { kind: 'chose', at: 1, item: 0, options: [1] }
  const moved: AttemptEvent = { kind: 'moved', at: 2, item: 1 }
  const ended: AttemptEvent = { kind: 'ended', at: 9, by: 'candidate' }

  test('of a real exam are none before it is over', () => {
    expect(answers(stored('real', chose, moved, decide(2, true)))).toEqual([])
  })

  test('have what was picked, what was shown, and when', () => {
    const all = answers(stored('real', chose, moved, decide(2, false), decide(1, true), ended))
    expect(all).toMatchObject([
      { itemId: 'c', delivery: 'classic', right: true, picked: [1], shown: [2, 1, 0], at: new Date(1_000) },
      { itemId: 'd', delivery: 'domc', right: true, picked: [1], shown: [2, 1], at: new Date(4_000) },
    ])
    expect(all[0]).toMatchObject({ attemptId: 'a', domain: 'networking', objectives: ['NET-05'] })
  })

  test('leave out items that were not reached, and open classic items of a practice that runs', () => {
    expect(answers(stored('practice', chose, moved)).map(({ itemId }) => itemId)).toEqual([])
    expect(answers(stored('practice', chose, ended)).map(({ itemId }) => itemId)).toEqual(['c'])
    expect(answers(stored('practice', ended))).toEqual([])
  })

  test('count an item whose explanation was asked for at once, as wrong', () => {
    const revealed: AttemptEvent = { kind: 'revealed', at: 1, item: 0 }
    expect(answers(stored('practice', revealed))).toMatchObject([{ itemId: 'c', right: false, picked: [] }])
  })
})

test('the blueprint names every objective with what the bank has of it', () => {
  const view = blueprintView(BLUEPRINT, bankOf({ items: ITEMS, templates: [], problems: [] }), 70)
  expect(BlueprintView.parse(view)).toEqual(view)
  expect(view).toMatchObject({ length: 2, minutes: 1, passMark: 70, delivery: { classic: 1, domc: 1 } })
  expect(
    view.domains.map(({ id, weight, objectives }) => [
      id,
      weight,
      objectives.map((one) => [one.id, one.items]),
    ]),
  ).toEqual([
    [
      'networking',
      60,
      [
        ['NET-05', 1],
        ['NET-06', 0],
      ],
    ],
    ['storage', 40, [['STO-01', 1]]],
  ])
})
