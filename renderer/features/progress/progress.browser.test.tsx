import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { CurvePointView, ProgressOverview } from '../../../main/api'
import { HandClock } from '../../testing/clock.test-kit'
import { FakeHost, refusal } from '../../testing/host.test-kit'
import {
  domain,
  itemStatistics,
  NOTHING_DONE,
  objective,
  overview,
  pastAttempt,
  statistics,
} from '../../testing/progress-samples.test-kit'
import { show } from '../../testing/show.test-kit'
import { ItemsPage } from './items-page'
import { ProgressPage } from './progress-page'

async function progressPage(view: ProgressOverview = overview(), curve: readonly CurvePointView[] = []) {
  const host = new FakeHost({
    calls: {
      'progress.overview': async () => view,
      'progress.curve': async () => [...curve],
      'progress.review': async () => ({ attemptId: 'r1' }),
      'progress.drill': async () => ({ attemptId: 'd1' }),
      'exam.start': async () => ({ attemptId: 'p1' }),
      'progress.reviews': async () => [
        {
          itemId: 'q1',
          domain: 'images',
          objectives: ['IMG-01'],
          stem: 'What does `docker ps` do?',
          due: '2026-03-03T12:00:00Z',
          isDue: false,
          missed: 2,
        },
      ],
    },
  })
  const clock = new HandClock('2026-03-01T12:00:00Z')
  return await show(<ProgressPage />, { host, clock, at: '/progress' })
}

test('readiness is said in words, with its range', async () => {
  await progressPage()
  const card = page.getByRole('region', { name: 'Readiness' })
  await expect.element(card).toHaveTextContent('It could go either way')
  await expect.element(card).toHaveTextContent('Likely between 50 % and 70 %; the pass mark is 65 %.')
  await expect.element(card).toHaveTextContent('This rests on 100 items and 2 labs.')
})

const onDay = (date: number, percent: number): CurvePointView => ({
  at: new Date(2026, 1, date, 12).toISOString(),
  percent,
  low: percent - 10,
  high: percent + 10,
  items: date,
  labs: 0,
})

test('readiness over time is a line in its interval, and a table', async () => {
  await progressPage(overview(), [onDay(1, 40), onDay(11, 50), onDay(21, 60)])
  const region = page.getByRole('region', { name: 'Readiness over time', exact: true })
  await expect
    .element(region.getByRole('img'))
    .toHaveAccessibleName(/from 40.% \(30–50.%\) to 60.% \(50–70.%\); the pass mark is 65.%/)
  // Days are as far apart as in the calendar.
  const line = document.querySelector('.curve-line')
  expect(line?.getAttribute('points')).toBe('0,60 50,50 100,40')
  await page.getByRole('button', { name: 'Show as a table: Readiness over time' }).click()
  await expect.element(region.getByRole('row').nth(1)).toHaveTextContent('21 items')
})

test('one day is no curve', async () => {
  await progressPage(overview(), [onDay(1, 40)])
  await expect.element(page.getByRole('region', { name: 'Readiness', exact: true })).toBeVisible()
  expect(page.getByRole('region', { name: 'Readiness over time', exact: true }).elements()).toEqual([])
})

test('where nothing was done, a first practice is offered', async () => {
  const { host, address } = await progressPage(NOTHING_DONE)
  await page.getByRole('button', { name: 'Begin a short practice' }).click()
  await expect.poll(address).toBe('/exam/p1')
  expect(host.inputsOf('exam.start')).toEqual([{ mode: 'practice', length: 15 }])
})

test('progress that cannot be read is a problem, and can be read again', async () => {
  let isBroken = true
  const host = new FakeHost({
    calls: {
      'progress.overview': async () => {
        if (isBroken) throw refusal('A journal is broken.')
        return overview()
      },
    },
  })
  await show(<ProgressPage />, { host })
  await expect.element(page.getByRole('alert')).toHaveTextContent('A journal is broken.')
  isBroken = false
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect.element(page.getByRole('region', { name: 'Readiness' })).toBeVisible()
})

test('the chart of domains can be read as a table', async () => {
  await progressPage()
  await page.getByRole('button', { name: 'Show as a table: By domain' }).click()
  const table = page.getByRole('table', { name: 'Readiness by domain and objective' })
  await expect
    .element(table.getByRole('row', { name: /^Images/ }))
    .toHaveTextContent('Images 20 %60 %50–70 %100 items and 2 labs1 of 3')
  await expect.element(table.getByRole('row', { name: /^IMG-02/ })).toHaveTextContent('––nothing yet–')
  await page.getByRole('button', { name: 'Show as a chart: By domain' }).click()
  await expect.element(page.getByTestId('domain-images')).toBeVisible()
})

