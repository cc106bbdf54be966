/** The person's own questions in drills. They are never in a mock exam, and say nothing of readiness. */
import { type Bank, bankOf, type Form, type Item, wholeItems } from '../../../exam'
import { CapstanError } from '../../../shared/errors'

export interface OwnSource {
  /** An item as it was read the last time. */
  item(id: string): Item | undefined
  /** What is in their folder now. */
  read(): Promise<{ readonly bank: Bank }>
}

export const NOTHING_OWN: OwnSource = {
  item: () => undefined,
  read: async () => ({ bank: bankOf({ items: [], templates: [], problems: [] }) }),
}

/** Which of the person's own questions; all without a folder and a tag. */
export interface OwnWish {
  /** Relative to the folder of all; a file is named like a folder. */
  readonly folder?: string | undefined
  readonly tag?: string | undefined
  /** The most items. */
  readonly length: number
}

/** The questions that fit. */
export function partOf(bank: Bank, { folder, tag }: Pick<OwnWish, 'folder' | 'tag'>): Bank {
  const fits = ({ place, tags }: Item) =>
    (folder === undefined || place.file === folder || place.file.startsWith(`${folder}/`)) &&
    (tag === undefined || tags.includes(tag))
  const whole = (heads: Parameters<typeof wholeItems>[1]) => wholeItems(bank, heads).filter(fits)
  const templates = bank.templates.map(({ id, items }) => ({ id, items: whole(items) }))
  return bankOf({
    items: whole(bank.items),
    templates: templates.filter(({ items }) => items.length > 0),
    problems: [],
  })
}

/** Remembers in the form which items are the person's own. Their files may be gone when the attempt is counted. */
export function withOwnMarked(form: Form, own: OwnSource): Form {
  return { ...form, items: form.items.map((item) => (own.item(item.id) ? { ...item, own: true } : item)) }
}

export function noneOfOwn(): CapstanError {
  return new CapstanError('bad-input', 'None of your own questions fits.', {
    help: 'Choose others, or add some on the page of your own questions.',
  })
}
