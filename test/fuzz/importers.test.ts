/** Foreign files of every kind, made up and mutated: nothing throws or hangs, and what is imported is read back. */
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
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

const QTI =
  '<?xml version="1.0"?>\n<assessmentItem identifier="one"><responseDeclaration identifier="R" cardinality="single"><correctResponse><value>A</value></correctResponse></responseDeclaration><itemBody><p>Which <b>one</b>? <math><mfrac><mn>1</mn><mi>x</mi></mfrac></math></p><choiceInteraction responseIdentifier="R"><prompt>Say</prompt><simpleChoice identifier="A">this<feedbackInline identifier="A">good</feedbackInline></simpleChoice><simpleChoice identifier="B"><img src="a.png" alt="x"/>that</simpleChoice></choiceInteraction></itemBody><modalFeedback identifier="X">Because.</modalFeedback></assessmentItem>\n'
const MANIFEST =
  '<manifest><resources><resource href="a.xml"><metadata><keyword><langstring>NET-05</langstring></keyword></metadata></resource></resources></manifest>'
/** A question with its exhibits as blocks of code. */
const EXHIBITS =
  '::One::[markdown]Which\\: one?\\n\\n*docker ps*\\n\\n```output\\na  b\\n```\\n\\n```topology\\na\\: host, one\\nb\\: network\\na -- b\\: x\\n```{=this ~that}\n'

const SAMPLES: Readonly<Record<string, string>> = {
  gift: GIFT,
  'moodle-xml': XML,
  aiken: AIKEN,
  csv: CSV,
  anki: ANKI,
  qti: QTI,
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
  '<simpleChoice identifier="A">',
  '</simpleChoice>',
  '<choiceInteraction responseIdentifier="R">',
  '<itemBody>',
  '<value>A</value>',
  '<math>',
  '</math>',
  '<mfrac>',
  '<table><tr><td>',
  '<pre>',
  '<!DOCTYPE a>',
  '```output',
  '*a*',
  ' -- ',
  '答案',
  '选项A',
  'N/A',
  'sep=;',
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
  importAnd(format, text, ({ line, message, file }) => {
    expect(file).toBe('in')
    expect(line, message).toBeLessThanOrEqual(text.split(/\r\n?|\n/).length + 1)
  })
}

/** @param place looks at where a problem is */
function importAnd(
  format: string,
  content: string | Uint8Array,
  place: (problem: { file: string; line: number; message: string }) => void,
): void {
  const { drafts, problems } = FORMATS[format]?.read(content, 'in') ?? expect.fail()
  const written = draftsToYaml(drafts, { objectives: ['NET-05'], source: 'in', prefix: 'in', file: 'in' })
  for (const problem of [...problems, ...written.problems]) {
    const { line, message, help } = problem
    expect(line).toBeGreaterThanOrEqual(1)
    expect(message && help).not.toBe('')
    place(problem)
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

test('gift: random and mutated exhibits', { timeout: fuzzTimeout() }, async () => {
  await fuzz('exhibits', mutated(EXHIBITS), (text) => importAll('gift', text))
})

/** Files of a package, some of them not those that it says. */
const packed = fc
  .record({
    item: fc.oneof(mutated(QTI), soup),
    manifest: fc.oneof(mutated(MANIFEST), soup),
    picture: fc.uint8Array({ maxLength: 200 }),
    path: fc.oneof(fc.constantFrom('a.xml', '../a.xml', '__proto__', 'b/c.qti', 'a.png'), fc.string()),
  })
  .map(({ item, manifest, picture, path }) =>
    zipSync({
      'imsmanifest.xml': strToU8(manifest),
      'a.xml': strToU8(item),
      'a.png': picture,
      [`x${path}`]: strToU8(item),
    }),
  )
const bytesChanged = fc
  .tuple(packed, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }), fc.option(fc.nat()))
  .map(([zip, changes, cut]) => {
    const changed = Uint8Array.from(zip)
    for (const [at, byte] of changes) changed[at % changed.length] = byte
    return cut === null ? changed : changed.subarray(0, cut % changed.length)
  })

test('qti: packages of random and mutated files, and broken packages', {
  timeout: fuzzTimeout(2),
}, async () => {
  await fuzz('packages', packed, (zip) => importAnd('qti', zip, () => undefined))
  await fuzz('broken packages', bytesChanged, (zip) => importAnd('qti', zip, () => undefined))
})

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
