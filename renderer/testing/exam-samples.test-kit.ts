/** Views of exams, as the host sends them. A test changes the parts that it is about. */
import type {
  AttemptSummary,
  AttemptView,
  BlueprintView,
  CurrentItem,
  HandsOnExamView,
  HandsOnResultView,
  HandsOnView,
  ResultView,
  RevealedItem,
} from '../../main/api'

type Item = AttemptView['items'][number]

export function item(part: Partial<Item> = {}): Item {
  return {
    delivery: 'classic',
    answered: false,
    flagged: false,
    closed: false,
    open: true,
    outcome: null,
    ...part,
  }
}

export function currentItem(part: Partial<CurrentItem> = {}): CurrentItem {
  return {
    index: 0,
    delivery: 'classic',
    kind: 'choice',
    stem: 'Which command lists containers?',
    versions: null,
    exhibits: [],
    options: [
      { id: 11, text: '`docker ps`' },
      { id: 12, text: '`docker images`' },
      { id: 13, text: '`docker top`' },
    ],
    prompts: [],
    chosen: [],
    decided: 0,
    closed: false,
    command: null,
    revealed: null,
    ...part,
  }
}

export function attempt(part: Partial<AttemptView> = {}): AttemptView {
  return {
    id: 'a1',
    mode: 'real',
    state: 'running',
    limit: 5_400_000,
    timeLeft: 5_400_000,
    items: [item(), item(), item()],
    current: currentItem(),
    ...part,
  }
}

export function domcAttempt(part: Partial<AttemptView> = {}): AttemptView {
  return attempt({
    items: [item({ delivery: 'domc' }), item({ open: false })],
    current: currentItem({ delivery: 'domc', options: [{ id: 21, text: 'It is `docker ps`.' }] }),
    ...part,
  })
}

export function revealed(part: Partial<RevealedItem> = {}): RevealedItem {
  return {
    id: 'q1',
    kind: 'choice',
    right: true,
    explanation: 'It lists what runs.',
    source: 'docs.docker.com/reference/cli/docker/container/ls',
    places: [],
    options: [
      { id: 11, text: '`docker ps`', right: true, why: null, picked: true, shown: true },
      { id: 12, text: '`docker images`', right: false, why: 'It lists images.', picked: false, shown: true },
    ],
    command: null,
    labs: [{ id: 'container-life', title: 'The life of a container' }],
    ...part,
  }
}

const SHARE = { right: 1, of: 2, percent: 50, low: 20, high: 80 }

export function attemptSummary(part: Partial<AttemptSummary> = {}): AttemptSummary {
  return {
    id: 'a1',
    mode: 'real',
    startedAt: '2026-02-01T10:00:00Z',
    state: 'ended',
    about: null,
    placement: false,
    length: 2,
    answered: 2,
    timeLeft: null,
    total: SHARE,
    passed: false,
    ...part,
  }
}

export type ResultItem = ResultView['items'][number]

export function resultItem(part: Partial<ResultItem> = {}): ResultItem {
  return {
    ...revealed(),
    id: 'q1',
    domain: 'images',
    objectives: ['IMG-01'],
    delivery: 'classic',
    stem: 'Which `command` lists containers?',
    exhibits: [],
    time: 30_000,
    answered: true,
    reached: true,
    flagged: false,
    ...part,
  }
}

export function result(part: Partial<ResultView> = {}): ResultView {
  return {
    ...attemptSummary(),
    passMark: 65,
    limit: 5_400_000,
    extraTime: 1,
    endedBy: 'candidate',
    formNumber: null,
    before: null,
    domains: [{ ...SHARE, id: 'images', title: 'Images' }],
    items: [
      resultItem(),
      resultItem({ id: 'q2', stem: 'Second item', right: false, flagged: true, answered: false }),
    ],
    ...part,
  }
}

export function blueprint(part: Partial<BlueprintView> = {}): BlueprintView {
  return {
    length: 55,
    delivery: { classic: 13, domc: 42 },
    minutes: 90,
    passMark: 65,
    domains: [
      {
        id: 'images',
        title: 'Images',
        weight: 60,
        objectives: [
          { id: 'IMG-01', title: 'Build with `docker build`', items: 4 },
          { id: 'IMG-02', title: 'Sign', items: 0 },
          { id: 'D2.3', title: 'Push', items: 1 },
        ],
      },
      {
        id: 'storage',
        title: 'Storage',
        weight: 40,
        objectives: [{ id: 'D6.1', title: 'Volumes', items: 2 }],
      },
    ],
    ...part,
  }
}

export function handsOnExam(part: Partial<HandsOnExamView> = {}): HandsOnExamView {
  return {
    id: 'first',
    title: 'First exam',
    summary: 'Two tasks.',
    minutes: 60,
    passMark: 66,
    tasks: [
      { title: 'Build', domain: 'Images', minutes: 20, share: 40, nodes: ['node1'] },
      { title: 'Scale', domain: 'Orchestration', minutes: 30, share: 60, nodes: ['node1', 'node2'] },
    ],
    missing: [],
    problem: null,
    ...part,
  }
}

export type HandsOnTask = HandsOnView['tasks'][number]

export function handsOnTask(part: Partial<HandsOnTask> = {}): HandsOnTask {
  return {
    title: 'Build',
    domain: 'Images',
    minutes: 20,
    share: 40,
    nodes: ['node1'],
    markdown: 'Build an image.',
    state: 'new',
    sessionId: null,
    ...part,
  }
}

export function handsOn(part: Partial<HandsOnView> = {}): HandsOnView {
  return {
    id: 'h1',
    title: 'First exam',
    state: 'running',
    limit: 3_600_000,
    timeLeft: 3_600_000,
    current: 0,
    tasks: [handsOnTask(), handsOnTask({ title: 'Scale', share: 60, markdown: 'Scale a service.' })],
    ...part,
  }
}

export type TaskGrade = HandsOnResultView['tasks'][number]

export function taskGrade(part: Partial<TaskGrade> = {}): TaskGrade {
  return {
    id: 'build',
    title: 'Build',
    domain: 'Images',
    markdown: 'Build an image.',
    opened: true,
    points: 1,
    of: 3,
    percent: 33,
    passed: false,
    share: 40,
    checks: [],
    judgedAt: '2026-02-01T10:20:00Z',
    nodes: ['node1'],
    solution: [{ kind: 'code', node: 'node1', text: 'docker build .', runs: true }],
    labs: [{ id: 'build', title: 'A first image' }],
    ...part,
  }
}

export function handsOnResult(part: Partial<HandsOnResultView> = {}): HandsOnResultView {
  return {
    id: 'h1',
    examId: 'first',
    title: 'First exam',
    startedAt: '2026-02-01T10:00:00Z',
    state: 'ended',
    timeLeft: null,
    percent: 33,
    passed: false,
    passMark: 66,
    extraTime: 1,
    domains: [{ id: 'images', title: 'Images', percent: 33, share: 100, passed: false }],
    tasks: [taskGrade()],
    ...part,
  }
}
