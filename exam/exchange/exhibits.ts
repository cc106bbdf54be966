/**
 * Exhibits in formats that have none: they follow the question as blocks of code, each with its title, and become exhibits
 * again when they come back.
 */
import type { Exhibit, Item } from '../format'
import { type Block, blocksOf, emphasised } from './markdown'

type Topology = Extract<Exhibit, { readonly kind: 'topology' }>

const KINDS = ['dockerfile', 'compose', 'output', 'file'] as const
const PARTS = ['host', 'manager', 'worker', 'container', 'network', 'registry', 'client'] as const
/** A question has few of them. */
const MOST = 10

/** The stem with its exhibits, as Markdown. */
export function stemWithExhibits({ stem, exhibits }: Pick<Item, 'stem' | 'exhibits'>): string {
  return [stem.trim(), ...exhibits.map(block)].join('\n\n')
}

function block(exhibit: Exhibit): string {
  const title = exhibit.title === undefined ? [] : [emphasised(exhibit.title)]
  const text = 'text' in exhibit ? exhibit.text : topologyText(exhibit)
  return [...title, fenced(exhibit.kind, text)].join('\n\n')
}

/** A fence is longer than every run of its mark in the text. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text.replace(/\s+$/, '')}\n${fence}`
}

/** The parts of a drawing, a line for each. */
function topologyText({ nodes, links }: Topology): string {
  const parts = nodes.map(({ id, label, kind }) => `${id}: ${kind}${label ? `, ${label}` : ''}`)
  const lines = links.map(({ from, to, label }) => `${from} -- ${to}${label ? `: ${label}` : ''}`)
  return [...parts, ...lines].join('\n')
}

/** Null for lines that are no drawing. */
function topologyOf(text: string): Pick<Topology, 'nodes' | 'links'> | null {
  const nodes: Topology['nodes'] = []
  const links: Topology['links'] = []
  for (const line of text.split('\n')) {
    const [, from, to, about] = /^(.+?) -- (.+?)(?:: (.+))?$/.exec(line) ?? []
    const [, id, part, label] = /^(.+?): (\w+)(?:, (.+))?$/.exec(line) ?? []
    const kind = PARTS.find((one) => one === part)
    if (from && to) links.push({ from, to, ...(about !== undefined && { label: about }) })
    else if (id && kind) nodes.push({ id, kind, ...(label !== undefined && { label }) })
    else return null
  }
  return nodes.length > 0 ? { nodes, links } : null
}

/** Takes the exhibits from the end of a stem that comes from outside. A stem that is nothing else keeps its last block. */
export function takeExhibits(markdown: string): { readonly stem: string; readonly exhibits: Exhibit[] } {
  const exhibits: Exhibit[] = []
  let end = markdown.length
  // Without a fence there is nothing to take, and most texts have none.
  const blocks = /^[`~]{3}/m.test(markdown) ? blocksOf(markdown) : []
  while (blocks.length > 1 && exhibits.length < MOST) {
    const last = blocks.pop()
    const exhibit = last?.code && exhibitOf(last.code)
    if (!last || !exhibit) break
    const title = blocks.length > 1 ? blocks.at(-1)?.emphasised : undefined
    const begin = title === undefined ? last : (blocks.pop() ?? last)
    end = begin.start
    exhibits.unshift({ ...exhibit, ...(title !== undefined && { title }) })
  }
  return { stem: markdown.slice(0, end).trim(), exhibits }
}

function exhibitOf({ language, text }: NonNullable<Block['code']>): Exhibit | null {
  if (language === 'topology') {
    const parts = topologyOf(text)
    return parts && { kind: language, ...parts }
  }
  const kind = KINDS.find((one) => one === language)
  return kind ? { kind, text: `${text}\n` } : null
}
