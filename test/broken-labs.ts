/** The labs of fixtures/labs/broken, whole, with what their authors are told. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { appendFile, cp, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { LIMITS } from '../engine/lab-folders'

const FIXTURES = fileURLToPath(new URL('fixtures/labs', import.meta.url))

const BrokenLab = z.strictObject({
  name: z.string(),
  foundBy: z.enum(['loader', 'linter']),
  file: z.string().default('lab.yaml'),
  line: z.number().default(1),
  message: z.string(),
  help: z.string().min(1),
})
export type BrokenLab = z.infer<typeof BrokenLab>

/** Every way in which a lab may be broken. */
export const BROKEN_LABS: readonly BrokenLab[] = z
  .array(BrokenLab)
  .parse(parse(readFileSync(join(FIXTURES, 'broken.yaml'), 'utf8')))

/** What the problem of a broken lab is equal to. */
export function problemOf({ file, line, message, help }: BrokenLab) {
  return {
    file,
    line,
    column: expect.any(Number),
    message: like(message),
    help: like(help),
    severity: 'error',
  }
}

function like(text: string): unknown {
  if (!text.endsWith('…')) return text
  const beginning = text.slice(0, -1).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  return expect.stringMatching(new RegExp(`^${beginning}`))
}

/** Hands over the folders of all broken labs, and removes them afterwards. */
export async function withBrokenLabs<T>(look: (folderOf: (lab: BrokenLab) => string) => Promise<T>) {
  const root = await mkdtemp(join(tmpdir(), 'capstan-broken-'))
  const folderOf = ({ name }: BrokenLab) => join(root, 'networking', name)
  try {
    await Promise.all(BROKEN_LABS.map((lab) => write(lab, folderOf(lab))))
    return await look(folderOf)
  } finally {
    await rm(root, { recursive: true })
  }
}

async function write({ name }: BrokenLab, folder: string): Promise<void> {
  await cp(join(FIXTURES, 'good'), folder, { recursive: true })
  // One that is made here needs no folder.
  if (existsSync(join(FIXTURES, 'broken', name)))
    await cp(join(FIXTURES, 'broken', name), folder, { recursive: true })
  await MADE[name]?.(folder)
}

/** Makes what git or another system cannot keep, and what is large. */
const MADE: Readonly<Record<string, (folder: string) => Promise<unknown> | unknown>> = {
  'link-out': (folder) => symlink('/etc/hostname', join(folder, 'two.md')),
  'link-nobody-names': (folder) => symlink('/etc', join(folder, 'more')),
  pipe: (folder) => execFileSync('mkfifo', [join(folder, 'two.md')]),
  'odd-name': (folder) => writeFile(join(folder, 'a\u001b]0;evil'), ''),
  'large-folder': async (folder) => {
    await writeFile(join(folder, 'data'), '')
    await truncate(join(folder, 'data'), LIMITS.bytes)
  },
  'many-files': async (folder) => {
    const many = join(folder, 'many')
    await mkdir(many)
    for (let index = 0; index < LIMITS.entries; index++) await writeFile(join(many, `${index}`), '')
  },
  'deep-folder': (folder) => mkdir(join(folder, 'd/'.repeat(LIMITS.depth + 1)), { recursive: true }),
  'large-lab-yaml': (folder) => grow(join(folder, 'lab.yaml'), 64),
  'large-text': (folder) => grow(join(folder, '1.md'), 32),
  'large-script': (folder) => grow(join(folder, 'one.sh'), 256),
}

/** Adds so many kilobytes, in comments. */
async function grow(file: string, kilobytes: number): Promise<void> {
  await appendFile(file, `${'#'.repeat(1023)}\n`.repeat(kilobytes))
}
