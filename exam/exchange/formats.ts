/** The formats, by the names that people call them. */
import type { Item } from '../format'
import { readAiken, writeAiken } from './aiken'
import { readAnki, writeAnki } from './anki'
import { readCsv, writeCsv } from './csv'
import type { ReadResult, WriteResult } from './draft'
import { readGift, writeGift } from './gift'
import { readMoodleXml, writeMoodleXml } from './moodle-xml'
import { reader } from './reader'

interface Format {
  /** The ending of its files. */
  readonly extension: string
  /** Reads the text of a file. It never throws: what is wrong is a problem with its line. */
  readonly read: (text: string, file: string) => ReadResult
  readonly write: (items: readonly Item[]) => WriteResult
}

export const FORMATS: Readonly<Record<string, Format>> = {
  gift: {
    extension: '.gift',
    read: reader(readGift, 'GIFT has questions such as "Which one? { =this ~that }".'),
    write: writeGift,
  },
  'moodle-xml': {
    extension: '.xml',
    read: reader(readMoodleXml, 'A Moodle quiz has elements such as <question type="multichoice">.'),
    write: writeMoodleXml,
  },
  aiken: {
    extension: '.txt',
    read: reader(readAiken, 'Aiken has a question, options such as "A. this", and a line "ANSWER: A".'),
    write: writeAiken,
  },
  csv: {
    extension: '.csv',
    read: reader(readCsv, 'The first line names columns: stem, option1, right1, option2 and so on.'),
    write: writeCsv,
  },
  anki: {
    extension: '.tsv',
    read: reader(
      readAnki,
      'A note has a front with options as "A) this", and a back with the right letters.',
    ),
    write: writeAnki,
  },
}
