/** The texts of a form's items. */
import { type Form, type Item, type ItemText, itemText } from '../../../exam'

/** Journals of an older Capstan know items and options by their ids alone. */
const GONE_ITEM = 'This item is no longer in the bank.'
export const GONE_OPTION = 'This option is no longer in the bank.'
/** An attempt from elsewhere may have fewer texts than its key has places. */
export const GONE_PROMPT = 'This part is no longer in the bank.'

/** The texts of the day the attempt began, or those of the bank for an attempt whose journal has none. */
export function textsOf(form: Form['items'][number], bank: { get(id: string): Item | undefined }): ItemText {
  if (form.text) return form.text
  const item = bank.get(form.id)
  if (item) return itemText(item)
  const nothing = { exhibits: [], options: [], prompts: [], command: null, versions: null }
  return { stem: GONE_ITEM, explanation: '', source: '', ...nothing }
}
