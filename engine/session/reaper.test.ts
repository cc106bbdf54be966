import { expect, test } from 'vitest'
import { processName } from '../../shared/system/processes'
import { FakeTopologies } from './fakes.test-kit'
import { aLab } from './labs.test-kit'
import { ownerOfProofs, removeOrphans } from './reaper'
import { recordsInMemory, type SessionRecord } from './record'
import { newRecord } from './steps'

/** The kernel never gives a process this id. */
const DEAD = `${2 ** 30}.1.boot`
/** The parent of the test is another process that lives. */
const OTHER = processName(process.ppid)
const [pid, startTime, boot] = OTHER.split('.')

async function recordsOf(...list: (Partial<SessionRecord> & { id: string })[]) {
  const records = recordsInMemory()
  for (const record of list) {
    await records.save({ ...newRecord({ id: record.id, lab: aLab(), kind: 'student' }), ...record })
  }
  return records
}

function topologiesOf(makers: Readonly<Record<string, string>>): FakeTopologies {
  const topologies = new FakeTopologies()
  for (const [id, maker] of Object.entries(makers)) {
    topologies.leave(id, aLab())
    topologies.makers.set(id, maker)
  }
  return topologies
}

test.each([
  ['of a dead process', DEAD, true],
  ['of this process, which has built nothing yet', processName(), true],
  ['of a dead process whose number was given out again', `${pid}.${Number(startTime) - 1}.${boot}`, true],
  ['of a process with that number before the machine was started again', `${pid}.${startTime}.before`, true],
  ['of another living process', OTHER, false],
])('a topology that no record names, %s, is removed: %3$s', async (_whose, maker, isRemoved) => {
  const topologies = topologiesOf({ orphan: maker })
  await removeOrphans(await recordsOf(), topologies)
  expect(topologies.present.has('orphan')).toBe(!isRemoved)
})

test('a topology that a record names stays, whoever made it', async () => {
  const topologies = topologiesOf({ mine: DEAD })
  const records = await recordsOf({ id: 's1', topologyId: 'mine' })
  expect(await removeOrphans(records, topologies)).toMatchObject([{ id: 's1' }])
  expect(topologies.present.has('mine')).toBe(true)
})

test('the record of a proof of an older version goes, and its nodes when their maker is dead', async () => {
  const topologies = topologiesOf({ dead: DEAD, living: OTHER })
  const records = await recordsOf(
    { id: 'p1', kind: 'verify', topologyId: 'dead' },
    { id: 'p2', kind: 'verify', topologyId: 'living' },
  )
  expect(await removeOrphans(records, topologies)).toEqual([])
  expect(await records.list()).toEqual([])
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

test('proofs have one owner for each data folder, however the folder is named', () => {
  const owner = ownerOfProofs('/home/ann/data')
  expect(owner).toMatch(/^proofs-[0-9a-f]{32}$/)
  expect(ownerOfProofs('/home/ann/../ann/data/')).toBe(owner)
  expect(ownerOfProofs('/home/bob/data')).not.toBe(owner)
})
