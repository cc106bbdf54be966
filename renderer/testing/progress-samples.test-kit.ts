/** Views of progress, as the host sends them. A test changes the parts that it is about. */
import type {
  DomainProgress,
  EstimateView,
  ItemStatisticsView,
  ObjectiveProgress,
  PastAttemptView,
  ProgressOverview,
  StatisticsView,
} from '../../main/api'

const ESTIMATE: EstimateView = { percent: 60, low: 50, high: 70, items: 100, labs: 2 }

export function objective(part: Partial<ObjectiveProgress> = {}): ObjectiveProgress {
  return {
    ...ESTIMATE,
    id: 'IMG-01',
    title: 'Build with `docker build`',
    inBank: 5,
    taughtBy: [{ id: 'build', title: 'A first image', done: true }],
    ...part,
  }
}

export function domain(part: Partial<DomainProgress> = {}): DomainProgress {
  return {
    ...ESTIMATE,
    id: 'images',
    title: 'Images',
    weight: 20,
    labsDone: 1,
    labsAll: 3,
    objectives: [
      objective(),
      objective({ id: 'IMG-02', title: 'Sign', items: 0, labs: 0, inBank: 0, taughtBy: [] }),
    ],
    ...part,
  }
}

export function pastAttempt(part: Partial<PastAttemptView> = {}): PastAttemptView {
  return {
    id: 'a1',
    mode: 'real',
    placement: false,
    startedAt: '2026-02-01T10:00:00Z',
    right: 30,
    of: 55,
    percent: 54.5,
    low: 42,
    high: 66,
    passed: false,
    ...part,
  }
}

export function overview(part: Partial<ProgressOverview> = {}): ProgressOverview {
  return {
    passMark: 65,
    total: { ...ESTIMATE, pass: 0.3 },
    domains: [domain()],
    today: { items: 0, labs: 0 },
    history: [],
    handsOn: [],
    weakest: [],
    reviews: { due: 0, kept: 0, later: [] },
    ...part,
  }
}

export const NOTHING_DONE: ProgressOverview = overview({
  total: { ...ESTIMATE, items: 0, labs: 0, pass: 0.1 },
})

export function itemStatistics(part: Partial<ItemStatisticsView> = {}): ItemStatisticsView {
  return {
    itemId: 'q1',
    domain: 'images',
    stem: 'Which `command`?',
    count: 40,
    difficulty: 0.75,
    discrimination: 0.31,
    options: [
      { text: 'docker ps', right: true, picked: 0.75 },
      { text: 'docker top', right: false, picked: null },
    ],
    flags: [],
    ...part,
  }
}

export function statistics(part: Partial<StatisticsView> = {}): StatisticsView {
  return { attempts: 3, enough: 30, items: [itemStatistics()], ...part }
}
