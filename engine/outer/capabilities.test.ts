import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MemoryEngine, memoryEngine } from '../docker/testing/index.test-kit'
import { basicCapabilities, probeCapabilities } from './capabilities'

let home: string
let engine: MemoryEngine
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'capstan-capabilities-'))
  engine = memoryEngine()
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** As an engine of version 20.10 answers, and a newer one on control groups of version 2. */
const older = {
  ID: 'ABCD:EFGH',
  CgroupVersion: '1',
  MemTotal: 25_282_207_744,
  NCPU: 2,
  KernelVersion: '6.18.0',
  Driver: 'overlay2',
}
const newer = { ...older, ID: '0aa1-22', CgroupVersion: '2', Driver: 'overlayfs' }
const docker = (info: object) => ({ ...engine.docker, info: async () => ({ ...info }) })

test.each([
  [older, { cgroup: 1, memory: 24_111, cores: 2, kernel: '6.18.0', storage: 'overlay2' }],
  [newer, { cgroup: 2, storage: 'overlayfs' }],
  [{}, { cgroup: 1, memory: 0, cores: 0, kernel: '', storage: '' }],
])(
  'an engine describes itself, and features that must be tried count as missing (%#)',
  async (info, expected) => {
    expect(await basicCapabilities(docker(info))).toEqual(
      expect.objectContaining({ ...expected, ipvs: false, vxlan: false, esp: false, userns: false }),
    )
  },
)

const probe = (info: object = older) => probeCapabilities({ docker: docker(info), image: 'node:1', home })

test('a feature is there when the script prints its name', async () => {
  engine.log = 'vxlan\nmacvlan\r\nRTNETLINK answers: Operation not permitted\nno-such-feature\n'
  expect(await probe()).toMatchObject({
    vxlan: true,
    macvlan: true,
    ipvlan: false,
    esp: false,
    ipvs: false,
    userns: false,
    cores: 2,
  })
  expect(engine.containers.size).toBe(0)
})

test('NFS is of no use to nodes in user namespaces', async () => {
  engine.log = 'nf_tables\nnfs\n'
  expect(await probe()).toMatchObject({ nf_tables: true, nfs: true })
  engine.log = 'nf_tables\nnfs\nuserns\n'
  expect(await probe(newer)).toMatchObject({ nf_tables: true, nfs: false, userns: true })
})

test('the container may change its own network and nothing else', async () => {
  let spec: unknown
  engine.docker.containers.create = async (given) => {
    spec = given
    throw new Error('enough')
  }
  await expect(probe()).rejects.toThrow('enough')
  expect(spec).toMatchObject({ Image: 'node:1', HostConfig: { CapAdd: ['NET_ADMIN', 'SYS_ADMIN'] } })
  expect(spec).not.toHaveProperty('HostConfig.NetworkMode')
  expect(spec).not.toHaveProperty('HostConfig.Privileged')
})

test('a kernel is tried once, and each engine and kernel for itself', async () => {
  engine.log = 'vxlan'
  await probe()
  engine.log = ''
  expect(await probe()).toMatchObject({ vxlan: true })
  expect(await probe(newer)).toMatchObject({ vxlan: false })
  expect(await probe({ ...older, KernelVersion: '6.19.0' })).toMatchObject({ vxlan: false })
  expect(readdirSync(join(home, 'capabilities')).sort()).toEqual([
    expect.stringMatching(/^0aa122-6\.18\.0-[\da-f]{8}\.json$/),
    expect.stringMatching(/^ABCDEFGH-6\.18\.0-[\da-f]{8}\.json$/),
    expect.stringMatching(/^ABCDEFGH-6\.19\.0-[\da-f]{8}\.json$/),
  ])
})

test.each(['', '{"ipvs":true', '{"ipvs":"yes"}'])('an answer kept as %j is tried again', async (content) => {
  await probe()
  for (const name of readdirSync(join(home, 'capabilities')))
    writeFileSync(join(home, 'capabilities', name), content)
  engine.log = 'ipvs\nesp'
  expect(await probe()).toMatchObject({ ipvs: true, esp: true, vxlan: false })
})

test('a container that does not start is removed', async () => {
  engine.failures.set('containers.start', new Error('no'))
  await expect(probe()).rejects.toThrow('no')
  expect(engine.containers.size).toBe(0)
})

test('what an earlier version of the script found out is not believed', async () => {
  engine.log = 'vxlan'
  await probe()
  writeFileSync(
    join(home, 'capabilities', 'ABCDEFGH-6.18.0.json'),
    JSON.stringify({ ipvs: true, vxlan: true, esp: true, macvlan: true, ipvlan: true, userns: true }),
  )
  expect(await probe()).toMatchObject({ userns: false })
})

test('an engine that now runs in user namespaces is tried again, although it keeps its ID', async () => {
  const before = { ...older, SecurityOptions: ['name=seccomp,profile=default'] }
  await probe(before)
  engine.log = 'userns'
  const after = { ...older, SecurityOptions: ['name=seccomp,profile=default', 'name=userns'] }
  expect(await probe(after)).toMatchObject({ userns: true })
  expect(await probe(before)).toMatchObject({ userns: false })
})

test('an engine whose machine now has control groups of the other version is tried again', async () => {
  await probe({ ...older, CgroupVersion: '1' })
  engine.log = 'userns'
  expect(await probe({ ...older, CgroupVersion: '2' })).toMatchObject({ userns: true })
})
