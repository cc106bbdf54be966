import { expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import type { Capabilities } from './capabilities'
import { doctor } from './doctor'
import { EngineNotFound } from './tried'

const capabilities: Capabilities = {
  cgroup: 2,
  memory: 8_000,
  cores: 4,
  kernel: '6.18.0',
  storage: 'overlay2',
  ipvs: true,
  vxlan: true,
  esp: true,
  macvlan: true,
  ipvlan: true,
  nf_tables: true,
  nfs: true,
  userns: true,
}
const TRIED = [{ what: '/var/run/docker.sock', result: 'Docker Engine 20.10.24 answers' }]
const found = (change: Partial<Capabilities> = {}) => ({
  source: 'default' as const,
  context: null,
  endpoint: 'unix:///var/run/docker.sock',
  version: '20.10.24',
  tried: TRIED,
  capabilities: { ...capabilities, ...change },
})

test('an engine that can do everything has no problems', () => {
  expect(doctor(found())).toEqual({
    ok: true,
    engine: { source: 'default', endpoint: 'unix:///var/run/docker.sock', version: '20.10.24' },
    capabilities,
    problems: [],
    timeLimits: { factor: 1, source: 'default' },
    tried: TRIED,
  })
})

test.each<[Partial<Capabilities>, string, string]>([
  [{ ipvs: false }, 'routing mesh', 'modprobe ip_vs'],
  [{ esp: false }, 'encrypted overlay networks', 'modprobe esp4'],
  [{ vxlan: false }, 'overlay networks do not work', 'modprobe vxlan'],
  [{ userns: false }, 'runs as root on this computer', 'labs that you trust'],
  [{ memory: 1_999 }, 'only 1999 MiB', '4 GiB'],
])('%j is a problem with help, and the engine is still ok', (change, message, help) => {
  const { ok, problems } = doctor(found(change))
  expect(ok).toBe(true)
  expect(problems).toEqual([
    { message: expect.stringContaining(message), help: expect.stringContaining(help) },
  ])
})

const MORE = 'kernel.keys.maxkeys=2000'

test.each([
  ['enough for what the memory holds', { used: 24, most: 200 }, 8_000, null],
  ['those of root on the computer', { used: 3, most: 1_000_000 }, 64_000, null],
  [
    'used up before the memory is',
    { used: 24, most: 200 },
    24_000,
    'at about 50 nodes, before the memory is',
  ],
  ['nearly used up', { used: 191, most: 200 }, 8_000, 'hold 191 of 200 keys'],
])('keys of the kernel: %s', (_what, keys, memory, message) => {
  const { capabilities: shown, problems } = doctor(found({ memory }), { keys })
  expect(shown.keys).toBe(keys.most)
  const problem = { message: expect.stringContaining(message ?? ''), help: expect.stringContaining(MORE) }
  expect(problems).toEqual(message === null ? [] : [problem])
})

test('features that no lab needs by name are no problem', () => {
  expect(
    doctor(found({ macvlan: false, ipvlan: false, nf_tables: false, nfs: false, memory: 2_000 })).problems,
  ).toEqual([])
})

test('every problem is reported', () => {
  expect(doctor(found({ ipvs: false, esp: false, vxlan: false, memory: 0 })).problems).toHaveLength(4)
})

test('an error of ours is reported with its help', () => {
  const error = new CapstanError('no-engine', 'No Docker Engine answers.', { help: 'Start it.' })
  expect(doctor(error)).toEqual({
    ok: false,
    engine: null,
    capabilities: {},
    problems: [{ message: 'No Docker Engine answers.', help: 'Start it.' }],
    timeLimits: { factor: 1, source: 'default' },
    tried: [],
  })
})

test.each([new Error('boom'), new CapstanError('no-engine', 'boom')])(
  'an error without help gets a general one (%#)',
  (error) => {
    expect(doctor(error).problems).toEqual([{ message: 'boom', help: expect.stringContaining('Start') }])
  },
)

test('an engine that a Docker context names is reported with the name', () => {
  expect(doctor({ ...found(), source: 'context', context: 'colima' }).engine).toMatchObject({
    source: 'context',
    context: 'colima',
  })
})

test('a search without success tells what it tried, and so does a failure after it', () => {
  const error = new CapstanError('no-engine', 'No Docker Engine answers.', { help: 'Start it.' })
  expect(doctor(new EngineNotFound(error, TRIED))).toMatchObject({
    tried: TRIED,
    problems: [{ message: 'No Docker Engine answers.', help: 'Start it.' }],
  })
  expect(doctor(error, { tried: TRIED })).toMatchObject({ ok: false, tried: TRIED })
})
