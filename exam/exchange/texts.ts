/** The texts of one foreign question, by the formats that they may have. */
import { decodeHTML } from 'entities'
import { textsDiffer } from '../format'
import { asCode, codeFromHtml, fromHtml, fromPlain } from './markdown'
import { holdsMarkup } from './markup'

/** "moodle" is Moodle's own format: HTML in which a new line is one. */
export type TextFormat = 'html' | 'moodle' | 'plain' | 'markdown'

const BLOCK = /<(p|div|br|pre|ul|ol|table|h[1-6])\b/i

/** Turns texts into Markdown, and remembers what they could not carry. */
export class Texts {
  readonly #lost = new Set<string>()

  get lost(): readonly string[] {
    return [...this.#lost]
  }

  lose(what: string): void {
    this.#lost.add(what)
  }

  /** @throws Refused for a text that is too long */
  take(text: string, format: TextFormat): string {
    switch (format) {
      case 'markdown':
        return text.trim()
      case 'plain':
        return fromPlain(text)
      case 'html':
        return this.#html(text)
      case 'moodle':
        if (!holdsMarkup(text)) return fromPlain(decodeHTML(text))
        return this.#html(BLOCK.test(text) ? text : text.replace(/\n/g, '<br>'))
    }
  }

  /** Texts that must differ. Where they do so only in spaces and lines, they become code, which keeps both. */
  takeDifferent(texts: readonly { readonly text: string; readonly format: TextFormat }[]): string[] {
    const taken = texts.map(({ text, format }) => this.take(text, format))
    if (textsDiffer(taken)) return taken
    const code = texts.map(({ text, format }) =>
      format === 'html' || format === 'moodle' ? codeFromHtml(text) : asCode(text.trim()),
    )
    return textsDiffer(code) ? code : taken
  }

  #html(html: string): string {
    const { text, lost } = fromHtml(html)
    for (const one of lost) this.lose(one)
    return text
  }
}
