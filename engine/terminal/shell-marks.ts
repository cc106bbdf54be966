/**
 * Finds the marks that the node's bash leaves around prompts and commands.
 *
 * They are the semantic prompt escapes (OSC 133) that terminals such as iTerm2, WezTerm and VS Code know:
 * `A` prompt, `C` command starts, `D;<exit>` command done, `P;k=c` continuation prompt. The option `prompt` of
 * the two prompts is ours: it counts them, because bash draws a prompt again when the terminal gets another size.
 */

export type ShellMark =
  /** `number` is null when the mark has none, as from a shell that is not ours. */
  | { readonly kind: 'prompt' | 'continuation'; readonly number: number | null }
  | { readonly kind: 'command' }
  | { readonly kind: 'done'; readonly exitCode: number }

const OPENING = '\u001b]133;'
/** Every mark of ours is shorter than this; an escape without an end by then is not a mark. */
const LONGEST = 64

/** Reads text in chunks of any size; marks may be cut anywhere. */
export class ShellMarkScanner {
  #held = ''

  push(text: string): ShellMark[] {
    const all = this.#held + text
    this.#held = ''
    const marks: ShellMark[] = []
    let from = 0
    for (;;) {
      const start = all.indexOf(OPENING, from)
      if (start < 0) {
        this.#held = tailThatMayOpen(all.slice(from))
        return marks
      }
      const body = all.slice(start + OPENING.length, start + LONGEST)
      const end = endOfEscape(body)
      if (end < 0 && body.length < LONGEST - OPENING.length) {
        this.#held = all.slice(start)
        return marks
      }
      const mark = end < 0 ? null : readMark(body.slice(0, end))
      if (mark) marks.push(mark)
      from = start + OPENING.length
    }
  }
}

/** BEL or ESC \\ ends an OSC. @returns -1 while neither has come */
function endOfEscape(body: string): number {
  const ends = ['\u0007', '\u001b\\'].map((end) => body.indexOf(end)).filter((at) => at >= 0)
  return ends.length > 0 ? Math.min(...ends) : -1
}

function readMark(body: string): ShellMark | null {
  if (body === 'C') return { kind: 'command' }
  const [, kind, number] = /^(A|P;k=c)(?:;prompt=(\d+))?$/.exec(body) ?? []
  if (kind) {
    return { kind: kind === 'A' ? 'prompt' : 'continuation', number: number ? Number(number) : null }
  }
  const done = /^D(?:;(\d+))?$/.exec(body)
  return done ? { kind: 'done', exitCode: Number(done[1] ?? 0) } : null
}

/** @returns the end of the text that could be the beginning of a mark */
function tailThatMayOpen(text: string): string {
  for (let length = Math.min(OPENING.length - 1, text.length); length > 0; length--) {
    const tail = text.slice(-length)
    if (OPENING.startsWith(tail)) return tail
  }
  return ''
}
