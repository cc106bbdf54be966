/** Installs the dependencies of the lockfile when they are not the ones that are installed. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { log, step } from './log.mjs'
import { mustRunNpm, ROOT } from './run.mjs'

/** npm removes node_modules first, so this file is gone when an installation was broken off. */
const MARK = 'node_modules/.capstan-lock'

/**
 * Packages whose install scripts run. All others are unpacked and nothing of them is run: a script of a package would
 * run with all rights of the person, often root.
 */
export const BUILT = ['node-pty']

/** Native modules are built for one Node, so its version counts too. */
function wanted(root) {
  const lockfile = readFileSync(join(root, 'package-lock.json'))
  return createHash('sha256').update(lockfile).update(process.version).digest('hex')
}

const QUIET = ['--no-audit', '--no-fund', '--loglevel=error']

async function npmInstall() {
  await step('Installing dependencies, about half a minute', () =>
    mustRunNpm(['ci', '--ignore-scripts', ...QUIET], {
      // The desktop shell's binary is fetched when it is first started, not here.
      env: { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' },
      help: 'Check that this machine reaches the npm registry.',
    }),
  )
  await step('Building the terminal of this computer', async () => {
    // It is optional: without a compiler the app works, and says so when such a terminal is asked for.
    await mustRunNpm(['rebuild', '--foreground-scripts', ...QUIET, ...BUILT]).catch((error) =>
      log(error.message),
    )
  })
}

export async function ensureDependencies({ root = ROOT, install = npmInstall } = {}) {
  const hash = wanted(root)
  const mark = join(root, MARK)
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hash) return
  await install()
  writeFileSync(mark, hash)
}
