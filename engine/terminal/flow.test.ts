import { expect, test, vi } from 'vitest'
import { Outlet } from './flow'

function watched() {
  const sent: string[] = []
  const onSettle = vi.fn()
  return { sent, onSettle, outlet: new Outlet({ send: (text) => sent.push(text), onSettle }) }
}

test('a lone key goes out at once, and what follows it as one', () => {
  vi.useFakeTimers()
  try {
    const { sent, outlet } = watched()
    outlet.open()
    outlet.push('a')
    expect(sent).toEqual(['a'])
    outlet.push('b')
    outlet.push('c')
    expect(sent).toEqual(['a'])
    vi.advanceTimersByTime(5)
    expect(sent).toEqual(['a', 'bc'])
    vi.advanceTimersByTime(5)
    outlet.push('d')
    expect(sent).toEqual(['a', 'bc', 'd'])
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
  outlet.push('a')
  outlet.push('b')
  outlet.finish()
  expect(sent).toEqual(['a', 'b'])
})
