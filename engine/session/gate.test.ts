import { expect, test } from 'vitest'
import { FakeNode } from './fakes.test-kit'
import { Gate } from './gate'
import { aLab } from './labs.test-kit'
import { openSession, gate as promised, runningSession } from './session.test-kit'

const REFUSED = { code: 'session-state' }
const task = () => ({ ...aLab(), kind: 'task' as const })

test('a node that was got before the gate was shut takes no more work afterwards', async () => {
  const gate = new Gate()
  const node = new FakeNode('node1')
  const guarded = gate.guarded(node)
  await guarded.writeFile('/a', 'before')
  gate.shut()
  const calls = [
    () => guarded.writeFile('/a', 'after'),
    () => guarded.readFile('/a'),
    () => guarded.listFiles('/'),
    () => guarded.exec(['true']),
    () => guarded.script('true'),
    () => guarded.copyIn('/a', '/b'),
    () => guarded.start(),
    () => guarded.dial(80),
  ]
  for (const call of calls) await expect(call()).rejects.toMatchObject(REFUSED)
  expect(() => gate.guarded(node)).toThrow('handed in')
  expect(node.calls).toEqual(['write /a'])
  gate.open()
  await guarded.writeFile('/c', 'again')
  expect(node.calls).toEqual(['write /a', 'write /c'])
})

test('one can wait for what was let in, also when it fails', async () => {
  const gate = new Gate()
  const work = promised()
  const passing = expect(gate.pass(() => work.opened)).rejects.toThrow('broken')
  gate.shut()
  let isEmpty = false
  const emptied = gate.emptied().then(() => {
    isEmpty = true
  })
  await Promise.resolve()
  expect(isEmpty).toBe(false)
  work.fail(new Error('broken'))
  await Promise.all([passing, emptied])
  await new Gate().emptied()
})

test('when a task is graded nothing gets in any more, and its processes end before the checks look', async () => {
  const { session, topologies, evaluated } = await runningSession({ lab: task() })
  const node = topologies.latest.node('node1')
  node.script = async (text) => {
    expect(evaluated).toEqual([])
    node.calls.push(text.includes('kill -KILL') ? 'end processes' : text)
    return node.result
  }
  const before = node.calls.length
  const grading = session.grade()
  expect(() => session.node('node1')).toThrow('handed in')
  await expect(session.reset()).rejects.toMatchObject(REFUSED)
  await expect(session.switchNode('node1', 'restart')).rejects.toMatchObject(REFUSED)
  await grading
  expect(node.calls.slice(before)).toEqual(['end processes', 'end processes'])
  expect(evaluated.length).toBeGreaterThan(0)
})

test('no check looks while something of the student is still running', async () => {
  const { session, topologies, evaluated } = await runningSession({ lab: task() })
  const node = topologies.latest.node('node1')
  const left = [1, 1, 1, 0]
  node.script = async () => {
    expect(evaluated).toEqual([])
    return { ...node.result, exitCode: left.shift() ?? 0 }
  }
  await session.grade()
  expect(left).toEqual([])
  expect(evaluated.length).toBeGreaterThan(0)
})

test('a task that is found again is shut until its exam opens it; a lab is not', async () => {
  for (const lab of [task(), aLab()]) {
    const { session } = openSession({ lab })
    await session.resume()
    expect(session.state).toBe('running')
    if (lab.kind === 'task') expect(() => session.node('node1')).toThrow('handed in')
    session.gate.open()
    expect(session.node('node1').name).toBe('node1')
  }
})
