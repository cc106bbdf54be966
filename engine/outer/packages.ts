/** Engine programs from the distribution's packages, unpacked into a folder of ours: nothing is installed. */
import { access, mkdir, readdir, rename, rm, symlink } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { execa } from 'execa'
import { CapstanError } from '../../shared/errors'
import { withLock } from '../../shared/system/lock'
import { asTask, type ProgressListener } from './setup-progress'

/** The engine, what it needs, user-mode networking, and the tool that makes a Debian base. */
const PACKAGES = [
  ...['docker.io', 'containerd', 'runc', 'tini', 'libdevmapper1.02.1'],
  ...[
    'iptables',
    'libip4tc2',
    'libip6tc2',
    'libxtables12',
    'libnetfilter-conntrack3',
    'libnfnetlink0',
    'libnftnl11',
    'libmnl0',
  ],
  ...['iproute2', 'libbpf1', 'libelf1', 'libbsd0', 'libcap2', 'libdb5.3', 'libmd0', 'libtirpc3'],
  ...['slirp4netns', 'libslirp0', 'libglib2.0-0', 'libseccomp2', 'mmdebstrap'],
]
/** The alternatives system would make these. */
const IPTABLES_NAMES = [
  'iptables',
  'ip6tables',
  'iptables-save',
  'ip6tables-save',
  'iptables-restore',
  'ip6tables-restore',
]

const DOWNLOAD_LIMIT_MS = 300_000

/** Environment in which the unpacked programs find each other. */
export function packageEnvironment(root: string): NodeJS.ProcessEnv {
  const bins = ['usr/sbin', 'usr/bin', 'sbin', 'bin'].map((folder) => join(root, folder))
  const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu'
  return {
    ...process.env,
    PATH: [...bins, process.env.PATH ?? '', '/usr/sbin', '/usr/bin', '/sbin', '/bin'].join(delimiter),
    LD_LIBRARY_PATH: [join(root, 'usr/lib', triplet), join(root, 'lib', triplet)].join(delimiter),
    XTABLES_LIBDIR: join(root, 'usr/lib', triplet, 'xtables'),
  }
}

/**
 * Downloads and unpacks the packages, once.
 * @returns the folder they are unpacked in
 * @throws CapstanError `no-engine` where there is no apt or no network
 */
export async function unpackPackages(home: string, onProgress: ProgressListener): Promise<string> {
  const root = join(home, 'packages')
  if (await exists(root)) return root
  return await withLock(join(home, 'packages.lock'), async () => {
    if (await exists(root)) return root
    const task = { id: 'packages', label: 'Fetching the engine', estimateSeconds: 15 }
    await asTask(onProgress, task, async (tell) => {
      await download(home, tell)
      tell('Unpacking', 0.6)
      await unpack(home, root)
    })
    return root
  })
}

async function download(home: string, tell: (detail: string, fraction?: number) => void): Promise<void> {
  const apt = join(home, 'apt')
  await mkdir(join(apt, 'lists', 'partial'), { recursive: true })
  await mkdir(join(apt, 'archives', 'partial'), { recursive: true })
  // A package list of our own: the system's stays as it is, and may be empty.
  const options = [
    `Dir::State::lists=${join(apt, 'lists')}`,
    `Dir::Cache=${apt}`,
    'Acquire::Languages=none',
    'APT::Sandbox::User=root',
  ]
  const flags = options.flatMap((option) => ['-o', option])
  tell('Reading the list of packages', 0.1)
  await run('apt-get', [...flags, 'update'], home)
  tell(`Downloading ${PACKAGES.length} packages, about 70 MB`, 0.3)
  await rm(join(home, 'debs'), { recursive: true, force: true })
  await mkdir(join(home, 'debs'))
  await run('apt-get', [...flags, 'download', ...PACKAGES], join(home, 'debs'))
}

async function unpack(home: string, root: string): Promise<void> {
  const half = `${root}.half`
  await rm(half, { recursive: true, force: true })
  await mkdir(half)
  for (const file of await readdir(join(home, 'debs')))
    await run('dpkg', ['-x', join(home, 'debs', file), half], home)
  for (const name of IPTABLES_NAMES) {
    await rm(join(half, 'usr/sbin', name), { force: true })
    await symlink('xtables-nft-multi', join(half, 'usr/sbin', name))
  }
  // Complete or not there at all: a killed set-up starts again.
  await rename(half, root)
  await rm(join(home, 'debs'), { recursive: true, force: true })
}

async function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  try {
    await execa(command, args, {
      cwd,
      timeout: DOWNLOAD_LIMIT_MS,
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    })
  } catch (error) {
    const words =
      error instanceof Error && 'stderr' in error
        ? String(error.stderr).trim().split('\n').slice(-2).join(' ')
        : ''
    if (/No space left/i.test(words)) {
      throw new CapstanError('no-space', `The disk is full: ${cwd}`, {
        help: 'Make about 2 GB of room and try again.',
        cause: error,
      })
    }
    throw new CapstanError(
      'no-engine',
      `The engine's packages could not be fetched: ${words || `${command} is not here`}`,
      {
        help: 'See that this machine reaches its package mirror, or install Docker and start Capstan again.',
        cause: error,
      },
    )
  }
}

/** True when the path exists. */
export async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
