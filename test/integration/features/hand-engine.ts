/**
 * An engine that a test starts by hand in a node. Unlike the node's own engine, it can be restarted with other
 * settings without ending the node.
 */
import type { LabNode } from '../../../engine/node'
import { refused, run, until } from './in-node'

export class HandEngine {
  readonly node: LabNode
  /** The folder is on the node's volume, because an overlay cannot be on top of the node's own overlay. */
  readonly folder: string
  readonly #flags: string

  private constructor(node: LabNode, name: string) {
    this.node = node
    this.folder = `/var/lib/docker/${name}`
    this.#flags = [
      `--host unix://${this.folder}/sock --pidfile ${this.folder}/pid`,
      `--data-root ${this.folder}/data --exec-root /run/${name}`,
      `--bridge br-${name} --iptables=false`,
    ].join(' ')
  }

  /** Prepares the folder and a bridge. Without its own bridge it would take docker0 from the node's engine. */
  static async in(node: LabNode, name: string, address = '10.99.1.1/24'): Promise<HandEngine> {
    const bridge = `br-${name}`
    await run(
      node,
      `mkdir -p /var/lib/docker/${name}
       ip link add ${bridge} type bridge
       ip addr add ${address} dev ${bridge}
       ip link set ${bridge} up`,
    )
    return new HandEngine(node, name)
  }

  /** Starts the engine and waits until it answers. */
  async start(flags = ''): Promise<void> {
    await run(
      this.node,
      `cd ${this.folder}
       setsid dockerd ${this.#flags} ${flags} > log 2>&1 < /dev/null & engine=$!
       until docker --host unix://${this.folder}/sock version > /dev/null 2>&1; do
         kill -0 $engine || { tail -n 3 log >&2; exit 1; }
         sleep 0.1
       done`,
    )
  }

  /** Gives the engine an image to run, because it cannot pull. */
  async load(image: string): Promise<void> {
    await run(this.node, `docker save ${image} | docker --host unix://${this.folder}/sock load`)
  }

  /** Ends the engine as a service manager does and waits until its process is gone. */
  async stop(): Promise<void> {
    await run(
      this.node,
      `pid=$(cat ${this.folder}/pid); kill $pid; while kill -0 $pid 2> /dev/null; do sleep 0.05; done`,
    )
  }

  /** Makes the engine read its configuration file again. */
  async reload(): Promise<void> {
    await run(this.node, `kill -HUP $(cat ${this.folder}/pid)`)
  }

  async run(text: string): Promise<string> {
    return await run(this.node, this.#here(text))
  }

  async refused(text: string): Promise<string> {
    return await refused(this.node, this.#here(text))
  }

  async until(condition: string): Promise<void> {
    await until(this.node, this.#here(condition))
  }

  #here(text: string): string {
    return `export DOCKER_HOST=unix://${this.folder}/sock\n${text}`
  }
}
