/** Which forms have matchings, orderings and command items, and how they are delivered. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { buildBank } from '../bank'
import { type Blueprint, parseBlueprint } from '../blueprint'
import { assembleForm } from './assemble'
import { drillForm } from './drill'

const file = new URL('../../questions/blueprint.yaml', import.meta.url)
const real = parseBlueprint(readFileSync(file, 'utf8')).blueprint as Blueprint
const blueprint: Blueprint = {
  ...real,
  exam: { ...real.exam, items: 4, delivery: { classic: 0, domc: 4 } },
  domains: real.domains.filter(({ id }) => id === 'networking'),
}

const common = (id: string, kind: string) =>
  `- id: ${id}\n  objectives: [NET-05]\n  kind: ${kind}\n  difficulty: easy\n  stem: ${id}\n  explanation: x\n  source: x\n`
const choices = Array.from(
  { length: 4 },
  (_one, index) =>
    `${common(`net-c${index}`, 'choice')}  options: [{ text: a, right: true }, { text: b, why: no }]\n`,
)
const ordering = `${common('net-ord', 'ordering')}  sequence: [a, b, c]\n`
const matching = `${common('net-mat', 'matching')}  pairs: [{ left: a, right: x }, { left: b, right: y }, { left: c, right: x }]\n`
const command = `${common('net-cmd', 'command')}  command:\n    checks: [{ name: x }]\n    solution: a\n    mistakes: [{ run: b, why: c }]\n`
const bank = buildBank([
  { file: 'networking/one.yaml', text: [...choices, ordering, matching, command].join('') },
])
const seeds = Array.from({ length: 40 }, (_one, seed) => seed)

test('a mock exam has choices only, whatever its seed', () => {
  for (const seed of seeds)
    expect(assembleForm(bank, { blueprint, seed }).items.every(({ kind }) => kind === 'choice')).toBe(true)
})

test('practice and drills have every type, and only choices are asked option by option', () => {
  const forms = seeds.flatMap((seed) => [
    assembleForm(bank, { blueprint, seed, length: 7, everyType: true }),
    drillForm(bank, { blueprint, seed, objectives: ['NET-05'], length: 7 }),
  ])
  for (const { items } of forms) {
    expect(items).toHaveLength(7)
    for (const { kind, delivery } of items) expect(delivery).toBe(kind === 'choice' ? 'domc' : 'classic')
  }
})

test('an ordering is never shown in its right order', () => {
  for (const seed of seeds) {
    const { items } = drillForm(bank, { blueprint, seed, objectives: ['NET-05'], length: 7 })
    const { order, key } = items.find(({ kind }) => kind === 'ordering') ?? expect.fail()
    expect([...order].sort()).toEqual([...key].sort())
    expect(order).not.toEqual(key)
  }
})

test('the key of a matching is the option of each prompt, also of one option for two prompts', () => {
  const { items } = drillForm(bank, { blueprint, seed: 1, objectives: ['NET-05'], length: 7 })
  const { order, key, text } = items.find(({ kind }) => kind === 'matching') ?? expect.fail()
  expect(order).toHaveLength(2)
  expect(key).toHaveLength(3)
  expect(key[0]).toBe(key[2])
  expect(text?.prompts.map((prompt) => prompt.text)).toEqual(['a', 'b', 'c'])
})
