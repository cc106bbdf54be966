import { beforeAll, describe, expect, test } from 'vitest'
import type { LabNode } from '../../../engine/node'
import { sharedBench } from '../bench'
import { HandEngine } from './hand-engine'
import { run } from './in-node'

describe('storage drivers', () => {
  const bench = sharedBench()
  let node: LabNode
  let engine: HandEngine

  beforeAll(async () => {
    node = await bench().node('node1')
    engine = await HandEngine.in(node, 'hand')
    await engine.start('--storage-driver overlay2')
    await engine.load('busybox')
  })

  const images = async () => await engine.run(`docker images --format '{{.Repository}}'`)

  /** Runs a container that writes one file and changes none of its image. */
  async function writeWith(driver: string): Promise<void> {
    await engine.run(`docker run --name writes busybox sh -c 'echo mine > /written'`)
    expect(await engine.run(`docker info -f '{{.Driver}}'; docker diff writes`)).toBe(`${driver}\nA /written`)
  }

  /** The path of a folder that the driver names, as the node sees it. */
  async function folderOf(key: string): Promise<string> {
    return await engine.run(`docker inspect -f '{{index .GraphDriver.Data "${key}"}}' writes`)
  }

  test('overlay2 keeps only what a container has changed, above the shared layers of its image', async () => {
    await writeWith('overlay2')
    const upper = await folderOf('UpperDir')
    expect(await run(node, `cd ${upper}; find . -type f; cat written`)).toBe('./written\nmine')
    const lower = (await folderOf('LowerDir')).split(':').at(-1)
    expect(await run(node, `ls -d ${lower}/bin/busybox`)).toBe(`${lower}/bin/busybox`)

    await engine.run('docker start -a writes; docker run -d --name mounted busybox sleep 600')
    expect(await run(node, `grep -c '^overlay ${engine.folder}/data/overlay2/' /proc/mounts`)).toBe('1')
    await engine.run('docker rm -f mounted writes')
  })

  test('vfs knows nothing of the images of overlay2, and copies a whole image for each container', async () => {
    await engine.stop()
    await engine.start('--storage-driver vfs')
    expect(await images()).toBe('')
    await engine.load('busybox')
    await writeWith('vfs')
    const layers = `${engine.folder}/data/vfs/dir`
    const busyboxes = `find ${layers} -path '*/bin/busybox' | wc -l`
    const before = Number(await run(node, busyboxes))
    await engine.run('docker run -d --name second busybox sleep 600')
    // One copy is the container's, the other is the layer with its /etc/hosts and similar files.
    expect(Number(await run(node, busyboxes)) - before).toBe(2)
    expect(await run(node, `cat ${layers}/*/written`)).toBe('mine')
    expect(await run(node, `grep ' ${layers}' /proc/mounts || true`)).toBe('')
    await engine.run('docker rm -f second writes')

    await engine.stop()
    await engine.start('--storage-driver overlay2')
    expect(await images()).toBe('busybox')
  })

  // The node has no loop device, because it would be a device of the host.
  test.skip('btrfs makes a subvolume for each container (skipped: no block device can be had in a node)', () => {})
})
