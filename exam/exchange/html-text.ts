/** HTML as plain text. Our questions are Markdown, so foreign markup is not kept. One pass, however broken it is. */

const TAG_NAME = /^<\s*(\/?[a-z][a-z0-9]*|!)/i
const LINE_ENDS = new Set(['br', '/p', '/div', '/li'])
const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  amp: '&',
}
/** The name of a tag is not longer than this. */
const LONGEST_NAME = 40

export function htmlText(html: string): string {
  const parts: string[] = []
  let from = 0
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', from)) {
    const [, name] = TAG_NAME.exec(html.slice(open, open + LONGEST_NAME)) ?? []
    const close = name === undefined ? open : html.indexOf('>', open)
    // No further tag can end either, so that a flood of "<" is looked through once.
    if (close < 0) break
    parts.push(html.slice(from, name === undefined ? open + 1 : open))
    if (name !== undefined) parts.push(textOf(name.toLowerCase()))
    from = close + 1
  }
  parts.push(html.slice(from))
  return withEntities(parts.join('')).trim()
}

function textOf(name: string): string {
  if (LINE_ENDS.has(name)) return '\n'
  return name === 'code' || name === '/code' ? '`' : ''
}

/** Each entity is read once: what was escaped twice stays escaped. */
function withEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
