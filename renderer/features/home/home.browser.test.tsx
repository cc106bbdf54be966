import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type {
  AttemptSummary,
  LabSummary,
  PathView,
  PlacementView,
  ProgressOverview,
  RunningExam,
} from '../../../main/api'
import { HandClock } from '../../testing/clock.test-kit'
import { attemptSummary } from '../../testing/exam-samples.test-kit'
import { FakeHost, Feed, SETTINGS } from '../../testing/host.test-kit'
import { labSummary, session } from '../../testing/lab-samples.test-kit'
import { path, pathStep } from '../../testing/path-samples.test-kit'
import { overview } from '../../testing/progress-samples.test-kit'
import { show } from '../../testing/show.test-kit'
import { HomePage } from './home-page'

const PORTS = labSummary({ id: 'ports', title: 'Ports' })
const MAIN = path({ steps: [pathStep(), pathStep({ id: 'ports', title: 'Ports' })] })

interface Given {
  readonly labs?: readonly LabSummary[]
  readonly progress?: ProgressOverview
  readonly placement?: PlacementView | null
  readonly exam?: RunningExam | null
  readonly paths?: readonly PathView[]
  readonly followedPath?: string
  readonly attempts?: readonly AttemptSummary[]
  /** The attempt that is the placement test. */
  readonly placed?: string
}

async function home({
  labs = [labSummary(), PORTS],
  progress,
  placement = null,
  exam = null,
  paths = [MAIN],
  followedPath,
  attempts = [],
  placed,
}: Given = {}) {
  const host = new FakeHost({
    calls: {
      'path.list': async () => [...paths],
      'exam.list': async () => [...attempts],
      'path.placement': async () => ({ placement }),
      'path.place': async () => ({ attemptId: 'p1' }),
      'progress.overview': async () => progress ?? overview(),
      'progress.review': async () => ({ attemptId: 'r1' }),
      'session.start': async ({ labId }) => session({ labId }),
    },
    streams: { 'lab.watch': new Feed(labs).watch, 'running.watch': new Feed({ exam }).watch },
  })
  if (placed) host.settings = { ...host.settings, placement: placed }
  if (followedPath) host.settings = { ...host.settings, followedPath }
  return await show(<HomePage />, { host, clock: new HandClock() })
}
const region = (name: string | RegExp) => page.getByRole('region', { name })

test('a newcomer starts at the beginning of the path, can be placed, and can be shown round', async () => {
  const { host, address } = await home()
  await expect.element(region('Start here')).toHaveTextContent('The life of a container')
  await expect.element(region('New here?').getByRole('button', { name: 'Take the tour' })).toBeVisible()
  await page.getByRole('button', { name: 'Take the placement test' }).click()
  await expect.poll(address).toBe('/exam/p1')
  expect(host.inputsOf('path.place')).toEqual([{}])
})

test('an open lab comes first with its step, then the next lab of the path', async () => {
  await home({ labs: [labSummary({ sessionId: 's1', stepsDone: 1 }), PORTS] })
  await expect.element(region('Open now')).toHaveTextContent('1 of 2 steps')
  await expect.element(region('Next on your path')).toHaveTextContent('Ports')
  expect(region('New here?').elements()).toEqual([])
})

test('an exam that runs says its time, and leads back to it', async () => {
  await home({ exam: { kind: 'mock', id: 'a1', title: 'Mock exam', timeLeft: 5_000_000 } })
  await expect.element(region('Exam that runs')).toHaveTextContent('84 min left')
  await expect
    .element(page.getByRole('link', { name: 'Continue the exam' }))
    .toHaveAttribute('href', '/exam/a1')
})

test('what is due is reviewed from here, ten at a time', async () => {
  const { host, address } = await home({
    progress: { ...overview(), reviews: { due: 14, kept: 20, later: [] } },
  })
  await page.getByRole('button', { name: 'Review 10 questions now' }).click()
  await expect.poll(address).toBe('/exam/r1')
  expect(host.inputsOf('progress.review')).toEqual([{ most: 10 }])
})

test('reviews that come back later stand under their days, and in the plan', async () => {
  const clock = new HandClock()
  const day = (days: number) => new Date(clock.date().getTime() + days * 86_400_000).toISOString()
  await home({
    progress: { ...overview(), reviews: { due: 0, kept: 3, later: [day(1), day(2), day(2)] } },
  })
  await expect.element(region('Daily review')).toHaveTextContent('Nothing is due now.')
  const days = page.getByRole('list', { name: 'Reviews that come back' }).getByRole('listitem')
  await expect.element(days.nth(0)).toHaveTextContent('Tomorrow 1 question')
  await expect.element(days.nth(1)).toHaveTextContent('2 questions')
  await page.getByLabelText('Day of the exam').fill(day(10).slice(0, 10))
  const plan = page.getByRole('list', { name: 'Plan' }).getByRole('listitem')
  await expect.element(plan.nth(1)).toHaveTextContent('1 review')
})

test('the path that is followed says which lab is next', async () => {
  const short = path({
    id: 'short',
    title: 'Short',
    main: false,
    steps: [pathStep({ id: 'ports', title: 'Ports' })],
  })
  await home({ paths: [MAIN, short], followedPath: 'short' })
  await expect.element(region('Start here')).toHaveTextContent('Part of Short')
  await expect.element(region('Start here').getByRole('heading', { name: 'Ports' })).toBeVisible()
})

