/** Where engines listen that nobody has named: the sockets and pipes of Docker and of programs that bring an engine. */
import { homedir } from 'node:os'
import { join } from 'node:path'

export interface Place {
  /** Its user's folder. */
  readonly home?: string
  readonly env: NodeJS.ProcessEnv
}

/**
 * The most likely one first. Those of Podman come last: it answers like an engine of Docker, is recognized by its
 * version, and is passed over with the reason.
 */
export function usualSockets(platform: NodeJS.Platform, { env, home = homedir() }: Place): string[] {
  if (platform === 'win32') {
    return ['docker_engine', 'dockerDesktopLinuxEngine', 'podman-machine-default'].map(
      (name) => `//./pipe/${name}`,
    )
  }
  const ofUser = (path: string) => join(home, path)
  const atRuntime = (path: string) => (env.XDG_RUNTIME_DIR ? [join(env.XDG_RUNTIME_DIR, path)] : [])
  return [
    '/var/run/docker.sock',
    // Docker without root.
    ...atRuntime('docker.sock'),
    // Docker Desktop, on macOS and on Linux.
    ofUser('.docker/run/docker.sock'),
    ofUser('.docker/desktop/docker.sock'),
    ofUser('.orbstack/run/docker.sock'),
    // Colima, and Colima before version 0.4.
    ofUser('.colima/default/docker.sock'),
    ofUser('.colima/docker.sock'),
    ofUser('.rd/docker.sock'),
    ...atRuntime('podman/podman.sock'),
    ...(platform === 'darwin' ? podmanMachines(ofUser, env) : ['/run/podman/podman.sock']),
  ]
}

/** The forwarded socket of a Podman machine has moved with its versions. */
function podmanMachines(ofUser: (path: string) => string, { TMPDIR }: NodeJS.ProcessEnv): string[] {
  const folder = '.local/share/containers/podman/machine'
  return [
    ...(TMPDIR ? [join(TMPDIR, 'podman/podman-machine-default-api.sock')] : []),
    ofUser(join(folder, 'podman.sock')),
    ofUser(join(folder, 'qemu/podman.sock')),
  ]
}
