/** Answers of engines for tests of the map. A test changes the parts that it is about. */
import type { Json } from '../docker'

type Answer = { readonly [name: string]: Json }

export function containerRow(name: string, part: Answer = {}): Answer {
  return {
    Id: `id-${name}`,
    Names: [`/${name}`],
    Image: 'nginx:alpine',
    State: 'running',
    Status: 'Up 3 seconds',
    Labels: {},
    Ports: [],
    NetworkSettings: { Networks: { bridge: {} } },
    Mounts: [],
    ...part,
  }
}

/** The container of a task of a service. */
export function taskContainer(service: string, slot: number, part: Answer = {}): Answer {
  const id = `task-${service}-${slot}`
  return containerRow(`${service}.${slot}.${id}`, {
    Labels: {
      'com.docker.swarm.service.name': service,
      'com.docker.swarm.task.id': id,
      'com.docker.swarm.task.name': `${service}.${slot}.${id}`,
    },
    ...part,
  })
}

export function memberRow(hostname: string, part: Answer = {}): Answer {
  return {
    ID: `member-${hostname}`,
    Spec: { Role: 'worker', Availability: 'active' },
    Description: { Hostname: hostname },
    Status: { State: 'ready' },
    ...part,
  }
}

export function managerRow(hostname: string, leader: boolean, part: Answer = {}): Answer {
  return memberRow(hostname, {
    Spec: { Role: 'manager', Availability: 'active' },
    ManagerStatus: { Leader: leader, Reachability: 'reachable' },
    ...part,
  })
}

export function serviceRow(name: string, part: Answer = {}): Answer {
  return {
    ID: `service-${name}`,
    Spec: {
      Name: name,
      Mode: { Replicated: { Replicas: 2 } },
      TaskTemplate: { ContainerSpec: { Image: 'nginx:alpine@sha256:0123' } },
    },
    Endpoint: {},
    ServiceStatus: { DesiredTasks: 2 },
    ...part,
  }
}

export function taskRow(service: string, slot: number, part: Answer = {}): Answer {
  return {
    ID: `task-${service}-${slot}`,
    ServiceID: `service-${service}`,
    Slot: slot,
    Status: { State: 'pending', Err: 'no suitable node' },
    Spec: { ContainerSpec: { Image: 'nginx:alpine' } },
    ...part,
  }
}

const CURRENT_TASKS = `/tasks?filters=${encodeURIComponent('{"desired-state":["running","accepted"]}')}`

/** An engine that answers from a table, and counts the questions. */
export class FakeMapEngine {
  readonly asked: string[] = []
  answers: Record<string, unknown>

  constructor(part: Record<string, unknown> = {}) {
    this.answers = {
      '/containers/json?all=1': [],
      '/networks': [],
      '/volumes': { Volumes: [] },
      '/info': { Swarm: { NodeID: '', LocalNodeState: 'inactive' } },
      ...part,
    }
  }

  /** Makes it a manager, and the swarm what it says. */
  manage({ id, members, services = [], tasks = [] }: Swarm): void {
    Object.assign(this.answers, {
      '/info': { Swarm: { NodeID: id, LocalNodeState: 'active', ControlAvailable: true } },
      '/nodes': members,
      '/services?status=true': services,
      [CURRENT_TASKS]: tasks,
    })
  }

  readonly get = async <T>(path: string): Promise<T> => {
    this.asked.push(path)
    const answer = this.answers[path]
    if (answer === undefined) throw new Error(`no answer to ${path}`)
    return answer as T
  }
}

interface Swarm {
  readonly id: string
  readonly members: readonly Answer[]
  readonly services?: readonly Answer[]
  readonly tasks?: readonly Answer[]
}
