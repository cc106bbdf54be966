/** One terminal on the page. */
export { TerminalView } from './terminal-view'
