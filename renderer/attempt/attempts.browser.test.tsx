import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { attemptSummary } from '../testing/exam-samples.test-kit'
import { refusal } from '../testing/host.test-kit'
import { show } from '../testing/show.test-kit'
import { AttemptHistory, RunningAttempts } from './attempts'

const RUNNING = attemptSummary({
  id: 'r1',
  state: 'running',
  answered: 3,
  length: 55,
  timeLeft: 61_000,
  total: null,
  passed: null,
})

test('attempts that run are listed with what is left, and can be continued', async () => {
  const { address } = await show(<RunningAttempts attempts={[RUNNING, attemptSummary()]} />)
  await expect.element(page.getByRole('listitem')).toHaveTextContent('3 of 55 answered')
  await expect.element(page.getByText('2 min left')).toBeVisible()
  await page.getByRole('button', { name: /^Continue: Mock exam/ }).click()
  expect(address()).toBe('/exam/r1')
})

test('an attempt without a limit has no time left', async () => {
  await show(<RunningAttempts attempts={[{ ...RUNNING, mode: 'practice', timeLeft: null }]} />)
  await expect.element(page.getByText('Practice')).toBeVisible()
  expect(page.getByText(/left$/).elements()).toEqual([])
})

test('where nothing runs, nothing is shown', async () => {
  const { container } = await show(
    <p>
      <RunningAttempts attempts={[attemptSummary()]} />
    </p>,
  )
  await expect.poll(() => container.querySelector('p')).toBeTruthy()
  expect(page.getByRole('heading').elements()).toEqual([])
})

test('the history has the score, the interval and the outcome of mock exams', async () => {
  const { address } = await show(
    <AttemptHistory
      onRemoved={() => undefined}
      empty="Nothing."
      attempts={[
        RUNNING,
        attemptSummary(),
        attemptSummary({ id: 'a2', mode: 'drill', passed: null, startedAt: '2026-02-02T10:00:00Z' }),
      ]}
    />,
  )
  const rows = page.getByRole('row')
  await expect.poll(() => rows.elements()).toHaveLength(3)
  await expect.element(rows.nth(1)).toHaveTextContent(/50 % 1 of 2.*20–80 %.*Not passed/)
  await expect.element(rows.nth(2)).toHaveTextContent('Drill')
  await rows
    .nth(2)
    .getByRole('link', { name: /^Result of/ })
    .click()
  expect(address()).toBe('/exam/a2/result')
})

test('an empty history says what will be there', async () => {
  await show(
    <AttemptHistory attempts={[RUNNING]} empty="Yours will be listed here." onRemoved={() => undefined} />,
  )
  await expect.element(page.getByText('Yours will be listed here.')).toBeVisible()
  expect(page.getByRole('table').elements()).toEqual([])
})

test('an attempt of the past is deleted when that was confirmed', async () => {
  let removed = 0
  const { host } = await show(
    <AttemptHistory attempts={[attemptSummary()]} empty="Nothing." onRemoved={() => removed++} />,
    { calls: { 'exam.remove': async () => ({}) } },
  )
  await page.getByRole('button', { name: /^Delete: Mock exam of/ }).click()
  await expect.element(page.getByRole('dialog')).toHaveTextContent('your readiness no longer rests on them')
  await page.getByRole('button', { name: 'Cancel' }).click()
  expect(host.inputsOf('exam.remove')).toEqual([])
  await page.getByRole('button', { name: /^Delete: Mock exam of/ }).click()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect.poll(() => removed).toBe(1)
  expect(host.inputsOf('exam.remove')).toEqual([{ attemptId: 'a1' }])
})

test('an attempt that cannot be deleted stays, with the reason', async () => {
  const refuse = async () => {
    throw refusal('A mock exam is not over yet.')
  }
  await show(
    <AttemptHistory attempts={[attemptSummary()]} empty="Nothing." onRemoved={() => expect.fail()} />,
    { calls: { 'exam.remove': refuse } },
  )
  await page.getByRole('button', { name: /^Delete: Mock exam of/ }).click()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect.element(page.getByRole('alert')).toHaveTextContent('A mock exam is not over yet.')
})

test('the history calls every placement test so, and says what a drill was about', async () => {
  await show(
    <AttemptHistory
      onRemoved={() => undefined}
      empty="Nothing."
      attempts={[
        attemptSummary({ id: 'p1', mode: 'practice', placement: true, passed: null }),
        attemptSummary({ id: 'd1', mode: 'drill', about: 'Questions you missed', passed: null }),
      ]}
    />,
  )
  const rows = page.getByRole('row')
  await expect.element(rows.nth(1)).toHaveTextContent('Placement test')
  await expect.element(rows.nth(1).getByRole('button', { name: /^Delete.*Placement test of/ })).toBeVisible()
  await expect.element(rows.nth(2)).toHaveTextContent('Questions you missed')
})
