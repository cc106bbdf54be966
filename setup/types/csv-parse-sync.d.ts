/** The part of csv-parse that is used, without the types of Node's streams. */

export interface Options<T, R> {
  readonly columns?: boolean | readonly string[]
  readonly bom?: boolean
  readonly info?: boolean
  readonly delimiter?: string | readonly string[]
  readonly quote?: string | boolean | null
  readonly comment?: string
  readonly comment_no_infix?: boolean
  readonly escape?: string | null
  readonly from_line?: number
  readonly relax_quotes?: boolean
  readonly relax_column_count?: boolean
  readonly relax_column_count_less?: boolean
  readonly skip_empty_lines?: boolean
  readonly max_record_size?: number
  readonly skip_records_with_error?: boolean
  readonly on_skip?: (error: CsvError | undefined) => undefined
  readonly on_record?: (record: R, context: { readonly lines: number }) => T
}

export function parse<T = unknown, R = unknown>(input: string, options?: Options<T, R>): T[]

export class CsvError extends Error {
  readonly code: string
  readonly [key: string]: unknown
}
