/** The tasks of a hands-on exam: which labs they are, and whether the exam can be taken with them. */
import { type LoadedLab, solutionParts } from '../../../engine'
import { type Blueprint, domainOfTask, type HandsOnExam, type HandsOnForm } from '../../../exam'
import { CapstanError } from '../../../shared/errors'

export type TaskText = NonNullable<HandsOnForm['tasks'][number]['text']>

export interface TaskSource {
  /** The tasks of all exams. */
  readonly tasks: readonly LoadedLab[]
  /** Names the capabilities that a lab needs and the engine lacks; none while there is no engine. */
  readonly missing: (lab: LoadedLab) => readonly string[]
}

export interface ExamTasks {
  readonly tasks: readonly {
    readonly lab: LoadedLab
    readonly weight: number
    /** Per cent of the exam. */
    readonly share: number
  }[]
  /** Capabilities that the tasks need and the engine lacks, each once. */
  readonly missing: readonly string[]
  /** Why the exam cannot be taken because of its files, in one sentence. */
  readonly problem: string | null
}

export function tasksOf(exam: HandsOnExam, source: TaskSource): ExamTasks {
  const total = exam.tasks.reduce((sum, { weight }) => sum + weight, 0)
  const tasks = exam.tasks.flatMap(({ task, weight }) => {
    const lab = taskCalled(task, source)
    return lab ? [{ lab, weight, share: (weight / total) * 100 }] : []
  })
  const lost = exam.tasks.find(({ task }) => !taskCalled(task, source))
  return {
    tasks,
    missing: [...new Set(tasks.flatMap(({ lab }) => source.missing(lab)))],
    problem: lost ? `Its task "${lost.task}" is not there, or cannot be read.` : null,
  }
}

export function taskCalled(id: string, { tasks }: Pick<TaskSource, 'tasks'>): LoadedLab | undefined {
  return tasks.find((task) => task.id === id)
}

/**
 * The form of an exam as it is set today, with the texts that its attempt shows.
 * @throws CapstanError `lab-invalid`, `capability-missing` when its tasks cannot be set
 */
export function formOf(
  exam: HandsOnExam,
  source: TaskSource & { readonly blueprint: Blueprint },
): HandsOnForm {
  const { tasks, problem, missing } = tasksOf(exam, source)
  if (problem) throw new CapstanError('lab-invalid', problem, { help: 'See `capstan bank lint`.' })
  if (missing.length > 0)
    throw new CapstanError('capability-missing', `This engine lacks ${missing.join(' and ')}.`, {
      help: 'Run `capstan doctor` to see why and what to do.',
    })
  const { id: examId, title, minutes, passMark } = exam
  return {
    examId,
    title,
    minutes,
    passMark,
    tasks: tasks.map(({ lab, weight }) => formTask(lab, weight, source.blueprint)),
  }
}

function formTask(lab: LoadedLab, weight: number, blueprint: Blueprint): HandsOnForm['tasks'][number] {
  const checks = lab.steps.flatMap((step) => step.checks)
  return {
    id: lab.id,
    title: lab.title,
    weight,
    objectives: [...lab.objectives],
    domain: domainOfTask(lab.objectives, blueprint),
    checks: checks.map(({ name, on, guard, points }) => ({ name, node: on, guard, points })),
    text: taskText(lab),
  }
}

const GONE = 'This task is no longer there.'

/** The texts of a task of an exam: those of the day it began, or those of today for an older journal. */
export function textOf(task: HandsOnForm['tasks'][number], source: TaskSource): TaskText {
  if (task.text) return task.text
  const lab = taskCalled(task.id, source)
  return lab ? taskText(lab) : { minutes: 0, nodes: [], markdown: GONE, solution: [] }
}

function taskText({ minutes, nodes, steps: [step] }: LoadedLab): TaskText {
  return {
    minutes,
    nodes: nodes.map(({ name }) => name),
    markdown: step?.markdown ?? GONE,
    solution: step ? solutionParts(step) : [],
  }
}
