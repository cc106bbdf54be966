/** Small files in the shapes that teachers' programs write, each with what must become of it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { problemText } from '../../shared/files'
import { EXCHANGE_FILES, readExchangeFile } from '../../test/exchange-files'
import { parseQuestions } from '../format'
import { FORMATS } from './formats'
import { importForeign } from './import'
import { toPlain } from './markdown'

interface Right {
  readonly format: string | null
  /** The text of the stem, then options with "*" before the right ones, as a page shows them. */
  readonly items: readonly string[]
  readonly problems?: readonly RegExp[]
  readonly lost?: readonly string[]
}

const DETACH = 'Which flag detaches? *-d | -it'
const GERMAN = 'Welcher Schalter löst ab? *-d | -it'
const NO_OPTIONS = /This note has no options to choose from/

const FILES: Readonly<Record<string, Right>> = {
  'a01-lower-case.txt': {
    format: 'aiken',
    items: [
      'Which command lists images? *docker image ls | docker ps',
      'Which command lists networks? *docker network ls | docker net',
    ],
  },
  'a02-two-answers.txt': {
    format: 'aiken',
    items: ['Which two list things? *docker ps | *docker image ls | docker run'],
  },
  'a04-no-space.txt': { format: 'aiken', items: [DETACH] },
  'a06-answer-with-text.txt': {
    format: 'aiken',
    items: [
      'Which flag publishes a port? *-p | -P is for all',
      'Which flag names a container? *--name | --tag',
    ],
  },
  'a07-gift-in-txt.txt': { format: 'gift', items: ['Which flag names a container? *--name | --tag'] },
  'b01-fifty-one.txt': {
    format: 'aiken',
    items: Array.from(
      { length: 51 },
      (_one, at) => `Which of these numbers is ${at + 1}? *${at + 1} | ${at + 2}`,
    ),
  },
  'c01-semicolons.csv': {
    format: 'csv',
    items: ['Welcher Befehl zeigt Container? *docker ps | docker images'],
  },
  'c02-common-headers.csv': {
    format: 'csv',
    items: ['Which command lists containers? *docker ps | docker images | docker net | docker run'],
  },
  'c04-one-comma-too-many.csv': {
    format: 'csv',
    items: [DETACH, 'Which flag names? *--name | --tag'],
    problems: [/^c04-one-comma-too-many.csv:3:1 This line has more cells/],
  },
  'c05-capital-headers.csv': { format: 'csv', items: [DETACH] },
  'c07-kind-choice-two-right.csv': {
    format: 'csv',
    items: [
      'Which list things? *docker ps | *docker images | docker run',
      'Which flag detaches? *-d | -it | -t',
    ],
    problems: [/:2:1 2 options of a choice are right: it is a multiple now/, /:4:1 right1 is "ja"/],
  },
  'e01-latin1.gift': { format: 'gift', items: [GERMAN] },
  'e03-bom.gift': { format: 'gift', items: [GERMAN] },
  'e04-bom.txt': { format: 'aiken', items: [GERMAN] },
  'e05-latin1.txt': { format: 'aiken', items: [GERMAN] },
  'e07-bom.xml': { format: 'moodle-xml', items: [GERMAN] },
  'e08-old-mac.txt': { format: 'aiken', items: [GERMAN] },
  'e09-empty.gift': { format: 'gift', items: [], problems: [/:1:1 No question was found/] },
  'g01-colon-before-brace.gift': {
    format: 'gift',
    items: [
      "The newest lines of a container's log are shown by: *docker logs --tail 5 web | docker top web",
      'Which command stops a container? *docker stop web | docker pause web',
    ],
  },
  'g03-html-paragraph.gift': {
    format: 'gift',
    items: ['Which command lists the containers that run? *docker ps | docker images'],
  },
  'g04-part-credit.gift': {
    format: 'gift',
    items: [
      'What says how large an image is? docker history, if you add it up | *docker image ls | docker ps',
    ],
    lost: ['1 size: options with a part of the points (50 %), which count as wrong'],
  },
  'g05-true-false.gift': {
    format: 'gift',
    items: [
      'An image is made of layers. *True | False',
      'A container runs a kernel of its own. True | *False',
    ],
  },
  'g06-category.gift': {
    format: 'gift',
    items: ['Which driver does a new network get without a flag? *bridge | overlay'],
  },
  'g07-percent-sign-in-option.gift': {
    format: 'gift',
    items: ['Which prefix runs a script in a notebook? *%run | %load'],
  },
  'g09-image.gift': {
    format: 'gift',
    items: ['What does the picture show? a bridge *A bridge network | An overlay'],
    lost: ['1 picture: the picture net.png'],
  },
  'g11-placeholder.gift': {
    format: 'gift',
    items: [
      'Which line starts a shell in a new container? *docker run -it <image> sh | docker run -it <container> sh',
    ],
  },
  'i01-first-quiz.gift': {
    format: 'gift',
    items: ['Which command lists images? *docker image ls | docker ps'],
  },
  'i02-second-quiz.gift': {
    format: 'gift',
    items: ['Which command lists volumes? *docker volume ls | docker ps'],
  },
  'k01-back-from-anki.txt': { format: 'anki', items: [DETACH] },
  'k02-semicolon.txt': { format: 'anki', items: [DETACH] },
  'k03-back-is-a-word.txt': { format: 'anki', items: [], problems: [NO_OPTIONS, NO_OPTIONS] },
  'k05-cloze.txt': { format: 'anki', items: [], problems: [NO_OPTIONS] },
  'm01-autoformat.xml': {
    format: 'moodle-xml',
    items: ['Which command shows the events of an engine? *docker events | docker wait'],
  },
  'm02-entities.xml': {
    format: 'moodle-xml',
    items: ["Café: what does docker inspect -f '{{.Id}}' web print… *L’identifiant – 64 caractères | Le nom"],
  },
  'm03-images.xml': {
    format: 'moodle-xml',
    items: ['Which network is drawn here?\n\ntwo hosts *overlay | bridge'],
  },
  'm05-pre.xml': {
    format: 'moodle-xml',
    items: [
      'What does this file make?\n\n# a small image\nFROM alpine\nRUN echo "*" > /star\n  # indented\nCMD ["cat", "/star"] *A star | A list of files',
    ],
  },
  'm06-placeholder.xml': {
    format: 'moodle-xml',
    items: ['What does docker exec want first? *<container> | <image>'],
  },
  'm07-truefalse.xml': { format: 'moodle-xml', items: ['A volume outlives its container. *True | False'] },
  'm09-split-cdata.xml': {
    format: 'moodle-xml',
    items: ['What does [[ -f x ]]>y do? *It makes y always | Nothing'],
  },
  'm10-unusable.xml': {
    format: 'moodle-xml',
    items: [],
    problems: [
      /:2:1 No option gives all points/,
      /:10:1 This question has 11 options/,
      /:6:1 .*Every option is right/,
    ],
  },
  'm12-lines-and-spaces.xml': {
    format: 'moodle-xml',
    items: ["What does printf 'a\\nb\\n' print? *a\nb | a b | a    b"],
  },
  'r02-brackets.gift': {
    format: 'gift',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the language of the shell
    items: ['Which prints the first word of the list? *echo ${words[0]} | echo ${words[1]}'],
  },
  'r03-spreadsheet-headers.txt': { format: 'anki', items: [], problems: [NO_OPTIONS] },
  'r09-unused-file.xml': { format: 'moodle-xml', items: [DETACH] },
  'r13-all-of-the-above.txt': {
    format: 'aiken',
    items: [
      'Which list things? docker ps | docker image ls | *All of the above',
      '¿Qué comandos listan cosas? docker ps | docker image ls | *Todas las anteriores',
      'Welche Befehle zeigen Listen? docker ps | docker image ls | *Beide | Keine der genannten',
      'Which of these prune? docker image prune | docker ps | docker system prune | *A combination of a and c',
    ],
    problems: [1, 7, 13, 20].map((line) => new RegExp(`:${line}:1 The option .* speaks of the others`)),
  },
  'вопросы.gift': {
    format: 'gift',
    items: ['Какой флаг отсоединяет? *-d | -it', 'Какой флаг даёт имя? *--name | --tag'],
  },
}

