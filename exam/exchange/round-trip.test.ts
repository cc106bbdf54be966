/** Questions of every kind of text go out and come back in each format as they were, or what is lost is told. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Item, textsDiffer } from '../format'
import { stemWithExhibits } from './exhibits'
import { FORMATS } from './formats'
import { fromPlain, toPlain } from './markdown'

/** Texts that mean something to one of the formats, to Markdown, or to HTML. */
const PIECES = [
  'docker run',
  '-it <image> sh',
  '{{.Names}}',
  '{a}',
  '= b',
  '~c',
  '#d',
  ':e:',
  '::f::',
  '\\g',
  '\\n',
  '%50%',
  'A. h',
  'B) i',
  'ANSWER: C',
  '<b>j</b>',
  '&amp;',
  ']]>',
  '"k"',
  "'l'",
  'm, n; o',
  '=1+1',
  '__init__',
  '*p*',
  '`q`',
  '[r](s)',
  '1. t',
  '- u',
  '> v',
  '# w',
  '$CATEGORY: x',
  '//y',
  'grün 🐳 日本',
  '$x$',
  'www.example.com',
]
const plain = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) =>
    parts
      .join(' ')
      .replace(/[\s\p{Cc}\p{Cs}\ufffd-\uffff]+/gu, ' ')
      .trim(),
  )
  .filter((text) => /[\p{L}\p{N}]/u.test(text))
/** Markdown that shows exactly the text, sometimes with code beside it. */
const text = fc
  .tuple(plain, fc.option(fc.constantFrom('`docker ps -a`', '**bold**', '`{{json .}}`'), { nil: '' }))
  .map(([words, more]) => [fromPlain(words), more].filter(Boolean).join(' '))
const block = fc
  .tuple(
    text,
    fc.option(fc.constantFrom('```\nFROM a\n  RUN b \\\n    # c\n```', '- one\n- two'), { nil: '' }),
  )
  .map((parts) => parts.filter(Boolean).join('\n\n'))

const code = fc
  .array(fc.constantFrom('FROM a', '  RUN b \\', '# c', '```', '*d*', 'A) e', '<f>', ''), {
    minLength: 1,
    maxLength: 4,
  })
  .map((lines) => `x\n${lines.join('\n')}\nz\n`)
const title = fc.option(fc.constantFrom('docker ps', 'compose.yaml on `node1`', 'a *b* _c_'), {
  nil: undefined,
})
const textExhibit = fc
  .tuple(fc.constantFrom('dockerfile' as const, 'output' as const), code, title)
  .map(([kind, text, own]): Item['exhibits'][number] => ({
    kind,
    text,
    ...(own !== undefined && { title: own }),
  }))
const DRAWING: Item['exhibits'][number] = {
  kind: 'topology',
  nodes: [
    { id: 'a', kind: 'manager', label: 'the first, 10.0.0.1' },
    { id: 'b', kind: 'network' },
  ],
  links: [
    { from: 'a', to: 'b', label: 'port: 80' },
    { from: 'b', to: 'a' },
  ],
}
const exhibit = fc.oneof(textExhibit, fc.constant(DRAWING))

const item: fc.Arbitrary<Item> = fc
  .record({
    stem: block,
    explanation: block,
    options: fc.array(fc.record({ text, right: fc.boolean(), why: fc.option(text, { nil: null }) }), {
      minLength: 2,
      maxLength: 6,
    }),
    exhibits: fc.array(exhibit, { maxLength: 2 }),
    tags: fc.uniqueArray(fc.constantFrom('chapter-3', 'own words', 'x=y', '100%'), { maxLength: 3 }),
  })
  .filter(({ options }) => {
    const right = options.filter((option) => option.right).length
    return right > 0 && right < options.length && textsDiffer(options.map((option) => option.text))
  })
  .map(({ options, ...rest }) => ({
    ...rest,
    id: 'net-one',
    template: null,
    domain: 'networking',
    objectives: ['NET-05', 'NET-06'],
    kind: options.filter(({ right }) => right).length > 1 ? ('multiple' as const) : ('choice' as const),
    difficulty: 'hard' as const,
    options: options.map((option, id) => ({ ...option, id })),
    source: 'measured on Docker 26.1',
    versions: '>=23 <29',
    enemies: ['net-two'],
    prompts: [],
    command: null,
    distinct: [],
    category: null,
    proof: undefined,
    unprovable: null,
    place: { file: 'networking/one.yaml', index: 0 },
  }))

/** What a page shows of a text, without regard to how wide its blanks are. */
const shown = (markdown: string | null) =>
  markdown === null ? null : toPlain(markdown).text.replace(/\s+/g, ' ').trim()

interface Texts extends Pick<Item, 'stem' | 'options'> {
  readonly exhibits?: Item['exhibits']
  readonly explanation: string | null
}

function essence({ stem, exhibits, explanation, options }: Texts) {
  return {
    stem: shown(stem),
    exhibits,
    explanation: shown(explanation),
    options: options.map(({ text, right, why }) => [shown(text), right, shown(why)]),
  }
}

test.each(['gift', 'moodle-xml', 'csv', 'anki', 'qti', 'qti3'])('%s: every item comes back', (name) => {
  const { write, read } = FORMATS[name] ?? expect.fail()
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 3 }), (made) => {
      const items = made.map((one, index) => ({ ...one, id: `net-${index + 1}` }))
      const { drafts, problems } = read(write(items).content, 'file')
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
      expect(drafts.map(essence as never)).toEqual(items.map(essence))
      for (const [index, draft] of drafts.entries()) {
        const { kind, objectives, difficulty, source, versions, enemies, tags } =
          items[index] ?? expect.fail()
        expect(draft).toMatchObject({ kind, objectives, difficulty, source, versions, enemies, tags })
      }
    }),
    { numRuns: 60 },
  )
})

test('aiken: every item with one right option comes back as text, and the others are told as lost', () => {
  const { write, read } = FORMATS.aiken ?? expect.fail()
  fc.assert(
    fc.property(item, (one) => {
      const { content, lost } = write([one])
      const [draft] = read(content, 'file').drafts
      const isWhole = lost[0]?.parts[0]?.startsWith('the whole item') ?? false
      if (one.kind === 'multiple') expect(isWhole).toBe(true)
      if (isWhole) return
      expect(shown(draft?.stem ?? '')).toBe(shown(stemWithExhibits(one)))
      expect(draft?.options.map((option) => [shown(option.text), option.right])).toEqual(
        one.options.map((option) => [shown(option.text), option.right]),
      )
      expect(lost[0]?.parts).toContain('its explanation')
    }),
    { numRuns: 100 },
  )
})
