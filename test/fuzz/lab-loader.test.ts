/** Random folders of labs, through the catalogue, the linter and the copy into a node. */
import { execFileSync } from 'node:child_process'
import {
  createReadStream,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memoryEngine } from '../../engine/docker/testing/index.test-kit'
import { type LabResult, lintCatalogue, loadCatalogue } from '../../engine/labs'
import { LabNode } from '../../engine/node'
import { isCapstanError } from '../../shared/errors'
import { fuzz, fuzzTimeout } from './fuzz'
import { type Entry, type Folder, folders } from './lab-folders'

const LABS = fileURLToPath(new URL('../../labs', import.meta.url))
const GOOD = 'images/good'
/** Stands in files outside of the labs, which nothing may ever read. */
const SECRET = 'SECRET-OF-THE-HOST'
const KNOWN = { images: [], capabilities: [], engines: [] }
/** Folders are in memory where the system can keep them there: most of an input's time is spent on its files. */
const [MEMORY] = ['/dev/shm', tmpdir()].filter((place) => existsSync(place))

/** What the bad lab begins as, and what the good one is. */
const FILES: Readonly<Record<string, string>> = { '1.md': '# One\n\nText.\n', 'one.sh': 'true\n' }
const GOOD_LAB = `title: A lab
summary: It stays as it is.
difficulty: easy
minutes: 5
nodes: { node1: {} }
files: [{ from: 1.md, to: /root/1.md }]
steps: [{ id: one, text: 1.md, solution: one.sh, checks: [{ name: It is there, file: /root/a, expect: /a+/, expected: the letter a }] }]
`

let root: string
let pipe: string
let real: readonly string[]
beforeAll(() => {
  root = mkdtempSync(join(MEMORY ?? tmpdir(), 'capstan-fuzz-labs-'))
  mkdirSync(join(root, 'outside'))
  writeFileSync(join(root, 'outside/secret'), SECRET)
  // One program makes one pipe, and further names of it are all that an input needs.
  pipe = join(root, 'outside/pipe')
  execFileSync('mkfifo', [pipe], { stdio: 'ignore' })
  writeLab(GOOD, GOOD_LAB)
  const names = ['images/multi-stage-build', 'networking/published-ports', 'tasks/a-stack-with-a-secret']
  real = names.map((name) => readFileSync(join(LABS, name, 'lab.yaml'), 'utf8'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

function writeLab(name: string, yaml: string): void {
  const folder = join(root, 'labs', name)
  mkdirSync(folder, { recursive: true })
  for (const [path, content] of Object.entries({ ...FILES, 'lab.yaml': yaml }))
    writeFileSync(join(folder, path), content)
}

function write({ name, yaml: make, entries }: Folder): void {
  writeLab(name, make(real))
  for (const [path, what] of entries) place(join(root, 'labs', name, path), what)
}

/** Puts an entry at a path. What the system refuses, such as a file in a file, is left out. */
function place(path: string, what: Entry): void {
  try {
    // Nothing is written through a link that stands there already.
    rmSync(path, { force: true })
    mkdirSync(dirname(path), { recursive: true })
    put(path, what)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}

function put(path: string, what: Entry): void {
  if (what.kind === 'link') symlinkSync(what.target, path)
  else if (what.kind === 'folder') mkdirSync(path)
  else if (what.kind === 'pipe') linkSync(pipe, path)
  else {
    writeFileSync(path, what.text, { flag: 'wx' })
    if (what.size > 0) truncateSync(path, what.size)
  }
}

/** A node whose engine keeps what is copied into it. */
async function aNode(): Promise<{ node: LabNode; copied: Buffer[] }> {
  const engine = memoryEngine()
  const containerId = await engine.docker.containers.create({ Image: 'node' })
  const copied: Buffer[] = []
  engine.docker.containers.copyIn = async (_id, _path, archive) => {
    copied.push(await buffer(archive as Readable))
  }
  return { node: new LabNode({ outer: engine.docker, containerId, name: 'node1', topologyId: 't' }), copied }
}

test('no folder hides a good lab, hangs, throws what has no code, or reads outside of itself', {
  timeout: fuzzTimeout(),
}, async () => {
  const inputs = fc.tuple(folders, fc.constantFrom('load', 'lint'))
  await fuzz('lab folders', inputs, async ([folder, way]) => {
    write(folder)
    try {
      const labs = join(root, 'labs')
      const results =
        way === 'load' ? await loadCatalogue(labs, { shipped: [GOOD] }) : await lintCatalogue(labs, KNOWN)
      checkResults(results, way === 'load' || !folder.name.endsWith('/good'))
      await copyAll(
        join(labs, folder.name),
        results.flatMap(({ lab }) => lab?.files ?? []),
      )
    } finally {
      rmSync(join(root, 'labs', folder.name), { recursive: true, force: true })
    }
  })
})

/** @param isAlone no other lab can take the good one's id */
function checkResults(results: readonly LabResult[], isAlone: boolean): void {
  const good = results.find(({ domain, id }) => `${domain}/${id}` === GOOD)
  if (isAlone) expect(good?.lab).not.toBeNull()
  for (const { line, message } of results.flatMap(({ problems }) => problems)) {
    expect(line).toBeGreaterThan(0)
    expect(message.length).toBeLessThan(2_000)
  }
  for (const { lab, problems } of results) expect(lab !== null || problems.length > 0).toBe(true)
  expect(JSON.stringify(results)).not.toContain(SECRET)
}

/** Copies what the labs name, and paths of the bad one as if its loader had let it through. */
async function copyAll(
  folder: string,
  loaded: readonly { readonly from: string; readonly hash?: string }[],
): Promise<void> {
  const { node, copied } = await aNode()
  const all = [
    ...loaded,
    ...['', 'app', 'odd'].map((path) => ({ from: join(folder, path), hash: undefined })),
  ]
  for (const { from, hash } of all) {
    await node.copyIn(from, '/root/app', hash).catch((error: unknown) => {
      if (!isCapstanError(error, 'lab-invalid')) throw error
    })
  }
  expect(Buffer.concat(copied).includes(SECRET)).toBe(false)
}

test('the secret would be found where it could be read', async () => {
  expect(String(await buffer(createReadStream(join(root, 'outside/secret'))))).toBe(SECRET)
})
