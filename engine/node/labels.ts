/** The labels on everything Capstan creates: what it belongs to, so that it can be found and removed. */

export const SESSION = 'capstan.session'
export const OWNER = 'capstan.owner'
export const NODE = 'capstan.node'
export const LAB = 'capstan.lab'
export const KIND = 'capstan.kind'

export type Kind = 'node' | 'network' | 'volume' | 'builder' | 'template'

export interface Belonging {
  readonly sessionId: string
  /** Id of the store that owns the session. */
  readonly owner: string
  readonly labId: string
}

export function labelsOf(kind: Kind, { sessionId, owner, labId }: Belonging): Record<string, string> {
  return { [KIND]: kind, [SESSION]: sessionId, [OWNER]: owner, [LAB]: labId }
}
