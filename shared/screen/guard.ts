/**
 * Keeps escape sequences whole and harmless.
 *
 * Whole: a page that attaches gets the screen first and the stream from there on. If a sequence were cut in two at that
 * point, the page would show its second half as text.
 *
 * Harmless: xterm.js takes every number as it comes, and "scroll by two thousand million lines" is a loop of as many
 * turns. It collects strings of ten million characters. Nobody needs either.
 */
import { isCsi, isString, opened, State, stepIn } from './escape-states'

/** No number in a sequence is larger. */
export const LARGEST_NUMBER = 9_999
/** A string, such as a title, a link or a text for the clipboard, that is longer is left out. In characters. */
export const LONGEST_STRING = 65_536
/** Other sequences end here at the latest, and what follows is text again. In characters. */
export const LONGEST_SEQUENCE = 1_024
/** A string that is left out ends here at the latest, and what follows is text again. In characters. */
export const LONGEST_DROP = 1_048_576

export interface GridSize {
  readonly cols: number
  readonly rows: number
}

const ANY_SIZE: GridSize = { cols: LARGEST_NUMBER, rows: LARGEST_NUMBER }
const ESC = '\u001b'
const BACKSLASH = 0x5c

/** The sets are built from text, because the linter takes a control character in a pattern for a mistake. */
const anyOf = (set: string) => new RegExp(`[${set}]`, 'g')

const OPENS = anyOf('\\u001b\\u0080-\\u009f')
const MAY_END = anyOf('\\u0007\\u0018\\u001a\\u001b\\u0080-\\u009f')
const MAY_END_PRIVATE = anyOf('\\u0018\\u001a\\u001b\\u0080-\\uffff')
/** Controls that a terminal obeys in the middle of a sequence, and those that break one off and are obeyed then. */
const OBEYED = anyOf('\\u0000-\\u0017\\u0019\\u001c-\\u001f\\u0080-\\u008f\\u0091-\\u0097\\u0099\\u009a')
const C0 = anyOf('\\u0000-\\u001f')
/** A string begins with ESC and a letter. Between the two a terminal obeys controls, and leaves DEL out. */
const BEFORE_STRING = new RegExp(`^\\u001b(?:${C0.source}|\\u007f)*`)
const UNSEEN = new RegExp(`${OBEYED.source}|\\u007f`, 'g')
const HAS_UNSEEN = new RegExp(UNSEEN.source)
/** What does its work once for each line or column that it is told, and so needs no more than the screen has. */
const [PER_ROW, PER_COLUMN] = ['STLM', 'IZb']
/**
 * What programs print all day: a sequence with few and small numbers, or a short string with its end. It passes as it
 * is. This is only faster; the states would come to the same.
 */
const NUMBER = '[0-9]?[0-9]?[0-9]?[0-9]?'
const ORDINARY = new RegExp(
  [
    `\\u001b(?:\\[[<-?]?${NUMBER}(?:;${NUMBER}(?:;${NUMBER}(?:[;:]${NUMBER}){0,9})?)?[@A-HJKN-RU-Yac-z]`,
    '\\][ -~]{0,256}(?:\\u0007|\\u001b\\\\)',
    '[(-+][0-~]|[7-9=>DEHMc])',
  ].join('|'),
  'y',
)
const MAY_BE_LARGE = /\d{5}|\d{2}[STLMIZb]$/

export class EscapeGuard {
  #state: State = State.ground
  /** What earlier pieces have of the open sequence. It is empty when the sequence is too long to be kept. */
  #held = ''
  /** Characters that earlier pieces have of it. */
  #heldLength = 0
  #size = ANY_SIZE
  #text = ''
  /** What is ready of the piece, and where the rest of it begins that is not. */
  #passed = ''
  #from = 0
  /** Where the open sequence begins in the piece. */
  #start = 0

