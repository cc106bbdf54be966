/** Checks of proofs: they must run the key, and be able to fail; and of the reasons of items without one. */
import { z } from 'zod'
import type { Item, ParsedTemplate } from '../format'
import { lintKeyIsRun } from './lint-key-run'
import type { Report } from './report'

const Step = z.looseObject({ run: z.string().optional(), expect: z.unknown().optional() })
const Proof = z.union([
  z.array(Step),
  z.looseObject({ steps: z.array(Step) }).transform(({ steps }) => steps),
])
type Step = z.infer<typeof Step>

/** Reports proofs that hold whether or not the key is right. What is no proof at all is reported elsewhere. */
export function lintProofSteps(item: Item, report: Report): void {
  const parsed = Proof.safeParse(item.proof)
  if (!parsed.success) return
  const steps = parsed.data
  const scripts = steps.flatMap(({ run }) => run ?? [])
  lintKeyIsRun(item, scripts, report)
  const warn = (index: number, message: string, help: string) =>
    report(item, ['proof', ...(Array.isArray(item.proof) ? [] : ['steps']), index], {
      message,
      help,
      severity: 'warning',
    })
  steps.forEach((step, index) => {
    if (expectsAnything(step)) warn(index, 'This step accepts any output.', 'Expect what the answer claims.')
    else if (expectsAnyFailure(step))
      warn(index, 'This step accepts any failure.', 'Expect its exit code or a part of its stderr too.')
    else if (isHelpAlone(step))
      warn(
        index,
        'This step only shows that there is a help text.',
        'Run the command, or expect a line of the help.',
      )
    else if (index === steps.length - 1 && cannotFail(step))
      warn(index, 'The last step cannot fail.', 'End with what the answer claims.')
  })
}

const ANYTHING = /^\/(?:\.|\.\*|\.\+|\^|\$)?\/[a-z]*$/

function expectsAnything({ expect }: Step): boolean {
  return typeof expect === 'string' && ANYTHING.test(expect)
}

const Failure = z.strictObject({
  exit: z.union([z.strictObject({ not: z.unknown() }), z.string().regex(/^!=/)]),
})

function expectsAnyFailure({ expect }: Step): boolean {
  return Failure.safeParse(expect).success
}

function isHelpAlone({ run, expect }: Step): boolean {
  return run !== undefined && expect === undefined && /--help\s*$/.test(run.trim())
}

function cannotFail({ run, expect }: Step): boolean {
  const last = run?.trim().split('\n').at(-1) ?? ''
  return (
    run !== undefined && expect === undefined && /(?:\|\| ?true|; ?true|^echo\b[^|&;]*)$/.test(last.trim())
  )
}

/** A proof that no parameter reaches proves the first combination alone. */
export function lintTemplateProof({ id, items, file }: ParsedTemplate, report: Report): void {
  const [first] = items
  if (!first || file.proof === undefined) return
  const names = [...Object.keys(file.parameters), ...Object.keys(file.compute)]
  const text = JSON.stringify(file.proof)
  if (!names.some((name) => text.includes(`{${name}}`)))
    report(first, ['proof'], {
      message: `The proof of "${id}" uses no parameter, so it proves one combination at most.`,
      help: 'Put the parameters into its steps.',
      severity: 'warning',
    })
}

/** Why no command on a lab node can prove an item. See questions/README.md. */
export const REASONS = [
  'enterprise',
  'kubernetes',
  'definition',
  'judgement',
  'arithmetic',
  'scale',
  'engine',
  'kernel',
  'network',
  'hardware',
  'windows',
] as const

/** A reason out of a list can be counted, and looked at again when nodes can do more. */
export function lintUnprovable(item: Item, report: Report): void {
  if (item.unprovable === null || REASONS.some((reason) => item.unprovable?.startsWith(`${reason}: `))) return
  report(item, ['unprovable'], {
    message: 'This reason is not from the list.',
    help: `Begin it with one of ${REASONS.map((reason) => `"${reason}:"`).join(', ')}.`,
    severity: 'warning',
  })
}
