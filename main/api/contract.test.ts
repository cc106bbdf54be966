import { readdir } from 'node:fs/promises'
import { expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import * as api from '.'
import { appContract } from './app'
import { contract } from './contract'
import { examContract } from './exam'
import { exchangeContract } from './exchange'
import { filesContract } from './files'
import { handsOnContract } from './hands-on'
import { labsContract } from './labs'
import { mapContract } from './map'
import { marksContract } from './marks'
import { pathContract } from './path'
import { playgroundContract } from './playground'
import { progressContract } from './progress'
import type { DeepReadonly } from './readonly'
import type { Handlers } from './rpc'
import { runningContract } from './running'
import { sessionsContract } from './sessions'
import { settingsContract } from './settings'
import { terminalsContract } from './terminals'
import { transferContract } from './transfer'

const PARTS = [
  appContract,
  labsContract,
  sessionsContract,
  playgroundContract,
  terminalsContract,
  mapContract,
  filesContract,
  examContract,
  exchangeContract,
  handsOnContract,
  pathContract,
  progressContract,
  marksContract,
  runningContract,
  transferContract,
  settingsContract,
]

test.each(['calls', 'streams'] as const)(
  'the contract has all %s of its parts, and no name twice',
  (kind) => {
    const names = PARTS.flatMap((part) => Object.keys(part[kind]))
    expect(new Set(names).size).toBe(names.length)
    expect(Object.keys(contract[kind]).sort()).toEqual(names.sort())
  },
)

test('every part is a file of its own that the front door gives', async () => {
  const files = await readdir(new URL('.', import.meta.url))
  expect(files.filter((name) => name.endsWith('.ts')).length).toBeGreaterThan(PARTS.length)
  const parts = Object.keys(api).filter((name) => name.endsWith('Contract'))
  expect(parts).toHaveLength(PARTS.length)
})

test('every value of the contract can be described as JSON', () => {
  for (const { in: input, out } of [...Object.values(contract.calls), ...Object.values(contract.streams)]) {
    expect(() => z.toJSONSchema(input, { io: 'input' })).not.toThrow()
    expect(() => z.toJSONSchema(out)).not.toThrow()
  }
})

test.each([
  ['exam.start', { mode: 'real' }, { mode: 'real', extraTime: 1 }],
  ['handsOn.start', { examId: 'e' }, { examId: 'e', extraTime: 1 }],
  ['progress.review', {}, { most: 20 }],
  ['progress.drill', { objectives: ['a'] }, { objectives: ['a'], length: 10 }],
  ['settings.set', { theme: 'dark' }, { theme: 'dark' }],
] as const)('%s fills in what is left out', (name, input, parsed) => {
  expect(contract.calls[name].in.parse(input)).toEqual(parsed)
})

test.each([
  ['exam.start', { mode: 'exam' }],
  ['exam.start', { mode: 'real', extraTime: 4 }],
  ['exam.start', { mode: 'drill', length: 0 }],
  ['exam.move', { attemptId: 'a', item: -1 }],
  ['exam.move', { attemptId: 'a', item: 1.5 }],
  ['preview.open', { sessionId: 's', node: 'n', port: 0 }],
  ['preview.open', { sessionId: 's', node: 'n', port: 65_536 }],
  ['terminal.open', { sessionId: 's', node: null, cols: 1, rows: 24 }],
  ['terminal.write', { terminalId: 't', data: 'x'.repeat(1_000_001) }],
  ['file.write', { sessionId: 's', node: 'n', path: '/a', content: 'x'.repeat(1_000_001) }],
  ['session.switchNode', { sessionId: 's', node: 'n', action: 'explode' }],
  ['map.inspect', { sessionId: 's', node: 'n', kind: 'secret', id: 'a' }],
  ['map.inspect', { sessionId: 's', node: 'n', kind: 'volume', id: '../info' }],
  ['settings.set', { passMark: 0 }],
  ['progress.drill', { objectives: [] }],
] as const)('%s refuses %j', (name, input) => {
  expect(contract.calls[name].in.safeParse(input).success).toBe(false)
})

test('handlers may give what nobody changes, and must give all of it', () => {
  type Given = { readonly list: readonly { readonly id: string }[] }
  type Wanted = { list: { id: string }[] }
  expectTypeOf<DeepReadonly<Wanted>>().toEqualTypeOf<Given>()
  expectTypeOf<DeepReadonly<unknown>>().toBeUnknown()
  const one = {
    calls: { 'a.list': { in: z.object({}), out: z.object({ list: z.array(z.object({ id: z.string() })) }) } },
    streams: {},
  } as const
  const given: Given = { list: [] }
  const handlers: Handlers<typeof one> = { calls: { 'a.list': async () => given }, streams: {} }
  expect(handlers.calls['a.list']).toBeTypeOf('function')
  // @ts-expect-error a call without a handler
  const missing: Handlers<typeof one> = { calls: {}, streams: {} }
  // @ts-expect-error an answer without one of its fields
  const short: Handlers<typeof one> = { calls: { 'a.list': async () => ({}) }, streams: {} }
  expect([missing, short]).toHaveLength(2)
})

test.each([
  ['options', 10, (count: number) => ({ attemptId: 'a', item: 0, options: Array(count).fill(0) })],
  ['items', 199, (count: number) => ({ attemptId: 'a', item: count, options: [] })],
])('exam.choose takes as many %s as a form may have, and no more', (_what, most, input) => {
  const schema = contract.calls['exam.choose'].in
  expect(schema.safeParse(input(most)).success).toBe(true)
  expect(schema.safeParse(input(most + 1)).success).toBe(false)
})
