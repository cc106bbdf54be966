/** Writes what an import has made into a new folder: all of it, or nothing. */
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Imported, parseQuestions } from '../../../exam'
import { CapstanError } from '../../../shared/errors'
import { isDiskFull, isNotThere } from '../../../shared/system/failures'
import { PICTURES } from '../own'

type ToWrite = Pick<Imported, 'files' | 'pictures'>

const MOST_NAMES = 1_000

/**
 * Writes into a folder of another name first, which takes its own at the end.
 * @param name what the folder is called, if nothing else is called so
 * @returns the name that it got
 * @throws CapstanError `no-space`, `bad-input` for a folder that cannot be written
 */
export async function writeImport(folder: string, name: string, imported: ToWrite): Promise<string> {
  const fresh = join(folder, `.${randomUUID()}`)
  try {
    await mkdir(folder, { recursive: true })
    await writeAll(fresh, imported)
    const free = await freeName(folder, name)
    await rename(fresh, join(folder, free))
    return free
  } catch (error) {
    await rm(fresh, { recursive: true, force: true }).catch(() => undefined)
    throw inWords(folder, error)
  }
}

async function writeAll(folder: string, { files, pictures }: ToWrite): Promise<void> {
  await mkdir(folder)
  for (const { name, text, items } of files) {
    const path = join(folder, name)
    await writeFile(path, text, { flag: 'wx' })
    await assertReadable(path, items)
  }
  for (const { path, data } of pictures) {
    const place = join(folder, path)
    await mkdir(dirname(place), { recursive: true })
    await writeFile(place, typeof data === 'string' ? Buffer.from(data, 'base64') : data, { flag: 'wx' })
  }
}

/** @throws CapstanError `bad-input` for a file that does not hold what was written */
async function assertReadable(path: string, items: number): Promise<void> {
  const read = parseQuestions({ file: 'import/file.yaml', text: await readFile(path, 'utf8') })
  if (read.problems.length === 0 && read.items.length === items) return
  throw new CapstanError(
    'bad-input',
    `The questions cannot be read again. ${read.problems[0]?.message ?? ''}`,
    {
      help: 'Report the file, and import a part of it at a time.',
    },
  )
}

async function freeName(folder: string, name: string): Promise<string> {
  // In a folder of that name no questions are looked for.
  for (let turn = name === PICTURES ? 2 : 1; turn <= MOST_NAMES; turn++) {
    const free = turn === 1 ? name : `${name}-${turn}`
    const found = await stat(join(folder, free)).catch((error: unknown) => {
      if (isNotThere(error)) return null
      throw error
    })
    if (!found) return free
  }
  throw new CapstanError('bad-input', `There are too many folders called ${name}.`, {
    help: 'Rename the file that you import.',
  })
}

function inWords(folder: string, error: unknown): Error {
  if (error instanceof CapstanError) return error
  if (isDiskFull(error))
    return new CapstanError('no-space', 'The disk is full. Nothing was added.', {
      help: 'Make room, then add the questions again.',
      cause: error,
    })
  return new CapstanError('bad-input', `Nothing can be written into ${folder}.`, {
    help: 'See that you may write there, or choose another folder in the settings.',
    cause: error,
  })
}
