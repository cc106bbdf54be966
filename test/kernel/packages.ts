/** The kernel in user mode, unpacked from the distribution's packages into a folder of ours: nothing is installed. */
import { execFile } from 'node:child_process'
import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { lastWords, runCommand } from '../../engine/outer'
import { CapstanError, isCapstanError } from '../../shared/errors'

/** Of the packages that Debian has, the fastest one that is complete (decision 44). */
const SUITE = 'trixie'
/** The kernel, the C library that it needs, and programs that need none. */
const PACKAGES = ['user-mode-linux', 'libc6', 'busybox-static']
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'
const ASK_LIMIT_MS = 60_000

export interface FetchOptions {
  /** Folder of the cache. */
  readonly folder: string
  /** Folder with the source of the library for processors with AMX. */
  readonly sources: string
  readonly signal: AbortSignal
}

/**
 * Fetches the packages, unless they are there.
 * @returns the folder that they are unpacked in
 * @throws CapstanError `no-engine` where they cannot be fetched or used, with what to do
 */
export async function fetchKernel({ folder, sources, signal }: FetchOptions): Promise<string> {
  const root = join(folder, `kernel-${SUITE}`)
  if (!(await isThere(root))) await fetchInto(root, folder, signal)
  await widenRegisters(root, sources, signal)
  return root
}

async function fetchInto(root: string, folder: string, signal: AbortSignal): Promise<void> {
  const [apt, half] = [join(folder, 'apt'), `${root}.half`]
  for (const path of [apt, half]) await rm(path, { recursive: true, force: true })
  await mkdir(join(apt, 'lists', 'partial'), { recursive: true })
  await mkdir(join(apt, 'archives', 'partial'), { recursive: true })
  await mkdir(half)
  await writeFile(join(apt, 'sources.list'), `${await sourceOf(SUITE)}\n`)
  const flags = [
    `Dir::Etc::SourceList=${join(apt, 'sources.list')}`,
    'Dir::Etc::SourceParts=/dev/null',
    `Dir::State::lists=${join(apt, 'lists')}`,
    `Dir::Cache=${apt}`,
    'Acquire::Languages=none',
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['-o', option])
  try {
    await runCommand('apt-get', [...flags, 'update'], { signal })
    await runCommand('apt-get', [...flags, 'download', ...PACKAGES], { cwd: apt, signal })
    for (const file of await readdir(apt)) {
      if (file.endsWith('.deb')) await runCommand('dpkg', ['-x', join(apt, file), half], { signal })
    }
  } catch (error) {
    throw isCapstanError(error) ? error : fetchError(lastWords(error), error)
  }
  await rm(apt, { recursive: true })
  // The folder appears when it is complete, so that a run that was killed starts again.
  await rename(half, root)
}

/** The line of a list of sources for another suite of the mirror that this computer uses. */
async function sourceOf(suite: string): Promise<string> {
  const format = '$(RELEASE)|$(COMPONENT)|$(REPO_URI)|$(SIGNED_BY)'
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '')
  const own = /^VERSION_CODENAME="?(\w+)/m.exec(release)?.[1] ?? ''
  const { stdout } = await promisify(execFile)('apt-get', ['indextargets', '--format', format], {
    timeout: ASK_LIMIT_MS,
  }).catch((error) => {
    throw fetchError('there is no apt here', error)
  })
  const targets = stdout.split('\n').map((line) => line.split('|'))
  const [, , mirror, key] = targets.find((target) => target[0] === own && target[1] === 'main') ?? []
  if (!mirror || !(await isThere(KEYRING))) throw fetchError('this is not a Debian with its package sources')
  return `deb [signed-by=${key?.startsWith('/') ? key : KEYRING}] ${mirror} ${suite} main`
}

function fetchError(why: string, cause?: unknown): CapstanError {
  return new CapstanError('no-engine', `The kernel could not be fetched from the package mirror: ${why}`, {
    help: `Run it on Debian for amd64, and make sure that its package mirror is reached and has the suite ${SUITE}.`,
    cause,
  })
}

/** Compiles the library that the kernel needs where the processor has AMX. The source says why. */
async function widenRegisters(root: string, sources: string, signal: AbortSignal): Promise<void> {
  const processor = await readFile('/proc/cpuinfo', 'utf8')
  if (!/^flags\s*:.* amx_tile\b/m.test(processor)) return
  const args = ['-O2', '-shared', '-fPIC', '-nostdlib', '-o', join(root, 'wide-registers.so')]
  try {
    await runCommand('cc', [...args, join(sources, 'wide-registers.c')], { signal })
  } catch (error) {
    if (isCapstanError(error)) throw error
    throw new CapstanError(
      'no-engine',
      `This processor has AMX, so a small library must be compiled: ${lastWords(error) || 'there is no C compiler'}`,
      { help: 'Install a C compiler (apt-get install gcc).', cause: error },
    )
  }
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
