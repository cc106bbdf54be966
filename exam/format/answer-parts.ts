/** What an item's file says of its answer, as the parts of an item: options, prompts, and what a command has to do. */
import { type Item, type ItemOption, optionId } from './item'
import type { ItemFile } from './schema'

type AnswerParts = Pick<Item, 'options' | 'prompts' | 'command'>

export function partsOf(file: ItemFile): AnswerParts {
  switch (file.kind) {
    case 'matching':
      return { ...matchingParts(file), command: null }
    case 'ordering':
      return { options: file.sequence.map((entry) => optionOf(entry, true)), prompts: [], command: null }
    case 'command':
      return { options: [], prompts: [], command: file.command }
    default:
      return {
        options: file.options.map(({ right, ...entry }) => optionOf(entry, right)),
        prompts: [],
        command: null,
      }
  }
}

type MatchingFile = Extract<ItemFile, { readonly kind: 'matching' }>

/** Right sides that are written in the same way are one option. The reason of a pair is that of its prompt. */
function matchingParts({ pairs, extras }: MatchingFile): Pick<AnswerParts, 'options' | 'prompts'> {
  const rights = [...new Set(pairs.map(({ right }) => right))]
  return {
    options: [
      ...rights.map((text) => optionOf(text, true)),
      ...extras.map((entry) => optionOf(entry, false)),
    ],
    prompts: pairs.map(({ left, right, why }) => ({ text: left, option: optionId(right), why: why ?? null })),
  }
}

type Entry = string | { readonly text: string; readonly why?: string | undefined }

function optionOf(entry: Entry, right: boolean): ItemOption {
  const { text, why = null } = typeof entry === 'string' ? { text: entry } : entry
  return { id: optionId(text), text, right, why }
}
