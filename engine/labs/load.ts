/** Reads labs from disk. All problems are reported, and one broken lab never hides the others. */
import { readdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { type FileProblem as LabProblem, type Place, YamlSource } from '../../shared/files'
import { toCheck } from '../checks'
import type { LoadedLab, LoadedMistake, LoadedStep, ScriptStep } from './lab'
import { LAB_FILE, LabReader } from './reader'
import { isAction, LabFile, type Scripts, type StepFile } from './schema'

export interface LabResult {
  readonly id: string
  readonly domain: string
  readonly directory: string
  /** Null when there are errors. */
  readonly lab: LoadedLab | null
  readonly problems: readonly LabProblem[]
}

/** Every lab in labs/<domain>/<lab-id>, sorted by domain and id. */
export async function loadCatalogue(root: string): Promise<LabResult[]> {
  const folders: string[] = []
  for (const domain of await foldersIn(root)) {
    for (const lab of await foldersIn(join(root, domain))) folders.push(join(root, domain, lab))
  }
  return await Promise.all(folders.map(loadLab))
}

async function foldersIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort()
}

/** Reads one lab. The result has either a lab or errors; warnings come from the linter. */
export async function loadLab(directory: string): Promise<LabResult> {
  const folder = resolve(directory)
  const result = { id: basename(folder), domain: basename(dirname(folder)), directory: folder }
  const reader = new LabReader(folder)
  const text = await reader.text(LAB_FILE)
  if (text === null) return { ...result, lab: null, problems: reader.problems }
  const source = new YamlSource(LAB_FILE, text)
  const { value, problems } = source.read()
  if (problems.length > 0) return { ...result, lab: null, problems }
  const parsed = LabFile.safeParse(value)
  if (!parsed.success) return { ...result, lab: null, problems: source.schemaProblems(parsed.error) }
  reader.locate(source)
  const lab = await assemble(parsed.data, reader, result)
  return { ...result, lab: reader.problems.length > 0 ? null : lab, problems: reader.problems }
}

type Identity = Pick<LabResult, 'id' | 'domain' | 'directory'>

async function assemble(file: LabFile, reader: LabReader, identity: Identity): Promise<LoadedLab> {
  const names = Object.keys(file.nodes)
  const [first = ''] = names
  const context: Context = { reader, names, first, networks: Object.keys(file.networks) }
  const { kind, title, summary, objectives, difficulty, minutes, requires } = file
  mustBeUnique(
    file.steps.map(({ id }) => id),
    context,
  )
  return {
    ...identity,
    kind,
    title,
    summary,
    objectives,
    difficulty,
    minutes,
    requires,
    nodes: nodesOf(file, context),
    networks: Object.entries(file.networks).map(([name, { internal }]) => ({ name, internal })),
    images: file.images.map((image) =>
      typeof image === 'string' ? { name: image, preloaded: false } : image,
    ),
    files: await filesOf(file, context),
    setup: await scripts(file.setup, ['setup'], context),
    steps: await Promise.all(file.steps.map((step, index) => loadStep(step, ['steps', index], context))),
  }
}

function nodesOf(file: LabFile, context: Context): LoadedLab['nodes'] {
  return Object.entries(file.nodes).map(([name, { swarm, networks = context.networks }]) => ({
    name,
    swarm,
    networks: networks.map((network, index) =>
      networkName(network, ['nodes', name, 'networks', index], context),
    ),
  }))
}

async function filesOf(file: LabFile, context: Context): Promise<LoadedLab['files']> {
  const files = file.files.map(async ({ from, to, on }, index) => ({
    from: (await context.reader.path(from, ['files', index, 'from'])) ?? from,
    to,
    on: nodeName(on, ['files', index, 'on'], context),
  }))
  return await Promise.all(files)
}

interface Context {
  readonly reader: LabReader
  readonly names: readonly string[]
  readonly first: string
  readonly networks: readonly string[]
}

async function loadStep(step: StepFile, place: Place, context: Context): Promise<LoadedStep> {
  const { reader } = context
  const markdown = (await reader.text(step.text, [...place, 'text'])) ?? ''
  const hints = await Promise.all(
    step.hints.map((hint, index) => reader.text(hint, [...place, 'hints', index])),
  )
  return {
    id: step.id,
    title: /^#\s+(.+)$/m.exec(markdown)?.[1]?.trim() ?? step.id,
    markdown: markdown.replace(/^#\s+.+\n+/, ''),
    setup: await scripts(step.setup, [...place, 'setup'], context),
    checks: step.checks.map((check, index) =>
      toCheck(check, nodeName(check.on, [...place, 'checks', index, 'on'], context)),
    ),
    hints: hints.map((hint) => hint ?? ''),
    solution: await scripts(step.solution, [...place, 'solution'], context),
    mistakes: await Promise.all(
      step.mistakes.map(async ({ script, explains }, index): Promise<LoadedMistake> => {
        const loaded = await scripts(script, [...place, 'mistakes', index, 'script'], context)
        return { file: nameOf(loaded), script: loaded, explains: explains ?? null }
      }),
    ),
  }
}

async function scripts(value: Scripts | undefined, place: Place, context: Context): Promise<ScriptStep[]> {
  if (value === undefined) return []
  if (Array.isArray(value)) {
    const parts = await Promise.all(value.map((part, index) => scripts(part, [...place, index], context)))
    return parts.flat()
  }
  if (typeof value === 'object' && isAction(value))
    return [{ on: nodeName(value.node, [...place, 'node'], context), action: value.action }]
  const pairs: [string, string][] =
    typeof value === 'string' ? [[context.first, value]] : Object.entries(value)
  return await Promise.all(
    pairs.map(async ([on, file]) => {
      const at = typeof value === 'string' ? place : [...place, on]
      return { on: nodeName(on, at, context), file, text: (await context.reader.text(file, at)) ?? '' }
    }),
  )
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
