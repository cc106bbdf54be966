/** An ordering, a matching and a command item, each answered in a drill. */
import type { Page } from '@playwright/test'
import { expect, test } from './app'
import { violations } from './axe'
import { LabOnPage } from './lab-page'

test.use({
  seeded: {
    attempts: [
      {
        ...{ id: 'types', mode: 'drill', daysAgo: 0, length: 3, knows: () => false },
        begunWith: ['img-order-from-build-to-run', 'sto-match-mounts', 'sto-cmd-prune-all'],
      },
    ],
  },
})

const WIDE = { width: 1280, height: 800 }

/** How many pixels of the page, or of its main part, lie to the right of the window. */
async function pixelsBeside(page: Page): Promise<number> {
  return await page.evaluate(() => {
    const parts = [document.documentElement, document.querySelector('main') ?? document.documentElement]
    return Math.max(...parts.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))
  })
}

/** The page is sound in both themes, and has nothing beside the window on a phone. */
async function isSound(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    expect(await violations(page)).toEqual([])
  }
  await page.setViewportSize({ width: 320, height: 640 })
  // The list of items closes by itself when the window becomes narrow.
  await expect.poll(() => pixelsBeside(page)).toBeLessThanOrEqual(0)
  await page.setViewportSize(WIDE)
}

const ORDER = ['docker build', 'docker tag', 'docker push', 'docker pull', 'docker run']

/** Puts the entries in order with the keyboard alone, as one sorts cards: the first one first. */
async function putInOrder(page: Page): Promise<void> {
  const entries = page.getByRole('list', { name: 'Entries in your order' }).getByRole('listitem')
  for (const [place, words] of ORDER.entries()) {
    const texts = await entries.allTextContents()
    const at = texts.findIndex((text) => text.includes(words))
    if (at === place) continue
    await entries
      .nth(at)
      .getByRole('button', { name: /^Move up/ })
      .focus()
    for (let step = at; step > place; step--) {
      await page.keyboard.press('ArrowUp')
      await expect(entries.nth(step - 1)).toContainText(words)
    }
  }
}

test('an ordering, a matching and a command item are answered, and the result tells each place', async ({
  app: { page },
}) => {
  test.setTimeout(240_000)
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor({ timeout: 90_000 })
  await page.evaluate(() => {
    window.location.hash = '/exam/types'
  })
  await page.getByRole('heading', { name: 'Item 1 of 3' }).waitFor()
  await isSound(page)
  await putInOrder(page)
  await page.getByRole('button', { name: 'Check answer' }).click()
  await expect(page.getByRole('heading', { name: 'Right', exact: true })).toBeFocused()
  await isSound(page)

  await page.getByRole('button', { name: /^Next/ }).click()
  await page.getByRole('heading', { name: 'Item 2 of 3' }).waitFor()
  const option = async (words: string) => {
    const texts = await page.getByRole('list', { name: 'Options' }).getByRole('listitem').allTextContents()
    return texts.findIndex((text) => text.includes(words)) + 1
  }
  await page.getByRole('combobox', { name: /a database/ }).selectOption({ index: await option('A volume') })
  await page
    .getByRole('combobox', { name: /administrator edits/ })
    .selectOption({ index: await option('A bind') })
  await page.getByRole('combobox', { name: /in memory only/ }).selectOption({ index: await option('A bind') })
  await isSound(page)
  await page.getByRole('button', { name: 'Check answer' }).click()
  await expect(page.getByRole('heading', { name: 'Not right' })).toBeFocused()
  await expect(page.getByText('2 of 4 places are right.')).toBeVisible()
  await isSound(page)

  await page.getByRole('button', { name: /^Next/ }).click()
  await page.getByRole('heading', { name: 'Item 3 of 3' }).waitFor()
  await isSound(page)
  await page.getByRole('button', { name: 'Take a node' }).click()
  await page.locator('.terminal-view:not([hidden]) .xterm-rows').waitFor({ timeout: 60_000 })
  const terminal = new LabOnPage(page)
  await terminal.promptIsBack()
  await isSound(page)
  await terminal.type('docker volume prune -a -f')
  await terminal.promptIsBack()
  await page.getByRole('button', { name: 'Check answer' }).click()
  await expect(page.getByRole('heading', { name: 'Right', exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('list', { name: 'What the checks found' }).getByRole('listitem')).toHaveCount(2)
  await isSound(page)

  await page.getByRole('button', { name: 'End drill' }).click()
  await page.getByRole('dialog').getByRole('button', { name: /^End/ }).click()
  await expect(page.getByText(/2 of 3 items right/)).toBeVisible()
  await page.getByRole('button', { name: /Match each need/ }).click()
  await expect(page.getByRole('list', { name: 'What belongs together' })).toBeVisible()
  await isSound(page)
})
