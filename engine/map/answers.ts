/** What the engines of nodes answer, as far as the map shows it. A node may answer anything, so all of it is bounded. */
import { z } from 'zod'
import { listOf } from '../docker'

/** Characters of a name on the map. */
const LONGEST = 120

/** Text for one line of the map: nothing that changes lines or directions, and not too long. */
const Line = z
  .string()
  .max(65_536)
  .transform((text) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').slice(0, LONGEST))

/** An id or a name that becomes a part of later paths. */
const Ref = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9][\w.-]*$/)

const PortNumber = z.number().int().min(0).max(65_535)

/** The engine leaves empty things out, or says null. */
const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null)

const record = <T extends z.ZodType>(each: T) =>
  z
    .record(z.string().max(4_096), each)
    .nullish()
    .transform((value): Readonly<Record<string, z.output<T>>> => value ?? {})

/** `GET /containers/json?all=1`. */
export const ContainerRow = z.object({
  Id: Ref,
  Names: listOf(Line),
  Image: Line,
  State: Line,
  /** Words such as `Up 2 minutes (healthy)`. */
  Status: Line,
  Labels: record(Line),
  Ports: listOf(
    z.object({ PrivatePort: PortNumber, PublicPort: PortNumber.optional(), Type: Line, IP: Line.optional() }),
  ),
  NetworkSettings: z.object({ Networks: record(z.unknown()) }),
  Mounts: listOf(z.object({ Name: Line.optional() })),
})
export type ContainerRow = z.infer<typeof ContainerRow>

/** `GET /networks`. */
export const NetworkRow = z.object({ Id: Ref, Name: Line, Driver: Line, Scope: Line })

/** `GET /volumes`. */
export const VolumeRows = z.object({ Volumes: listOf(z.object({ Name: Ref, Driver: Line })) })

/** `GET /info`, as far as it is about the swarm. */
export const InfoAnswer = z.object({
  Swarm: z.object({ NodeID: Line, LocalNodeState: Line, ControlAvailable: z.boolean().default(false) }),
})
export type SwarmInfo = z.infer<typeof InfoAnswer>['Swarm']

/** `GET /nodes`. */
export const MemberRow = z.object({
  ID: Ref,
  Spec: z.object({ Role: Line, Availability: Line }),
  Description: z.object({ Hostname: Line.default('') }),
  Status: z.object({ State: Line }),
  ManagerStatus: optional(z.object({ Leader: z.boolean().default(false), Reachability: Line })),
})
export type MemberRow = z.infer<typeof MemberRow>

const Count = z.number().int().min(0)

/** `GET /services?status=true`. */
export const ServiceRow = z.object({
  ID: Ref,
  Spec: z.object({
    Name: Line,
    Mode: record(z.unknown()),
    TaskTemplate: z.object({ ContainerSpec: optional(z.object({ Image: Line.default('') })) }),
  }),
  Endpoint: z.object({
    Ports: optional(
      z.array(
        z.object({
          PublishedPort: PortNumber.default(0),
          TargetPort: PortNumber.default(0),
          Protocol: Line.default('tcp'),
        }),
      ),
    ),
  }),
  ServiceStatus: optional(z.object({ DesiredTasks: Count })),
  UpdateStatus: optional(z.object({ State: Line.default('') })),
})
export type ServiceRow = z.infer<typeof ServiceRow>

/** `GET /tasks`. */
export const TaskRow = z.object({
  ID: Ref,
  ServiceID: Line.default(''),
  Slot: Count.optional(),
  NodeID: Line.default(''),
  Status: z.object({ State: Line, Err: Line.optional() }),
  Spec: z.object({ ContainerSpec: optional(z.object({ Image: Line.default('') })) }),
})
export type TaskRow = z.infer<typeof TaskRow>
