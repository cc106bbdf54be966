/** Views of a map, as the host sends them. A test changes the parts that it is about. */
import type {
  MapContainerView,
  MapMemberView,
  MapNodeView,
  MapServiceView,
  MapTaskView,
  MapView,
} from '../../main/api'

export function mapMember(part: Partial<MapMemberView> = {}): MapMemberView {
  return {
    id: 'member1',
    hostname: 'node1',
    role: 'worker',
    isLeader: false,
    availability: 'active',
    state: 'ready',
    reachability: null,
    ...part,
  }
}

export function mapContainer(part: Partial<MapContainerView> = {}): MapContainerView {
  return {
    id: 'c1',
    name: 'web',
    image: 'nginx',
    state: 'running',
    health: null,
    networks: [],
    ports: [],
    volumes: [],
    task: null,
    ...part,
  }
}

export function mapTask(part: Partial<MapTaskView> = {}): MapTaskView {
  return {
    id: 't1',
    slot: 'web.1',
    service: 'web',
    node: null,
    image: 'nginx',
    state: 'pending',
    error: null,
    ...part,
  }
}

export function mapService(part: Partial<MapServiceView> = {}): MapServiceView {
  return {
    id: 'service1',
    name: 'web',
    image: 'nginx',
    mode: 'replicated',
    running: 2,
    wanted: 3,
    ports: [],
    update: null,
    ...part,
  }
}

export function mapNode(part: Partial<MapNodeView> = {}): MapNodeView {
  return {
    name: 'node1',
    state: 'running',
    member: null,
    swarm: 'inactive',
    isManager: false,
    problem: null,
    containers: [],
    moreContainers: 0,
    networks: [],
    moreNetworks: 0,
    volumes: [],
    moreVolumes: 0,
    ...part,
  }
}

export function mapView(part: Partial<MapView> = {}): MapView {
  return {
    nodes: [mapNode()],
    swarm: null,
    services: [],
    moreServices: 0,
    tasks: [],
    moreTasks: 0,
    others: [],
    ...part,
  }
}
