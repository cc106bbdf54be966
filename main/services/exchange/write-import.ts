/** Writes what an import has made into a new folder: all of it, or nothing. */
import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Imported } from '../../../exam'
import { CapstanError } from '../../../shared/errors'
import { isDiskFull, isNotThere } from '../../../shared/system/failures'
import { PICTURES, runInThread } from '../own'

type ToWrite = Pick<Imported, 'files' | 'pictures'>

const MOST_NAMES = 1_000
/** Milliseconds to read again what was written. */
const CHECK_LIMIT_MS = 60_000

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
  for (const { name, text } of files) await writeFile(join(folder, name), text, { flag: 'wx' })
  await assertReadable(folder, files)
  for (const { path, data } of pictures) {
    const place = join(folder, path)
    await mkdir(dirname(place), { recursive: true })
    await writeFile(place, typeof data === 'string' ? Buffer.from(data, 'base64') : data, { flag: 'wx' })
  }
}

/** @throws CapstanError `bad-input` when a file does not hold what was written, `engine-timeout` */
async function assertReadable(folder: string, files: ToWrite['files']): Promise<void> {
  const wanted = new Map(files.map(({ name, items }) => [name, items]))
  const problems: string[] = []
  await runInThread(
    { kind: 'files', folder, files: [...wanted.keys()] },
    {
      limitMs: CHECK_LIMIT_MS,
      onReport: (report) => {
        if (report.kind !== 'file') return
        const { file, items, problems: found } = report.file
        if (found.length > 0 || items.length !== wanted.get(file)) problems.push(found[0]?.message ?? '')
      },
    },
  )
  const [problem] = problems
  if (problem === undefined) return
  throw new CapstanError('bad-input', `The questions cannot be read again. ${problem}`, {
    help: 'Report the file, and import a part of it at a time.',
  })
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
