/** Folders of labs that nobody would write: entries of every kind, and YAML that is none or means something else. */
import fc from 'fast-check'

/** What stands at a path of the lab's folder. */
export type Entry =
  | { readonly kind: 'file'; readonly text: string; readonly size: number }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'pipe' }
  | { readonly kind: 'folder' }

export interface Folder {
  readonly name: string
  readonly yaml: (originals: readonly string[]) => string
  readonly entries: readonly (readonly [path: string, Entry])[]
}

const TARGETS = [
  '../../../outside',
  '../../../outside/secret',
  '/dev/zero',
  '.',
  'lab.yaml',
  'nowhere',
  '..',
  'odd',
]
const PATHS = [
  'lab.yaml',
  '1.md',
  'one.sh',
  'app',
  'app/a',
  'app/b',
  'app/deep/c',
  'odd',
  'x'.repeat(200),
  'd/'.repeat(20),
]

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('# One\n\nText.\n', 'true\n', '\0', '\u001b]0;x\u0007', '\ud800', '\uFEFFtext\r\n'),
)
const entry: fc.Arbitrary<Entry> = fc.oneof(
  fc.record({
    kind: fc.constant('file' as const),
    text,
    size: fc.constantFrom(0, 0, 0, 40_000, 2 ** 21, 2 ** 34),
  }),
  fc.record({ kind: fc.constant('link' as const), target: fc.constantFrom(...TARGETS) }),
  fc.record({ kind: fc.constant('pipe' as const) }),
  fc.record({ kind: fc.constant('folder' as const) }),
)

/** YAML by its own signs, and values where a lab has others. */
const signs = fc.array(
  fc.constantFrom(
    '[',
    ']',
    '{',
    '}',
    '- ',
    '? ',
    ': ',
    '&a ',
    '*a',
    '!x ',
    '|\n',
    '>\n',
    '"',
    "'",
    '#',
    '%',
    '\n',
    '  ',
    '\t',
    'a',
    '1',
    '---\n',
    ',',
    '\0',
    '\u0085',
    'title: ',
    'steps:\n',
  ),
  { maxLength: 400 },
)
const grammar = fc
  .tuple(signs, fc.constantFrom(1, 1, 1, 50, 2_000))
  .map(([parts, times]) => parts.join('').repeat(times))
const mutated = fc.tuple(
  fc.nat(2),
  fc.array(fc.tuple(fc.nat(20_000), fc.nat(40), fc.oneof(text, grammar)), { maxLength: 5 }),
)
const files = fc.constantFrom('app', 'app/a', 'odd', '.', '..', '../../outside', '/etc/hostname', 'app/../..')
const written = fc.tuple(files, files).map(
  ([one, other]) =>
    () =>
      `title: A lab
summary: For the fuzz test.
difficulty: easy
minutes: 5
nodes: { node1: {} }
files: [{ from: ${one}, to: /root/app }, { from: ${other}, to: /srv }]
steps: [{ id: one, text: ${one === 'app' ? '1.md' : other}, solution: one.sh, checks: [{ name: It is there, file: /root/a, expect: /a+/ }] }]
`,
)
const yaml = fc.oneof(
  written,
  grammar.map((value) => () => value),
  mutated.map(
    ([which, changes]) =>
      (originals: readonly string[]) =>
        changes.reduce(
          (whole, [at, cut, part]) =>
            `${whole.slice(0, at % whole.length)}${part}${whole.slice((at % whole.length) + cut)}`,
          originals[which] ?? '',
        ),
  ),
)

export const folders: fc.Arbitrary<Folder> = fc.record({
  name: fc.constantFrom(
    'aaa/bad',
    'networking/bad',
    'aaa/good',
    'zzz/__proto__',
    'tasks/constructor',
    'aaa/B\u001bd',
  ),
  yaml,
  entries: fc.array(fc.tuple(fc.constantFrom(...PATHS), entry), { maxLength: 5 }),
})
