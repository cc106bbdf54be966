/** The engine's programs, unpacked from the distribution's packages into a folder of ours: nothing is installed. */
import { access, mkdir, readdir, rename, rm, stat, symlink } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { CapstanError, isCapstanError } from '../../shared/errors'
import { stretched } from '../../shared/time-limits'
import { lastWords, type RunCommand, runCommand } from './commands'
import { checkPackages, type PackageList, readPackageList, writePackageList } from './package-list'
import { PART_SECONDS } from './remaining-time'
import { withSetupLock } from './setup-lock'
import { asSetupLine, type ProgressListener, type ReportDetail } from './setup-progress'

const ENGINE = ['docker.io', 'containerd', 'runc', 'tini', 'libdevmapper1.02.1']
const IPTABLES = [
  'iptables',
  'libip4tc2',
  'libip6tc2',
  'libxtables12',
  'libnetfilter-conntrack3',
  'libnfnetlink0',
  'libnftnl11',
  'libmnl0',
]
const IPROUTE = ['iproute2', 'libbpf1', 'libelf1', 'libbsd0', 'libcap2', 'libdb5.3', 'libmd0', 'libtirpc3']
const USER_MODE_NETWORK = ['slirp4netns', 'libslirp0', 'libglib2.0-0', 'libseccomp2']
/** Makes a Debian base where no registry answers. */
const BOOTSTRAP = ['mmdebstrap']
const PACKAGES = [...ENGINE, ...IPTABLES, ...IPROUTE, ...USER_MODE_NETWORK, ...BOOTSTRAP]

/** Debian publishes updates of these programs about once a month. */
export const RENEW_AFTER_MS = 30 * 86_400_000
/** A start does not wait longer than this for programs that it has already. */
const RENEW_LIMIT_MS = 120_000

/** Links that the alternatives system would make. */
const IPTABLES_NAMES = [
  'iptables',
  'ip6tables',
  'iptables-save',
  'ip6tables-save',
  'iptables-restore',
  'ip6tables-restore',
]

/** Makes the environment in which the unpacked programs find each other. */
export function packageEnvironment(root: string, env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const bins = ['usr/sbin', 'usr/bin', 'sbin', 'bin'].map((folder) => join(root, folder))
  const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu'
  return {
    ...env,
    PATH: [...bins, env.PATH ?? '', '/usr/sbin', '/usr/bin', '/sbin', '/bin'].join(delimiter),
    LD_LIBRARY_PATH: [join(root, 'usr/lib', triplet), join(root, 'lib', triplet)].join(delimiter),
    XTABLES_LIBDIR: join(root, 'usr/lib', triplet, 'xtables'),
  }
}

export interface UnpackOptions {
  readonly home: string
  readonly onProgress: ProgressListener
  readonly signal?: AbortSignal | undefined
  readonly run?: RunCommand
  readonly now?: () => Date
}

/**
 * Downloads and unpacks the packages, unless they are there already and not old. They are checked before they are used.
 * To be called while no engine of this home runs.
 * @returns the folder that they are unpacked in
 * @throws CapstanError `no-engine` where there is no apt or no network, or where the packages were changed or can be
 * changed by others; `no-space`, `cancelled`
 */
export async function unpackPackages(options: UnpackOptions): Promise<string> {
  const root = join(options.home, 'packages')
  const prepare = async () => {
    await takeBack(root)
    if (!(await exists(root))) await fetchPackages(options, root)
    const { fetchedAt } = await checked(root)
    if (isOld(fetchedAt, options.now)) await renew(options, root)
    return root
  }
  return await withSetupLock(join(options.home, 'packages.lock'), prepare, options)
}

/** A process that was killed between two renames left the old ones aside. */
async function takeBack(root: string): Promise<void> {
  if (!(await exists(root)) && (await exists(`${root}.old`))) await rename(`${root}.old`, root)
}

/** Those that an older version unpacked have no list. Theirs says what they are now. */
async function checked(root: string): Promise<PackageList> {
  const known = await readPackageList(root)
  const list = known ?? (await writePackageList(root, (await stat(root)).ctime))
  await checkPackages(root, list)
  return list
}

