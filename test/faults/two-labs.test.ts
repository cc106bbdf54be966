import { expect, test } from 'vitest'
import type { SessionView } from '../../main/api'
import { serveApp, until } from './host'
import { LAB, LabApps, startLab, type } from './lab-apps'

const apps = new LabApps()

test('an unknown lab and a second start of the same lab are told what to do', async () => {
  const app = await apps.ready(await apps.dataFolder())
  await expect(app.api.call('session.start', { labId: 'no-such-lab' })).rejects.toMatchObject({
    code: 'not-found',
  })
  const sessionId = await startLab(app)
  await expect(app.api.call('session.start', { labId: LAB })).rejects.toMatchObject({
    code: 'session-exists',
    help: 'Go on with it, or stop it first.',
  })
  await app.api.call('session.stop', { sessionId })
})

test('two labs at once do not see each other, and each is removed alone', async () => {
  const app = await apps.ready(await apps.dataFolder())
  const first = await startLab(app)
  const second = await startLab(app, 'published-ports')
  await type(app, first, 'docker create --name web nginx')
  const created = ({ steps }: SessionView) => steps[0]?.checks[0]?.state === 'green'
  await until(app.api, 'session.watch', { sessionId: first }, created)
  await type(app, second, 'docker ps -aq | wc -l > /root/count')
  const count = () => app.api.call('file.read', { sessionId: second, node: 'node1', path: '/root/count' })
  await expect.poll(async () => (await count().catch(() => ({ content: '' }))).content).toBe('0\n')
  await app.api.call('session.stop', { sessionId: first })
  expect((await app.api.call('session.list', {})).map(({ id }) => id)).toEqual([second])
  await app.api.call('session.stop', { sessionId: second })
})

test('a second app on the same data is refused and the first goes on', async () => {
  const folder = await apps.dataFolder()
  const app = await apps.ready(folder)
  await expect(serveApp(folder)).rejects.toThrow('is open already')
  expect((await app.api.call('app.state', {})).setup.phase).toBe('ready')
})
