/**
 * What the root of a node reaches outside of it. Each attempt only opens what it is after, and nothing is written that
 * could harm. In a user namespace nothing is open. The list names all that is open without one. Decision 5 quotes it.
 */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createNode, type LabNode } from '../../engine/node'
import { sharedBench } from './bench'

/** What decision 5 and the consent of the student say of a node that is root on its machine. */
const OPEN_AS_HOST_ROOT: Readonly<Record<string, string>> = {
  core_pattern: 'SYS_ADMIN mounts a proc of its own, which belongs to root',
  panic: 'as above',
  'sysrq-trigger': 'as above, where the kernel has it',
  'the power state': 'the same with a sysfs of its own, where the kernel has it',
  'the tracing of the kernel': 'the same with a tracefs of its own, where the kernel has it',
  'the memory limit of the node': 'SYS_ADMIN mounts the control groups of version 1, which belong to root',
  'the template': 'SYS_ADMIN remounts it writable',
}

/**
 * Bash functions for the attempts. Whatever works prints "opened". On an engine that remaps users, the files of a node
 * that is root there belong to somebody else, who would run a program with the set-user-ID bit: so mount is copied.
 */
const HELPERS = `
install -m 755 /usr/bin/mount /usr/local/sbin/mount
opens() { [ -e "$1" ] && { : >> "$1"; } 2>/dev/null && echo opened; }
fresh() { mkdir -p /mnt/$1 && mount -t "$2" -o "$3" $1 /mnt/$1 2>/dev/null; }
proc() { fresh proc proc rw; mount -o remount,rw /proc/sys 2>/dev/null; opens /proc/$1; opens /mnt/proc/$1; }
true
`

const ON_THE_MACHINE: Readonly<Record<string, string>> = {
  core_pattern: 'proc sys/kernel/core_pattern',
  panic: 'proc sys/kernel/panic',
  'sysrq-trigger': 'proc sysrq-trigger',
  'the power state': `
    fresh sys sysfs rw; mount -o remount,rw /mnt/sys 2>/dev/null
    opens /sys/power/state; opens /mnt/sys/power/state`,
  'the tracing of the kernel':
    'fresh debug debugfs rw; fresh trace tracefs rw; opens /mnt/trace/trace_marker',
  'a device that the node allows itself': `
    fresh devices cgroup devices
    for group in /mnt/devices /sys/fs/cgroup/devices; do echo 'c 10:229 rwm' > $group/devices.allow; done 2>/dev/null
    mknod /root/fuse c 10 229 2>/dev/null; opens /root/fuse
    mknod /root/disk b 254 0 2>/dev/null; [ -e /root/disk ] && head -c 1 /root/disk > /dev/null 2>&1 && echo opened`,
  'the memory limit of the node': `
    fresh memory cgroup memory
    opens /mnt/memory/memory.limit_in_bytes; opens /sys/fs/cgroup/memory.max`,
  'the template': `
    file=$(find /images/template -type f | head -n 1)
    [ -n "$file" ] || echo 'no file to try'
    mount -o remount,rw /images/template 2>/dev/null; opens "$file"
    mkdir -p /mnt/template; mount --bind /images/template /mnt/template
    mount -o remount,rw,bind /mnt/template 2>/dev/null; opens "/mnt/template\${file#/images/template}"`,
  'the time of the machine': 'date -s "@$(date +%s)" > /dev/null 2>&1 && echo opened',
  'the sockets of the outer engine': `
    for socket in $(find / -xdev -type s -name '*.sock'); do
      name=$(curl -s -m 3 --unix-socket "$socket" http://engine/info | jq -r '.Name // empty')
      [ -z "$name" ] || [ "$name" = "$(hostname)" ] || echo opened
    done`,
}

/** Commands that succeed where the kernel lacks what is listed as open. */
const MISSING_WHERE: Readonly<Record<string, string>> = {
  'sysrq-trigger': '[ ! -e /proc/sysrq-trigger ]',
  'the power state': 'fresh sys sysfs rw; [ ! -e /mnt/sys/power/state ]',
  'the tracing of the kernel': '! grep -q tracefs /proc/filesystems',
  'the memory limit of the node': '[ -f /sys/fs/cgroup/cgroup.controllers ]',
}

