import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { LabSummary } from '../../../main/api'
import { onSearchAsked } from '../../path'
import { FakeHost, Feed, refusal } from '../../testing/host.test-kit'
import { labSummary, session } from '../../testing/lab-samples.test-kit'
import { path, pathStep } from '../../testing/path-samples.test-kit'
import { show } from '../../testing/show.test-kit'
import { CataloguePage } from './catalogue-page'

const LABS: LabSummary[] = [
  labSummary({ id: 'life', title: 'The life of a container', domain: 'installation', completedAt: 'now' }),
  labSummary({ id: 'ports', title: 'Ports', summary: 'Publish and firewall.', domain: 'networking' }),
  labSummary({
    id: 'swarm',
    title: 'A first swarm',
    domain: 'orchestration',
    difficulty: 'hard',
    stepsDone: 1,
    continueAt: { stepId: 'stop', number: 2 },
    nodes: ['manager1', 'worker1'],
  }),
]

async function catalogue(labs: LabSummary[] = LABS) {
  const feed = new Feed(labs)
  const host = new FakeHost({
    calls: {
      'session.start': async ({ labId }) => {
        if (labId === 'ports') throw refusal('There is no room for another node.', 'Stop a lab.')
        return session({ labId })
      },
      'session.stop': async () => ({}),
      'path.list': async () => [path({ steps: [pathStep({ id: 'basic' }), pathStep({ id: 'later' })] })],
    },
    streams: { 'lab.watch': feed.watch },
  })
  const screen = await show(<CataloguePage />, { host })
  return { ...screen, feed }
}

const titles = () =>
  page
    .getByRole('heading', { level: 3 })
    .elements()
    .map((heading) => heading.textContent)
const choose = (name: string, option: string) => page.getByRole('combobox', { name }).selectOptions(option)

test('labs stand under their domains, in the order of the exam, with a total', async () => {
  await catalogue()
  await expect.poll(titles).toEqual(['A first swarm', 'The life of a container', 'Ports'])
  const domains = page.getByRole('heading', { level: 2 }).elements()
  expect(domains.map((one) => one.textContent)).toEqual([
    'Orchestration',
    'Installation and configuration',
    'Networking',
  ])
  await expect.element(page.getByText('1 of 3')).toBeVisible()
})

test('the search looks at titles and summaries, all words of it', async () => {
  await catalogue()
  await page.getByRole('searchbox', { name: 'Search labs' }).fill('FIREWALL publish')
  await expect.poll(titles).toEqual(['Ports'])
  await page.getByRole('searchbox', { name: 'Search labs' }).fill('firewall swarm')
  await expect.element(page.getByText('No lab fits these filters.')).toBeVisible()
})

test('the filter is there again when one comes back', async () => {
  const { unmount, host } = await catalogue()
  await page.getByRole('searchbox', { name: 'Search labs' }).fill('firewall')
  await expect.poll(titles).toEqual(['Ports'])
  await unmount()
  await show(<CataloguePage />, { host })
  await expect.element(page.getByRole('searchbox', { name: 'Search labs' })).toHaveValue('firewall')
  await expect.poll(titles).toEqual(['Ports'])
})

test('labs of a domain stand in the order of the paths, and objectives in words', async () => {
  await catalogue([
    labSummary({ id: 'later', title: 'Later', domain: 'networking', objectives: ['NET-05'] }),
    labSummary({ id: 'basic', title: 'Basic', domain: 'networking', objectives: [] }),
  ])
  await expect.poll(titles).toEqual(['Basic', 'Later'])
  await expect.element(page.getByRole('link', { name: 'Publish a port NET-05' })).toBeVisible()
})

test.each([
  ['Domain', 'Networking', ['Ports']],
  ['Difficulty', 'Hard', ['A first swarm']],
  ['Status', 'Completed', ['The life of a container']],
  ['Status', 'Started', ['A first swarm']],
  ['Status', 'Not started', ['Ports']],
])('the filter %s: %s', async (name, option, expected) => {
  await catalogue()
  await choose(name, option)
  await expect.poll(titles).toEqual(expected)
})

test('filters that fit nothing can be taken away', async () => {
  await catalogue()
  await choose('Status', 'Open now')
  await page.getByRole('button', { name: 'Show all labs' }).click()
  await expect.poll(titles).toHaveLength(3)
})

test('without labs there is nothing to take away', async () => {
  await catalogue([])
  await expect.element(page.getByText('There are no labs here yet.')).toBeVisible()
  expect(page.getByRole('button').elements()).toEqual([])
})

