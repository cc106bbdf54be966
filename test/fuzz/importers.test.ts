/** Foreign files of every kind, made up and mutated: nothing throws or hangs, and what is imported is read back. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { draftsToYaml, FORMATS, parseQuestions } from '../../exam'
import { decodeText } from '../../shared/system/decode-text'
import { fuzz, fuzzTimeout } from './fuzz'

const GIFT =
  '// [id:one] [tag:NET-05]\n::One::[markdown]Which\\: one?{\n=%100%this#good\n~%-50%that#bad\n####Because.\n}\n\nTrue?{T}\n\nMany?{~%50%a ~%50%b ~c}\n'
const XML =
  '<?xml version="1.0"?>\n<quiz>\n<question type="multichoice"><name><text>one</text></name><questiontext format="html"><text><![CDATA[<p>Which &lt;one&gt;?</p>]]></text></questiontext><single>true</single><answer fraction="100" format="html"><text>this</text><feedback><text>good</text></feedback></answer><answer fraction="0"><text>that</text></answer><tags><tag><text>NET-05</text></tag></tags></question>\n<question type="essay"/>\n</quiz>\n'
const AIKEN = 'Which one?\nA. this\nB) that\nANSWER: A\n\nNext?\na. x\nb. y\nanswer: b\n'
const CSV =
  'id,objectives,kind,stem,option1,right1,why1,option2,right2\none,NET-05,choice,"Which, ""one""?",this,yes,good,that,no\n'
const ANKI =
  '#separator:tab\n#html:false\n"Which one?\n\nA) this\nB) that"\t"A\n\nBecause.\n\nB) bad"\tid=one NET-05\n'
const YAML =
  '- id: one-two\n  objectives: [NET-05]\n  kind: choice\n  difficulty: easy\n  stem: Which?\n  options:\n    - { text: this, right: true }\n    - { text: that }\n  explanation: Because.\n  source: here\n'

const SAMPLES: Readonly<Record<string, string>> = {
  gift: GIFT,
  'moodle-xml': XML,
  aiken: AIKEN,
  csv: CSV,
  anki: ANKI,
}

/** Pieces that mean something to one of the formats, or to nothing. */
const PIECES = [
  '{',
  '}',
  '=',
  '~',
  '#',
  '####',
  '::',
  ':',
  '%50%',
  '%',
  '->',
  '\\',
  '\\n',
  '//',
  '$CATEGORY: a',
  '[html]',
  '[tag:a]',
  'T',
  'F',
  '<',
  '>',
  '</',
  '/>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<question type="multichoice">',
  '</question>',
  '<text>',
  '</text>',
  '<answer fraction="100">',
  '</answer>',
  '<single>',
  '<__proto__>',
  '&amp;',
  '&#0;',
  '&',
  '<quiz>',
  '</quiz>',
  '<?xml ?>',
  'A. ',
  'B) ',
  'ANSWER: A',
  'ANSWER:',
  ',',
  ';',
  '\t',
  '"',
  '""',
  'option1',
  'right1',
  'yes',
  'stem',
  '- ',
  ': ',
  '*a',
  '&a',
  '|',
  '\n',
  '\n\n',
  '\r',
  '\r\n',
  '\0',
  '\ufeff',
  '\ud800',
  '\u202e',
  '\u2028',
  ' ',
  'word',
  'ü',
  '🐳',
  '1e999',
  '-',
  '__proto__',
  'constructor',
]

const soup = fc
  .array(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...PIECES) }, fc.string()), { maxLength: 80 })
  .map((parts) => parts.join(''))

/** A sample with some parts taken out, doubled, or replaced. */
function mutated(sample: string): fc.Arbitrary<string> {
  const change = fc.tuple(
    fc.nat(sample.length),
    fc.nat(40),
    fc.oneof(fc.constantFrom(...PIECES), fc.constant(null)),
    fc.integer({ min: 1, max: 300 }),
  )
  return fc.array(change, { minLength: 1, maxLength: 6 }).map((changes) =>
    changes.reduce((text, [at, length, piece, times]) => {
      const cut = text.slice(at, at + length)
      const put = piece === null ? cut + cut : times > 290 ? piece.repeat(times) : piece
      return text.slice(0, at) + put + text.slice(at + length)
    }, sample),
  )
}

/** Imports a text as the command does, and checks what was promised about it. */
function importAll(format: string, text: string): void {
  const { drafts, problems } = FORMATS[format]?.read(text, 'in') ?? expect.fail()
  const written = draftsToYaml(drafts, { objectives: ['NET-05'], source: 'in', prefix: 'in', file: 'in' })
  const lines = text.split(/\r\n?|\n/).length + 1
  for (const { line, message, help, file } of [...problems, ...written.problems]) {
    expect(file).toBe('in')
    expect(line).toBeGreaterThanOrEqual(1)
    expect(line, message).toBeLessThanOrEqual(lines)
    expect(message && help).not.toBe('')
  }
  expect(drafts.length + problems.length, 'something is said about every file').toBeGreaterThan(0)
  for (const { text: yaml, items } of written.files) {
    const read = parseQuestions({ file: 'x/in.yaml', text: yaml })
    expect(read.problems).toEqual([])
    expect(read.items).toHaveLength(items)
  }
  const kept = written.files.reduce((sum, { items }) => sum + items, 0)
  expect(kept + written.problems.length, 'each question is kept, or told').toBe(drafts.length)
}

test.each(Object.keys(SAMPLES))(
  '%s: random and mutated files',
  { timeout: fuzzTimeout(2) },
  async (format) => {
    await fuzz(`${format} soup`, soup, (text) => importAll(format, text))
    await fuzz(`${format} mutated`, mutated(SAMPLES[format] ?? ''), (text) => importAll(format, text))
  },
)

test('questions: random and mutated files', { timeout: fuzzTimeout() }, async () => {
  await fuzz('questions', fc.oneof(soup, mutated(YAML)), (text) => {
    const { items, problems } = parseQuestions({ file: 'x/in.yaml', text })
    for (const { line, message } of problems) expect(line >= 1 && message !== '').toBe(true)
    for (const { options } of items) expect(options.some(({ right }) => right)).toBe(true)
  })
})

test('bytes of every kind are text, or told', { timeout: fuzzTimeout() }, async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc
      .tuple(
        fc.constantFrom([0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf], []),
        fc.string({ unit: 'binary' }),
      )
      .map(([mark, text]) => Uint8Array.from([...mark, ...Buffer.from(text)])),
    fc.string().map((name) => new TextEncoder().encode(`<?xml version="1.0" encoding="${name}"?><quiz/>`)),
  )
  await fuzz('bytes', bytes, (content) => {
    const decoded = decodeText(content)
    if (decoded.text === null) expect(decoded.problem).not.toBe('')
    else importAll('gift', decoded.text)
  })
})
