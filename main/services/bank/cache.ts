/**
 * Parsed files of questions, kept between starts: reading YAML with its places takes far longer than reading JSON.
 *
 * A file is taken from the cache when it is the one that was parsed (path, size, times) and the program is the one that
 * parsed it. The cache carries a checksum; one that is cut, damaged or of another program is as good as none.
 */
import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type ParsedQuestions, parseQuestions } from '../../../exam'

/** A file changed within so short a time may be changed again without its times telling; the coarsest disks' step. */
const SETTLED_MS = 2_000

const Header = z.object({
  capstan: z.literal('bank'),
  program: z.string(),
  checksum: z.string(),
  /** One line of the body each, in this order: which file, and its state when it was parsed. */
  files: z.array(z.object({ file: z.string(), mark: z.string() })),
})

type Kept = ReadonlyMap<string, { readonly mark: string; readonly parsed: () => ParsedQuestions }>

/**
 * Parses files of questions, those that have not changed from the cache.
 * @param folder questions/
 * @param files relative to it
 * @param cache path of the cache
 */
export async function parseCached(
  folder: string,
  files: readonly string[],
  cache: string,
): Promise<ParsedQuestions[]> {
  const program = programMark()
  const kept = await readCache(cache, program)
  const lines: { file: string; mark: string; parsed: ParsedQuestions }[] = []
  let isStale = kept.size !== files.length
  const parsed = await Promise.all(
    files.map(async (file) => {
      const { mark, isSettled } = markOf(join(folder, file))
      const known = kept.get(file)
      if (known?.mark === mark) return { file, mark, isSettled, parsed: known.parsed() }
      isStale = true
      const text = await readFile(join(folder, file), 'utf8')
      return { file, mark, isSettled, parsed: parseQuestions({ file, text }) }
    }),
  )
  for (const { isSettled, ...one } of parsed) if (isSettled) lines.push(one)
  // Without a cache everything works, only more slowly.
  if (isStale) await writeCache(cache, program, lines).catch(() => undefined)
  return parsed.map((one) => one.parsed)
}

/** Looked at at once: a thousand files take less than going round the event loop for each. */
function markOf(path: string): { mark: string; isSettled: boolean } {
  const { size, mtimeMs, ctimeMs } = statSync(path)
  return { mark: `${size} ${mtimeMs} ${ctimeMs}`, isSettled: Date.now() - mtimeMs > SETTLED_MS }
}

/** Differs between builds, so that what an older parser made is never used. */
function programMark(): string {
  const path = fileURLToPath(import.meta.url)
  return `${path} ${markOf(path).mark}`
}

async function readCache(path: string, program: string): Promise<Kept> {
  try {
    const content = await readFile(path)
    const end = content.indexOf('\n')
    const header = Header.parse(JSON.parse(content.toString('utf8', 0, end)))
    const body = content.subarray(end + 1)
    if (header.program !== program || header.checksum !== checksumOf(body)) return new Map()
    const lines = body.toString('latin1').split('\n')
    return new Map(
      header.files.map(({ file, mark }, index) => {
        return [file, { mark, parsed: () => JSON.parse(lines[index] ?? '') as ParsedQuestions }]
      }),
    )
  } catch {
    return new Map()
  }
}

async function writeCache(
  path: string,
  program: string,
  entries: readonly { readonly file: string; readonly mark: string; readonly parsed: ParsedQuestions }[],
): Promise<void> {
  const body = Buffer.from(entries.map(({ parsed }) => `${asciiJson(parsed)}\n`).join(''), 'latin1')
  const files = entries.map(({ file, mark }) => ({ file, mark }))
  const header: z.infer<typeof Header> = { capstan: 'bank', program, checksum: checksumOf(body), files }
  await mkdir(dirname(path), { recursive: true })
  const fresh = `${path}.${process.pid}.new`
  await writeFile(fresh, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), body]))
  await rename(fresh, path)
}

/** Text of one byte a character is read several times faster than UTF-8 that is not ASCII. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function checksumOf(body: Buffer): string {
  return createHash('sha1').update(body).digest('hex')
}