test('a card says what the lab takes, and how far one is', async () => {
  await catalogue()
  const card = page.getByTestId('lab-swarm')
  await expect.element(card).toHaveTextContent('15 min')
  await expect.element(card).toHaveTextContent('2 nodes')
  await expect.element(card).toHaveTextContent('1 of 2 steps done')
  await expect.element(page.getByTestId('lab-life').getByRole('img', { name: 'Completed' })).toBeVisible()
})

test.each([
  ['swarm', 'Continue at step 2: A first swarm', { labId: 'swarm', stepId: 'stop' }],
  ['life', 'Do it again: The life of a container', { labId: 'life' }],
])('the lab %s is started with "%s", and opened', async (labId, name, input) => {
  const { host, address } = await catalogue()
  await page.getByRole('button', { name }).click()
  await expect.poll(address).toBe(`/labs/${labId}`)
  expect(host.inputsOf('session.start')).toEqual([input])
})

test('the title of a lab leads to its page, and starts nothing', async () => {
  const { host, address } = await catalogue()
  await page.getByRole('link', { name: 'A first swarm' }).click()
  await expect.poll(address).toBe('/labs/swarm')
  expect(host.inputsOf('session.start')).toEqual([])
})

test('a lab that cannot be started says why, and stays where it is', async () => {
  const { address } = await catalogue()
  await page.getByRole('button', { name: 'Start: Ports' }).click()
  await expect.element(page.getByRole('alert')).toHaveTextContent('There is no room for another node.')
  expect(address()).toBe('/')
  await page.getByRole('button', { name: 'Close' }).click()
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
})

test('an open lab is resumed without another start, and can be stopped', async () => {
  const { host, feed, address } = await catalogue([labSummary({ sessionId: 's1' })])
  await page.getByRole('button', { name: 'Stop: The life of a container' }).click()
  await expect.element(page.getByRole('dialog')).toHaveTextContent('everything in them is lost')
  expect(host.inputsOf('session.stop')).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click()
  await expect.poll(() => host.inputsOf('session.stop')).toEqual([{ sessionId: 's1' }])
  await page.getByRole('button', { name: 'Continue: The life of a container' }).click()
  await expect.poll(address).toBe('/labs/container-life')
  expect(host.inputsOf('session.start')).toEqual([])
  feed.send([labSummary()])
  await expect.element(page.getByRole('button', { name: /^Stop/ })).not.toBeInTheDocument()
})

test('a lab that needs what the engine lacks cannot be started', async () => {
  await catalogue([labSummary({ missing: ['nested cgroups'] })])
  await expect.element(page.getByText('Needs nested cgroups, which this engine does not have.')).toBeVisible()
  await expect.element(page.getByRole('button', { name: /^Start/ })).toBeDisabled()
})

test('a lab with broken files says so, and cannot be started', async () => {
  await catalogue([labSummary({ problem: { code: 'lab-invalid', message: 'No steps.', help: null } })])
  await expect.element(page.getByRole('alert')).toHaveTextContent('No steps.')
  await expect.element(page.getByRole('button', { name: /^Start/ })).toBeDisabled()
})

test('a lab that needs one version of Docker says which', async () => {
  await catalogue([labSummary({ engine: '20.10' })])
  await expect.element(page.getByText('Docker 20.10')).toBeVisible()
})

test('while nothing was begun, the first lab of the path stands on top', async () => {
  const fresh = [labSummary({ id: 'basic', title: 'Basics' }), labSummary({ id: 'later', title: 'Later' })]
  const { feed } = await catalogue(fresh)
  const begin = page.getByRole('region', { name: 'Begin here' })
  await expect.element(begin.getByRole('link', { name: 'Basics' })).toHaveAttribute('href', '/labs/basic')
  await page.getByRole('searchbox', { name: 'Search labs' }).fill('Later')
  await expect.element(begin).not.toBeInTheDocument()
  await page.getByRole('searchbox', { name: 'Search labs' }).fill('')
  await expect.element(begin).toBeVisible()
  feed.send(fresh.map((lab) => ({ ...lab, stepsDone: 1 })))
  await expect.element(begin).not.toBeInTheDocument()
})

test('words that no lab has are handed to the whole search', async () => {
  await catalogue()
  const asked: string[] = []
  const off = onSearchAsked((text) => asked.push(text))
  await page.getByRole('searchbox', { name: 'Search labs' }).fill(' raft ')
  await page.getByRole('button', { name: /^Search steps, .*“raft”/ }).click()
  off()
  expect(asked).toEqual(['raft'])
})
