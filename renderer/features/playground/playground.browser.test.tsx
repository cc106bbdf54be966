import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { PlaygroundOptions, SessionView } from '../../../main/api'
import { FakeHost, Feed, refusal } from '../../testing/host.test-kit'
import { node, session, terminal } from '../../testing/lab-samples.test-kit'
import { show } from '../../testing/show.test-kit'
import { PlaygroundBenchPage } from './bench-page'
import { packText } from './packed-text'
import { keepCompose } from './pending-compose'
import { PlaygroundPage } from './playground-page'

const OPTIONS: PlaygroundOptions = {
  nodes: 10,
  managers: 7,
  reason: 'A playground has up to 10 nodes.',
  engines: ['20.10', '26.1'],
  usualEngine: '26.1',
}

function playground(part: Partial<SessionView> = {}, savedAt: string | null = null): SessionView {
  const nodes = [
    { name: 'manager1', role: 'manager', swarm: 'manager', place: 0 },
    { name: 'worker1', role: 'worker', swarm: 'worker', place: 1 },
  ] as const
  return session({
    id: 'p1',
    labId: 'playground_p1',
    currentStep: null,
    steps: [],
    nodes: [node({ name: 'manager1' }), node({ name: 'worker1' })],
    playground: { name: 'Raft', engine: null, savedAt, nodes: [...nodes] },
    ...part,
  })
}

async function playgrounds({ query = '', options = OPTIONS, all = [] as SessionView[] } = {}) {
  const host = new FakeHost({
    calls: {
      'playground.options': async () => options,
      'playground.start': async () => playground({ state: 'starting' }),
      'playground.continue': async () => playground(),
      'playground.rename': async () => playground(),
      'playground.remove': async () => ({}),
    },
    streams: { 'playground.watch': new Feed(all).watch },
  })
  return await show(<PlaygroundPage query={query} />, { host, at: '/playground' })
}

const startButton = () => page.getByRole('button', { name: 'Start the playground' })

test('a preset is chosen, changed and started', async () => {
  const { host, address } = await playgrounds()
  await page.getByRole('button', { name: '3 managers and 2 workers' }).click()
  await page.getByRole('spinbutton', { name: 'Workers' }).fill('4')
  await page.getByRole('checkbox', { name: 'Form the swarm' }).click()
  await page.getByRole('combobox', { name: 'Docker version' }).selectOptions('20.10')
  await startButton().click()
  await expect.poll(address).toBe('/playground/p1')
  const [choice] = host.inputsOf('playground.start')
  expect(choice).toEqual({ name: 'Playground', managers: 3, workers: 4, swarm: false, engine: '20.10' })
})

test('what does not fit cannot be started, and the page says why', async () => {
  const reason = 'The engine has 1024 MiB of memory, so there is room for 2 more.'
  await playgrounds({ options: { ...OPTIONS, nodes: 2, managers: 2, reason } })
  await expect.element(page.getByRole('button', { name: /3 managers and 2 workers/ })).toBeDisabled()
  await page.getByRole('spinbutton', { name: 'Workers' }).fill('2')
  await expect.element(page.getByText(`3 nodes do not fit. ${reason}`)).toBeVisible()
  await expect.element(startButton()).toBeDisabled()
})

test('a swarm needs a manager', async () => {
  await playgrounds()
  await page.getByRole('spinbutton', { name: 'Managers' }).fill('0')
  await expect.element(page.getByText('A swarm needs a manager.')).toBeVisible()
  await expect.element(startButton()).toBeDisabled()
})

