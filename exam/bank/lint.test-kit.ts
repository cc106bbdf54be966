/** Banks of a few short items, for the tests of the linter. */
import { readFileSync } from 'node:fs'
import { type Blueprint, parseBlueprint } from '../blueprint'
import { lintBank } from './lint'

const file = new URL('../../questions/blueprint.yaml', import.meta.url)
export const blueprint = parseBlueprint(readFileSync(file, 'utf8')).blueprint as Blueprint

export interface Draft {
  readonly id?: string
  readonly kind?: string
  readonly stem?: string
  /** A key begins with an asterisk. */
  readonly options?: readonly string[]
  readonly more?: string
  readonly explanation?: string
  readonly source?: string
  readonly file?: string
  /** Gives all wrong options one reason. */
  readonly sameWhy?: boolean
}

export const quoted = (text: string) => JSON.stringify(text)

export function yaml({
  id = 'net-one',
  kind = 'choice',
  stem = 'Which?',
  options = ['*this', 'that'],
  more,
  explanation = 'Because.',
  source = 'measured',
  sameWhy = false,
}: Draft) {
  const lines = options.map((text, index) =>
    text.startsWith('*')
      ? `    - { text: ${quoted(text.slice(1))}, right: true }`
      : `    - { text: ${quoted(text)}, why: "It is not ${sameWhy ? 0 : index}." }`,
  )
  return [
    `- ${id.startsWith('template') ? 'template' : 'id'}: ${id}`,
    `  objectives: [NET-05]\n  kind: ${kind}\n  difficulty: easy\n  stem: ${quoted(stem)}\n  options:`,
    ...lines,
    `  explanation: ${quoted(explanation)}\n  source: ${source}`,
    more ?? '  unprovable: "definition: It is a test."',
    '',
  ].join('\n')
}

export const lint = (...drafts: Draft[]) =>
  lintBank(
    [...new Set(drafts.map(({ file = 'networking/one.yaml' }) => file))].map((file) => ({
      file,
      text: drafts
        .filter((draft) => (draft.file ?? 'networking/one.yaml') === file)
        .map(yaml)
        .join(''),
    })),
    { blueprint, proofProblem: () => null, commandProblem: () => null },
  )
export const messages = (...drafts: Draft[]) => lint(...drafts).problems.map(({ message }) => message)