describe.each(['user-namespace', 'host-root'] as const)('as %s, a node', (isolation) => {
  const bench = sharedBench()
  let node: LabNode | null = null

  beforeAll(async () => {
    const { engine, images, topologyId } = bench()
    if (isolation === 'user-namespace' && !engine.capabilities.userns) return
    node = await createNode({
      engine: {
        docker: engine.docker,
        capabilities: { ...engine.capabilities, userns: isolation !== 'host-root' },
      },
      images,
      networks: [{ network: `capstan-${topologyId}` }],
      name: 'student',
      topologyId,
      owner: 'test',
    })
  })

  test.each(Object.entries(ON_THE_MACHINE))('is refused, or listed as open: %s', async (name, attempt) => {
    if (!node) return expectNoUserNamespaces(bench().engine.capabilities)
    const isMissing = await node.script(`${HELPERS}\n${MISSING_WHERE[name] ?? 'false'}`)
    const { stdout } = await node.script(`${HELPERS}\n${attempt}`)
    const isListed = isolation === 'host-root' && name in OPEN_AS_HOST_ROOT
    if (isListed && isMissing.exitCode === 0) return console.warn(`Skipped: this kernel lacks ${name}.`)
    // Both ways: what is no longer open must leave the list.
    if (isListed) expect(stdout).toContain('opened')
    else expect(stdout).toBe('')
  })

  test('is root outside exactly when it says so', async () => {
    if (!node) return expectNoUserNamespaces(bench().engine.capabilities)
    const { stdout } = await node.script('read -r _ outside _ < /proc/self/uid_map; echo $outside')
    expect(stdout.trim() === '0').toBe(isolation === 'host-root')
    const core = await node.script(`${HELPERS}\nproc sys/kernel/core_pattern`)
    expect(core.stdout.includes('opened')).toBe(isolation === 'host-root')
  })

  test('works in other network namespaces by their names', async (context) => {
    if (!node) return expectNoUserNamespaces(bench().engine.capabilities)
    if (isolation === 'user-namespace' && bench().engine.source !== 'private')
      context.skip('the sysfs comes from the private engine')
    const { stdout, stderr } = await node.script(`
      ip netns add blue && ip -n blue link set lo up
      ip netns exec blue ip -o link show lo; ip netns del blue`)
    expect(stderr).toBe('')
    expect(stdout).toContain('LOOPBACK,UP')
    // The sysfs that makes this possible shows the devices of the node, not those of the engine's machine.
    const devicesIn = async (sysfs: string) => (await node?.script(`ls ${sysfs}/class/net`))?.stdout
    const own = isolation === 'user-namespace' ? await devicesIn('/sys') : ''
    expect(await devicesIn('/opt/capstan/sysfs')).toBe(own)
  })

  // With arguments that no call takes, the kernel itself would answer with another error than the filter does. The calls
  // that also want a right which a node has not, such as kexec_load, could not tell the two apart.
  test.each([
    ['perf_event_open', 298],
    ['io_uring_setup', 425],
    ['add_key', 248],
  ])('is refused the system call %s', async (_call, number) => {
    if (!node) return expectNoUserNamespaces(bench().engine.capabilities)
    if (process.arch !== 'x64') return console.warn('Skipped: the numbers of the calls are those of x86-64.')
    const script = `$! = 0; syscall(${number}, -1, -1, -1, -1, -1); print $! + 0`
    expect((await node.exec(['perl', '-e', script])).stdout).toBe('1')
  })
})

/** Skipping out loud: there is nothing to try where the engine gives no user namespaces. */
function expectNoUserNamespaces({ userns }: { readonly userns: boolean }): void {
  console.warn('Skipped: this engine gives its nodes no user namespaces.')
  expect(userns).toBe(false)
}

describe('over the network, a node', () => {
  const bench = sharedBench()
  let node: LabNode
  let host: Server
  let port: number

  beforeAll(async () => {
    node = await bench().node('student')
    // On all addresses of this computer, as a careless service is. The web host of Capstan is on one of them.
    host = createServer((_request, response) => void response.end('secret')).listen(0, '0.0.0.0')
    await once(host, 'listening')
    port = (host.address() as AddressInfo).port
  })

  afterAll(() => void host?.close())

  const answers = async (address: string) =>
    (await node.exec(['curl', '-s', '-m', '3', `http://${address}`])).stdout

  test('reaches no service of this computer', async (context) => {
    if (bench().engine.source !== 'private') context.skip('the network is that of another engine')
    const own = Object.values(networkInterfaces()).flatMap((cards = []) =>
      cards.flatMap(({ family, address }) => (family === 'IPv4' ? [address] : [])),
    )
    const { stdout: gateway } = await node.script("ip route | sed -n 's/default via \\([^ ]*\\).*/\\1/p'")
    expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('secret')
    for (const address of [...own, '10.0.2.2', gateway.trim()])
      expect([address, await answers(`${address}:${port}`)]).toEqual([address, ''])
  })

  test('has no way to the metadata of a cloud', async (context) => {
    if (bench().engine.source !== 'private') context.skip('the network is that of another engine')
    const { stderr } = await node.script('exec 3<> /dev/tcp/169.254.169.254/80')
    expect(stderr).toContain('No route to host')
  })

  test('reaches no node of another lab', async () => {
    const { engine, images, topologyId } = bench()
    const network = await engine.docker.networks.create(`capstan-${topologyId}-other`, {
      'capstan.kind': 'network',
      'capstan.topology': topologyId,
    })
    const other = await createNode({
      engine,
      images,
      networks: [{ network }],
      name: 'other',
      topologyId,
      owner: 'test',
    })
    await other.script('docker run -d -p 80:80 nginx:alpine || docker run -d --network host nginx:alpine')
    const { stdout: address } = await other.script("hostname -I | cut -d' ' -f1")
    await expect
      .poll(async () => (await other.script('curl -s -m 3 localhost')).stdout, { timeout: 20_000 })
      .not.toBe('')
    expect(await answers(address.trim())).toBe('')
  })

  test('cannot write to the registry that serves all nodes', async () => {
    const { docker, images, topologyId } = bench()
    const [mirror] = images.mirrors
    if (!mirror) throw new Error('no mirror')
    await docker.networks.connect(`capstan-${topologyId}`, mirror.container, { aliases: [mirror.alias] })
    const url = `https://${mirror.alias}:5000/v2`
    const status = async (...args: readonly string[]) =>
      (await node.exec(['curl', '-sk', '-m', '5', '-o', '/dev/null', '-w', '%{http_code}', ...args])).stdout
    expect(await status(`${url}/`)).toBe('200')
    expect(await status('-X', 'POST', `${url}/escape/blobs/uploads/`)).toMatch(/^[45]/)
    expect(await status('-X', 'DELETE', `${url}/library/busybox/manifests/latest`)).toMatch(/^[45]/)
  })
})
