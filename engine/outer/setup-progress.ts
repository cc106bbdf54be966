/** Reports what is being set up, how far it is and how long it may take: one line for each piece of work. */

export interface Progress {
  readonly id: string
  readonly label: string
  readonly detail: string | null
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'skipped'
  /** 0 to 1, or null while it is not known. */
  readonly fraction: number | null
  /** Seconds that the work may take, or null when it is over in a moment. */
  readonly estimateSeconds: number | null
}

export type ProgressListener = (progress: Progress) => void

export interface SetupLine {
  readonly id: string
  readonly label: string
  readonly estimateSeconds?: number
}

export type ReportDetail = (detail: string, fraction?: number) => void

/** Runs a piece of work as one line of the set-up, and reports its start, its details and its end. */
export async function asSetupLine<T>(
  onProgress: ProgressListener,
  { id, label, estimateSeconds = 0 }: SetupLine,
  work: (report: ReportDetail) => Promise<T>,
): Promise<T> {
  const base = { id, label, detail: null, fraction: null, estimateSeconds: estimateSeconds || null }
  onProgress({ ...base, state: 'running' })
  try {
    const result = await work((detail, fraction) =>
      onProgress({ ...base, state: 'running', detail, fraction: fraction ?? null }),
    )
    onProgress({ ...base, state: 'done', fraction: 1 })
    return result
  } catch (error) {
    onProgress({ ...base, state: 'failed', detail: error instanceof Error ? error.message : String(error) })
    throw error
  }
}
