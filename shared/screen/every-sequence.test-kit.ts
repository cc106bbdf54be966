/** Everything that a program can ask of a terminal: each OSC, each CSI and each DCS that there is, with numbers. */

const OSC = [...Array.from({ length: 201 }, (_, number) => number), 633, 777, 1337, 9999]
/** Questions, texts for the clipboard, and what else such sequences carry. */
const PAYLOADS = [
  '?',
  '0;?',
  '1;?;2;?',
  'c;?',
  'p;?',
  'c;cm0gLXJm',
  ';cHJpbWFyeQ==',
  'x',
  '',
  '8;;file:///etc/passwd',
]
const PREFIXES = ['', '?', '>', '=', '<']
const INTERMEDIATES = ['', ' ', '!', '"', '$', "'", '*']
const NUMBERS = ['', '0', '1', '5', '6', '14', '18', '20', '21', '2147483647', '1;2;3', '6;99999']
const FINALS = Array.from({ length: 0x7f - 0x40 }, (_, at) => String.fromCharCode(0x40 + at))

export function everyOsc(): string[] {
  return OSC.flatMap((number) => PAYLOADS.map((payload) => `\u001b]${number};${payload}\u0007`))
}

export function everyCsi(numbers: readonly string[] = NUMBERS): string[] {
  return FINALS.flatMap((final) =>
    PREFIXES.flatMap((prefix) =>
      INTERMEDIATES.flatMap((between) => numbers.map((some) => `\u001b[${prefix}${some}${between}${final}`)),
    ),
  )
}

/** Where sequences meet the ends of the screen: its first cell, its last, and its last without any line above. */
const CORNERS = ['\u001b[1;1H', '\u001b[9999;9999Hx', '\u001b[?1049h\u001b[9999;9999H']

/** Each CSI with a small number and with random ones, in each corner. The same seed makes the same sequences. */
export function randomCsi(seed: number): string[] {
  const next = randomFrom(seed)
  const number = () => Math.floor(2 ** (next() * 40)) - 1
  return CORNERS.flatMap((corner) =>
    everyCsi(['1', [number(), number()].join(';')]).map((sequence) => corner + sequence),
  )
}

/** A linear congruential generator, with the numbers of Numerical Recipes. @returns numbers from 0 up to 1 */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

export function everyDcs(): string[] {
  const requests = ['m', 'r', '"p', '"q', ' q', 's', 't', 'x', 'rm -rf /\r']
  return [
    ...requests.flatMap((request) => [`\u001bP$q${request}\u001b\\`, `\u001bP+q${request}\u001b\\`]),
    '\u0005',
    '\u001bZ',
    '\u001b[>q',
    '\u001b_Ga=q;x\u001b\\',
  ]
}

/** What may come back: it tells of the terminal, and holds nothing that the program has chosen but numbers. */
const ANSWERS = [
  '\\u001b\\[[?>]?[0-9;]*c',
  '\\u001b\\[0n',
  '\\u001b\\[\\??[0-9]+;[0-9]+R',
  '\\u001b\\[\\??[0-9]+;[0-9]+\\$y',
  '\\u001bP[01]\\$r[0-9;]*[" ]?[a-z]?\\u001b\\\\',
  '\\u001b\\](?:4;[0-9]+|1[0-2]);rgb:[0-9a-f/]+\\u001b\\\\',
  '\\u001b\\[[IO]',
]
const ANY_ANSWER = new RegExp(ANSWERS.join('|'), 'g')

/** What has come back, without the answers that are harmless. */
export function withoutHarmlessAnswers(typed: string): string {
  return typed.replace(ANY_ANSWER, '')
}
