import { expect, test, vi } from 'vitest'
import { Outlet } from './flow'

function watched() {
  const sent: string[] = []
  const onSettle = vi.fn()
  return { sent, onSettle, outlet: new Outlet({ send: (text) => sent.push(text), onSettle }) }
}

test('keys are echoed at once, more than those as one', () => {
  vi.useFakeTimers()
  try {
    const { sent, outlet } = watched()
    outlet.open()
    for (const key of 'abcdefgh') outlet.push(key)
    expect(sent).toEqual([...'abcdefgh'])
    outlet.push('i')
    outlet.push('j')
    expect(sent).toHaveLength(8)
    vi.advanceTimersByTime(5)
    expect(sent.at(-1)).toBe('ij')
    vi.advanceTimersByTime(5)
    outlet.push('k')
    expect(sent.at(-1)).toBe('k')
  } finally {
    vi.useRealTimers()
  }
})

test('a flood goes out in lumps', () => {
  vi.useFakeTimers()
  try {
    const { sent, outlet } = watched()
    outlet.open()
    for (let turn = 0; turn < 50; turn++) outlet.push('x'.repeat(1000))
    expect(sent).toHaveLength(1)
    vi.advanceTimersByTime(5)
    expect(sent.map(({ length }) => length)).toEqual([1000, 49_000])
  } finally {
    vi.useRealTimers()
  }
})

test('until it is opened, everything waits', () => {
  const { sent, outlet } = watched()
  outlet.push('a')
  outlet.push('b')
  expect(sent).toEqual([])
  expect(outlet.behind).toBe(2)
  outlet.open()
  expect(sent).toEqual(['ab'])
  outlet.close()
})

test('what is not acknowledged counts, what is does not', () => {
  const { onSettle, outlet } = watched()
  outlet.open()
  outlet.push('hello')
  expect(outlet.behind).toBe(5)
  outlet.acknowledge(3)
  expect(outlet.behind).toBe(2)
  expect(onSettle).toHaveBeenCalledOnce()
  outlet.acknowledge(100)
  expect(outlet.behind).toBe(0)
  outlet.close()
})

test('the end does not wait', () => {
  const { sent, outlet } = watched()
  outlet.open()
  outlet.push('a'.repeat(1000))
  outlet.push('b')
  outlet.finish()
  expect(sent.at(-1)).toBe('b')
})
