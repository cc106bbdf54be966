/**
 * The certificate of a registry that nodes ask. It is in the registry's volume, and the engines in nodes trust it.
 * With TLS nothing in a node has to say that the registry is insecure: a student may teach an engine that key.
 */
import { CapstanError } from '../../shared/errors'
import type { DockerClient } from '../docker'
import { KIND } from '../node'

/** The registry's folder for its volume. */
export const REGISTRY_FOLDER = '/var/lib/registry'
const CERTIFICATE = `${REGISTRY_FOLDER}/tls/certificate.pem`
const KEY = `${REGISTRY_FOLDER}/tls/key.pem`
const LIMIT_MS = 60_000
/** The registry has no other name on the nodes' networks, and lives as long as its volume. */
const MAKE = `mkdir -p ${REGISTRY_FOLDER}/tls && [ -s ${CERTIFICATE} ] || openssl req -x509 -newkey ec \\
  -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj "/CN=$1" -addext "subjectAltName=DNS:$1" \\
  -keyout ${KEY} -out ${CERTIFICATE}`

/** The settings with which a registry serves its volume over TLS. */
export const TLS_SETTINGS = [`REGISTRY_HTTP_TLS_CERTIFICATE=${CERTIFICATE}`, `REGISTRY_HTTP_TLS_KEY=${KEY}`]

export interface CertificateOptions {
  /** An image with openssl. */
  readonly image: string
  /** The volume of the registry. */
  readonly volume: string
  /** The registry's name on the nodes' networks. */
  readonly host: string
}

/** Makes the certificate and its key, unless they are there. @throws CapstanError `image-failed` */
export async function makeCertificate(
  { containers }: Pick<DockerClient, 'containers'>,
  { image, volume, host }: CertificateOptions,
): Promise<void> {
  const id = await containers.create({
    Image: image,
    Entrypoint: ['sh', '-c', MAKE, 'make', host],
    Cmd: [],
    Labels: { [KIND]: 'builder' },
    HostConfig: { Mounts: [{ Type: 'volume', Source: volume, Target: REGISTRY_FOLDER }] },
  })
  try {
    await containers.start(id)
    if ((await containers.wait(id, LIMIT_MS)) === 0) return
    const log = await containers.log(id, 5)
    throw new CapstanError('image-failed', `The registry got no certificate: ${log.trim()}`, {
      help: 'Try again; `capstan clean --all --yes` removes everything that is half made.',
    })
  } finally {
    await containers.remove(id)
  }
}

/** Reads the certificate of a registry that runs, in the form of PEM. */
export async function certificateOf(
  { execs }: Pick<DockerClient, 'execs'>,
  container: string,
): Promise<string> {
  return (await execs.run(container, ['cat', CERTIFICATE])).stdout
}
