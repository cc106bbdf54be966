import { expect, test } from 'vitest'
import { examHosts, shown } from './exam-fixture'
import { expectDisconnected } from './exam-survival'

const hosts = examHosts()

test('a host that is killed while an exam begins has it whole, or not at all', {
  timeout: 60_000,
}, async () => {
  const folder = await hosts.dataFolder()
  let begun = 0
  for (const doStop of [false, true, true, true]) {
    const app = await hosts.open(folder)
    const known = (await app.api.call('exam.list', {})).length
    expect(known).toBeGreaterThanOrEqual(begun)
    const beginning = app.api.call('exam.start', { mode: 'practice', length: 55 })
    if (!doStop) await beginning
    else {
      // After one more call the host is at work on the beginning.
      await app.api.call('settings.get', {})
      app.process.kill('SIGKILL')
    }
    const answer = await beginning.catch(expectDisconnected)
    if (answer) begun += 1
    await app.end('SIGKILL')
  }
  const app = await hosts.open(folder)
  const list = await app.api.call('exam.list', {})
  expect(list.length).toBeGreaterThanOrEqual(begun)
  for (const { id } of list) expect((await shown(app.api, id)).items).toHaveLength(55)
})
