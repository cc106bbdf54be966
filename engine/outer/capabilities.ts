/** The features of an engine and its kernel. Those of the kernel are tried, not guessed. */
import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { within } from '../../shared/system/wait'
import { writeWhole } from '../../shared/system/whole-file'
import type { CallOptions, DockerClient, EngineInfo } from '../docker'

const Tried = z.object({
  /** Service VIPs and the routing mesh. */
  ipvs: z.boolean(),
  /** Overlay networks. */
  vxlan: z.boolean(),
  /** Encrypted overlay networks. */
  esp: z.boolean(),
  macvlan: z.boolean(),
  ipvlan: z.boolean(),
  /** The firewall of today's iptables. Without it there is that of iptables-legacy. */
  nf_tables: z.boolean(),
  /** Nodes can mount NFS. The kernel lets no user namespace do that (fs/nfs: no FS_USERNS_MOUNT). */
  nfs: z.boolean(),
  /** Nodes can live in user namespaces: their root has no rights on the engine's machine. */
  userns: z.boolean(),
})
type Tried = z.infer<typeof Tried>

export interface Capabilities extends Readonly<Tried> {
  /** Version of the control groups. */
  readonly cgroup: number
  /** MiB. */
  readonly memory: number
  readonly cores: number
  readonly kernel: string
  readonly storage: string
}

/** The capabilities that a lab may require. */
export function capabilityNames(): string[] {
  return Object.keys(Tried.shape)
}

/** Runs in a throwaway container with a network of its own. Each line that succeeds prints the feature's name. */
const TRY_SCRIPT = `
ip link add try0 type vxlan id 7 dev lo dstport 4789 2>/dev/null && echo vxlan
ip link add try1 link eth0 type macvlan mode bridge 2>/dev/null && echo macvlan
# One device carries only one of the two kinds.
ip link del try1 2>/dev/null
ip link add try2 link eth0 type ipvlan mode l2 2>/dev/null && echo ipvlan
ip xfrm state add src 10.9.9.1 dst 10.9.9.2 proto esp spi 9 aead 'rfc4106(gcm(aes))' 0x000102030405060708090a0b0c0d0e0f10111213 128 2>/dev/null && echo esp
{ [ -e /proc/net/ip_vs ] || grep -q '^ip_vs ' /proc/modules || zcat /proc/config.gz 2>/dev/null | grep -q '^CONFIG_IP_VS=[ym]'; } && echo ipvs
iptables-nft -N CAPSTAN-TRY 2>/dev/null && echo nf_tables
# A kernel with a module for it loads that when somebody mounts, even if the mount fails for want of an address.
mkdir -p /try/nfs && mount -i -t nfs4 none /try/nfs 2>/dev/null
grep -qE '[[:space:]]nfs4?$' /proc/filesystems && echo nfs
# Root here must be somebody else outside, and must still be able to make control groups and overlays.
own_groups() {
  if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
    # Where it is writable already, a user namespace may not mount it once more.
    mount -o remount,rw /sys/fs/cgroup; mkdir /sys/fs/cgroup/try && rmdir /sys/fs/cgroup/try
  else
    for kind in cpu cpuset memory pids; do
      mount -o remount,rw,bind /sys/fs/cgroup/$kind && mkdir /sys/fs/cgroup/$kind/try && rmdir /sys/fs/cgroup/$kind/try || return
    done
  fi
}
own_overlay() {
  mkdir -p /try/lower /try/upper /try/work /try/merged
  mount -t overlay overlay -o lowerdir=/try/lower,upperdir=/try/upper,workdir=/try/work,userxattr /try/merged
}
read -r inside outside size < /proc/self/uid_map
[ "$outside" != 0 ] && own_groups 2>/dev/null && own_overlay 2>/dev/null && echo userns
true
`
const TRY_LIMIT_MS = 20_000

/** Reads what the engine says of itself. Features that must be tried count as missing. */
export async function basicCapabilities(
  docker: Pick<DockerClient, 'info'>,
  options: CallOptions = {},
): Promise<Capabilities> {
  return { ...fromInfo(await docker.info(options)), ...triedIn('') }
}

function fromInfo(info: EngineInfo): Omit<Capabilities, keyof Tried> {
  return {
    cgroup: Number(info.CgroupVersion ?? 1),
    memory: Math.round((info.MemTotal ?? 0) / 1024 / 1024),
    cores: info.NCPU ?? 0,
    kernel: info.KernelVersion ?? '',
    storage: info.Driver ?? '',
  }
}

/** Reads the output of the script. */
function triedIn(output: string): Tried {
  const names = new Set(output.split('\n').map((line) => line.trim()))
  return {
    ipvs: names.has('ipvs'),
    vxlan: names.has('vxlan'),
    esp: names.has('esp'),
    macvlan: names.has('macvlan'),
    ipvlan: names.has('ipvlan'),
    nf_tables: names.has('nf_tables'),
    nfs: names.has('nfs') && !names.has('userns'),
    userns: names.has('userns'),
  }
}

export interface ProbeOptions {
  readonly docker: Pick<DockerClient, 'info' | 'containers'>
  /** An image with iproute2 and util-linux. */
  readonly image: string
  /** Folder in which the answers are kept: a kernel does not change while it runs. */
  readonly home: string
  readonly signal?: AbortSignal | undefined
}

/** Tries the kernel's features in a throwaway container, once for each engine, its options, kernel and script. */
export async function probeCapabilities({
  docker,
  image,
  home,
  signal,
}: ProbeOptions): Promise<Capabilities> {
  const info = await docker.info(signal ? { signal } : {})
  const basic = fromInfo(info)
  const folder = join(home, 'capabilities')
  const path = join(folder, `${fileName(info)}.json`)
  const known = await readTried(path)
  if (known) return { ...basic, ...known }
  const tried = triedIn(await runScript(docker, image, signal))
  await mkdir(folder, { recursive: true })
  await writeWhole(path, JSON.stringify(tried))
  return { ...basic, ...tried }
}

/** An engine keeps its ID when it is started with other options, and another script may find out something else. */
function fileName(info: EngineInfo): string {
  const tried = JSON.stringify([TRY_SCRIPT, info.SecurityOptions, info.CgroupVersion])
  const hash = createHash('sha256').update(tried).digest('hex').slice(0, 8)
  return `${String(info.ID).replace(/[^\w]/g, '')}-${info.KernelVersion ?? ''}-${hash}`
}

/** @returns null where nothing is kept, or nothing that can be read: then the features are tried again */
async function readTried(path: string): Promise<Tried | null> {
  try {
    return Tried.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null
  }
}

async function runScript(
  { containers }: Pick<DockerClient, 'containers'>,
  image: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  // A constant of its own, because the types of the API do not know CgroupnsMode.
  const HostConfig = {
    CapAdd: ['NET_ADMIN', 'SYS_ADMIN'],
    SecurityOpt: ['seccomp=unconfined', 'apparmor=unconfined'],
    CgroupnsMode: 'private',
  }
  const id = await containers.create({
    Image: image,
    Entrypoint: ['sh', '-c', TRY_SCRIPT],
    Cmd: [],
    Labels: { 'capstan.kind': 'builder' },
    Volumes: { '/try': {} },
    HostConfig,
  })
  try {
    await containers.start(id)
    const ended = () => containers.wait(id, TRY_LIMIT_MS)
    await within(ended, { limitMs: TRY_LIMIT_MS, waitsFor: 'the trial of the kernel', signal })
    return await containers.log(id, 50)
  } finally {
    await containers.remove(id)
  }
}
