/** The host has terminals without a screen: the types of `@xterm/xterm` would bring the browser's along. */
export type { ITerminalAddon, Terminal } from '@xterm/headless'
