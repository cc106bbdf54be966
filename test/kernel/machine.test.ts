/** The namespaces, the network and the disk are real. A script stands in the place of the kernel. */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runBound } from './commands'
import { boot, obstacle } from './machine'

const SCRIPT = join(import.meta.dirname, 'boot.sh')
const signal = AbortSignal.timeout(60_000)

describe.skipIf(obstacle())('a machine (needs root on Linux for amd64, and /dev/net/tun)', () => {
  let folder: string
  let controller: AbortController

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'capstan-machine-'))
    controller = new AbortController()
    await mkdir(join(folder, 'usr/bin'), { recursive: true })
    await mkdir(join(folder, 'usr/lib/uml/modules'), { recursive: true })
    await writeFile(join(folder, 'usr/bin/busybox'), '#!/bin/sh\n', { mode: 0o755 })
    await writeFile(join(folder, 'disk.img'), 'disk')
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  async function bootAs(kernel: string, limitMs = 30_000) {
    await writeFile(join(folder, 'usr/bin/linux.uml'), `#!/bin/sh\n${kernel}\n`, { mode: 0o755 })
    return await boot({
      kernel: folder,
      engine: folder,
      script: SCRIPT,
      disk: join(folder, 'disk.img'),
      console: join(folder, 'console.log'),
      cgroup: 2,
      signal: controller.signal,
      limitMs,
    })
  }

  /** Processes, apart from this one, that name the folder. */
  async function left(): Promise<string[]> {
    const commands = (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name))
      .map(async (pid) => await readFile(join('/proc', pid, 'cmdline'), 'utf8').catch(() => ''))
    return (await Promise.all(commands)).filter((command) => command.includes(folder))
  }

  const UP = 'echo "capstan: the engine answers"; exec sleep 600'

  test('has a network of its own, and takes programs into it', async () => {
    const machine = await bootAs(UP)
    const inside = async (...command: string[]) =>
      (
        await runBound([...machine.enter, ...command], { env: process.env, limitMs: 10_000, signal })
      ).out.trim()
    expect(await inside('ip', '-o', '-4', 'addr', 'show', 'tap0')).toContain('10.99.0.1/30')
    expect(await inside('readlink', '/proc/self/ns/net')).not.toBe(await readlink('/proc/self/ns/net'))
    expect(existsSync('/sys/class/net/tap0')).toBe(false)
    await machine.stop()
  })

  test('is gone with its disk when it is stopped', async () => {
    const machine = await bootAs(UP)
    expect(existsSync(join(folder, 'disk.img'))).toBe(false)
    expect(await left()).not.toEqual([])
    await machine.stop()
    await expect.poll(left).toEqual([])
  })

  test('cannot write to the folders of this computer', async () => {
    const machine = await bootAs(`touch /mnt/root/usr/here || touch /mnt/root/opt/engine/here; ${UP}`)
    expect(existsSync('/usr/here') || existsSync(join(folder, 'here'))).toBe(false)
    await machine.stop()
  })

  test.each([
    ['echo the processor burns; exit 3', /ended while it booted:\n {2}the processor burns/],
    ['echo Kernel panic - not syncing; exec sleep 600', /ended while it booted:\n {2}Kernel panic/],
    ['echo capstan: the engine has ended; exec sleep 600', /ended while it booted/],
  ])('one that ends while it boots is told with its last words: %s', async (kernel, message) => {
    await expect(bootAs(kernel)).rejects.toMatchObject({
      code: 'no-engine',
      message: expect.stringMatching(message),
      help: expect.stringContaining('console.log'),
    })
    await expect.poll(left).toEqual([])
    expect(existsSync(join(folder, 'disk.img'))).toBe(false)
  })

  test('one that does not come up is given up at the limit', async () => {
    await expect(bootAs('echo thinking; exec sleep 600', 1_000)).rejects.toMatchObject({
      message: expect.stringMatching(/was not up after 1 s/),
    })
    await expect.poll(left).toEqual([])
  })

  test('a signal ends one that boots', async () => {
    const booting = bootAs('exec sleep 600')
    const ended = expect(booting).rejects.toThrow('enough')
    await expect.poll(left).not.toEqual([])
    controller.abort(new Error('enough'))
    await ended
    await expect.poll(left).toEqual([])
  })
})
