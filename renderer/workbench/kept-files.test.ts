import { expect, test } from 'vitest'
import { keepFiles, readKeptFiles } from './kept-files'

class FakeStorage implements Storage {
  readonly #items = new Map<string, string>()
  readonly #room: number

  constructor(room = Number.POSITIVE_INFINITY) {
    this.#room = room
  }

  get length(): number {
    return this.#items.size
  }

  clear(): void {
    this.#items.clear()
  }

  getItem(key: string): string | null {
    return this.#items.get(key) ?? null
  }

  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null
  }

  removeItem(key: string): void {
    this.#items.delete(key)
  }

  setItem(key: string, value: string): void {
    if (value.length > this.#room) throw new DOMException('full', 'QuotaExceededError')
    this.#items.set(key, value)
  }
}

const filesWith = (text: string) => ({
  node1: {
    files: [{ path: '/root/a', saved: '', text, version: 'none', theirs: null, revision: 0 }],
    activePath: '/root/a',
  },
})

test('open files are kept by session', () => {
  const storage = new FakeStorage()
  keepFiles([storage, new FakeStorage(0)], 's1', filesWith('one'))
  keepFiles([storage, new FakeStorage(0)], 's2', filesWith('two'))
  expect(readKeptFiles([storage, new FakeStorage()], 's1')).toEqual(filesWith('one'))
  expect(readKeptFiles([storage, new FakeStorage()], 's3')).toEqual({})
})

test('nothing is kept of a session without open files', () => {
  const storage = new FakeStorage()
  keepFiles([storage, new FakeStorage(0)], 's1', filesWith('one'))
  keepFiles([storage, new FakeStorage(0)], 's1', { node1: { files: [], activePath: null } })
  expect(storage).toHaveLength(0)
})

test('files that do not fit leave no old text behind', () => {
  const storage = new FakeStorage(200)
  keepFiles([storage, new FakeStorage(0)], 's1', filesWith('one'))
  keepFiles([storage, new FakeStorage(0)], 's1', filesWith('x'.repeat(300)))
  expect(storage).toHaveLength(0)
})

test.each(['half {', '[]', '{"node1":{"files":[{"path":1}]}}'])(
  'what is not ours is passed over: %s',
  (text) => {
    const storage = new FakeStorage()
    storage.setItem('capstan.open-files.s1', text)
    expect(readKeptFiles([storage, new FakeStorage()], 's1')).toEqual({})
  },
)
