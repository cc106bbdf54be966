/** The meaning of each key while an item is shown. The functions are pure. */

export interface Pressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
  /** True for the repeated events of a key that is held down. */
  readonly repeat: boolean
  /** The kind of element that has the focus: a field for text, a control that acts on Enter, or neither. */
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

/** The intent of a key. Null means that the key does nothing here. A key that is held down acts once. */
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

/** N answers an option that waits for its yes or no. Everywhere else it goes to the next item. */
function onLetter(letter: string, { delivery, closed }: Situation): Intent | null {
  const isAsked = delivery === 'domc' && !closed
  if (letter === 'y') return isAsked ? { kind: 'decide', yes: true } : null
  if (letter === 'n') return isAsked ? { kind: 'decide', yes: false } : { kind: 'next' }
  if (letter === 'p') return { kind: 'previous' }
  return letter === 'f' ? { kind: 'flag' } : null
}
