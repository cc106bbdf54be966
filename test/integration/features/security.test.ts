import { beforeAll, describe, expect, test } from 'vitest'
import type { LabNode } from '../../../engine/node'
import { sharedBench } from '../bench'
import { HandEngine } from './hand-engine'
import { refused, run } from './in-node'

describe('the security of a container', () => {
  const bench = sharedBench()
  let node: LabNode

  beforeAll(async () => {
    node = await bench().node('node1')
  })

  test('has the default capabilities, and what --cap-drop and --cap-add make of them', async () => {
    const effective = async (flags: string) =>
      await run(node, `docker run --rm ${flags} busybox sed -n 's/^CapEff:\\t//p' /proc/self/status`)
    expect(await effective('')).toBe('00000000a80425fb')
    expect(await effective('--cap-drop ALL')).toBe('0000000000000000')
    expect(await effective('--cap-drop ALL --cap-add CHOWN --cap-add NET_ADMIN')).toBe('0000000000001001')
  })

  test('without CHOWN cannot give a file away, with NET_ADMIN can set up a network card', async () => {
    await run(node, 'docker run --rm busybox chown 5 /tmp')
    expect(await refused(node, 'docker run --rm --cap-drop CHOWN busybox chown 5 /tmp')).toBe(
      'chown: /tmp: Operation not permitted',
    )
    const card = `sh -c 'ip link set lo mtu 1400 && cat /sys/class/net/lo/mtu'`
    expect(await refused(node, `docker run --rm busybox ${card}`)).toContain('Operation not permitted')
    expect(await run(node, `docker run --rm --cap-add NET_ADMIN busybox ${card}`)).toBe('1400')
  })

  test('runs as the user and group it is told, without their rights', async () => {
    const flags = '--user 1000:2000 --group-add 3000'
    expect(await run(node, `docker run --rm ${flags} busybox id`)).toBe('uid=1000 gid=2000 groups=2000,3000')
    expect(await refused(node, 'docker run --rm --user 1000 busybox touch /etc/passwd')).toBe(
      'touch: /etc/passwd: Permission denied',
    )
  })

  test('read-only writes into a tmpfs and a volume, and nowhere else', async () => {
    const container = 'docker run --rm --read-only --tmpfs /tmp -v kept:/kept busybox'
    expect(await run(node, `${container} sh -c 'touch /tmp/a /kept/b; ls /tmp /kept'`)).toBe(
      '/kept:\nb\n\n/tmp:\na',
    )
    expect(await refused(node, `${container} touch /root/a`)).toBe('touch: /root/a: Read-only file system')
  })

  test('with no-new-privileges gains nothing from a set-user-id program', async () => {
    // A copy of cat that runs as root for every user, and a file that only root may read.
    await run(
      node,
      `mkdir -p /build
       printf '%s\\n' 'FROM debian:bookworm-slim' \\
         'RUN cp /bin/cat /bin/rootcat && chmod 4755 /bin/rootcat && echo secret > /f && chmod 600 /f' |
         docker build -q -t setuid -f - /build`,
    )
    const read = 'setuid rootcat /f'
    expect(await run(node, `docker run --rm --user 1000 ${read}`)).toBe('secret')
    const bound = '--security-opt no-new-privileges'
    expect(await refused(node, `docker run --rm --user 1000 ${bound} ${read}`)).toBe(
      'rootcat: /f: Permission denied',
    )
    const flag = `sed -n 's/^NoNewPrivs:\\t//p' /proc/self/status`
    expect(await run(node, `docker run --rm ${bound} busybox ${flag}`)).toBe('1')
  })

  test('cannot unshare under the default seccomp profile, and can without it', async () => {
    const unshare = `sh -c 'sed -n "s/^Seccomp:\\t//p" /proc/self/status; unshare -U true && echo done'`
    const { stdout, stderr } = await node.script(`docker run --rm busybox ${unshare}`)
    expect([stdout, stderr]).toEqual(['2\n', expect.stringContaining('Operation not permitted')])
    const free = '--security-opt seccomp=unconfined'
    // The node has a filter of its own, which its containers keep: the mode stays 2, and the call passes.
    expect(await run(node, `docker run --rm ${free} busybox ${unshare}`)).toMatch(/^[02]\ndone$/)
  })

  test('obeys a seccomp profile of its own', async () => {
    const rule = { names: ['mkdir', 'mkdirat'], action: 'SCMP_ACT_ERRNO' }
    const profile = { defaultAction: 'SCMP_ACT_ALLOW', syscalls: [rule] }
    await node.writeFile('/root/no-mkdir.json', JSON.stringify(profile))
    const container = 'docker run --rm --security-opt seccomp=/root/no-mkdir.json busybox'
    expect(await run(node, `${container} sh -c 'touch /file; ls /file'`)).toBe('/file')
    expect(await refused(node, `${container} mkdir /folder`)).toContain('Operation not permitted')
  })

  test('is root inside and nobody outside, where user namespaces are remapped', async () => {
    const engine = await HandEngine.in(node, 'hand')
    // Other users must be able to enter the engine's folder, whose parent only root may enter.
    await run(node, 'chmod o+x /var/lib/docker')
    await engine.start('--userns-remap default')
    await engine.load('busybox')
    const look = `sh -c 'id -u; cat /proc/self/uid_map'`
    const words = async (flags: string) =>
      (await engine.run(`docker run --rm ${flags} busybox ${look}`)).trim().split(/\s+/)
    expect(await words('')).toEqual(['0', '0', '100000', '65536'])
    // In a node, the host is the node, which may be in a user namespace itself.
    const node0 = (await run(node, 'cat /proc/self/uid_map')).trim().split(/\s+/)
    expect(await words('--userns host')).toEqual(['0', ...node0])
    expect(await run(node, 'grep dockremap /etc/subuid')).toBe('dockremap:100000:65536')

    await engine.run('docker run -d --name mapped busybox sleep 600')
    expect(await engine.run('stat -c %u /proc/$(docker inspect -f {{.State.Pid}} mapped)')).toBe('100000')
    expect(await engine.run(`docker info -f '{{.SecurityOptions}}'`)).toContain('name=userns')
    await engine.run('docker rm -f mapped')
    await engine.stop()
  })
})
