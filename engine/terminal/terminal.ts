/** One terminal: a shell, the state of its screen, and the pages that watch it. */
import { randomBytes } from 'node:crypto'
import { StringDecoder } from 'node:string_decoder'
import { Emitter } from '../../shared/observable'
import { EscapeGuard } from '../../shared/screen'
import { within } from '../../shared/system/wait'
import { HIGH_MARK, LOW_MARK } from './flow'
import { type PromptReturn, Prompts } from './prompts'
import type { RemoteScreen } from './remote-screen'
import { screens as ownScreens, type Screens } from './screens'
import type { Shell, TerminalSize } from './shell'
import { type Attachment, type TerminalFrame, Watchers, type Watching } from './watchers'

const SCROLLBACK_LINES = 5_000
/** The shell must wait when the screen that the host keeps is more characters behind than this. */
const SCREEN_MARK = 1_000_000
/** The longest wait for the first prompt of a shell. */
const FIRST_PROMPT_MS = 10_000
/** To the end of the line, then away with all before it (Ctrl+E, Ctrl+U). */
const TAKE_LINE_AWAY = '\u0005\u0015'
/**
 * What a program that was ended in the middle may have left: half a sequence, its own screen, the mouse, a hidden
 * cursor, a pasting mode. A new shell knows nothing of them. Leaving a program's screen also puts the cursor where it
 * was saved last, which is the top for a shell that ran none, so the place is saved before.
 */
const SETTLED = '\u0018\u001b7\u001b[?1049l\u001b[?1000;1002;1003;1006;2004l\u001b[!p\u001b[0m'
const NEW_SHELL = `${SETTLED}\r\n\u001b[2m[a new shell]\u001b[0m\r\n`

export interface TerminalOptions {
  readonly shell: Shell
  readonly size: TerminalSize
  /** The lab node, or null for the host. */
  readonly node: string | null
  readonly title: string
  readonly id?: string
  /** Lines above the screen that are kept. */
  readonly scrollback?: number | undefined
  /** Where the screen is kept. */
  readonly screens?: Screens
}

export class Terminal {
  readonly id: string
  readonly node: string | null
  readonly title: string
  #exited: Promise<number>
  #shell: Shell
  readonly #screen: RemoteScreen
  readonly #watchers: Watchers
  readonly #prompts = new Prompts()
  readonly #texts = new Emitter<string>()
  #size: TerminalSize
  #exitCode: number | null = null
  #paused = false

