import { describe, expect, test, vi } from 'vitest'
import {
  type Blueprint,
  foldHandsOn,
  type HandsOnEvent,
  type HandsOnForm,
  type TaskGrade,
} from '../../../exam'
import { fakeLab } from '../../../test/fakes/labs'
import { HandsOnResultView, HandsOnView } from '../../api'
import { Grading } from './grading'
import { gradedOf, HandsOnScores, tasksAsAnswers } from './results'
import type { TaskJudgement } from './task-nodes'
import { taskCalled, tasksOf } from './tasks'
import { handsOnView, resultView, summaryOf } from './views'

const BLUEPRINT: Blueprint = {
  exam: { items: 1, minutes: 1, delivery: { classic: 1, domc: 0 }, passMark: 65, source: '' },
  domains: [{ id: 'networking', prefix: 'NET', title: 'Networking', weight: 100 }],
  objectives: [{ id: 'NET-05', title: 'Ports', source: '', hands: true }],
}
const CHECK = { name: 'secret check', node: 'node1', guard: false, points: 2 }
const FORM: HandsOnForm = {
  examId: 'night',
  title: 'Night shift',
  minutes: 30,
  passMark: 65,
  tasks: ['one', 'two'].map((id, index) => ({
    id,
    title: `Task ${id}`,
    domain: 'networking',
    objectives: ['NET-05'],
    weight: index + 1,
    checks: [CHECK],
  })),
}
const grade = (green: boolean): TaskGrade => [
  { name: CHECK.name, green, expected: 'secret', found: 'secret', explanation: 'secret' },
]
const began: HandsOnEvent = { kind: 'began', at: 0, attemptId: 'a', form: FORM, limit: 1_800_000 }
const opened = (task: number): HandsOnEvent => ({ kind: 'opened', at: 1, task })
const ended: HandsOnEvent = { kind: 'ended', at: 9, by: 'candidate' }
const graded = (task: number, green: boolean): HandsOnEvent => ({
  kind: 'graded',
  at: 9,
  task,
  checks: grade(green),
})

const attemptOf = (...events: HandsOnEvent[]) => foldHandsOn([began, ...events])
const now = (attempt: ReturnType<typeof attemptOf>, at = 0) => ({ attempt, startedAt: new Date(0), at })
const stored = (attempt: ReturnType<typeof attemptOf>) => ({
  attempt,
  startedAt: new Date(0),
  lastMoment: { uptime: 0, boot: '', wall: 5 },
  marks: [],
  lastAt: new Date(5),
})
const context = {
  blueprint: BLUEPRINT,
  tasks: [fakeLab({ id: 'one', kind: 'task', domain: 'tasks', minutes: 7 })],
  labs: ['a', 'b', 'c', 'd'].map((id) => ({ id, title: id, objectives: ['NET-05'] })),
  missing: () => [],
}

describe('views', () => {
  test('of a running exam have tasks, time and sessions, and nothing of their checks', () => {
    const attempt = attemptOf(opened(0))
    const view = handsOnView(now(attempt, 600_000), { ...context, sessionOf: (id) => `s-${id}` })
    expect(HandsOnView.parse(view)).toEqual(view)
    expect(view).toMatchObject({ state: 'running', timeLeft: 1_200_000, current: 0 })
    expect(view.tasks).toMatchObject([
      { state: 'open', sessionId: 's-one', minutes: 7, domain: 'Networking', markdown: 'Do it.' },
      { state: 'new', sessionId: null, minutes: 0, nodes: [], markdown: 'This task is no longer there.' },
    ])
    expect(view.tasks.map(({ share }) => Math.round(share))).toEqual([33, 67])
    expect(JSON.stringify(view)).not.toContain('secret')
  })

  test.each([
    ['running', attemptOf(opened(0))],
    ['grading', attemptOf(opened(0), ended)],
    ['ended', attemptOf(opened(0), ended, graded(0, true))],
  ])('say that an exam is %s', (state, attempt) => {
    expect(summaryOf(now(attempt), null).state).toBe(state)
    const view = handsOnView(now(attempt, 9_999_999), { ...context, sessionOf: () => null })
    expect([view.state, view.timeLeft]).toEqual([state, 0])
  })

  test('of a result have what each check found, a solution and three labs', () => {
    const attempt = attemptOf(opened(0), ended, graded(0, true))
    const view = resultView(now(attempt), new HandsOnScores(BLUEPRINT).of(attempt), context)
    expect(HandsOnResultView.parse(view)).toEqual(view)
    expect(view.tasks[0]).toMatchObject({
      percent: 100,
      opened: true,
      checks: [{ name: 'secret check', green: true }],
      nodes: ['node1'],
      solution: [{ kind: 'code', node: 'node1', text: 'docker run secret-solution', runs: true }],
      labs: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
    })
    expect(view.tasks[1]).toMatchObject({ percent: 0, opened: false, solution: [] })
  })

  test('of an attempt whose solutions were kept as one text show it as one part', () => {
    const text = { minutes: 7, nodes: ['a', 'b'], markdown: 'Do it.', solution: '# on a\ndocker ps' }
    const form = { ...FORM, tasks: FORM.tasks.map((task) => ({ ...task, text })) }
    const attempt = foldHandsOn([{ ...began, form }, ended, graded(0, true)])
    const view = resultView(now(attempt), new HandsOnScores(BLUEPRINT).of(attempt), context)
    expect(view.tasks[0]?.solution).toEqual([
      { kind: 'code', node: 'a, b', text: '# on a\ndocker ps', runs: false },
    ])
  })
})

