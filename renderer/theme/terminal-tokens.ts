/** The tokens of a terminal's sixteen colours, under the names that xterm gives them. */
import type { ITheme } from '@xterm/xterm'

export const TERMINAL_TOKENS = {
  background: '--terminal',
  foreground: '--text',
  cursor: '--accent',
  cursorAccent: '--terminal',
  selectionBackground: '--terminal-selection',
  black: '--terminal-black',
  red: '--red',
  green: '--green',
  yellow: '--yellow',
  blue: '--terminal-blue',
  magenta: '--terminal-magenta',
  cyan: '--terminal-cyan',
  white: '--terminal-white',
  brightBlack: '--terminal-bright-black',
  brightRed: '--terminal-bright-red',
  brightGreen: '--terminal-bright-green',
  brightYellow: '--terminal-bright-yellow',
  brightBlue: '--terminal-bright-blue',
  brightMagenta: '--terminal-bright-magenta',
  brightCyan: '--terminal-bright-cyan',
  brightWhite: '--terminal-bright-white',
} as const satisfies ITheme
