import { expect, test } from 'vitest'
import { placeCompose } from './compose'
import { FakeNode } from './fakes.test-kit'

function node(name: string, isManager: boolean | null): FakeNode {
  const fake = new FakeNode(name)
  if (isManager !== null) fake.answers['/info'] = { Swarm: { ControlAvailable: isManager } }
  return fake
}
const WEB = { name: 'web', text: 'services: {}\n' }

test('a manager deploys a stack', async () => {
  const [worker, manager] = [node('worker1', false), node('manager1', true)]
  expect(await placeCompose([worker, manager], WEB)).toEqual({
    node: 'manager1',
    path: '/root/web/compose.yaml',
    command: 'docker stack deploy --compose-file /root/web/compose.yaml web',
  })
  expect(manager.calls).toEqual(['write /root/web/compose.yaml'])
  expect(worker.calls).toEqual([])
})

test('without a swarm, the first node that answers runs Compose', async () => {
  const placed = await placeCompose([node('manager1', null), node('worker1', false)], WEB)
  expect(placed).toMatchObject({
    node: 'worker1',
    command: 'docker compose --project-name web --file /root/web/compose.yaml up --detach',
  })
})

test('when no node answers, nothing is written', async () => {
  const off = node('manager1', null)
  await expect(placeCompose([off], WEB)).rejects.toMatchObject({ code: 'node-gone' })
  expect(off.calls).toEqual([])
})

test.each(['', '-x', 'a b', '../x', 'x;reboot', 'Web', 'x'.repeat(33)])(
  '%j is not the name of a stack',
  async (name) => {
    await expect(placeCompose([node('manager1', true)], { ...WEB, name })).rejects.toMatchObject({
      code: 'bad-input',
    })
  },
)
