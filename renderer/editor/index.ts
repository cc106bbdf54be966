/** The text editor. It is large, so it is loaded when it is first opened. */
export { TextDiff } from './text-diff'
export { TextEditor } from './text-editor'
