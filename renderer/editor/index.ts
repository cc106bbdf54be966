/** The text editor. It is large, so it is loaded when it is first opened. */
export { TextEditor } from './text-editor'
