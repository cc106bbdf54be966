/** Measures JSON before it becomes objects, which take many times as much memory. */

export interface JsonLimits {
  readonly values: number
  /** How deep lists and objects may be in each other. */
  readonly levels: number
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPENING = new Set([0x5b, 0x7b])
const CLOSING = new Set([0x5d, 0x7d])

/** What of some JSON is above the limits; null for JSON within them. What is not JSON may be either. */
export function aboveLimits(bytes: Uint8Array, limits: JsonLimits): keyof JsonLimits | null {
  let [levels, values, isText] = [0, 1, false]
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (isText) {
      if (byte === BACKSLASH) at++
      else if (byte === QUOTE) isText = false
    } else if (byte === QUOTE) isText = true
    else if (byte === COMMA) values++
    else if (OPENING.has(byte)) {
      values++
      if (++levels > limits.levels) return 'levels'
    } else if (CLOSING.has(byte)) levels--
  }
  return values > limits.values ? 'values' : null
}
