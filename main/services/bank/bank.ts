/** The bank of questions, from disk. */
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { CapstanError, problemText } from '../../../engine'
import {
  type Bank,
  type Blueprint,
  bankOf,
  buildBank,
  type HandsOnText,
  parseBlueprint,
  type QuestionText,
} from '../../../exam'
import { parseCached } from './cache'

export interface LoadedBank {
  readonly bank: Bank
  readonly blueprint: Blueprint
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
 * @param cache where parsed files are kept between starts; everything is parsed without it
 * @throws CapstanError `bad-input` when the blueprint itself is broken
 */
export async function loadBank(resources: string, { cache }: { cache?: string } = {}): Promise<LoadedBank> {
  const folder = join(resources, 'questions')
  const blueprint = await loadBlueprint(resources)
  const bank = cache
    ? bankOf(await parseCached(folder, await questionPaths(folder), cache))
    : buildBank((await readQuestions(resources)).files)
  return { bank, blueprint }
}

export interface QuestionFiles {
  readonly files: readonly QuestionText[]
  readonly blueprint: Blueprint
}

/** The texts of all files of questions with the blueprint, for those who look at how they are written. */
export async function readQuestions(resources: string): Promise<QuestionFiles> {
  const folder = join(resources, 'questions')
  const blueprint = await loadBlueprint(resources)
  const paths = await questionPaths(folder)
  const files = await Promise.all(
    paths.map(async (file) => ({ file, text: await readFile(join(folder, file), 'utf8') })),
  )
  return { files, blueprint }
}

async function questionPaths(folder: string): Promise<string[]> {
  const holdsItems = (path: string) => path !== folder && path !== join(folder, HANDS_ON)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml') && holdsItems(entry.parentPath))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}

/** @throws CapstanError `bad-input` when the blueprint is broken */
export async function loadBlueprint(resources: string): Promise<Blueprint> {
  const text = await readFile(join(resources, 'questions', 'blueprint.yaml'), 'utf8')
  const { blueprint, problems } = parseBlueprint(text)
  if (blueprint) return blueprint
  const [first] = problems
  const message = first ? problemText({ ...first, help: '' }) : 'The blueprint is empty.'
  throw new CapstanError('bad-input', message, { help: first?.help ?? '' })
}
