/** `capstan bank import` and `bank export`. */
import { createReadStream } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { CapstanError, problemText, resourcesFolder } from '../../engine'
import {
  buildBank,
  FORMATS,
  importForeign,
  isZip,
  type Lost,
  nameInFile,
  parseQuestions,
  representatives,
  wholeItems,
} from '../../exam'
import type { FileProblem } from '../../shared/files'
import { decodeText } from '../../shared/system/decode-text'
import { loadBank, readQuestionFolder } from '../services'
import { EXIT, type Output, print, printContent, report } from './output'

/** A file larger than this is no bank of questions. */
const LARGEST_FILE = 20 * 1024 * 1024

export interface ImportOptions {
  readonly output: Output
  /** Folder for the new files. */
  readonly folder: string
  /** The content tells it by default. */
  readonly format: string | undefined
  /** The objective of items that name none. */
  readonly objective: string
}

/** Reads a foreign file and writes files of questions into a folder. Ids that the bank or the folder has are left to them. */
export async function importQuestions(
  path: string,
  { output, folder, format, objective }: ImportOptions,
): Promise<number> {
  if (format !== undefined) formatOf(format)
  const known = await knownIds(folder)
  const name = basename(path)
  const { content, encoding, doubts } = await readForeign(path)
  const imported = importForeign(content, { name, format, objective, taken: known })
  const { lost } = imported
  const problems = [...doubts, ...imported.problems]
  const files: string[] = []
  let items = 0
  for (const { name, text, items: count } of imported.files) {
    const file = join(resolve(folder), name)
    items += await writeAndRead({ path: file, text, items: count })
    files.push(file)
  }
  for (const { path, data } of imported.pictures) await writePicture(join(resolve(folder), path), data)
  const isOk = problems.every(({ severity }) => severity !== 'error')
  const inBank = known.size + items
  const [file = null] = files
  print(output, { ok: isOk, format: imported.format, encoding, file, files, items, inBank, lost, problems }, [
    ...problems.map((problem) => `${problem.severity === 'error' ? '✗' : '!'} ${problemText(problem)}`),
    ...lost.map(({ file, line, item, what }) => `! ${file}:${line}:1 ${item} comes without ${what}.`),
    `${items} items${files.length > 0 ? ` in ${files.join(', ')}` : ''}. The bank has ${inBank} with them.`,
  ])
  return isOk ? EXIT.done : EXIT.badInput
}

/** Names of the items of Capstan's own bank and of the folder. */
async function knownIds(folder: string): Promise<ReadonlySet<string>> {
  const { bank } = await loadBank(resourcesFolder())
  const own = representatives(bank).map(nameInFile)
  const beside = await readQuestionFolder(resolve(folder))
  return new Set([...own, ...representatives(buildBank(beside)).map(nameInFile)])
}

/**
 * Writes a file, and reads it again from the disk.
 * @returns how many items it holds
 * @throws CapstanError `bad-input` for a file that is there already, or that does not hold what was written
 */
async function writeAndRead({
  path,
  text,
  items,
}: {
  path: string
  text: string
  items: number
}): Promise<number> {
  await mkdir(dirname(path), { recursive: true })
  await writeNew(path, text)
  const read = parseQuestions({ file: `import/${basename(path)}`, text: await readFile(path, 'utf8') })
  if (read.problems.length === 0 && read.items.length === items) return items
  const [problem] = read.problems
  throw new CapstanError('bad-input', `${path} cannot be read again. ${problem?.message ?? ''}`.trim(), {
    help: 'Report this file, and import a part of it at a time.',
  })
}

async function writePicture(path: string, data: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeNew(path, typeof data === 'string' ? Buffer.from(data, 'base64') : data)
}

export interface ExportOptions {
  readonly output: Output
  readonly format: string
  /** The default is standard output. */
  readonly file: string | undefined
}

/** Writes the whole bank. A template is written as its first item. */
export async function exportQuestions({ output, format, file }: ExportOptions): Promise<number> {
  const { bank } = await loadBank(resourcesFolder())
  const items = wholeItems(bank, representatives(bank))
  const { content, lost } = formatOf(format).write(items)
  if (typeof content !== 'string' && !file)
    throw new CapstanError('bad-input', `${format} is a zip file, which cannot be printed.`, {
      help: 'Name a file with --out.',
    })
  for (const line of summaryOf(lost)) report(output, line)
  if (file) await writeFile(resolve(file), content)
  if (output.json || file)
    print(
      output,
      {
        ok: true,
        format,
        items: items.length,
        file: file ?? null,
        lost: lost.map(lineOf),
        ...(file ? {} : { text: content }),
      },
      [`${items.length} items in ${file}`],
    )
  else printContent(output, String(content))
  return EXIT.done
}

function lineOf({ id, parts }: Lost): string {
  return `${id}: ${parts.join(', ')}`
}

/** One line for each part that the format cannot hold, the commonest first. */
function summaryOf(lost: readonly Lost[]): string[] {
  const counts = new Map<string, number>()
  for (const part of lost.flatMap(({ parts }) => parts)) counts.set(part, (counts.get(part) ?? 0) + 1)
  const lines = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([part, times]) => `! not kept: ${part} (${times} ${times === 1 ? 'item' : 'items'})`)
  return lines.length > 0 ? [...lines, 'With --json, "lost" names the items.'] : []
}

function formatOf(name: string) {
  const format = FORMATS[name]
  if (format) return format
  throw new CapstanError('bad-input', `There is no format "${name}".`, {
    help: `There are ${Object.keys(FORMATS).join(', ')}.`,
  })
}

interface Foreign {
  /** Text, or the bytes of a zip file. */
  readonly content: string | Uint8Array
  /** Null for a zip file. */
  readonly encoding: string | null
  readonly doubts: readonly FileProblem[]
}

async function readForeign(path: string): Promise<Foreign> {
  // The last byte that is read, by its place: one more than is taken shows that a file is too large.
  const content = await buffer(createReadStream(path, { end: LARGEST_FILE })).catch((error: unknown) => {
    throw new CapstanError('not-found', `${path} cannot be read.`, {
      help: 'See that the file is there.',
      cause: error,
    })
  })
  if (content.length > LARGEST_FILE)
    throw new CapstanError('bad-input', `${path} is larger than 20 MB.`, { help: 'Split it.' })
  if (isZip(content)) return { content, encoding: null, doubts: [] }
  const decoded = decodeText(content)
  if (decoded.text !== null) {
    const { text, encoding, isGuessed } = decoded
    return { content: text, encoding, doubts: isGuessed ? [guess(basename(path), encoding)] : [] }
  }
  throw new CapstanError('bad-input', `${path}: ${decoded.problem}`, {
    help: 'Save it as UTF-8, then import it again.',
  })
}

function guess(file: string, encoding: string): FileProblem {
  return {
    file,
    line: 1,
    column: 1,
    message: `This file is not UTF-8, so it was read as ${encoding}.`,
    help: 'Look whether its letters are right; if not, save it as UTF-8.',
    severity: 'warning',
  }
}

/** Never over somebody's work. */
async function writeNew(file: string, content: string | Uint8Array): Promise<void> {
  await writeFile(file, content, { flag: 'wx' }).catch((error: unknown) => {
    throw new CapstanError('bad-input', `${file} is there already, or cannot be written.`, {
      help: 'Move it away, or name another folder with --out.',
      cause: error,
    })
  })
}
