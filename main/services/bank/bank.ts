/** The bank of questions, from disk. */
import { buildBank } from '../../../exam'
import { builtFile } from '../../../shared/system/built-files'
import { type LoadedBank, readBuiltBank } from './built'
import { readQuestions } from './questions'

export type { LoadedBank } from './built'
export { loadBlueprint, readHandsOn, readQuestionFolder, readQuestions } from './questions'

export interface LoadBankOptions {
  /**
   * The built bank; null parses the files. The default is the one beside the built program. Code that runs from its
   * sources has none: a bank that was built earlier may come from an older parser.
   */
  readonly built?: string | null
}

/**
 * Loads questions/<domain>/*.yaml and the blueprint. Problems of items are in the bank.
 *
 * The built bank is used when it was built from exactly these files. Otherwise somebody has edited them since, and they
 * are parsed.
 *
 * @param resources the folder that holds questions/
 * @throws CapstanError `bad-input` when the blueprint itself is broken
 */
export async function loadBank(
  resources: string,
  { built = builtFile('bank.jsonl') }: LoadBankOptions = {},
): Promise<LoadedBank> {
  const ready = built === null ? null : await readBuiltBank(resources, built)
  if (ready) return ready
  const { files, blueprint } = await readQuestions(resources)
  return { bank: buildBank(files), blueprint }
}
