import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { check } from '../../testing/lab-samples.test-kit'
import { Checks } from './checks'

const row = (name: string) => page.getByTestId('check').filter({ hasText: name })

test('a green check says nothing more', async () => {
  await render(<Checks checks={[check({ name: 'First', state: 'green' }), check({ name: 'Second' })]} />)
  await expect.element(row('First')).toHaveTextContent(/^First: green$/)
})

test('a red check explains itself, with what was expected and found', async () => {
  await render(<Checks checks={[check()]} />)
  await expect.element(row('It runs')).toHaveAttribute('data-state', 'red')
  await expect.element(row('It runs')).toHaveTextContent('The container has ended.')
  await expect.element(row('It runs')).toHaveTextContent('ExpectedrunningFoundexited')
})

test('what the sentence says already is not said twice', async () => {
  await render(
    <Checks checks={[check({ explanation: 'It is exited. It should be running.', found: 'exited.' })]} />,
  )
  await expect.element(row('It runs')).not.toHaveTextContent('Found')
  await expect.element(row('It runs')).not.toHaveTextContent('Expected')
})

test('what is not there yet has its sentence, and nothing of what the engine said', async () => {
  const explanation = 'There is no container called `web` yet.'
  await render(
    <Checks checks={[check({ state: 'missing', explanation, found: 'No such container: web' })]} />,
  )
  await expect
    .element(row('It runs'))
    .toHaveTextContent(/^It runs: not there yetThere is no container called web yet\.$/)
  await expect.element(row('It runs').getByRole('code')).toHaveTextContent('web')
})

test('a long finding is one line, and all of it can be opened', async () => {
  const whole = `one\n${'x'.repeat(300)}`
  await render(<Checks checks={[check({ found: `one ${'x'.repeat(20)}…`, whole })]} />)
  const all = row('It runs').getByText(/^one\s+x{300}$/)
  await expect.element(all).not.toBeVisible()
  await row('It runs').getByText('Show all that was found').click()
  await expect.element(all).toBeVisible()
})

test('a check that could not look has an explanation, but nothing was found', async () => {
  await render(
    <Checks
      checks={[check({ state: 'error', explanation: 'The node does not answer.', expected: '', found: '' })]}
    />,
  )
  await expect.element(row('It runs')).toHaveTextContent('The node does not answer.')
  await expect.element(row('It runs')).not.toHaveTextContent('Expected')
})

test('a red check without facts shows no empty ones', async () => {
  await render(<Checks checks={[check({ expected: '', found: '' })]} />)
  await expect.element(row('It runs')).not.toHaveTextContent('Expected')
})

test('a check that is not judged yet explains nothing', async () => {
  await render(<Checks checks={[check({ state: 'pending' })]} />)
  await expect.element(row('It runs')).toHaveTextContent(/^It runs: pending$/)
})

test('a guard is marked', async () => {
  await render(<Checks checks={[check({ guard: true, state: 'green' })]} />)
  await expect.element(row('It runs')).toHaveTextContent(/^It runs must stay green: green$/)
  await expect.element(row('It runs').getByText('must stay green')).toHaveAttribute('title')
})
