/** Packages of QTI: a zip file with a manifest and an item in each file. */
import { strToU8, zipSync } from 'fflate'
import type { Item } from '../format'
import { gathered, lostOf, type ReadResult, readAlone, tagsOf, type WriteResult } from './draft'
import { stemWithExhibits } from './exhibits'
import { Refused } from './key'
import { toHtml, toPlain } from './markdown'
import { NO_PICTURES, type PicturesOf, picturesIn, withOtherPaths } from './pictures'
import { type ItemFile, readQtiItem } from './qti-item'
import type { Files } from './texts'
import { unpack } from './unpack'
import { allIn, escaped, readXml, textIn } from './xml'
import { xmlText } from './xml-bytes'

const MANIFEST = 'imsmanifest.xml'
const QTI_HELP = 'Export a package of QTI 2.1, 2.2 or 3.0.'
/** The first element of an item; or of QTI 1.2, which says then why it is not read. */
const ITEM = /<([\w-]+:)?(qti-assessment-item|assessmentItem|questestinterop)[\s/>]/
const PICTURE = /\.(png|jpe?g|gif|webp)$/i

/** What other zip files hold, by a name in them, and what to do with it. */
const OTHER_PACKAGES: readonly (readonly [RegExp, string, string])[] = [
  [/^collection\.anki/, 'This is a package of Anki.', 'Export its notes as plain text.'],
  [/^\[Content_Types\]\.xml$/, 'This is a document of an office program.', 'Save its table as CSV.'],
  [/^moodle_backup\.xml$/, 'This is a backup of Moodle.', 'Export its question bank as Moodle XML.'],
]

/** The text is null in an encoding that is not read. */
type PackedFile = Omit<ItemFile, 'text'> & { readonly text: string | null }

/** Reads an item by itself. */
export function readQti(text: string, file: string): ReadResult {
  return gathered(readAlone(file, 1, () => [readQtiItem({ path: file, text, words: [] }, 1)]))
}

/** Reads a package. Each item is a file of its own, which problems name. */
export function readQtiPackage(zip: Uint8Array, file: string): ReadResult {
  return gathered(
    readAlone(file, 1, () =>
      itemsIn(zip).flatMap(({ text, ...item }) =>
        readAlone(item.path, 1, () => {
          if (text === null) throw new Refused('The encoding of this file is not read.', 'Save it as UTF-8.')
          return [readQtiItem({ ...item, text }, 1)]
        }),
      ),
    ),
  )
}

/** @throws Refused for bytes that are no package, and for one that is too large */
function itemsIn(zip: Uint8Array): PackedFile[] {
  const { texts, pictures, names } = filesIn(zip)
  const words = wordsIn(texts.get(MANIFEST) ?? null)
  const isItem = (text: string | null) => text === null || ITEM.test(text.slice(0, 20_000))
  const files = [...texts].filter(([path, text]) => path !== MANIFEST && isItem(text))
  if (files.length === 0) throw nothingIn(names)
  // The manifest has the order of the author.
  const order = new Map([...words.keys()].map((path, place) => [path, place]))
  const place = (path: string) => order.get(path) ?? order.size
  return files
    .sort(([a], [b]) => place(a) - place(b))
    .map(([path, text]) => ({ path, text, words: words.get(path) ?? [], files: beside(path, pictures) }))
}

/** Why a package holds no question. */
function nothingIn(names: readonly string[]): Refused {
  const [, message, help] = OTHER_PACKAGES.find(([name]) => names.some((one) => name.test(one))) ?? []
  return new Refused(message ?? 'This package holds no item of QTI.', help ?? QTI_HELP)
}

/** The pictures, by the paths that a file of the package has for them: from its own folder, or from that of the package. */
function beside(path: string, pictures: ReadonlyMap<string, Uint8Array>): Files {
  const folder = path.split('/').slice(0, -1)
  return { get: (name) => pictures.get(pathFrom(folder, name)) ?? pictures.get(name) }
}

