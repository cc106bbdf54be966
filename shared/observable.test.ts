import { expect, test } from 'vitest'
import { coalesce, Emitter, Observable } from './observable'

test('a listener hears every event until it stops', () => {
  const emitter = new Emitter<number>()
  const heard: number[] = []
  const stop = emitter.on((value) => heard.push(value))
  emitter.emit(1)
  emitter.emit(2)
  stop()
  emitter.emit(3)
  expect(heard).toEqual([1, 2])
  expect(emitter.hasListeners).toBe(false)
})

test('a listener that stops itself or another does not disturb the event', () => {
  const emitter = new Emitter()
  const heard: string[] = []
  const stopFirst = emitter.on(() => {
    heard.push('first')
    stopFirst()
    stopSecond()
  })
  const stopSecond = emitter.on(() => void heard.push('second'))
  emitter.emit()
  emitter.emit()
  expect(heard).toEqual(['first', 'second'])
})

test('one listener that is added twice is heard twice, and once after one of them stops', () => {
  const emitter = new Emitter()
  let heard = 0
  const listener = () => void heard++
  const stop = emitter.on(listener)
  emitter.on(listener)
  emitter.emit()
  stop()
  emitter.emit()
  expect(heard).toBe(3)
})

test('a watcher gets the value now and every change', () => {
  const value = new Observable('a')
  const seen: string[] = []
  const stop = value.watch((now) => seen.push(now))
  value.set('b')
  stop()
  value.set('c')
  expect(seen).toEqual(['a', 'b'])
  expect(value.value).toBe('c')
})

test('many changes are one piece of work, and a later change is another', async () => {
  let runs = 0
  const changed = coalesce(() => void runs++)
  const soon = () => new Promise((resolve) => setTimeout(resolve, 0))
  changed()
  changed()
  expect(runs).toBe(0)
  await soon()
  expect(runs).toBe(1)
  changed()
  await soon()
  expect(runs).toBe(2)
})
