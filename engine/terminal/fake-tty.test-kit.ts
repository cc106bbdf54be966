/** A terminal of the engine for tests: they say what it prints, when it ends and with which code. */
import { Duplex } from 'node:stream'
import type { Tty, TtyOptions } from '../docker'

export class FakeTty implements Tty {
  readonly execId = 'e1'
  readonly options: TtyOptions
  readonly typed: string[] = []
  readonly sizes: (readonly [cols: number, rows: number])[] = []
  /** Answers to the question for the exit code, one for each time; the last one stays. */
  codes: (number | null | Error)[] = [0]
  /** The engine refuses a new size. */
  refusesSizes = false
  readonly stream: Duplex

  constructor(options: TtyOptions) {
    this.options = options
    this.stream = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        this.typed.push(chunk.toString())
        done()
      },
    })
  }

  print(text: string): void {
    this.stream.push(text)
  }

  /** The shell ends. */
  end(code = 0): void {
    this.codes = [code]
    this.stream.push(null)
  }

  async resize(cols: number, rows: number): Promise<void> {
    if (this.refusesSizes) throw new Error('no such process')
    this.sizes.push([cols, rows])
  }

  async exitCode(): Promise<number | null> {
    const [code = null, ...others] = this.codes
    if (others.length > 0) this.codes = others
    if (code instanceof Error) throw code
    return code
  }
}
