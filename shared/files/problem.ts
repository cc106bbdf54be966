/** A problem in a file that somebody wrote. */
export interface FileProblem {
  /** Relative to the folder that was read. */
  readonly file: string
  readonly line: number
  readonly column: number
  readonly message: string
  readonly help: string
  readonly severity: 'error' | 'warning'
}

/** Writes a problem in one line: `lab.yaml:12:5 …`. */
export function problemText(problem: FileProblem): string {
  return `${problem.file}:${problem.line}:${problem.column} ${problem.message} ${problem.help}`.trim()
}
