/** The bank of questions, from disk. */
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { EngineError, problemText } from '../../engine'
import { type Bank, type Blueprint, buildBank, parseBlueprint, type QuestionText } from '../../exam'

export interface LoadedBank {
  readonly bank: Bank
  readonly blueprint: Blueprint
  readonly files: readonly QuestionText[]
}

/**
 * Reads questions/<domain>/*.yaml and the blueprint. Problems of items are in the bank.
 * @param resources the folder that holds questions/
 * @throws EngineError `bad-input` when the blueprint itself is broken
 */
export async function loadBank(resources: string): Promise<LoadedBank> {
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
  if (blueprint) return { bank: buildBank(files), blueprint, files }
  const [first] = problems
  throw new EngineError(
    'bad-input',
    first ? problemText({ ...first, mend: '' }) : 'The blueprint is empty.',
    {
      mend: first?.mend ?? '',
    },
  )
}
