/** The sixteen colours of a terminal, from the tokens of a theme. */
import type { ITheme } from '@xterm/xterm'
import { readTokens, TERMINAL_TOKENS } from '../theme'

export function terminalTheme(theme: 'dark' | 'light'): ITheme {
  return readTokens(theme, TERMINAL_TOKENS)
}
