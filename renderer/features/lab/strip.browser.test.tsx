import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { StepView } from '../../../main/api'
import { FakeHost, SETTINGS } from '../../testing/host.test-kit'
import { check, labDetail, session, step } from '../../testing/lab-samples.test-kit'
import { show } from '../../testing/show.test-kit'
import { Strip } from './strip'

const lab = labDetail()
const ENDING = { words: 'This was the last step.', content: <p>Well done</p> }
const strip = (view: StepView, ending: typeof ENDING | null = null) => (
  <Strip
    session={session()}
    view={view}
    next={lab.steps[1]}
    busy={false}
    onNext={() => undefined}
    ending={ending}
  />
)
const toggle = () => page.getByRole('button', { name: /^Checks/ })
const next = () => page.getByRole('button', { name: /^Next step/ })

/** A host whose settings say whether the checks are open. */
function hostWith(open: 0 | 1): FakeHost {
  const host = new FakeHost({})
  host.settings = { ...SETTINGS, layouts: { 'lab-checks': { open } } }
  return host
}

test('while the checks are closed, it says why the first of them is not green', async () => {
  const checks = [check({ name: 'First', state: 'green' }), check({ name: 'Second' })]
  await show(strip(step({ checks })), { host: hostWith(0) })
  await expect.element(toggle()).toHaveTextContent('1 of 2The container has ended.')
  await expect.element(next()).toBeDisabled()
})

test('while the checks are open, nothing is said twice', async () => {
  await show(strip(step()), { host: hostWith(1) })
  await expect.element(page.getByText('The container has ended.')).toBeVisible()
  await expect.element(toggle()).toHaveTextContent(/^Checks: 0 of 1$/)
})

test('the count is announced when a check turns green', async () => {
  const { rerender } = await show(strip(step()))
  await expect.element(page.getByRole('status')).toHaveTextContent('0 of 1 green')
  await rerender(strip(step({ checks: [check({ state: 'green' })] })))
  await expect.element(page.getByRole('status')).toHaveTextContent('1 of 1 green')
})

test('a step that is past announces no count, because the nodes are further now', async () => {
  await show(strip(step({ state: 'done', checks: [check({ state: 'red' })] })))
  await expect.element(page.getByRole('status')).toHaveTextContent('The lab has moved on since.')
  await expect.element(page.getByRole('status')).not.toHaveTextContent('green')
})

test('opens and closes the list of checks, and the settings keep it', async () => {
  const { host } = await show(strip(step()))
  const before = toggle().element().getAttribute('aria-expanded') === 'true'
  await toggle().click()
  await expect.element(toggle()).toHaveAttribute('aria-expanded', `${!before}`)
  await expect.poll(() => host.settings.layouts['lab-checks']).toEqual({ open: before ? 0 : 1 })
  expect(page.getByRole('list', { name: 'Checks' }).elements()).toHaveLength(before ? 0 : 1)
})

test('offers the next step when every check is green', async () => {
  await show(strip(step({ state: 'done', checks: [check({ state: 'green' })] })))
  await expect.element(toggle()).toHaveTextContent('1 of 1This step is done.')
  await expect.element(next()).toBeEnabled()
  await expect.element(next()).toHaveTextContent('Ctrl+Enter')
})

test('a step that was done is not shown red when the nodes are further', async () => {
  const doneAt = new Date().toISOString()
  await show(strip(step({ state: 'done', doneAt, checks: [check()] })))
  await expect.element(toggle()).toHaveTextContent(/^Checks: Done at \d.*\. The lab has moved on since\.$/)
  await expect.element(page.getByTestId('check')).toHaveAttribute('data-state', 'past')
  await expect.element(page.getByTestId('check')).not.toHaveTextContent('The container has ended.')
  await expect.element(next()).toBeEnabled()
})

test('the end of the lab opens by itself, and can be closed', async () => {
  const done = step({ state: 'done', checks: [check({ state: 'green' })] })
  const { rerender } = await show(strip(done))
  await expect.element(page.getByText('Well done')).not.toBeInTheDocument()
  await rerender(strip(done, ENDING))
  await expect.element(page.getByText('Well done')).toBeVisible()
  await expect.element(toggle()).toHaveTextContent('This was the last step.')
  await toggle().click()
  await expect.element(page.getByText('Well done')).not.toBeVisible()
})
