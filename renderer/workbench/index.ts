/** Where one works on nodes: terminals, the editor, the nodes themselves, and the panes they lie in. */
export { useEditor } from './layouts'
export { Nodes } from './nodes'
export type { TerminalsHandle } from './terminals'
export { Waiting, WorkPanes } from './work-panes'
