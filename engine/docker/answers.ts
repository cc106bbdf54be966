/** What the engine answers, as far as it is used. Everything else in an answer is left out. */
import { z } from 'zod'
import { nonsense } from './json'

/** A name or an id becomes a part of later paths. */
const Name = z
  .string()
  .max(512)
  .regex(/^[^\p{Cc}\s?#%]+$/u)
const Text = z.string().max(65_536)
/** The engine says null where there are none. */
const Labels = z
  .record(z.string(), Text)
  .nullish()
  .transform((labels): Readonly<Record<string, string>> => labels ?? {})

export const Created = z.object({ Id: Name })
export const ExecState = z.object({ Running: z.boolean(), ExitCode: z.number().int().nullish() })
export const Ended = z.object({ StatusCode: z.number().int() })

export const ContainerInfo = z.object({ Id: Name, Labels, State: Text, Image: Text })
export type ContainerInfo = z.infer<typeof ContainerInfo>

export const ContainerInspectInfo = z.object({
  Id: Name,
  Image: Text,
  State: z.object({ Running: z.boolean() }),
  NetworkSettings: z.object({
    Networks: z.record(z.string(), z.object({ NetworkID: Text, IPAddress: Text })),
    Ports: z
      .record(z.string(), z.array(z.object({ HostIp: Text, HostPort: Text })).nullable())
      .nullish()
      .transform((ports) => ports ?? {}),
  }),
})
export type ContainerInspectInfo = z.infer<typeof ContainerInspectInfo>

/** What a container has of its own on the disk. Its volumes have names, and sizes of their own. */
export const ContainerSize = z.object({
  /** Bytes. The engine leaves it out where there are none. */
  SizeRw: z.number().default(0),
  Mounts: z.array(z.object({ Name: Text.optional(), RW: z.boolean() })),
})
export type ContainerSize = z.infer<typeof ContainerSize>

export const ContainerStats = z.object({
  memory_stats: z.object({ usage: z.number(), stats: z.record(z.string(), z.number()) }),
})
export type ContainerStats = z.infer<typeof ContainerStats>

/** A path that differs from the image. `Kind` is 0 for changed, 1 for added, 2 for removed. */
export const PathChange = z.object({ Path: Text, Kind: z.literal([0, 1, 2]) })
export type PathChange = z.infer<typeof PathChange>

export const NetworkInspectInfo = z.object({
  Id: Name,
  Name: Text,
  Labels,
  Internal: z.boolean(),
  /** The containers on it, by their ids. A list of networks does not have them. */
  Containers: z
    .record(Name, z.unknown())
    .nullish()
    .transform((guests) => guests ?? {}),
  IPAM: z.object({
    Config: z
      .array(z.object({ Subnet: Text.optional() }))
      .nullish()
      .transform((config) => config ?? []),
  }),
})
export type NetworkInspectInfo = z.infer<typeof NetworkInspectInfo>

export const ImageInfo = z.object({ Id: Name })
export type ImageInfo = z.infer<typeof ImageInfo>

export const VolumeInspectInfo = z.object({
  Name,
  Labels,
  /** Its folder, as the engine sees it. */
  Mountpoint: Text,
  /** Those of its driver. */
  Options: z.record(z.string(), z.string()).nullish(),
})
export type VolumeInspectInfo = z.infer<typeof VolumeInspectInfo>

/** The part of `GET /system/df` that is about volumes. An engine that does not know a size says -1. */
export const VolumeSizes = z.object({
  Volumes: listOf(z.object({ Name, UsageData: z.object({ Size: z.number() }).nullish() })),
})

export const JoinTokens = z.object({ Manager: Name, Worker: Name })
export type JoinTokens = z.infer<typeof JoinTokens>

/** A member as `GET /nodes` of a manager lists it (Engine API, "List nodes"). */
export const SwarmNodeInfo = z.object({
  ID: Name.optional(),
  Status: z.object({ State: Text }),
  ManagerStatus: z.object({ Reachability: Text }).optional(),
})
export type SwarmNodeInfo = z.infer<typeof SwarmNodeInfo>

export const EngineVersion = z.object({
  Version: Text,
  ApiVersion: Text,
  Os: Text,
  Arch: Text,
  KernelVersion: Text.optional(),
  /** The parts of the engine, such as `Engine`, `containerd` and `runc`. Podman names itself here. */
  Components: z
    .array(z.object({ Name: Text, Version: Text }))
    .max(64)
    .nullish(),
})
export type EngineVersion = z.infer<typeof EngineVersion>

/** What the engine says of itself. The names of the kernel and of the engine become names of files. */
export const EngineInfo = z.looseObject({
  ID: Text.optional(),
  Name: Text.optional(),
  /** Of the machine, in the words of its kernel, such as x86_64 and aarch64. */
  Architecture: Text.optional(),
  CgroupVersion: Text.optional(),
  MemTotal: z.number().optional(),
  NCPU: z.number().optional(),
  KernelVersion: z
    .string()
    .regex(/^[\w.+~ -]*$/)
    .max(256)
    .optional(),
  Driver: Text.optional(),
  /** Such as `name=userns` and `name=seccomp,profile=default`. */
  SecurityOptions: z.array(Text).max(64).nullish(),
})
export type EngineInfo = z.infer<typeof EngineInfo>

/** One event as the engine sends it (Engine API, "Monitor events"). Some kinds of events have no actor. */
export const EngineEvent = z.object({
  Type: Text.default(''),
  Action: Text,
  Actor: z
    .object({ ID: Text.default(''), Attributes: z.record(z.string(), Text).default({}) })
    .default({ ID: '', Attributes: {} }),
  time: z.number().default(0),
})
export type EngineEvent = z.infer<typeof EngineEvent>

/** A line of a build, a pull, a push or an import. */
export const ProgressLine = z.object({
  stream: Text.optional(),
  status: Text.optional(),
  id: Text.optional(),
  error: Text.optional(),
})

/** The ports of a container in `GET /containers/json`. */
export const ContainerPorts = z.object({
  Ports: z.array(z.object({ PublicPort: z.number().int().optional(), Type: Text })),
})

/** The ports of a service in `GET /services`. */
export const ServicePorts = z.object({
  Endpoint: z.object({
    Ports: z.array(z.object({ PublishedPort: z.number().int().optional(), Protocol: Text })).optional(),
  }),
})

/** A list. The engine says null where there is nothing in it. */
export function listOf<T extends z.ZodType>(each: T) {
  return z
    .array(each)
    .nullable()
    .transform((all) => all ?? [])
}

/** @throws CapstanError `engine-refused` that names the place in the answer that is wrong */
export function readAnswer<T extends z.ZodType>(schema: T, answer: unknown, doing: string): z.infer<T> {
  const read = schema.safeParse(answer)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const place = issue?.path.length ? `at ${issue.path.join('.').slice(0, 200)}` : 'as a whole'
  throw nonsense(doing, `is not what it should be ${place}: ${issue?.message ?? 'unknown'}`, read.error)
}
