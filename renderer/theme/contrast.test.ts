import { describe, expect, test } from 'vitest'
import { stylesheets, tokensOf } from '../../test/stylesheets'
import { TERMINAL_TOKENS } from './terminal-tokens'

/** WCAG 2.2, success criterion 1.4.3 (level AA) for text of a usual size. */
const LEAST_CONTRAST = 4.5

const css = stylesheets().find(({ path }) => path === 'theme/colours.css')?.text ?? ''
const themes = { dark: tokensOf(css, '[data-theme="dark"]'), light: tokensOf(css, '[data-theme="light"]') }
const paper = tokensOf(css, ':root:root')

type Tokens = ReadonlyMap<string, string>
type Colour = readonly [red: number, green: number, blue: number, alpha: number]

function colour(tokens: Tokens, name: string): Colour {
  const value = tokens.get(name) ?? ''
  const hex = /^#(..)(..)(..)$/.exec(value)?.slice(1)
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN, percent = 100] = hex
    ? hex.map((pair) => Number.parseInt(pair, 16))
    : (/^rgb\((\d+) (\d+) (\d+) \/ (\d+)%\)$/.exec(value)?.slice(1).map(Number) ?? [])
  if (Number.isNaN(red)) throw new Error(`${name} has no colour that this test can read: ${value}`)
  return [red, green, blue, percent / 100]
}

/** The colour that is seen where a colour lies on an opaque ground. */
function over([red, green, blue, alpha]: Colour, ground: Colour): Colour {
  const mix = (top: number, below: number) => top * alpha + below * (1 - alpha)
  return [mix(red, ground[0]), mix(green, ground[1]), mix(blue, ground[2]), 1]
}

function luminance([red, green, blue]: Colour): number {
  const linear = (channel: number) => {
    const part = channel / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

function contrast(one: Colour, other: Colour): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

const GROUNDS = ['--ink-0', '--ink-1', '--ink-2', '--ink-3', '--terminal']
const TINTS = ['--accent-soft', '--green-soft', '--red-soft']

/** Each colour of text with the surfaces that carry it. A tint lies on a card. */
const TEXT_ON: Readonly<Record<string, readonly string[]>> = {
  '--text': [...GROUNDS, ...TINTS],
  '--text-soft': [...GROUNDS, ...TINTS],
  // Too faint for a tint: a chosen task has soft text instead.
  '--text-faint': GROUNDS,
  '--accent': [...GROUNDS, ...TINTS],
  '--green': [...GROUNDS, '--green-soft'],
  '--red': [...GROUNDS, '--red-soft'],
  '--yellow': ['--ink-0', '--ink-1', '--ink-2'],
  '--on-accent': ['--accent', '--accent-strong'],
  '--on-red': ['--red'],
  '--on-yellow': ['--yellow'],
}

const pairs = Object.entries(TEXT_ON).flatMap(([text, grounds]) =>
  grounds.map((ground) => ({ text, ground })),
)

function contrastOf(tokens: Tokens, text: string, ground: string): number {
  const surface = over(colour(tokens, ground), colour(tokens, '--ink-1'))
  return contrast(colour(tokens, text), surface)
}

test('black on white has the contrast that the standard gives it', () => {
  expect(contrast([0, 0, 0, 1], [255, 255, 255, 1])).toBe(21)
  expect(contrast([119, 119, 119, 1], [255, 255, 255, 1])).toBeCloseTo(4.48, 2)
})

test('a half transparent colour is seen half', () => {
  expect(over([255, 0, 0, 0.5], [0, 0, 0, 1])).toEqual([127.5, 0, 0, 1])
})

test('both themes define the same tokens', () => {
  expect(themes.dark.size).toBeGreaterThan(30)
  expect([...themes.light.keys()].sort()).toEqual([...themes.dark.keys()].sort())
})

for (const [theme, tokens] of Object.entries(themes)) {
  describe(`in the ${theme} theme`, () => {
    test.each(Object.entries(TERMINAL_TOKENS))(
      'the terminal reads %s from a plain colour',
      (_name, token) => {
        expect(tokens.get(token)).toMatch(/^#[0-9a-f]{6}$/)
      },
    )

    test.each(pairs)('$text on $ground is readable', ({ text, ground }) => {
      expect(contrastOf(tokens, text, ground)).toBeGreaterThanOrEqual(LEAST_CONTRAST)
    })
  })

  test(`text is readable on paper when the ${theme} theme is printed`, () => {
    const printed = new Map([...tokens, ...paper])
    for (const text of ['--text', '--text-soft', '--text-faint', '--accent', '--green', '--red', '--yellow'])
      for (const ground of ['--ink-0', '--ink-1', '--ink-2', '--terminal', '--green-soft', '--red-soft'])
        expect(contrastOf(printed, text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(
          LEAST_CONTRAST,
        )
  })
}
