/** A command item in the place of a lab: one node, and one step whose checks judge what was typed there. */
import { z } from 'zod'
import { type Check, CheckFile, lintCheck, toCheck } from '../checks'
import type { LoadedLab } from './lab'

/** What a command item asks for, as its file has it. */
export interface CommandText {
  readonly setup?: string | undefined
  readonly checks: readonly unknown[]
  readonly solution: string
  readonly mistakes: readonly { readonly run: string; readonly why: string }[]
}

export interface CommandItem {
  readonly id: string
  readonly title: string
  readonly command: CommandText
}

const NODE = 'node1'
const Checks = z.array(CheckFile).min(1)

/** The item as a lab, or what is wrong with it. */
export function commandLab({ id, title, command }: CommandItem): {
  readonly lab: LoadedLab | null
  readonly problem: string | null
} {
  const parsed = Checks.safeParse(command.checks)
  if (!parsed.success) return { lab: null, problem: schemaProblem(parsed.error) }
  const checks = parsed.data.map((check) => toCheck(check, check.on ?? NODE))
  const problem = problemOf(checks)
  return problem === null ? { lab: labOf({ id, title, command }, checks), problem } : { lab: null, problem }
}

function schemaProblem({ issues: [issue] }: z.ZodError): string {
  const [index, ...rest] = issue?.path ?? []
  const place =
    index === undefined
      ? ''
      : `check ${Number(index) + 1}: ${rest.map((part) => `${String(part)}: `).join('')}`
  return `${place}${issue?.message ?? 'these are no checks'}`
}

function problemOf(checks: readonly Check[]): string | null {
  const elsewhere = checks.find(({ on }) => on !== NODE)
  if (elsewhere) return `there is no node called "${elsewhere.on}", only ${NODE}`
  const twice = checks.find(({ name }, index) => checks.findIndex((one) => one.name === name) < index)
  if (twice) return `two checks are called "${twice.name}"`
  if (checks.every(({ guard }) => guard)) return 'all checks are guards, so nothing is asked for'
  const [flaw] = checks.flatMap(lintCheck)
  return flaw ? flaw.message.replace(/\.$/, '') : null
}

function labOf({ id, title, command }: CommandItem, checks: readonly Check[]): LoadedLab {
  const { setup, solution, mistakes } = command
  const script = (file: string, text: string) => ({ on: NODE, file, text })
  return {
    id,
    domain: 'questions',
    directory: '',
    hash: '',
    kind: 'command',
    title,
    summary: '',
    objectives: [],
    difficulty: 'medium',
    minutes: 1,
    requires: [],
    engine: null,
    nodes: [{ name: NODE, swarm: 'none', networks: ['lab'] }],
    networks: [{ name: 'lab', internal: false }],
    images: [],
    files: [],
    setup: setup === undefined ? [] : [script('setup', setup)],
    steps: [
      {
        id: 'command',
        title,
        markdown: '',
        setup: [],
        checks,
        hints: [],
        solution: [script('solution', solution)],
        shown: [],
        mistakes: mistakes.map(({ run }, index) => {
          const file = `mistake ${index + 1}`
          return { file, script: [script(file, run)], explains: null }
        }),
      },
    ],
  }
}
