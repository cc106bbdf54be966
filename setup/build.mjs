/** Builds the app into dist/, when its sources are not the ones it was built from. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { mustRun, ROOT } from './run.mjs'
import { step } from './say.mjs'

const VITE = 'node_modules/vite/bin/vite.js'
const vite = (config) => [VITE, 'build', '--config', config, '--logLevel', 'warn']

/** Each part with the program that builds it and the sources that it is built from. Later parts may use earlier ones. */
const PARTS = [
  {
    name: 'main',
    program: vite('vite.main.config.ts'),
    sources: ['main', 'engine', 'exam', 'shared', 'vite.main.config.ts', 'package-lock.json'],
  },
  {
    name: 'preload',
    program: vite('vite.preload.config.ts'),
    sources: ['main/electron/preload.ts', 'vite.preload.config.ts'],
  },
  {
    name: 'renderer',
    program: vite('vite.renderer.config.ts'),
    sources: ['renderer', 'main/api', 'shared', 'package-lock.json'],
  },
  {
    name: 'bank',
    program: ['dist/main/build-bank.js', '.', 'dist/bank.jsonl'],
    sources: ['questions', 'exam', 'main/services/bank', 'shared', 'package-lock.json'],
  },
]

function addTo(hash, path) {
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) addTo(hash, join(path, name))
  } else if (!/\.test\.tsx?$/.test(path)) {
    hash.update(path.slice(ROOT.length)).update(readFileSync(path))
  }
}

function sourceHash(sources) {
  const hash = createHash('sha256')
  for (const source of sources) addTo(hash, join(ROOT, source))
  return hash.digest('hex')
}

export async function ensureBuild() {
  for (const { name, program, sources } of PARTS) {
    const mark = join(ROOT, 'dist', `.${name}`)
    const hash = sourceHash(sources)
    if (existsSync(mark) && readFileSync(mark, 'utf8') === hash) continue
    await step(`Building ${name}, some seconds`, () => mustRun(process.execPath, program))
    mkdirSync(join(ROOT, 'dist'), { recursive: true })
    writeFileSync(mark, hash)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await ensureBuild()
}
