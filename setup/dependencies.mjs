/** Installs the dependencies of the lockfile when they are not the ones that are installed. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { step } from './log.mjs'
import { mustRunNpm, ROOT } from './run.mjs'

/** npm removes node_modules first, so this file is gone when an installation was broken off. */
const MARK = 'node_modules/.capstan-lock'

/** Native modules are built for one Node, so its version counts too. */
function wanted(root) {
  const lockfile = readFileSync(join(root, 'package-lock.json'))
  return createHash('sha256').update(lockfile).update(process.version).digest('hex')
}

async function npmInstall() {
  await step('Installing dependencies, about half a minute', () =>
    mustRunNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      // The desktop shell's binary is fetched when it is first started, not here.
      env: { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' },
      help: 'Check that this machine reaches the npm registry.',
    }),
  )
}

export async function ensureDependencies({ root = ROOT, install = npmInstall } = {}) {
  const hash = wanted(root)
  const mark = join(root, MARK)
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hash) return
  await install()
  writeFileSync(mark, hash)
}
