import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { path, pathStep } from '../../testing/path-samples.test-kit'
import { show } from '../../testing/show.test-kit'
import { PathsPage } from './paths-page'

test('a path shows its steps with what is done, what comes next and what a lab waits for', async () => {
  const steps = [
    pathStep({ done: true }),
    pathStep({ kind: 'drill', id: 'd', title: 'Ten questions', objectives: ['NET-05'], length: 10 }),
    pathStep({ id: 'swarm', title: 'Form a swarm', waitsFor: [{ id: 'ports', title: 'Ports' }] }),
  ]
  const short = path({ id: 'short', title: 'Two evenings', main: false, steps: [pathStep({ id: 'x' })] })
  const { host, address } = await show(<PathsPage />, {
    calls: {
      'path.list': async () => [path({ steps }), short],
      'progress.drill': async () => ({ attemptId: 'd1' }),
    },
  })
  const main = page.getByRole('region', { name: 'From the first container to the exam' })
  await expect.element(main).toHaveTextContent('1 of 3 steps done')
  await expect.element(main.getByRole('listitem').nth(2)).toHaveTextContent('Publish a port')
  await expect.element(main).toHaveTextContent('better after “Ports”')
  const other = page.getByRole('region', { name: 'Two evenings' })
  expect(other.getByRole('listitem').elements()).toEqual([])
  await other.getByRole('button', { name: 'Show the steps' }).click()
  await expect.element(other.getByRole('link', { name: 'The life of a container' })).toBeVisible()
  const [follow, followed] = [{ name: /^Follow this path/ }, { name: /^You follow this path/ }]
  await expect.element(main.getByRole('button', followed)).toHaveTextContent('You follow this path')
  await other.getByRole('button', follow).click()
  await expect.element(other.getByRole('button', followed)).toHaveFocus()
  await expect.element(main.getByRole('button', follow)).toBeVisible()
  expect(host.settings.followedPath).toBe('short')
  await main.getByRole('button', { name: 'Ten questions' }).click()
  await expect.poll(address).toBe('/exam/d1')
  expect(host.inputsOf('progress.drill')).toEqual([{ objectives: ['NET-05'], length: 10 }])
})

test('an exam that was not passed says how it went, and is not done', async () => {
  const exam = pathStep({ kind: 'mock', id: 'mock', title: 'Mock exam, 55 items', minutes: 90, tried: 7.3 })
  await show(<PathsPage />, { calls: { 'path.list': async () => [path({ steps: [exam] })] } })
  await expect.element(page.getByRole('listitem').first()).toHaveTextContent('tried: 7 % · 90 min')
})
