/**
 * Exhibits in formats that have none: they follow the question as blocks of code, each with its title, and become exhibits
 * again when they come back.
 */
import type { Exhibit, Item } from '../format'
import { blocksOf, fromPlain } from './markdown'

type TextExhibit = Extract<Exhibit, { readonly text: string }>

const KINDS = ['dockerfile', 'compose', 'output', 'file'] as const
/** A question has few of them. */
const MOST = 10

/** The stem with its exhibits, as Markdown. */
export function stemWithExhibits({ stem, exhibits }: Pick<Item, 'stem' | 'exhibits'>): string {
  return [stem.trim(), ...exhibits.map(block)].join('\n\n')
}

function block(exhibit: Exhibit): string {
  const title = exhibit.title === undefined ? [] : [`*${fromPlain(exhibit.title).replace(/\*/g, '\\*')}*`]
  if (!('text' in exhibit)) return [...title, fenced('', topologyText(exhibit))].join('\n\n')
  return [...title, fenced(exhibit.kind, exhibit.text)].join('\n\n')
}

/** A fence is longer than every run of its mark in the text. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text.replace(/\s+$/, '')}\n${fence}`
}

/** The parts of a drawing, a line for each. */
function topologyText({ nodes, links }: Extract<Exhibit, { readonly kind: 'topology' }>): string {
  const parts = nodes.map(({ id, label, kind }) => `${id}: ${kind}${label ? `, ${label}` : ''}`)
  const lines = links.map(({ from, to, label }) => `${from} -- ${to}${label ? `: ${label}` : ''}`)
  return [...parts, ...lines].join('\n')
}

/** Takes the exhibits from the end of a stem that comes from outside. A stem that is nothing else keeps its last block. */
export function takeExhibits(markdown: string): { readonly stem: string; readonly exhibits: TextExhibit[] } {
  const exhibits: TextExhibit[] = []
  let end = markdown.length
  // Without a fence there is nothing to take, and most texts have none.
  const blocks = /^[`~]{3}/m.test(markdown) ? blocksOf(markdown) : []
  while (blocks.length > 1 && exhibits.length < MOST) {
    const last = blocks.pop()
    const kind = KINDS.find((one) => one === last?.code?.language)
    if (!last?.code || !kind) break
    const title = blocks.length > 1 ? blocks.at(-1)?.emphasised : undefined
    const begin = title === undefined ? last : (blocks.pop() ?? last)
    end = begin.start
    exhibits.unshift({ kind, ...(title !== undefined && { title }), text: `${last.code.text}\n` })
  }
  return { stem: markdown.slice(0, end).trim(), exhibits }
}
