/** What the page may see of a hands-on exam: never a check, a result or a solution before it is graded. */
import {
  type LoadedLab,
  missingCapabilities,
  type OuterEngine,
  problemText,
  solutionText,
} from '../../../engine'
import {
  type Blueprint,
  domainOfTask,
  type HandsOnAttempt,
  isGraded,
  type ParsedHandsOn,
  scoreHandsOn,
} from '../../../exam'
import type { HandsOnExamView, HandsOnResultView, HandsOnSummary, HandsOnView } from '../../api'
import type { Dated } from '../attempts/attempts'

export interface ViewContext {
  readonly blueprint: Blueprint
  readonly tasks: readonly LoadedLab[]
  readonly labs: readonly Pick<LoadedLab, 'id' | 'title' | 'objectives'>[]
  readonly engine: OuterEngine | null
}

/** So many labs are named beside a task. */
const MOST_LABS = 3
const GONE = 'This task is no longer there.'

export function examView(
  { exam, problems, file }: ParsedHandsOn & { file?: string },
  context: ViewContext,
): HandsOnExamView {
  if (!exam) {
    const [first] = problems
    const id = (file ?? '').replace(/^.*\/|\.yaml$/g, '')
    return {
      ...{ id, title: id, summary: 'This exam cannot be taken until its file is corrected.' },
      ...{ minutes: 1, passMark: 1, tasks: [], missing: [] },
      problem: first ? problemText(first) : 'Its file is empty.',
    }
  }
  const { id, title, summary, minutes, passMark } = exam
  const total = exam.tasks.reduce((sum, { weight }) => sum + weight, 0)
  const missingTask = exam.tasks.find(({ task }) => !taskCalled(task, context))
  const tasks = exam.tasks.flatMap(({ task, weight }) => {
    const lab = taskCalled(task, context)
    return lab ? [{ lab, share: (weight / total) * 100 }] : []
  })
  const missing = tasks.flatMap(({ lab }) => (context.engine ? missingCapabilities(context.engine, lab) : []))
  return {
    ...{ id, title, summary, minutes, passMark },
    tasks: tasks.map(({ lab, share }) => taskOfExam(lab, share, context.blueprint)),
    missing: [...new Set(missing)],
    problem: missingTask ? `Its task "${missingTask.task}" is not there, or cannot be read.` : null,
  }
}

function taskCalled(id: string, { tasks }: ViewContext): LoadedLab | undefined {
  return tasks.find((task) => task.id === id)
}

function taskOfExam(
  { title, minutes, nodes, objectives }: LoadedLab,
  share: number,
  blueprint: Blueprint,
): HandsOnExamView['tasks'][number] {
  const domain = domainOfTask(objectives, blueprint)
  return {
    title,
    minutes,
    share,
    nodes: nodes.map(({ name }) => name),
    domain: domainTitle(domain, blueprint),
  }
}

function domainTitle(id: string, { domains }: Blueprint): string {
  return domains.find((domain) => domain.id === id)?.title ?? id
}

function stateOf(attempt: HandsOnAttempt): HandsOnSummary['state'] {
  if (!attempt.endedBy) return 'running'
  return isGraded(attempt) ? 'ended' : 'grading'
}

/** @param timeLeft milliseconds */
export function handsOnView(
  attempt: HandsOnAttempt,
  timeLeft: number,
  context: ViewContext & { readonly sessionOf: (taskId: string) => string | null },
): HandsOnView {
  const { id, form, limit, current } = attempt
  const total = form.tasks.reduce((sum, { weight }) => sum + weight, 0)
  return {
    ...{ id, title: form.title, state: stateOf(attempt), limit, timeLeft, current },
    tasks: form.tasks.map((task, index) => {
      const lab = taskCalled(task.id, context)
      const state = attempt.tasks[index]?.state ?? 'new'
      return {
        ...{ title: task.title, domain: domainTitle(task.domain, context.blueprint), state },
        ...{ minutes: lab?.minutes ?? 0, share: (task.weight / total) * 100 },
        nodes: lab?.nodes.map(({ name }) => name) ?? [],
        markdown: lab?.steps[0]?.markdown ?? GONE,
        sessionId: state === 'open' ? context.sessionOf(task.id) : null,
      }
    }),
  }
}

export function summaryOf(
  { attempt, startedAt }: Dated<HandsOnAttempt>,
  { blueprint }: ViewContext,
): HandsOnSummary {
  const result = isGraded(attempt) ? scoreHandsOn(attempt, blueprint) : null
  return {
    ...{ id: attempt.id, examId: attempt.form.examId, title: attempt.form.title, startedAt },
    state: stateOf(attempt),
    percent: result?.percent ?? null,
    passed: result?.passed ?? null,
  }
}

export function resultView(dated: Dated<HandsOnAttempt>, context: ViewContext): HandsOnResultView {
  const { attempt } = dated
  const { percent, passed, passMark, domains, tasks } = scoreHandsOn(attempt, context.blueprint)
  return {
    ...summaryOf(dated, context),
    ...{ percent, passed, passMark },
    domains: domains.map((domain) => ({ ...domain })),
    tasks: tasks.map(({ checks, ...task }, index) => {
      const form = attempt.form.tasks[index]
      const [step] = taskCalled(task.id, context)?.steps ?? []
      return {
        ...task,
        title: form?.title ?? task.id,
        domain: domainTitle(form?.domain ?? '', context.blueprint),
        markdown: step?.markdown ?? GONE,
        checks: checks.map((check) => ({ ...check })),
        solution: step ? solutionText(step) : '',
        labs: context.labs
          .filter(({ objectives }) => objectives.some((one) => form?.objectives.includes(one)))
          .slice(0, MOST_LABS)
          .map(({ id, title }) => ({ id, title })),
      }
    }),
  }
}
