/** The wish of a page for the whole search, with words that were typed already. The shell has the dialog, and hears it. */
import { Emitter } from '../../shared/observable'

const asked = new Emitter<string>()

export function askSearch(text: string): void {
  asked.emit(text)
}

/** @returns a function that stops the calls */
export function onSearchAsked(listener: (text: string) => void): () => void {
  return asked.on(listener)
}
