/** Installs the dependencies of the lockfile, when they are not the ones that are there. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mustRun, ROOT } from './run.mjs'
import { step } from './say.mjs'

const MARK = join(ROOT, 'node_modules/.capstan-lock')

function wanted() {
  const lockfile = readFileSync(join(ROOT, 'package-lock.json'))
  return createHash('sha256').update(lockfile).update(process.version).digest('hex')
}

export async function ensureDependencies() {
  const hash = wanted()
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === hash) return
  await step('Installing dependencies, about half a minute', () =>
    mustRun('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      // The desktop shell's binary is fetched when it is first started, not here.
      env: { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' },
      help: 'See that this machine reaches the npm registry.',
    }),
  )
  writeFileSync(MARK, hash)
}
