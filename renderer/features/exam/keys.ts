/** The meaning of each key while an item is shown. The functions are pure. */

export interface Pressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
  /** True for the repeated events of a key that is held down. */
  readonly repeat: boolean
  /** The kind of element that has the focus: a field for text, a control that acts on Enter, text that arrows scroll. */
  readonly focus: 'text' | 'control' | 'scroller' | 'none'
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
  const way = focus === 'scroller' ? undefined : WAYS[key]
  if (situation.reviewing)
    return way === 'previous' || key.toLowerCase() === 'p' ? { kind: 'previous' } : null
  if (way) return onWay(way, situation)
  if (key === 'Enter') return focus === 'control' ? null : onEnter(situation)
  if (/^[1-9]$/.test(key)) return onDigit(Number(key) - 1, situation)
  return onLetter(key.toLowerCase(), situation)
}

const ANYWHERE: Readonly<Record<string, 'items' | 'review' | 'timer'>> = {
  i: 'items',
  r: 'review',
  t: 'timer',
}

const WAYS: Readonly<Record<string, 'next' | 'previous'>> = { ArrowRight: 'next', ArrowLeft: 'previous' }

/** An option that waits for its yes or no keeps the candidate: there is no way past it. */
function onWay(way: 'next' | 'previous', situation: Situation): Intent | null {
  return way === 'next' && isAsked(situation) ? null : { kind: way }
}

function onEnter(situation: Situation): Intent | null {
  if (isAsked(situation)) return null
  return situation.practice && !situation.closed ? { kind: 'check' } : { kind: 'next' }
}

function isAsked({ delivery, closed }: Situation): boolean {
  return delivery === 'domc' && !closed
}

function onDigit(at: number, { delivery, closed, options }: Situation): Intent | null {
  return delivery === 'classic' && !closed && at < options ? { kind: 'pick', at } : null
}

/** Y and N only answer. An answer is final, so neither key has another meaning that a second press could hit. */
function onLetter(letter: string, situation: Situation): Intent | null {
  if (letter === 'y' || letter === 'n')
    return isAsked(situation) ? { kind: 'decide', yes: letter === 'y' } : null
  if (letter === 'p') return { kind: 'previous' }
  return letter === 'f' ? { kind: 'flag' } : null
}
