import { expect, test } from 'vitest'
import { resourcesFolder } from '../../engine'
import { allWork, choose, type Work } from './work'

const OWN = { ipvs: false, esp: true, vxlan: true, macvlan: true, ipvlan: false }
const ALL: Work[] = [
  { kind: 'lab', id: 'mesh', requires: ['vxlan', 'ipvs'] },
  { kind: 'lab', id: 'overlay', requires: ['vxlan'] },
  { kind: 'claim', id: 'net-l3', requires: ['ipvlan'] },
  { kind: 'test', id: 'an encrypted network', requires: ['esp'], file: 'a.test.ts' },
]
const ids = (work: Work[]) => work.map(({ id }) => id)

test('what the own kernel cannot prove is chosen', () => {
  expect(ids(choose(ALL, { own: OWN, only: [] }))).toEqual(['mesh', 'net-l3'])
})

test('names choose, whatever the own kernel has', () => {
  expect(ids(choose(ALL, { own: OWN, only: ['overlay', 'encrypted'] }))).toEqual([
    'overlay',
    'an encrypted network',
  ])
})

test('a name that fits nothing is an error', () => {
  expect(() => choose(ALL, { own: OWN, only: ['overlay', 'vxlam'] })).toThrow('Nothing is called "vxlam"')
})

test('labs, claims and tests of the project are found by what they require', async () => {
  const work = (await allWork(resourcesFolder())).filter(({ requires }) => requires.length > 0)
  expect(work).toContainEqual({ kind: 'lab', id: 'service-vip', requires: ['vxlan', 'ipvs'] })
  expect(work).toContainEqual({ kind: 'claim', id: 'net-ipvlan-l3', requires: ['macvlan', 'ipvlan'] })
  expect(work).toContainEqual({
    kind: 'test',
    id: 'an encrypted network wraps what it carries in ESP',
    requires: ['esp'],
    file: 'test/integration/features/networks.test.ts',
  })
})
