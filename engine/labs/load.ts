/** Reads one lab from disk. Its folder is read once; all problems are reported. */
import { basename, dirname, join, resolve } from 'node:path'
import { type FileProblem as LabProblem, type Place, YamlSource } from '../../shared/files'
import { isNotThere } from '../../shared/system/failures'
import { toCheck } from '../checks'
import { hashOfTree, readTree, type Tree } from '../lab-folders'
import { fenceProblems } from './fences'
import type { LoadedLab, LoadedMistake, LoadedStep, ScriptStep } from './lab'
import { atPlace, type LabPlace, type ParsedLabs } from './parsed'
import { pointerProblems } from './pointers'
import { LAB_FILE, LARGEST, LabReader } from './reader'
import { isAction, LabFile, type Scripts, type StepFile } from './schema'

export interface LabResult {
  readonly id: string
  readonly domain: string
  readonly directory: string
  /** Null when there are errors. */
  readonly lab: LoadedLab | null
  readonly problems: readonly LabProblem[]
}

/** A lab with its lab.yaml, which knows the place of everything in it; null when it could not be read. */
export interface OpenedLab {
  readonly result: LabResult
  readonly source: YamlSource | null
}

/**
 * Reads one lab. The result has either a lab or errors; warnings come from the linter.
 * @param parsed labs whose files need not be parsed again
 * @throws the signal's reason
 */
export async function loadLab(
  directory: string,
  signal?: AbortSignal,
  parsed?: ParsedLabs,
): Promise<LabResult> {
  const { tree, place } = await look(directory, signal)
  // The hash leaves out what no lab may hold, and whoever holds it is told.
  const isSound = tree.isWhole && tree.flaws.length === 0 && ID.test(place.id)
  const known = isSound ? parsed?.get(place.hash) : undefined
  if (!known) return parse(tree, place).result
  const { hash: _hash, ...result } = place
  return { ...result, lab: atPlace(known, place), problems: [] }
}

/** @throws the signal's reason */
export async function openLab(directory: string, signal?: AbortSignal): Promise<OpenedLab> {
  const { tree, place } = await look(directory, signal)
  return parse(tree, place)
}

async function look(directory: string, signal?: AbortSignal): Promise<{ tree: Tree; place: LabPlace }> {
  const folder = resolve(directory)
  const tree = await treeOf(folder, signal)
  const place = {
    id: printable(basename(folder)),
    domain: printable(basename(dirname(folder))),
    directory: folder,
    hash: hashOfTree(tree),
  }
  return { tree, place }
}

function parse(tree: Tree, place: LabPlace): OpenedLab {
  const reader = new LabReader(place.directory, tree)
  const { lab = null, source = null } = read(tree, reader, place)
  if (!ID.test(basename(place.directory)))
    reader.failWhole(
      `"${place.id}" is no id for a lab.`,
      'Use lower-case letters, digits and hyphens for the name of the folder.',
    )
  const { hash: _hash, ...result } = place
  return {
    result: { ...result, lab: reader.problems.length > 0 ? null : lab, problems: reader.problems },
    source,
  }
}

/** The name of a folder goes into addresses, lists and labels. */
const ID = /^[a-z0-9][a-z0-9-]{0,60}$/

/** The name of a folder as it can be shown. */
export function printable(name: string): string {
  return name.replace(/\p{Cc}/gu, '?')
}

const NOTHING: Tree = { files: [], folders: [], flaws: [], isWhole: true }

async function treeOf(folder: string, signal?: AbortSignal): Promise<Tree> {
  try {
    return await readTree(folder, signal)
  } catch (error) {
    signal?.throwIfAborted()
    if (isNotThere(error)) return NOTHING
    const reason = `cannot be read: ${error instanceof Error ? error.message : error}`
    return { ...NOTHING, flaws: [{ path: '', reason, help: 'Check who may read it.' }], isWhole: false }
  }
}

/** Notes in the reader what is wrong. */
function read(
  tree: Tree,
  reader: LabReader,
  place: LabPlace,
): { readonly lab?: LoadedLab; readonly source?: YamlSource } {
  if (!tree.isWhole) {
    reader.failOthers()
    return {}
  }
  const text = reader.text(LAB_FILE, LARGEST[LAB_FILE])
  if (text === null) {
    reader.failOthers()
    return {}
  }
  const source = new YamlSource(LAB_FILE, text)
  const { value, problems } = source.read()
  reader.locate(source)
  reader.problems.push(...problems)
  const parsed = problems.length > 0 ? null : LabFile.safeParse(value)
  if (parsed?.error) reader.problems.push(...source.schemaProblems(parsed.error))
  const lab = parsed?.data && assemble(parsed.data, reader, place)
  reader.failOthers()
  return { ...(lab && { lab }), source }
}

