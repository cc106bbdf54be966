/** The texts of one foreign question, by the formats that they may have. */
import { decodeHTML } from 'entities'
import { textsDiffer } from '../format'
import { asCode, codeFromHtml, fromHtml, fromPlain } from './markdown'
import { holdsMarkup } from './markup'
import { holdsTex } from './math-text'
import { type PictureData, Pictures } from './pictures'

/** "moodle" is Moodle's own format: HTML in which a new line is one. */
export type TextFormat = 'html' | 'moodle' | 'plain' | 'markdown'

const BLOCK = /<(p|div|br|pre|ul|ol|table|h[1-6])\b/i

/** The files of a question by their names. */
export type Files = Pick<ReadonlyMap<string, PictureData>, 'get'>
const NO_FILES: Files = new Map()
const LONGEST_NAME = 80
/** A picture among the files that Moodle packs with a text in Markdown. */
const PACKED = /\]\(@@PLUGINFILE@@\/([^\s)]+)(?=[\s)])/gi

export interface ForeignText {
  readonly text: string
  readonly format: TextFormat
  readonly files?: Files
}

/** Turns texts into Markdown, and remembers what they could not carry. */
export class Texts {
  readonly #lost = new Set<string>()
  readonly #pictures = new Pictures()
  readonly #files: Files

  /** @param files the files of the whole question, by the names that its texts have for them */
  constructor(files: Files = NO_FILES) {
    this.#files = files
  }

  /** Pictures that the texts show, in the order of their places. */
  get pictures(): readonly PictureData[] {
    return this.#pictures.all
  }

  get lost(): readonly string[] {
    return [...this.#lost]
  }

  lose(what: string): void {
    this.#lost.add(what)
  }

  /**
   * @param files the files that come with the text, by their names
   * @throws Refused for a text that is too long
   */
  take(text: string, format: TextFormat, files: Files = this.#files): string {
    // Markdown has marks that look like those of a formula.
    if (format !== 'markdown' && holdsTex(text))
      this.lose('the drawing of a formula, which is written as text')
    switch (format) {
      case 'markdown':
        return this.#markdown(text, files)
      case 'plain':
        return fromPlain(text)
      case 'html':
        return this.#html(text, files)
      case 'moodle':
        if (!holdsMarkup(text)) return fromPlain(decodeHTML(text))
        return this.#html(BLOCK.test(text) ? text : text.replace(/\n/g, '<br>'), files)
    }
  }

  /** Texts that must differ. Where they do so only in spaces and lines, they become code, which keeps both. */
  takeDifferent(texts: readonly ForeignText[]): string[] {
    const taken = texts.map(({ text, format, files }) => this.take(text, format, files))
    if (textsDiffer(taken)) return taken
    const code = texts.map(({ text, format }) =>
      format === 'html' || format === 'moodle' ? codeFromHtml(text) : asCode(text.trim()),
    )
    return textsDiffer(code) ? code : taken
  }

  #markdown(text: string, files: Files): string {
    return text.trim().replace(PACKED, (all, name: string) => {
      const data = files.get(name) ?? files.get(fileName(name))
      const place = data === undefined ? null : this.#pictures.add(data)
      if (place === null) this.lose(`the picture ${name.slice(0, LONGEST_NAME)}`)
      return place === null ? all : `](${place}`
    })
  }

  #html(html: string, files: Files): string {
    const { text, lost } = fromHtml(html, (name) => {
      const data = files.get(name) ?? files.get(fileName(name))
      return data === undefined ? null : this.#pictures.add(data)
    })
    for (const one of lost) this.lose(one)
    return text
  }
}

/** An address writes some characters in another way. */
function fileName(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}
