import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tryLock } from '../../shared/system/lock'
import { type RunCommand, runCommand } from './commands'
import { packageEnvironment, RENEW_AFTER_MS, unpackPackages } from './packages'
import type { Progress } from './setup-progress'

let home: string
let progress: Progress[]
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'capstan-packages-'))
  progress = []
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const onProgress = (one: Progress) => void progress.push(one)

/** Downloads two packages and unpacks a file from each, as apt-get and dpkg would. */
function machine() {
  const commands: string[] = []
  const run: RunCommand = async (command, args, { cwd = '' } = {}) => {
    commands.push([command, ...args].join(' '))
    if (args.includes('download')) for (const name of ['a.deb', 'b.deb']) writeFileSync(join(cwd, name), '')
    if (command !== 'dpkg') return
    const [, deb = '', root = ''] = args
    mkdirSync(join(root, 'usr/sbin'), { recursive: true })
    writeFileSync(join(root, 'usr/sbin', deb.endsWith('a.deb') ? 'iptables' : 'dockerd'), '')
  }
  return { commands, run }
}

/** A program that writes these words to stderr and fails. */
const failing = (words: string): RunCommand => {
  return async () => {
    throw Object.assign(new Error('exit code 100'), { stderr: `first\n${words}\n` })
  }
}

test('the packages are listed, downloaded and unpacked, and nothing is installed', async () => {
  const { commands, run } = machine()
  const root = await unpackPackages({ home, onProgress, run })
  expect(root).toBe(join(home, 'packages'))
  expect(
    commands.map((command) =>
      command
        .replace(/-o \S+ /g, '')
        .split(' ')
        .slice(0, 2)
        .join(' '),
    ),
  ).toEqual(['apt-get update', 'apt-get download', 'dpkg -x', 'dpkg -x'])
  expect(commands[0]).toContain(`Dir::State::lists=${join(home, 'apt/lists')}`)
  expect(existsSync(join(root, 'usr/sbin/dockerd'))).toBe(true)
  expect(readlinkSync(join(root, 'usr/sbin/iptables'))).toBe('xtables-nft-multi')
  expect(readlinkSync(join(root, 'usr/sbin/ip6tables-restore'))).toBe('xtables-nft-multi')
  expect(readdirSync(home).sort()).toEqual(['apt', 'packages', 'packages.lock'])
  expect(progress.map(({ state }) => state)).toEqual(['running', 'running', 'running', 'running', 'done'])
})

test('packages that are there already are not fetched again', async () => {
  mkdirSync(join(home, 'packages'))
  const { commands, run } = machine()
  await unpackPackages({ home, onProgress, run })
  expect(commands).toEqual([])
  expect(progress).toEqual([])
})

test('two that need them at once fetch them once', async () => {
  const { commands, run } = machine()
  await Promise.all([1, 2].map(() => unpackPackages({ home, onProgress, run })))
  expect(commands.filter((command) => command.includes('download'))).toHaveLength(1)
})

test('an attempt that failed half-way leaves no folder that looks whole, and the next one starts again', async () => {
  const { run } = machine()
  const half: RunCommand = async (command, args, options) => {
    await run(command, args, options)
    if (command === 'dpkg') throw new Error('killed')
  }
  await expect(unpackPackages({ home, onProgress, run: half })).rejects.toMatchObject({ code: 'no-engine' })
  expect(existsSync(join(home, 'packages'))).toBe(false)
  expect(existsSync(await unpackPackages({ home, onProgress, run }))).toBe(true)
  expect(readdirSync(home)).not.toContain('packages.half')
})

test.each([
  ['E: Unable to locate package docker.io', 'no-engine', 'Unable to locate package'],
  ['dpkg: write failed (No space left on device)', 'no-space', 'The disk is full'],
])('where apt says "%s", that is an error with help', async (words, code, message) => {
  const unpack = unpackPackages({ home, onProgress, run: failing(words) })
  await expect(unpack).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
    help: expect.any(String),
  })
  expect(progress.at(-1)).toMatchObject({ state: 'failed', detail: expect.stringContaining(message) })
})

test('where there is no apt, the error names it', async () => {
  const run: RunCommand = () => Promise.reject(new Error('spawn apt-get ENOENT'))
  await expect(unpackPackages({ home, onProgress, run })).rejects.toThrow('apt-get is not here')
})