function read(name: string, taken: readonly string[] = []) {
  const { text, isGuessed } = readExchangeFile(name)
  return { ...importForeign(text, { name, objective: 'NET-05', taken }), isGuessed }
}

test('every file of the folder is tried', () => {
  expect(readdirSync(EXCHANGE_FILES).sort()).toEqual([...Object.keys(FILES), 'r06-cdata-end.yaml'].sort())
})

test.each(Object.entries(FILES))('%s', (name, right) => {
  const { format, items, problems, lost, files } = read(name)
  const shown = (text: string) => toPlain(text).text
  expect(format).toBe(right.format)
  expect(
    items.map(({ stem, options }) => {
      const texts = options.map((option) => `${option.right ? '*' : ''}${shown(option.text)}`)
      return `${shown(stem)} ${texts.join(' | ')}`
    }),
  ).toEqual(right.items)
  expect(problems.map(problemText)).toEqual((right.problems ?? []).map((one) => expect.stringMatching(one)))
  expect(lost.map(({ line, item, what }) => `${line} ${item}: ${what}`)).toEqual(right.lost ?? [])
  // What was written is what is read.
  for (const { text, items: count } of files) {
    const again = parseQuestions({ file: 'networking/x.yaml', text })
    expect(again.problems).toEqual([])
    expect(again.items).toHaveLength(count)
  }
})

