/** The formats in the words of people. */
import { FORMATS } from '../../../exam'
import { CapstanError } from '../../../shared/errors'
import type { FormatView } from '../../api'

const TITLES: Readonly<Record<string, string>> = {
  gift: 'GIFT',
  'moodle-xml': 'Moodle XML',
  aiken: 'Aiken',
  csv: 'CSV table',
  anki: 'Anki notes',
  qti: 'QTI 2.1 package',
  qti3: 'QTI 3.0 package',
}

export function formatViews(): FormatView[] {
  return Object.entries(FORMATS).map(([id, { extension }]) => ({ id, title: TITLES[id] ?? id, extension }))
}

/** @throws CapstanError `bad-input` for a format that there is not */
export function formatView(id: string): FormatView {
  const found = formatViews().find((one) => one.id === id)
  if (found) return found
  throw new CapstanError('bad-input', `There is no format "${id}".`, {
    help: `There are ${Object.keys(FORMATS).join(', ')}.`,
  })
}
