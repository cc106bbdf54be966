/** Tells which pictures of own questions are not there. */
import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { FileProblem } from '../../../shared/files'
import { isNotThere } from '../../../shared/system/failures'
import { PICTURES } from './find-files'
import type { OwnFile } from './jobs'

/** @throws NodeJS.ErrnoException for a folder of pictures that cannot be listed */
export async function missingPictures(
  folder: string,
  files: readonly Pick<OwnFile, 'file' | 'pictures'>[],
): Promise<FileProblem[]> {
  const problems: FileProblem[] = []
  const known = new Map<string, ReadonlySet<string>>()
  for (const { file, pictures } of files) {
    if (pictures.length === 0) continue
    const place = join(folder, dirname(file), PICTURES)
    const names = known.get(place) ?? (await namesIn(place))
    known.set(place, names)
    for (const { path, line } of pictures)
      if (!names.has(basename(path))) problems.push(missing(path, { file, line, place }))
  }
  return problems
}

async function namesIn(folder: string): Promise<ReadonlySet<string>> {
  try {
    return new Set(await readdir(folder))
  } catch (error) {
    if (isNotThere(error)) return new Set()
    throw error
  }
}

interface Place {
  readonly file: string
  readonly line: number
  /** The folder where the picture must be. */
  readonly place: string
}

function missing(path: string, { file, line, place }: Place): FileProblem {
  const help = `Put it into ${place}, or take it out of the text.`
  return { file, line, column: 1, message: `The picture ${path} is not there.`, help, severity: 'warning' }
}
