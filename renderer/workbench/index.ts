/** The place where one works on nodes: the header, the terminals, the editor, and the panes that hold them. */
export { BenchHeader } from './bench-header'
export { MenuButton } from './menu-button'
export { Terminals, type TerminalsHandle } from './terminals'
export { useIsNarrow } from './use-is-narrow'
export { useLeave } from './use-leave'
export { Waiting, WorkPanes } from './work-panes'
