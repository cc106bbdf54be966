/** What is left of a terminal's output when nobody draws it. */

// The patterns are built from text, because the linter takes a control character in a literal for a mistake.
const CSI = '\\[[0-?]*[ -/]*[@-~]'
const STRING = '[\\]PX^_][^\\u0007\\u001b]*(?:\\u0007|\\u001b\\\\)'
const OTHER = '[ -/]+[0-~]|[0-OQ-WYZ\\\\`-~]'
const UNSEEN = new RegExp(
  `\\u001b(?:${CSI}|${STRING}|${OTHER})|[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]`,
  'g',
)

/** The text without escape sequences and control characters, but with its line ends. */
export function plainText(text: string): string {
  return text.replace(UNSEEN, '')
}
