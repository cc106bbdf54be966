/** The tasks of a hands-on exam: which labs they are, and whether the exam can be taken with them. */
import type { LoadedLab } from '../../../engine'
import type { HandsOnExam } from '../../../exam'

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