test('an encoding that nothing names is a guess, and one that is named is none', () => {
  const guessed = Object.keys(FILES).filter((name) => read(name).isGuessed)
  expect(guessed).toEqual(['e01-latin1.gift', 'e05-latin1.txt'])
})

test('categories, explanations and whys are carried', () => {
  expect(read('g06-category.gift').items[0]).toMatchObject({ category: 'Networks' })
  expect(read('g03-html-paragraph.gift').items[0]?.explanation).toBe(
    'See [the docs](https://docs.docker.com).',
  )
  expect(read('k01-back-from-anki.txt').items[0]).toMatchObject({
    explanation: 'It stands for detach.',
    objectives: ['NET-05'],
    difficulty: 'easy',
  })
  expect(read('g05-true-false.gift').items[1]?.options.map(({ why }) => why)).toEqual([
    'The kernel is shared.',
    'Right.',
  ])
})

test('ids are those that the bank has free, also for names in other scripts', () => {
  const first = read('i01-first-quiz.gift').items.map(({ id }) => id)
  expect(first).toEqual(['question-1'])
  expect(read('i02-second-quiz.gift', first).items.map(({ id }) => id)).toEqual(['question-1-2'])
  const { items, files } = read('вопросы.gift')
  expect([...items.map(({ id }) => id), ...files.map(({ name }) => name)]).toEqual([
    'vopros-1',
    'vopros-2',
    'voprosy.yaml',
  ])
})

test.each(Object.keys(FORMATS))('%s: the end of a CDATA section in a question is no end', (format) => {
  const file = join(EXCHANGE_FILES, 'r06-cdata-end.yaml')
  const { items } = parseQuestions({ file: 'networking/r06.yaml', text: readFileSync(file, 'utf8') })
  const { content: text } = FORMATS[format]?.write(items) ?? expect.fail()
  const [again] = FORMATS[format]?.read(text, 'again').drafts ?? []
  expect(toPlain(again?.stem ?? '').text).toBe(toPlain(items[0]?.stem ?? '').text)
  expect(again?.options.map((one) => toPlain(one.text).text)).toEqual(
    items[0]?.options.map((one) => toPlain(one.text).text),
  )
})

test('pictures become files beside the questions, named after their question, and the same one only once', () => {
  const { items, pictures } = read('m03-images.xml')
  expect(items[0]?.stem).toBe('Which network is drawn here?\n\n![two hosts](pictures/pictures-1.png)')
  expect(items[0]?.options.map(({ text }) => text)).toEqual([
    '![overlay](pictures/pictures-1.png)',
    '![bridge](pictures/pictures-1.png)',
  ])
  expect(pictures).toEqual([{ path: 'pictures/pictures-1.png', data: 'iVBORw0KGgo=' }])
})
