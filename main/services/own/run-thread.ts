/** Runs one job in a thread of its own, within limits of time and memory. */
import { Worker } from 'node:worker_threads'
import { CapstanError } from '../../../shared/errors'
import { limitText, stretched } from '../../../shared/time-limits'
import type { Job, Report } from './jobs'

/** Room for the objects of the largest file that is read; megabytes. */
const HEAP_MB = 1024

export interface RunOptions {
  /** Milliseconds on a usual machine. */
  readonly limitMs: number
  readonly signal?: AbortSignal | undefined
  /** Called with each report, in their order. */
  readonly onReport: (report: Report) => void
}

/**
 * Resolves when the job is done.
 * @throws CapstanError `engine-timeout` at the limit, `bad-input` for what was refused or needs too much memory,
 * `cancelled`
 */
export async function runInThread(job: Job, { limitMs, signal, onReport }: RunOptions): Promise<void> {
  const { code } = await import('./thread?thread')
  if (signal?.aborted) throw cancelled()
  const worker = new Worker(code, {
    eval: true,
    name: 'questions',
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  })
  await new Promise<void>((resolve, reject) => {
    const end = (finish: () => void) => {
      clearTimeout(limit)
      signal?.removeEventListener('abort', giveUp)
      finish()
      void worker.terminate()
    }
    const giveUp = () => end(() => reject(cancelled()))
    const limit = setTimeout(() => end(() => reject(tooLong(limitMs))), stretched(limitMs))
    signal?.addEventListener('abort', giveUp, { once: true })
    worker.on('message', (report: Report) => {
      if (report.kind === 'refused') end(() => reject(refused(report)))
      else onReport(report)
    })
    worker.on('error', (error) => end(() => reject(isOutOfMemory(error) ? tooLarge(error) : error)))
    worker.on('exit', () => end(resolve))
  })
}

function cancelled(): CapstanError {
  return new CapstanError('cancelled', 'The reading was given up.')
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}

function refused({ message, help }: Extract<Report, { kind: 'refused' }>): CapstanError {
  return new CapstanError('bad-input', message, help === null ? {} : { help })
}

function tooLong(limitMs: number): CapstanError {
  return new CapstanError(
    'engine-timeout',
    `It took longer than ${limitText(limitMs)} to read the questions.`,
    {
      help: 'Divide the file into several ones.',
    },
  )
}

function tooLarge(cause: unknown): CapstanError {
  return new CapstanError('bad-input', 'The questions need more memory than there is for them.', {
    help: 'Divide the file into several ones.',
    cause,
  })
}
