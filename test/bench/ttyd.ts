/**
 * ttyd, a terminal on a page as others make it: the peer that ours is measured against.
 *
 * It is no part of Capstan. It is fetched from Debian's testing suite into a folder of the bench, with all libraries that
 * it needs, and nothing is installed. Where that cannot be done, its rows say so.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { access, mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { end, ROOT } from '../e2e/serve'

const run = promisify(execFile)

const SUITE = 'forky'
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'
const FOLDER = join(ROOT, 'dist/ttyd')
const FETCH_LIMIT_MS = 180_000
const START_LIMIT_MS = 10_000

export interface Ttyd extends AsyncDisposable {
  readonly url: string
  readonly version: string
}

export interface TtydOptions {
  /** What each page gets. */
  readonly command: readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** Options of its terminal, by the names of xterm.js. */
  readonly terminal: Readonly<Record<string, string | number>>
}

/** @throws Error when it can be neither found nor fetched, or does not start */
export async function startTtyd({ command, env, terminal }: TtydOptions): Promise<Ttyd> {
  const program = await fetched()
  const options = Object.entries(terminal).flatMap(([name, value]) => ['-t', `${name}=${value}`])
  // Its library for events is loaded by name from this path. The rest of its libraries are not for what it starts.
  const variables = { ...env, LD_LIBRARY_PATH: program.plugins }
  const args = [...program.args, '-p', '0', '-i', '127.0.0.1', '-W', ...options, ...command]
  const child = spawn(program.loader, args, { env: variables, stdio: ['ignore', 'ignore', 'pipe'] })
  const port = await listening(child)
  const { stdout } = await run(program.loader, [...program.args, '--version'])
  return {
    url: `http://127.0.0.1:${port}/`,
    version: stdout.trim(),
    [Symbol.asyncDispose]: async () => await end(child),
  }
}

async function listening(child: ChildProcess): Promise<number> {
  const tooLate = setTimeout(() => child.kill(), START_LIMIT_MS)
  try {
    if (!child.stderr) throw new Error('ttyd has no standard error')
    const lines = createInterface({ input: child.stderr })
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code) => reject(new Error(`ttyd ended with ${code}`)))
      lines.on('line', (line) => {
        const port = /Listening on port: (\d+)/.exec(line)?.[1]
        if (port) resolve(Number(port))
      })
    })
  } finally {
    clearTimeout(tooLate)
  }
}

interface Program {
  /** The newer C library has its own loader, so ttyd runs on older systems. */
  readonly loader: string
  readonly args: readonly string[]
  readonly plugins: string
}

async function fetched(): Promise<Program> {
  const libraries = join(
    FOLDER,
    'root/usr/lib',
    `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`,
  )
  const plugins = join(FOLDER, 'plugins')
  if (!(await exists(plugins))) await fetch(libraries, plugins)
  const [loader = ''] = (await readdir(libraries)).filter((name) => name.startsWith('ld-linux'))
  return {
    loader: join(libraries, loader),
    args: ['--library-path', libraries, join(FOLDER, 'root/usr/bin/ttyd')],
    plugins,
  }
}

async function fetch(libraries: string, plugins: string): Promise<void> {
  process.stderr.write(`  fetching ttyd from Debian ${SUITE}\n`)
  const options = await aptOptions()
  await run('apt-get', [...options, 'update'], { timeout: FETCH_LIMIT_MS })
  const wanted = ['install', '--download-only', '--yes', '--no-install-recommends', 'ttyd']
  await run('apt-get', [...options, ...wanted], { timeout: FETCH_LIMIT_MS })
  const archives = join(FOLDER, 'archives')
  for (const name of await readdir(archives)) {
    if (name.endsWith('.deb')) await run('dpkg', ['-x', join(archives, name), join(FOLDER, 'root')])
  }
  await mkdir(plugins)
  const plugin = 'libwebsockets-evlib_uv.so'
  await symlink(join(libraries, plugin), join(plugins, plugin))
}

/** An apt of its own: it knows one suite, nothing that is installed, and touches nothing of the system's. */
async function aptOptions(): Promise<string[]> {
  for (const name of ['lists/partial', 'archives/partial', 'root'])
    await mkdir(join(FOLDER, name), { recursive: true })
  await writeFile(join(FOLDER, 'status'), '')
  const source = `deb [signed-by=${KEYRING}] ${await mirror()} ${SUITE} main\n`
  await writeFile(join(FOLDER, 'sources.list'), source)
  return [
    `Dir::Etc::sourcelist=${join(FOLDER, 'sources.list')}`,
    'Dir::Etc::sourceparts=/dev/null',
    `Dir::State=${FOLDER}`,
    `Dir::State::status=${join(FOLDER, 'status')}`,
    `Dir::Cache=${FOLDER}`,
    'Acquire::Languages=none',
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['-o', option])
}

/** The mirror that this system uses. */
async function mirror(): Promise<string> {
  const { stdout } = await run('apt-get', [
    'indextargets',
    '--format',
    '$(REPO_URI) $(RELEASE)',
    'Created-By: Packages',
    'Component: main',
  ])
  const uri = /^(\S+\/debian\/?) [a-z]+$/m.exec(stdout)?.[1]
  if (!uri) throw new Error('apt knows no mirror of Debian')
  return uri
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
