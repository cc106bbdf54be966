import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { MapView } from '../../main/api'
import { FakeHost, Feed, refusal } from '../testing/host.test-kit'
import {
  mapContainer,
  mapMember,
  mapNode,
  mapService,
  mapTask,
  mapView,
} from '../testing/map-samples.test-kit'
import { show } from '../testing/show.test-kit'
import { MapPane } from './map-pane'
import type { Pointed } from './use-pointers'

const task = (slot: number) => ({ id: `t${slot}`, slot: `web.${slot}`, service: 'web' })

const LEADER = mapNode({
  name: 'manager1',
  member: mapMember({ id: 'm1', role: 'manager', isLeader: true, reachability: 'reachable' }),
  containers: [
    mapContainer({ id: 'c1', name: 'web.1.t1', task: task(1), networks: ['front'] }),
    mapContainer({ id: 'c9', name: 'old', state: 'exited' }),
  ],
  networks: [{ id: 'n1', name: 'front', driver: 'overlay', scope: 'swarm' }],
  volumes: [{ name: 'data', driver: 'local' }],
})
const DRAINED = mapNode({ name: 'worker1', member: mapMember({ id: 'm2', availability: 'drain' }) })

const SWARM = mapView({
  nodes: [LEADER, DRAINED],
  swarm: { seenFrom: 'manager1', problem: null },
  services: [mapService({ ports: [{ published: 8080, target: 80, protocol: 'tcp' }] })],
  tasks: [mapTask({ id: 't3', slot: 'web.3', error: 'no suitable node' })],
})

async function shown(first: MapView = SWARM, pointed: Pointed | null = null) {
  const feed = new Feed(first)
  const previews: string[] = []
  const host = new FakeHost({
    calls: {
      'map.inspect': async ({ id }) => {
        if (id === 'c9') throw refusal('No such container: c9', null, 'not-found')
        return { command: `docker container inspect ${id}`, text: `[ "${id}" ]` }
      },
    },
    streams: { 'map.watch': feed.watch },
  })
  const element = (now: Pointed | null) => (
    <MapPane sessionId="s1" pointed={now} onPreview={(node, port) => void previews.push(`${node}:${port}`)} />
  )
  const screen = await show(element(pointed), { host })
  return { feed, host, previews, point: (now: Pointed | null) => screen.rerender(element(now)) }
}

test('a swarm is drawn with roles, services, tasks and what is drained, in words', async () => {
  await shown()
  await expect.element(page.getByRole('region', { name: 'manager1: leader, running' })).toBeVisible()
  await expect.element(page.getByRole('region', { name: 'worker1: worker, running, drained' })).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Service web 2/3 tasks run nginx' })).toBeVisible()
  const things = page.getByRole('list', { name: 'Containers of manager1' })
  await expect.element(things.getByRole('button', { name: 'Container web.1 nginx running' })).toBeVisible()
  const waiting = page.getByRole('list', { name: 'Tasks without a node' })
  await expect
    .element(waiting.getByRole('button'))
    .toHaveAccessibleName(/^Task web\.3 nginx pending no suitable/)
  await expect.element(page.getByRole('button', { name: 'Network front overlay' })).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Volume data' })).toBeVisible()
})

test('a change of the nodes changes the drawing', async () => {
  const { feed } = await shown(mapView())
  await expect.element(page.getByRole('region', { name: 'node1: running' })).toBeVisible()
  feed.send(mapView({ nodes: [mapNode({ state: 'killed', containers: [], problem: 'It has stopped.' })] }))
  await expect.element(page.getByRole('region', { name: 'node1: killed' })).toBeVisible()
  await expect.element(page.getByText('It has stopped.')).toBeVisible()
})

test('without a leader the map says that no manager answers', async () => {
  await shown({ ...SWARM, services: [], swarm: { seenFrom: null, problem: 'There is no leader.' } })
  await expect.element(page.getByText('No manager answers for the swarm. There is no leader.')).toBeVisible()
})

test('what is not drawn is counted', async () => {
  await shown(mapView({ nodes: [mapNode({ moreContainers: 7 })] }))
  await expect.element(page.getByText('and 7 more')).toBeVisible()
})

