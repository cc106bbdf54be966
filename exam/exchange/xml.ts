/** XML of foreign files as a tree of elements. Names are those of QTI 2, whichever version a file has. */
import { Parser } from 'htmlparser2'
import { Refused } from './key'
import { isMarkup } from './markup'

export interface XmlElement {
  /** Without its prefix: choiceInteraction, for imsqti:choiceInteraction as for qti-choice-interaction. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlNode[]
}

export type XmlNode = XmlElement | string

/** Elements of HTML without an end. */
const EMPTY = new Set(['br', 'hr', 'img', 'col'])
/** An item of QTI has about ten levels. */
const DEEPEST = 60
const MOST_NODES = 200_000

/** @returns the element that holds all others @throws Refused for a text that is not one whole element, or has its own entities */
export function readXml(xml: string): XmlElement {
  if (hasEntities(xml))
    throw new Refused('A file with entities of its own is not read.', 'Take the DOCTYPE out.')
  const reading = new Reading()
  reading.parser.end(xml)
  return reading.root()
}

/** A DOCTYPE that only names a file is harmless: nothing fetches it. */
export function hasEntities(xml: string): boolean {
  return /<!ENTITY|<!DOCTYPE[^>]*\[/i.test(xml)
}

interface Open {
  readonly name: string
  readonly attributes: Record<string, string>
  readonly children: XmlNode[]
}

class Reading {
  readonly #top: Open = { name: '', attributes: {}, children: [] }
  readonly #open: Open[] = [this.#top]
  #nodes = 0

  readonly parser = new Parser(
    {
      onopentag: (name, attributes) => this.#begin(name, attributes),
      ontext: (text) => this.#add(text),
      onclosetag: (_name, isImplied) => this.#end(isImplied),
    },
    { xmlMode: true },
  )

  root(): XmlElement {
    const [root, second] = this.#top.children.filter((child) => typeof child !== 'string')
    if (!root || second) throw new Refused('This is not one XML document.', 'Export it again.')
    return root
  }

  #begin(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#open.length > DEEPEST)
      throw new Refused('Its elements are nested too deeply.', 'Export it again.')
    const own = Object.entries(attributes).map(([key, value]) => [plainName(key), value])
    const element: Open = { name: plainName(name), attributes: Object.fromEntries(own), children: [] }
    this.#add(element)
    this.#open.push(element)
  }

  #end(isImplied: boolean): void {
    if (isImplied && !this.#isEmpty())
      throw new Refused('The file ends before all its elements do.', 'Export it again.')
    this.#open.pop()
  }

  /** The parser ends an element such as <br/> by itself. */
  #isEmpty(): boolean {
    return this.#open.at(-1)?.children.length === 0
  }

  #add(node: XmlNode): void {
    if (++this.#nodes > MOST_NODES) throw new Refused('It has too many elements.', 'Divide it.')
    this.#open.at(-1)?.children.push(node)
  }
}

/** QTI 3 writes qti-choice-interaction and response-identifier for what QTI 2 calls choiceInteraction and responseIdentifier. */
function plainName(name: string): string {
  const local = name.slice(name.indexOf(':') + 1).replace(/^qti-/, '')
  return local.replace(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase())
}

export function elementsIn(parent: XmlElement, name: string): XmlElement[] {
  return parent.children.filter((child) => typeof child !== 'string' && child.name === name) as XmlElement[]
}

/** All elements of these names below, in their order. */
export function allIn(parent: XmlElement, names: ReadonlySet<string>): XmlElement[] {
  return parent.children.flatMap((child) => {
    if (typeof child === 'string') return []
    return [...(names.has(child.name) ? [child] : []), ...allIn(child, names)]
  })
}

export function textIn(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textIn(child))).join('')
}

/** Elements as HTML again, without those of these names. */
export function htmlOf(nodes: readonly XmlNode[], without: ReadonlySet<string>): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return escaped(node)
      if (without.has(node.name)) return ''
      // Here an element is never a word of the text, as it may be in HTML.
      if (!isMarkup(node.name) && !/^m[a-z]+$/.test(node.name)) return htmlOf(node.children, without)
      const attributes = Object.entries(node.attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
      const begin = `<${node.name}${attributes.join('')}>`
      return EMPTY.has(node.name) ? begin : `${begin}${htmlOf(node.children, without)}</${node.name}>`
    })
    .join('')
}

/** A text as XML and HTML write it, inside of elements and of attributes. */
export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}
