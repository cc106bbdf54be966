/** Builds the app into dist/ when its sources are not the ones that it was built from. */
import { createHash } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { forgetCompiledCode } from './compiled-code.mjs'
import { step } from './log.mjs'
import { mustRun, ROOT } from './run.mjs'

const VITE = 'node_modules/vite/bin/vite.js'
const vite = (config) => [VITE, 'build', '--config', config, '--logLevel', 'warn']

/**
 * The parts of the app, each with the program that builds it and the sources that it is built from. A later part may use
 * an earlier one.
 */
export const PARTS = [
  {
    name: 'main',
    program: vite('vite.main.config.ts'),
    sources: [
      'main',
      'engine',
      'exam',
      'shared',
      'vite.main.config.ts',
      'setup/thread-plugin.mjs',
      'setup/nothing.mjs',
      'package-lock.json',
    ],
  },
  {
    name: 'preload',
    program: vite('vite.preload.config.ts'),
    sources: ['main/electron/preload.ts', 'vite.preload.config.ts', 'package-lock.json'],
  },
  {
    name: 'renderer',
    program: vite('vite.renderer.config.ts'),
    sources: [
      'renderer',
      'main/api',
      'shared',
      'vite.renderer.config.ts',
      'setup/gzip-plugin.mjs',
      'package-lock.json',
    ],
  },
  {
    name: 'bank',
    program: ['dist/main/build-bank.js', '.', 'dist/bank.jsonl'],
    sources: ['questions', 'exam', 'main/services/bank', 'shared', 'package-lock.json'],
  },
  {
    name: 'labs',
    program: ['dist/main/build-labs.js', '.', 'dist/labs.json'],
    sources: ['labs', 'engine', 'main/services/trust', 'shared', 'package-lock.json'],
  },
  {
    name: 'path',
    program: ['dist/main/build-path.js', '.', 'dist/path.json'],
    sources: ['labs/paths', 'questions', 'exam', 'main/services/path', 'shared', 'package-lock.json'],
  },
]

/**
 * Adds the names and contents of files to a hash. Tests are not part of the app. A link or a pipe that somebody put
 * among the labs is named and not opened: reading it could wait for good.
 */
function addTo(hash, root, path) {
  const file = join(root, path)
  const status = lstatSync(file)
  if (status.isDirectory()) {
    for (const name of readdirSync(file).sort()) addTo(hash, root, `${path}/${name}`)
  } else if (!/\.test(-kit)?\.tsx?$/.test(path)) {
    hash.update(path).update(status.isFile() ? readFileSync(file) : 'not a file')
  }
}

function sourceHash(root, sources) {
  const hash = createHash('sha256')
  for (const source of sources) addTo(hash, root, source)
  return hash.digest('hex')
}

/** Vite takes the rest of a path for a query or a fragment from these characters on. */
const CUTS_PATHS = /[#?]/

/**
 * A path of the project that Vite can build: the project's own, or a link to it.
 * @returns {{ path: string, remove: () => void }}
 */
export function buildableRoot(root = ROOT) {
  if (!CUTS_PATHS.test(root)) return { path: root, remove: () => undefined }
  const folder = mkdtempSync(join(tmpdir(), 'capstan-build-'))
  const path = join(folder, 'capstan')
  symlinkSync(root, path, 'junction')
  const remove = () => {
    unlinkSync(path)
    rmdirSync(folder)
  }
  return { path, remove }
}

async function buildPart({ name, program }) {
  const { path, remove } = buildableRoot()
  const env = { ...process.env, CAPSTAN_BUILD_ROOT: path }
  try {
    await step(`Building ${name}, a few seconds`, () => mustRun(process.execPath, program, { env }))
  } finally {
    remove()
  }
}

export async function ensureBuild({ root = ROOT, parts = PARTS, build = buildPart } = {}) {
  for (const part of parts) {
    const mark = join(root, 'dist', `.${part.name}`)
    const hash = sourceHash(root, part.sources)
    if (existsSync(mark) && readFileSync(mark, 'utf8') === hash) continue
    forgetCompiledCode(root)
    await build(part)
    mkdirSync(join(root, 'dist'), { recursive: true })
    writeFileSync(mark, hash)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await ensureBuild()
}
