/** HTML of foreign files as a tree without anything that runs. One pass, however broken it is. */
import type { Element, ElementContent, Properties, Root } from 'hast'
import { Parser } from 'htmlparser2'
import { MathText } from './math-text'

export type PictureOf = (name: string) => string | null

export interface Markup {
  readonly tree: Root
  /** What a text cannot show, in words such as "the picture net.png". */
  readonly lost: readonly string[]
}

/** Deeper elements are taken as parts of the one that holds them. */
const DEEPEST = 40
/** Elements of HTML that a text keeps, or that only group texts. All other names in "<" and ">" are words of the text. */
const KNOWN = new Set(
  `a abbr acronym address article aside b bdi bdo big blockquote body br caption center cite code col colgroup dd del
  details dfn dir div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i ins
  kbd label legend li main mark menu nav nobr ol p pre q rb rp rt rtc ruby s samp section small span strike strong sub summary
  sup table tbody td tfoot th thead time title tr tt u ul var wbr`.split(/\s+/),
)
/** Elements whose content is no text. */
const MEDIA: Readonly<Record<string, string>> = {
  img: 'the picture',
  audio: 'the sound',
  video: 'the film',
  source: 'the recording',
  iframe: 'the page',
  embed: 'the object',
  object: 'the object',
  svg: 'a drawing',
  canvas: 'a drawing',
  script: 'a script',
  style: 'a style sheet',
  input: 'an input field',
  select: 'an input field',
  textarea: 'an input field',
  button: 'a button',
}
/** Elements that have no end. */
const ALONE = new Set(['br', 'hr', 'img', 'embed'])
/** Marks that take the place of a height that text does not have. */
const HEIGHTS: Readonly<Record<string, string>> = { sup: '^', sub: '_' }
const LONGEST_NAME = 80
/** A reference to one of the files that Moodle packs with a question. */
const PLUGIN_FILE = /^@@PLUGINFILE@@\//i

/** @param pictureOf where a picture of the question is kept, by the name of its file; null for one that is not there */
export function readMarkup(html: string, pictureOf: PictureOf = () => null): Markup {
  const reading = new Reading(html, pictureOf)
  return { tree: reading.tree, lost: [...reading.lost] }
}

class Reading {
  readonly tree: Root = { type: 'root', children: [] }
  readonly lost = new Set<string>()
  /** The elements that are open. A word of the text in "<" and ">" has none of its own. */
  readonly #open: (Element | null)[] = []
  /** How many elements are open inside of one whose content is left out, with it; 0 outside. */
  #skipping = 0
  /** The formula that is being read. */
  #formula: MathText | null = null

  readonly #pictureOf: PictureOf

  constructor(html: string, pictureOf: PictureOf) {
    this.#pictureOf = pictureOf
    const source = () => html.slice(parser.startIndex, parser.endIndex + 1)
    const parser = new Parser({
      onopentag: (name, attributes) => this.#begin(name, attributes, source()),
      ontext: (text) => this.#add({ type: 'text', value: text }),
      onclosetag: (name, isImplied) => this.#end(name, isImplied ? '' : source()),
    })
    parser.end(html)
  }

  #begin(name: string, attributes: Readonly<Record<string, string>>, source: string): void {
    const picture = name === 'img' && this.#skipping === 0 ? this.#pictureOf(fileOf(attributes)) : null
    const isMedium = Object.hasOwn(MEDIA, name) && !isWord(source)
    if (this.#formula || (name === 'math' && this.#skipping === 0)) this.#beginFormula(name)
    else if (picture !== null) this.#picture(picture, attributes.alt)
    else if (this.#skipping > 0 || isMedium) this.#skip(name, attributes)
    else if (!KNOWN.has(name) || isWord(source)) this.#addWord(source)
    else this.#element(name, attributes)
  }

  #beginFormula(name: string): void {
    this.lost.add('the drawing of a formula, which is written as text')
    if (this.#formula) this.#formula.begin(name)
    else this.#formula = new MathText()
  }

  /** Its elements are not on the stack of open ones. */
  #endFormula(formula: MathText): void {
    const text = formula.end()
    if (text === null) return
    this.#formula = null
    this.#add({ type: 'text', value: text })
  }

  #skip(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#skipping === 0) {
      const { alt = '' } = attributes
      this.lost.add([MEDIA[name], fileOf(attributes).slice(0, LONGEST_NAME)].filter(Boolean).join(' '))
      if (alt.trim() !== '') this.#add({ type: 'text', value: alt })
    }
    this.#skipping++
  }

  #element(name: string, { href, class: classes }: Readonly<Record<string, string>>): void {
    const properties: Properties = {}
    if (name === 'a' && href !== undefined) properties.href = href
    const language = /\blanguage-[\w-]+/.exec(classes ?? '')?.[0]
    if (name === 'code' && language !== undefined) properties.className = [language]
    const element: Element = { type: 'element', tagName: name, properties, children: [] }
    const height = HEIGHTS[name]
    if (height !== undefined) element.children.push({ type: 'text', value: height })
    this.#add(element)
    this.#open.push(this.#open.length < DEEPEST ? element : null)
  }

  #picture(src: string, alt = ''): void {
    this.#add({ type: 'element', tagName: 'img', properties: { src, alt }, children: [] })
    this.#open.push(null)
  }

  #addWord(source: string): void {
    this.#add({ type: 'text', value: source })
    this.#open.push(null)
  }

  #end(name: string, source: string): void {
    if (this.#formula) this.#endFormula(this.#formula)
    else if (this.#skipping > 0) this.#skipping--
    else {
      this.#open.pop()
      if (!KNOWN.has(name) && source !== '') this.#add({ type: 'text', value: source })
    }
  }

  #add(child: ElementContent): void {
    if (this.#formula) this.#formula.add(child.type === 'text' ? child.value : '')
    else if (this.#skipping === 0) {
      const parent = this.#open.findLast((one) => one !== null)
      ;(parent ?? this.tree).children.push(child)
    }
  }
}

/** The parser takes "<image>", which is common in texts about Docker, for a picture. One that shows nothing is a word too. */
function isWord(source: string): boolean {
  return /^<(?:image\b|img\s*\/?>)/i.test(source)
}

/** Whether an element of XML is one that a text keeps, or that is told when it is left out. */
export function isMarkup(name: string): boolean {
  const known = name.toLowerCase()
  return KNOWN.has(known) || Object.hasOwn(MEDIA, known) || known === 'math'
}

/** The name of the file that an element shows; empty where it shows none, or holds it as data. */
function fileOf({ src = '', data = '' }: Readonly<Record<string, string>>): string {
  const address = (src || data).trim()
  if (/^data:/i.test(address)) return ''
  return address.replace(PLUGIN_FILE, '')
}

/** Whether a text of Moodle's own format holds HTML: an element with its end, or one that has none. */
export function holdsMarkup(text: string): boolean {
  for (const [, end = '', name = ''] of text.matchAll(/<(?!img\s*\/?>)(\/?)([a-z][a-z0-9]*)\b/gi)) {
    const known = name.toLowerCase()
    if (ALONE.has(known)) return true
    if (end === '/' && (KNOWN.has(known) || Object.hasOwn(MEDIA, known))) return true
  }
  return false
}
