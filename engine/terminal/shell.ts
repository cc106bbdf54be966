/** A running shell, wherever it runs: bytes out, keys in, a size, an end. */

export interface TerminalSize {
  readonly cols: number
  readonly rows: number
}

export interface Shell {
  /** Calls back for every piece of output; there is one listener. */
  onData(listener: (chunk: Buffer) => void): void
  write(data: string): void
  resize(size: TerminalSize): Promise<void>
  pause(): void
  resume(): void
  /** Resolves with the exit code when the shell has ended; -1 when nobody knows it. */
  readonly ended: Promise<number>
  /** Ends the shell and everything that was started in it. */
  kill(): Promise<void>
}
