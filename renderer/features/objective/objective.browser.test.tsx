import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { useStance } from '../../attempt'
import { objective } from '../../testing/path-samples.test-kit'
import { show } from '../../testing/show.test-kit'
import { ObjectivePage } from './objective-page'

test('an objective says what it asks, its commands and labs, and can be drilled', async () => {
  const { host, address } = await show(<ObjectivePage objectiveId="ORC-05" />, {
    calls: {
      'objective.open': async () => objective(),
      'progress.drill': async () => ({ attemptId: 'd1' }),
    },
  })
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('Lock a swarm')
  await expect.element(page.getByText('You protect the keys of a swarm.')).toBeVisible()
  const sheet = page.getByRole('list', { name: 'Commands of this objective' })
  await expect.element(sheet).toHaveTextContent('docker swarm unlock')
  await expect.element(sheet).toHaveTextContent('Not tried on an engine of ours: it needs Kubernetes.')
  await expect
    .element(page.getByRole('link', { name: 'Autolock' }))
    .toHaveAttribute('href', '/labs/autolock-and-backup')
  await page.getByRole('button', { name: 'Drill it' }).click()
  await expect.poll(address).toBe('/exam/d1')
  expect(host.inputsOf('progress.drill')).toEqual([{ objectives: ['ORC-05'], length: 10 }])
})

function Place() {
  return <output>{useStance().place}</output>
}

test('an objective belongs to progress, and leads back to all of them', async () => {
  const shown = (
    <>
      <Place />
      <ObjectivePage objectiveId="ORC-05" />
    </>
  )
  await show(shown, { calls: { 'objective.open': async () => objective() } })
  await expect.element(page.getByRole('status')).toHaveTextContent('/progress')
  const back = page.getByRole('link', { name: 'All objectives' })
  await expect.element(back).toHaveAttribute('href', '/progress')
})