function pathFrom(folder: readonly string[], address: string): string {
  const path = [...folder]
  for (const part of address.split('/')) {
    if (part === '..') path.pop()
    else if (part !== '.') path.push(part)
  }
  return path.join('/')
}

interface PackageFiles {
  /** The files of XML, by their paths; null for one in an encoding that is not read. */
  readonly texts: ReadonlyMap<string, string | null>
  readonly pictures: ReadonlyMap<string, Uint8Array>
  /** All files of the package. */
  readonly names: readonly string[]
}

/** @throws Refused for bytes that are no package, and for one that is too large */
function filesIn(zip: Uint8Array): PackageFiles {
  const isPicture = (path: string) => PICTURE.test(path)
  // A picture that is too large is told like one that the package does not have.
  const { files, names } = unpack(zip, {
    isWanted: (path) => isText(path) || isPicture(path),
    isOptional: isPicture,
  })
  const texts = [...files].filter(([path]) => isText(path))
  return {
    texts: new Map(texts.map(([path, bytes]) => [path, xmlText(bytes)])),
    pictures: new Map([...files].filter(([path]) => isPicture(path))),
    names,
  }
}

function isText(path: string): boolean {
  return /\.(xml|qti)$/i.test(path)
}

/** The keywords of each file. A manifest that is broken costs only them. */
function wordsIn(manifest: string | null): ReadonlyMap<string, readonly string[]> {
  const words = new Map<string, readonly string[]>()
  if (manifest === null) return words
  try {
    for (const resource of allIn(readXml(manifest), new Set(['resource']))) {
      const { href } = resource.attributes
      const keywords = allIn(resource, new Set(['keyword'])).map((one) => textIn(one).trim())
      if (href !== undefined) words.set(href, keywords)
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
  }
  return words
}

type Version = '2.1' | '3.0'

/** Writes a package: it is the form in which other programs take more than one item. */
export function writeQti(
  items: readonly Item[],
  version: Version,
  picturesOf = NO_PICTURES,
): WriteResult<Uint8Array> {
  const named = items.map((item) => packed(item, picturesOf))
  const files = named.flatMap(({ item, path, pictures }): (readonly [string, Uint8Array])[] => [
    [path, strToU8(itemXml(item, version))],
    ...pictures,
  ])
  const manifest = strToU8(manifestXml(named, version))
  const zip = zipSync({ [MANIFEST]: manifest, ...Object.fromEntries(files) }, { mtime: EPOCH })
  const lost = items.flatMap((item) => lostOf(item, isChoice(item) ? [] : ['why of parts'], picturesOf))
  return { content: zip, lost }
}

/** The reasons of choices are their feedback. Nothing else of an interaction has any. */
function isChoice({ kind }: Item): boolean {
  return kind === 'choice' || kind === 'multiple'
}

interface PackedItem {
  /** With the paths that its pictures have in the package. */
  readonly item: Item
  readonly path: string
  readonly pictures: readonly (readonly [path: string, bytes: Uint8Array])[]
}

/** Each item has a folder of its own for its pictures: two items may call theirs the same. */
function packed(item: Item, picturesOf: PicturesOf): PackedItem {
  const found = new Map(
    picturesIn(item).flatMap((path): [string, Uint8Array][] => {
      const bytes = picturesOf(item.id, path)
      return bytes ? [[path, bytes]] : []
    }),
  )
  const ownPath = (path: string) => `${item.id}/${path}`
  const text = (one: string) => withOtherPaths(one, (path) => (found.has(path) ? ownPath(path) : path))
  const own: Item = {
    ...item,
    stem: text(item.stem),
    explanation: text(item.explanation),
    options: item.options.map((option) => ({
      ...option,
      text: text(option.text),
      why: option.why && text(option.why),
    })),
    prompts: item.prompts.map((prompt) => ({ ...prompt, text: text(prompt.text) })),
  }
  return {
    item: own,
    path: `items/${item.id}.xml`,
    pictures: [...found].map(([path, bytes]) => [`items/${ownPath(path)}`, bytes]),
  }
}

/** The same items give the same bytes. */
const EPOCH = new Date('2020-01-01T00:00:00Z')

const SPACES: Readonly<
  Record<Version, { readonly item: string; readonly package: string; readonly type: string }>
> = {
  '2.1': {
    item: 'http://www.imsglobal.org/xsd/imsqti_v2p1',
    package: 'http://www.imsglobal.org/xsd/imscp_v1p1',
    type: 'imsqti_item_xmlv2p1',
  },
  '3.0': {
    item: 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0',
    package: 'http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1',
    type: 'imsqti_item_xmlv3p0',
  },
}

/** Writes elements with the names of a version. */
class Xml {
  readonly #version: Version

  constructor(version: Version) {
    this.#version = version
  }

  /** @param content XML */
  element(
    name: string,
    attributes: Readonly<Record<string, string | number | boolean>>,
    content = '',
  ): string {
    const own = Object.entries(attributes).map(
      ([key, value]) => ` ${this.#name(key)}="${escaped(String(value))}"`,
    )
    const tag = this.#version === '3.0' ? `qti-${this.#name(name)}` : name
    return content === '' ? `<${tag}${own.join('')}/>` : `<${tag}${own.join('')}>${content}</${tag}>`
  }

  #name(name: string): string {
    return this.#version === '3.0' ? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) : name
  }
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

function itemXml(item: Item, version: Version): string {
  const xml = new Xml(version)
  const { id, explanation } = item
  const { cardinality, baseType, key, interaction } = responseOf(item, xml)
  const content = [
    xml.element(
      'responseDeclaration',
      { identifier: 'RESPONSE', cardinality, baseType },
      xml.element('correctResponse', {}, key.map((one) => xml.element('value', {}, one)).join('')),
    ),
    xml.element('outcomeDeclaration', { identifier: 'SCORE', cardinality: 'single', baseType: 'float' }),
    xml.element('outcomeDeclaration', { identifier: 'FEEDBACK', cardinality, baseType }),
    xml.element('itemBody', {}, `<div>${toXhtml(stemWithExhibits(item))}</div>${interaction}`),
    processing(xml),
    // It is hidden for an answer that no choice has, so it is shown after every answer.
    feedback(xml, 'modalFeedback', 'NO_CHOICE', toXhtml(explanation), 'hide'),
  ]
  const head = {
    xmlns: SPACES[version].item,
    identifier: id,
    title: id,
    adaptive: false,
    timeDependent: false,
  }
  return `${DECLARATION}${xml.element('assessmentItem', head, content.join('\n'))}\n`
}

/** What an item asks for, and what is right. */
interface Response {
  readonly cardinality: 'single' | 'multiple' | 'ordered'
  readonly baseType: 'identifier' | 'directedPair'
  readonly key: readonly string[]
  /** XML */
  readonly interaction: string
}

function responseOf(item: Item, xml: Xml): Response {
  if (item.kind === 'matching') return matchResponse(item, xml)
  return item.kind === 'ordering' ? orderResponse(item, xml) : choiceResponse(item, xml)
}

function letter(index: number): string {
  return `CHOICE_${index + 1}`
}

function choiceResponse({ kind, options }: Item, xml: Xml): Response {
  const choices = options.map(({ text, why }, index) =>
    xml.element(
      'simpleChoice',
      { identifier: letter(index) },
      toXhtml(text) + (why ? feedback(xml, 'feedbackInline', letter(index), inline(why)) : ''),
    ),
  )
  const attributes = {
    responseIdentifier: 'RESPONSE',
    shuffle: true,
    maxChoices: kind === 'multiple' ? 0 : 1,
  }
  return {
    cardinality: kind === 'multiple' ? 'multiple' : 'single',
    baseType: 'identifier',
    key: options.flatMap((option, index) => (option.right ? letter(index) : [])),
    interaction: xml.element('choiceInteraction', attributes, choices.join('')),
  }
}

function orderResponse({ options }: Item, xml: Xml): Response {
  const choices = options.map(({ text }, index) =>
    xml.element('simpleChoice', { identifier: letter(index) }, toXhtml(text)),
  )
  const attributes = { responseIdentifier: 'RESPONSE', shuffle: true }
  return {
    cardinality: 'ordered',
    baseType: 'identifier',
    key: options.map((_option, index) => letter(index)),
    interaction: xml.element('orderInteraction', attributes, choices.join('')),
  }
}

function matchResponse({ prompts, options }: Item, xml: Xml): Response {
  const prompt = (index: number) => `PROMPT_${index + 1}`
  const choice = (identifier: string, matchMax: number, text: string) =>
    xml.element('simpleAssociableChoice', { identifier, matchMax }, toXhtml(text))
  const sets = [
    prompts.map(({ text }, index) => choice(prompt(index), 1, text)),
    // No limit: an option may belong to several prompts.
    options.map(({ text }, index) => choice(letter(index), 0, text)),
  ].map((set) => xml.element('simpleMatchSet', {}, set.join('')))
  const attributes = { responseIdentifier: 'RESPONSE', shuffle: true, maxAssociations: prompts.length }
  return {
    cardinality: 'multiple',
    baseType: 'directedPair',
    key: prompts.map(
      ({ option }, index) => `${prompt(index)} ${letter(options.findIndex(({ id }) => id === option))}`,
    ),
    interaction: xml.element('matchInteraction', attributes, sets.join('')),
  }
}

function feedback(xml: Xml, name: string, identifier: string, content: string, showHide = 'show'): string {
  return xml.element(name, { outcomeIdentifier: 'FEEDBACK', identifier, showHide }, content)
}

/** All points for exactly what is right, and the feedback of what was chosen. */
function processing(xml: Xml): string {
  const response = xml.element('variable', { identifier: 'RESPONSE' })
  const score = (value: number) =>
    xml.element(
      'setOutcomeValue',
      { identifier: 'SCORE' },
      xml.element('baseValue', { baseType: 'float' }, String(value)),
    )
  const isRight = xml.element('match', {}, response + xml.element('correct', { identifier: 'RESPONSE' }))
  return xml.element(
    'responseProcessing',
    {},
    xml.element(
      'responseCondition',
      {},
      xml.element('responseIf', {}, isRight + score(1)) + xml.element('responseElse', {}, score(0)),
    ) + xml.element('setOutcomeValue', { identifier: 'FEEDBACK' }, response),
  )
}

function toXhtml(markdown: string): string {
  return toHtml(markdown, { isXml: true })
}

/** Feedback in a line holds no blocks. */
function inline(markdown: string): string {
  return /^<p>((?:(?!<p>)[\s\S])*)<\/p>$/.exec(toXhtml(markdown))?.[1] ?? escaped(toPlain(markdown).text)
}

function manifestXml(named: readonly PackedItem[], version: Version): string {
  const { package: space, type } = SPACES[version]
  const resources = named.map(({ item, path, pictures }) => {
    const words = tagsOf(item).map(
      (word) => `<imsmd:keyword><imsmd:langstring>${escaped(word)}</imsmd:langstring></imsmd:keyword>`,
    )
    const metadata = `<metadata><imsmd:lom><imsmd:general>${words.join('')}</imsmd:general></imsmd:lom></metadata>`
    const files = [path, ...pictures.map(([picture]) => picture)].map((href) => `<file href="${href}"/>`)
    return `<resource identifier="${item.id}" type="${type}" href="${path}">${metadata}${files.join('')}</resource>`
  })
  const spaces = `xmlns="${space}" xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_v1p2"`
  return `${DECLARATION}<manifest ${spaces} identifier="capstan"><organizations/><resources>\n${resources.join('\n')}\n</resources></manifest>\n`
}
