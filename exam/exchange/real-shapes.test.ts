/** Shapes of files that programs and people write, beyond what each format says. The words are ours. */
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { problemText } from '../../shared/files'
import { importForeign } from './import'
import { toPlain } from './markdown'

/** Imports a file as the command does: questions as a page shows them, with "*" before what is right. */
function imported(name: string, content: string | Uint8Array) {
  const { format, items, problems, lost, pictures } = importForeign(content, {
    name,
    objective: 'NET-05',
    taken: [],
  })
  const shown = (text: string) => toPlain(text).text
  return {
    format,
    items: items.map(({ stem, options }) => {
      const texts = options.map(({ text, right }) => `${right ? '*' : ''}${shown(text)}`)
      return `${shown(stem)} ${texts.join(' | ')}`
    }),
    categories: items.map(({ category }) => category),
    problems: problems.map(problemText),
    lost: lost.map(({ line, what }) => `${line} ${what}`),
    pictures: pictures.map(({ path }) => path),
  }
}

interface Shape {
  readonly what: string
  readonly name: string
  readonly file: string
  readonly items: readonly string[]
  readonly problems?: readonly RegExp[]
  readonly lost?: readonly string[]
}

const SHAPES: readonly Shape[] = [
  {
    what: 'a category right above its question',
    name: 'a.gift',
    file: '$CATEGORY: one\n::A:: Which?{=a ~b}\n\n// next\n$CATEGORY: two\n// of it\n::B:: Who?{=c ~d}\n',
    items: ['Which? *a | b', 'Who? *c | d'],
  },
  {
    what: 'questions without a blank line between them',
    name: 'a.gift',
    file: '::A:: Which?{\n=a\n~b\n}\n::B:: Who?{=c ~d}\n// of the third\n// [id:third]\n::C:: Where?{=e ~f}\n',
    items: ['Which? *a | b', 'Who? *c | d', 'Where? *e | f'],
  },
  {
    what: 'answers whose braces were forgotten',
    name: 'a.gift',
    file: '::A:: Which?\n=a\n~b\n\nWho?{=c ~d}\n',
    items: ['Who? *c | d'],
    problems: [/:1:1 This question has answers without braces/],
  },
  {
    what: 'options that are colours, and so are feedback',
    name: 'a.gift',
    file: '::A:: Which is red?{=#ff0000 ~#00ff00}\n',
    items: [],
    problems: [/:1:1 Option 1 has no text/],
  },
  {
    what: 'a question that is only a picture',
    name: 'a.gift',
    file: '[html]<img src="a.png">{=a ~b}\n',
    items: [],
    problems: [/:1:1 This question has no text without the picture a.png/],
  },
  {
    what: 'letters before the options',
    name: 'a.gift',
    file: 'Which?{=A) this ~B) that}\n\nWho?{=(a) \\# x ~(b) c}\n\nWhere?{=A) here ~there}\n',
    items: ['Which? *this | that', 'Who? *# x | c', 'Where? *A) here | there'],
    lost: ['1 the letters before its options', '3 the letters before its options'],
  },
  {
    what: 'columns with Spanish names, and a mark at the beginning',
    name: 'a.csv',
    file: '\ufefftema;enunciado;A;B;C;correcta\n1;¿Cuál lista redes?;docker network ls;docker ps;docker net;A\n',
    items: ['¿Cuál lista redes? *docker network ls | docker ps | docker net'],
  },
  {
    what: 'columns with Portuguese, Italian and Polish names',
    name: 'a.csv',
    file: 'Pergunta,alternativa1,alternativa2,Resposta correta\nQual?,isto,aquilo,aquilo\n',
    items: ['Qual? isto | *aquilo'],
  },
  {
    what: 'Italian columns',
    name: 'a.csv',
    file: 'Materia,domanda,risposta1,risposta2,risposta_corretta\nReti,Quale?,questo,quello,questo\n',
    items: ['Quale? *questo | quello'],
  },
  {
    what: 'Chinese columns, letters with commas, and a line of true or false',
    name: 'a.csv',
    file: '题型,题目,选项A,选项B,选项C,答案,解析\n多选,哪些?,甲,乙,丙,"A,C",无\n判断,对吗?,,,,对,\n',
    items: ['哪些? *甲 | 乙 | *丙', '对吗? *True | False'],
    problems: [/:1:1 These columns are not read: 题型/],
  },
  {
    what: 'names in one word, and letters in one word',
    name: 'a.csv',
    file: 'questionText,optionA,optionB,optionC,correctAnswer\nWhich?,this,that,these,AC\n',
    items: ['Which? *this | that | *these'],
  },
  {
    what: 'an answer beside the wrong ones',
    name: 'a.csv',
    file: '# Question, Answer, falseAnswer1, falseAnswer2\nWhich?,this,that,those\n',
    items: ['Which? that | those | *this'],
  },
  {
    what: 'all options in one cell',
    name: 'a.csv',
    file: 'Question,Options,Correct Answer\nWhich or?,&&;or;||,or\nWho?,a|b; c|d,b; c\n',
    items: ['Which or? && | *or | ||', 'Who? a | *b; c | d'],
  },
  {
    what: 'a quote in the middle of a cell',
    name: 'a.csv',
    file: 'question,a,b,answer\nWhat is "it"?,this,a "b" c,a\nWho?,c,d,b\n',
    items: ['What is "it"? *this | a "b" c', 'Who? c | *d'],
  },
  {
    what: 'rows of numbers and nothing else',
    name: 'a.csv',
    file: 'no,question,a,b,answer\n1,Which?,this,that,a\n2,,,,\n',
    items: ['Which? *this | that'],
    problems: [/:1:1 These columns are not read: no/],
  },
  {
    what: 'cells that stand for no option',
    name: 'a.csv',
    file: 'question,a,b,c,d,answer\nWhich?,this,that,N/A,-,a\nWhat is none?,0,null,N/A,,n/a\n',
    items: ['Which? *this | that', 'What is none? 0 | null | *N/A'],
    lost: ['2 the option "-", which stands for none', '2 the option "N/A", which stands for none'],
  },
  {
    what: 'rights behind each option',
    name: 'a.csv',
    file: 'question,option1,is_correct,option2,is_correct\nWhich?,this,0,that,1\n',
    items: ['Which? this | *that'],
  },
  {
    what: 'numbers from 0',
    name: 'a.csv',
    file: 'question,option1,option2,option3,answer\nWhich?,a,b,c,0\nWho?,d,e,f,1\n',
    items: ['Which? *a | b | c', 'Who? d | *e | f'],
    problems: [/:1:1 An answer is 0, so the options are counted from 0/],
  },
  {
    what: 'numbers that may be from 0',
    name: 'a.csv',
    file: 'question,option1,option2,option3,answer\nWhich?,a,b,c,1\nWho?,d,e,f,2\n',
    items: ['Which? *a | b | c', 'Who? d | *e | f'],
    problems: [/:1:1 No answer is the number of a last option/],
  },
  {
    what: 'numbers of options that are numbers',
    name: 'a.csv',
    file: 'question,option1,option2,option3,answer\nHow many?,4,3,2,2\nWhich?,a,b,c,3\nWho?,d,e,f,1\n',
    items: ['How many? 4 | *3 | 2', 'Which? a | b | *c', 'Who? *d | e | f'],
  },
  {
    what: 'texts that are numbers',
    name: 'a.csv',
    file: 'question,option1,option2,option3,answer\nHow many?,4,3,2,2\nWhich?,a,b,c,c\nWho?,d,e,f,4\n',
    items: ['How many? 4 | 3 | *2', 'Which? a | b | *c'],
    problems: [/:4:1 The answer "4" names no option/],
  },
  {
    what: 'a letter with its text',
    name: 'a.csv',
    file: 'question,a,b,answer\nWhich?,this,that,B) that\nWho?,int,Int,Int\n',
    items: ['Which? this | *that', 'Who? int | *Int'],
  },
  {
    what: 'no line with the names of the columns',
    name: 'a.csv',
    file: 'Which?;this;that;1\nWho?;a;b;2\n',
    items: [],
    problems: [/:1:1 The first line names no column for the question.*The first line has their names/],
  },
  {
    what: 'notes with options of their own',
    name: 'a.txt',
    file: '#separator:Semicolon\n#html:true\n#notetype column:1\n#tags column:12\nAllInOne (kprim, mc, sc);"Which<br>one?";First;2;this;<b>that</b>;;;;0 1;docs;Because.;t1\nAllInOne;Which two?;;1;a;b;c;;;1 0 1;;;\nAllInOne;Which?;;2;a;b;;;;1 1;;;\nBasic;What?;A thing\n',
    items: ['Which\none? this | *that', 'Which two? *a | b | *c'],
    problems: [/:7:1 A note with one right option has several/, /:8:1 This note has no options/],
  },
  {
    what: 'quotes in the middle of notes',
    name: 'a.txt',
    file: '#separator:tab\n#html:true\n<b>Which "one"?</b><br>A) this<br>B) that\tB\nWhat <img src="x.png">?\tA thing\n',
    items: ['Which "one"? this | *that'],
    problems: [/:4:1 This note has no options/],
  },
  {
    what: 'formulas of TeX',
    name: 'a.gift',
    file: '[html]What is \\\\(x^2\\\\) and $x$?{=1 ~2}\n\nfind . \\\\( -name a \\\\){=1 ~2}\n',
    items: ['What is \\(x^2\\) and $x$? *1 | 2', 'find . \\( -name a \\) *1 | 2'],
    lost: ['1 the drawing of a formula, which is written as text'],
  },
  {
    what: 'a separator in a line of its own',
    name: 'a.csv',
    file: 'sep=;\nquestion;a;b;answer\nWhich?;this, or;that;a\n',
    items: ['Which? *this, or | that'],
  },
  {
    what: 'notes that Anki 2.1.15 exported: HTML without headers, each on one line',
    name: 'notes.txt',
    file: [
      '<p>Which <code>flag</code> detaches?</p><pre><code>$ docker run<br># one {=two}</code></pre><div><b>A)</b> <code>-d</code></div><div><b>B)</b> <code>-it</code></div>\t<div>A</div> <p>It stands for detach.</p>\tNET-05 difficulty=easy',
      '"<div class=""q"">Who?</div><br>A) c<br>B) d"\tB\t',
    ].join('\n'),
    items: ['Which flag detaches?\n\n$ docker run\n# one {=two} *-d | -it', 'Who? c | *d'],
  },
]

