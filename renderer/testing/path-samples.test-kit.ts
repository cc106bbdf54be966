/** Paths and what belongs to them, as the host sends them. A test changes the parts that it is about. */
import type { ObjectiveView, PathStepView, PathView } from '../../main/api'

export function pathStep(part: Partial<PathStepView> = {}): PathStepView {
  return {
    kind: 'lab',
    id: 'container-life',
    title: 'The life of a container',
    minutes: 20,
    objectives: ['ORC-05'],
    length: 0,
    done: false,
    tried: null,
    waitsFor: [],
    ...part,
  }
}

export function path(part: Partial<PathView> = {}): PathView {
  return {
    id: 'all',
    title: 'From the first container to the exam',
    summary: 'Every lab.',
    minutes: 600,
    main: true,
    needs: [],
    steps: [pathStep()],
    ...part,
  }
}

export function objective(part: Partial<ObjectiveView> = {}): ObjectiveView {
  return {
    id: 'ORC-05',
    title: 'Lock a swarm, unlock it, rotate the key',
    domain: 'Orchestration',
    asks: 'You protect the keys of a swarm.',
    commands: [
      { command: 'docker swarm unlock', does: 'asks for the key', unproven: null },
      { command: 'kubectl get pods', does: 'lists pods', unproven: 'it needs Kubernetes' },
    ],
    labs: [{ id: 'autolock-and-backup', title: 'Autolock', minutes: 25, done: true }],
    ...part,
  }
}
