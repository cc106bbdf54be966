/** Which key means what while an item is looked at: pure. */

export interface Pressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
  /** The key is held down and says so again. */
  readonly repeat: boolean
  /** Where the focus is: text is typed there, or it acts on Enter by itself, or neither. */
  readonly focus: 'text' | 'control' | 'none'
}

export interface Situation {
  readonly delivery: 'classic' | 'domc'
  readonly closed: boolean
  /** Number of options on the screen. */
  readonly options: number
  readonly practice: boolean
  /** The review screen is shown in place of the item. */
  readonly reviewing: boolean
}

export type Intent =
  | { readonly kind: 'pick'; readonly at: number }
  | { readonly kind: 'decide'; readonly yes: boolean }
  | { readonly kind: 'next' | 'previous' | 'flag' | 'check' | 'items' | 'review' | 'timer' }

/** Null for a key that means nothing here. Keys that are held down never act twice. */
export function intentOf(pressed: Pressed, situation: Situation): Intent | null {
  const { key, focus } = pressed
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey || pressed.repeat || focus === 'text') return null
  const anywhere = ANYWHERE[key.toLowerCase()]
  if (anywhere) return { kind: anywhere }
  if (situation.reviewing) return key.toLowerCase() === 'p' ? { kind: 'previous' } : null
  if (key === 'Enter') return focus === 'control' ? null : onEnter(situation)
  if (/^[1-9]$/.test(key)) return onDigit(Number(key) - 1, situation)
  return onLetter(key.toLowerCase(), situation)
}

const ANYWHERE: Readonly<Record<string, 'items' | 'review' | 'timer'>> = {
  i: 'items',
  r: 'review',
  t: 'timer',
}

function onEnter({ practice, delivery, closed }: Situation): Intent | null {
  if (closed) return { kind: 'next' }
  return practice && delivery === 'classic' ? { kind: 'check' } : null
}

function onDigit(at: number, { delivery, closed, options }: Situation): Intent | null {
  return delivery === 'classic' && !closed && at < options ? { kind: 'pick', at } : null
}

/** N answers an option that waits for its yes or no; everywhere else it goes on. */
function onLetter(letter: string, { delivery, closed }: Situation): Intent | null {
  const isAsked = delivery === 'domc' && !closed
  if (letter === 'y') return isAsked ? { kind: 'decide', yes: true } : null
  if (letter === 'n') return isAsked ? { kind: 'decide', yes: false } : { kind: 'next' }
  if (letter === 'p') return { kind: 'previous' }
  return letter === 'f' ? { kind: 'flag' } : null
}
