/**
 * What programs in a terminal ask of the page: to copy a text, or to open a link.
 *
 * A program in a node can neither read the clipboard nor write to it on its own. A text that it puts there would be
 * pasted somewhere else, perhaps into a shell of this computer, so the student sees it and says yes first.
 */
import { WebLinksAddon } from '@xterm/addon-web-links'
import type { Terminal } from '@xterm/xterm'

export type TerminalRequest =
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'open'; readonly url: string }

export interface RequestListeners {
  readonly onRequest: (request: TerminalRequest) => void
  /** The pointer is on a link that leads there; null when it has left. */
  readonly onLink: (url: string | null) => void
}

/** The longest text that a program may offer for the clipboard, in characters. */
export const LONGEST_COPY = 32_768
/** Base64 makes four characters of three bytes, and a character has up to three. */
const LONGEST_DATA = LONGEST_COPY * 4

export function listenToRequests(terminal: Terminal, { onRequest, onLink }: RequestListeners): void {
  terminal.parser.registerOscHandler(52, (data) => {
    const text = textToCopy(data)
    if (text) onRequest({ kind: 'copy', text })
    return true
  })
  const shown = {
    hover: (_event: MouseEvent, url: string) => onLink(targetOf(url)),
    leave: () => onLink(null),
  }
  // The text of such a link may say something else than where it leads, so its target is asked about.
  const ask = (_event: MouseEvent, text: string) => {
    const url = targetOf(text)
    if (url) onRequest({ kind: 'open', url })
  }
  terminal.options.linkHandler = { activate: ask, ...shown, allowNonHttpProtocols: false }
  terminal.loadAddon(new WebLinksAddon((_event, text) => openLink(text), shown))
}

/** The text of an OSC 52; null for a question for the clipboard, and for what is no text or too long. */
export function textToCopy(data: string): string | null {
  const base64 = data.slice(data.indexOf(';') + 1)
  if (base64 === '?' || base64.length > LONGEST_DATA) return null
  try {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.length > LONGEST_COPY ? null : text
  } catch {
    return null
  }
}

/** Where a link really leads, as the browser understands it; null for all but web pages. */
export function targetOf(text: string): string | null {
  if (!URL.canParse(text)) return null
  const { protocol, href } = new URL(text)
  return protocol === 'http:' || protocol === 'https:' ? href : null
}

export function openLink(text: string): void {
  const url = targetOf(text)
  if (url) window.open(url, '_blank', 'noopener')
}

/** The beginning of a text on one line, with its controls made visible. */
export function preview(text: string, longest = 120): string {
  const chars = [...text.slice(0, longest)].map((char) =>
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(char)
      ? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
      : char,
  )
  return `${chars.join('')}${text.length > longest ? '…' : ''}`
}