test('a domain opens to its objectives, which can be drilled when there are items', async () => {
  const { host, address } = await progressPage()
  await page.getByTestId('domain-images').getByText('Images').click()
  await expect.element(page.getByRole('button', { name: 'Drill this: Sign' })).toBeDisabled()
  await expect.element(page.getByText('No answers yet')).toBeVisible()
  await expect.element(page.getByRole('img', { name: 'completed' })).toBeVisible()
  await page.getByRole('button', { name: 'Drill this: Build with docker build' }).click()
  await expect.poll(address).toBe('/exam/d1')
  expect(host.inputsOf('progress.drill')).toEqual([{ objectives: ['IMG-01'] }])
})

test('the chart of scores has its numbers in words, and a table with the newest first', async () => {
  await progressPage(
    overview({
      history: [
        pastAttempt(),
        pastAttempt({
          id: 'a2',
          startedAt: '2026-02-05T10:00:00Z',
          percent: 70,
          passed: true,
          mode: 'practice',
        }),
      ],
    }),
  )
  await expect
    .element(page.getByRole('img', { name: /^Scores of/ }))
    .toHaveAccessibleName(
      'Scores of 2 attempts, 1 at or above the pass mark of 65\u00a0%; the last is 70\u00a0%.',
    )
  await page.getByRole('button', { name: 'Show as a table: Scores so far' }).click()
  const rows = page.getByRole('table', { name: 'Scores, the newest first' }).getByRole('row')
  await expect.element(rows.nth(1)).toHaveTextContent('Practice')
  await expect.element(rows.nth(1)).toHaveTextContent('reached')
  await expect.element(rows.nth(2)).toHaveTextContent('not reached')
})

test('a long history is drawn from its end, and the table has all', async () => {
  const history = Array.from({ length: 45 }, (_, index) => pastAttempt({ id: `a${index}` }))
  const { container } = await progressPage(overview({ history }))
  await expect.element(page.getByText('The chart shows the last 40.')).toBeVisible()
  expect(container.querySelectorAll('.history circle')).toHaveLength(40)
  await page.getByRole('button', { name: 'Show as a table: Scores so far' }).click()
  const rows = page.getByRole('table', { name: 'Scores, the newest first' }).getByRole('row')
  expect(rows.elements()).toHaveLength(46)
})

test('hands-on exams are a table, the newest first', async () => {
  const graded = {
    id: 'h1',
    title: 'First',
    startedAt: '2026-02-01T10:00:00Z',
    tasksPassed: 1,
    tasks: 3,
    percent: 40,
    passed: false,
  }
  await progressPage(overview({ handsOn: [graded, { ...graded, id: 'h2', title: 'Second', passed: true }] }))
  const rows = page.getByRole('table', { name: 'Hands-on exams, the newest first' }).getByRole('row')
  await expect.element(rows.nth(1)).toHaveTextContent(/^Second.*1 of 340 %Passed$/)
  await expect.element(rows.nth(2)).toHaveTextContent(/^First.*Not passed$/)
})

test.each([
  [{ due: 0, kept: 0, later: [] }, 'Questions that you miss come back here, each time after a longer while.'],
  [{ due: 0, kept: 2, later: ['2026-03-01T14:00:00Z'] }, 'Nothing is due now. The next comes in 2 hours.'],
  [{ due: 1, kept: 1, later: [] }, '1 question that you missed is due again.'],
  [
    { due: 30, kept: 31, later: ['2026-03-04T12:00:00Z'] },
    '30 questions that you missed are due again. A review asks 10 of them, because more is a burden. The next after that comes in 3 days.',
  ],
])('reviews %j: %s', async (reviews, words) => {
  await progressPage(overview({ reviews }))
  await expect.element(page.getByText(words)).toBeVisible()
})

test('a review has ten questions at most, as on the first page', async () => {
  const { host, address } = await progressPage(overview({ reviews: { due: 30, kept: 31, later: [] } }))
  await page.getByRole('button', { name: 'Review 10 questions now' }).click()
  await expect.poll(address).toBe('/exam/r1')
  expect(host.inputsOf('progress.review')).toEqual([{ most: 10 }])
})

test('all items in review are read when somebody asks for them', async () => {
  const { host } = await progressPage(overview({ reviews: { due: 0, kept: 1, later: [] } }))
  await expect.element(page.getByText('All 1 question in review')).toBeVisible()
  expect(host.inputsOf('progress.reviews')).toEqual([])
  await page.getByText('All 1 question in review').click()
  await expect.element(page.getByText('missed 2 times, due in 2 days', { exact: false })).toBeVisible()
  await expect
    .element(page.getByRole('link', { name: 'What does docker ps do?' }))
    .toHaveAttribute('href', '/questions/q1')
  await expect
    .element(page.getByRole('link', { name: 'IMG-01' }))
    .toHaveAttribute('href', '/objectives/IMG-01')
})

