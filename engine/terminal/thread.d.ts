/** What setup/thread-plugin.mjs makes of a module: the text of a worker thread. */
declare module '*?thread' {
  export const code: string
}
