/** The terminals' part of the contract. */
import { z } from 'zod'
import { LARGEST_TEXT } from './limits'
import { Id, Nothing, SessionRef, type View } from './shapes'

export const TerminalView = z.object({
  id: z.string(),
  sessionId: z.string().nullable(),
  /** The lab node, or null for the student's own shell on the host (desktop only). */
  node: z.string().nullable(),
  title: z.string(),
  /** Null while it runs. */
  exitCode: z.number().nullable(),
})
export type TerminalView = View<typeof TerminalView>

export const TerminalFrame = z.discriminatedUnion('kind', [
  /** The screen and scrollback so far, as one string of escape sequences; always the first frame. */
  z.object({ kind: z.literal('snapshot'), data: z.string(), cols: z.number(), rows: z.number() }),
  z.object({ kind: z.literal('data'), data: z.string() }),
  z.object({ kind: z.literal('exit'), code: z.number() }),
])
export type TerminalFrame = View<typeof TerminalFrame>

const TerminalRef = z.object({ terminalId: Id })
const TerminalSize = z.object({
  cols: z.number().int().min(2).max(1000),
  rows: z.number().int().min(1).max(1000),
})

export const terminalsContract = {
  calls: {
    /** `node` null opens the host's shell: desktop only, and only when the settings allow it. */
    'terminal.open': {
      in: SessionRef.extend({ node: Id.nullable() }).extend(TerminalSize.shape),
      out: TerminalView,
    },
    'terminal.list': { in: SessionRef, out: z.array(TerminalView) },
    'terminal.write': { in: TerminalRef.extend({ data: z.string().max(LARGEST_TEXT) }), out: Nothing },
    /** Types a lab's code, unless something runs in the terminal: that would get it instead of the shell. */
    'terminal.run': {
      in: TerminalRef.extend({ code: z.string().max(LARGEST_TEXT) }),
      out: z.object({ ran: z.boolean() }),
    },
    'terminal.resize': { in: TerminalRef.extend(TerminalSize.shape), out: Nothing },
    /** Characters the page has drawn; the stream pauses when too many are outstanding. */
    'terminal.ack': { in: TerminalRef.extend({ chars: z.number().int().min(0) }), out: Nothing },
    /** Puts a new shell into a terminal of a node whose shell has ended. What is on its screen stays. */
    'terminal.renew': { in: TerminalRef, out: Nothing },
    'terminal.close': { in: TerminalRef, out: Nothing },
  },
  streams: {
    'terminal.watch': { in: SessionRef, out: z.array(TerminalView) },
    'terminal.output': { in: TerminalRef, out: TerminalFrame },
  },
} as const
