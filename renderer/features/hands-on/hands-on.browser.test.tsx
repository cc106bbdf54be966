import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { HandsOnSummary, HandsOnView, SessionView } from '../../../main/api'
import {
  handsOn,
  handsOnExam,
  handsOnResult,
  handsOnTask,
  taskGrade,
} from '../../testing/exam-samples.test-kit'
import { FakeHost, Feed, refusal } from '../../testing/host.test-kit'
import { session, terminal } from '../../testing/lab-samples.test-kit'
import { show } from '../../testing/show.test-kit'
import { HandsOnAttemptPage } from './attempt-page'
import { HandsOnPage } from './hands-on-page'
import { TaskResult } from './task-result'

const PAST: HandsOnSummary = {
  id: 'h0',
  examId: 'first',
  timeLeft: null,
  title: 'First exam',
  startedAt: '2026-02-01T10:00:00Z',
  state: 'ended',
  percent: 80,
  passed: true,
}

async function startPage(attempts: HandsOnSummary[] = [], exam = handsOnExam()) {
  const host = new FakeHost({
    calls: {
      'handsOn.list': async () => ({ exams: [exam], attempts }),
      'handsOn.start': async () => ({ attemptId: 'h7' }),
    },
  })
  return await show(<HandsOnPage />, { host, at: '/hands-on' })
}

const startExam = () => page.getByRole('button', { name: 'Start: First exam' })

test('an exam says its time, its nodes, its pass mark and its tasks', async () => {
  await startPage()
  const card = page.getByRole('list', { name: 'Hands-on exams' }).getByRole('listitem').first()
  await expect.element(card).toHaveTextContent('60 min')
  await expect.element(card).toHaveTextContent('up to 3 nodes')
  await expect.element(card).toHaveTextContent('66 % to pass')
  await expect.element(card).toHaveTextContent('ScaleOrchestration60 %')
})

test('the start says the rules, and how much time another pace gives', async () => {
  const { host, address } = await startPage()
  await startExam().click()
  const dialog = page.getByRole('dialog', { name: 'Start “First exam”?' })
  await expect.element(dialog).toHaveTextContent('You have 60 minutes for 2 tasks.')
  await dialog.getByRole('combobox', { name: 'Time' }).selectOptions('Half as much more')
  await expect.element(dialog).toHaveTextContent('You have 90 minutes for 2 tasks.')
  await dialog.getByRole('button', { name: 'Start the clock' }).click()
  await expect.poll(address).toBe('/hands-on/h7')
  expect(host.inputsOf('handsOn.start')).toEqual([{ examId: 'first', extraTime: 1.5 }])
})

test('the start can be put off', async () => {
  const { host } = await startPage()
  await startExam().click()
  await page.getByRole('button', { name: 'Not now' }).click()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  expect(host.inputsOf('handsOn.start')).toEqual([])
})

test('while an exam runs, no other can start, and the way leads back to it', async () => {
  const { address } = await startPage([{ ...PAST, id: 'h1', state: 'running', percent: null, passed: null }])
  await expect.element(startExam()).toBeDisabled()
  await page.getByRole('link', { name: 'Continue' }).click()
  expect(address()).toBe('/hands-on/h1')
})

test('an exam with broken files, or without what it needs, cannot start', async () => {
  await startPage([], handsOnExam({ problem: 'Task 2 has no checks.', missing: ['nested cgroups'] }))
  await expect.element(page.getByRole('alert')).toHaveTextContent('Task 2 has no checks.')
  await expect.element(page.getByText('Needs nested cgroups')).toBeVisible()
  await expect.element(startExam()).toBeDisabled()
})

test('exams that are over are listed with their outcome', async () => {
  await startPage([PAST])
  const past = page.getByRole('region', { name: 'What you have sat' })
  await expect.element(past.getByRole('listitem')).toHaveTextContent('80 %Passed')
})

async function sit(view: HandsOnView, sessionView: SessionView = session()) {
  const views = new Feed(view)
  const act = async () => views.value
  const host = new FakeHost({
    calls: {
      'handsOn.open': act,
      'handsOn.handIn': act,
      'handsOn.end': act,
      'handsOn.result': async () => handsOnResult(),
      'session.reset': async () => sessionView,
    },
    streams: {
      'handsOn.watch': views.watch,
      'session.watch': new Feed(sessionView).watch,
      'terminal.watch': new Feed([terminal()]).watch,
      'terminal.output': () => () => undefined,
    },
  })
  const screen = await show(<HandsOnAttemptPage attemptId="h1" />, { host, at: '/hands-on/h1' })
  return { ...screen, views }
}

