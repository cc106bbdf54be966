/** Views of a hands-on exam for the page: no check, result or solution is in them before it is graded. */
import { type LoadedLab, problemText } from '../../../engine'
import {
  type Blueprint,
  domainOfTask,
  extraTimeOf,
  type HandsOnAttempt,
  type HandsOnResult,
  isGraded,
  type ParsedHandsOn,
} from '../../../exam'
import type { HandsOnExamView, HandsOnResultView, HandsOnSummary, HandsOnView, SolutionPart } from '../../api'
import type { AttemptNow } from '../attempts'
import { type TaskSource, type TaskText, tasksOf, textOf } from './tasks'

export interface ViewContext extends TaskSource {
  readonly blueprint: Blueprint
  /** Labs that teach. */
  readonly labs: readonly Pick<LoadedLab, 'id' | 'title' | 'objectives'>[]
}

/** An exam as it was read from its file. */
export interface ExamFile extends ParsedHandsOn {
  readonly file: string
}

/** How many labs are named beside a task. */
const MOST_LABS = 3

export function examView(parsed: ExamFile, context: ViewContext): HandsOnExamView {
  const { exam } = parsed
  if (!exam) return brokenExam(parsed)
  const { id, title, summary, minutes, passMark } = exam
  const { tasks, missing, problem } = tasksOf(exam, context)
  return {
    id,
    title,
    summary,
    minutes,
    passMark,
    tasks: tasks.map(({ lab, share }) => taskOfExam(lab, share, context.blueprint)),
    missing,
    problem,
  }
}

/** An exam that cannot be taken is shown all the same, with what to correct. */
function brokenExam({ file, problems }: ExamFile): HandsOnExamView {
  const [first] = problems
  const id = file.replace(/^.*\/|\.yaml$/g, '')
  return {
    id,
    title: id,
    summary: 'This exam cannot be taken until its file is corrected.',
    minutes: 1,
    passMark: 1,
    tasks: [],
    missing: [],
    problem: first ? problemText(first) : 'Its file is empty.',
  }
}

function taskOfExam(
  { title, minutes, nodes, objectives }: LoadedLab,
  share: number,
  blueprint: Blueprint,
): HandsOnExamView['tasks'][number] {
  return {
    title,
    minutes,
    share,
    nodes: nodes.map(({ name }) => name),
    domain: domainTitle(domainOfTask(objectives, blueprint), blueprint),
  }
}

function domainTitle(id: string, { domains }: Blueprint): string {
  return domains.find((domain) => domain.id === id)?.title ?? id
}

function stateOf(attempt: HandsOnAttempt): HandsOnSummary['state'] {
  if (!attempt.endedBy) return 'running'
  return isGraded(attempt) ? 'ended' : 'grading'
}

export function handsOnView(
  { attempt, at }: AttemptNow<HandsOnAttempt>,
  context: ViewContext & { readonly sessionOf: (taskId: string) => string | null },
): HandsOnView {
  const { id, form, limit, current, endedBy } = attempt
  const total = form.tasks.reduce((sum, { weight }) => sum + weight, 0)
  return {
    id,
    title: form.title,
    state: stateOf(attempt),
    limit,
    timeLeft: endedBy ? 0 : Math.max(0, limit - at),
    current,
    tasks: form.tasks.map((task, index) => {
      const { minutes, nodes, markdown } = textOf(task, context)
      const state = attempt.tasks[index]?.state ?? 'new'
      return {
        title: task.title,
        domain: domainTitle(task.domain, context.blueprint),
        state,
        minutes,
        share: (task.weight / total) * 100,
        nodes,
        markdown,
        sessionId: state === 'open' ? context.sessionOf(task.id) : null,
      }
    }),
  }
}

/** @param result null until everything is graded */
export function summaryOf(
  { attempt, startedAt, at }: AttemptNow<HandsOnAttempt>,
  result: HandsOnResult | null,
): HandsOnSummary {
  return {
    id: attempt.id,
    examId: attempt.form.examId,
    title: attempt.form.title,
    startedAt: startedAt.toISOString(),
    state: stateOf(attempt),
    timeLeft: attempt.endedBy ? null : Math.max(0, attempt.limit - at),
    percent: result?.percent ?? null,
    passed: result?.passed ?? null,
  }
}

export function resultView(
  now: AttemptNow<HandsOnAttempt>,
  result: HandsOnResult,
  context: ViewContext,
): HandsOnResultView {
  const { percent, passed, passMark, domains } = result
  return {
    ...summaryOf(now, result),
    percent,
    passed,
    passMark,
    extraTime: extraTimeOf(now.attempt),
    domains,
    tasks: result.tasks.map((task, index) => {
      const form = now.attempt.form.tasks[index]
      const { markdown = '', nodes = [], solution = [] } = form ? textOf(form, context) : {}
      return {
        ...task,
        title: form?.title ?? task.id,
        domain: domainTitle(form?.domain ?? '', context.blueprint),
        markdown,
        nodes,
        solution: partsOf(solution, nodes),
        judgedAt: now.attempt.tasks[index]?.judgedAt ?? null,
        labs: labsFor(form?.objectives ?? [], context),
      }
    }),
  }
}

/** A solution that an older Capstan has kept is one text, which names the nodes itself. */
function partsOf(solution: TaskText['solution'], nodes: readonly string[]): readonly SolutionPart[] {
  if (typeof solution !== 'string') return solution
  return solution === '' ? [] : [{ kind: 'code', node: nodes.join(', '), text: solution, runs: false }]
}

function labsFor(
  wanted: readonly string[],
  { labs }: ViewContext,
): HandsOnResultView['tasks'][number]['labs'] {
  return labs
    .filter(({ objectives }) => objectives.some((one) => wanted.includes(one)))
    .slice(0, MOST_LABS)
    .map(({ id, title }) => ({ id, title }))
}
