import { expect, test } from 'vitest'
import type { Notice } from '../../api'
import { Notices } from './notices'

function numbered(): Notices {
  let count = 0
  return new Notices(() => `n${++count}`)
}

test('a page gets the notices from before it opened, then every later one', () => {
  const notices = numbered()
  notices.add('warning', 'A file was damaged.')
  const seen: Notice[] = []
  const stop = notices.watch((notice) => seen.push(notice))
  notices.add('error', 'It failed.', 'Try again.')
  stop()
  notices.add('info', 'Nobody hears this.')
  expect(seen).toEqual([
    { id: 'n1', level: 'warning', message: 'A file was damaged.', help: null },
    { id: 'n2', level: 'error', message: 'It failed.', help: 'Try again.' },
  ])
})

test('only the latest notices are kept', () => {
  const notices = numbered()
  for (let count = 1; count <= 25; count++) notices.add('info', `${count}`)
  const seen: string[] = []
  notices.watch(({ message }) => seen.push(message))
  expect(seen).toEqual(Array.from({ length: 20 }, (_one, index) => `${index + 6}`))
})

test('two notices never have the same id', () => {
  const notices = new Notices()
  notices.add('info', 'same')
  notices.add('info', 'same')
  const ids = new Set<string>()
  notices.watch(({ id }) => ids.add(id))
  expect(ids.size).toBe(2)
})
