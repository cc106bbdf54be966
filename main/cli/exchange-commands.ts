/** `capstan bank import` and `bank export`. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, extname, join, resolve } from 'node:path'
import { CapstanError, problemText, resourcesFolder } from '../../engine'
import { draftsToYaml, FORMATS, representatives, wholeItems } from '../../exam'
import { loadBank } from '../services'
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
  const name = basename(path, extname(path))
  const text = await readText(path)
  const { drafts, problems } = formatOf(format ?? byExtension(path)).read(text, basename(path))
  const errors = problems.filter(({ severity }) => severity === 'error')
  const file = join(resolve(folder), `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.yaml`)
  if (drafts.length > 0) {
    await mkdir(resolve(folder), { recursive: true })
    const yaml = draftsToYaml(drafts, { objectives: [objective], source: basename(path), prefix: name })
    await writeNew(file, yaml)
  }
  print(output, { ok: errors.length === 0, file, items: drafts.length, problems }, [
    ...problems.map((problem) => `${problem.severity === 'error' ? '✗' : '!'} ${problemText(problem)}`),
    `${drafts.length} items${drafts.length > 0 ? ` in ${file}` : ''}`,
  ])
  return errors.length === 0 ? EXIT.done : EXIT.badInput
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
  for (const line of lost) report(output, `! not kept: ${line}`)
  if (file) await writeFile(resolve(file), text)
  if (output.json || file)
    print(
      output,
      { ok: true, format, items: items.length, file: file ?? null, lost, ...(file ? {} : { text }) },
      [`${items.length} items in ${file}`],
    )
  else printContent(output, text)
  return EXIT.done
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
  const content = await readFile(path).catch((error: unknown) => {
    throw new CapstanError('not-found', `${path} cannot be read.`, {
      help: 'See that the file is there.',
      cause: error,
    })
  })
  if (content.length > LARGEST_FILE)
    throw new CapstanError('bad-input', `${path} is larger than 20 MB.`, { help: 'Split it.' })
  return new TextDecoder().decode(content)
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
