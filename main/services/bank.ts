/** The bank of questions, from disk. */
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { EngineError, problemText } from '../../engine'
import {
  type Bank,
  type Blueprint,
  buildBank,
  type HandsOnText,
  parseBlueprint,
  type QuestionText,
} from '../../exam'

export interface LoadedBank {
  readonly bank: Bank
  readonly blueprint: Blueprint
  readonly files: readonly QuestionText[]
}

/** Folder of the hands-on exams, in questions/. */
const HANDS_ON = 'hands-on'

/** The files of the hands-on exams, by name. None is no error: a bank may have only questions. */
export async function readHandsOn(resources: string): Promise<HandsOnText[]> {
  const names = await readdir(join(resources, 'questions', HANDS_ON)).catch(() => [])
  const files = names.filter((name) => name.endsWith('.yaml')).sort()
  return await Promise.all(
    files.map(async (name) => ({
      file: join(HANDS_ON, name),
      text: await readFile(join(resources, 'questions', HANDS_ON, name), 'utf8'),
    })),
  )
}

/**
 * Reads questions/<domain>/*.yaml and the blueprint. Problems of items are in the bank.
 * @param resources the folder that holds questions/
 * @throws EngineError `bad-input` when the blueprint itself is broken
 */
export async function loadBank(resources: string): Promise<LoadedBank> {
  const folder = join(resources, 'questions')
  const holdsItems = (path: string) => path !== folder && path !== join(folder, HANDS_ON)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml') && holdsItems(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const files = await Promise.all(
    paths.map(async (path) => ({ file: relative(folder, path), text: await readFile(path, 'utf8') })),
  )
  return { bank: buildBank(files), blueprint: await loadBlueprint(resources), files }
}

/** @throws EngineError `bad-input` when the blueprint is broken */
export async function loadBlueprint(resources: string): Promise<Blueprint> {
  const text = await readFile(join(resources, 'questions', 'blueprint.yaml'), 'utf8')
  const { blueprint, problems } = parseBlueprint(text)
  if (blueprint) return blueprint
  const [first] = problems
  throw new EngineError(
    'bad-input',
    first ? problemText({ ...first, mend: '' }) : 'The blueprint is empty.',
    {
      mend: first?.mend ?? '',
    },
  )
}