test('the weakest objectives that have items are drilled together', async () => {
  const objectives = ['a', 'b', 'c', 'd', 'e'].map((id) =>
    objective({ id, title: id, inBank: id === 'b' ? 0 : 3 }),
  )
  const { host } = await progressPage(
    overview({ domains: [domain({ objectives })], weakest: ['b', 'e', 'gone', 'd', 'c', 'a'] }),
  )
  await page.getByRole('button', { name: 'Drill these' }).click()
  await expect.poll(() => host.inputsOf('progress.drill')).toEqual([{ objectives: ['e', 'd', 'c'] }])
})

test('paper is light, and the screen is as before afterwards', async () => {
  await progressPage()
  await expect.element(page.getByRole('button', { name: 'Print' })).toBeVisible()
  expect(document.documentElement.dataset.theme).toBe('dark')
  window.dispatchEvent(new Event('beforeprint'))
  expect(document.documentElement.dataset.theme).toBe('light')
  window.dispatchEvent(new Event('afterprint'))
  expect(document.documentElement.dataset.theme).toBe('dark')
})

async function itemsPage(view = statistics()) {
  const hidden = { ...view, items: view.items.map((item) => ({ ...item, options: [] })) }
  return await show(<ItemsPage />, {
    calls: { 'progress.statistics': async ({ keys }) => (keys ? view : hidden) },
  })
}

const ids = () =>
  page
    .getByRole('rowheader')
    .elements()
    .map((one) => one.querySelector('code')?.textContent)

const THREE = statistics({
  items: [
    itemStatistics({ itemId: 'q1', count: 10, discrimination: null }),
    itemStatistics({ itemId: 'q2', count: 30, discrimination: -0.2, flags: ['too-hard'] }),
    itemStatistics({ itemId: 'q3', count: 20, discrimination: 0.4 }),
  ],
})

test('items are sorted by what is to look at, and by any column', async () => {
  await itemsPage(THREE)
  await expect.poll(ids).toEqual(['q2', 'q1', 'q3'])
  const header = page.getByRole('columnheader', { name: 'Answers' })
  await expect.element(header).toHaveAttribute('aria-sort', 'none')
  await header.getByRole('button').click()
  await expect.poll(ids).toEqual(['q2', 'q3', 'q1'])
  await expect.element(header).toHaveAttribute('aria-sort', 'descending')
  await header.getByRole('button').click()
  await expect.poll(ids).toEqual(['q1', 'q3', 'q2'])
  await expect.element(header).toHaveAttribute('aria-sort', 'ascending')
})

test('only the items to look at can be shown', async () => {
  await itemsPage(THREE)
  await page.getByRole('checkbox', { name: 'Only those to look at' }).click()
  await expect.poll(ids).toEqual(['q2'])
  await expect.element(page.getByText('nearly nobody gets it right')).toBeVisible()
})

test('when no item stands out, the page says so', async () => {
  await itemsPage()
  await page.getByRole('checkbox', { name: 'Only those to look at' }).click()
  await expect.element(page.getByRole('status')).toHaveTextContent('No item stands out.')
})

test('an item has its numbers, with a dash for what is not known', async () => {
  const { host } = await itemsPage(THREE)
  await expect.element(page.getByTestId('item-q1')).toHaveTextContent('1075 %–')
  await expect.element(page.getByTestId('item-q2')).toHaveTextContent('−0.20')
  // Items come back in practice, so their keys are not shown unasked.
  await expect.element(page.getByTestId('item-q1')).not.toHaveTextContent('docker ps')
  await page.getByRole('checkbox', { name: /^Show which options are right/ }).click()
  await expect.element(page.getByTestId('item-q1')).toHaveTextContent('75 %docker ps key–docker top')
  expect(host.inputsOf('progress.statistics')).toEqual([{ keys: false }, { keys: true }])
})

test.each([
  [statistics({ attempts: 0, items: [] }), 'No attempt is over yet.'],
  [statistics({ items: [itemStatistics({ count: 3 })] }), 'an item is judged from 30 answers on'],
  [statistics(), 'An item with fewer than 30 answers is not judged.'],
])('the basis of the statistics: %#', async (view, words) => {
  await itemsPage(view)
  await expect.element(page.getByText(words)).toBeVisible()
})

test('a wide table can get the focus, so that arrow keys scroll it', async () => {
  await itemsPage()
  const region = page.getByRole('region', { name: 'Items' })
  await expect.element(region).toHaveAttribute('tabindex', '0')
})
