/** The bank of questions, from disk. */
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { EngineError, problemText } from '../../engine'
import { type Bank, type Blueprint, buildBank, parseBlueprint, type QuestionText } from '../../exam'

export interface QuestionFiles {
  readonly files: readonly QuestionText[]
  readonly blueprint: Blueprint
}

export interface LoadedBank extends QuestionFiles {
  readonly bank: Bank
}

/** The files, with the bank that they make. Problems of items are in the bank. */
export async function loadBank(resources: string): Promise<LoadedBank> {
  const files = await readQuestions(resources)
  return { ...files, bank: buildBank(files.files) }
}

/**
 * The texts of questions/<domain>/*.yaml, and the blueprint.
 * @param resources the folder that holds questions/
 * @throws EngineError `bad-input` when the blueprint itself is broken
 */
export async function readQuestions(resources: string): Promise<QuestionFiles> {
  const folder = join(resources, 'questions')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml') && entry.parentPath !== folder)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const files = await Promise.all(
    paths.map(async (path) => ({ file: relative(folder, path), text: await readFile(path, 'utf8') })),
  )
  const { blueprint, problems } = parseBlueprint(await readFile(join(folder, 'blueprint.yaml'), 'utf8'))
  if (blueprint) return { blueprint, files }
  const [first] = problems
  throw new EngineError(
    'bad-input',
    first ? problemText({ ...first, mend: '' }) : 'The blueprint is empty.',
    {
      mend: first?.mend ?? '',
    },
  )
}
