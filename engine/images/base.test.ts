import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { type MemoryEngine, memoryEngine } from '../docker/testing/index.test-kit'
import { type BaseParts, prepareBase } from './base'

const PULLED = 'debian:bookworm-slim'
const BOOTSTRAPPED = 'capstan/base:bookworm'

let home: string
let engine: MemoryEngine
let made: string[]
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'capstan-base-'))
  engine = memoryEngine()
  made = []
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

async function prepare(parts: BaseParts = {}): Promise<string> {
  const options = {
    docker: engine.docker,
    suite: 'bookworm' as const,
    home,
    onProgress: () => undefined,
    report: () => undefined,
    signal: new AbortController().signal,
  }
  return await prepareBase(options, {
    platform: 'linux',
    makeDebian: async (_options, path) => {
      made.push(path)
      writeFileSync(path, 'a root file system')
    },
    ...parts,
  })
}

const noRegistry = () => engine.failures.set('images.pull', new CapstanError('engine-refused', 'no route'))

test.each([PULLED, BOOTSTRAPPED])('a base %s that is there is taken', async (ref) => {
  engine.images.set(ref, 'id')
  expect(await prepare()).toBe(ref)
  expect(engine.calls).toEqual([])
})

test('where a registry answers, the base is pulled', async () => {
  expect(await prepare()).toBe(PULLED)
  expect(made).toEqual([])
})

test('where no registry answers, it is made and imported, and no archive stays behind', async () => {
  noRegistry()
  expect(await prepare()).toBe(BOOTSTRAPPED)
  expect(engine.images.has(BOOTSTRAPPED)).toBe(true)
  expect(made).toHaveLength(1)
  expect(existsSync(join(home, 'base-bookworm.tar'))).toBe(false)
  expect(existsSync(made[0] ?? home)).toBe(false)
})

test('an archive that is only half made is never imported', async () => {
  noRegistry()
  const makeDebian = async (_options: unknown, path: string) => {
    writeFileSync(path, 'half')
    throw new CapstanError('image-failed', 'no mirror')
  }
  await expect(prepare({ makeDebian })).rejects.toThrow('no mirror')
  expect(existsSync(join(home, 'base-bookworm.tar'))).toBe(false)
  expect(engine.calls.some((call) => call.startsWith('images.import'))).toBe(false)
})

test.each(['cancelled', 'no-space'] as const)('a pull that is %s makes nothing', async (code) => {
  engine.failures.set('images.pull', new CapstanError(code, 'words'))
  await expect(prepare()).rejects.toMatchObject({ code })
  expect(made).toEqual([])
})

test.each(['darwin', 'win32'] as const)('on %s it can only be pulled', async (platform) => {
  noRegistry()
  await expect(prepare({ platform })).rejects.toMatchObject({
    code: 'image-failed',
    help: expect.stringContaining('reaches its registry'),
  })
})
