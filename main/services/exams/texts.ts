/** The texts of a form's items. */
import { type Form, type Item, type ItemText, itemText } from '../../../exam'

/** Journals of an older Capstan know items and options by their ids alone. */
const GONE_ITEM = 'This item is no longer in the bank.'
export const GONE_OPTION = 'This option is no longer in the bank.'

/** The texts of the day the attempt began, or those of the bank for an attempt whose journal has none. */
export function textsOf(form: Form['items'][number], bank: { get(id: string): Item | undefined }): ItemText {
  if (form.text) return form.text
  const item = bank.get(form.id)
  if (item) return itemText(item)
  return { stem: GONE_ITEM, exhibits: [], options: [], explanation: '', source: '', versions: null }
}
