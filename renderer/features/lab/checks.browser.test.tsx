import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { CheckView } from '../../../main/api'
import { check } from '../../testing/lab-samples.test-kit'
import { Checks } from './checks'

const row = (name: string) => page.getByTestId('check').filter({ hasText: name })

test('a green check says nothing more, and counts', async () => {
  await render(<Checks checks={[check({ name: 'First', state: 'green' }), check({ name: 'Second' })]} />)
  await expect.element(page.getByText('1 of 2 green')).toBeVisible()
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

test('the count is announced when a check turns green', async () => {
  const states = (...all: CheckView['state'][]) =>
    all.map((state, index) => check({ name: `${index}`, state }))
  const { rerender } = await render(<Checks checks={states('red', 'red')} />)
  await rerender(<Checks checks={states('red', 'green')} />)
  const count = page.getByText('1 of 2 green')
  await expect.element(count).toHaveAttribute('aria-live', 'polite')
})
