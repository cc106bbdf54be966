/**
 * The built bank: questions/ parsed ahead of time, because reading YAML takes a hundred times longer than reading JSON.
 *
 * The file holds JSON lines. The first line is the index: the blueprint and the heads of all items. Every other line is
 * one whole item, which is parsed when it is first asked for.
 */
import { existsSync, readFileSync } from 'node:fs'
import { type Bank, type Blueprint, buildBank, everyItem, type Item, type ItemHead } from '../../../exam'
import { writeWhole } from '../../../shared/system/whole-file'
import { questionsHash, readQuestions } from './questions'

/** Goes up when the form of the file changes. */
const VERSION = 3

const NEWLINE = 0x0a

interface Index {
  readonly version: number
  /** Hash of the questions that the bank was built from. */
  readonly questions: string
  readonly blueprint: Blueprint
  readonly items: readonly ItemHead[]
  readonly templates: Bank['templates']
  readonly problems: Bank['problems']
  /** The place of each item's line after the index: where it begins, and at last the end of the file. */
  readonly starts: readonly number[]
}

export interface LoadedBank {
  readonly bank: Bank
  readonly blueprint: Blueprint
}

/**
 * Parses questions/ and writes the built bank.
 * @throws CapstanError `bad-input` when the blueprint is broken
 */
export async function writeBuiltBank(resources: string, path: string): Promise<void> {
  const questions = await questionsHash(resources)
  const { files, blueprint } = await readQuestions(resources)
  const bank = buildBank(files)
  const lines = everyItem(bank).map(({ id }) => `${JSON.stringify(bank.item(id))}\n`)
  const starts = [0]
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + Buffer.byteLength(line))
  const index: Index = {
    version: VERSION,
    questions,
    blueprint,
    items: bank.items.map(headOf),
    templates: bank.templates.map(({ id, items }) => ({ id, items: items.map(headOf) })),
    problems: bank.problems,
    starts,
  }
  await writeWhole(path, `${JSON.stringify(index)}\n${lines.join('')}`)
}

function headOf({ id, template, domain, kind, objectives, difficulty, enemies }: ItemHead): ItemHead {
  return { id, template: template && { id: template.id }, domain, kind, objectives, difficulty, enemies }
}

/**
 * Reads the built bank.
 * @returns null when there is none, or when it does not belong to these questions
 */
export async function readBuiltBank(resources: string, path: string): Promise<LoadedBank | null> {
  if (!existsSync(path)) return null
  const content = readFileSync(path)
  const end = content.indexOf(NEWLINE)
  const index = indexOf(content.toString('utf8', 0, end))
  const texts = content.subarray(end + 1)
  // A copy of the file that was cut has another length.
  if (!index || texts.length !== index.starts.at(-1)) return null
  if (index.questions !== (await questionsHash(resources))) return null
  const { blueprint, items, templates, problems } = index
  return { blueprint, bank: { items, templates, problems, item: itemReader(index, texts) } }
}

/** Null for a first line that is no index of this version. */
function indexOf(line: string): Index | null {
  try {
    const index: Index = JSON.parse(line)
    return index.version === VERSION ? index : null
  } catch {
    // The file was cut within its first line, or it is not ours. The questions are parsed instead.
    return null
  }
}

/** Parses each item when it is first asked for. */
function itemReader(index: Index, texts: Buffer): Bank['item'] {
  const places = new Map(everyItem(index).map(({ id }, place) => [id, place]))
  const known = new Map<string, Item>()
  return (id) => {
    const place = places.get(id)
    if (place === undefined) return undefined
    const item: Item = known.get(id) ?? JSON.parse(lineAt(index, texts, place))
    known.set(id, item)
    return item
  }
}

function lineAt({ starts }: Index, texts: Buffer, place: number): string {
  return texts.toString('utf8', starts[place], starts[place + 1])
}
