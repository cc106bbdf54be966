/** Builds an image by its recipe. */
import { CapstanError, isCapstanError } from '../../shared/errors'
import { archiveOfFolder, type DockerClient } from '../docker'
import type { ReportDetail } from '../outer'
import { recipeHash } from './recipe'

export interface BuildOptions {
  readonly docker: DockerClient
  /** Folder of the recipe. */
  readonly folder: string
  readonly name: string
  /** Reference of the image that it is built on. */
  readonly base: string
  readonly args?: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  readonly report: ReportDetail
}

/**
 * Builds an image, unless it is there.
 * @returns its reference, which carries the recipe's hash
 * @throws CapstanError `image-failed` with the last lines of the build, `no-space`, `cancelled`
 */
export async function build(options: BuildOptions): Promise<string> {
  const { docker, folder, name, base, args = {}, signal, report } = options
  const { Id } = await docker.images.inspect(base)
  const ref = `capstan/${name}:${await recipeHash(folder, [Id, ...Object.values(args)].join())}`
  if (await docker.images.exists(ref)) return ref
  const last: string[] = []
  try {
    await docker.images.build(await archiveOfFolder(folder), {
      tag: ref,
      buildargs: { BASE: base, ...args },
      signal,
      onLine: (line) => {
        last.push(line)
        if (line.startsWith('Step ')) report(line)
      },
    })
  } catch (error) {
    if (!isCapstanError(error, 'image-failed')) throw error
    throw new CapstanError(
      'image-failed',
      `The image ${name} could not be built: ${error.message}. ${last.slice(-3).join(' ')}`,
      {
        help: 'Make sure that the engine reaches its package mirror, then try again.',
        cause: error,
      },
    )
  }
  return ref
}