  /**
   * Holds back the beginning of a sequence until its end has come. A terminal shows nothing until then anyway.
   * @param size of the screen, if there is one: what counts its lines or columns is cut to it
   * @returns the text up to the last whole sequence, without what is too long, and with smaller numbers
   */
  push(text: string, size: GridSize = ANY_SIZE): string {
    this.#text = text
    this.#size = size
    this.#passed = ''
    this.#from = 0
    this.#start = 0
    let at = 0
    while (at < text.length) at = this.#state === State.ground ? this.#open(at) : this.#follow(at)
    const end = this.#state === State.ground ? text.length : this.#start
    const passed = this.#passed + text.slice(this.#from, end)
    if (this.#state !== State.ground) this.#hold()
    this.#text = ''
    this.#passed = ''
    return passed
  }

  #open(at: number): number {
    const start = indexOf(OPENS, this.#text, at)
    ORDINARY.lastIndex = start
    if (ORDINARY.test(this.#text)) return ORDINARY.lastIndex
    this.#start = start
    if (start < this.#text.length) this.#state = opened(this.#text.charCodeAt(start))
    return start + 1
  }

  /** Takes the next character that matters. @returns where to go on */
  #follow(from: number): number {
    const at = this.#skip(from)
    const last = this.#last()
    if (at >= last) return this.#end(last, false)
    if (at >= this.#text.length) return at
    const code = this.#text.charCodeAt(at)
    if (this.#state === State.stringEscape)
      return code === BACKSLASH ? this.#end(at + 1) : this.#endByEscape(at)
    const step = stepIn(this.#state, code)
    if (step === 'done') return this.#end(at + 1)
    if (step === 'broken') return this.#end(at + 1, false)
    if (step === 'begins-another') return this.#end(at, false)
    this.#state = step
    return at + 1
  }

  /** Jumps over text inside of strings. */
  #skip(at: number): number {
    if (this.#state === State.osc || this.#state === State.dcsRest) return indexOf(MAY_END, this.#text, at)
    return this.#state === State.privateString ? indexOf(MAY_END_PRIVATE, this.#text, at) : at
  }

  /** Where in the piece the open sequence ends at the latest. */
  #last(): number {
    return this.#start - this.#heldLength + (isString(this.#state) ? LONGEST_DROP : LONGEST_SEQUENCE)
  }

  /** The open sequence is over. @returns its end */
  #end(end: number, isWhole = true): number {
    const inPiece = this.#heldLength === 0 && end - this.#start <= LONGEST_STRING
    const sequence = this.#sequence(end)
    const kept = isWhole ? this.#tamed(sequence) : this.#remains(sequence)
    if (!inPiece || kept !== sequence) this.#settle(end, kept)
    this.#state = State.ground
    return end
  }

  /** Another sequence has ended a string. The string gets an end of its own, so that it is whole. */
  #endByEscape(at: number): number {
    const sequence = this.#sequence(at)
    this.#settle(at, sequence && `${sequence}\\`)
    this.#state = State.escape
    this.#held = ESC
    this.#heldLength = 1
    this.#start = at
    return at
  }

  /** The open sequence up to there; empty when it is too long. */
  #sequence(end: number): string {
    const length = this.#heldLength + end - this.#start
    return length > LONGEST_STRING ? '' : this.#held + this.#text.slice(this.#start, end)
  }

  /** Puts something in the place of the open sequence. */
  #settle(end: number, kept: string): void {
    this.#passed += this.#text.slice(this.#from, this.#start) + kept
    this.#from = end
    this.#held = ''
    this.#heldLength = 0
  }

  #hold(): void {
    const { length } = this.#text
    this.#held = this.#sequence(length)
    this.#heldLength += length - this.#start
  }

  /** The sequence with numbers that a terminal can work through. */
  #tamed(sequence: string): string {
    if (!isCsi(this.#state) || !(MAY_BE_LARGE.test(sequence) || HAS_UNSEEN.test(sequence))) return sequence
    const final = sequence.slice(-1)
    const { cols, rows } = this.#size
    const largest = PER_ROW.includes(final) ? rows : PER_COLUMN.includes(final) ? cols : LARGEST_NUMBER
    const obeyed = sequence.match(OBEYED)?.join('') ?? ''
    return (
      obeyed +
      sequence
        .replace(UNSEEN, '')
        .replace(/\d+/g, (digits) => (Number(digits) > largest ? String(largest) : digits))
    )
  }

  /**
   * What a terminal obeys of a sequence that has been broken off. In a string that is only what stands before the string
   * begins, and what has broken it off.
   */
  #remains(sequence: string): string {
    const obeyed = isString(this.#state)
      ? (BEFORE_STRING.exec(sequence)?.[0] ?? '') + sequence.slice(-1).replace(C0, '')
      : sequence
    return obeyed.match(OBEYED)?.join('') ?? ''
  }
}

function indexOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex - 1 : text.length
}
