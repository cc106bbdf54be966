/** The list of the unpacked packages: what they were when they were fetched, and whether they are that still. */
import { createHash } from 'node:crypto'
import { createReadStream, lstatSync } from 'node:fs'
import { lstat, readdir, readFile, readlink, stat } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { CapstanError } from '../../shared/errors'
import { writeWhole } from '../../shared/system/whole-file'
import { mapLimit } from '../../shared/turns'
import { stampOf } from './package-stamp'

/** What runs as root on this computer, by the names of its packages. */
const SHOWN = ['docker.io', 'containerd', 'runc', 'slirp4netns', 'tini', 'iptables']
const READERS = 4
/** Bits of others and of the group that let them write (inode(7)). */
const WRITABLE_BY_OTHERS = 0o022
const STICKY = 0o1000

const PackageList = z.object({
  version: z.literal(1),
  /** ISO 8601. */
  fetchedAt: z.iso.datetime(),
  /** The version of each package that is shown. */
  versions: z.record(z.string(), z.string()),
  /** SHA-256 of each file, and the target of each link, by its path. */
  files: z.record(z.string(), z.string()),
})
export type PackageList = z.infer<typeof PackageList>

/** It is in the folder that it describes, so both appear in one moment. */
const LIST = 'capstan-packages.json'
/** What the list and the stamp of the files were when they were last compared. Whoever could write it could write the list. */
const CHECKED = `${LIST}.checked`

/** Writes the list of the packages in a folder. @param fetchedAt the moment at which they were current */
export async function writePackageList(root: string, fetchedAt: Date): Promise<PackageList> {
  const list: PackageList = {
    version: 1,
    fetchedAt: fetchedAt.toISOString(),
    versions: await versionsIn(root),
    files: await hashesIn(root),
  }
  await writeWhole(join(root, LIST), JSON.stringify(list))
  return list
}

/** @returns null where there is no list that can be read */
export async function readPackageList(root: string): Promise<PackageList | null> {
  try {
    return PackageList.parse(JSON.parse(await readFile(join(root, LIST), 'utf8')))
  } catch {
    return null
  }
}

/** What a test may replace. */
export interface CheckParts {
  readonly hashes?: typeof hashesIn
  /** Milliseconds. */
  readonly now?: () => number
}

/**
 * Makes sure that the programs are those of the list, and that nobody else can change them. They are read when one of
 * them was touched since the last check.
 * @throws CapstanError `no-engine` that names the file and the way out
 */
export async function checkPackages(
  root: string,
  { files }: Pick<PackageList, 'files'>,
  { hashes = hashesIn, now = Date.now }: CheckParts = {},
): Promise<void> {
  await checkOwners(root)
  const stamp = stampOf(await contentsOf(root), now())
  const checked = createHash('sha256').update(JSON.stringify(files)).update(stamp.digest).digest('hex')
  if ((await readFile(join(root, CHECKED), 'utf8').catch(() => '')) === checked) return
  compare(root, files, await hashes(root))
  if (stamp.isSettled) await writeWhole(join(root, CHECKED), checked)
}

function compare(root: string, files: PackageList['files'], now: PackageList['files']): void {
  const names = new Set([...Object.keys(files), ...Object.keys(now)])
  const changed = [...names].find((name) => files[name] !== now[name])
  if (changed === undefined) return
  throw refused(
    join(root, changed),
    'is not what it was when it was fetched',
    `Remove ${root}, and try again: it is fetched again.`,
  )
}

/**
 * These programs run as root, so the folder, its parents and its files belong to root or to this user, and no other one
 * may write them.
 */
async function checkOwners(root: string): Promise<void> {
  for (const path of parentsOf(root)) {
    const { mode, uid } = await stat(path)
    // In a folder such as /tmp nobody renames what belongs to somebody else.
    if (!isSafe(mode & STICKY ? 0 : mode, uid)) throw insecure(path)
  }
  for (const path of await everythingIn(root)) {
    const info = lstatSync(path)
    // A link has no mode of its own.
    if (!isSafe(info.isSymbolicLink() ? 0 : info.mode, info.uid)) throw insecure(path)
  }
}

function isSafe(mode: number, uid: number): boolean {
  return (mode & WRITABLE_BY_OTHERS) === 0 && (uid === 0 || uid === process.getuid?.())
}

function parentsOf(path: string): string[] {
  const above = dirname(path)
  return above === path ? [path] : [...parentsOf(above), path]
}

function insecure(path: string): CapstanError {
  const help = `Run "chown root ${path}" and "chmod go-w ${path}", or name a folder of root with CAPSTAN_ENGINE.`
  return refused(path, 'can be changed by another user, and programs in it run as root', help)
}

function refused(path: string, why: string, help: string): CapstanError {
  return new CapstanError('no-engine', `The engine is not started: ${path} ${why}.`, { help })
}

async function everythingIn(root: string): Promise<string[]> {
  const names = await readdir(root, { recursive: true })
  return names.map((name) => join(root, name)).sort()
}

/** Everything but what is ours. */
async function contentsOf(root: string): Promise<string[]> {
  return (await everythingIn(root)).filter((path) => !basename(path).startsWith(LIST))
}

async function hashesIn(root: string): Promise<Record<string, string>> {
  const entries = await mapLimit(await contentsOf(root), READERS, async (path) => {
    const info = await lstat(path)
    const value = info.isSymbolicLink()
      ? `-> ${await readlink(path)}`
      : info.isFile()
        ? await hashOf(path)
        : null
    return value === null ? [] : [[relative(root, path), value] as const]
  })
  return Object.fromEntries(entries.flat())
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path)) hash.update(part)
  return hash.digest('hex')
}

/** A package's list of changes begins with its name and version, as in "runc (1.1.5+ds1-1) bookworm; …". */
async function versionsIn(root: string): Promise<Record<string, string>> {
  const versions: Record<string, string> = {}
  for (const name of SHOWN) {
    const path = join(root, 'usr/share/doc', name, 'changelog.Debian.gz')
    const changes = await readFile(path).then(
      (packed) => gunzipSync(packed, { maxOutputLength: 64_000_000 }).toString(),
      () => '',
    )
    versions[name] = /^\S+ \(([^)\s]{1,100})\)/.exec(changes)?.[1] ?? 'unknown'
  }
  return versions
}
