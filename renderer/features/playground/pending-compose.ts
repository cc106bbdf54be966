/** The compose file that came with a link, from the start of a playground until its nodes run. */

const pending = new Map<string, string>()

export function keepCompose(sessionId: string, text: string): void {
  pending.set(sessionId, text)
}

/** Empty when none came with a link. */
export function composeFor(sessionId: string): string {
  return pending.get(sessionId) ?? ''
}

export function forgetCompose(sessionId: string): void {
  pending.delete(sessionId)
}