test('aborting during a download ends it at once, and frees the lock for the next attempt', async () => {
  const abort = new AbortController()
  // The list of packages is there at once; a real process stands for the slow download.
  const slow: RunCommand = async (_command, args, options) => {
    if (!args.includes('download')) return
    const download = runCommand('sleep', ['300'], options)
    abort.abort()
    await download
  }
  const begin = performance.now()
  const unpack = unpackPackages({ home, onProgress, run: slow, signal: abort.signal })
  await expect(unpack).rejects.toMatchObject({ code: 'cancelled' })
  expect(performance.now() - begin).toBeLessThan(4_000)
  await unpackPackages({ home, onProgress, run: machine().run })
})

test('aborting while another process fetches them ends the waiting', async () => {
  const abort = new AbortController()
  const { lock } = tryLock(join(home, 'packages.lock'))
  const unpack = unpackPackages({ home, onProgress, run: machine().run, signal: abort.signal })
  abort.abort(new Error('given up'))
  await expect(unpack).rejects.toThrow('given up')
  lock?.release()
})

test.each([
  ['a program that was changed', (root: string) => writeFileSync(join(root, 'usr/sbin/dockerd'), 'evil')],
  ['a program that was added', (root: string) => writeFileSync(join(root, 'usr/sbin/runc'), 'evil')],
  ['a program that is gone', (root: string) => rmSync(join(root, 'usr/sbin/dockerd'))],
  ['a program that everybody may write', (root: string) => chmodSync(join(root, 'usr/sbin/dockerd'), 0o666)],
  ['a folder that everybody may write', (root: string) => chmodSync(root, 0o777)],
])('%s is refused, with the way out', async (_what, change) => {
  const root = await unpackPackages({ home, onProgress, run: machine().run })
  change(root)
  const again = unpackPackages({ home, onProgress, run: machine().run })
  await expect(again).rejects.toMatchObject({
    code: 'no-engine',
    message: expect.stringContaining(root),
    help: expect.stringMatching(/Remove|chmod/),
  })
})

test.skipIf(process.getuid?.() !== 0)('a program of another user is refused (needs root)', async () => {
  const root = await unpackPackages({ home, onProgress, run: machine().run })
  chownSync(join(root, 'usr/sbin/dockerd'), 12_345, 0)
  await expect(unpackPackages({ home, onProgress, run: machine().run })).rejects.toThrow('another user')
})

const later = () => new Date(Date.now() + RENEW_AFTER_MS + 1_000)

test('old packages are fetched again, and new ones are not', async () => {
  const { commands, run } = machine()
  await unpackPackages({ home, onProgress, run })
  await unpackPackages({ home, onProgress, run })
  expect(commands.filter((command) => command.includes('download'))).toHaveLength(1)
  await unpackPackages({ home, onProgress, run, now: later })
  expect(commands.filter((command) => command.includes('download'))).toHaveLength(2)
  expect(readdirSync(home).sort()).toEqual(['apt', 'packages', 'packages.lock'])
})

test('old packages that cannot be fetched again are used as they are, and the set-up says so', async () => {
  const root = await unpackPackages({ home, onProgress, run: machine().run })
  expect(await unpackPackages({ home, onProgress, run: failing('no network'), now: later })).toBe(root)
  expect(progress.at(-1)).toMatchObject({ state: 'failed', detail: expect.stringContaining('no network') })
})

test('a process that was killed while it replaced them left a whole folder', async () => {
  const root = await unpackPackages({ home, onProgress, run: machine().run })
  renameSync(root, `${root}.old`)
  const { commands, run } = machine()
  await unpackPackages({ home, onProgress, run })
  expect(commands).toEqual([])
})

test('the unpacked programs come first on the PATH, and those of the machine after them', () => {
  const {
    PATH = '',
    LD_LIBRARY_PATH = '',
    WORD,
  } = packageEnvironment('/root', { PATH: '/own', WORD: 'kept' })
  const folders = PATH.split(delimiter)
  expect(folders[0]).toBe('/root/usr/sbin')
  expect(folders.indexOf('/own')).toBeGreaterThan(folders.indexOf('/root/bin'))
  expect(folders).toContain('/usr/bin')
  expect(LD_LIBRARY_PATH.split(delimiter).every((folder) => folder.startsWith('/root/'))).toBe(true)
  expect(WORD).toBe('kept')
})
