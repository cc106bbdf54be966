/** Types a script into a terminal as a student would: a line, then wait for the prompt, then the next. */
import { CapstanError } from '../../shared/errors'
import { limitText, stretched } from '../../shared/time-limits'
import type { Pattern } from '../checks'
import { plainText } from './escapes'
import { readScript, type ScriptLine } from './script-lines'
import type { Terminal } from './terminal'

/** Characters of output kept to look for an expected text in. */
const KEPT = 64_000

export interface TypingOptions {
  /** Longest that one line may take on a usual machine, in milliseconds. */
  readonly limitMs: number
  readonly signal?: AbortSignal
}

/**
 * Types the lines of a bash script. After a command or a key it waits for the prompt, or for the prompt that asks
 * for the rest of a command. When a directive comes next, the directive says what to wait for. Comments and blank
 * lines outside of a multi-line command are left out.
 *
 * @returns the exit code of each command
 * @throws CapstanError `engine-timeout` that names the line that hung and shows the last lines of the screen,
 *   `lab-invalid` for a script that cannot be typed, `node-gone` when the shell ends
 */
export async function typeScript(
  terminal: Terminal,
  script: string,
  options: TypingOptions,
): Promise<number[]> {
  const lines = readScript(script)
  const watcher = new Watcher(terminal, options)
  try {
    await watcher.prompt('the first prompt')
    for (const [index, line] of lines.entries()) {
      if (line.kind === 'idle' && !watcher.isContinuing) continue
      const next = lines.slice(index + 1).find(({ kind }) => kind !== 'idle')
      await typeLine(terminal, { line, next }, watcher)
    }
    if (watcher.isContinuing && lines.length > 0) throw unfinished(lines)
    return watcher.exitCodes
  } finally {
    watcher.stop()
  }
}

async function typeLine(
  terminal: Terminal,
  { line, next }: { line: ScriptLine; next: ScriptLine | undefined },
  watcher: Watcher,
): Promise<void> {
  const where = `line ${line.number}, "${line.text.trim()}",`
  if (line.kind === 'expect') return await watcher.text(line.pattern, where)
  if (line.kind === 'key') {
    watcher.forget('')
    terminal.write(line.keys)
  } else {
    const isReadline = watcher.isContinuing || terminal.atPrompt
    watcher.forget(line.text)
    terminal.write(`${isReadline ? asTyped(line.text) : line.text}\r`)
    // The key is meant for the command, so the command must have started.
    if (isReadline && next?.kind === 'key') await watcher.start(where)
  }
  if (next?.kind !== 'expect' && next?.kind !== 'key') await watcher.prompt(where)
}

/** To readline a tab means "complete this"; pasted in brackets it is just a tab. */
function asTyped(text: string): string {
  return text.includes('\t') ? `\u001b[200~${text}\u001b[201~` : text
}

function unfinished(lines: readonly ScriptLine[]): CapstanError {
  const { number, text } = lines.findLast(({ kind }) => kind === 'type') ?? { number: 1, text: '' }
  return new CapstanError(
    'lab-invalid',
    `The script ends inside a command: line ${number}, "${text.trim()}".`,
    {
      help: 'Close the quote, the here-document or the loop.',
    },
  )
}

/** Follows the marks and the text that come after the last key. */
class Watcher {
  readonly exitCodes: number[] = []
  isContinuing = false
  readonly #terminal: Terminal
  readonly #options: TypingOptions
  readonly #stops: (() => void)[]
  #text = ''
  #echo = ''
  #atPrompt: boolean
  #hasStarted = false
  #wake: () => void = () => undefined

  constructor(terminal: Terminal, options: TypingOptions) {
    this.#terminal = terminal
    this.#options = options
    this.#atPrompt = terminal.atPrompt
    const wake = () => this.#wake()
    options.signal?.addEventListener('abort', wake)
    this.#stops = [
      terminal.onPrompt(({ exitCode }) => this.#prompt(exitCode)),
      terminal.onCommand(() => {
        this.#hasStarted = true
        this.#wake()
      }),
      terminal.onContinuation(() => {
        this.isContinuing = true
        this.#wake()
      }),
      terminal.onText((text) => this.#take(text)),
      () => options.signal?.removeEventListener('abort', wake),
    ]
    void terminal.exited.then(wake)
  }

  /** Begins again before a key is pressed: what was on the screen does not count any more. */
  forget(typed: string): void {
    this.#text = ''
    this.#echo = typed
    this.#atPrompt = false
    this.#hasStarted = false
    this.isContinuing = false
  }

  async start(where: string): Promise<void> {
    await this.#until(() => this.#hasStarted || this.#atPrompt || this.isContinuing, where)
  }

  async prompt(where: string): Promise<void> {
    await this.#until(() => this.#atPrompt || this.isContinuing, where)
  }

  /** Waits for text that came after the last key; the echo of what was typed does not count. */
  async text(pattern: Pattern, where: string): Promise<void> {
    await this.#until(() => {
      const shown = withoutEcho(plainText(this.#text), this.#echo)
      const end = pattern.endOf(shown)
      if (end === null) return false
      this.#text = shown.slice(end)
      this.#echo = ''
      return true
    }, where)
  }

  stop(): void {
    for (const stop of this.#stops) stop()
  }

  #prompt(exitCode: number | null): void {
    if (exitCode !== null) this.exitCodes.push(exitCode)
    this.#atPrompt = true
    this.#wake()
  }

  #take(text: string): void {
    this.#text = (this.#text + text).slice(-KEPT)
    this.#wake()
  }

  async #until(isDone: () => boolean, where: string): Promise<void> {
    const { limitMs, signal } = this.#options
    const end = performance.now() + stretched(limitMs)
    while (!isDone()) {
      if (signal?.aborted) throw new CapstanError('cancelled', `Stopped typing at ${where}.`)
      if (this.#terminal.exitCode !== null)
        throw new CapstanError('node-gone', `The shell ended at ${where}.`)
      const left = end - performance.now()
      if (left <= 0) throw await this.#hung(where)
      await this.#next(left)
    }
  }

  async #next(limitMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limitMs)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async #hung(where: string): Promise<CapstanError> {
    const screen = (await this.#terminal.lastLines(5)).join('\n')
    return new CapstanError(
      'engine-timeout',
      `${where} did not come back within ${limitText(this.#options.limitMs)}. The screen shows:\n${screen}`,
    )
  }
}

/**
 * Finds the shown text after the echo of the typed line. White space is not compared, because readline wraps long
 * lines.
 * @returns nothing while the echo is still coming, and all of the text when there is no echo
 */
export function withoutEcho(shown: string, typed: string): string {
  const wanted = typed.replace(/\s/g, '')
  let at = 0
  for (const char of wanted) {
    while (at < shown.length && /\s/.test(shown.charAt(at))) at += 1
    if (at >= shown.length) return ''
    if (!shown.startsWith(char, at)) return shown
    at += char.length
  }
  return shown.slice(at)
}
