/** The files of questions/ as people write them. */
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { type Blueprint, type HandsOnText, parseBlueprint, type QuestionText } from '../../../exam'
import { CapstanError } from '../../../shared/errors'
import { ENOUGH_TO_REFUSE, problemText } from '../../../shared/files'
import { isNotThere } from '../../../shared/system/failures'
import { readBeginning } from '../../../shared/system/part-of-file'

const QUESTIONS = 'questions'
const BLUEPRINT = 'blueprint.yaml'
/** Folder of the hands-on exams in questions/. */
const HANDS_ON = 'hands-on'
/** Folder of the sheets of objectives in questions/. */
const OBJECTIVES = 'objectives'

export interface QuestionFiles {
  readonly files: readonly QuestionText[]
  readonly blueprint: Blueprint
}

/**
 * Reads the texts of all files of questions, and the blueprint.
 * @param resources the folder that holds questions/
 * @throws CapstanError `bad-input` when the blueprint is broken
 */
export async function readQuestions(resources: string): Promise<QuestionFiles> {
  const folder = join(resources, QUESTIONS)
  const blueprint = await loadBlueprint(resources)
  const paths = await questionPaths(folder)
  return { files: paths.map((file) => ({ file, text: textOf(join(folder, file)) })), blueprint }
}

/**
 * The text of a file, as far as it is needed: what is read of a file that is too large is refused too.
 *
 * It is read synchronously: a thousand small files take much longer when each goes round the event loop.
 */
function textOf(path: string): string {
  return readBeginning(path, ENOUGH_TO_REFUSE).toString('utf8')
}

/** A hash of the blueprint and of every file of questions, with their names. */
export async function questionsHash(resources: string): Promise<string> {
  const folder = join(resources, QUESTIONS)
  const hash = createHash('sha256')
  for (const path of [BLUEPRINT, ...(await questionPaths(folder))]) {
    const content = readBeginning(join(folder, path), ENOUGH_TO_REFUSE)
    // With the length, no two different sets of files give the same bytes.
    hash.update(`${path}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** Paths of the files of questions, relative to the folder, in their order. */
async function questionPaths(folder: string): Promise<string[]> {
  const others = [folder, join(folder, HANDS_ON), join(folder, OBJECTIVES)]
  const holdsItems = (path: string) => !others.includes(path)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml') && holdsItems(entry.parentPath))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}

/** Reads the files of questions that lie in one folder, by name. A folder that is not there has none. */
export async function readQuestionFolder(folder: string): Promise<QuestionText[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isNotThere(error)) return []
    throw error
  })
  const own = names.filter((name) => name.endsWith('.yaml')).sort()
  return own.map((file) => ({ file, text: textOf(join(folder, file)) }))
}

/** @throws CapstanError `bad-input` when the blueprint is broken */
export async function loadBlueprint(resources: string): Promise<Blueprint> {
  const text = textOf(join(resources, QUESTIONS, BLUEPRINT))
  const { blueprint, problems } = parseBlueprint(text)
  if (blueprint) return blueprint
  const [first] = problems
  const message = first ? problemText({ ...first, help: '' }) : 'The blueprint is empty.'
  throw new CapstanError('bad-input', message, { help: first?.help ?? '' })
}

/** Reads the files of the hands-on exams, by name. A bank without the folder has none, which is no error. */
export async function readHandsOn(resources: string): Promise<HandsOnText[]> {
  const folder = join(resources, QUESTIONS, HANDS_ON)
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (isNotThere(error)) return []
    throw error
  })
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
  const names = files.map(({ name }) => name).sort()
  return names.map((name) => ({ file: join(HANDS_ON, name), text: textOf(join(folder, name)) }))
}
