import { expect, test } from 'vitest'
import { takeToken } from './token'

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

test('the token leaves the address bar and the rest of the address stays', () => {
  const here = places('http://127.0.0.1:4000/?token=abc&renderer=dom#/labs/x')
  expect(takeToken(here)).toBe('abc')
  expect(here.shown).toEqual(['http://127.0.0.1:4000/?renderer=dom#/labs/x'])
})

test('a reload finds the token again', () => {
  const first = places('http://127.0.0.1:4000/?token=abc')
  takeToken(first)
  expect(takeToken(places('http://127.0.0.1:4000/', first.kept))).toBe('abc')
})
