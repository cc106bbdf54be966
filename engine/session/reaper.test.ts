import { expect, test } from 'vitest'
import { FakeTopologies } from './fakes.test-kit'
import { aLab } from './labs.test-kit'
import { removeOrphans } from './reaper'
import { recordsInMemory, type SessionRecord } from './record'
import { newRecord } from './steps'

/** The kernel never gives a process this id. */
const DEAD = 2 ** 30
/** The parent of the test is another process that lives. */
const OTHER = process.ppid

async function recordsOf(...list: (Partial<SessionRecord> & { id: string })[]) {
  const records = recordsInMemory()
  for (const record of list) {
    await records.save({ ...newRecord({ id: record.id, lab: aLab(), kind: 'student' }), ...record })
  }
  return records
}

function topologiesOf(makers: Readonly<Record<string, number>>): FakeTopologies {
  const topologies = new FakeTopologies()
  for (const [id, pid] of Object.entries(makers)) {
    topologies.leave(id, aLab())
    topologies.makers.set(id, pid)
  }
  return topologies
}

test.each([
  ['of a dead process', DEAD, true],
  ['of this process, which has built nothing yet', process.pid, true],
  ['of another living process', OTHER, false],
])('a topology that no record names, %s, is removed: %3$s', async (_whose, pid, isRemoved) => {
  const topologies = topologiesOf({ orphan: pid })
  await removeOrphans(await recordsOf(), topologies)
  expect(topologies.present.has('orphan')).toBe(!isRemoved)
})

test('a topology that a record names stays, whoever made it', async () => {
  const topologies = topologiesOf({ mine: DEAD })
  const records = await recordsOf({ id: 's1', topologyId: 'mine', pid: DEAD })
  expect(await removeOrphans(records, topologies)).toMatchObject([{ id: 's1' }])
  expect(topologies.present.has('mine')).toBe(true)
})

test('a proof goes with its process: its record and its nodes', async () => {
  const topologies = topologiesOf({ dead: DEAD, living: OTHER })
  const records = await recordsOf(
    { id: 'p1', kind: 'verify', topologyId: 'dead', pid: DEAD },
    { id: 'p2', kind: 'verify', topologyId: 'living', pid: OTHER },
  )
  expect((await removeOrphans(records, topologies)).map(({ id }) => id)).toEqual(['p2'])
  expect((await records.list()).map(({ id }) => id)).toEqual(['p2'])
  expect([...topologies.present.keys()]).toEqual(['living'])
})

test('one orphan that cannot be removed does not keep the others', async () => {
  const topologies = topologiesOf({ stuck: DEAD, loose: DEAD })
  topologies.onRemove = (id) => {
    if (id === 'stuck') throw new Error('in use')
  }
  await removeOrphans(await recordsOf(), topologies)
  expect([...topologies.present.keys()]).toEqual(['stuck'])
})

test('nodes that an unreadable record may name stay, whoever made them', async () => {
  const topologies = topologiesOf({ unclear: DEAD, orphan: DEAD })
  const records = { ...(await recordsOf()), mayName: async (id: string) => id === 'unclear' }
  await removeOrphans(records, topologies)
  expect([...topologies.present.keys()]).toEqual(['unclear'])
})