function assemble(file: LabFile, reader: LabReader, place: LabPlace): LoadedLab {
  const names = Object.keys(file.nodes)
  const [first = ''] = names
  const context: Context = {
    reader,
    names,
    first,
    directory: place.directory,
    networks: Object.keys(file.networks),
  }
  const { kind, title, summary, objectives, difficulty, minutes, requires, engine = null } = file
  mustBeUnique(
    file.steps.map(({ id }) => id),
    context,
  )
  return {
    ...place,
    kind,
    title,
    summary,
    objectives,
    difficulty,
    minutes,
    requires,
    engine,
    nodes: nodesOf(file, context),
    networks: Object.entries(file.networks).map(([name, { internal }]) => ({ name, internal })),
    images: file.images.map((image) =>
      typeof image === 'string' ? { name: image, preloaded: false } : image,
    ),
    files: filesOf(file, context),
    setup: scripts(file.setup, ['setup'], context),
    steps: file.steps.map((step, index) => loadStep(step, ['steps', index], context)),
  }
}

function nodesOf(file: LabFile, context: Context): LoadedLab['nodes'] {
  return Object.entries(file.nodes).map(([name, { networks = context.networks, ...node }]) => ({
    name,
    ...(file.engine !== undefined && { engine: file.engine }),
    ...node,
    networks: networks.map((network, index) =>
      networkName(network, ['nodes', name, 'networks', index], context),
    ),
  }))
}

function filesOf(file: LabFile, context: Context): LoadedLab['files'] {
  return file.files.map(({ from, to, on }, index) => ({
    from: join(context.directory, from),
    to,
    on: nodeName(on, ['files', index, 'on'], context),
    hash: context.reader.hash(from, ['files', index, 'from']) ?? '',
  }))
}

interface Context {
  readonly reader: LabReader
  readonly names: readonly string[]
  readonly first: string
  readonly directory: string
  readonly networks: readonly string[]
}

function loadStep(step: StepFile, place: Place, context: Context): LoadedStep {
  const read = (file: string, at: Place) => markdownOf(file, at, context)
  const markdown = read(step.text, [...place, 'text'])
  return {
    id: step.id,
    title: /^#\s+(.+)$/m.exec(markdown)?.[1]?.trim() ?? step.id,
    markdown: markdown.replace(/^#\s+.+\n+/, ''),
    setup: scripts(step.setup, [...place, 'setup'], context),
    checks: step.checks.map((check, index) =>
      toCheck(check, nodeName(check.on, [...place, 'checks', index, 'on'], context)),
    ),
    hints: step.hints.map((hint, index) => read(hint, [...place, 'hints', index])),
    solution: scripts(step.solution, [...place, 'solution'], context),
    shown: scripts(step.shown, [...place, 'shown'], context),
    mistakes: step.mistakes.map(({ script, explains }, index): LoadedMistake => {
      const loaded = scripts(script, [...place, 'mistakes', index, 'script'], context)
      return { file: nameOf(loaded), script: loaded, explains: explains ?? null }
    }),
  }
}

function markdownOf(file: string, place: Place, { reader, names }: Context): string {
  const text = reader.text(file, LARGEST.markdown, place) ?? ''
  reader.problems.push(...pointerProblems(file, text, names), ...fenceProblems(file, text, names))
  return text
}

function scripts(value: Scripts | undefined, place: Place, context: Context): ScriptStep[] {
  if (value === undefined) return []
  if (Array.isArray(value)) return value.flatMap((part, index) => scripts(part, [...place, index], context))
  if (typeof value === 'object' && isAction(value))
    return [{ on: nodeName(value.node, [...place, 'node'], context), action: value.action }]
  const pairs: [string, string][] =
    typeof value === 'string' ? [[context.first, value]] : Object.entries(value)
  return pairs.map(([on, file]) => {
    const at = typeof value === 'string' ? place : [...place, on]
    const text = context.reader.text(file, LARGEST.script, at) ?? ''
    return { on: nodeName(on, at, context), file, text }
  })
}

/** The name of a mistake in a report: its first script, or what happens to a node first. */
function nameOf([first]: readonly ScriptStep[]): string {
  if (!first) return ''
  return 'file' in first ? first.file : `${first.action} ${first.on}`
}

function networkName(name: string, place: Place, { networks, reader }: Context): string {
  if (!networks.includes(name))
    reader.fail(place, `There is no network called "${name}".`, `The networks are ${networks.join(', ')}.`)
  return name
}

function nodeName(name: string | undefined, place: Place, { names, first, reader }: Context): string {
  if (name === undefined) return first
  if (!names.includes(name))
    reader.fail(place, `There is no node called "${name}".`, `The nodes are ${names.join(', ')}.`)
  return name
}

function mustBeUnique(ids: readonly string[], { reader }: Context): void {
  ids.forEach((id, index) => {
    if (ids.indexOf(id) < index)
      reader.fail(['steps', index, 'id'], `Two steps are called "${id}".`, 'Give each its own id.')
  })
}
