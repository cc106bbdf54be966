/** Views of a lab and its session, as the host sends them. A test changes the parts that it is about. */
import type {
  CheckView,
  FileEntry,
  LabDetail,
  LabStep,
  LabSummary,
  NodeView,
  SessionView,
  StepView,
  TerminalView,
} from '../../main/api'

export function labSummary(part: Partial<LabSummary> = {}): LabSummary {
  return {
    id: 'container-life',
    title: 'The life of a container',
    summary: 'Create, start, stop and remove.',
    domain: 'installation',
    objectives: ['INS-01'],
    difficulty: 'easy',
    minutes: 15,
    requires: [],
    engine: null,
    missing: [],
    nodes: ['node1'],
    stepCount: 2,
    stepsDone: 0,
    completedAt: null,
    continueAt: null,
    sessionId: null,
    consent: null,
    problem: null,
    ...part,
  }
}

export function labStep(part: Partial<LabStep> = {}): LabStep {
  return {
    id: 'run',
    title: 'Run one',
    markdown: 'Run a *container*.',
    hintCount: 0,
    hasSolution: false,
    done: false,
    ...part,
  }
}

export function labDetail(part: Partial<LabDetail> = {}): LabDetail {
  return {
    ...labSummary(),
    steps: [
      labStep({ hintCount: 2, hasSolution: true }),
      labStep({ id: 'stop', title: 'Stop it', markdown: 'Stop it again.' }),
    ],
    ...part,
  }
}

export function check(part: Partial<CheckView> = {}): CheckView {
  return {
    name: 'It runs',
    node: 'node1',
    state: 'red',
    guard: false,
    expected: 'running',
    found: 'exited',
    whole: null,
    explanation: 'The container has ended.',
    ...part,
  }
}

export function step(part: Partial<StepView> = {}): StepView {
  return { id: 'run', state: 'open', doneAt: null, checks: [check()], hints: [], solution: null, ...part }
}

export function node(part: Partial<NodeView> = {}): NodeView {
  return { name: 'node1', state: 'running', ports: [], trouble: null, ...part }
}

export function session(part: Partial<SessionView> = {}): SessionView {
  return {
    id: 's1',
    labId: 'container-life',
    state: 'running',
    activity: null,
    startedAt: '2026-03-01T11:00:00Z',
    currentStep: 'run',
    steps: [step(), step({ id: 'stop', state: 'locked', checks: [] })],
    nodes: [node()],
    completed: false,
    playground: null,
    notice: null,
    problem: null,
    ...part,
  }
}

export function terminal(part: Partial<TerminalView> = {}): TerminalView {
  return { id: 't1', sessionId: 's1', node: 'node1', title: 'node1', exitCode: null, ...part }
}

export function file(path: string, type: FileEntry['type'] = 'file'): FileEntry {
  return { name: path.split('/').at(-1) ?? '', path, type, size: 1 }
}
