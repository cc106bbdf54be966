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

test('a check that could not look has an explanation, but nothing was found', async () => {
  await render(<Checks checks={[check({ state: 'error', explanation: 'The node does not answer.' })]} />)
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
  await expect.element(row('It runs').getByRole('img', { name: 'must stay green' })).toBeVisible()
})
