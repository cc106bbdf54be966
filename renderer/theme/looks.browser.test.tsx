import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import firstPaint from '../public/first-paint.js?raw'
import { LOOKS_KEY, type Looks, useLooks } from './looks'

const { dataset } = document.documentElement

function Page({ looks }: { readonly looks: Looks }) {
  useLooks(looks)
  return null
}

/** What the next page looks like before the app has run. */
function paintFirst() {
  for (const name of ['theme', 'textSize', 'density']) delete dataset[name]
  new Function(firstPaint)()
  return { ...dataset }
}

beforeEach(() => localStorage.removeItem(LOOKS_KEY))
afterEach(() => {
  vi.restoreAllMocks()
  paintFirst()
})

test('the next page has the looks of this one from its first paint on', async () => {
  const screen = await render(<Page looks={{ theme: 'light', textSize: 'large', density: 'compact' }} />)
  expect(paintFirst()).toEqual({ theme: 'light', textSize: 'large', density: 'compact' })
  await screen.rerender(<Page looks={{ theme: 'dark', textSize: 'normal', density: 'comfortable' }} />)
  expect(paintFirst()).toEqual({ theme: 'dark' })
})

test.each([
  [true, 'light'],
  [false, 'dark'],
])('without a choice the page follows the system: light %s', async (matches, theme) => {
  const media = vi.spyOn(window, 'matchMedia').mockReturnValue({ matches } as MediaQueryList)
  expect(paintFirst().theme).toBe(theme)
  await render(<Page looks={{ theme: 'system', textSize: 'normal', density: 'comfortable' }} />)
  expect(paintFirst().theme).toBe(theme)
  expect(media).toHaveBeenCalledWith('(prefers-color-scheme: light)')
})

test.each(['{', '3', 'null', '{"theme":"<b>","textSize":"huge","density":7}'])(
  'what something else has kept (%s) does no harm',
  (kept) => {
    localStorage.setItem(LOOKS_KEY, kept)
    const { theme, ...others } = paintFirst()
    expect(['light', 'dark']).toContain(theme)
    expect(others).toEqual({})
  },
)

test('the sizes of text follow the choice', async () => {
  const sizeOf = () => getComputedStyle(document.body).fontSize
  await render(<Page looks={{ theme: 'dark', textSize: 'normal', density: 'comfortable' }} />)
  const before = Number.parseFloat(sizeOf())
  await render(<Page looks={{ theme: 'dark', textSize: 'larger', density: 'comfortable' }} />)
  expect(Number.parseFloat(sizeOf())).toBeCloseTo(before * 1.35, 1)
})
