import { expect, test } from 'vitest'
import { type CodeExhibit, codeLines } from './code-parts'

const codeParts = (exhibit: CodeExhibit) => codeLines(exhibit).flatMap(({ parts }) => parts)

/** The parts with a look, as `tone:text`. */
const looks = (exhibit: CodeExhibit) =>
  codeParts(exhibit).flatMap(({ tone, text }) => (tone ? `${tone}:${text}` : []))

test.each<[CodeExhibit, string[]]>([
  [
    { kind: 'dockerfile', text: '# syntax=x\nFROM alpine AS base\nRUN --mount=type=cache sh -c "FROM"\n' },
    ['comment:# syntax=x', 'name:FROM', 'name:RUN', 'option:--mount', 'option:-c', 'string:"FROM"'],
  ],
  [
    { kind: 'compose', text: 'services:\n  web: # one\n    image: "nginx:alpine"\n    ports: [80:80]\n' },
    ['name:services', 'name:web', 'comment:# one', 'name:image', 'string:"nginx:alpine"', 'name:ports'],
  ],
  [
    { kind: 'file', title: '/etc/docker/daemon.json', text: '{\n  "tls": true,\n  "host": ["a"]\n}' },
    ['name:"tls"', 'name:"host"', 'string:"a"'],
  ],
  [
    { kind: 'output', text: "$ docker ps --format '{{.Names}}'\nweb --not-an-option\nnode1# ls -l # all\n" },
    ['prompt:$ ', 'option:--format', "string:'{{.Names}}'", 'prompt:node1# ', 'option:-l', 'comment:# all'],
  ],
  [{ kind: 'output', text: '[\n  { "Id": "a" }\n]' }, ['name:"Id"', 'string:"a"']],
  [{ kind: 'output', text: '# docker ps\n' }, ['prompt:# ']],
  [{ kind: 'file', title: 'start.sh', text: 'exec web --port 80 # now' }, ['option:--port', 'comment:# now']],
])('%j', (exhibit, parts) => {
  expect(looks(exhibit)).toEqual(parts)
})

test.each([
  '',
  '\n\n',
  'a\r\nb',
  '"without an end\n#',
  '  $ two\n\ttabs: "x" \'y\' # z',
  `${'x'.repeat(401)}: "long" # line\n`,
])('whatever the text is, its parts are the text: %j', (text) => {
  for (const kind of ['dockerfile', 'compose', 'output', 'file'] as const)
    expect(
      codeParts({ kind, text })
        .map((part) => part.text)
        .join(''),
    ).toBe(text)
})

test('a long line has no looks, so that it takes no long time', () => {
  const text = `${'a'.repeat(100_000)} # "x"`
  expect(codeParts({ kind: 'compose', text })).toEqual([{ text, tone: null }])
})

test('the rows of a table are told from lines that may go on below', () => {
  const text = '$ docker ps\nID    IMAGE\na1\tnginx\nError response from daemon.  Try again.\n'
  expect(codeLines({ kind: 'output', text }).map(({ isRow }) => isRow)).toEqual([false, true, true, false])
})
