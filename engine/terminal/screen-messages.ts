/** What the host and the thread of the screens say to each other. */
import type { TerminalSize } from './shell'

export type ScreenCommand =
  | ({ readonly kind: 'open'; readonly id: string; readonly scrollback: number } & TerminalSize)
  | { readonly kind: 'write'; readonly id: string; readonly text: string }
  | ({ readonly kind: 'resize'; readonly id: string } & TerminalSize)
  | { readonly kind: 'close'; readonly id: string }
  | ScreenQuestion
  | { readonly kind: 'ping' }

/** What is asked is answered when everything that was written before is on the screen. */
export interface ScreenQuestion {
  readonly kind: 'ask'
  readonly id: string
  readonly question: number
  /** The last so many lines that are not empty, as plain text; or the whole screen with its colours. */
  readonly lines: number | 'screen'
}

export interface ScreenAnswer extends TerminalSize {
  readonly text: string
}

export type ScreenReport =
  | { readonly kind: 'drawn'; readonly id: string; readonly chars: number }
  | { readonly kind: 'answer'; readonly question: number; readonly answer: ScreenAnswer }
  | { readonly kind: 'pong' }
