import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { LabNode } from '../../engine/node'
import { nodesOf, topologiesOn } from '../../engine/topology'
import { processName } from '../../shared/system/processes'
import { sharedBench } from './bench'

/** Makes an image from files of the node, without a network and without another image. */
const TINY =
  'tar -C / -ch bin/sleep bin/cat bin/true $(ldd /bin/cat | grep -o "/[^ ]*") 2>/dev/null | docker import - tiny'

describe('a lab node', () => {
  const bench = sharedBench()
  let node: LabNode

  beforeAll(async () => {
    node = await bench().node('node1')
  })

  test('has an engine of its own that answers', async () => {
    const info = await node.docker.info()
    expect(info.Name).toBe('node1')
    expect(await node.docker.containers.list()).toEqual([])
  })

  test('its firewall is the legacy one where the kernel has no nf_tables, and the usual one where it has', async () => {
    const part = "sed -n '/^firewall=/,/^done/p' /opt/capstan/entrypoint > /tmp/firewall"
    const lacking = "mkdir -p /tmp/lacking && printf '#!/bin/sh\\nexit 4\\n' > /tmp/lacking/iptables-nft"
    const inside = async (script: string) => (await node.script(script)).stdout.trim()
    await node.script(`${part} && ${lacking} && chmod +x /tmp/lacking/iptables-nft`)
    const variants = 'iptables -V; ip6tables -V; iptables-save -V'
    const legacy = await inside(`PATH=/tmp/lacking:$PATH unshare --net sh -eu /tmp/firewall; ${variants}`)
    expect(legacy.match(/\(legacy\)/g)).toHaveLength(3)
    const usual = await inside(`unshare --net sh -eu /tmp/firewall; ${variants}`)
    expect(usual.match(/\(nf_tables\)/g)).toHaveLength(3)
  })

  test('answers many questions at once', async () => {
    const answers = Array.from({ length: 24 }, () => node.docker.version())
    expect((await Promise.all(answers)).every(({ Os }) => Os === 'linux')).toBe(true)
  })

  test('runs commands and scripts as root, in /root', async () => {
    expect(await node.exec(['sh', '-c', 'id -u; pwd; hostname'])).toEqual({
      exitCode: 0,
      stdout: '0\n/root\nnode1\n',
      stderr: '',
    })
    expect(await node.exec(['cat'], { stdin: 'héllo' })).toMatchObject({ stdout: 'héllo' })
    const script = 'echo out\necho err >&2\nexit 7'
    expect(await node.script(script, { env: { A: 'b' } })).toEqual({
      exitCode: 7,
      stdout: 'out\n',
      stderr: 'err\n',
    })
    expect(await node.exec(['no-such-command'])).toMatchObject({ exitCode: 127 })
  })

  test('cuts off output beyond the limit', async () => {
    const { stdout } = await node.exec(['sh', '-c', 'yes | head -c 3000000'], { maxBytes: 1000 })
    expect(stdout).toHaveLength(1000)
  })

  test('takes a command that does not read its input', async () => {
    expect(await node.exec(['true'], { stdin: Buffer.alloc(2_000_000) })).toMatchObject({ exitCode: 0 })
  })

  test('kills a command at its limit', async () => {
    const hung = node.exec(['sleep', '4711'], { limitMs: 300 })
    await expect(hung).rejects.toMatchObject({ code: 'engine-timeout' })
    await expect.poll(async () => (await node.exec(['pgrep', '-f', 'sleep 4711$'])).stdout.trim()).toBe('')
  })

  test('writes, reads and lists files, keeping mode, owner and link', async () => {
    await node.writeFile('/root/new folder/-a file.txt', 'one\n')
    await node.exec([
      'sh',
      '-c',
      'cd "/root/new folder"; chmod 751 ./-a*; chown 7:8 ./-a*; ln -s ./-a* link; mkdir sub',
    ])
    await node.writeFile('/root/new folder/link', Buffer.from([0, 1, 255]))
    expect(await node.readFile('/root/new folder/-a file.txt')).toEqual(Buffer.from([0, 1, 255]))
    const stat = await node.exec(['stat', '-c', '%a %u:%g', '/root/new folder/-a file.txt'])
    expect(stat.stdout).toBe('751 7:8\n')
    expect(await node.listFiles('/root/new folder')).toEqual([
      { name: 'sub', path: '/root/new folder/sub', type: 'directory', size: expect.any(Number) },
      { name: '-a file.txt', path: '/root/new folder/-a file.txt', type: 'file', size: 3 },
      { name: 'link', path: '/root/new folder/link', type: 'symlink', size: expect.any(Number) },
    ])
    await node.writeFile('/root/run.sh', 'exit 0', { mode: '0755' })
    expect(await node.exec(['/root/run.sh'])).toMatchObject({ exitCode: 0 })
  })

  test('sees what the student has mounted', async () => {
    await node.script('mkdir -p /mnt/x; mount -t tmpfs x /mnt/x; echo mounted > /mnt/x/f')
    expect((await node.readFile('/mnt/x/f')).toString()).toBe('mounted\n')
  })

  test.each([
    ['/no/such/file', 'not-found'],
    ['/etc', 'bad-input'],
    ['relative', 'bad-input'],
  ])('reading %s is %s', async (path, code) => {
    await expect(node.readFile(path)).rejects.toMatchObject({ code })
  })

  test.each([
    ['/no/such/folder', 'not-found'],
    ['/etc/passwd', 'bad-input'],
  ])('listing %s is %s', async (path, code) => {
    await expect(node.listFiles(path)).rejects.toMatchObject({ code })
  })

  test('refuses what is too large to read, and to write over a folder', async () => {
    await expect(node.readFile('/usr/bin/docker', { maxBytes: 1000 })).rejects.toMatchObject({
      code: 'bad-input',
    })
    await expect(node.writeFile('/etc', 'x')).rejects.toMatchObject({ code: 'bad-input' })
    expect((await node.listFiles('/')).filter(({ name }) => name.endsWith('~'))).toEqual([])
  })

  test('says that the disk is full', async () => {
    await node.script('mkdir -p /mnt/small; mount -t tmpfs -o size=64k x /mnt/small')
    const write = node.writeFile('/mnt/small/f', 'x'.repeat(200_000))
    await expect(write).rejects.toMatchObject({ code: 'no-space' })
    expect(await node.listFiles('/mnt/small')).toEqual([])
  })

  test('takes in a folder of the host', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'capstan-copy-'))
    try {
      await writeFile(join(folder, 'app.py'), 'print(1)', { mode: 0o755 })
      await node.copyIn(folder, '/root/deep/app')
      await node.copyIn(join(folder, 'app.py'), '/root/one.py')
    } finally {
      await rm(folder, { recursive: true })
    }
    const { stdout } = await node.exec(['stat', '-c', '%n %a %u', '/root/deep/app/app.py', '/root/one.py'])
    expect(stdout).toBe('/root/deep/app/app.py 755 0\n/root/one.py 755 0\n')
  })

  test('runs containers in its engine, and commands in those', async () => {
    await node.script(TINY)
    const id = await node.docker.containers.create({
      Image: 'tiny',
      Cmd: ['sleep', '60'],
      HostConfig: { Memory: 64 * 2 ** 20 },
    })
    await node.docker.containers.start(id)
    expect(await node.docker.execs.run(id, ['cat'], { stdin: 'inner' })).toMatchObject({
      exitCode: 0,
      stdout: 'inner',
    })
    expect(await node.docker.containers.inspect(id)).toMatchObject({ State: { Running: true } })
    await node.docker.containers.remove(id)
  })

  const LOOK = 'mknod /tmp/disk b 254 0 && head -c 1 /tmp/disk; ls -d /dev/vd* /dev/sd* /dev/kvm'

  test('has no device of the host', async () => {
    expect((await node.exec(['sh', '-c', LOOK])).stdout).toBe('')
  })

  test('has privileged containers with its own rights, and no others', async () => {
    const inContainer = async (script: string) =>
      (await node.exec(['docker', 'run', '--rm', '--privileged', 'busybox', 'sh', '-c', script])).stdout
    expect(await inContainer(LOOK)).toBe('')
    const rights = 'grep CapBnd /proc/1/status'
    const [own, given] = [(await node.exec(['sh', '-c', rights])).stdout, await inContainer(rights)]
    expect(given).toMatch(/^CapBnd:/)
    expect(given).toBe(own)
  })

  test('is reached by its name from its neighbours', async () => {
    const other = await bench().node('node2')
    expect(await other.exec(['ping', '-c1', '-W2', 'node1'])).toMatchObject({ exitCode: 0 })
    expect((await nodesOf(bench(), bench().topologyId)).map(({ name }) => name).sort()).toEqual([
      'node1',
      'node2',
    ])
    expect(await topologiesOn(bench(), 'test')).toContainEqual({
      id: bench().topologyId,
      process: processName(),
    })
    await other.remove()
    expect(await other.state()).toBe('gone')
    await expect(other.exec(['true'])).rejects.toMatchObject({ code: 'node-gone' })
  })

  test('killed: whatever waits is told at once, and it comes back', async () => {
    const ended = new Promise<void>((resolve, reject) => {
      node.docker.watchEvents({ onEvent: () => undefined, onEnd: resolve }).catch(reject)
    })
    const waiting = node.docker.get('/events', 60_000)
    const waitingForAll = expect(waiting).rejects.toMatchObject({ code: 'node-gone' })
    await node.docker.ping()
    await node.kill()
    await ended
    await waitingForAll
    expect(await node.state()).toBe('stopped')
    await expect(node.docker.ping()).rejects.toMatchObject({ code: 'node-gone' })
    await expect(node.exec(['true'])).rejects.toMatchObject({ code: 'node-gone' })

    const [adopted] = await nodesOf(bench(), bench().topologyId)
    expect(await adopted?.state()).toBe('stopped')
    await adopted?.start()
    await node.ready()
    await node.docker.ping()
    await node.restart()
    expect(await node.docker.info()).toMatchObject({ Name: 'node1' })
  })

  test('that cannot start says why, in the words of its log', async () => {
    const broken = await bench().node('node3')
    await broken.script('mkdir -p /etc/docker; echo nonsense > /etc/docker/daemon.json')
    await broken.kill()
    await expect(broken.start()).rejects.toMatchObject({
      code: 'node-gone',
      message: expect.stringContaining('daemon.json'),
    })
    await broken.remove()
  })

  test('with a paused container in it can be ended', async () => {
    const node5 = await bench().node('node5')
    await node5.script(TINY)
    const { exitCode } = await node5.script('docker run -d --name held tiny sleep 60 && docker pause held')
    expect(exitCode).toBe(0)
    await node5.remove()
    expect(await node5.state()).toBe('gone')
  })

  test("two removals at once do not get in each other's way", async () => {
    const node4 = await bench().node('node4')
    await Promise.all([node4.remove(), node4.remove(), node4.remove()])
    expect(await node4.state()).toBe('gone')
  })
})
