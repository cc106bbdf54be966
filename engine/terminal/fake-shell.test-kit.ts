/** A shell for tests: what it prints and when it ends is up to them. */
import type { Shell, TerminalSize } from './shell'

export class FakeShell implements Shell {
  readonly typed: string[] = []
  readonly sizes: TerminalSize[] = []
  isPaused = false
  /** Answers what is typed. */
  onTyped: (data: string) => void = () => undefined
  readonly ended: Promise<number>
  #listener: (chunk: Buffer) => void = () => undefined
  #end: (code: number) => void = () => undefined

  constructor() {
    this.ended = new Promise((resolve) => {
      this.#end = resolve
    })
  }

  print(text: string | Buffer): void {
    this.#listener(Buffer.from(text as string))
  }

  exit(code: number): void {
    this.#end(code)
  }

  onData(listener: (chunk: Buffer) => void): void {
    this.#listener = listener
  }

  write(data: string): void {
    this.typed.push(data)
    this.onTyped(data)
  }

  async resize(size: TerminalSize): Promise<void> {
    this.sizes.push(size)
  }

  pause(): void {
    this.isPaused = true
  }

  resume(): void {
    this.isPaused = false
  }

  async kill(): Promise<void> {
    this.#end(129)
  }
}
