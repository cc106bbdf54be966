/** The exam whose clock runs, of every kind, and its changes. */
import type { RunningExam } from '../../api'

export interface RunningSource {
  /** The exams of one kind that run now. */
  running(): Promise<readonly RunningExam[]>
  /** Calls back when one begins or ends. @returns a function that stops it */
  onRunning(listener: () => void): () => void
}

type Emit = (value: { readonly exam: RunningExam | null }) => void

/** Emits the exam that runs now, and again whenever one begins or ends. @returns a function that stops the watch */
export async function watchRunning(sources: readonly RunningSource[], emit: Emit): Promise<() => void> {
  const publish = async () => {
    const [exam = null] = (await Promise.all(sources.map((source) => source.running()))).flat()
    emit({ exam })
  }
  // A journal that cannot be read is reported where it is read.
  const again = () => void publish().catch(() => undefined)
  const stops = sources.map((source) => source.onRunning(again))
  await publish()
  return () => {
    for (const stop of stops) stop()
  }
}
