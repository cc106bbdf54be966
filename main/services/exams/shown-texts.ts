/** The texts of an item that an attempt has shown so far. What belongs to the key comes when the item is revealed. */
import { type Attempt, type Item, shownOption } from '../../../exam'
import { isRevealedNow } from './revealed'
import { textsOf } from './texts'

export function shownTexts(
  attempt: Attempt,
  itemId: string,
  bank: { get(id: string): Item | undefined },
): string[] {
  return attempt.form.items.flatMap((form, index) => {
    const state = attempt.items[index]
    if (form.id !== itemId || !state) return []
    const { stem, options, prompts, explanation } = textsOf(form, bank)
    if (isRevealedNow(attempt, state))
      return [stem, explanation, ...[...prompts, ...options].flatMap(({ text, why }) => [text, why ?? ''])]
    const decided = state.decisions.map(({ option }) => option)
    const shown = form.delivery === 'classic' ? form.order : [...decided, shownOption(form, state)]
    const open = [stem, ...prompts.map(({ text }) => text)]
    return [...open, ...options.flatMap(({ id, text }) => (shown.includes(id) ? text : []))]
  })
}
