/** The pages that watch a terminal: each gets a snapshot of the screen, and then what comes after it. */
import { Outlet } from './flow'
import type { RemoteScreen } from './remote-screen'

/** A page may have so many rows more than it has told yet. */
const GROWTH = 100

export type TerminalFrame =
  | { readonly kind: 'snapshot'; readonly data: string; readonly cols: number; readonly rows: number }
  | { readonly kind: 'data'; readonly data: string }
  | { readonly kind: 'exit'; readonly code: number }

export interface Watching {
  /** Lines above the screen that the page keeps at that moment; without it, as many as this terminal. */
  readonly scrollback?: () => number
}

export interface Attachment {
  /** The page has drawn this many characters of data. */
  acknowledge(chars: number): void
  detach(): void
}

export interface WatchersOptions {
  readonly screen: Pick<RemoteScreen, 'snapshot'>
  readonly rows: number
  /** Lines above the screen that the terminal keeps. */
  readonly scrollback: number
  /** The code with which the shell has ended; null while it runs. */
  readonly exitCode: () => number | null
  /** A page has caught up, or has gone. */
  readonly onSettle: () => void
}

export class Watchers {
  readonly #options: WatchersOptions
  readonly #outlets = new Map<Outlet, (frame: TerminalFrame) => void>()
  /** The most rows that the screen has had. A page that is made smaller may draw what was sent before. */
  #mostRows: number

  constructor(options: WatchersOptions) {
    this.#options = options
    this.#mostRows = options.rows
  }

  /** How many characters the slowest page is behind. */
  get behind(): number {
    return Math.max(0, ...[...this.#outlets.keys()].map((outlet) => outlet.behind))
  }

  /** The screen has as many rows now. */
  resized(rows: number): void {
    this.#mostRows = Math.max(this.#mostRows, rows)
  }

  attach(listener: (frame: TerminalFrame) => void, { scrollback }: Watching): Attachment {
    const { onSettle } = this.#options
    const outlet = new Outlet({
      send: (data) => listener({ kind: 'data', data }),
      onSettle,
      size: () => ({
        rows: this.#mostRows + GROWTH,
        scrollback: scrollback?.() ?? this.#options.scrollback,
      }),
    })
    this.#outlets.set(outlet, listener)
    this.#begin(outlet, listener)
    return {
      acknowledge: (chars) => outlet.acknowledge(chars),
      detach: () => {
        outlet.close()
        this.#outlets.delete(outlet)
        onSettle()
      },
    }
  }

  /** What is written from now on comes after the snapshot, so it waits in the outlet. */
  #begin(outlet: Outlet, listener: (frame: TerminalFrame) => void): void {
    const { screen, exitCode } = this.#options
    void screen.snapshot().then(({ text, cols, rows }) => {
      if (!this.#outlets.has(outlet)) return
      listener({ kind: 'snapshot', data: text, cols, rows })
      outlet.open()
      const code = exitCode()
      if (code !== null) listener({ kind: 'exit', code })
    })
  }

  push(text: string): void {
    for (const outlet of this.#outlets.keys()) outlet.push(text)
  }

  /** The shell has ended: what waits is sent, and then the code. */
  end(code: number): void {
    for (const [outlet, listener] of this.#outlets) {
      outlet.finish()
      listener({ kind: 'exit', code })
    }
  }
}