function isOld(fetchedAt: string, now = () => new Date()): boolean {
  return now().getTime() - Date.parse(fetchedAt) > RENEW_AFTER_MS
}

/** Programs that run as root need the updates of the distribution. Without a network the old ones do. */
async function renew(options: UnpackOptions, root: string): Promise<void> {
  const { signal } = options
  const limit = AbortSignal.timeout(stretched(RENEW_LIMIT_MS))
  const either = signal ? AbortSignal.any([signal, limit]) : limit
  try {
    await fetchPackages({ ...options, signal: either }, root)
  } catch {
    // The line of the set-up says what went wrong, and the next start tries again.
    signal?.throwIfAborted()
  }
}

async function fetchPackages({ home, onProgress, signal, run = runCommand }: UnpackOptions, root: string) {
  const line = { id: 'packages', label: 'Fetching the engine', estimateSeconds: PART_SECONDS.packages }
  await asSetupLine(onProgress, line, async (report) => {
    await download({ home, report, run: fetching(run, signal) })
    report('Unpacking', 0.6)
    await unpack({ home, root, run: fetching(run, signal) })
  })
}

type Fetch = (command: string, args: readonly string[], cwd: string) => Promise<void>

interface Download {
  readonly home: string
  readonly report: ReportDetail
  readonly run: Fetch
}

async function download({ home, report, run }: Download): Promise<void> {
  const apt = join(home, 'apt')
  await mkdir(join(apt, 'lists', 'partial'), { recursive: true })
  await mkdir(join(apt, 'archives', 'partial'), { recursive: true })
  // We use a package list of our own: the system's must stay as it is, and may be empty.
  const options = [
    `Dir::State::lists=${join(apt, 'lists')}`,
    `Dir::Cache=${apt}`,
    'Acquire::Languages=none',
    'APT::Sandbox::User=root',
  ]
  const flags = options.flatMap((option) => ['-o', option])
  report('Reading the list of packages', 0.1)
  await run('apt-get', [...flags, 'update'], home)
  report(`Downloading ${PACKAGES.length} packages, about 70 MB`, 0.3)
  await rm(join(home, 'debs'), { recursive: true, force: true })
  await mkdir(join(home, 'debs'))
  await run('apt-get', [...flags, 'download', ...PACKAGES], join(home, 'debs'))
}

interface Unpack {
  readonly home: string
  readonly root: string
  readonly run: Fetch
}

async function unpack({ home, root, run }: Unpack): Promise<void> {
  const half = `${root}.half`
  await rm(half, { recursive: true, force: true })
  await mkdir(join(half, 'usr/sbin'), { recursive: true })
  for (const file of await readdir(join(home, 'debs')))
    await run('dpkg', ['-x', join(home, 'debs', file), half], home)
  for (const name of IPTABLES_NAMES) {
    await rm(join(half, 'usr/sbin', name), { force: true })
    await symlink('xtables-nft-multi', join(half, 'usr/sbin', name))
  }
  await writePackageList(half, new Date())
  // The folder appears when it is complete, so that a set-up that was killed starts again.
  await rm(`${root}.old`, { recursive: true, force: true })
  if (await exists(root)) await rename(root, `${root}.old`)
  await rename(half, root)
  await rm(`${root}.old`, { recursive: true, force: true })
  await rm(join(home, 'debs'), { recursive: true, force: true })
}

function fetching(run: RunCommand, signal: AbortSignal | undefined): Fetch {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return async (command, args, cwd) => {
    try {
      await run(command, args, { cwd, env, signal })
    } catch (error) {
      throw isCapstanError(error) ? error : fetchError(error, command, cwd)
    }
  }
}

function fetchError(error: unknown, command: string, cwd: string): CapstanError {
  const words = lastWords(error)
  if (/No space left/i.test(words)) {
    return new CapstanError('no-space', `The disk is full: ${cwd}`, {
      help: 'Make about 2 GB of room and try again.',
      cause: error,
    })
  }
  return new CapstanError(
    'no-engine',
    `The engine's packages could not be fetched: ${words || `${command} is not here`}`,
    {
      help: 'Make sure that this machine reaches its package mirror, or install Docker and start Capstan again.',
      cause: error,
    },
  )
}

/** True when the path exists. */
export async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
