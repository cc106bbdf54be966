/** What a shell says of itself while it prints: its prompts, the commands that it reads, and how they end. */
import { Emitter } from '../../shared/observable'
import { type ShellMark, ShellMarkScanner } from './shell-marks'

/** The prompt has returned. */
export interface PromptReturn {
  /** The exit code of the command that has ended; null when there was none, as at the first prompt. */
  readonly exitCode: number | null
}

export class Prompts {
  readonly returns = new Emitter<PromptReturn>()
  /** A command has been read and starts. */
  readonly commands = new Emitter()
  /** The shell asks for the rest of a command (PS2). */
  readonly continuations = new Emitter()
  #scanner = new ShellMarkScanner()
  #isWaiting = false
  #hasCome = false
  #number: number | null = null
  #isCommandRunning = false
  #lastExit: number | null = null

  /** True while the shell waits for a command. */
  get isWaiting(): boolean {
    return this.#isWaiting
  }

  /** True when the present shell has had a prompt. */
  get hasCome(): boolean {
    return this.#hasCome
  }

  /** Reads what the shell prints. */
  read(text: string): void {
    for (const mark of this.#scanner.push(text)) this.#mark(mark)
  }

  /** The shell may do something else from now on. It is known to wait again when its prompt comes back. */
  leave(): void {
    this.#isWaiting = false
  }

  /** Another shell begins. */
  startOver(): void {
    this.#scanner = new ShellMarkScanner()
    this.#hasCome = false
    this.#number = null
    this.#isCommandRunning = false
  }

  #mark(mark: ShellMark): void {
    this.#isWaiting = mark.kind === 'prompt'
    this.#hasCome ||= this.#isWaiting
    if (mark.kind === 'command') {
      this.#isCommandRunning = true
      this.commands.emit()
    }
    // A prompt also comes back after an empty line: no command has ended then.
    if (mark.kind === 'done' && this.#isCommandRunning) {
      this.#isCommandRunning = false
      this.#lastExit = mark.exitCode
    }
    if (mark.kind !== 'prompt' && mark.kind !== 'continuation') return
    // Whoever waits for the end of a line would take a prompt that is drawn again for that end.
    const isDrawnAgain = mark.number !== null && mark.number === this.#number
    this.#number = mark.number
    if (isDrawnAgain) return
    if (mark.kind === 'continuation') this.continuations.emit()
    else this.returns.emit({ exitCode: this.#takeLastExit() })
  }

  /** The exit code of the command that has ended since the last call, or null. */
  #takeLastExit(): number | null {
    const exitCode = this.#lastExit
    this.#lastExit = null
    return exitCode
  }
}
