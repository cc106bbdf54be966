import { beforeEach, expect, test } from 'vitest'
import type { LoadedLab } from '../../../engine'
import { fakeLab } from '../../../test/fakes/labs'
import { Trust } from './trust'

const OURS = fakeLab({ id: 'ours', hash: 'hash of ours' })
const THEIRS = fakeLab({
  id: 'theirs',
  directory: '/home/u/labs/theirs',
  hash: 'hash of theirs',
  setup: [
    { on: 'node1', file: 'setup.sh', text: 'echo' },
    { on: 'node1', action: 'stop' },
  ],
  files: [{ from: '/home/u/labs/theirs/app', to: '/root/app', on: 'node1', hash: 'hash of app' }],
})

let kept: Map<string, object>
let trust: Trust

beforeEach(() => {
  kept = new Map()
  trust = new Trust({
    shipped: () => new Map([['networking/ours', 'hash of ours']]),
    consents: {
      has: (hash) => kept.has(hash),
      add: async (hash, lab) => void kept.set(hash, lab),
    },
    isolation: () => 'host-root',
  })
})

test('a lab that ships runs without a question', async () => {
  expect(trust.consentFor(OURS)).toBeNull()
  trust.assertAllowed(OURS)
  await trust.allow(OURS, 'anything')
  expect(kept.size).toBe(0)
})

test('another lab says what it would do, and does not run', () => {
  expect(trust.consentFor(THEIRS)).toEqual({
    hash: 'hash of theirs',
    folder: '/home/u/labs/theirs',
    scripts: 1,
    files: 1,
    isolation: 'host-root',
  })
  expect(() => trust.assertAllowed(THEIRS)).toThrow(expect.objectContaining({ code: 'consent-needed' }))
})

test('a check that looks with a script runs by itself too, and one that looks in another way runs none', () => {
  const common = {
    name: 'A check',
    on: 'node1',
    within: 1,
    explain: null,
    missing: null,
    expected: null,
    secret: false,
    guard: false,
    points: 1,
  }
  const checks: LoadedLab['steps'][number]['checks'] = [
    { ...common, kind: 'exec', run: 'true', in: null, user: null, shell: 'bash', expect: {} },
    { ...common, kind: 'query', api: '/info', select: null, expect: 1 },
  ]
  const steps = THEIRS.steps.map((step) => ({ ...step, checks }))
  expect(trust.consentFor({ ...THEIRS, steps })?.scripts).toBe(2)
})

test('it runs once it was allowed, in later runs of the app too', async () => {
  await trust.allow(THEIRS, 'hash of theirs')
  trust.assertAllowed(THEIRS)
  expect(trust.consentFor(THEIRS)).toBeNull()
  expect(kept.get('hash of theirs')).toEqual({ id: 'theirs', folder: '/home/u/labs/theirs' })
})

test.each([
  ['a lab that was allowed, with other files', { ...THEIRS, hash: 'changed' }],
  ['a lab of ours, with other files', { ...OURS, hash: 'changed' }],
  ['a lab of ours, in another domain', { ...OURS, domain: 'storage' }],
  ['another lab with the name of one of ours', { ...THEIRS, id: 'ours' }],
])('%s asks for itself', async (_which, lab) => {
  if (lab.id === 'theirs') await trust.allow(THEIRS, THEIRS.hash)
  expect(trust.consentFor(lab)).toMatchObject({ hash: lab.hash })
  expect(() => trust.assertAllowed(lab)).toThrow(expect.objectContaining({ code: 'consent-needed' }))
})

test('consent to something else than what is there is refused', async () => {
  await expect(trust.allow(THEIRS, 'hash of nothing')).rejects.toMatchObject({ code: 'lab-changed' })
  expect(kept.size).toBe(0)
})
