/**
 * Texts of foreign files as Markdown that a page shows as they were meant, and back. Nothing in them becomes invisible:
 * what has a meaning in Markdown is escaped.
 */
import type { RootContent as HtmlNode, Root as HtmlRoot } from 'hast'
import { toHtml as htmlText } from 'hast-util-to-html'
import { toMdast } from 'hast-util-to-mdast'
import type { BlockContent, PhrasingContent, Root, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown, gfmToMarkdown } from 'mdast-util-gfm'
import { toHast } from 'mdast-util-to-hast'
import { type Options, toMarkdown } from 'mdast-util-to-markdown'
import { gfm } from 'micromark-extension-gfm'
import { Refused } from './key'
import { type PictureOf, readMarkup } from './markup'

export interface Converted {
  /** Markdown. */
  readonly text: string
  /** What could not be carried, in words such as "the picture net.png". */
  readonly lost: readonly string[]
}

/** They are made once: each new one would compile its patterns again. */
const WRITING: Options = { extensions: [gfmToMarkdown()], bullet: '-', fences: true, rule: '-' }
const READING = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }
/** Markup of one text that is longer holds more than a question; characters. */
const LONGEST_MARKUP = 200_000

/** @throws Refused for a text that is too long */
export function fromHtml(html: string, pictureOf?: PictureOf): Converted {
  if (html.length > LONGEST_MARKUP)
    throw new Refused(`A text has more than ${LONGEST_MARKUP} characters of HTML.`, 'Shorten it.')
  const { tree, lost } = readMarkup(html, pictureOf)
  return { text: written(toMdast(tree, { newlines: false }) as Root), lost }
}

/** Text without markup. Its lines stay lines, and a block with indented lines is code. */
export function fromPlain(text: string): string {
  const blocks = text
    .replace(/^\s*\n|\s+$/g, '')
    .split(/\n\s*\n/)
    .filter((block) => block.trim() !== '')
  return written({ type: 'root', children: blocks.map(blockOf) })
}

function blockOf(block: string): BlockContent {
  const lines = block.split('\n')
  if (lines.length > 1 && lines.some((line) => /^(\t| {2,})\S/.test(line)))
    return { type: 'code', value: block }
  const children = lines.flatMap((line, index): PhrasingContent[] => [
    ...(index > 0 ? [{ type: 'break' as const }] : []),
    { type: 'text', value: line.trim() },
  ])
  return { type: 'paragraph', children }
}

/** A text in which every space and every line counts. */
export function asCode(text: string): string {
  return written({
    type: 'root',
    children: text.includes('\n')
      ? [{ type: 'code', value: text }]
      : [{ type: 'paragraph', children: [{ type: 'inlineCode', value: text }] }],
  })
}

/** Markdown from the middle of a line, as the beginning of one: there more characters have a meaning. */
export function asBeginning(markdown: string): string {
  return markdown
    .replace(/^(#{1,6}(?=\s|$)|[-+*](?=\s|$)|>|~{3}|[-=]+\s*$)/, '\\$1')
    .replace(/^(\d{1,9})([.)](?=\s|$))/, '$1\\$2')
}

/** The text of HTML as code, in which every space and every line is seen. */
export function codeFromHtml(html: string): string {
  return asCode(
    readMarkup(html)
      .tree.children.map(verbatim)
      .join('')
      .replace(/^\n+|\s+$/g, ''),
  )
}

function verbatim(node: HtmlNode): string {
  if (node.type === 'text') return node.value
  if (node.type !== 'element') return ''
  if (node.tagName === 'br') return '\n'
  const text = node.children.map(verbatim).join('')
  return ['p', 'div', 'li'].includes(node.tagName) ? `${text}\n` : text
}

/** A text as a paragraph that is emphasised as a whole. */
export function emphasised(text: string): string {
  const emphasis: PhrasingContent = { type: 'emphasis', children: [{ type: 'text', value: text }] }
  return written({ type: 'root', children: [{ type: 'paragraph', children: [emphasis] }] })
}

function written(tree: Root): string {
  return toMarkdown(tree, WRITING).trim()
}

function read(markdown: string): Root {
  return fromMarkdown(markdown, READING)
}

/** Words and short code in one line, in which no other character has a meaning: most texts of questions are that. */
const SIMPLE = /^(?![\d\s])[\p{L}\p{N} ,;'"()?.-]*(?:`[^`\n]+`[\p{L}\p{N} ,;'"()?.-]*)*$/u
const LIST = /^[-+] |^-[- ]*$|^\d+[.)]/

/** Markdown as HTML, or as XHTML for XML, for programs that show it. */
export function toHtml(markdown: string, { isXml = false } = {}): string {
  // The parser takes a millisecond for each text, and a bank has ten thousand of them.
  if (markdown !== '' && SIMPLE.test(markdown) && !LIST.test(markdown) && !/``|www|\s$|\s{2}/.test(markdown))
    return simpleHtml(markdown)
  return htmlText(toHast(read(markdown)) as HtmlRoot, { closeSelfClosing: isXml })
}

function simpleHtml(markdown: string): string {
  const parts = markdown
    .split('`')
    .map((part) => part.replace(/&/g, '&#x26;').replace(/</g, '&#x3C;'))
    .map((part, index) => (index % 2 === 1 ? `<code>${codeText(part)}</code>` : part))
  return `<p>${parts.join('')}</p>`
}

/** Code that begins and ends with a space loses both: they only keep a backtick apart. */
function codeText(part: string): string {
  return /^ .*[^ ].* $|^ [^ ] $/.test(part) ? part.slice(1, -1) : part
}

/** The text that a page shows of Markdown, and whether that is all there is to it. */
export function toPlain(markdown: string): { readonly text: string; readonly isPlain: boolean } {
  const tree = read(markdown)
  const text = tree.children.map(textOf).join('\n\n')
  return { text, isPlain: isPlain(tree) }
}

export interface Block {
  /** Where it begins; characters. */
  readonly start: number
  readonly code?: { readonly language: string | null; readonly text: string }
  /** The text of a paragraph that is emphasised as a whole. */
  readonly emphasised?: string
}

/** The blocks of Markdown, in their order. */
export function blocksOf(markdown: string): Block[] {
  return read(markdown).children.map((node) => {
    const start = node.position?.start.offset ?? 0
    if (node.type === 'code') return { start, code: { language: node.lang ?? null, text: node.value } }
    const [only, second] = node.type === 'paragraph' ? node.children : []
    return only?.type === 'emphasis' && !second ? { start, emphasised: textOf(only) } : { start }
  })
}

type Node = Root | RootContent

function textOf(node: Node): string {
  switch (node.type) {
    case 'break':
      return '\n'
    // A page shows no HTML of a text.
    case 'html':
      return ''
    case 'image':
      return node.alt ?? ''
    case 'list':
      return node.children.map((item) => `- ${item.children.map(textOf).join('\n')}`).join('\n')
    case 'table':
      return node.children.map((row) => row.children.map(textOf).join(' | ')).join('\n')
    default:
      if ('children' in node) return node.children.map(textOf).join(node.type === 'blockquote' ? '\n' : '')
      return 'value' in node ? node.value : ''
  }
}

const PLAIN = new Set(['root', 'paragraph', 'text', 'break'])

function isPlain(node: Node): boolean {
  return PLAIN.has(node.type) && (!('children' in node) || node.children.every(isPlain))
}
