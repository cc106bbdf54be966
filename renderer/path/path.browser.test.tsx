import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { FakeHost, SETTINGS } from '../testing/host.test-kit'
import { labDetail, labSummary, session, step } from '../testing/lab-samples.test-kit'
import { show } from '../testing/show.test-kit'
import { Objective, Practised, TakeTour, Tour } from '.'
import { beginTour, endTour } from './tour-state'

/** The second step was done 25 minutes after the start, long ago. */
const TIMES = {
  startedAt: '2026-03-01T11:00:00Z',
  steps: [step({ doneAt: '2026-03-01T11:10:00Z' }), step({ id: 'stop', doneAt: '2026-03-01T11:25:00Z' })],
}

test('an objective is shown in words, with its code, as a link', async () => {
  await show(<Objective id="ORC-05" />)
  await expect
    .element(page.getByRole('link', { name: 'Lock a swarm, unlock it, rotate the key ORC-05' }))
    .toHaveAttribute('href', '/objectives/ORC-05')
})

test('a lab that is done names what was practised, asks five questions, and leads on', async () => {
  const lab = labDetail({ objectives: ['NET-05'] })
  const { host, address } = await show(<Practised lab={lab} session={session(TIMES)} />, {
    calls: {
      'path.practised': async () => ({
        objectives: [],
        commands: [{ command: 'docker port web', does: 'lists ports', unproven: null }],
        next: { id: 'form-a-swarm', title: 'Form a swarm', path: 'All' },
      }),
      'progress.drill': async () => ({ attemptId: 'd1' }),
    },
  })
  await expect.element(page.getByRole('list', { name: 'Objectives' })).toHaveTextContent('Publish a port')
  await expect.element(page.getByText('It took you 25 min', { exact: false })).toBeVisible()
  await page.getByText('The commands you have used').click()
  await expect.element(page.getByText('docker port web')).toBeVisible()
  await page.getByRole('button', { name: 'Five questions on this lab' }).click()
  await expect.poll(address).toBe('/exam/d1')
  expect(host.inputsOf('progress.drill')).toEqual([{ objectives: ['NET-05'], length: 5 }])
  await page.getByRole('button', { name: 'Next lab: Form a swarm' }).click()
  expect(address()).toBe('/labs/form-a-swarm')
})

test('the tour names one part after the other, marks it, and is over for good', async () => {
  const { host } = await show(
    <>
      <section data-pane="instructions">Text</section>
      <section data-pane="terminal" hidden>
        Hidden
      </section>
      <section data-pane="terminal">Shell</section>
      <Tour />
    </>,
  )
  expect(page.getByRole('region', { name: 'Tour' }).elements()).toEqual([])
  beginTour()
  const tour = page.getByRole('region', { name: 'Tour' })
  await expect.element(tour).toHaveTextContent('Tour, 1 of 5')
  await expect.element(page.getByText('Text', { exact: true })).toHaveAttribute('data-tour', 'here')
  await tour.getByRole('button', { name: 'Next' }).click()
  await expect.element(tour.getByRole('heading')).toHaveFocus()
  await expect.element(tour).toHaveTextContent('Tour, 2 of 5')
  await expect.element(page.getByText('Shell', { exact: true })).toHaveAttribute('data-tour', 'here')
  await userEvent.keyboard('{Escape}')
  await expect.element(tour).not.toBeInTheDocument()
  await expect.poll(() => host.settings.tourSeen).toBe(true)
})

test('the tour marks a part that comes after its words', async () => {
  const parts = (isThere: boolean) => (
    <>
      {isThere && <section data-pane="instructions">Text</section>}
      <Tour />
    </>
  )
  const { rerender } = await show(parts(false))
  beginTour()
  await expect.element(page.getByRole('region', { name: 'Tour' })).toBeVisible()
  await rerender(parts(true))
  await expect.element(page.getByText('Text', { exact: true })).toHaveAttribute('data-tour', 'here')
  await page.getByRole('button', { name: 'Skip the tour' }).click()
  await expect.element(page.getByText('Text', { exact: true })).not.toHaveAttribute('data-tour')
})

test('the tour begins in the lab that is open, and says when it was seen before', async () => {
  const host = new FakeHost({})
  host.settings = { ...SETTINGS, tourSeen: true }
  const { address } = await show(<TakeTour lab={labSummary({ sessionId: 's1' })} />, { host })
  await page.getByRole('button', { name: 'Take the tour again' }).click()
  await expect.poll(address).toBe('/labs/container-life')
  expect(host.inputsOf('session.start')).toEqual([])
  endTour()
})

test('the tour starts a lab that is not open', async () => {
  const { host, address } = await show(<TakeTour lab={labSummary()} />, {
    calls: { 'session.start': async () => session() },
  })
  await page.getByRole('button', { name: 'Take the tour' }).click()
  await expect.poll(address).toBe('/labs/container-life')
  expect(host.inputsOf('session.start')).toEqual([{ labId: 'container-life' }])
  endTour()
})