  constructor({
    shell,
    size,
    node,
    title,
    id = newTerminalId(),
    scrollback = SCROLLBACK_LINES,
    screens = ownScreens,
  }: TerminalOptions) {
    this.id = id
    this.node = node
    this.title = title
    this.#shell = shell
    this.#size = size
    this.#screen = screens.open({ ...size, scrollback, onDrawn: () => this.#regulate() })
    this.#watchers = new Watchers({
      ...{ screen: this.#screen, rows: size.rows, scrollback },
      exitCode: () => this.#exitCode,
      onSettle: () => this.#regulate(),
    })
    this.#exited = this.#follow(shell)
  }

  /** Null while the shell runs. */
  get exitCode(): number | null {
    return this.#exitCode
  }

  /** Resolves with the exit code when the present shell has ended. */
  get exited(): Promise<number> {
    return this.#exited
  }

  get size(): TerminalSize {
    return this.#size
  }

  /** True while the shell waits for a command. */
  get atPrompt(): boolean {
    return this.#prompts.isWaiting
  }

  write(data: string): void {
    if (data.includes('\r')) this.#prompts.leave()
    this.#shell.write(data)
  }

  /**
   * Types code, when the shell waits for a command. A line that is half typed is taken away first; Ctrl+Y brings it back.
   * @returns false when something runs in the shell, which would get the code instead
   */
  async run(code: string): Promise<boolean> {
    // A shell that has just been opened has no prompt yet.
    if (!this.#prompts.hasCome) await this.#firstPrompt()
    if (!this.atPrompt) return false
    this.write(`${TAKE_LINE_AWAY}${code.replace(/\n/g, '\r')}\r`)
    return true
  }

  async resize(size: TerminalSize): Promise<void> {
    this.#size = size
    this.#watchers.resized(size.rows)
    this.#screen.resize(size)
    await this.#shell.resize(size)
  }

  /**
   * Watches the terminal: first a snapshot of screen and scrollback, then everything that comes after it,
   * without a gap and without repetition. Of a flood it gets what leaves its screen as the whole would. A watcher that
   * does not acknowledge makes the shell wait.
   */
  attach(listener: (frame: TerminalFrame) => void, watching: Watching = {}): Attachment {
    return this.#watchers.attach(listener, watching)
  }

  /** Calls back when the prompt has returned. @returns a function that stops the listening */
  onPrompt(listener: (prompt: PromptReturn) => void): () => void {
    return this.#prompts.returns.on(listener)
  }

  /** Calls back when a command has been read and starts. @returns a function that stops the listening */
  onCommand(listener: () => void): () => void {
    return this.#prompts.commands.on(listener)
  }

  /** Calls back when the shell asks for the rest of a command (PS2). @returns a function that stops the listening */
  onContinuation(listener: () => void): () => void {
    return this.#prompts.continuations.on(listener)
  }

  /** Calls back with raw output as it comes. @returns a function that stops the listening */
  onText(listener: (text: string) => void): () => void {
    return this.#texts.on(listener)
  }

  /** The last lines of the screen that are not empty, for messages. */
  async lastLines(count: number): Promise<string[]> {
    return await this.#screen.lastLines(count)
  }

  /** Goes on with another shell after the last one has ended. What was printed stays. */
  renew(shell: Shell): void {
    this.#exitCode = null
    this.#prompts.startOver()
    this.#take(NEW_SHELL)
    this.#shell = shell
    if (this.#paused) shell.pause()
    this.#exited = this.#follow(shell)
  }

  /** Ends the shell with everything it started. The screen stays, and may get another shell. */
  async hangUp(): Promise<void> {
    if (this.#exitCode === null) await this.#shell.kill()
    await this.#exited
  }

  /** Ends the shell with everything it started. */
  async close(): Promise<void> {
    await this.hangUp()
    this.#screen.close()
  }

  /** Takes what the shell prints until it ends. */
  #follow(shell: Shell): Promise<number> {
    const [guard, decoder] = [new EscapeGuard(), new StringDecoder('utf8')]
    shell.onData((chunk) => this.#take(guard.push(decoder.write(chunk), this.#size)))
    return shell.ended.then((code) => this.#end(code))
  }

  #take(text: string): void {
    if (!text) return
    // Whoever types waits for the page.
    this.#watchers.push(text)
    this.#screen.write(text)
    this.#regulate()
    this.#texts.emit(text)
    this.#prompts.read(text)
  }

  /** Waits for the first prompt, for a while, or for the end of the shell. */
  async #firstPrompt(): Promise<void> {
    const came = new Promise<void>((done) => {
      const stop = this.onPrompt(() => {
        stop()
        done()
      })
    })
    const either = () => Promise.race([came, this.exited.then(() => undefined)])
    await within(either, { limitMs: FIRST_PROMPT_MS, waitsFor: `the prompt of ${this.title}` }).catch(
      () => undefined,
    )
  }

  #regulate(): void {
    const { behind } = this.#watchers
    if (!this.#paused && (behind > HIGH_MARK || this.#screen.behind > SCREEN_MARK)) {
      this.#paused = true
      this.#shell.pause()
    } else if (this.#paused && behind < LOW_MARK && this.#screen.behind < SCREEN_MARK / 2) {
      this.#paused = false
      this.#shell.resume()
    }
  }

  #end(code: number): number {
    this.#exitCode = code
    this.#prompts.leave()
    this.#watchers.end(code)
    return code
  }
}

export function newTerminalId(): string {
  return randomBytes(6).toString('hex')
}
