/** Exchange with other programs: questions as GIFT, Moodle XML, Aiken, CSV and Anki. */
import type { Item } from '../format'
import { readAiken, writeAiken } from './aiken'
import { readAnki, writeAnki } from './anki'
import { readCsv, writeCsv } from './csv'
import type { ReadResult, WriteResult } from './draft'
import { readGift, writeGift } from './gift'
import { readMoodleXml, writeMoodleXml } from './moodle-xml'

export { draftsToYaml } from './to-yaml'

interface Format {
  /** The ending of its files. */
  readonly extension: string
  readonly read: (text: string, file: string) => ReadResult
  readonly write: (items: readonly Item[]) => WriteResult
}

export const FORMATS: Readonly<Record<string, Format>> = {
  gift: { extension: '.gift', read: readGift, write: writeGift },
  'moodle-xml': { extension: '.xml', read: readMoodleXml, write: writeMoodleXml },
  aiken: { extension: '.txt', read: readAiken, write: writeAiken },
  csv: { extension: '.csv', read: readCsv, write: writeCsv },
  anki: { extension: '.tsv', read: readAnki, write: writeAnki },
}
