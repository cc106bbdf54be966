/** `capstan bank import` and `bank export`. */
import { createReadStream } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { CapstanError, problemText, resourcesFolder } from '../../engine'
import { draftsToYaml, FORMATS, type Lost, parseQuestions, representatives, wholeItems } from '../../exam'
import { loadBank } from '../services'
import { decodeText } from './foreign-text'
import { EXIT, type Output, print, printContent, report } from './output'

/** A file larger than this is no bank of questions. */
const LARGEST_FILE = 20 * 1024 * 1024

export interface ImportOptions {
  readonly output: Output
  /** Folder for the new file. */
  readonly folder: string
  /** The default is the format of the file's ending. */
  readonly format: string | undefined
  /** The objective of items that name none. */
  readonly objective: string
}

/** Reads a foreign file and writes questions/<domain>/*.yaml beside ours. */
export async function importQuestions(
  path: string,
  { output, folder, format, objective }: ImportOptions,
): Promise<number> {
  const source = basename(path)
  const name = basename(path, extname(path))
  const foreign = formatOf(format ?? byExtension(path)).read(await readText(path), source)
  const written = draftsToYaml(foreign.drafts, {
    objectives: [objective],
    source,
    prefix: name,
    file: source,
  })
  const files = written.files.map((file, index) => ({ ...file, path: pathOf(folder, name, index) }))
  let items = 0
  for (const file of files) items += await writeAndRead(file)
  const problems = [...foreign.problems, ...written.problems]
  const isOk = problems.every(({ severity }) => severity !== 'error')
  const paths = files.map((file) => file.path)
  print(output, { ok: isOk, file: paths[0] ?? pathOf(folder, name, 0), files: paths, items, problems }, [
    ...problems.map((problem) => `${problem.severity === 'error' ? '✗' : '!'} ${problemText(problem)}`),
    `${items} items${paths.length > 0 ? ` in ${paths.join(', ')}` : ''}`,
  ])
  return isOk ? EXIT.done : EXIT.badInput
}

/** A large bank becomes several files. */
function pathOf(folder: string, name: string, index: number): string {
  const plain =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'imported'
  return join(resolve(folder), `${plain}${index === 0 ? '' : `-${index + 1}`}.yaml`)
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
  const { text, lost } = formatOf(format).write(items)
  for (const line of summaryOf(lost)) report(output, line)
  if (file) await writeFile(resolve(file), text)
  if (output.json || file)
    print(
      output,
      {
        ok: true,
        format,
        items: items.length,
        file: file ?? null,
        lost: lost.map(lineOf),
        ...(file ? {} : { text }),
      },
      [`${items.length} items in ${file}`],
    )
  else printContent(output, text)
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

function byExtension(path: string): string {
  const [name] =
    Object.entries(FORMATS).find(([, { extension }]) => extension === extname(path).toLowerCase()) ?? []
  if (name) return name
  throw new CapstanError('bad-input', `The ending of ${basename(path)} does not tell its format.`, {
    help: `Name it with --format: ${Object.keys(FORMATS).join(', ')}.`,
  })
}

async function readText(path: string): Promise<string> {
  // The last byte that is read, by its place: one more than is taken shows that a file is too large.
  const content = await buffer(createReadStream(path, { end: LARGEST_FILE })).catch((error: unknown) => {
    throw new CapstanError('not-found', `${path} cannot be read.`, {
      help: 'See that the file is there.',
      cause: error,
    })
  })
  if (content.length > LARGEST_FILE)
    throw new CapstanError('bad-input', `${path} is larger than 20 MB.`, { help: 'Split it.' })
  const { text, problem } = decodeText(content)
  if (text !== null) return text
  throw new CapstanError('bad-input', `${path}: ${problem}`, {
    help: 'Save it as UTF-8, then import it again.',
  })
}

/** Never over somebody's work. */
async function writeNew(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((error: unknown) => {
    throw new CapstanError('bad-input', `${file} is there already, or cannot be written.`, {
      help: 'Move it away, or name another folder with --out.',
      cause: error,
    })
  })
}
