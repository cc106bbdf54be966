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

export function everyCsi(): string[] {
  return FINALS.flatMap((final) =>
    PREFIXES.flatMap((prefix) =>
      INTERMEDIATES.flatMap((between) =>
        NUMBERS.map((numbers) => `\u001b[${prefix}${numbers}${between}${final}`),
      ),
    ),
  )
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
