import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseBlueprint } from '.'

const GOOD = `exam: { items: 4, minutes: 8, delivery: { classic: 1, domc: 3 }, passMark: 65, source: guide }
domains:
  - { id: networking, prefix: NET, title: Networking, weight: 60 }
  - { id: storage, prefix: STO, title: Storage, weight: 40 }
objectives:
  - { id: NET-01, title: Bridges, source: guide, hands: true }
  - { id: STO-01, title: Volumes, source: guide }
`

test('a blueprint is read with its defaults', () => {
  const { blueprint, problems } = parseBlueprint(GOOD)
  expect(problems).toEqual([])
  expect(blueprint?.objectives.map(({ hands }) => hands)).toEqual([true, false])
  expect(blueprint?.exam.delivery).toEqual({ classic: 1, domc: 3 })
})

test('our own blueprint is sound', () => {
  const text = readFileSync(new URL('../../questions/blueprint.yaml', import.meta.url), 'utf8')
  const { blueprint, problems } = parseBlueprint(text)
  expect(problems).toEqual([])
  expect(blueprint?.domains).toHaveLength(6)
})

test.each<[string, string, number, RegExp]>([
  [
    'deliveries that do not add up',
    GOOD.replace('classic: 1', 'classic: 2'),
    1,
    /^2 and 3 are not 4 items\.$/,
  ],
  [
    'weights that do not add up',
    GOOD.replace('weight: 60', 'weight: 50'),
    2,
    /^The weights add up to 90 %\.$/,
  ],
  ['an objective of no domain', GOOD.replace('STO-01', 'ABC-01'), 7, /^ABC-01 belongs to no domain\.$/],
  ['an objective twice', GOOD.replace('STO-01', 'NET-01'), 7, /^NET-01 is here twice\.$/],
  ['an unknown key', `${GOOD}weights: []\n`, 8, /"weights" is not known/],
  ['a prefix that is too long', GOOD.replace('prefix: NET', 'prefix: NETW'), 3, /"domains\.0\.prefix"/],
  ['no domains', GOOD.replace(/domains:\n(.*\n){2}/, 'domains: []\n'), 2, /"domains"/],
  ['a pass mark above all', GOOD.replace('passMark: 65', 'passMark: 101'), 1, /"exam\.passMark"/],
  ['text that is not YAML', GOOD.replace('{ items', '{ "items'), 8, /not valid YAML/],
  ['an empty file', '', 1, /The file/],
])('%s: there is no blueprint, and the problem has its line', (_what, text, line, message) => {
  const { blueprint, problems } = parseBlueprint(text, 'blueprint.yaml')
  expect(blueprint).toBeNull()
  const problem = problems.find((one) => message.test(one.message))
  expect(problem ?? problems).toMatchObject({ file: 'blueprint.yaml', line, severity: 'error' })
})
