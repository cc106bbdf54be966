/** The formats, by the names that people call them. */
import type { Item } from '../format'
import { readAiken, writeAiken } from './aiken'
import { readAnki, writeAnki } from './anki'
import { readCsv, writeCsv } from './csv'
import type { Content, ReadResult, WriteResult } from './draft'
import { readGift, writeGift } from './gift'
import { readMoodleXml, writeMoodleXml } from './moodle-xml'
import { ofKinds } from './of-kinds'
import type { PicturesOf } from './pictures'
import { readQti, readQtiPackage, writeQti } from './qti'
import { ofText, reader } from './reader'

export interface Format {
  /** The ending of its files. */
  readonly extension: string
  /** Reads a file. It never throws: what is wrong is a problem with its line. */
  readonly read: (content: Content, file: string) => ReadResult
  /** @param picturesOf the pictures of the items; formats that carry none tell them as lost */
  readonly write: (items: readonly Item[], picturesOf?: PicturesOf) => WriteResult
}

const qtiReader = reader(
  (content, file) => (typeof content === 'string' ? readQti(content, file) : readQtiPackage(content, file)),
  'QTI has items with a choiceInteraction, alone or in a zip file with a manifest.',
)

const CHOICES = ['choice', 'multiple'] as const

export const FORMATS: Readonly<Record<string, Format>> = {
  gift: {
    extension: '.gift',
    read: reader(ofText(readGift), 'GIFT has questions such as "Which one? { =this ~that }".'),
    write: ofKinds([...CHOICES, 'matching'], writeGift),
  },
  'moodle-xml': {
    extension: '.xml',
    read: reader(ofText(readMoodleXml), 'A Moodle quiz has elements such as <question type="multichoice">.'),
    write: ofKinds([...CHOICES, 'matching', 'ordering'], writeMoodleXml),
  },
  aiken: {
    extension: '.txt',
    read: reader(
      ofText(readAiken),
      'Aiken has a question, options such as "A. this", and a line "ANSWER: A".',
    ),
    write: ofKinds(CHOICES, writeAiken),
  },
  csv: {
    extension: '.csv',
    read: reader(ofText(readCsv), 'The first line names columns: stem, option1, right1, option2 and so on.'),
    write: ofKinds(CHOICES, writeCsv),
  },
  anki: {
    extension: '.tsv',
    read: reader(
      ofText(readAnki),
      'A note has a front with options as "A) this", and a back with the right letters.',
    ),
    write: ofKinds(CHOICES, writeAnki),
  },
  qti: {
    extension: '.zip',
    read: qtiReader,
    write: ofKinds([...CHOICES, 'matching', 'ordering'], (items, picturesOf) =>
      writeQti(items, '2.1', picturesOf),
    ),
  },
  qti3: {
    extension: '.zip',
    read: qtiReader,
    write: ofKinds([...CHOICES, 'matching', 'ordering'], (items, picturesOf) =>
      writeQti(items, '3.0', picturesOf),
    ),
  },
}
