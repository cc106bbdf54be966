/** Types a script into a terminal as a student would: a line, then wait for the prompt, then the next. */
import { EngineError } from '../errors'
import type { ShellMark } from './shell-marks'
import type { Terminal } from './terminal'

const KEYS: Readonly<Record<string, string>> = {
  enter: '\r',
  tab: '\t',
  escape: '\u001b',
  space: ' ',
  up: '\u001b[A',
  down: '\u001b[B',
}

type Line =
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'expect'; readonly pattern: RegExp }
  | { readonly kind: 'key'; readonly keys: string }

export interface TypingOptions {
  /** Longest that one line may take, in milliseconds. */
  readonly limitMs: number
  readonly signal?: AbortSignal
}

/**
 * Types the lines of a bash script. `#@ expect REGEX` waits for text on the terminal instead of the prompt,
 * `#@ key ctrl-p` presses a key: both for programs that talk. Comments and blank lines outside of a
 * multi-line command are left out.
 *
 * @returns the exit code of each command
 * @throws EngineError `engine-timeout` that names the line that hung and shows the last lines of the screen
 */
export async function typeScript(
  terminal: Terminal,
  script: string,
  options: TypingOptions,
): Promise<number[]> {
  const watcher = new Watcher(terminal, options)
  try {
    await watcher.prompt('the first prompt')
    return await typeLines(terminal, script.split('\n'), watcher)
  } finally {
    watcher.stop()
  }
}

async function typeLines(terminal: Terminal, source: readonly string[], watcher: Watcher): Promise<number[]> {
  const lines = source.filter((text, index) => !(index === 0 && text.startsWith('#!')))
  while (lines.at(-1)?.trim() === '') lines.pop()
  for (const [index, text] of lines.entries()) {
    const line = readLine(text)
    if (line.kind === 'expect') {
      await watcher.text(line.pattern, text)
    } else if (line.kind === 'key') {
      watcher.forget()
      terminal.write(line.keys)
    } else if (watcher.continuing || !isIdle(text)) {
      watcher.forget()
      terminal.write(`${asTyped(line.text)}\r`)
      const next = readLine(lines[index + 1] ?? '')
      if (next.kind === 'type') await watcher.prompt(text)
    }
    const following = lines[index + 1]
    if (line.kind !== 'type' && (following === undefined || readLine(following).kind === 'type')) {
      if (following === undefined || line.kind === 'key') await watcher.promptOrQuiet(text)
    }
  }
  return watcher.exitCodes
}

function isIdle(text: string): boolean {
  return text.trim() === '' || text.trimStart().startsWith('#')
}

/** A tab would complete; pasted in brackets it is just a tab (readline's bracketed paste). */
function asTyped(text: string): string {
  return text.includes('\t') ? `\u001b[200~${text}\u001b[201~` : text
}

function readLine(text: string): Line {
  const directive = /^#@\s*(expect|key)\s+(.+?)\s*$/.exec(text)
  if (!directive?.[2]) return { kind: 'type', text }
  if (directive[1] === 'expect') return { kind: 'expect', pattern: new RegExp(directive[2]) }
  return { kind: 'key', keys: directive[2].split(/\s+/).map(keyCalled).join('') }
}

function keyCalled(name: string): string {
  const control = /^ctrl-([a-z\\])$/.exec(name)
  if (control?.[1]) return String.fromCharCode(control[1].charCodeAt(0) & 0x1f)
  return KEYS[name] ?? name
}

/** Follows marks and text from the last key on. */
class Watcher {
  readonly exitCodes: number[] = []
  continuing = false
  readonly #terminal: Terminal
  readonly #options: TypingOptions
  readonly #stops: (() => void)[]
  #text = ''
  #atPrompt: boolean
  #wake: () => void = () => undefined

  constructor(terminal: Terminal, options: TypingOptions) {
    this.#terminal = terminal
    this.#options = options
    this.#atPrompt = terminal.atPrompt
    this.#stops = [terminal.onMark((mark) => this.#mark(mark)), terminal.onText((text) => this.#take(text))]
    void terminal.exited.then(() => this.#wake())
  }

  /** A key is about to be pressed: what was on the screen does not count any more. */
  forget(): void {
    this.#text = ''
    this.#atPrompt = false
    this.continuing = false
  }

  async prompt(line: string): Promise<void> {
    await this.#until(() => this.#atPrompt || this.continuing, line)
  }

  async text(pattern: RegExp, line: string): Promise<void> {
    await this.#until(() => pattern.test(this.#text), line)
  }

  /** After a key there may be a prompt (the program ended) or none (it goes on): half a second decides. */
  async promptOrQuiet(line: string): Promise<void> {
    const patience = { ...this.#options, limitMs: 500 }
    await this.#until(() => this.#atPrompt, line, patience).catch((error: unknown) => {
      if (!(error instanceof EngineError && error.code === 'engine-timeout')) throw error
    })
  }

  stop(): void {
    for (const stop of this.#stops) stop()
  }

  #mark(mark: ShellMark): void {
    if (mark.kind === 'done') this.exitCodes.push(mark.exitCode)
    if (mark.kind === 'prompt') this.#atPrompt = true
    if (mark.kind === 'continuation') this.continuing = true
    this.#wake()
  }

  #take(text: string): void {
    this.#text = (this.#text + text).slice(-64_000)
    this.#wake()
  }

  async #until(isDone: () => boolean, line: string, { limitMs, signal } = this.#options): Promise<void> {
    const end = performance.now() + limitMs
    while (!isDone()) {
      signal?.throwIfAborted()
      if (this.#terminal.exitCode !== null)
        throw new EngineError('node-gone', `The shell ended at "${line}".`)
      const left = end - performance.now()
      if (left <= 0) throw this.#hung(line, limitMs)
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

  #hung(line: string, limitMs: number): EngineError {
    const screen = this.#terminal.lastLines(4).join(' ⏎ ')
    return new EngineError(
      'engine-timeout',
      `"${line}" did not come back within ${limitMs / 1000} s. The screen shows: ${screen}`,
    )
  }
}
