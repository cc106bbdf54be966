import { expect, test, vi } from 'vitest'
import { Outlet } from './flow'

const size = { rows: 5, scrollback: 10 }

function watched() {
  const sent: string[] = []
  const onSettle = vi.fn()
  return {
    sent,
    onSettle,
    outlet: new Outlet({ send: (text) => sent.push(text), onSettle, size: () => size }),
  }
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

test('a flood goes out ever more rarely, without the lines that only pass', () => {
  vi.useFakeTimers()
  try {
    const { sent, outlet } = watched()
    outlet.open()
    const line = (number: number) => `${number}\r\n`
    for (let ms = 0; ms < 1000; ms++) {
      outlet.push(Array.from({ length: 2000 }, (_, at) => line(ms * 2000 + at)).join(''))
      vi.advanceTimersByTime(1)
      outlet.acknowledge(1_000_000)
    }
    outlet.finish()
    expect(sent.length).toBeLessThan(30)
    expect(Math.max(...sent.slice(1).map(({ length }) => length))).toBeLessThan(1000)
    expect(sent.at(-1)?.endsWith(line(1_999_999))).toBe(true)
  } finally {
    vi.useRealTimers()
  }
})

test('much of which nothing can be left out does not wait for its time when the page has drawn all', () => {
  vi.useFakeTimers()
  try {
    const { sent, outlet } = watched()
    outlet.open()
    outlet.push('a'.repeat(1000))
    outlet.push('b'.repeat(600_000))
    expect(sent).toHaveLength(1)
    outlet.acknowledge(1000)
    expect(sent.map(({ length }) => length)).toEqual([1000, 600_000])
    outlet.close()
  } finally {
    vi.useRealTimers()
  }
})