const OPEN = handsOn({
  tasks: [handsOnTask({ state: 'open', sessionId: 's1' }), handsOnTask({ title: 'Scale' })],
})

test('a task has no nodes before it is begun', async () => {
  const { host } = await sit(handsOn())
  await expect.element(page.getByText('This task has 1 node of its own')).toBeVisible()
  await page.getByRole('button', { name: 'Begin this task' }).click()
  await expect.poll(() => host.inputsOf('handsOn.open')).toEqual([{ attemptId: 'h1', task: 0 }])
})

test('the tasks say their states, and another one is read with a click', async () => {
  await sit(
    handsOn({
      tasks: [handsOnTask({ state: 'handed-in' }), handsOnTask({ title: 'Scale', markdown: 'Scale it.' })],
    }),
  )
  await expect
    .element(page.getByRole('button', { name: /Build.*handed in/ }))
    .toHaveAttribute('aria-current', 'true')
  await page.getByRole('button', { name: /Scale.*not started/ }).click()
  await expect.element(page.getByRole('heading', { level: 2, name: 'Scale' })).toBeVisible()
  await expect.element(page.getByText('Scale it.')).toBeVisible()
})

test('a task that is handed in leads to the next one that is not', async () => {
  await sit(
    handsOn({
      current: 1,
      tasks: [handsOnTask(), handsOnTask({ title: 'Scale', state: 'handed-in' })],
    }),
  )
  await expect.element(page.getByText('This task is handed in')).toBeVisible()
  await page.getByRole('button', { name: 'Next task' }).click()
  await expect.element(page.getByRole('heading', { level: 2, name: 'Build', exact: true })).toBeVisible()
})

test('when all tasks are handed in, there is no next one', async () => {
  await sit(handsOn({ tasks: [handsOnTask({ state: 'handed-in' })] }))
  await expect.element(page.getByText('This task is handed in')).toBeVisible()
  expect(page.getByRole('button', { name: 'Next task' }).elements()).toEqual([])
  await page.getByRole('button', { name: 'End exam' }).click()
  await expect.element(page.getByText('All tasks are handed in. You get your result.')).toBeVisible()
})

