import { expect, test } from 'vitest'
import { takePageKey } from './page-key'

function places(href: string, kept: Record<string, string> = {}) {
  const shown: string[] = []
  return {
    shown,
    kept,
    location: { href },
    history: {
      replaceState: (_data: unknown, _title: string, url?: string | URL | null) =>
        void shown.push(String(url)),
    },
    storage: {
      getItem: (key: string) => kept[key] ?? null,
      setItem: (key: string, value: string) => void Object.assign(kept, { [key]: value }),
    },
  }
}

test('the key leaves the address bar and the rest of the address stays', () => {
  const here = places('http://127.0.0.1:4000/?key=abc&renderer=dom#/labs/x')
  expect(takePageKey(here)).toBe('abc')
  expect(here.shown).toEqual(['http://127.0.0.1:4000/?renderer=dom#/labs/x'])
})

test('a reload finds the key again', () => {
  const first = places('http://127.0.0.1:4000/?key=abc')
  takePageKey(first)
  expect(takePageKey(places('http://127.0.0.1:4000/', first.kept))).toBe('abc')
})
