import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../../shared/system/wait'
import { LIMITS, readTree } from '.'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'capstan-tree-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = (path: string) => join(folder, path)
const flawsOf = async (path = folder) =>
  (await readTree(path)).flaws.map(({ path, reason }) => `${path} ${reason}`)

test('files and folders are read, sorted by their paths', async () => {
  mkdirSync(at('app/deep'), { recursive: true })
  writeFileSync(at('app/deep/data'), 'data')
  writeFileSync(at('app/run.sh'), 'echo', { mode: 0o755 })
  writeFileSync(at('lab.yaml'), 'title')
  const { files, folders, flaws } = await readTree(folder)
  expect(flaws).toEqual([])
  expect(folders).toEqual(['app', 'app/deep'])
  expect(files.map(({ path, isExecutable, content }) => [path, isExecutable, String(content)])).toEqual([
    ['app/deep/data', false, 'data'],
    ['app/run.sh', true, 'echo'],
    ['lab.yaml', false, 'title'],
  ])
})

test('a single file is read by its own path', async () => {
  writeFileSync(at('one'), '1')
  expect((await readTree(at('one'))).files).toMatchObject([{ path: '', content: Buffer.from('1') }])
})

test('the files of git and of the desktop are no part of a lab', async () => {
  mkdirSync(at('.git'))
  symlinkSync('/etc', at('.git/link'))
  writeFileSync(at('.DS_Store'), '')
  expect(await readTree(folder)).toEqual({ files: [], folders: [], flaws: [], isWhole: true })
})

describe('what no lab may hold is told, and never opened', () => {
  test.each([
    ['a link to a file outside', '/etc/hostname'],
    ['a link to a folder outside', '../../../..'],
    ['a link that stays inside', 'file'],
    ['a broken link', 'nowhere'],
    ['a link to itself', 'odd'],
    ['a link to an endless device', '/dev/zero'],
  ])('%s', async (_what, target) => {
    writeFileSync(at('file'), '')
    symlinkSync(target, at('odd'))
    expect(await flawsOf()).toEqual(['odd is a link'])
  })

  test('a pipe, which would never end', async () => {
    execFileSync('mkfifo', [at('pipe')])
    expect(await flawsOf()).toEqual(['pipe is a pipe'])
    expect(await flawsOf(at('pipe'))).toEqual([' is a pipe'])
  })

  test('a socket', async () => {
    const server = createServer().listen(at('socket'))
    try {
      await new Promise((resolve) => server.once('listening', resolve))
      expect(await flawsOf()).toEqual(['socket is a socket'])
    } finally {
      server.close()
    }
  })

  test('a device', async (context) => {
    try {
      execFileSync('mknod', [at('zero'), 'c', '1', '5'], { stdio: 'pipe' })
    } catch {
      context.skip('Only root can make a device.')
    }
    expect(await flawsOf()).toEqual(['zero is a device'])
  })

  test('the folder itself is a link', async () => {
    mkdirSync(at('real'))
    writeFileSync(at('real/secret'), '')
    symlinkSync('real', at('link'))
    expect(await readTree(at('link'))).toMatchObject({
      files: [],
      flaws: [{ path: '', reason: 'is a link' }],
    })
  })

  test('a name with a control character', async () => {
    writeFileSync(at('a\u001b]0;evil'), '')
    expect(await flawsOf()).toEqual(['a?]0;evil has a name that a lab may not use'])
  })

  test('a name that is not UTF-8', async (context) => {
    try {
      writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x61, 0xff])]), '')
    } catch {
      context.skip('This file system takes names in UTF-8 only.')
    }
    expect(await flawsOf()).toEqual(['a? has a name that a lab may not use'])
  })

  test('a name that is too long', async () => {
    writeFileSync(at('x'.repeat(LIMITS.nameBytes + 1)), '')
    expect(await flawsOf()).toEqual([`${'x'.repeat(LIMITS.nameBytes)} has a name that a lab may not use`])
  })
})

describe('a folder beyond a limit is read no further', () => {
  test('too many entries', async () => {
    for (let index = 0; index <= LIMITS.entries; index++) writeFileSync(at(`${index}`), '')
    expect(await flawsOf()).toEqual([' is more than a lab may hold'])
  })

  test('too many bytes in one file, which needs no disk', async () => {
    writeFileSync(at('huge'), '')
    truncateSync(at('huge'), 2 ** 40)
    expect(await flawsOf()).toEqual(['huge is more than a lab may hold'])
  })

  test('too many bytes in all', async () => {
    for (const name of ['a', 'b']) {
      writeFileSync(at(name), '')
      truncateSync(at(name), LIMITS.bytes / 2 + 1)
    }
    expect(await flawsOf()).toEqual([expect.stringMatching(/^[ab] is more than a lab may hold$/)])
  })

  test('folders that are too deep', async () => {
    mkdirSync(
      at(
        Array(LIMITS.depth + 5)
          .fill('d')
          .join('/'),
      ),
      { recursive: true },
    )
    expect(await flawsOf()).toEqual([
      `${Array(LIMITS.depth + 1)
        .fill('d')
        .join('/')} is more than a lab may hold`,
    ])
  })
})

test.runIf(process.platform === 'linux')(
  'a folder that becomes a link while it is read gives nothing from outside',
  async () => {
    mkdirSync(at('lab/app'), { recursive: true })
    mkdirSync(at('outside'))
    writeFileSync(at('lab/app/file'), 'inside')
    writeFileSync(at('outside/file'), 'SECRET')
    // Another program swaps the folder for a link and back all the time, each time at another moment of the reading.
    let isOver = false
    const moments = async (count: number) => {
      for (let moment = 0; moment < count; moment++) await new Promise(setImmediate)
    }
    const swapping = (async () => {
      symlinkSync('../outside', at('lab/link'))
      for (let turn = 0; !isOver; turn++) {
        renameSync(at('lab/app'), at('kept'))
        renameSync(at('lab/link'), at('lab/app'))
        await moments(1 + (turn % 7))
        renameSync(at('lab/app'), at('lab/link'))
        renameSync(at('kept'), at('lab/app'))
        await moments(1 + (turn % 5))
      }
    })()
    const seen = new Set<string>()
    const told = new Set<string>()
    const read = async () => {
      const { files, flaws } = await readTree(at('lab'))
      for (const { content } of files) seen.add(String(content))
      for (const { path, reason } of flaws) told.add(`${path} ${reason}`)
      return seen.size > 0 && told.has('app is a link')
    }
    for (let round = 0; round < 300; round++) await read()
    const hasMetBoth = await until(read, { limitMs: 20_000, everyMs: 0 })
    isOver = true
    await swapping
    expect(hasMetBoth).toBe(true)
    expect([...seen]).toEqual(['inside'])
  },
)

test('reading ends when it is cancelled', async () => {
  await expect(readTree(folder, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
})

test('a folder that is not there is the error of the system', async () => {
  await expect(readTree(at('nowhere'))).rejects.toMatchObject({ code: 'ENOENT' })
})
