/**
 * Where one is inside an escape sequence.
 *
 * The states are those of the parser of xterm.js (Paul Williams' parser for the VT500), so that what is whole here is
 * whole there. States that differ only in what the parser stores are one state here.
 */

export const State = {
  ground: 0,
  escape: 1,
  escapeIntermediate: 2,
  csiEntry: 3,
  csiParameter: 4,
  csiIntermediate: 5,
  csiIgnore: 6,
  osc: 7,
  dcsEntry: 8,
  dcsParameter: 9,
  dcsIntermediate: 10,
  dcsRest: 11,
  /** SOS, PM and APC. */
  privateString: 12,
  /** An escape has come inside a string: its end, or the beginning of another sequence. */
  stringEscape: 13,
} as const
export type State = (typeof State)[keyof typeof State]

/** What a character does to a sequence: moves it on to a state, ends it, or breaks it off. */
export type Step = State | 'done' | 'broken' | 'begins-another'

const ESC = 0x1b
const [CAN, SUB, BEL, DEL] = [0x18, 0x1a, 0x07, 0x7f]
/** From here on characters are text that no parser of sequences looks at. */
const BEYOND_C1 = 0xa0

/** True for states in which text of any length is collected. */
export function isString(state: State): boolean {
  return state >= State.osc
}

export function isCsi(state: State): boolean {
  return state >= State.csiEntry && state <= State.csiIgnore
}

/** The state after a character that begins a sequence; ground for one that begins none. */
export function opened(code: number): State {
  switch (code) {
    case ESC:
      return State.escape
    case 0x9b:
      return State.csiEntry
    case 0x9d:
      return State.osc
    case 0x90:
      return State.dcsEntry
    case 0x98:
    case 0x9e:
    case 0x9f:
      return State.privateString
    default:
      return State.ground
  }
}

/** What the next character does inside a sequence. */
export function stepIn(state: State, code: number): Step {
  if (code === ESC) return isString(state) ? State.stringEscape : 'begins-another'
  if (code === CAN || code === SUB) return 'broken'
  if (code >= 0x80 && code < BEYOND_C1) return stepAtC1(state, code)
  if (state === State.escape) return afterEscape(code)
  if (state === State.escapeIntermediate) return afterIntermediate(code)
  if (isCsi(state)) return inCsi(state, code)
  return inString(state, code)
}

function stepAtC1(state: State, code: number): Step {
  const isEnd = code === 0x9c && (state === State.osc || state >= State.dcsEntry)
  if (isEnd) return 'done'
  return opened(code) === State.ground ? 'broken' : 'begins-another'
}

function afterEscape(code: number): Step {
  if (code < 0x20 || code === DEL) return State.escape
  if (code < 0x30) return State.escapeIntermediate
  switch (code) {
    case 0x5b:
      return State.csiEntry
    case 0x5d:
      return State.osc
    case 0x50:
      return State.dcsEntry
    case 0x58:
    case 0x5e:
    case 0x5f:
      return State.privateString
    default:
      return code < DEL ? 'done' : 'broken'
  }
}

function afterIntermediate(code: number): Step {
  if (code < 0x30 || code === DEL) return State.escapeIntermediate
  return code < DEL ? 'done' : 'broken'
}

function inCsi(state: State, code: number): Step {
  if (code < 0x20 || code === DEL) return state
  if (code >= BEYOND_C1) return state === State.csiIgnore ? state : 'broken'
  if (code >= 0x40) return 'done'
  if (state === State.csiIgnore) return state
  if (code < 0x30) return State.csiIntermediate
  if (state === State.csiIntermediate) return State.csiIgnore
  const isPrefix = code >= 0x3c
  return isPrefix && state === State.csiParameter ? State.csiIgnore : State.csiParameter
}

function inString(state: State, code: number): Step {
  if (state === State.osc) return code === BEL ? 'done' : state
  if (state === State.dcsRest) return state
  if (code >= BEYOND_C1) return 'broken'
  if (state === State.privateString || code < 0x20 || code === DEL) return state
  if (code >= 0x40) return State.dcsRest
  if (code < 0x30) return State.dcsIntermediate
  if (state === State.dcsIntermediate) return State.dcsRest
  return code >= 0x3c && state === State.dcsParameter ? State.dcsRest : State.dcsParameter
}