test('a placement test that is over says where to begin in each domain', async () => {
  const domain = { id: 'images', title: 'Images', right: 1, of: 4, known: false }
  await home({
    placement: {
      attemptId: 'p1',
      ended: true,
      domains: [{ ...domain, lab: { id: 'ports', title: 'Ports' } }],
    },
  })
  await expect.element(region('Where to begin')).toHaveTextContent('1 of 4 right: begin at the start')
  await expect.element(region('Where to begin').getByRole('link')).toHaveAttribute('href', '/labs/ports')
})

test('a placement test that ended early says nothing of a domain without answers', async () => {
  const domain = { id: 'images', title: 'Images', right: 0, of: 0, known: false, lab: null }
  await home({ placed: 'p1', placement: { attemptId: 'p1', ended: true, domains: [domain] } })
  await expect.element(region('Where to begin')).toHaveTextContent('no answers: begin at the start')
  await expect
    .element(region('Where to begin').getByRole('button', { name: 'Take the placement test again' }))
    .toBeVisible()
  // A domain without labs is begun with questions.
  const begin = region('Where to begin').getByRole('link', { name: 'Practise Images' })
  await expect.element(begin).toHaveAttribute('href', '/practice/images')
  // The newcomer's way to it is gone.
  await expect.element(region('New here?')).toBeVisible()
  expect(page.getByRole('button', { name: /placement test/ }).elements()).toHaveLength(1)
})

test('a student who has begun without a placement test can still take it', async () => {
  const { address } = await home({ labs: [labSummary({ stepsDone: 1 }), PORTS] })
  await region('Where to begin').getByRole('button', { name: 'Take the placement test' }).click()
  await expect.poll(address).toBe('/exam/p1')
})

test('a placement test that was left is continued by the same button', async () => {
  await home({ placed: 'p1', placement: { attemptId: 'p1', ended: false, domains: [] } })
  const way = region('New here?').getByRole('button', { name: 'Continue the placement test' })
  await expect.element(way).toBeVisible()
})

test('practice and the placement test that were left are continued from here', async () => {
  const attempts = ['p1', 'b', 'c', 'd'].map((id) =>
    attemptSummary({ id, mode: 'practice', state: 'running', total: null, passed: null }),
  )
  const { address } = await home({ attempts, placed: 'p1' })
  await expect.element(region('Continue').getByText('Placement test')).toBeVisible()
  expect(region('Continue').getByRole('listitem').elements()).toHaveLength(3)
  await expect.element(page.getByRole('link', { name: 'All 4 that you can continue' })).toBeVisible()
  await region('Continue').getByRole('button').first().click()
  await expect.poll(address).toBe('/exam/p1')
})

test('while an exam runs no practice is offered', async () => {
  await home({
    attempts: [attemptSummary({ mode: 'practice', state: 'running' })],
    exam: { kind: 'mock', id: 'a1', title: 'Mock exam', timeLeft: 5_000_000 },
  })
  await expect.element(region('Exam that runs')).toBeVisible()
  await expect.element(region('Your exam')).toBeVisible()
  expect(region('Continue').elements()).toEqual([])
})

test('a daily goal is chosen, and the day is measured by it', async () => {
  const { host } = await home({ progress: { ...overview(), today: { items: 12, labs: 1 } } })
  await expect.element(region('Today')).toHaveTextContent('12 questions answered, 1 lab completed.')
  expect(region('Today').getByRole('progressbar').elements()).toEqual([])
  await page.getByLabelText('Questions a day').selectOptions('20')
  await expect.poll(() => host.settings.dailyGoal).toBe(20)
  await expect.element(region('Today')).toHaveTextContent('8 questions to your goal.')
  await expect.element(page.getByRole('progressbar', { name: 'Daily goal' })).toHaveAttribute('value', '12')
  await page.getByLabelText('Questions a day').selectOptions('10')
  await expect.element(region('Today')).toHaveTextContent('Your goal for today is reached.')
})

test('the day of the exam is set, and each day until then says what it asks', async () => {
  const { host } = await home()
  await expect.element(page.getByLabelText('Day of the exam')).toBeVisible()
  await page.getByLabelText('Day of the exam').fill('2099-01-01')
  await expect.poll(() => host.settings.examDate).toBe('2099-01-01')
  await expect.element(page.getByRole('list', { name: 'Plan' })).toHaveTextContent('Today')
  await page.getByRole('button', { name: 'No date' }).click()
  await expect.poll(() => host.settings.examDate).toBeNull()
})

test('a newcomer who has seen the tour is offered it last', async () => {
  const host = new FakeHost({ streams: { 'lab.watch': new Feed([labSummary()]).watch } })
  host.settings = { ...SETTINGS, tourSeen: true }
  await show(<HomePage />, { host, clock: new HandClock() })
  const ways = region('New here?').getByRole('listitem')
  await expect.element(ways.nth(0)).toHaveTextContent('You know some Docker already')
  await expect.element(ways.nth(1).getByRole('button', { name: 'Take the tour again' })).toBeVisible()
})

test('a student who has begun can be shown round in the lab that is open', async () => {
  const { host, address } = await home({ labs: [labSummary(), { ...PORTS, sessionId: 's1' }] })
  await region('How a lab works').getByRole('button', { name: 'Take the tour' }).click()
  await expect.poll(address).toBe('/labs/ports')
  expect(host.inputsOf('session.start')).toEqual([])
})
