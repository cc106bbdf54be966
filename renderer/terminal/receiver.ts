/** Draws what a terminal of the host sends, and tells the host how much of it is drawn. */
import type { Terminal } from '@xterm/xterm'
import type { TerminalFrame } from '../../main/api'
import { EscapeGuard, Feed } from '../../shared/screen'
import type { PageClient } from '../api'

/** Acknowledgements are sent for pieces of this many characters, not for each. */
const ACK_CHARS = 5_000

interface Source {
  readonly api: Pick<PageClient, 'call'>
  readonly terminalId: string
}

type Screen = Pick<Terminal, 'write' | 'reset' | 'cols' | 'rows' | 'options'>

export function receiver(screen: Screen, { api, terminalId }: Source): (frame: TerminalFrame) => void {
  let drawn = 0
  const acknowledge = (chars: number) => {
    drawn += chars
    if (drawn < ACK_CHARS) return
    // The call fails only when the terminal is gone, and then no acknowledgement is needed.
    void api.call('terminal.ack', { terminalId, chars: drawn }).catch(() => undefined)
    drawn = 0
  }
  const feed = new Feed(screen, acknowledge)
  return (frame) => {
    if (frame.kind === 'data') return feed.push(frame.data)
    feed.flush()
    // The page says beside the screen how the shell has ended. Another one may follow here.
    if (frame.kind === 'exit') return
    screen.reset()
    drawn = 0
    const { cols, rows } = screen
    screen.write(new EscapeGuard().push(frame.data, { cols, rows }))
    // The shell must learn the size of this page's terminal, also when xterm does not report it as a change.
    void api.call('terminal.resize', { terminalId, cols, rows }).catch(() => undefined)
  }
}
