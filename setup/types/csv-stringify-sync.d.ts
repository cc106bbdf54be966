/** The part of csv-stringify that is used, without the types of Node's streams. */

export interface Options {
  readonly header?: boolean
  readonly columns?: readonly string[]
  readonly delimiter?: string
  readonly quoted?: boolean
}

export function stringify(input: readonly unknown[], options?: Options): string