test('a link is shown with its file, and starts nothing by itself', async () => {
  const compose = await packText('services: { web: { image: nginx } }')
  const { host } = await playgrounds({ query: `managers=3&workers=2&swarm=0&name=Raft&compose=${compose}` })
  await expect.element(page.getByText('Nothing runs before you start it.', { exact: false })).toBeVisible()
  await expect.element(page.getByText('services: { web: { image: nginx } }')).toBeVisible()
  await expect.element(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Raft')
  expect(host.inputsOf('playground.start')).toEqual([])
})

test.each([
  ['compose=AAAA', 'Its compose file is damaged or too large, and is left out.'],
  ['compose=https%3A%2F%2Fexample.org%2Fx', 'Capstan does not fetch files from addresses.'],
])('the link %s says what is wrong with its file', async (query, words) => {
  await playgrounds({ query })
  await expect.element(page.getByText(words, { exact: false })).toBeVisible()
})

test('a saved playground is continued, renamed and deleted', async () => {
  const saved = playground({ state: 'saved' }, '2026-03-01T12:00:00Z')
  const { host, address } = await playgrounds({ all: [saved] })
  await expect.element(page.getByText(/^saved .*2 nodes: manager1, worker1$/)).toBeVisible()
  await page.getByRole('button', { name: 'Rename Raft' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Quorum')
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click()
  await expect.poll(() => host.inputsOf('playground.rename')).toEqual([{ sessionId: 'p1', name: 'Quorum' }])
  await page.getByRole('button', { name: 'Delete Raft' }).click()
  await page.getByRole('dialog', { name: 'Delete “Raft”?' }).getByRole('button', { name: 'Delete' }).click()
  await expect.poll(() => host.inputsOf('playground.remove')).toEqual([{ sessionId: 'p1' }])
  await page.getByRole('button', { name: 'Continue Raft' }).click()
  await expect.poll(address).toBe('/playground/p1')
  expect(host.inputsOf('playground.continue')).toEqual([{ sessionId: 'p1' }])
})

test('a link that leads nowhere is refused', async () => {
  await playgrounds()
  await page.getByRole('textbox', { name: 'Link' }).fill('https://example.org')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect.element(page.getByRole('alert')).toHaveTextContent('This is no link')
})

async function bench(view = playground()) {
  const views = new Feed(view)
  const host = new FakeHost({
    calls: {
      'playground.addNode': async () => view,
      'playground.removeNode': async () => {
        throw refusal('manager1 is the last manager of its swarm, so it cannot leave the swarm.')
      },
      'playground.save': async () => view,
      'playground.continue': async () => view,
      'playground.placeCompose': async () => {
        throw refusal('No node of this playground runs.')
      },
      'terminal.open': async () => terminal({ sessionId: 'p1', node: 'manager1' }),
    },
    streams: {
      'session.watch': views.watch,
      'terminal.watch': new Feed([terminal({ sessionId: 'p1', node: 'manager1' })]).watch,
      'terminal.output': () => () => undefined,
    },
  })
  const shown = await show(<PlaygroundBenchPage sessionId="p1" />, { host, at: '/playground/p1' })
  return { ...shown, views }
}

test('a node is added, and the page says what is being done', async () => {
  const { host, views } = await bench()
  await page.getByRole('button', { name: 'Nodes', exact: true }).click()
  await page.getByText('Manager', { exact: true }).click()
  await page.getByRole('button', { name: 'Add the node' }).click()
  await expect
    .poll(() => host.inputsOf('playground.addNode'))
    .toEqual([{ sessionId: 'p1', role: 'manager', join: true }])
  views.send(playground({ activity: 'Starting manager2' }))
  await expect.element(page.getByRole('dialog').getByText('Starting manager2…')).toBeVisible()
})

test('a node is removed when that was said twice, and a refusal is shown', async () => {
  const { host } = await bench()
  await page.getByRole('button', { name: 'Nodes', exact: true }).click()
  await page.getByRole('button', { name: 'Remove manager1' }).click()
  expect(host.inputsOf('playground.removeNode')).toEqual([])
  await page.getByRole('button', { name: 'Really remove manager1' }).click()
  await expect.element(page.getByRole('dialog').getByRole('alert')).toHaveTextContent('last manager')
  expect(host.inputsOf('playground.removeNode')).toEqual([{ sessionId: 'p1', node: 'manager1', leave: true }])
})

test('the file of a link is shown when the nodes run, and placed only by the person', async () => {
  keepCompose('p1', 'services: {}')
  const { host, views } = await bench(playground({ state: 'starting' }))
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  views.send(playground())
  const dialog = page.getByRole('dialog', { name: 'Deploy a compose file' })
  await expect.element(dialog.getByRole('textbox', { name: 'Text of the file' })).toHaveValue('services: {}')
  expect(host.inputsOf('playground.placeCompose')).toEqual([])
  await dialog.getByRole('textbox', { name: 'Name of the stack' }).fill('../x')
  await expect.element(dialog.getByRole('button', { name: 'Deploy' })).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'Name of the stack' }).fill('web')
  await dialog.getByRole('button', { name: 'Deploy' }).click()
  await expect.element(dialog.getByRole('alert')).toHaveTextContent('No node of this playground runs.')
  expect(host.inputsOf('playground.placeCompose')).toEqual([
    { sessionId: 'p1', name: 'web', text: 'services: {}' },
  ])
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect.element(dialog).not.toBeInTheDocument()
})

test('a saved playground is off until the person continues it', async () => {
  const { host } = await bench(playground({ state: 'saved' }, '2026-03-01T12:00:00Z'))
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect.poll(() => host.inputsOf('playground.continue')).toEqual([{ sessionId: 'p1' }])
})

test('a playground that is not there leads to the others', async () => {
  const { address } = await bench(session({ id: 'p1' }))
  await page.getByRole('button', { name: 'To the playgrounds' }).click()
  expect(address()).toBe('/playground')
})
