import { expect, test } from 'vitest'
import { parseBlueprint } from '../blueprint'
import { lintSheets, parseSheets } from '.'

const { blueprint } =
  parseBlueprint(`exam: { items: 4, minutes: 8, delivery: { classic: 1, domc: 3 }, passMark: 65, source: g }
domains:
  - { id: networking, prefix: NET, title: Networking, weight: 60 }
  - { id: storage, prefix: STO, title: Storage, weight: 40 }
objectives:
  - { id: NET-01, title: Bridges, source: g }
  - { id: NET-02, title: Ports, source: g }
`)
if (!blueprint) throw new Error('the blueprint of the test is broken')

const GOOD = `NET-01:
  asks: You make a bridge and say what it does.
  commands:
    - command: docker network create apps
      does: makes a bridge
    - command: kubectl get pods
      does: lists pods
      unproven: it needs Kubernetes
NET-02:
  asks: You publish a port and find it again.
  commands: []
`
const lint = (text: string, file = 'objectives/networking.yaml') => lintSheets([{ file, text }], blueprint)

test('a file is read, and has no problems', () => {
  const { sheets } = parseSheets({ file: 'objectives/networking.yaml', text: GOOD })
  expect(sheets).toHaveLength(2)
  expect(sheets[0]).toMatchObject({
    id: 'NET-01',
    commands: [
      { does: 'makes a bridge', unproven: null },
      { does: 'lists pods', unproven: 'it needs Kubernetes' },
    ],
  })
  expect(lint(GOOD)).toEqual([])
})

test.each<[string, string, number, RegExp]>([
  ['an unknown objective', GOOD.replace('NET-02', 'NET-09'), 9, /no objective "NET-09"/],
  ['a missing objective', GOOD.replace(/NET-02[\s\S]*/, ''), 1, /NET-02 is missing/],
  ['an unknown key', GOOD.replace('asks: You publish', 'ask: You publish'), 10, /"ask" is not known/],
  ['a command without words', GOOD.replace('      does: makes a bridge\n', ''), 4, /does/],
  ['text that is not YAML', GOOD.replace('asks: You make', 'asks: "You make'), 12, /not valid YAML/],
])('%s is a problem with its line and a way out', (_what, text, line, message) => {
  const found = lint(text).find((one) => message.test(one.message))
  expect(found, JSON.stringify(lint(text))).toMatchObject({ line, severity: 'error' })
  expect(found?.help).not.toBe('')
})

test('an objective in the file of another domain, and one that is in two files', () => {
  expect(lint(GOOD, 'objectives/storage.yaml')[0]?.message).toMatch(/another domain/)
  const twice = lintSheets(
    [
      { file: 'objectives/networking.yaml', text: GOOD },
      { file: 'objectives/more/networking.yaml', text: GOOD },
    ],
    blueprint,
  )
  expect(twice[0]?.message).toMatch(/NET-01 is in objectives\/networking.yaml already/)
})
