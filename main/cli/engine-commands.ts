/** `capstan doctor`, `setup` and `clean`: the engine and what is ours on it. */
import { join } from 'node:path'
import {
  CapstanError,
  DEFAULT_ENGINE,
  type DoctorReport,
  doctor,
  engineHome,
  type OuterEngine,
  ownerOfProofs,
  packagedVersions,
  readKernelKeys,
  readPackageList,
  removeEverything,
  removeLeft,
  type Tried,
} from '../../engine'
import { dataFolder } from '../store'
import { type EngineOptions, preparedImages, withEngine, withImages, withStore } from './engine'
import { EXIT, type Output, print } from './output'

/** Says which engine was found, what it can do, what is missing, and how to fix it. */
export async function examine(output: Output, signal: AbortSignal): Promise<number> {
  const report = await examined({ output, signal })
  const { ok, engine, capabilities, problems, timeLimits, tried } = report
  const isOurs = !engine || engine.source === 'private'
  const packages = isOurs ? await packagesReport() : null
  print(output, { ok, engine, capabilities, packages, problems, timeLimits, tried }, [
    ...tried.map(({ what, result }) => `  ${what}: ${result}`),
    engine ? `✓ Engine ${engine.version} at ${engine.endpoint} (${sourceText(engine)})` : '✗ No engine',
    ...Object.entries(capabilities).map(([name, value]) => `  ${name.padEnd(11)} ${withUnit(name, value)}`),
    `  ${'time limits'.padEnd(11)} ${timeLimits.factor}× (${FACTOR_SOURCES[timeLimits.source]})`,
    ...packageLines(packages),
    ...problems.map(({ message, help }) => `! ${message}\n  ${help}`),
  ])
  return ok ? EXIT.done : EXIT.noEngine
}

/** A failure of the images is reported with what was tried to find the engine. */
async function examined(options: EngineOptions): Promise<DoctorReport> {
  const failed = (error: unknown, tried?: readonly Tried[]) => {
    if (!(error instanceof Error)) throw error
    return doctor(error, { tried })
  }
  try {
    return await withEngine(
      async ({ engine }) =>
        await preparedImages(engine, options).then(
          async ({ mirrors }) => doctor(engine, { keys: await readKernelKeys(engine.docker, mirrors) }),
          (error: unknown) => failed(error, engine.tried),
        ),
      options,
    )
  } catch (error) {
    return failed(error)
  }
}

function withUnit(name: string, value: boolean | number | string): string {
  return name === 'memory' ? `${value} MiB` : String(value)
}

function sourceText({ source, context }: NonNullable<DoctorReport['engine']>): string {
  return context === undefined ? source : `context ${context}`
}

const FACTOR_SOURCES: Readonly<Record<DoctorReport['timeLimits']['source'], string>> = {
  environment: 'set by CAPSTAN_TIME_FACTOR',
  settings: 'set in the settings',
  measured: 'measured on this engine',
  default: 'not measured yet',
}

interface PackagesReport {
  /** ISO 8601. */
  readonly fetchedAt: string
  readonly ageDays: number
  /** What runs as root, by the names of the distribution's packages. */
  readonly versions: Readonly<Record<string, string>>
}

/** @returns null where the private engine was never fetched, or runs with the programs of this machine */
async function packagesReport(): Promise<PackagesReport | null> {
  const list = await readPackageList(join(engineHome(), 'packages'))
  if (!list) return null
  const { fetchedAt, versions } = list
  return { fetchedAt, ageDays: Math.floor((Date.now() - Date.parse(fetchedAt)) / 86_400_000), versions }
}

function packageLines(packages: PackagesReport | null): string[] {
  if (!packages) return []
  const { fetchedAt, ageDays, versions } = packages
  return [
    `Our own engine runs as root with packages of ${fetchedAt.slice(0, 10)} (${ageDays} days old):`,
    ...Object.entries(versions).map(([name, version]) => `  ${name.padEnd(12)} ${version}`),
  ]
}

/** Finds or starts the engine and prepares the images, so that the first lab starts at once. */
export async function prepare(output: Output, signal: AbortSignal): Promise<number> {
  const { source, endpoint } = await withImages(async ({ engine }) => engine, { output, signal })
  print(output, { ok: true, engine: { source, endpoint } }, ['Everything is ready.'])
  return EXIT.done
}

/** Names the versions of Docker that nodes can have. Others are taken from a registry when they are asked for. */
export function listEngines(output: Output): number {
  const versions = packagedVersions()
  print(
    output,
    { default: DEFAULT_ENGINE, versions },
    versions.map((version) => `${version}${version === DEFAULT_ENGINE ? '  (the default)' : ''}`),
  )
  return EXIT.done
}

export interface CleanOptions {
  readonly output: Output
  readonly signal: AbortSignal
  /** Everything of every Capstan on the engine, instead of what is left of this data folder. */
  readonly all: boolean
  /** The answer to the question that `all` asks. */
  readonly yes: boolean
}

/** Removes the nodes of this data folder, and what dead processes left of it. Nothing of an app that runs is touched. */
export async function clean({ output, signal, all, yes }: CleanOptions): Promise<number> {
  if (all && !yes) throw notWithoutYes()
  const removed = await withStore(output, ({ owner }) =>
    withEngine(({ engine }) => (all ? removeEverything(engine) : removeOwn(engine, owner)), {
      output,
      signal,
    }),
  )
  print(output, { ok: true, removed }, [`Removed ${removed} containers, networks and volumes.`])
  return EXIT.done
}

async function removeOwn(engine: OuterEngine, owner: string): Promise<number> {
  return (await removeLeft(engine, owner)) + (await removeLeft(engine, ownerOfProofs(dataFolder())))
}

function notWithoutYes(): CapstanError {
  return new CapstanError(
    'bad-input',
    'This removes everything that any Capstan has on the engine: nodes of apps that run, and the registry.',
    { help: 'Add --yes when you are sure. Without --all only this data folder is cleaned.' },
  )
}
