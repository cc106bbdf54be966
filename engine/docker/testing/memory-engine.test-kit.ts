/** An engine in memory: containers, networks, volumes and images that are only entries in maps. */
import type { DockerClient } from '../client'
import {
  containersOf,
  execsOf,
  imagesOf,
  type Memory,
  missing,
  networksOf,
  volumesOf,
} from './memory-parts.test-kit'

export interface MemoryEngine extends Memory {
  readonly docker: DockerClient
  /** MiB of memory, and what decides how nodes are made. */
  capabilities: { readonly memory: number; readonly cores: number; readonly userns: boolean }
}

export function memoryEngine(): MemoryEngine {
  const engine: Memory = {
    calls: [],
    failures: new Map(),
    containers: new Map(),
    networks: new Map(),
    volumes: new Map(),
    images: new Map(),
    sizes: new Map(),
    exec: () => ({ exitCode: 0, stdout: '', stderr: '' }),
    inner: (_request, response) => void response.end('OK'),
    log: '',
  }
  const note = async (call: string, ...about: readonly string[]): Promise<void> => {
    const whole = [call, ...about].join(' ')
    engine.calls.push(whole)
    const failure = engine.failures.get(call) ?? engine.failures.get(whole)
    if (failure) throw failure
  }
  const docker: DockerClient = {
    containers: containersOf(engine, note),
    execs: execsOf(engine, note),
    images: imagesOf(engine, note),
    networks: networksOf(engine, note),
    volumes: volumesOf(engine, note),
    swarm: {
      init: () => note('swarm.init'),
      join: () => note('swarm.join'),
      joinTokens: async () => ({ Manager: 'manager-token', Worker: 'worker-token' }),
      nodes: async () => [],
      own: async () => ({ id: '', isMember: false, isManager: false }),
      demote: (id) => note('swarm.demote', id),
      leave: () => note('swarm.leave'),
      forget: (id) => note('swarm.forget', id),
    },
    ping: () => note('ping'),
    version: async () => ({ Version: '0.0', ApiVersion: '1.41', Os: 'linux', Arch: 'amd64' }),
    info: async () => ({}),
    get: (path) => Promise.reject(missing(path)),
    watchEvents: async () => () => undefined,
    close: () => undefined,
  }
  // The parts look at the engine itself, so that a test can replace its `exec`, `inner` and `log`.
  return Object.assign(engine, { docker, capabilities: { memory: 8000, cores: 4, userns: true } })
}
