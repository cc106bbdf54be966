/** Random folders of labs, through the catalogue, the linter and the copy into a node. */
import { execFileSync } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memoryEngine } from '../../engine/docker/testing/index.test-kit'
import { lintCatalogue, loadCatalogue } from '../../engine/labs'
import { LabNode } from '../../engine/node'
import { isCapstanError } from '../../shared/errors'
import { fuzz, fuzzTimeout } from './fuzz'

const LABS = fileURLToPath(new URL('../../labs', import.meta.url))
const GOOD = 'images/multi-stage-build'
/** Stands in files outside of the labs, which nothing may ever read. */
const SECRET = 'SECRET-OF-THE-HOST'
const KNOWN = { images: [], capabilities: [] }

let root: string
let real: readonly string[]
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'capstan-fuzz-labs-'))
  await mkdir(join(root, 'outside'))
  await writeFile(join(root, 'outside/secret'), SECRET)
  await cp(join(LABS, GOOD), join(root, 'labs', GOOD), { recursive: true })
  const names = [GOOD, 'networking/published-ports', 'tasks/a-stack-with-a-secret']
  real = await Promise.all(names.map((name) => readFile(join(LABS, name, 'lab.yaml'), 'utf8')))
})
afterAll(async () => await rm(root, { recursive: true, force: true }))

/** What stands at a path of the lab's folder. */
type Entry =
  | { readonly kind: 'file'; readonly text: string; readonly size: number }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'pipe' }
  | { readonly kind: 'folder' }

interface Folder {
  readonly name: string
  readonly yaml: (originals: readonly string[]) => string
  readonly entries: readonly (readonly [path: string, Entry])[]
}

const TARGETS = [
  '../../../outside',
  '../../../outside/secret',
  '/dev/zero',
  '.',
  'lab.yaml',
  'nowhere',
  '..',
  'odd',
]
const PATHS = [
  'lab.yaml',
  '1.md',
  'one.sh',
  'app',
  'app/a',
  'app/b',
  'app/deep/c',
  'odd',
  'x'.repeat(200),
  'd/'.repeat(20),
]

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('# One\n\nText.\n', 'true\n', '\0', '\u001b]0;x\u0007', '\ud800', '\uFEFFtext\r\n'),
)
const entry: fc.Arbitrary<Entry> = fc.oneof(
  fc.record({
    kind: fc.constant('file' as const),
    text,
    size: fc.constantFrom(0, 0, 0, 40_000, 2 ** 21, 2 ** 34),
  }),
  fc.record({ kind: fc.constant('link' as const), target: fc.constantFrom(...TARGETS) }),
  fc.record({ kind: fc.constant('pipe' as const) }),
  fc.record({ kind: fc.constant('folder' as const) }),
)

/** YAML by its own signs, and values where a lab has others. */
const signs = fc.array(
  fc.constantFrom(
    '[',
    ']',
    '{',
    '}',
    '- ',
    '? ',
    ': ',
    '&a ',
    '*a',
    '!x ',
    '|\n',
    '>\n',
    '"',
    "'",
    '#',
    '%',
    '\n',
    '  ',
    '\t',
    'a',
    '1',
    '---\n',
    ',',
    '\0',
    '\u0085',
    'title: ',
    'steps:\n',
  ),
  { maxLength: 400 },
)
const grammar = fc
  .tuple(signs, fc.constantFrom(1, 1, 1, 50, 2_000))
  .map(([parts, times]) => parts.join('').repeat(times))
const mutated = fc.tuple(
  fc.nat(2),
  fc.array(fc.tuple(fc.nat(20_000), fc.nat(40), fc.oneof(text, grammar)), { maxLength: 5 }),
)
const files = fc.constantFrom('app', 'app/a', 'odd', '.', '..', '../../outside', '/etc/hostname', 'app/../..')
const written = fc.tuple(files, files).map(
  ([one, other]) =>
    () =>
      `title: A lab
summary: For the fuzz test.
difficulty: easy
minutes: 5
nodes: { node1: {} }
files: [{ from: ${one}, to: /root/app }, { from: ${other}, to: /srv }]
steps: [{ id: one, text: ${one === 'app' ? '1.md' : other}, solution: one.sh, checks: [{ name: It is there, file: /root/a, expect: /a+/ }] }]
`,
)
const yaml = fc.oneof(
  written,
  grammar.map((value) => () => value),
  mutated.map(
    ([which, changes]) =>
      (originals: readonly string[]) =>
        changes.reduce(
          (whole, [at, cut, part]) =>
            `${whole.slice(0, at % whole.length)}${part}${whole.slice((at % whole.length) + cut)}`,
          originals[which] ?? '',
        ),
  ),
)

const folders: fc.Arbitrary<Folder> = fc.record({
  name: fc.constantFrom(
    'aaa/bad',
    'networking/bad',
    'aaa/multi-stage-build',
    'zzz/__proto__',
    'tasks/constructor',
    'aaa/B\u001bd',
  ),
  yaml,
  entries: fc.array(fc.tuple(fc.constantFrom(...PATHS), entry), { maxLength: 5 }),
})

async function write({ name, yaml: make, entries }: Folder): Promise<void> {
  const folder = join(root, 'labs', name)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, '1.md'), '# One\n\nText.\n')
  await writeFile(join(folder, 'one.sh'), 'true\n')
  await writeFile(join(folder, 'lab.yaml'), make(real))
  for (const [path, what] of entries) await place(join(folder, path), what).catch(() => undefined)
}

/** Puts an entry at a path. What the system refuses, such as a file in a file, is left out. */
async function place(path: string, what: Entry): Promise<void> {
  // Nothing is written through a link that stands there already.
  await rm(path, { force: true })
  await mkdir(dirname(path), { recursive: true })
  if (what.kind === 'link') await symlink(what.target, path)
  else if (what.kind === 'folder') await mkdir(path)
  else if (what.kind === 'pipe') execFileSync('mkfifo', [path], { stdio: 'ignore' })
  else {
    await writeFile(path, what.text, { flag: 'wx' })
    if (what.size > 0) await truncate(path, what.size)
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
  await fuzz('lab folders', folders, async (folder) => {
    await write(folder)
    try {
      const shipped = [GOOD]
      const results = await loadCatalogue(join(root, 'labs'), { shipped })
      expect(results.find(({ domain, id }) => `${domain}/${id}` === GOOD)?.lab).not.toBeNull()
      const linted = await lintCatalogue(join(root, 'labs'), KNOWN)
      const problems = [...results, ...linted].flatMap((result) => result.problems)
      for (const { line, message } of problems) {
        expect(line).toBeGreaterThan(0)
        expect(message.length).toBeLessThan(2_000)
      }
      for (const { lab, problems: own } of results) expect(lab !== null || own.length > 0).toBe(true)
      expect(JSON.stringify([results, linted])).not.toContain(SECRET)
      await copyAll(
        join(root, 'labs', folder.name),
        results.flatMap(({ lab }) => lab?.files ?? []),
      )
    } finally {
      await rm(join(root, 'labs', folder.name), { recursive: true, force: true })
    }
  })
})

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
