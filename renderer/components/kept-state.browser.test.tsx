import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { z } from 'zod'
import { useKeptScroll, useKeptState } from './kept-state'

function List({ address, isWhole = true }: { readonly address: string; readonly isWhole?: boolean }) {
  const [filter, setFilter] = useKeptState('filter', 'all', z.enum(['all', 'wrong']))
  useKeptScroll(address)
  return (
    <main id="main" style={{ height: 200, overflow: 'auto' }}>
      <button type="button" onClick={() => setFilter('wrong')}>
        {filter}
      </button>
      {isWhole && <div style={{ height: 2_000 }} />}
    </main>
  )
}

const main = () => page.getByRole('main').element()
/** Events of scrolling come before the frame. */
async function frame(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
}

/** Scrolls as a reader does. */
async function scrollTo(top: number): Promise<void> {
  window.dispatchEvent(new WheelEvent('wheel'))
  main().scrollTop = top
  await frame()
}

test('an entry of the history has its state and its place again, another entry begins fresh', async () => {
  history.pushState(null, '')
  const first = await render(<List address="/a" />)
  await page.getByRole('button', { name: 'all' }).click()
  await scrollTo(300)
  const state: unknown = history.state
  await first.unmount()

  history.pushState(null, '')
  const other = await render(<List address="/b" />)
  await expect.element(page.getByRole('button', { name: 'all' })).toBeVisible()
  expect(main().scrollTop).toBe(0)
  await other.unmount()

  // The browser gives an entry its state again on Back.
  history.replaceState(state, '')
  const again = await render(<List address="/a" isWhole={false} />)
  await expect.element(page.getByRole('button', { name: 'wrong' })).toBeVisible()
  expect(main().scrollTop).toBe(0)
  await again.rerender(<List address="/a" />)
  await expect.poll(() => main().scrollTop).toBe(300)

  // What comes late moves nothing, until the reader acts.
  main().scrollTop = 20
  main().append(document.createElement('p'))
  await expect.poll(() => main().scrollTop).toBe(300)
  await scrollTo(20)
  main().append(document.createElement('p'))
  await frame()
  expect(main().scrollTop).toBe(20)
})
