/** The paths and the sheets of objectives: from the build where it was made from these files, else from the files. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import {
  type LearningPath,
  type ObjectiveSheet,
  type PathText,
  parsePath,
  parseSheets,
  type SheetText,
} from '../../../exam'
import { ENOUGH_TO_REFUSE } from '../../../shared/files'
import { builtFile } from '../../../shared/system/built-files'
import { isNotThere } from '../../../shared/system/failures'
import { readBeginning } from '../../../shared/system/part-of-file'
import { writeWhole } from '../../../shared/system/whole-file'

/** Goes up when the form of the built file changes. */
const VERSION = 2
/** More files are not read. */
const MOST_FILES = 200

export interface PathFiles {
  readonly paths: readonly LearningPath[]
  readonly sheets: readonly ObjectiveSheet[]
}

export interface PathTexts {
  readonly paths: readonly PathText[]
  readonly sheets: readonly SheetText[]
}

const Built = z.object({
  version: z.literal(VERSION),
  hash: z.string(),
  // The build wrote them from the types. Whoever can change the file can change the program as well.
  files: z.custom<PathFiles>((value) => typeof value === 'object' && value !== null),
})

/** Reads the texts of labs/paths and questions/objectives. A folder that is not there has no files. */
export async function readPathTexts(resources: string): Promise<PathTexts> {
  return {
    paths: await textsIn(join(resources, 'labs'), 'paths'),
    sheets: await textsIn(join(resources, 'questions'), 'objectives'),
  }
}

/**
 * Loads what can be used. A file with problems is left out; the linter tells them.
 * @param built the file of the build; null parses the files
 */
export async function loadPathFiles(resources: string, built = builtFile('path.json')): Promise<PathFiles> {
  const texts = await readPathTexts(resources)
  const ready = built === null ? null : await readBuilt(built)
  if (ready && ready.hash === hashOf(texts)) return ready.files
  return parsed(texts)
}

/** Parses the files, and writes what the build puts beside the program. */
export async function writePathFiles(resources: string, path: string): Promise<void> {
  const texts = await readPathTexts(resources)
  const content = { version: VERSION, hash: hashOf(texts), files: parsed(texts) }
  await writeWhole(path, `${JSON.stringify(content)}\n`)
}

function parsed({ paths, sheets }: PathTexts): PathFiles {
  const order = (one: LearningPath) => `${one.main ? 0 : 1}${one.title}`
  return {
    paths: paths.flatMap((text) => parsePath(text).path ?? []).sort((a, b) => (order(a) < order(b) ? -1 : 1)),
    sheets: sheets.flatMap((text) => parseSheets(text).sheets),
  }
}

async function readBuilt(path: string): Promise<z.infer<typeof Built> | null> {
  try {
    return Built.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    // Without the file, or with an older one, the files are parsed: that is slower and gives the same.
    if (isNotThere(error) || error instanceof SyntaxError || error instanceof z.ZodError) return null
    throw error
  }
}

async function textsIn(root: string, name: string): Promise<PathText[]> {
  const folder = join(root, name)
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (isNotThere(error)) return []
    throw error
  })
  const names = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => entry.name)
    .sort()
    .slice(0, MOST_FILES)
  return names.map((file) => ({
    file: `${name}/${file}`,
    text: readBeginning(join(folder, file), ENOUGH_TO_REFUSE).toString('utf8'),
  }))
}

function hashOf({ paths, sheets }: PathTexts): string {
  const hash = createHash('sha256')
  // With the length, no two different sets of files give the same bytes.
  for (const { file, text } of [...paths, ...sheets]) hash.update(`${file}\0${text.length}\0`).update(text)
  return hash.digest('hex')
}
