/** Hostile texts within the limit of a step, through what the page does. The limit of a test's time is its assertion. */
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { Markdown } from './markdown'
import { isTooIntricate } from './markdown-limits'

const SIZE = 32 * 1024
const full = (text: string) => text.repeat(Math.ceil(SIZE / text.length)).slice(0, SIZE)
/** The same in blocks that are just small enough. */
const inBlocks = (text: string) => full(`${text.repeat(Math.floor(2_000 / text.length))}\n\n`)
const row = (cell: string, cells: number) => `|${`${cell}|`.repeat(cells)}\n`

describe('a hostile text is shown, and hangs nothing', () => {
  const parts = [
    '>',
    '> ',
    '_a__b*',
    'www.a_',
    '](',
    '[',
    '![',
    '*a',
    '~~a~',
    'a@',
    '`a``b',
    '<a ',
    '- ',
    '[a](',
    '&',
  ]
  test.each([
    ...parts.map((part): [string, string] => [`${part} without end`, full(part)]),
    ...parts.map((part): [string, string] => [`${part} in blocks`, inBlocks(part)]),
    ['a wide table', row('a', 2_000) + row('-', 2_000) + row('', 0).repeat(9_000)],
    ['tables', full(row('a', 40) + row('-', 40) + row('', 0).repeat(40).concat('\n'))],
    ['quotes in quotes', Array.from({ length: 200 }, (_one, deep) => '> '.repeat(deep)).join('a\n')],
    ['quotes in lists', full(`${'> - '.repeat(500)}a\n`)],
  ])(
    '%s',
    (_what, text) => {
      expect(renderToStaticMarkup(<Markdown text={text} />)).toContain('markdown')
    },
    30_000,
  )
})

test.each([
  ['prose', full('Do *this*, then [see](https://docs.docker.com) `it`.\n\n')],
  ['code', full('```sh\ndocker run --rm -it alpine\n```\n\n')],
  ['a table', row('a', 8) + row('-', 8) + row('b', 8).repeat(30)],
  ['a quote in a quote', '> > a\n> > b\n'],
  ['an arrow of logs', `${'=> '.repeat(40)}`],
])('%s is laid out', (_what, text) => {
  expect(isTooIntricate(text)).toBe(false)
})

test('a text that is too intricate is shown as it is', () => {
  expect(renderToStaticMarkup(<Markdown text={full('<b>')} />)).toContain('&lt;b&gt;&lt;b&gt;')
})
