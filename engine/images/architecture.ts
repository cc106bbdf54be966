/** The processors that our images are made for, by Debian's names, which are those of Docker's platforms too. */
import { CapstanError } from '../../shared/errors'
import type { DockerClient } from '../docker'

export type Architecture = 'amd64' | 'arm64'

/** The names of the kernel, which `docker info` shows. */
const OF_KERNEL: Readonly<Record<string, Architecture>> = {
  x86_64: 'amd64',
  amd64: 'amd64',
  aarch64: 'arm64',
  arm64: 'arm64',
}

/**
 * The architecture of the engine's machine, which may be another one than ours.
 * @throws CapstanError `capability-missing` for a processor that we have no images for
 */
export async function architectureOf(docker: Pick<DockerClient, 'info'>): Promise<Architecture> {
  const { Architecture: name = 'x86_64' } = await docker.info()
  const architecture = Object.hasOwn(OF_KERNEL, name) ? OF_KERNEL[name] : undefined
  if (architecture) return architecture
  throw new CapstanError(
    'capability-missing',
    `There are no images for the processor of the engine (${name}).`,
    {
      help: 'Use an engine on a machine with a processor of type x86-64 or 64-bit ARM.',
    },
  )
}

/** The architecture of the images that cannot run beside those of another one. */
export function foreignTo(architecture: Architecture): Architecture {
  return architecture === 'amd64' ? 'arm64' : 'amd64'
}

/**
 * What mmdebstrap is told to make Debian for the machine of an engine. Where that is not this machine's own processor,
 * programs of the other one must run here by an emulator (binfmt_misc with qemu-user-static): whether they do is seen
 * while it runs, because the program that would tell before is seldom installed.
 */
export function bootstrapFlags(architecture: Architecture, own: string = process.arch): string[] {
  if (architecture === (own === 'x64' ? 'amd64' : own)) return []
  return [`--architectures=${architecture}`, '--skip=check/qemu']
}
