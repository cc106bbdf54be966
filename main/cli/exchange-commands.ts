/** `capstan bank import` and `bank export`. */
import { createReadStream } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { CapstanError, problemText, resourcesFolder } from '../../engine'
import {
  buildBank,
  FORMATS,
  type Item,
  isLeftOut,
  type Lost,
  nameInFile,
  parseQuestions,
  representatives,
  wholeItems,
} from '../../exam'
import { LARGEST_FOREIGN_FILE } from '../api'
import {
  carriedPictures,
  loadBank,
  lostParts,
  readForeign,
  readPicture,
  readQuestionFolder,
} from '../services'
import { EXIT, type Output, print, printContent, report } from './output'

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
  const imported = readForeign(await bytesOf(path), { name: basename(path), format, objective, taken: known })
  const { encoding, lost, problems } = imported
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
  const pictures = await picturesOf(items)
  const { content, lost } = formatOf(format).write(items, (id, path) => pictures.get(`${id} ${path}`) ?? null)
  if (typeof content !== 'string' && !file)
    throw new CapstanError('bad-input', `${format} is a zip file, which cannot be printed.`, {
      help: 'Name a file with --out.',
    })
  const written = items.length - lost.filter(isLeftOut).length
  for (const line of summaryOf(lost)) report(output, line)
  if (file) await writeFile(resolve(file), content)
  if (output.json || file)
    print(
      output,
      {
        ok: true,
        format,
        items: written,
        file: file ?? null,
        lost: lost.map(lineOf),
        ...(file ? {} : { text: content }),
      },
      [`${written} items in ${file}`],
    )
  else printContent(output, String(content))
  return EXIT.done
}

function lineOf({ id, parts }: Lost): string {
  return `${id}: ${parts.join(', ')}`
}

/** The pictures of the bank, by the id of the item and the path in its texts. */
async function picturesOf(items: readonly Item[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const questions = join(resourcesFolder(), 'questions')
  const found = await carriedPictures(items, ({ place }, path) =>
    readPicture(join(questions, place.file), path),
  )
  return new Map(found.map(({ item, path, bytes }) => [`${item} ${path}`, bytes]))
}

/** One line for each part that the format cannot hold, the commonest first. */
function summaryOf(lost: readonly Lost[]): string[] {
  const lines = lostParts(lost).map(
    ({ part, items }) => `! not kept: ${part} (${items} ${items === 1 ? 'item' : 'items'})`,
  )
  return lines.length > 0 ? [...lines, 'With --json, "lost" names the items.'] : []
}

function formatOf(name: string) {
  const format = FORMATS[name]
  if (format) return format
  throw new CapstanError('bad-input', `There is no format "${name}".`, {
    help: `There are ${Object.keys(FORMATS).join(', ')}.`,
  })
}

/** @throws CapstanError `not-found` for a file that cannot be read, `bad-input` for one that is too large */
async function bytesOf(path: string): Promise<Uint8Array> {
  // The last byte that is read, by its place: one more than is taken shows that a file is too large.
  const bytes = await buffer(createReadStream(path, { end: LARGEST_FOREIGN_FILE })).catch(
    (error: unknown) => {
      throw new CapstanError('not-found', `${path} cannot be read.`, {
        help: 'See that the file is there.',
        cause: error,
      })
    },
  )
  if (bytes.length <= LARGEST_FOREIGN_FILE) return bytes
  throw new CapstanError('bad-input', `${path} is larger than 20 MB.`, { help: 'Split it.' })
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
