import { beforeAll, describe, expect, test } from 'vitest'
import type { LabNode } from '../../../engine/node'
import { sharedBench } from '../bench'
import { refused, run } from './in-node'
import { createService, makeSwarm, untilRunning, untilUpdate } from './swarm-fixture'

interface Task {
  readonly image: string
  readonly created: number
  /** The time at which it reached its last state. */
  readonly since: number
}

const ONE_BY_ONE = '--update-parallelism 1 --update-monitor 200ms --rollback-monitor 200ms'
/** An update whose tasks fail. Its monitor time is long, because a failure ends the monitoring anyway. */
const FAILING = '--update-monitor 10s --args false'

describe('updates of a service', () => {
  const bench = sharedBench()
  let node: LabNode

  beforeAll(async () => {
    node = await bench().node('node1')
    await makeSwarm([node])
    await createService(node, { name: 'app', tasks: 2, flags: `${ONE_BY_ONE} --env STEP=1` })
  })

  /** The tasks of the service whose desired state is running, the oldest first. */
  async function tasks(): Promise<Task[]> {
    const facts = `{image: .Spec.ContainerSpec.Image, created: .CreatedAt, since: .Status.Timestamp}`
    const ids = 'docker service ps app --quiet --filter desired-state=running'
    const lines = (await run(node, `docker inspect $(${ids}) | jq -c '.[] | ${facts}'`)).split('\n')
    return lines
      .map((line) => JSON.parse(line) as { image: string; created: string; since: string })
      .map(({ image, created, since }) => ({ image, created: Date.parse(created), since: Date.parse(since) }))
      .sort((one, other) => one.created - other.created)
  }

  /** The version that the service reports. */
  async function specified(): Promise<unknown> {
    const spec = `docker service inspect app | jq -c '.[0].Spec.TaskTemplate.ContainerSpec | [.Image, .Env, .Args]'`
    return JSON.parse(await run(node, spec))
  }

  test('replace one task after the other: the next only when the last one runs', async () => {
    await run(node, 'docker service update -d --image debian:bookworm-slim --env-add STEP=2 app')
    await untilUpdate(node, 'app', 'completed')
    await untilRunning(node, 'app', 2)
    const [first, second] = await tasks()
    expect([first?.image, second?.image]).toEqual(['debian:bookworm-slim', 'debian:bookworm-slim'])
    expect(second?.created).toBeGreaterThanOrEqual(first?.since ?? Number.POSITIVE_INFINITY)
    expect(await specified()).toEqual(['debian:bookworm-slim', ['STEP=2'], ['sleep', '600']])
  })

  test('are taken back by hand with docker service rollback', async () => {
    const before = await specified()
    await run(
      node,
      'docker service update -d --update-parallelism 2 --rollback-parallelism 2 --args "sleep 900" app',
    )
    await untilUpdate(node, 'app', 'completed')
    expect(await specified()).toEqual([expect.anything(), expect.anything(), ['sleep', '900']])
    await run(node, 'docker service rollback -d app')
    await untilUpdate(node, 'app', 'rollback_completed')
    expect(await specified()).toEqual(before)
    await untilRunning(node, 'app', 2)
  })

  test('that fail are rolled back, where the service asks for it', async () => {
    const before = await specified()
    await run(node, `docker service update -d --update-failure-action rollback ${FAILING} app`)
    await untilUpdate(node, 'app', 'rollback_completed')
    await untilRunning(node, 'app', 2)
    expect(await specified()).toEqual(before)
    const failed = `docker service ps app --no-trunc --filter desired-state=shutdown --format '{{.Error}}'`
    expect(await run(node, failed)).toContain('task: non-zero exit (1)')
    // A rollback leaves no older version to go back to.
    expect(await refused(node, 'docker service rollback -d app')).toContain('does not have a previous spec')
  })

  test('that fail are stopped halfway, where it does not', async () => {
    await run(node, `docker service update -d --update-failure-action pause ${FAILING} app`)
    await untilUpdate(node, 'app', 'paused')
    expect(await run(node, `docker service inspect app --format '{{.UpdateStatus.Message}}'`)).toMatch(
      /^update paused due to failure or early termination of task /,
    )
  })
})
