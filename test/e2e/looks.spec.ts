import type { Page } from '@playwright/test'
import { expect, test } from './app'
import { violations } from './axe'

/** Pages without nodes, each with a text that is there once it is drawn. */
const PAGES = [
  ['', 'Start here'],
  ['labs', 'Ports and the rules behind them'],
  ['labs/form-a-swarm', 'Form a swarm'],
  ['playground', 'Nodes of your choice'],
  ['questions', 'Questions'],
  ['paths', 'Follow this path'],
  ['objectives/ORC-05', 'Cheat sheet'],
  ['exam-format', 'Option 1: is this right?'],
  ['exam', 'Start a mock exam'],
  ['exam/past/result', 'Result of the mock exam'],
  ['practice', 'Start practice'],
  ['my-questions', 'Choose a file'],
  ['progress', 'Likely between'],
  ['progress/items', 'Few attempts say little'],
  ['settings', 'Appearance'],
  ['nowhere', 'There is no such page'],
] as const

/** A window of 1280 by 1024 pixels, as a page sees it when the browser enlarges it. */
const ZOOMED = [
  { percent: 200, size: { width: 640, height: 512 } },
  { percent: 400, size: { width: 320, height: 256 } },
] as const

async function open(page: Page, route: string, text: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = `/${hash}`
  }, route)
  await page.getByText(text).first().waitFor()
}

/** How many pixels of the page, or of its main part, lie to the right of the window. */
async function pixelsBeside(page: Page): Promise<number> {
  return await page.evaluate(() => {
    const parts = [document.documentElement, document.querySelector('main') ?? document.documentElement]
    return Math.max(...parts.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))
  })
}

test.use({
  seeded: {
    attempts: [{ id: 'past', mode: 'real', daysAgo: 3, length: 55, knows: (_item, index) => index >= 9 }],
  },
})

for (const { percent, size } of ZOOMED) {
  test(`at ${percent} % no page is read by scrolling sideways`, async ({ app: { page } }) => {
    await page.setViewportSize(size)
    for (const [route, text] of PAGES) {
      await open(page, route, text)
      expect(await pixelsBeside(page), route).toBeLessThanOrEqual(0)
      await expect(page.getByRole('button', { name: 'Settings', exact: true })).toBeInViewport({ ratio: 1 })
    }
  })
}

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing on any page in the ${colorScheme} theme`, async ({ app: { page } }) => {
    await page.emulateMedia({ colorScheme })
    for (const [route, text] of PAGES) {
      await open(page, route, text)
      expect(await violations(page), route).toEqual([])
    }
    await page.keyboard.press('F1')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    expect(await violations(page), 'keys').toEqual([])
  })

  test(`forced ${colorScheme} colours leave the current page and the choice marked`, async ({
    app: { page },
  }) => {
    await page.emulateMedia({ colorScheme, forcedColors: 'active' })
    await open(page, 'exam', 'Start a mock exam')
    for (const marked of ['.header nav a[aria-current]', '.segment[data-selected]'])
      await expect(page.locator(marked).first()).toHaveCSS('outline-style', 'solid')
    const bar = page.locator('.exam-weights i').first()
    const ground = await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)
    await expect(bar).not.toHaveCSS('background-color', ground)
    expect(await violations(page)).toEqual([])
  })
}

test('a page has its theme before its settings have come', async ({ app: { page } }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.getByRole('button', { name: 'Use the light theme' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  // The script of the app is held back, so what is seen is the first paint.
  await page.route(/\/assets\/index-.*\.js$/, () => undefined)
  await page.reload({ waitUntil: 'commit' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(244, 242, 238)')
})

test('with less motion nothing on a page turns or pulses for ever', async ({ app: { page } }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await open(page, 'exam', 'Start a mock exam')
  for (const className of ['spinning', 'bench-wait-dot'])
    await page.evaluate((name) => {
      const sign = document.createElement('i')
      sign.className = name
      document.querySelector('main')?.append(sign)
    }, className)
  await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0)
  await expect(page.locator('i.spinning')).toHaveCSS('animation-iteration-count', '1')
})