test('a click shows what the engine says, Escape closes it, and the focus goes back', async () => {
  const { host } = await shown()
  const container = page.getByRole('button', { name: 'Container web.1 nginx running' })
  await container.click()
  const dialog = page.getByRole('dialog', { name: 'Container web.1' })
  await expect.element(dialog).toHaveTextContent('docker container inspect c1')
  await expect
    .element(dialog.getByRole('region', { name: 'Container web.1 as JSON' }))
    .toHaveTextContent('[ "c1" ]')
  expect(host.inputsOf('map.inspect')).toEqual([
    { sessionId: 's1', node: 'manager1', kind: 'container', id: 'c1' },
  ])
  await userEvent.keyboard('{Escape}')
  await expect.poll(() => document.querySelector('[role=dialog]')).toBeNull()
  await expect.element(container).toHaveFocus()
})

test('a thing that is gone meanwhile says so', async () => {
  await shown()
  await page.getByRole('button', { name: 'Container old nginx exited' }).click()
  await expect.element(page.getByRole('alert')).toHaveTextContent('No such container: c9')
})

test('a published port opens beside the terminals', async () => {
  const { previews } = await shown()
  await page.getByRole('button', { name: 'Open port 8080 → 80 of manager1' }).click()
  expect(previews).toEqual(['manager1:8080'])
})

test('arrow keys go through the things, and Enter opens one', async () => {
  await shown()
  const service = page.getByRole('button', { name: /^Service web/ })
  await expect.element(service).toBeVisible()
  service.element().focus()
  await userEvent.keyboard('{ArrowRight}')
  await expect.element(page.getByRole('button', { name: 'Open port 8080 → 80 of manager1' })).toHaveFocus()
  await userEvent.keyboard('{End}')
  await expect.element(page.getByRole('button', { name: /^Node worker1/ })).toHaveFocus()
  await userEvent.keyboard('{ArrowDown}{Home}')
  await expect.element(service).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('dialog', { name: 'Service web' })).toBeVisible()
})

test('the tables say the same as the drawing', async () => {
  await shown()
  await page.getByText('Table', { exact: true }).click()
  const cells = (caption: string) =>
    [...page.getByRole('table', { name: caption }).element().querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map(({ textContent }) => textContent),
    )
  await expect
    .poll(() => cells('Nodes').map(([name, signs]) => [name, signs]))
    .toEqual([
      ['manager1', 'leader, running'],
      ['worker1', 'worker, running, drained'],
    ])
  expect(cells('Services')).toEqual([['web', 'replicated', '2 of 3', 'nginx', '8080 → 80']])
  expect(cells('Containers and tasks').map((row) => row.slice(0, 3))).toEqual([
    ['web.3', 'none', 'pending: no suitable node'],
    ['web.1', 'manager1', 'running'],
    ['old', 'manager1', 'exited'],
  ])
  expect(cells('Networks')).toEqual([['front', 'manager1', 'overlay', 'swarm']])
  expect(cells('Volumes')).toEqual([['data', 'manager1', 'local']])
})

test('what a text points to is marked, and a click says where it is', async () => {
  const { point, feed } = await shown()
  const marked = () =>
    [...document.querySelectorAll<HTMLElement>('[data-pointed]')].map(({ dataset }) => dataset.thing)
  await expect.element(page.getByRole('region', { name: /^worker1/ })).toBeVisible()
  await point({ target: 'node:worker1', shown: 0 })
  await expect.poll(marked).toEqual(['node:worker1'])
  await point({ target: 'service:web', shown: 1 })
  await expect.poll(marked).toEqual(['service:web', 'task:web.3', 'container:web.1'])
  await expect.element(page.getByText('web is marked on the map.')).toBeInTheDocument()
  await point({ target: 'volume:none', shown: 2 })
  await expect.element(page.getByText('none is not on the map yet.')).toBeInTheDocument()
  const volumes = [{ name: 'none', driver: 'local' }]
  feed.send({ ...SWARM, nodes: [{ ...LEADER, volumes }, DRAINED] })
  await expect.element(page.getByText('none is marked on the map.')).toBeInTheDocument()
})

test('a task that moves keeps its place in the list of what is drawn, and glides', async () => {
  const { feed } = await shown()
  const moved = { ...LEADER, containers: [] }
  const other = { ...DRAINED, containers: [mapContainer({ id: 'c2', name: 'web.1.t4', task: task(1) })] }
  await expect.element(page.getByRole('list', { name: 'Containers of manager1' })).toBeVisible()
  feed.send({ ...SWARM, nodes: [moved, other] })
  const there = page.getByRole('list', { name: 'Containers of worker1' }).getByRole('listitem')
  await expect.element(there).toHaveTextContent('web.1')
  const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  expect(there.element().getAnimations().length > 0).toBe(!isCalm)
})
