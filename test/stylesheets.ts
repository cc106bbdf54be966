/** Reads the stylesheets of the app for the tests that hold their rules. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const renderer = fileURLToPath(new URL('../renderer/', import.meta.url))

export interface SourceFile {
  /** Its path below `renderer/`. */
  readonly path: string
  readonly text: string
}

export interface Declaration {
  readonly path: string
  readonly property: string
  readonly value: string
  /** The comment directly above the declaration. */
  readonly comment: string | null
}

function sources(suffix: RegExp): SourceFile[] {
  return readdirSync(renderer, { recursive: true, encoding: 'utf8' })
    .filter((path) => suffix.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(`${renderer}${path}`, 'utf8') }))
}

export const stylesheets = (): SourceFile[] => sources(/\.css$/)

/** The scripts of the page, without their tests. */
export const scripts = (): SourceFile[] => sources(/(?<!\.test)\.tsx?$/)

export function withoutComments(css: string): string {
  return css.replace(/\/\*[\s\S]*?\*\//g, '')
}

const DECLARATION = /(?:\/\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?(?<=[;{/\s])(-{0,2}[a-z][\w-]*):\s*([^;{}]+);/g

export function declarations({ path, text }: SourceFile): Declaration[] {
  return [...text.matchAll(DECLARATION)].map(([, comment, property = '', value = '']) => ({
    path,
    property,
    value: withoutComments(value).replace(/\s+/g, ' ').trim(),
    comment: comment?.trim() ?? null,
  }))
}

/** The tokens of the first rule whose selector ends like this. */
export function tokensOf(css: string, selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`)
  if (start < 0) throw new Error(`No rule has the selector ${selector}.`)
  const body = withoutComments(css.slice(start, css.indexOf('}', start)))
  return new Map(
    [...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
  )
}
