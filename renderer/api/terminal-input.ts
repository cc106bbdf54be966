/** Sends what is typed and pasted into a terminal of the host, whole and in order, and says when it cannot. */
import { ApiError, LARGEST_TEXT, type Notice, TOO_LARGE } from '../../main/api'
import { Turns } from '../../shared/turns'
import type { PageClient } from './client'

/** Characters of one paste. More is likely a slip, and a shell would read it for minutes. */
const LARGEST_PASTE = 10 * LARGEST_TEXT

interface Target {
  readonly api: Pick<PageClient, 'call' | 'state' | 'notices'>
  readonly terminalId: string
}

/** @returns a function that types text into the terminal; texts follow each other in the order of its calls */
export function terminalInput({ api, terminalId }: Target): (text: string) => void {
  const turns = new Turns()
  const type = async (text: string) => {
    // A part that fails ends the whole text: the shell would take the rest for something else.
    for (const data of parts(text)) await api.call('terminal.write', { terminalId, data })
  }
  return (text) => {
    if (text.length > LARGEST_PASTE) return api.notices.emit(TOO_MUCH)
    const wasAway = api.state !== 'connected'
    turns
      .run(() => type(text))
      .catch((error: unknown) => {
        const notice = noticeOf(error, wasAway)
        if (notice) api.notices.emit(notice)
      })
  }
}

/** A terminal that has ended refuses input. Its last line says so already, unless the line to the host was down. */
function noticeOf(error: unknown, wasAway: boolean): Notice | null {
  const code = error instanceof ApiError ? error.code : null
  if (code === TOO_LARGE.code) return TOO_MUCH
  return wasAway || code === 'disconnected' ? NOT_TYPED : null
}

const TOO_MUCH: Notice = {
  id: 'terminal-too-large',
  level: 'warning',
  message: 'The text is too large for a terminal, so nothing of it was typed.',
  help: 'Save it as a file in the editor, or use smaller parts.',
}
const NOT_TYPED: Notice = {
  id: 'terminal-not-typed',
  level: 'warning',
  message: 'What you typed while the connection was lost did not reach the terminal, or not all of it did.',
  help: 'Look at the terminal, and type it again.',
}

/** Parts that the host takes. A character of two units stays in one part. */
function* parts(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = start + LARGEST_TEXT
    const isSplit = end < text.length && isHighSurrogate(text.charCodeAt(end - 1))
    yield text.slice(start, isSplit ? end - 1 : end)
    start = isSplit ? end - 1 : end
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}
