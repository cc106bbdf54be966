/** The part of csv-parse that is used, without the types of Node's streams. */

export interface Options {
  readonly columns?: boolean
  readonly bom?: boolean
  readonly info?: boolean
  readonly delimiter?: string | readonly string[]
  readonly quote?: string | boolean | null
  readonly comment?: string
  readonly escape?: string | null
  readonly from_line?: number
  readonly relax_quotes?: boolean
  readonly relax_column_count?: boolean
  readonly relax_column_count_less?: boolean
  readonly skip_empty_lines?: boolean
}

export function parse(input: string, options?: Options): unknown[]

export class CsvError extends Error {
  readonly code: string
  readonly [key: string]: unknown
}