test('handing in asks first', async () => {
  const { host } = await sit(OPEN)
  await page.getByRole('button', { name: 'Hand in this task' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  expect(host.inputsOf('handsOn.handIn')).toEqual([])
  await page.getByRole('button', { name: 'Hand in this task' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Hand in' }).click()
  await expect.poll(() => host.inputsOf('handsOn.handIn')).toEqual([{ attemptId: 'h1', task: 0 }])
})

test('a task is started over with new nodes, after a question', async () => {
  const { host } = await sit(OPEN)
  await page.getByRole('button', { name: 'Start over' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Start over' }).click()
  await expect.poll(() => host.inputsOf('session.reset')).toEqual([{ sessionId: 's1' }])
})

test('a task whose nodes are broken offers new ones', async () => {
  const problem = { code: 'node-gone', message: 'node1 was removed.', help: null }
  const { host } = await sit(OPEN, session({ state: 'broken', problem }))
  await expect.element(page.getByRole('alert')).toHaveTextContent('node1 was removed.')
  await page.getByRole('button', { name: 'Begin this task again, with new nodes' }).click()
  await expect.poll(() => host.inputsOf('session.reset')).toEqual([{ sessionId: 's1' }])
})

test('the nodes of a task that lost them can be had again', async () => {
  const { host } = await sit(handsOn({ tasks: [handsOnTask({ state: 'open' })] }))
  await expect.element(page.getByText('The nodes of this task are gone')).toBeVisible()
  await page.getByRole('button', { name: 'Get new nodes' }).click()
  await expect.poll(() => host.inputsOf('handsOn.open')).toHaveLength(1)
})

test('the end asks first, with how many tasks are not handed in', async () => {
  const { host } = await sit(OPEN)
  await page.getByRole('button', { name: 'End exam' }).click()
  const dialog = page.getByRole('dialog', { name: 'End the exam?' })
  await expect.element(dialog).toHaveTextContent('2 tasks not handed in yet')
  await dialog.getByRole('button', { name: 'End the exam' }).click()
  await expect.poll(() => host.inputsOf('handsOn.end')).toEqual([{ attemptId: 'h1' }])
})

test('after the end the page waits for the grades, and then shows the result', async () => {
  const { views } = await sit(handsOn({ state: 'grading' }))
  await expect.element(page.getByRole('status')).toHaveTextContent('Your nodes are being graded.')
  views.send(handsOn({ state: 'ended' }))
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('Result: First exam')
  await expect.element(page.getByText('Not passed')).toBeVisible()
})

test('an exam that cannot be opened leads to the others', async () => {
  const host = new FakeHost({
    streams: {
      'handsOn.watch': () => {
        throw refusal('There is no attempt h9.')
      },
    },
  })
  const { address } = await show(<HandsOnAttemptPage attemptId="h9" />, { host })
  await expect.element(page.getByRole('alert')).toHaveTextContent('There is no attempt h9.')
  await page.getByRole('button', { name: 'To the hands-on exams' }).click()
  expect(address()).toBe('/hands-on')
})

const grade = {
  name: 'The image is there',
  node: 'node1',
  guard: false,
  points: 2,
  green: false,
  expected: 'app:1',
  found: 'nothing',
  explanation: 'There is no image app:1.',
}
const CHECKS = [
  grade,
  { ...grade, name: 'It has a label', points: 1, green: true },
  { ...grade, name: 'web still runs', guard: true, green: true },
  { ...grade, name: 'The volume is kept', guard: true, points: 2 },
]
const rows = () =>
  page
    .getByRole('list', { name: 'Checks of Build' })
    .getByRole('listitem')
    .elements()
    .map((row) => row.textContent)

test('a failed task is open, and says what every check found and what it counts', async () => {
  await show(<TaskResult task={taskGrade({ checks: CHECKS })} number={1} />)
  // What the sentence says already is not said again.
  const found = 'Found on node1nothing'
  await expect
    .poll(rows)
    .toEqual([
      `The image is there: redThere is no image app:1.${found}0 / 2`,
      'It has a label: green1 / 1',
      'web still runs must stay green: greenkept',
      `The volume is kept must stay green: redThere is no image app:1.${found}−2`,
    ])
})

test('a task that was not begun explains no checks, and its guards count nothing', async () => {
  await show(<TaskResult task={taskGrade({ checks: CHECKS, opened: false })} number={1} />)
  await expect.element(page.getByText('you did not begin this task')).toBeVisible()
  expect(page.getByText('There is no image app:1.').elements()).toEqual([])
  expect(rows().map((row) => row?.slice(-5))).toEqual([
    expect.stringContaining('0 / 2'),
    '1 / 1'.slice(-5),
    expect.stringMatching(/–$/),
    expect.stringMatching(/–$/),
  ])
})

test('a passed task is closed; its solution and its labs are there when it is opened', async () => {
  await show(<TaskResult task={taskGrade({ passed: true })} number={1} />)
  await expect.element(page.getByText('One way to do it')).not.toBeVisible()
  await page.getByRole('heading', { name: 'Build' }).click()
  await page.getByText('One way to do it').click()
  await expect.element(page.getByText('docker build .')).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'A first image' })).toBeVisible()
})

test('a solution has a block for each node, which runs nowhere, and words for what is done with a node', async () => {
  const solution = [
    { kind: 'code' as const, node: 'manager1', text: 'docker node ls', runs: true },
    { kind: 'action' as const, node: 'worker1', action: 'kill' as const },
  ]
  await show(<TaskResult task={taskGrade({ nodes: ['manager1', 'worker1'], solution })} number={1} />)
  await page.getByText('One way to do it').click()
  const parts = page.getByRole('list', { name: 'Solution' })
  await expect.element(parts.getByText('manager1')).toBeVisible()
  await expect.element(parts).toHaveTextContent('Kill worker1, from its menu.')
  expect(parts.getByRole('button', { name: /^(Run|Kill)/ }).elements()).toEqual([])
})

test('a task without solution and labs offers neither', async () => {
  await show(<TaskResult task={taskGrade({ solution: [], labs: [] })} number={1} />)
  await expect.element(page.getByText('The task')).toBeVisible()
  expect(page.getByText(/One way to do it|Practise it/).elements()).toEqual([])
})
