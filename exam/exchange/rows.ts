/** The rows of a file of separated values. A broken row is a fault of its own, and hides no other. */
import { CsvError, type Options, parse } from 'csv-parse/sync'

export interface Row {
  readonly cells: readonly string[]
  /** The line of the file in which it ends. */
  readonly line: number
}

type Separated = Pick<
  Options<string[], string[]>,
  'delimiter' | 'skip_empty_lines' | 'comment' | 'comment_no_infix'
>

interface Rows {
  readonly rows: readonly Row[]
  readonly faults: readonly { readonly line: number; readonly message: string }[]
}

/** A longer row is a quote that was never closed; characters. */
const LONGEST_ROW = 1_000_000

export function readRows(text: string, options: Separated): Rows {
  const rows: Row[] = []
  const faults: { line: number; message: string }[] = []
  const fault = (error: CsvError | undefined) => {
    const line = typeof error?.lines === 'number' ? error.lines : 1
    // The parser may find several faults in what it takes for one row.
    if (faults.at(-1)?.line === line) return undefined
    faults.push({ line, message: error?.message ?? 'this row is broken' })
    return undefined
  }
  let next = 1
  try {
    // Rows are taken as they come: a fault at the end must not lose those before it.
    const all: Options<string[], string[]> = {
      ...options,
      max_record_size: LONGEST_ROW,
      relax_column_count: true,
      // Spreadsheets take a quote in the middle of a cell as one.
      relax_quotes: true,
      skip_records_with_error: true,
      on_skip: fault,
      on_record: (cells: string[], { lines }) => {
        rows.push({ cells, line: lines })
        next = lines + 1
        return cells
      },
    }
    parse(text, all)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    // The rows before it are there; nothing after it could be told apart.
    fault(Object.assign(error, { lines: typeof error.lines === 'number' ? error.lines : next }))
  }
  return { rows, faults }
}
