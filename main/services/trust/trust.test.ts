import { beforeEach, expect, test } from 'vitest'
import { fakeLab } from '../../../test/fakes/labs'
import { Trust } from './trust'

const OURS = fakeLab({ id: 'ours', directory: '/capstan/labs/ours' })
const THEIRS = fakeLab({
  id: 'theirs',
  directory: '/home/u/labs/theirs',
  setup: [
    { on: 'node1', file: 'setup.sh', text: 'echo' },
    { on: 'node1', action: 'stop' },
  ],
  files: [{ from: '/home/u/labs/theirs/app', to: '/root/app', on: 'node1' }],
})

let hashes: Record<string, string>
let kept: Map<string, object>
let trust: Trust

beforeEach(async () => {
  hashes = { [OURS.directory]: 'hash of ours', [THEIRS.directory]: 'hash of theirs' }
  kept = new Map()
  trust = new Trust({
    shipped: async () => new Map([['ours', 'hash of ours']]),
    hashOf: async (directory) => {
      const hash = hashes[directory]
      if (hash === undefined) throw new Error('It cannot be read.')
      return hash
    },
    consents: {
      has: (hash) => kept.has(hash),
      add: async (hash, lab) => void kept.set(hash, lab),
    },
    isolation: () => 'host-root',
  })
  await trust.look([OURS, THEIRS])
})

test('a lab that ships runs without a question', async () => {
  expect(trust.consentFor(OURS)).toBeNull()
  await trust.assertAllowed(OURS)
  await trust.allow(OURS, 'hash of ours')
  expect(kept.size).toBe(0)
})

test('another lab says what it would do, and does not run', async () => {
  expect(trust.consentFor(THEIRS)).toEqual({
    hash: 'hash of theirs',
    folder: '/home/u/labs/theirs',
    scripts: 1,
    files: 1,
    isolation: 'host-root',
  })
  await expect(trust.assertAllowed(THEIRS)).rejects.toMatchObject({ code: 'consent-needed' })
})

test('it runs once it was allowed, in later runs of the app too', async () => {
  await trust.allow(THEIRS, 'hash of theirs')
  await trust.assertAllowed(THEIRS)
  expect(trust.consentFor(THEIRS)).toBeNull()
  expect(kept.get('hash of theirs')).toEqual({ id: 'theirs', folder: '/home/u/labs/theirs' })
})

test('a lab whose files change after the consent does not run, and asks again when it is read again', async () => {
  await trust.allow(THEIRS, 'hash of theirs')
  hashes[THEIRS.directory] = 'hash of something else'
  await expect(trust.assertAllowed(THEIRS)).rejects.toMatchObject({ code: 'lab-changed' })
  await trust.look([OURS, THEIRS])
  expect(trust.consentFor(THEIRS)?.hash).toBe('hash of something else')
  await expect(trust.assertAllowed(THEIRS)).rejects.toMatchObject({ code: 'consent-needed' })
})

test('consent to something else than what is there is refused', async () => {
  await expect(trust.allow(THEIRS, 'hash of nothing')).rejects.toMatchObject({ code: 'lab-changed' })
  hashes[THEIRS.directory] = 'changed while the question was on the screen'
  await expect(trust.allow(THEIRS, 'hash of theirs')).rejects.toMatchObject({ code: 'lab-changed' })
  expect(kept.size).toBe(0)
})

test('a lab of ours that somebody has changed is not ours any more', async () => {
  hashes[OURS.directory] = 'changed'
  await trust.look([OURS])
  expect(trust.consentFor(OURS)).toMatchObject({ hash: 'changed' })
})

test('a foreign lab with the name of one that ships is not that lab', async () => {
  const impostor = fakeLab({ id: 'ours', directory: THEIRS.directory })
  await trust.look([impostor])
  expect(trust.consentFor(impostor)).not.toBeNull()
})

test('a folder that cannot be hashed cannot be allowed', async () => {
  delete hashes[THEIRS.directory]
  await trust.look([THEIRS])
  await expect(trust.assertAllowed(THEIRS)).rejects.toMatchObject({ code: 'consent-needed' })
  await expect(trust.allow(THEIRS, 'unreadable')).rejects.toThrow('It cannot be read.')
})
