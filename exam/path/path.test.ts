import { expect, test } from 'vitest'
import { parseBlueprint } from '../blueprint'
import { lintPaths, parsePath } from '.'

const { blueprint } =
  parseBlueprint(`exam: { items: 4, minutes: 8, delivery: { classic: 1, domc: 3 }, passMark: 65, source: g }
domains: [{ id: networking, prefix: NET, title: Networking, weight: 100 }]
objectives: [{ id: NET-01, title: Bridges, source: g }]
`)
if (!blueprint) throw new Error('the blueprint of the test is broken')

const OPTIONS = {
  labs: [
    { id: 'one', minutes: 10 },
    { id: 'two', minutes: 20 },
  ],
  handsOn: ['watch'],
  blueprint,
}
const GOOD = `title: A path
summary: Two labs and more.
minutes: 60
main: true
steps:
  - lab: one
  - lab: two
    after: [one]
  - drill: [NET-01]
    title: Ten questions
  - handsOn: watch
  - exam: mock
`
const lint = (...texts: readonly string[]) =>
  lintPaths(
    texts.map((text, index) => ({ file: `paths/p${index}.yaml`, text })),
    OPTIONS,
  )

test('a path is read with its defaults, and has no problems', () => {
  const { path, problems } = parsePath({ file: 'paths/a-path.yaml', text: GOOD })
  expect(problems).toEqual([])
  expect(path).toMatchObject({ id: 'a-path', main: true, needs: [] })
  expect(path?.steps[0]).toEqual({ lab: 'one', after: [] })
  expect(path?.steps[2]).toMatchObject({ length: 10 })
  expect(lint(GOOD)).toEqual([])
})

test.each<[string, string, number, RegExp]>([
  ['an unknown lab', GOOD.replace('lab: two', 'lab: tow'), 7, /no lab "tow"/],
  ['an unknown objective', GOOD.replace('NET-01', 'NET-99'), 9, /no objective "NET-99"/],
  ['an unknown hands-on exam', GOOD.replace('watch', 'clock'), 11, /no hands-on exam "clock"/],
  ['an unknown path', GOOD.replace('main: true', 'main: true\nneeds: [nowhere]'), 5, /no path "nowhere"/],
  ['a path that needs itself', GOOD.replace('main: true', 'main: true\nneeds: [p0]'), 5, /p0, p0/],
  ['a lab after a later one', GOOD.replace('lab: one', 'lab: one\n    after: [two]'), 7, /no earlier step/],
  ['a lab twice', GOOD.replace('exam: mock', 'lab: one'), 12, /in this path twice/],
  ['too few minutes', GOOD.replace('minutes: 60', 'minutes: 20'), 3, /labs alone take 30 minutes/],
  ['a lab in no path', GOOD.replace(/ {2}- lab: two\n.*\n/, ''), 1, /"two" is in no path/],
  ['no main path', GOOD.replace('main: true', 'main: false'), 1, /0 paths are the main one/],
  ['an unknown key', `${GOOD}level: 3\n`, 13, /"level" is not known/],
  ['no steps', GOOD.replace(/steps:[\s\S]*/, 'steps: []\n'), 5, /"steps"/],
  ['text that is not YAML', `${GOOD}a: "`, 13, /not valid YAML/],
])('%s is a problem with its line and a way out', (_what, text, line, message) => {
  const found = lint(text).find((one) => message.test(one.message))
  expect(found, JSON.stringify(lint(text))).toMatchObject({ file: 'paths/p0.yaml', line, severity: 'error' })
  expect(found?.help).not.toBe('')
})

test('paths that need each other, and labs that wait for each other in different paths, are circles', () => {
  const other = GOOD.replace('main: true\n', 'needs: [p0]\n')
    .replace('lab: one', 'lab: two')
    .replace('lab: two\n    after: [one]', 'lab: one\n    after: [two]')
  const messages = lint(GOOD.replace('main: true', 'main: true\nneeds: [p1]'), other).map(
    ({ message }) => message,
  )
  expect(messages).toContainEqual(expect.stringContaining('The paths wait for each other: p0, p1, p0'))
  expect(messages).toContainEqual(expect.stringContaining('Labs wait for each other'))
})