test.each(SHAPES)('$name: $what', ({ name, file, items, problems = [], lost = [] }) => {
  const found = imported(name, file)
  expect(found.items).toEqual(items)
  expect(found.problems).toEqual(problems.map((one) => expect.stringMatching(one)))
  expect(found.lost).toEqual(lost)
})

test('a category counts for the questions right below it', () => {
  const { categories } = imported('a.gift', SHAPES[0]?.file ?? '')
  expect(categories).toEqual(['one', 'two'])
})

const CHOICES = (...texts: string[]) =>
  texts.map((text, at) => `<simpleChoice identifier="${'ABCDEF'[at]}">${text}</simpleChoice>`).join('')

function qtiItem(stem: string, choices: string, { head = '', before = '' } = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${head}
<assessmentItem identifier="one"><responseDeclaration identifier="R" cardinality="single"><correctResponse><value>A</value></correctResponse></responseDeclaration>${before}
<itemBody><p>${stem}</p><choiceInteraction responseIdentifier="R">${choices}</choiceInteraction></itemBody></assessmentItem>`
}

const FORMULA =
  '<m:math xmlns:m="x"><m:mfrac><m:mn>1</m:mn><m:mrow><m:mi>x</m:mi><m:mo>+</m:mo><m:mn>2</m:mn></m:mrow></m:mfrac><m:mo>=</m:mo><m:msup><m:mi>c</m:mi><m:mn>2</m:mn></m:msup></m:math>'

const QTI_SHAPES: readonly Omit<Shape, 'name'>[] = [
  {
    what: 'a DOCTYPE that names nothing',
    file: qtiItem('Which?', CHOICES('this', 'that'), { head: '<!DOCTYPE assessmentItem>' }),
    items: ['Which? *this | that'],
  },
  {
    what: 'formulas in the text and as options',
    file: qtiItem(
      `What is ${FORMULA}?`,
      CHOICES('<math><msqrt><mn>2</mn></msqrt></math>', '<math><mn>3</mn></math>'),
    ),
    items: ['What is 1/(x + 2) = c^2? *√(2) | 3'],
    lost: ['1 the drawing of a formula, which is written as text'],
  },
  {
    what: 'a button for a hint, and elements that are no HTML',
    file: qtiItem(
      'Which <custom>one</custom>?<endAttemptInteraction responseIdentifier="H" title="Hint"/><include href="x.xml"/>',
      CHOICES('<ruby><rb>this</rb></ruby>', 'that'),
    ),
    items: ['Which one? *this | that'],
    lost: ['1 the element for a hint', '1 the element include'],
  },
  {
    what: 'values of a template',
    file: qtiItem('Which <printedVariable identifier="N"/>?', CHOICES('this', 'that'), {
      before: '<templateDeclaration identifier="N"/>',
    }),
    items: [],
    problems: [/:1:1 An item with values of a template/],
  },
  {
    what: 'options that are pictures, which did not come with the item',
    file: qtiItem('<prompt/>Which?', CHOICES('<img src="a.png" alt=""/>', '<img src="b.png" alt=""/>')),
    items: [],
    problems: [/:1:1 Option 1 has no text without the picture a.png, the picture b.png\./],
  },
  {
    what: 'QTI 1.2',
    file: '<?xml version="1.0"?><questestinterop><item ident="a"/></questestinterop>',
    items: [],
    problems: [/:1:1 This is QTI 1.2, which is not read. Export a package of QTI 2.1/],
  },
  {
    what: 'a test without its items',
    file: '<assessmentTest identifier="t"/>',
    items: [],
    problems: [/:1:1 This is a test of QTI without its items/],
  },
]

test.each(QTI_SHAPES)('qti: $what', ({ file, items, problems = [], lost = [] }) => {
  const found = imported('a.xml', file)
  expect(found.format).toBe('qti')
  expect(found.items).toEqual(items)
  expect(found.problems).toEqual(problems.map((one) => expect.stringMatching(one)))
  expect(found.lost).toEqual(lost)
})

const zipOf = (files: Readonly<Record<string, string | Uint8Array>>) =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([path, content]) => [
        path,
        typeof content === 'string' ? strToU8(content) : content,
      ]),
    ),
  )

const ITEM = qtiItem('Which?', CHOICES('this', 'that'))
const utf16 = (text: string) => Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le'))

test.each<[string, Uint8Array, readonly string[], readonly RegExp[]]>([
  ['in UTF-16', zipOf({ 'a.xml': utf16(ITEM) }), ['Which? *this | that'], []],
  [
    'in Latin 1',
    zipOf({ 'a.xml': strToU8(ITEM.replace('UTF-8', 'ISO-8859-1').replace('Which', 'Où'), true) }),
    ['Où? *this | that'],
    [],
  ],
  [
    'in an encoding that is not read',
    zipOf({ 'a.xml': ITEM.replace('UTF-8', 'EBCDIC'), 'b.xml': ITEM }),
    ['Which? *this | that'],
    [/^a.xml:1:1 The encoding of this file is not read/],
  ],
  [
    'of QTI 1.2',
    zipOf({ 'q.xml': '<questestinterop/>' }),
    [],
    [/^q.xml:1:1 This is QTI 1.2, which is not read/],
  ],
  ['of Anki', zipOf({ 'collection.anki21': 'x', media: '{}' }), [], [/^a.zip:1:1 This is a package of Anki/]],
  [
    'of an office program',
    zipOf({ '[Content_Types].xml': '<Types/>' }),
    [],
    [/^a.zip:1:1 .*Save its table as CSV/],
  ],
  ['with nothing of QTI', zipOf({ 'a.txt': 'x' }), [], [/^a.zip:1:1 This package holds no item of QTI/]],
  [
    'with a picture that is too large',
    zipOf({ 'a.xml': ITEM, 'b.png': new Uint8Array(3_000_000) }),
    ['Which? *this | that'],
    [],
  ],
])('a package %s', (_what, zip, items, problems) => {
  const found = imported('a.zip', zip)
  expect(found.items).toEqual(items)
  expect(found.problems).toEqual(problems.map((one) => expect.stringMatching(one)))
})