describe('the tasks of an exam', () => {
  const exam = {
    id: 'e',
    title: 'E',
    summary: '',
    minutes: 10,
    passMark: 65,
    tasks: [
      { task: 'one', weight: 1 },
      { task: 'gone', weight: 3 },
    ],
  }

  test('have their share, and the first one that is not there is named', () => {
    const found = tasksOf(exam, context)
    expect(found.tasks.map(({ lab, share }) => [lab.id, share])).toEqual([['one', 25]])
    expect(found.problem).toBe('Its task "gone" is not there, or cannot be read.')
  })

  test('name each capability that is missing once', () => {
    const source = { tasks: ['one', 'gone'].map((id) => fakeLab({ id })), missing: () => ['ipvs', 'esp'] }
    expect(tasksOf(exam, source)).toMatchObject({ problem: null, missing: ['ipvs', 'esp'] })
    expect(taskCalled('gone', source)?.id).toBe('gone')
    expect(taskCalled('other', source)).toBeUndefined()
  })
})

describe('results as evidence', () => {
  const over = stored(attemptOf(opened(0), opened(1), ended, graded(0, true), graded(1, false)))
  const half = stored(attemptOf(opened(0), ended))

  test('leave out exams that wait for grades', () => {
    expect(gradedOf([over, half], new HandsOnScores(BLUEPRINT)).map(({ attempt }) => attempt)).toEqual([
      over.attempt,
    ])
  })

  test('count each begun task like an item, with the time of its last grade', () => {
    const partly = stored(attemptOf(opened(0), ended, graded(0, true)))
    const answers = (one: typeof over) =>
      tasksAsAnswers(gradedOf([one], new HandsOnScores(BLUEPRINT)), () => undefined)
    expect(answers(over)).toEqual([
      {
        itemId: 'one',
        difficulty: 'medium',
        right: true,
        domain: 'networking',
        objectives: ['NET-05'],
        at: new Date(5),
      },
      {
        itemId: 'two',
        difficulty: 'medium',
        right: false,
        domain: 'networking',
        objectives: ['NET-05'],
        at: new Date(5),
      },
    ])
    expect(answers(partly).map(({ itemId }) => itemId)).toEqual(['one'])
  })

  test('are scored once', () => {
    const scores = new HandsOnScores(BLUEPRINT)
    expect(scores.of(over.attempt)).toBe(scores.of(over.attempt))
  })
})

describe('grading', () => {
  const waiting = attemptOf(opened(0), ended)
  const judgement = { judgedAt: new Date(5_000), checks: grade(true) }

  test('a task that is being graded is not graded twice at the same time', async () => {
    let finish: (judgement: TaskJudgement) => void = () => undefined
    const look = vi.fn(
      () =>
        new Promise<TaskJudgement>((resolve) => {
          finish = resolve
        }),
    )
    const [record, giveBack] = [vi.fn(async () => undefined), vi.fn(async () => undefined)]
    const grading = new Grading({ grade: look, giveBack, record, onError: () => expect.fail('it failed') })
    grading.begin(waiting)
    grading.begin(waiting)
    expect(look).toHaveBeenCalledOnce()
    expect(look).toHaveBeenCalledWith('one', [CHECK])
    finish(judgement)
    await expect.poll(() => giveBack.mock.calls).toEqual([['one']])
    expect(record.mock.calls).toEqual([['a', 0, judgement]])
  })

  test('a grade that cannot be journaled is looked up again, and the nodes are kept until then', async () => {
    const done: string[] = []
    const grading = new Grading({
      grade: async () => judgement,
      giveBack: async () => void done.push('gave back'),
      record: async () => {
        done.push('record')
        if (done.length < 3) throw new Error('disk full')
      },
      onError: (message) => done.push(message),
      againMs: 1,
    })
    grading.begin(waiting)
    await expect.poll(() => done).toEqual(['record', 'task one not graded yet', 'record', 'gave back'])
  })

  test('dispose ends the waiting', async () => {
    const look = vi.fn(() => Promise.reject(new Error('no engine')))
    const onError = vi.fn()
    const grading = new Grading({
      grade: look,
      giveBack: async () => undefined,
      record: async () => undefined,
      onError,
      againMs: 60_000,
    })
    grading.begin(waiting)
    await expect.poll(() => onError.mock.calls.length).toBe(1)
    grading.dispose()
    grading.begin(waiting)
    expect(look).toHaveBeenCalledOnce()
  })

  test('where nothing waits for a grade nothing is looked at', () => {
    const look = vi.fn(() => Promise.reject(new Error('looked')))
    const nothing = async () => undefined
    const grading = new Grading({ grade: look, giveBack: nothing, record: nothing, onError: nothing })
    grading.begin(attemptOf(opened(0)))
    grading.begin(attemptOf(opened(0), ended, graded(0, true)))
    expect(look).not.toHaveBeenCalled()
  })
})
