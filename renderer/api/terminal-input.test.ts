import { afterEach, expect, test } from 'vitest'
import { LARGEST_TEXT, type Notice } from '../../main/api'
import { FakeHost, refusal } from '../testing/host.test-kit'
import { terminalInput } from './terminal-input'

let faults: readonly string[] = []
afterEach(() => expect(faults).toEqual([]))

/** A terminal of a host that keeps what arrives, or refuses it. */
async function terminal(refuses?: (count: number) => boolean) {
  const taken: string[] = []
  let count = 0
  const host = new FakeHost({
    calls: {
      'terminal.write': async ({ data }) => {
        if (refuses?.(++count)) throw refusal('There is no such terminal.', null, 'not-found')
        taken.push(data)
        return {}
      },
    },
  })
  faults = host.faults
  const told: Notice[] = []
  host.client.notices.on((notice) => told.push(notice))
  await expect.poll(() => host.client.state).toBe('connected')
  return { host, taken, told, type: terminalInput({ api: host.client, terminalId: 't' }) }
}

test('a paste of 5 MB arrives whole, and before what is typed after it', async () => {
  const { taken, told, type } = await terminal()
  // A character of two units lies across each border of a million.
  const paste = `x${'😀'.repeat(2_500_000)}`
  type(paste)
  type('\r')
  await expect.poll(() => taken.at(-1)).toBe('\r')
  expect(taken.join('') === `${paste}\r`).toBe(true)
  expect(taken.filter((part) => /^[\udc00-\udfff]|[\ud800-\udbff]$/.test(part))).toEqual([])
  expect(told).toEqual([])
})

test('a paste without measure is refused with a notice, and nothing of it is typed', async () => {
  const { host, told, type } = await terminal()
  type('x'.repeat(10 * LARGEST_TEXT + 1))
  expect(told.map(({ id }) => id)).toEqual(['terminal-too-large'])
  expect(host.inputsOf('terminal.write')).toEqual([])
})

test('what is typed while the line is down arrives when it is back', async () => {
  const { host, taken, told, type } = await terminal()
  host.cut()
  for (const key of ['l', 's', '\r']) type(key)
  host.restore()
  await expect.poll(() => taken).toEqual(['l', 's', '\r'])
  expect(told).toEqual([])
})

test('what is typed while the line is down, into a terminal that is gone then, is told', async () => {
  const { host, told, type } = await terminal(() => true)
  host.cut()
  type('ls\r')
  host.restore()
  await expect.poll(() => told.map(({ id }) => id)).toEqual(['terminal-not-typed'])
})

test('a paste that was refused in the middle does not go on after the hole', async () => {
  const { host, taken, type } = await terminal((count) => count === 2)
  type('a'.repeat(LARGEST_TEXT) + 'b'.repeat(LARGEST_TEXT) + 'c'.repeat(LARGEST_TEXT))
  type('\r')
  await expect.poll(() => taken.at(-1)).toBe('\r')
  expect(taken.map((part) => part[0])).toEqual(['a', '\r'])
  expect(host.inputsOf('terminal.write')).toHaveLength(3)
})

test('a terminal that has ended refuses keys without a notice: its last line says so', async () => {
  const { host, told, type } = await terminal(() => true)
  type('x')
  await expect.poll(() => host.inputsOf('terminal.write')).toHaveLength(1)
  await host.client.call('settings.get', {})
  expect(told).toEqual([])
})
