/** Files that are made to bring the parser down. The limit of each test's time is the assertion about hanging. */
import { describe, expect, test, vi } from 'vitest'
import { YamlSource } from '.'
import { refusalOf, YAML_LIMITS } from './yaml-limits'

vi.setConfig({ testTimeout: 30_000 })

const read = (text: string) => new YamlSource('x.yaml', text).read()
const FULL = YAML_LIMITS.size
const DEEP = `This value is inside more than ${YAML_LIMITS.depth} others.`
const MANY = 'This file has too many values.'
const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_one, index) => line(index)).join('\n')

describe('a file that is made to bring the parser down is refused at one place', () => {
  test.each<[string, string, string]>([
    ['1 MB of "["', '['.repeat(1_000_000), 'This file is larger than 512 KB.'],
    ['the largest file of "["', '['.repeat(FULL), DEEP],
    ['20k nested [', '['.repeat(20_000), DEEP],
    ['3k nested closed []', '['.repeat(3_000) + ']'.repeat(3_000), DEEP],
    ['3,000 nested {not: } in a check', '{not: '.repeat(3_000), DEEP],
    ['20k nested block sequences "- - - "', '- '.repeat(20_000), DEEP],
    ['2 MB of "? "', '? '.repeat(FULL / 2), DEEP],
    ['maps in maps, each in a line of its own', lines(900, (index) => `${' '.repeat(index)}a:`), DEEP],
    ['a map of 60k keys', lines(40_000, (index) => `key${index}: 1`), MANY],
    ['commas', `[${','.repeat(FULL - 2)}]`, MANY],
    ['quotes', '"'.repeat(FULL), MANY],
    ['empty lines', '\n'.repeat(FULL), MANY],
    ['comments', '# c\n'.repeat(FULL / 4), MANY],
    ['documents', '---\n'.repeat(FULL / 4), MANY],
    ['anchors', lines(10_000, (index) => `- &a${index} x`), 'This file has more than 50 anchors.'],
    ['aliases', `- &a x\n${'- *a\n'.repeat(51)}`, 'This file has more than 50 aliases.'],
    ['an alias of 500 KB', '*'.repeat(FULL), 'Unresolved alias'],
  ])('%s', (_what, text, message) => {
    const { value, problems } = read(text)
    expect(value).toBeNull()
    expect(problems).toHaveLength(1)
    expect(problems[0]?.message).toContain(message)
    expect(problems[0]?.message.length).toBeLessThan(400)
    expect(problems[0]?.help).not.toBe('')
  })
})

test('the place of what goes too far is told', () => {
  const deep = `a: 1\nb:\n  ${'['.repeat(YAML_LIMITS.depth + 5)}`
  expect(read(deep).problems).toMatchObject([{ line: 3, column: YAML_LIMITS.depth + 2 }])
  expect(read(`a: 1\nb: !!js/function "x"\n`).problems).toMatchObject([{ line: 2, column: 4 }])
})

test('a wide and long file within the limits is read', () => {
  const wide = lines(4_000, (index) => `- { id: item-${index} }`).slice(0, FULL)
  expect(refusalOf('- { a: [1, 2] }\n'.repeat(4_000))).toBeNull()
  expect(read(wide.slice(0, wide.lastIndexOf('\n'))).problems).toEqual([])
  expect(read(`a: ${'x'.repeat(FULL - 10)}`).problems).toEqual([])
})

test('brackets, stars and dashes inside of texts are no collections', () => {
  const text = `a: |\n${'  [{- *x &y !z %q\n'.repeat(200)}b: "${'['.repeat(200)}"\nc: '${'- '.repeat(100)}'\n`
  expect(read(text)).toMatchObject({ problems: [], value: { b: '['.repeat(200) } })
})

describe('what YAML allows and no file of ours has', () => {
  test.each([
    ['unknown tags', 'a: !foo x\n', 'Tags'],
    ['tags of functions', 'a: !!js/function "x"\n', 'Tags'],
    ['tags of sets', 'a: !!set {b, c}\n', 'Tags'],
    ['directives', '%YAML 1.1\n---\na: yes\n', 'Directives'],
    ['keys that are lists', '? [a]\n: b\n', 'A key that is not a text'],
    ['keys that are aliases', '- &a x\n- *a : b\n', 'A key that is not a text'],
    ['NUL', 'a: "b\0c"\n', 'U+0000'],
    ['NUL that is written out', 'a: "b\\0c"\n', 'U+0000'],
    ['an escape sequence', 'a: "\\e]0;evil\\a"\n', 'U+001B'],
    ['an escape sequence in a key', '"\\e]0;evil": 1\n', 'U+001B'],
    ['a control character of the second set', 'a: "\\u009b31m"\n', 'U+009B'],
    ['half a character', 'a: "\\uD800"\n', 'U+D800'],
    ['half a character, as it is', 'a: b\uD800c\n', 'U+D800'],
    ['a key twice, once in quotes', 'a: 1\n"a": 2\n', 'twice'],
    ['a key twice, once as a number', '1: 1\n"1": 2\n', 'twice'],
  ])('%s', (_what, text, words) => {
    const { value, problems } = read(text)
    expect(value).toBeNull()
    expect(problems[0]?.message).toContain(words)
    expect(problems[0]?.line).toBeGreaterThan(0)
  })
})

test('a byte order mark and the line ends of Windows change nothing', () => {
  expect(read('\uFEFFa: |\r\n  x\r\n  y\r\nb: 1\r\n')).toEqual({ value: { a: 'x\ny\n', b: 1 }, problems: [] })
})

test('many keys twice are told once each, but no more than twenty', () => {
  const { problems } = read(lines(9_000, (index) => `key${index % 4_500}: 1`))
  expect(problems).toHaveLength(20)
  expect(problems[0]).toMatchObject({ line: 4_501, message: 'This key is here twice.' })
})
