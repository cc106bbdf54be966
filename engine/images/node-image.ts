/** The node images: one recipe for each engine that Debian's packages have, and one for releases of a registry. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CapstanError, isCapstanError } from '../../shared/errors'
import type { DockerClient } from '../docker'
import type { ProgressListener, ReportDetail } from '../outer'
import { prepareBase } from './base'
import { build } from './build'
import { DEFAULT_ENGINE, type PackagedEngine, packagedEngine, packagedVersions } from './engines'

export interface NodeImageOptions {
  readonly docker: DockerClient
  readonly home: string
  /** Folder of all recipes. */
  readonly recipes: string
  readonly onProgress: ProgressListener
  readonly report: ReportDetail
  readonly signal: AbortSignal
}

/**
 * Builds the image of nodes with an engine of this version, unless it is there.
 * @returns its reference
 * @throws CapstanError `image-failed`, `no-space`, `cancelled`
 */
export async function prepareNodeImage(version: string, options: NodeImageOptions): Promise<string> {
  const packaged = packagedEngine(version)
  return packaged ? await fromPackages(packaged, options) : await fromRegistry(version, options)
}

async function fromPackages({ version, suite }: PackagedEngine, options: NodeImageOptions): Promise<string> {
  const { docker, recipes, report, signal } = options
  const folder = join(recipes, 'node')
  const packages = await namesIn(folder, ['packages', `packages.${suite}`])
  const base = await prepareBase({ ...options, suite, packages })
  const args = { SUITE: suite, ENGINE: version }
  return await build({ docker, folder, name: `node-${version}`, base, args, report, signal })
}

async function namesIn(folder: string, files: readonly string[]): Promise<string[]> {
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  return texts.flatMap((text) => text.split('\n')).filter(Boolean)
}

/** The programs of such an engine come from the image that Docker publishes for engines in containers. */
async function fromRegistry(version: string, options: NodeImageOptions): Promise<string> {
  const { docker, recipes, report, signal } = options
  const base = await prepareNodeImage(DEFAULT_ENGINE, options)
  const [folder, args] = [
    join(recipes, 'node-release'),
    { RELEASE: `docker:${version}-dind`, ENGINE: version },
  ]
  try {
    return await build({ docker, folder, name: `node-${version}`, base, args, report, signal })
  } catch (error) {
    if (!isCapstanError(error, 'image-failed')) throw error
    const help = `It is taken from a registry, so the engine must reach one. Without any, there are ${packagedVersions().join(', ')}.`
    throw new CapstanError('image-failed', `There are no nodes with Docker ${version}: ${error.message}`, {
      help,
      cause: error,
    })
  }
}
