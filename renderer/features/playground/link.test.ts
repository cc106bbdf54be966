import { expect, test } from 'vitest'
import { routeTo, wishOf } from './link'

const NOTHING = { engine: null, name: null, compose: null, address: null }

test('an address without a query asks for nothing', () => {
  expect(wishOf('')).toBeNull()
})

test.each([
  ['managers=3&workers=2&swarm=1', { ...NOTHING, managers: 3, workers: 2, swarm: true }],
  ['swarm=0', { ...NOTHING, managers: 1, workers: 0, swarm: false }],
  ['managers=-1&workers=1e9&engine=latest', { ...NOTHING, managers: 1, workers: 0, swarm: true }],
  ['workers=1&engine=28.5', { ...NOTHING, managers: 1, workers: 1, swarm: true, engine: '28.5' }],
])('%s', (query, wish) => {
  expect(wishOf(query)).toEqual(wish)
})

test('a name is one line, and does not turn text around', () => {
  expect(wishOf(`name=${encodeURIComponent(`a\nb\u202ec${'x'.repeat(90)}`)}`)?.name).toBe(
    `abc${'x'.repeat(57)}`,
  )
})

test.each(['https://example.org/compose.yaml', 'file:///etc/passwd', '//example.org/x', 'data:text/plain,x'])(
  '%s is an address, and no file',
  (compose) => {
    expect(wishOf(`compose=${encodeURIComponent(compose)}`)).toMatchObject({
      compose: null,
      address: compose,
    })
  },
)

test('a link asks for what it was made of', () => {
  const choice = { name: 'Raft & more', managers: 3, workers: 2, swarm: false, engine: '20.10' }
  const [path, query = ''] = routeTo(choice, 'abc_-').split('?')
  expect(path).toBe('/playground')
  expect(wishOf(query)).toEqual({ ...choice, compose: 'abc_-', address: null })
})
