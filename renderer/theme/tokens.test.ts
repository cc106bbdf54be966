import { describe, expect, test } from 'vitest'
import { type Declaration, declarations, scripts, stylesheets, withoutComments } from '../../test/stylesheets'

const MOST_LINES = 250
const SCALES = 'theme/tokens.css'
const COLOURS = 'theme/colours.css'
const sheets = stylesheets()
const features = sheets.filter(({ path }) => path !== SCALES && path !== COLOURS)
const declared = features.flatMap(declarations)

/** A custom property cannot stand in a media query, so the widths at which pages change are listed here. */
const BREAKPOINTS = ['1040px', '560px', '640px', '720px', '760px', '860px', '899px']

const SIZE = /(?<![\w.-])-?\d*\.?\d+(?:px|r?em|pt|m?s)\b/g
const COLOUR = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|lab|lch|oklab|oklch|hwb)a?\(/i
/** The thinnest line that a screen can draw is no step of a scale. */
const HAIRLINE = /^-?1px$/
const HAIRLINE_PROPERTY = /^(border|outline|box-shadow|width|height|top|bottom|left|right|transform)/
/** A size that no other rule shares says in a comment what it is. */
const ONE_OF_A_KIND = /^One of a kind: .{10,}\.$/

function literalSizes({ property, value, comment }: Declaration): string[] {
  if (ONE_OF_A_KIND.test(comment ?? '')) return []
  const sizes = value.match(SIZE) ?? []
  const allowed = HAIRLINE_PROPERTY.test(property) ? HAIRLINE : /^$/
  return sizes.filter((size) => !allowed.test(size))
}

const inWords = ({ path, property, value }: Declaration) => `${path}: ${property}: ${value}`

describe('stylesheets', () => {
  test('are all read', () => {
    expect(features.length).toBeGreaterThan(50)
    expect(declared.length).toBeGreaterThan(1_500)
  })

  test(`have no more than ${MOST_LINES} lines`, () => {
    const long = sheets.filter(({ text }) => text.trimEnd().split('\n').length > MOST_LINES)
    expect(long.map(({ path }) => path)).toEqual([])
  })

  test('say in their first line what they are for', () => {
    const silent = sheets.filter(({ text }) => !/^\/\* [A-Z].*[.:]/.test(text))
    expect(silent.map(({ path }) => path)).toEqual([])
  })

  test('are each imported by a script', () => {
    const code = scripts()
      .map(({ text }) => text)
      .join('\n')
    const forgotten = sheets.filter(({ path }) => !code.includes(`/${path.split('/').at(-1)}'`))
    expect(forgotten.map(({ path }) => path)).toEqual([])
  })
})

describe('sizes and colours come from the tokens', () => {
  test('no declaration has a literal size', () => {
    expect(declared.filter((one) => literalSizes(one).length > 0).map(inWords)).toEqual([])
  })

  test('a literal size, a hairline in the wrong place and a size without its reason are found', () => {
    const found = (property: string, value: string, comment: string | null = null) =>
      literalSizes({ path: 'x.css', property, value, comment })
    expect(found('padding', 'var(--space-2) 7px')).toEqual(['7px'])
    expect(found('padding', '1px')).toEqual(['1px'])
    expect(found('border', '1px solid var(--line)')).toEqual([])
    expect(found('border', '2px solid var(--line)')).toEqual(['2px'])
    expect(found('margin', 'calc(-1 * 0.5rem)')).toEqual(['0.5rem'])
    expect(found('transition', 'color 0.3s')).toEqual(['0.3s'])
    expect(found('height', '244px', 'Because.')).toEqual(['244px'])
    expect(found('height', '244px', 'One of a kind: six choices.')).toEqual([])
    expect(found('grid-template-columns', 'minmax(0, 1.5fr) 40% 20ch')).toEqual([])
  })

  test('type has its size, weight, leading and layer from a scale', () => {
    const scaled = /^(font-size|font-weight|line-height|letter-spacing|z-index)$/
    const isFree = ({ property, value }: Declaration) =>
      property === 'font'
        ? /(?<![\w-])\d/.test(value)
        : scaled.test(property) && !/^(var\(--[\w-]+\)|inherit|0)$/.test(value)
    const free = declared.filter(isFree)
    expect(free.map(inWords)).toEqual([])
  })

  test('no declaration has a literal colour', () => {
    expect(declared.filter(({ value }) => COLOUR.test(value)).map(inWords)).toEqual([])
  })

  test('pages change at few widths', () => {
    const widths = features.flatMap(({ text }) =>
      [...text.matchAll(/@media \(m(?:ax|in)-width: ([^)]+)\)/g)].map(([, width = '']) => width),
    )
    expect([...new Set(widths)].sort()).toEqual(BREAKPOINTS)
  })
})

describe('tokens', () => {
  const defined = new Set(
    sheets.flatMap(({ text }) =>
      [...withoutComments(text).matchAll(/(?<![\w-])(--[\w-]+):/g)].map(([, name]) => name),
    ),
  )
  const used = new Set([
    ...sheets.flatMap(({ text }) =>
      [...withoutComments(text).matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name),
    ),
    ...scripts().flatMap(({ text }) => [...text.matchAll(/'(--[a-z][\w-]*)'/g)].map(([, name]) => name)),
  ])

  test('that are used are defined', () => {
    // React Aria sets the level of a tree's item on the item itself.
    const known = new Set([...defined, '--tree-item-level'])
    expect([...used].filter((name) => !known.has(name))).toEqual([])
  })

  test('that are defined are used', () => {
    expect([...defined].filter((name) => !used.has(name))).toEqual([])
  })

  test('of the scale of spacing are two pixels a step', () => {
    const tokens = sheets.find(({ path }) => path === SCALES)?.text ?? ''
    const steps = [...tokens.matchAll(/--space-(\d+): calc\((\d+)px \* var\(--density\)\);/g)]
    expect(steps.length).toBeGreaterThan(10)
    for (const [, step, pixels] of steps) expect(Number(pixels)).toBe(2 * Number(step))
  })
})
