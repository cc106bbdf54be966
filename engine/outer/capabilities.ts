/** What an engine's kernel can do, tried rather than guessed. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DockerClient } from '../docker'

export interface Capabilities {
  readonly cgroup: number
  /** MiB. */
  readonly memory: number
  readonly cores: number
  readonly kernel: string
  readonly storage: string
  /** Service VIPs and the routing mesh. */
  readonly ipvs: boolean
  /** Overlay networks. */
  readonly vxlan: boolean
  /** Encrypted overlay networks. */
  readonly esp: boolean
  readonly macvlan: boolean
  readonly ipvlan: boolean
  readonly userns: boolean
}

type Tried = Pick<Capabilities, 'ipvs' | 'vxlan' | 'esp' | 'macvlan' | 'ipvlan' | 'userns'>

const UNTRIED: Tried = { ipvs: false, vxlan: false, esp: false, macvlan: false, ipvlan: false, userns: false }

/** The capabilities that a lab may require. */
export function capabilityNames(): string[] {
  return Object.keys(UNTRIED)
}

/** Runs in a throwaway container with a network of its own; each line that succeeds prints its name. */
const TRY_SCRIPT = `
ip link add try0 type vxlan id 7 dev lo dstport 4789 2>/dev/null && echo vxlan
ip link add try1 link eth0 type macvlan mode bridge 2>/dev/null && echo macvlan
ip link add try2 link eth0 type ipvlan mode l2 2>/dev/null && echo ipvlan
ip xfrm state add src 10.9.9.1 dst 10.9.9.2 proto esp spi 9 aead 'rfc4106(gcm(aes))' 0x000102030405060708090a0b0c0d0e0f10111213 128 2>/dev/null && echo esp
{ [ -e /proc/net/ip_vs ] || grep -q '^ip_vs ' /proc/modules || zcat /proc/config.gz 2>/dev/null | grep -q '^CONFIG_IP_VS=[ym]'; } && echo ipvs
unshare --user true 2>/dev/null && echo userns
true
`
const TRY_LIMIT_MS = 20_000

interface EngineInfo {
  readonly ID?: string
  readonly CgroupVersion?: string
  readonly MemTotal?: number
  readonly NCPU?: number
  readonly KernelVersion?: string
  readonly Driver?: string
}

/** What the engine says of itself; what must be tried counts as missing. */
export async function basicCapabilities(docker: DockerClient): Promise<Capabilities> {
  return fromInfo(await docker.info())
}

function fromInfo(info: EngineInfo): Capabilities {
  return {
    cgroup: Number(info.CgroupVersion ?? 1),
    memory: Math.round((info.MemTotal ?? 0) / 1024 / 1024),
    cores: info.NCPU ?? 0,
    kernel: info.KernelVersion ?? '',
    storage: info.Driver ?? '',
    ...UNTRIED,
  }
}

export interface ProbeOptions {
  readonly docker: DockerClient
  /** An image with iproute2 and util-linux. */
  readonly image: string
  /** Folder in which the answers are kept: a kernel does not change while it runs. */
  readonly home: string
}

/** Tries the kernel's features in a throwaway container, once per kernel. */
export async function probeCapabilities({ docker, image, home }: ProbeOptions): Promise<Capabilities> {
  const info: EngineInfo = await docker.info()
  const basic = fromInfo(info)
  const kept = join(home, 'capabilities', `${String(info.ID).replace(/[^\w]/g, '')}-${basic.kernel}.json`)
  const known = await readFile(kept, 'utf8').then(
    (text) => JSON.parse(text) as Tried,
    () => null,
  )
  if (known) return { ...basic, ...known }
  const tried = await tryAll(docker, image)
  await mkdir(join(home, 'capabilities'), { recursive: true })
  await writeFile(kept, JSON.stringify(tried))
  return { ...basic, ...tried }
}

async function tryAll(docker: DockerClient, image: string): Promise<Tried> {
  const id = await docker.containers.create({
    Image: image,
    Entrypoint: ['sh', '-c', TRY_SCRIPT],
    Cmd: [],
    Labels: { 'capstan.kind': 'builder' },
    HostConfig: {
      CapAdd: ['NET_ADMIN', 'SYS_ADMIN'],
      SecurityOpt: ['seccomp=unconfined', 'apparmor=unconfined'],
    },
  })
  try {
    await docker.containers.start(id)
    await docker.containers.wait(id, TRY_LIMIT_MS)
    const said = new Set((await docker.containers.log(id, 50)).split('\n').map((line) => line.trim()))
    return Object.fromEntries(Object.keys(UNTRIED).map((name) => [name, said.has(name)])) as unknown as Tried
  } finally {
    await docker.containers.remove(id)
  }
}
