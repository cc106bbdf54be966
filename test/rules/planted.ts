/** Planted files: small trees of code that break a rule, in a temporary folder. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const LIMIT_MS = 180_000

/** A temporary folder with the installed packages, which is removed at the end. */
export async function plantedFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'capstan-planted-'))
  await symlink(join(ROOT, 'node_modules'), join(path, 'node_modules'), 'junction')
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

export async function plant(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
}

/** An import statement that names one file from another. */
export function importOf(from: string, to: string): string {
  if (!to.includes('/') || to.startsWith('node:')) return `import '${to}'\n`
  const path = relative(dirname(from), to)
    .replaceAll('\\', '/')
    .replace(/\.tsx?$/, '')
  return `import '${path.startsWith('.') ? path : `./${path}`}'\n`
}

export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

interface RunOptions {
  readonly cwd: string
}

/** Runs Node with a script until it ends. */
export async function runNode(args: readonly string[], { cwd }: RunOptions): Promise<Ended> {
  return await new Promise((resolve) => {
    const limits = { cwd, timeout: LIMIT_MS, maxBuffer: 64 * 1024 * 1024 }
    execFile(process.execPath, args, limits, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : 1
      resolve({ code: error ? code : 0, stdout, stderr })
    })
  })
}

/** Runs the script of a package until it ends. */
export async function runScript(
  script: string,
  args: readonly string[],
  options: RunOptions,
): Promise<Ended> {
  return await runNode([join(options.cwd, 'node_modules', script), ...args], options)
}
